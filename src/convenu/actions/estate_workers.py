"""Looking at contracts again, here or in as many processes as the machine has cores."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from convenu.actions.estate_reading import Due, Looked, look
from convenu.agreement.looking_again import Asked
from convenu.agreement.verdicts import Pack

# Of each contract, in their order: what was seen, or why it could not be read.
Looking = Callable[[Pack, Asked, Sequence[Due]], Iterator[Looked | str]]
# Contracts given to a worker at once: few enough that the first are written while the last are looked at.
HANDED = 5
_LOOKS_EVERY = 1.0


def here(pack: Pack, asked: Asked, contracts: Sequence[Due]) -> Iterator[Looked | str]:
    """One contract after another, in this process."""
    return (look(pack, asked, one) for one in contracts)


@contextmanager
def on_every_core() -> Iterator[Looking]:
    """Shared out among processes that are copies of this one; for a program of one thread, never for a server of several.

    A worker reads no row and writes none: it is given what is kept of a contract and gives back what was seen.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if cores < 2:
        yield here
        return
    pool: ProcessPoolExecutor | None = None

    def shared(pack: Pack, asked: Asked, contracts: Sequence[Due]) -> Iterator[Looked | str]:
        nonlocal pool
        if not contracts:
            return iter(())
        if pool is None:
            # A copy has the library and the pack at hand; they are the same during the whole passage.
            pool = ProcessPoolExecutor(cores, multiprocessing.get_context("fork"), initializer=_given, initargs=(pack, asked, os.getpid()))
        return pool.map(_at_hand, contracts, chunksize=HANDED)

    try:
        yield shared
    finally:
        if pool is not None:
            pool.shutdown(cancel_futures=True)


_pack: Pack | None = None
_asked: Asked | None = None


def _given(pack: Pack, asked: Asked, parent: int) -> None:
    global _pack, _asked
    _pack, _asked = pack, asked
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    # What was copied stays as it is: walked by the collector, its memory would be copied in earnest.
    gc.freeze()


def _end_with(parent: int) -> None:
    """End when the process that this one was copied from is no more: nobody else would end it."""
    while os.getppid() == parent:
        time.sleep(_LOOKS_EVERY)
    os._exit(1)


def _at_hand(one: Due) -> Looked | str:
    if _pack is None or _asked is None:
        raise RuntimeError("a worker looks only with the pack that it was begun with")
    return look(_pack, _asked, one)
