"""Writing and checking one contract: what happens behind each answer."""

from __future__ import annotations

from collections.abc import Iterator

from bench.deal import DAY, deal
from bench.measure import Line, median, median_on
from convenu.agreement.assemble import assemble
from convenu.agreement.check import check
from convenu.documents.html import section_html

RUNS = 30


def measure() -> Iterator[Line]:
    """Every rule on the contract, then its text and its page."""
    it = deal()
    # A text that nobody has read yet, as after an answer: a section keeps the words that the rules read in it.
    rules = median_on(lambda: assemble(it.terms, it.library, on=DAY), lambda text: check(it.terms, text, it.library, on=DAY), runs=RUNS)
    yield Line(what=f"{len(it.library.rules)} rules on one contract", seconds=rules, runs=RUNS, promise="under 20 ms", kept=rules < 0.02)
    yield Line(what="Text from terms", seconds=median(lambda: assemble(it.terms, it.library, on=DAY), runs=RUNS), runs=RUNS)
    yield Line(what="Page from text", seconds=median(lambda: list(map(section_html, it.text.sections())), runs=RUNS), runs=RUNS)
