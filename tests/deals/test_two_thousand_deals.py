"""Two thousand deals and more, of every segment, sector and mix of answers: every draft holds together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import product

import pytest

from convenu.agreement.assemble import assemble, included_clauses
from convenu.agreement.coherence import Fault, faults
from convenu.agreement.language import sources_of
from convenu.agreement.positions import choosing
from convenu.agreement.scoping import scope
from convenu.library.loader import french
from convenu.terms.contract import TERM_KEYS, Terms
from tests.deals.drawing import OPEN, Deal, Offer, deals

COUNT = 2000
ON = date(2026, 11, 23)
LIBRARY = french()
# Pairs of answers that no contract has: health data are personal data.
CONTRADICTORY = {(("health_data", True), ("personal_data", said)) for said in (False, "none")}

# A contract names its parties and its first day, or leaves them open.
ALWAYS_GIVEN = {"client_name", "provider_name", "effective_date"}

pytestmark = pytest.mark.timeout(900)


@cache
def every_deal() -> tuple[Deal, ...]:
    return tuple(deals(LIBRARY, COUNT))


def found() -> Iterator[tuple[Fault, Deal]]:
    for deal in every_deal():
        for fault in faults(deal.terms, assemble(deal.terms, LIBRARY, on=ON), LIBRARY):
            yield fault, deal


@pytest.mark.slow
def test_every_draft_holds_together() -> None:
    times: Counter[Fault] = Counter()
    first: dict[Fault, Deal] = {}
    for fault, deal in found():
        times[fault] += 1
        first.setdefault(fault, deal)
    told = [f"{fault.clause}: {fault.reason} ({fault.kind}), {times[fault]} times, first in {first[fault]}" for fault in first]
    assert not told, "\n".join(told)


def answers_taken_away() -> Iterator[tuple[str, Terms]]:
    """Each example, each clause in each of its wordings, each answer that this text reads: lacking, then open."""
    for example, answers in Offer(LIBRARY).examples.items():
        terms = scope(answers, LIBRARY)
        for clause in included_clauses(terms, LIBRARY):
            for key in (None, *LIBRARY.clause(clause.key).wordings):
                worded = terms.replace(clause_wordings=choosing(terms, clause.key, key))
                names = {source for name in clause.worded(key).parsed.names for source in sources_of(name)}
                for term, state in product(sorted(names), OPEN):
                    if state == "unknown" or term not in ALWAYS_GIVEN:
                        yield f"{example}, {clause.key} ({key}), {term} {state}", worded.replace(**{term: state})


@pytest.mark.thorough
def test_every_draft_holds_together_with_any_answer_taken_away() -> None:
    found = {told: faults(terms, assemble(terms, LIBRARY, on=ON), LIBRARY) for told, terms in answers_taken_away()}
    assert len(found) > COUNT
    assert {told: several for told, several in found.items() if several} == {}


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
