"""A part of a work done by a second process of ours, so that one command has two cores of the machine."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")
_ENOUGH_CORES = 2
# Before an answer stands how long it is: one that was cut short is none.
_LENGTH = 8


def aside(work: Callable[[], T]) -> Callable[[], T]:
    """Begin a work in a copy of this process, and wait for its value when asked.

    It is done here where processes cannot be copied, where there is one core, and when the copy does not end well: a fault then shows
    itself as it would have. To be called while this process has no other thread. A copy may ask for work aside in its turn, and wait for
    the value of what was begun before it was made: whichever process asks first has it, another does the work again.
    """
    if not hasattr(os, "fork") or (os.cpu_count() or 1) < _ENOUGH_CORES:
        return work
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        _answer(work, sending)
    os.close(sending)

    def value() -> T:
        with os.fdopen(receiving, "rb") as answer:
            length, said = answer.read(_LENGTH), answer.read()
        with suppress(ChildProcessError):  # begun by the process that this one is a copy of, which alone may see it end
            os.waitpid(child, 0)
        if not said or len(said) != int.from_bytes(length):
            return work()
        told: T = pickle.loads(said)  # noqa: S301 - what our own copy wrote in our own pipe
        return told

    return value


def _answer(work: Callable[[], object], sending: int) -> None:
    """In the copy: say the value, and leave without what a process does when it ends."""
    try:
        said = pickle.dumps(work())
        with os.fdopen(sending, "wb") as answer:
            answer.write(len(said).to_bytes(_LENGTH) + said)
    except BaseException:  # noqa: BLE001 - whatever it is, the first process does the work again and shows it
        os._exit(1)
    os._exit(0)
