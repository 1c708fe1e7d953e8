"""The figures that clauses print: which clause prints which, and a clause written again alone when one of them moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from convenu.agreement.assemble import assemble
from convenu.agreement.library import Library
from convenu.agreement.printed_figures import clauses_printing, stand_alone, written_again
from convenu.agreement.verdicts import Places
from convenu.law.book import LawBook, LawValue, Sourced
from convenu.library import loader
from convenu.terms.files import as_data
from convenu.vocabulary.contract_text import ContractText, Section
from tests.deals.drawing import Deal, deals

ON = date(2027, 2, 1)
DEALS = 40


@pytest.fixture(scope="module")
def library() -> Library:
    return loader.french()


@pytest.fixture(scope="module")
def drawn(library: Library) -> list[Deal]:
    return list(deals(library, DEALS))[:DEALS]


@pytest.fixture(scope="module")
def moved(library: Library) -> Library:
    """The same library on the day that every figure published as a number goes up by one."""
    values = {name: _one_more(value) for name, value in library.law.values.items()}
    return replace(library, law=LawBook(values, library.law.computed, "moved"))


def _one_more(value: LawValue) -> LawValue:
    known = value.dated.values.get(ON.replace(day=1)) if value.monthly else value.dated.on(ON).value if _published(value) else None
    if known is None or not isinstance(known.value, Decimal):
        return value
    day = ON.replace(day=1) if value.monthly else date(2027, 1, 1)
    return replace(value, dated=replace(value.dated, values={**value.dated.values, day: Sourced(known.value + 1, "essai")}))


def _published(value: LawValue) -> bool:
    return value.dated.known_until is None or value.dated.known_until > ON


def every_section(text: ContractText) -> dict[str, Section]:
    return {section.clause: section for section in [*text.sections(), *([text.summary] if text.summary else [])]}


def test_the_clauses_that_a_figure_moves_are_those_said_to_print_it(library: Library, moved: Library, drawn: list[Deal]) -> None:
    printing = 0
    for deal in drawn:
        said = {clause for clauses in clauses_printing(deal.terms, library, on=ON).values() for clause in clauses}
        before, after = (every_section(assemble(deal.terms, one, on=ON)) for one in (library, moved))
        assert {clause for clause in after if before[clause] != after[clause]} == said
        printing += bool(said)
    assert printing > DEALS / 2


def test_a_clause_written_again_alone_reads_as_in_the_whole_contract(library: Library, moved: Library, drawn: list[Deal]) -> None:
    for deal in drawn:
        clauses = {clause for clauses in clauses_printing(deal.terms, library, on=ON).values() for clause in clauses}
        assert stand_alone(clauses, library)
        places = Places.of(assemble(deal.terms, library, on=ON))
        whole = every_section(assemble(deal.terms, moved, on=ON))
        again = written_again(sorted(clauses), as_data(deal.terms), places, moved, on=ON)
        assert [section.clause for section in again] == sorted(clauses)
        assert list(again) == [whole[section.clause] for section in again]


def test_the_summary_and_the_definitions_are_written_from_the_others(library: Library) -> None:
    assert not stand_alone(["definitions"], library)
    assert not stand_alone(["insurance", "plain_summary"], library)
