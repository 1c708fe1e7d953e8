"""The deals shipped as examples: each drafts, and the check finds what a lawyer flagged in the real ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from convenu.agreement.assemble import assemble
from convenu.agreement.check import check
from convenu.agreement.scoping import read_answers, scope
from convenu.library.loader import french
from convenu.vocabulary import yaml_text
from convenu.vocabulary.findings import Finding, Severity, Status
from convenu.vocabulary.french import plain_spaces
from convenu.vocabulary.mistakes import MistakesError

FOLDER = Path("examples")
LIBRARY = french()
DAY = date(2026, 11, 23)
# The figures of each invented deal: monthly and yearly fee, dates, caps, cost of leaving early, set-up.
FIGURES = {
    "moulin-carre": ("319 €", "3 828 €", "30 novembre 2027", "31 décembre 2027", "10 000 €", "478,50 €", "225 €", "703,50 €", "450 €"),
    "valdrene": ("4 204 €", "50 448 €", "75 672 €", "30 septembre 2028", "10 089,60 €", "3 150 €", "6 300 €", "1 600 €"),
    "pelouan": (
        "32 011 €", "384 132 €", "768 264 €", "31 octobre 2029", "31 juillet 2029", "31 janvier 2030",
        "38 413,20 €", "24 000 €", "72 000 €", "640 €",
    ),
}  # fmt: skip
REAL_DEALS = ("infogerance-serveurs", "maintenance-postes", "infogerance-forfait")


def answers_of(name: str) -> bytes:
    return (FOLDER / f"{name}.answers.yaml").read_bytes()


def findings_of(name: str) -> tuple[Finding, ...]:
    terms = scope(read_answers(answers_of(name)), LIBRARY)
    return check(terms, assemble(terms, LIBRARY, on=DAY), LIBRARY, on=DAY)


def problems_of(name: str) -> dict[str, list[dict[str, str]]]:
    data: dict[str, Any] = yaml_text.read(answers_of(name)).data
    found: dict[str, list[dict[str, str]]] = data["problems"]
    return found


SECTOR_DEALS = ("finance-gestion", "sante-clinique", "public-communaute")


@pytest.mark.parametrize("name", ["moulin-carre", "valdrene", "pelouan", "brevandre", *SECTOR_DEALS, *REAL_DEALS])
def test_each_example_drafts_a_whole_contract(name: str) -> None:
    text = assemble(scope(read_answers(answers_of(name)), LIBRARY), LIBRARY, on=DAY)
    assert len(text.articles) >= 30
    assert len(text.annexes) >= 10


@pytest.mark.parametrize(
    ("name", "annex", "says"),
    [
        ("finance-gestion", "dora_annex", "une transition de 6\u00a0mois"),
        ("sante-clinique", "hds_annex", "propose l’hébergeur certifié suivant"),
        ("public-communaute", "public_buyer_annex", "Ses pièces l’emportent sur le Contrat"),
    ],
)
def test_a_deal_of_a_sector_is_complete_and_nothing_stops_its_signature(name: str, annex: str, says: str) -> None:
    content = answers_of(name)
    assert content.decode().startswith("# Données fictives")
    text = assemble(scope(read_answers(content), LIBRARY), LIBRARY, on=DAY)
    assert text.open_points == ()
    assert "[à confirmer" not in "\n".join(section.plain for section in text.sections())
    section = text.section(annex)
    assert section is not None
    assert says in section.plain
    assert not [finding.rule for finding in findings_of(name) if finding.severity is Severity.BLOCKING]


@pytest.mark.parametrize(
    ("name", "problem", "rule"), [(name, one["problem"], one["rule"]) for name in REAL_DEALS for one in problems_of(name)["found"]]
)
def test_the_check_finds_what_a_lawyer_flagged(name: str, problem: str, rule: str) -> None:
    seen = {finding.rule for finding in findings_of(name) if finding.status is Status.FOUND}
    open_questions = {finding.rule for finding in findings_of(name) if finding.status is Status.NOT_VERIFIABLE}
    assert rule in seen or (rule in open_questions and rule == "cpc-48"), f"{problem}: {rule} said nothing"


@pytest.mark.parametrize("name", REAL_DEALS)
def test_each_real_deal_lists_at_least_four_problems_found_and_says_what_terms_cannot_carry(name: str) -> None:
    problems = problems_of(name)
    assert len(problems["found"]) >= 4
    assert all(one["why"] for one in problems["beyond_terms"])


@pytest.mark.parametrize("name", REAL_DEALS)
def test_what_a_real_contract_leaves_out_is_never_filled_with_our_defaults(name: str) -> None:
    terms = scope(read_answers(answers_of(name)), LIBRARY)
    assert not [key for key in type(terms).model_fields if terms.term(key).origin.value == "segment_default"]


def test_the_demo_deal_has_nothing_that_stops_its_signature_but_what_its_facts_justify() -> None:
    found = [finding for finding in findings_of("valdrene") if finding.status is Status.FOUND]
    assert not [finding for finding in found if finding.severity is Severity.BLOCKING]
    rules = {finding.rule for finding in found}
    assert {"supplier_outlives_contract", "freeze_vs_patch"} <= rules, rules


@pytest.mark.parametrize(("deal", "figures"), FIGURES.items())
def test_a_deal_s_figures_are_printed_in_its_contract(deal: str, figures: tuple[str, ...]) -> None:
    text = assemble(scope(read_answers(answers_of(deal)), LIBRARY), LIBRARY, on=DAY)
    words = plain_spaces("\n".join(section.plain for section in text.sections()))
    assert [figure for figure in figures if figure not in words] == []


def rules_of(deal: str, **changes: Any) -> set[str]:
    terms = scope(read_answers(answers_of(deal)), LIBRARY).replace(**changes)
    findings = check(terms, assemble(terms, LIBRARY, on=DAY), LIBRARY, on=DAY)
    return {finding.rule for finding in findings if finding.status is Status.FOUND}


def test_the_garage_is_warned_when_the_advice_on_its_old_workstation_is_unanswered() -> None:
    (advice,) = scope(read_answers(answers_of("moulin-carre")), LIBRARY).advice_register.value or ()
    unanswered = {**advice.model_dump(mode="json", exclude_none=True), "answer": "unanswered"}
    assert "advice_open" in rules_of("moulin-carre", advice_register=[unanswered])
    assert not {"advice_open", "cap_vs_fees"} & rules_of("moulin-carre")


def test_an_arrival_in_four_hours_at_le_mans_is_doubted() -> None:
    assert "onsite_time_vs_distance" not in rules_of("valdrene")
    assert "onsite_time_vs_distance" in rules_of("valdrene", onsite_arrival_time="4 hours", onsite_distance=150)


def test_the_on_call_of_the_food_company_holds_with_six_and_no_longer_when_one_leaves() -> None:
    assert "on_call_team" not in rules_of("pelouan")
    assert "on_call_team" in rules_of("pelouan", on_call_team_size=5)


def test_the_food_company_s_availability_and_sites_are_looked_at() -> None:
    terms = scope(read_answers(answers_of("pelouan")), LIBRARY)
    assert "one_p1_breaks_availability" in rules_of("pelouan")
    assert "calendar_per_site" not in rules_of("pelouan")
    assert "calendar_per_site" in rules_of("pelouan", service_hours=(terms.service_hours.value or ())[:1])


@pytest.mark.parametrize("deal", ["moulin-carre", "pelouan", "brevandre"])
def test_nothing_stops_the_signature_of_a_deal_that_is_all_answered(deal: str) -> None:
    assert not [finding for finding in findings_of(deal) if finding.status is Status.FOUND and finding.severity is Severity.BLOCKING]
    assert not assemble(scope(read_answers(answers_of(deal)), LIBRARY), LIBRARY, on=DAY).open_points


def test_instalments_of_the_set_up_that_do_not_add_up_are_refused() -> None:
    wrong = answers_of("pelouan").replace(b"amount: 24000 EUR", b"amount: 23000 EUR", 1)
    with pytest.raises(MistakesError) as caught:
        scope(read_answers(wrong), LIBRARY)
    assert "frais de mise en service" in str(caught.value.mistakes[0])


def test_a_draft_says_nothing_that_is_not_agreed_when_all_is_answered() -> None:
    text = assemble(scope(read_answers(answers_of("valdrene")), LIBRARY), LIBRARY, on=DAY)
    assert not text.open_points
    assert "[à confirmer" not in "\n".join(section.plain for section in text.sections())
