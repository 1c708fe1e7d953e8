"""Two thousand deals and more, of every segment, sector and mix of answers: every draft holds together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest

from convenu.agreement.assemble import assemble, included_clauses
from convenu.agreement.coherence import Fault, faults
from convenu.library.loader import french
from convenu.terms.contract import TERM_KEYS
from tests.deals.drawing import Deal, Offer, deals

COUNT = 2000
ON = date(2026, 11, 23)
LIBRARY = french()
# Pairs of answers that no contract has: health data are personal data.
CONTRADICTORY = {(("health_data", True), ("personal_data", said)) for said in (False, "none")}

pytestmark = pytest.mark.timeout(900)


@cache
def every_deal() -> tuple[Deal, ...]:
    return tuple(deals(LIBRARY, COUNT))


def found() -> Iterator[tuple[Fault, Deal]]:
    for deal in every_deal():
        for fault in faults(deal.terms, assemble(deal.terms, LIBRARY, on=ON), LIBRARY):
            yield fault, deal


def test_every_draft_holds_together() -> None:
    times: Counter[Fault] = Counter()
    first: dict[Fault, Deal] = {}
    for fault, deal in found():
        times[fault] += 1
        first.setdefault(fault, deal)
    told = [f"{fault.clause}: {fault.reason} ({fault.kind}), {times[fault]} times, first in {first[fault]}" for fault in first]
    assert not told, "\n".join(told)


def test_the_deals_have_every_pair_of_answers_that_call_clauses() -> None:
    offer = Offer(LIBRARY)
    missing = offer.pairs()
    for deal in every_deal():
        missing -= offer.pairs_of(deal.terms)
    assert len(every_deal()) >= COUNT
    assert missing == CONTRADICTORY


def test_the_deals_call_every_clause_and_every_wording_of_it() -> None:
    written = {clause.parsed.clause for deal in every_deal() for clause in included_clauses(deal.terms, LIBRARY)}
    every = {variant.parsed.clause for clause in LIBRARY.clauses for variant in clause.variants()}
    assert every - written == set()


def test_every_answer_is_open_in_some_deal() -> None:
    asked = {key for deal in every_deal() for key in TERM_KEYS if deal.terms.term(key).unknown}
    assert set(TERM_KEYS) - asked == {"client_segment"}


def test_the_same_deals_are_drawn_again() -> None:
    again = deals(LIBRARY, 5)
    assert [next(again).terms for _ in range(5)] == [deal.terms for deal in every_deal()[:5]]
