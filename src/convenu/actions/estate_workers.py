"""Looking at contracts again, here or in as many processes as the machine has cores."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from convenu.agreement.looking_again import Again, Asked, Kept, look_again
from convenu.agreement.verdicts import Pack

# What a contract that no longer holds together may raise: a release not shipped, a value of another shape, rules that contradict.
UNREADABLE = (LookupError, ValueError, TypeError, AttributeError)

# Of each contract, in their order: what was seen, or why it could not be read.
Looking = Callable[[Pack, Asked, Sequence[Kept]], Sequence[Again | str]]


def here(pack: Pack, asked: Asked, contracts: Sequence[Kept]) -> list[Again | str]:
    """One contract after another, in this process."""
    return [_seen(pack, asked, one) for one in contracts]


@contextmanager
def on_every_core() -> Iterator[Looking]:
    """Shared out among processes that are copies of this one; for a command of one thread, never for a server of several.

    A worker reads no row and writes none: it is given what is kept of a contract and gives back what was seen.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if cores < 2:
        yield here
        return
    pool: ProcessPoolExecutor | None = None

    def shared(pack: Pack, asked: Asked, contracts: Sequence[Kept]) -> list[Again | str]:
        nonlocal pool
        if pool is None:
            # A copy has the library and the pack at hand; they are the same during the whole passage.
            pool = ProcessPoolExecutor(cores, multiprocessing.get_context("fork"), initializer=_given, initargs=(pack, asked))
        return list(pool.map(_at_hand, contracts, chunksize=max(1, -(-len(contracts) // (2 * cores)))))

    try:
        yield shared
    finally:
        if pool is not None:
            pool.shutdown(cancel_futures=True)


_pack: Pack | None = None
_asked: Asked | None = None


def _given(pack: Pack, asked: Asked) -> None:
    global _pack, _asked
    _pack, _asked = pack, asked
    # What was copied stays as it is: walked by the collector, its memory would be copied in earnest.
    gc.freeze()


def _at_hand(one: Kept) -> Again | str:
    if _pack is None or _asked is None:
        raise RuntimeError("a worker looks only with the pack that it was begun with")
    return _seen(_pack, _asked, one)


def _seen(pack: Pack, asked: Asked, one: Kept) -> Again | str:
    try:
        return look_again(pack, asked, one)
    except UNREADABLE as error:
        return str(error)
