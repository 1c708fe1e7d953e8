"""Strangers' files are read in a process of its own, bounded in memory and time: a file made to harm ends that process, not the server."""

from __future__ import annotations

import subprocess
import sys

SECONDS = 20.0
MEMORY = 600_000_000


class StrangerError(ValueError):
    """A stranger's file could not be read: damaged, too big once unpacked, or too long to read."""


def read_apart(module: str, content: bytes, *, seconds: float = SECONDS) -> bytes:
    """What the module prints once it has read the content on its standard input; `StrangerError` when it does not end well."""
    try:
        done = subprocess.run([sys.executable, "-I", "-m", module], input=content, capture_output=True, timeout=seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise StrangerError(f"no answer after {seconds:g} s") from error
    if done.returncode != 0:
        raise StrangerError(done.stderr.decode(errors="replace")[-300:] or f"ended with {done.returncode}")
    return done.stdout


def bound_this_process(memory: int = MEMORY, seconds: int = int(SECONDS)) -> None:
    """In the process that reads: no more memory, time or files than this. Systems without these bounds rely on the time alone."""
    try:
        import resource  # noqa: PLC0415 - absent from Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
