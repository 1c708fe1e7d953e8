"""Whether this machine can read pictures of a text: tesseract, with its French data."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache

PROGRAM = "tesseract"
LANGUAGE = "fra"
SECONDS = 300.0
MOST_PAGES = 60


@cache
def can_read_pictures() -> bool:
    """Whether the program and its data are there."""
    program = shutil.which(PROGRAM)
    if program is None:
        return False
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)  # noqa: S603
    return LANGUAGE in listed.stdout.split()
