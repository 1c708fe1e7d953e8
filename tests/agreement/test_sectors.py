"""Sectors laid over a segment: facts call them, their values stand under the house's and the answers', and nothing contradicts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenu.agreement.assemble import assemble, included_clauses
from convenu.agreement.clause import Place
from convenu.agreement.conditions import Condition
from convenu.agreement.scoping import read_answers, scope
from convenu.agreement.sector import Overlay, SectorError, SectorPack, active_sectors, check_sectors, facts_of, overlays, proposals
from convenu.library.loader import french
from convenu.terms.closed_lists import ClientKind, DocumentRank, Sector
from convenu.terms.contract import Terms
from convenu.terms.states import Origin
from convenu.vocabulary import french as words
from convenu.vocabulary.contract_text import ContractText

LIBRARY = french()
ON = date(2026, 11, 23)
PLAIN: dict[str, Any] = {
    "client_sector": "other",
    "client_kind": "commercial_company",
    "health_data": False,
    "cloud_sold": False,
    "nis2_ready": False,
    "industrial_scope": "none",
}
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("finance", {"client_sector": "finance"}),
    ("health", {"client_sector": "health"}),
    ("health", {"health_data": True}),
    ("public", {"client_kind": "public"}),
    ("legal", {"client_sector": "legal"}),
    ("accounting", {"client_sector": "accounting"}),
    ("non_profit", {"client_kind": "association"}),
    ("non_profit", {"client_kind": "non_professional"}),
    ("nis2", {"nis2_ready": True}),
    ("cloud", {"cloud_sold": True}),
    ("industry", {"client_sector": "industry"}),
    ("industry", {"industrial_scope": "automates de la chaufferie"}),
]
FACTS = st.fixed_dictionaries(
    {
        "client_sector": st.sampled_from([*(one.value for one in Sector), "unknown"]),
        "client_kind": st.sampled_from([*(one.value for one in ClientKind), "unknown"]),
        "health_data": st.sampled_from([True, False, "unknown"]),
        "cloud_sold": st.sampled_from([True, False, "unknown"]),
        "nis2_ready": st.sampled_from([True, False, "unknown"]),
        "industrial_scope": st.sampled_from(["none", "pare-feu de ligne", "unknown"]),
    }
)
ANSWERED = {"breach_notice": "72 hours", "payment_days": "20 days", "court": {"kind": "no_clause"}, "early_warning": "2 hours"}


def pack(key: str) -> SectorPack:
    return next(one for one in LIBRARY.sectors if one.key == key)


def a_pack(key: str, when: Any, **defaults: Any) -> SectorPack:
    return SectorPack(
        key=key, label=key, why="Un essai.", applies_when=Condition.read(when), defaults=defaults, law=("x",), read_on=date(2026, 11, 23)
    )


def scoped(answers: dict[str, Any]) -> Terms:
    return scope(read_answers(json.dumps(answers, ensure_ascii=False, default=str)), LIBRARY)


def terms_of(**answers: Any) -> Terms:
    return scoped({"client_segment": "pme", **PLAIN, **answers})


@cache
def valdrene() -> dict[str, Any]:
    answers = read_answers(Path("examples/valdrene.answers.yaml").read_bytes())
    return {**answers.given, "house": answers.house}


def deal_of(**answers: Any) -> Terms:
    """The full example, its facts plain but for those given; its own court and cap are kept."""
    return scoped({**valdrene(), **PLAIN, **answers})


def at_work(terms: Terms) -> dict[str, Overlay]:
    return {one.pack.key: one for one in overlays(terms, LIBRARY.sectors, included_clauses(terms, LIBRARY))}


def text_of(terms: Terms) -> ContractText:
    return assemble(terms, LIBRARY, on=ON)


def plain(text: ContractText) -> str:
    return words.plain_spaces("\n".join(section.plain for section in text.sections()))


def called_by(facts: dict[str, Any]) -> Iterator[str]:
    for key, when in CALLS:
        if all(facts[fact] == value or (fact == "industrial_scope" and facts[fact] == "pare-feu de ligne") for fact, value in when.items()):
            yield key


# Facts and what they call.


@pytest.mark.parametrize(("key", "facts"), CALLS)
def test_a_sector_comes_with_its_facts_and_leaves_with_them(key: str, facts: dict[str, Any]) -> None:
    assert set(at_work(terms_of(**facts))) == {key}
    assert at_work(terms_of()) == {}


def test_every_sector_of_the_library_is_called_by_some_deal() -> None:
    assert {key for key, _ in CALLS} == {one.key for one in LIBRARY.sectors}


@pytest.mark.parametrize(("key", "facts"), CALLS)
def test_a_sector_says_by_which_answer_it_came_and_what_it_brought(key: str, facts: dict[str, Any]) -> None:
    overlay = at_work(terms_of(**facts))[key]
    assert {reason.term for reason in overlay.reasons} == set(facts)
    assert set(overlay.kept) == set(pack(key).defaults)
    gone = {clause.key for clause in included_clauses(terms_of(), LIBRARY)}
    assert {clause.key for clause in overlay.clauses}.isdisjoint(gone)


@pytest.mark.parametrize(
    ("facts", "clauses"),
    [
        ({"client_sector": "finance"}, {"dora_annex", "professional_secrecy"}),
        ({"client_sector": "health", "health_data": True}, {"hds_annex", "professional_secrecy"}),
        ({"client_kind": "public"}, {"public_buyer_annex", "signatory_power"}),
        ({"client_sector": "legal"}, {"seizure_procedure", "professional_secrecy"}),
        ({"client_sector": "accounting"}, {"seizure_procedure", "professional_secrecy"}),
        ({"client_kind": "non_professional"}, {"renewal_reminder", "annex_renewal_articles", "signatory_power", "volunteers"}),
        ({"nis2_ready": True}, {"nis2_annex"}),
        ({"cloud_sold": True}, {"cloud_switching"}),
        ({"client_sector": "industry"}, {"industrial_boundary"}),
    ],
)
def test_a_sector_brings_its_clauses_and_takes_them_away(facts: dict[str, Any], clauses: set[str]) -> None:
    here = {section.clause for section in text_of(deal_of(**facts)).sections()}
    assert clauses <= here
    assert clauses.isdisjoint(section.clause for section in text_of(deal_of()).sections())


def test_nobody_but_the_client_says_that_a_function_is_critical() -> None:
    said = terms_of(client_sector="finance").critical_function
    assert said.unknown
    assert said.who == "le Client, par écrit"


# Layers.


def test_a_sector_s_value_stands_over_the_segment_s_and_under_the_house_s_and_the_answer() -> None:
    finance = {"client_sector": "finance"}
    shown = [terms_of(**PLAIN), terms_of(**finance), terms_of(**finance, house={"breach_notice": "30 hours"})]
    shown.append(terms_of(**finance, house={"breach_notice": "30 hours"}, breach_notice="12 hours"))
    assert [(str(terms.breach_notice.value), terms.breach_notice.origin) for terms in shown] == [
        ("36 hours", Origin.SEGMENT),
        ("24 hours", Origin.SECTOR),
        ("30 hours", Origin.HOUSE),
        ("12 hours", Origin.ASKED),
    ]


@given(facts=FACTS, house=st.sets(st.sampled_from(sorted(ANSWERED))), answered=st.sets(st.sampled_from(sorted(ANSWERED))))
def test_each_value_comes_from_the_highest_layer_that_has_one(facts: dict[str, Any], house: set[str], answered: set[str]) -> None:
    terms = scoped(
        {"client_segment": "pme", **facts, **{key: ANSWERED[key] for key in answered}, "house": {key: ANSWERED[key] for key in house}}
    )
    called = set(called_by(facts))
    assert {one.key for one in active_sectors(terms, LIBRARY.sectors)} == called
    proposed = {key for one in called for key in pack(one).defaults}
    for key in {*ANSWERED, *proposed}:
        origin = terms.term(key).origin
        expected = (
            Origin.ASKED if key in answered else Origin.HOUSE if key in house else Origin.SECTOR if key in proposed else Origin.SEGMENT
        )
        assert origin is expected or (terms.term(key).unknown and expected is Origin.SEGMENT), key


@given(facts=FACTS, order=st.permutations(LIBRARY.sectors))
def test_the_order_of_the_sectors_changes_nothing(facts: dict[str, Any], order: list[SectorPack]) -> None:
    told = Terms.model_validate(facts)
    assert proposals(active_sectors(told, order)) == proposals(active_sectors(told, LIBRARY.sectors))


@given(facts=FACTS)
def test_laying_sectors_calls_and_dismisses_no_other(facts: dict[str, Any]) -> None:
    before = Terms.model_validate(facts)
    after = before.replace(**proposals(active_sectors(before, LIBRARY.sectors)))
    assert active_sectors(after, LIBRARY.sectors) == active_sectors(before, LIBRARY.sectors)


def test_a_contract_entered_as_it_stands_takes_no_value_of_a_sector() -> None:
    terms = terms_of(client_sector="finance", defaults="none")
    assert not [key for key in type(terms).model_fields if terms.term(key).origin is Origin.SECTOR]


# A library that could not be laid is refused.


def test_a_sector_may_not_propose_a_fact() -> None:
    with pytest.raises(SectorError, match="calls sectors"):
        check_sectors([a_pack("a", {"client_sector": "health"}, health_data=True), a_pack("b", {"health_data": True})])


def test_a_sector_is_called_by_facts() -> None:
    with pytest.raises(SectorError, match="no fact"):
        check_sectors([a_pack("a", None, payment_days="30 days")])


def test_two_sectors_that_may_stand_together_never_differ() -> None:
    finance, health = a_pack("a", {"client_sector": "finance"}, rpo="4 hours"), a_pack("b", {"client_sector": "health"}, rpo="1 hours")
    check_sectors([finance, health])
    with pytest.raises(SectorError, match="may stand together"):
        check_sectors([finance, replace(health, applies_when=Condition.read({"health_data": True}))])
    with pytest.raises(SectorError, match="may stand together"):
        check_sectors([finance, replace(health, applies_when=Condition.read([{"client_sector": "health"}, {"cloud_sold": True}]))])


def test_every_proposal_of_the_library_has_a_question_and_every_sector_its_law() -> None:
    asked = {key for question in LIBRARY.questions for key in question.fills}
    for one in LIBRARY.sectors:
        assert set(one.defaults) <= asked, one.key
        assert one.law, one.key
        assert one.why.endswith("."), one.key
        assert one.why.count(". ") == 0, f"{one.key}: one sentence"
        assert one.read_on <= ON
    assert facts_of(LIBRARY.sectors) <= asked


# What the contract then says.

NO_COURT = [facts for key, facts in CALLS if "court" in pack(key).defaults]


@pytest.mark.parametrize("facts", NO_COURT)
def test_where_no_court_may_be_named_none_is(facts: dict[str, Any]) -> None:
    answers = {key: value for key, value in valdrene().items() if key != "court"}
    section = text_of(scoped({**answers, **PLAIN, **facts})).section("law_and_disputes")
    assert section is not None
    said = words.plain_spaces(section.plain)
    assert "seule compétence" not in said
    assert "tribunal que la loi désigne" in said


def test_a_company_keeps_its_court() -> None:
    assert "seule compétence du tribunal des activités économiques du Mans" in plain(text_of(deal_of()))


def test_the_market_s_documents_come_first_and_our_cap_is_a_question_to_the_buyer() -> None:
    answers = {key: value for key, value in valdrene().items() if key not in ("court", "liability_cap")}
    terms = scoped({**answers, **PLAIN, "client_kind": "public"})
    assert terms.order_of_precedence.value is not None
    assert terms.order_of_precedence.value[0] is DocumentRank.MARKET
    assert (terms.liability_cap.unknown, terms.liability_cap.who) == (True, "l'acheteur public")
    assert terms.early_exit_from.unknown
    assert re.search(r"\[à confirmer : plafond de responsabilité", plain(text_of(terms)))


@settings(max_examples=30)
@given(facts=FACTS)
def test_a_contract_of_any_mix_of_sectors_is_written_whole(facts: dict[str, Any]) -> None:
    terms = deal_of(**facts)
    text = text_of(terms)
    # The summary goes with the contract and is no part of what is agreed.
    included = {clause.key: clause for clause in included_clauses(terms, LIBRARY) if clause.place is not Place.SUMMARY}
    assert {section.clause for section in text.sections()} == set(included)
    assert not [key for clause in included.values() for key in clause.excludes if key in included]
    stated = [key for section in text.sections() for key in section.states]
    assert not {key for key in stated if stated.count(key) > 1 and key in {name for one in LIBRARY.sectors for name in one.defaults}}


# A text that is not law yet.


def test_a_sector_of_a_text_not_yet_law_is_dated_and_called_a_preparation() -> None:
    (waiting,) = [one for one in LIBRARY.sectors if one.pending]
    assert waiting.pending is not None
    assert (waiting.key, waiting.pending.looked_on) == ("nis2", waiting.read_on)
    (annex,) = waiting.clauses(LIBRARY.clauses)
    said = words.plain_spaces(f"{annex.title} {annex.text}")
    assert words.plain_spaces(words.day(waiting.pending.looked_on)) in said
    for told in (waiting.label, waiting.why, said, annex.gloss):
        assert "préparation" in told.lower()
        assert "obligation" not in told.lower()
    assert LIBRARY.rule("nis2-21-23").kind.value == "pending"
