"""Writing and checking one contract: what happens behind each answer."""

from __future__ import annotations

from collections.abc import Iterator

from bench.deal import DAY, deal
from bench.measure import Line, median
from convenu.agreement.assemble import assemble
from convenu.agreement.check import check
from convenu.documents.html import section_html

RUNS = 15


def measure() -> Iterator[Line]:
    """Every rule on the contract, then its text and its page."""
    it = deal()
    rules = median(lambda: check(it.terms, it.text, it.library, on=DAY), runs=RUNS)
    yield Line(what=f"{len(it.library.rules)} rules on one contract", seconds=rules, runs=RUNS, promise="under 20 ms", kept=rules < 0.02)
    yield Line(what="Text from terms", seconds=median(lambda: assemble(it.terms, it.library, on=DAY), runs=RUNS), runs=RUNS)
    yield Line(what="Page from text", seconds=median(lambda: list(map(section_html, it.text.sections())), runs=RUNS), runs=RUNS)
