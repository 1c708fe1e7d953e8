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

FOLDER = Path("examples")
LIBRARY = french()
DAY = date(2026, 11, 23)
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


@pytest.mark.parametrize("name", ["valdrene", *SECTOR_DEALS, *REAL_DEALS])
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
    assert {"supplier_outlives_contract", "target_on_uncovered_asset"} <= rules, rules


def test_the_demo_deal_s_figures_are_those_of_the_deal() -> None:
    text = assemble(scope(read_answers(answers_of("valdrene")), LIBRARY), LIBRARY, on=DAY)
    words = "\n".join(section.plain for section in text.sections()).replace("\u202f", " ").replace("\u00a0", " ")
    for figure in ("4 204 €", "50 448 €", "75 672 €", "30 septembre 2028", "10 089,60 €", "3 150 €", "6 300 €", "1 600 €"):
        assert figure in words, figure


def test_a_draft_says_nothing_that_is_not_agreed_when_all_is_answered() -> None:
    text = assemble(scope(read_answers(answers_of("valdrene")), LIBRARY), LIBRARY, on=DAY)
    assert not text.open_points
    assert "[à confirmer" not in "\n".join(section.plain for section in text.sections())
