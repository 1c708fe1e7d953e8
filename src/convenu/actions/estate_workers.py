"""Looking at contracts again, here or in as many processes as the machine has cores."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial

from convenu.actions.copies import copies
from convenu.actions.cores import cores
from convenu.actions.estate_reading import Due, Looked, look
from convenu.agreement.looking_again import Asked
from convenu.agreement.verdicts import Pack

# Of each contract, in their order: what was seen, or why it could not be read.
Looking = Callable[[Pack, Asked, Sequence[Due]], Iterator[Looked | str]]
# Contracts given to a worker at once: few enough that the first are written while the last are looked at.
HANDED = 5


def here(pack: Pack, asked: Asked, contracts: Sequence[Due]) -> Iterator[Looked | str]:
    """One contract after another, in this process."""
    return (look(pack, asked, one) for one in contracts)


@contextmanager
def on_every_core() -> Iterator[Looking]:
    """Shared out among as many copies of this process as it has cores; for a program of one thread, never for a server of several.

    A worker reads no row and writes none: it is given what is kept of a contract and gives back what was seen.
    """
    count = cores()
    if count < 2:
        yield here
        return
    pool: ProcessPoolExecutor | None = None

    def shared(pack: Pack, asked: Asked, contracts: Sequence[Due]) -> Iterator[Looked | str]:
        nonlocal pool
        if not contracts:
            return iter(())
        if pool is None:
            # A copy has the library and the pack at hand; they are the same during the whole passage.
            pool = copies(count, partial(_given, pack, asked))
        return pool.map(_at_hand, contracts, chunksize=HANDED)

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


def _at_hand(one: Due) -> Looked | str:
    if _pack is None or _asked is None:
        raise RuntimeError("a worker looks only with the pack that it was begun with")
    return look(_pack, _asked, one)
