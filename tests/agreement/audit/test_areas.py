"""Areas of law that no rule judges are said beside the words that show them, and no other contract is said to touch them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from convenu.agreement.audit.audit import audit
from convenu.agreement.audit.said.areas import Area, areas_of
from convenu.agreement.audit.said.reading import read_contract
from convenu.library import loader
from convenu.library.recognition import area_cases, recognition
from convenu.vocabulary.read_text import ReadText

RECOGNITION = recognition()
CASES = area_cases()
# Small words enough for the language of a few words to be known.
FRENCH = "Le présent document est conclu pour la fourniture de services aux clients."
CONTRACT = (
    "Contrat de maintenance informatique entre le Prestataire et le Client.\n\n"
    "Article 1 - Objet\nLe Prestataire assure la maintenance des serveurs et des postes du Client.\n\n"
    "Article 2 - Durée\nCe contrat vaut un an. Il est résilié après une mise en demeure.\n\n"
    "Article 3 - Matériel\nLes matériels sont loués par l'intermédiaire d'un bailleur auquel le contrat est cédé.\n\n"
    "Article 4 - Litiges\nLe contrat est soumis au droit français et au tribunal de commerce de Lyon.\n"
)


def areas(words: str) -> tuple[Area, ...]:
    """The areas of a text taken for an IT service contract, however short."""
    reading = read_contract(ReadText(name="contrat.txt", text=f"{FRENCH}\n\n{words}", blocks=()), RECOGNITION)
    return areas_of(dataclasses.replace(reading, is_service_contract=True), RECOGNITION)


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}-{index}" for index, (name, _) in enumerate(CASES)])
def test_an_area_is_said_by_its_words_and_by_no_others(name: str, case: Mapping[str, Any]) -> None:
    assert (name in {area.name for area in areas(case["text"])}) is case["found"]


def test_an_area_that_is_not_judged_is_a_remark_with_its_words_and_no_finding() -> None:
    read = audit(ReadText(name="contrat.txt", text=CONTRACT, blocks=()), loader.current(), RECOGNITION, on=date(2026, 11, 25))
    words = "Les matériels sont loués par l'intermédiaire d'un bailleur auquel le contrat est cédé."
    assert [(area.name, area.quote.text) for area in read.areas] == [("equipment_leasing", words)]
    assert any("location financière" in remark and words in remark for remark in read.remarks)
    assert read.as_json()["areas"][0]["quote"]["start"] == CONTRACT.index(words)
    assert not any("location financière" in one.finding.message for one in read.findings)


def test_nothing_is_said_of_the_areas_of_a_contract_under_another_law() -> None:
    foreign = CONTRACT.replace("au droit français et au tribunal de commerce de Lyon", "au droit belge et aux tribunaux de Bruxelles")
    read = audit(ReadText(name="contrat.txt", text=foreign, blocks=()), loader.current(), RECOGNITION, on=date(2026, 11, 25))
    assert read.areas == ()
