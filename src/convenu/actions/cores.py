"""The cores that this process may share with copies of itself."""

from __future__ import annotations

import os


def cores() -> int:
    """How many cores this process may use; one where it is not to be copied.

    Windows copies no process; on macOS the system's own libraries may hold threads, of which a copy has none. Neither tells the cores
    that a process has.
    """
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
