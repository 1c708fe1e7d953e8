"""Strangers' files are read in a process of its own, bounded in memory and time: a file made to harm ends that process, not the server."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from typing import IO

SECONDS = 20.0
MEMORY = 500_000_000
# What a process that reads answers when its memory ran out.
OUT_OF_MEMORY = 3
# How a native library ends its process when no memory is left; a fault of the library looks the same.
_ENDED_AT_ONCE = {signal.SIGABRT, signal.SIGSEGV, signal.SIGILL, *([signal.SIGTRAP] if hasattr(signal, "SIGTRAP") else [])}
_TIME_IS_OUT = {signal.SIGXCPU, signal.SIGKILL} if hasattr(signal, "SIGXCPU") else set()


class StrangerError(ValueError):
    """A stranger's file could not be read: damaged, too big once unpacked, or too long to read.

    Says whether time ran out and, as far as is known, whether memory did.
    """

    def __init__(self, message: str, *, out_of_time: bool = False, out_of_memory: bool = False) -> None:
        self.out_of_time = out_of_time
        self.out_of_memory = out_of_memory
        super().__init__(message)


def read_apart(module: str, content: bytes, *, arguments: Sequence[str] = (), seconds: float = SECONDS) -> bytes:
    """What the module prints once it has read the content on its standard input; `StrangerError` when it does not end well."""
    return _ended_well(module, content, arguments, seconds, subprocess.PIPE).stdout


def lines_apart(module: str, content: bytes, *, seconds: float = SECONDS) -> Iterator[bytes]:
    """The lines that the module prints, once it has ended well: a long answer waits in a file, and is never held whole in memory.

    The process needs `bound_this_process(file_size=)` large enough for its answer.
    """
    with tempfile.TemporaryFile() as answer:
        _ended_well(module, content, (), seconds, answer)
        answer.seek(0)
        yield from answer


def _ended_well(
    module: str, content: bytes, arguments: Sequence[str], seconds: float, answer: int | IO[bytes]
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-I", "-m", module, *arguments]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=content, stdout=answer, stderr=subprocess.PIPE, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise StrangerError(f"no answer after {seconds:g} s", out_of_time=True) from error
    if done.returncode != 0:
        message = done.stderr.decode(errors="replace")[-300:] or f"ended with {done.returncode}"
        raise StrangerError(
            message,
            out_of_time=-done.returncode in _TIME_IS_OUT,
            out_of_memory=done.returncode == OUT_OF_MEMORY or -done.returncode in _ENDED_AT_ONCE,
        )
    return done


def bound_this_process(memory: int = MEMORY, seconds: int = int(SECONDS), *, file_size: int = 0) -> None:
    """In the process that reads: no more memory, time or bytes in a file than this. Systems without these bounds rely on the time alone."""
    try:
        import resource  # noqa: PLC0415 - absent from Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
