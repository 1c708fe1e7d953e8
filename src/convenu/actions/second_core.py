"""A part of a work done by a second process of ours, so that one command has two cores of the machine.

What is asked is a call and what is at hand here, so that the copy is made for it alone; the pools of `copies` are for many works alike.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn, TypeVar

from convenu.actions.cores import cores

T = TypeVar("T")
_ENOUGH_CORES = 2
# Before an answer stands how long it is: one that was cut short is none, and nothing is waited for behind it.
_LENGTH = 8

# The copies that this process made and was not asked the value of.
_unasked: set[int] = set()
# In a copy: where it says its value, an end that no copy of its own shall hold open after it.
_own_ends: set[int] = set()


def aside(work: Callable[[], T]) -> Callable[[], T]:
    """Begin a work in a copy of this process, and wait for its value when asked.

    It is done here where processes cannot be copied, where there is one core, and when the copy does not end well: a fault then shows
    itself as it would have. To be called while this process has no other thread. A copy may ask for work aside in its turn, and wait for
    the value of what was begun before it was made: whichever process asks first has it, another does the work again. What a copy began
    and never asked for ends with it; what this process never asks for ends when it has nobody to tell.
    """
    if cores() < _ENOUGH_CORES:
        return work
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        # Held here too, that end would have the copy wait for ever to be read once the first process is no more.
        os.close(receiving)
        _answer(work, sending)
    os.close(sending)
    _unasked.add(child)

    def value() -> T:
        _unasked.discard(child)
        with os.fdopen(receiving, "rb") as answer:
            length = int.from_bytes(answer.read(_LENGTH))
            said = answer.read(length)
        with suppress(ChildProcessError):  # begun by the process that this one is a copy of, which alone may see it end
            os.waitpid(child, 0)
        if not said or len(said) != length:
            return work()
        told: T = pickle.loads(said)  # noqa: S301 - what our own copy wrote in our own pipe
        return told

    return value


def _answer(work: Callable[[], object], sending: int) -> NoReturn:
    """In the copy: say the value, and leave without what a process does when it ends.

    Whatever goes wrong, the first process does the work again and shows it.
    """
    status = 1
    try:
        for end in _own_ends:
            os.close(end)
        _own_ends.clear()
        _own_ends.add(sending)
        _unasked.clear()
        said = pickle.dumps(work())
        with os.fdopen(sending, "wb") as answer:
            answer.write(len(said).to_bytes(_LENGTH) + said)
        status = 0
    finally:
        for child in _unasked:
            os.kill(child, signal.SIGKILL)
        os._exit(status)
