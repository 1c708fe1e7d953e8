"""Two thousand deals scoped, written and looked through, on two cores: what a change of the library costs to prove."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date

from bench.measure import Line
from convenu.agreement.assemble import assemble
from convenu.agreement.coherence import faults
from convenu.library import loader
from tests.deals.drawing import Offer, drawn

COUNT, CORES = 2000, 2
DAY = date(2026, 11, 23)


def measure() -> Iterator[Line]:
    """The slower of the two cores, in processor time, so that other programs do not count; nothing is kept from a run to the next."""
    with ProcessPoolExecutor(CORES) as cores:
        seconds = max(cores.map(_share, range(CORES)))
    what = f"{COUNT} deals scoped, written and looked through, on {CORES} cores"
    yield Line(what=what, seconds=seconds, runs=1, promise=f"100 a second: {COUNT / seconds:.0f}", kept=seconds <= COUNT / 100)


def _share(core: int) -> float:
    library = loader.french()
    offer = Offer(library)
    start = time.process_time()
    for number in range(core, COUNT, CORES):
        deal = drawn(offer, number)
        assert faults(deal.terms, assemble(deal.terms, library, on=DAY), library) == ()
    return time.process_time() - start
