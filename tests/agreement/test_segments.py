"""The four offers: each is an offer of its own, and what differs is told clause by clause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from convenu.agreement.assemble import assemble
from convenu.agreement.scoping import read_answers, scope
from convenu.agreement.segments import Comparison, Difference, compare_segments, words_apart
from convenu.library.loader import french
from convenu.terms.closed_lists import ClientSegment
from convenu.vocabulary.contract_text import Section

LIBRARY = french()
DAY = date(2026, 11, 23)
OTHERS = [one for one in ClientSegment if one is not ClientSegment.PME]


@cache
def offers() -> Comparison:
    return compare_segments(LIBRARY, on=DAY)


def section_of(answers: str, clause: str) -> Section:
    found = assemble(scope(read_answers(answers), LIBRARY), LIBRARY, on=DAY).section(clause)
    assert found is not None
    return found


def test_every_segment_of_the_offer_has_its_pack_smallest_clients_first() -> None:
    assert list(LIBRARY.segments) == ["tpe", "pme", "eti", "grande_entreprise"]


@pytest.mark.parametrize("segment", OTHERS)
def test_each_offer_changes_at_least_fifteen_terms_and_eight_clauses_against_the_pme_s(segment: ClientSegment) -> None:
    assert offers().terms_changed(segment) >= 15
    assert offers().clauses_changed(segment) >= 8


def test_the_measure_differs_from_itself_in_nothing() -> None:
    assert (offers().terms_changed(ClientSegment.PME), offers().clauses_changed(ClientSegment.PME)) == (0, 0)


@pytest.mark.parametrize("pack", LIBRARY.segments.values(), ids=lambda pack: pack.segment)
def test_a_pack_says_only_what_it_changes_against_the_one_it_is_based_on(pack: object) -> None:
    base = LIBRARY.segments[pack.based_on].defaults if pack.based_on else {}  # type: ignore[attr-defined]
    assert [key for key, value in pack.own.items() if base.get(key) == value] == []  # type: ignore[attr-defined]


def test_a_clause_differs_by_its_presence_its_wording_or_its_words() -> None:
    rows = {row.key: row.differs for row in offers().clauses}
    assert rows["step_in"]["grande_entreprise"] is Difference.ONLY_HERE
    assert rows["non_solicitation"]["tpe"] is Difference.ONLY_THERE
    assert rows["liability_cap"]["tpe"] is Difference.OTHER_WORDING
    assert rows["governance"]["eti"] is Difference.OTHER_WORDS


def test_a_value_that_changes_alone_makes_no_clause_differ() -> None:
    shorter = section_of("client_segment: pme\nconfidentiality_duration: 2 years\n", "confidentiality")
    usual = section_of("client_segment: pme\n", "confidentiality")
    assert shorter.plain != usual.plain
    assert words_apart(shorter) == words_apart(usual)


def test_a_longer_list_of_values_makes_no_clause_differ() -> None:
    short = section_of("client_segment: pme\nsecurity_measures: [une mesure]\n", "annex_security_plan")
    long = section_of("client_segment: pme\nsecurity_measures: [une mesure, une autre, une troisième]\n", "annex_security_plan")
    assert words_apart(short) == words_apart(long)


def test_an_offer_without_a_segment_s_pack_is_left_out_of_the_comparison() -> None:
    two = replace(LIBRARY, segments={key: LIBRARY.segments[key] for key in ("pme", "eti")})
    assert [pack.segment for pack in compare_segments(two, on=DAY).packs] == ["pme", "eti"]


def test_what_large_companies_ask_for_is_refused_or_traded_with_an_offer_and_a_reason() -> None:
    asked = LIBRARY.segments["grande_entreprise"].requests
    assert len(asked) == 7
    assert all(one.offer and one.why for one in asked)


def test_a_very_small_client_is_promised_no_restoration_and_told_so() -> None:
    assert "Aucun délai de remise en marche n’est promis" in section_of("client_segment: tpe\n", "time_targets").plain
