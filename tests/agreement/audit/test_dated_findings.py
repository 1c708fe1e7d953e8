"""What the days of somebody's contract tell: a notice soon too late, or already, and a late rate under the floor when it began."""

from __future__ import annotations

from datetime import date

import pytest

from convenu.agreement.audit.audit import audit
from convenu.library import loader
from convenu.vocabulary.read_text import ReadText
from tests.agreement.audit.proven import all_proven

CONTRACT = (
    "Contrat de maintenance informatique entre le Prestataire et le Client.\n\n"
    "Article 1 - Objet\nLe Prestataire assure la maintenance des serveurs et des postes du Client.\n\n"
    "Article 2 - Durée\nLe contrat prend effet le 1er février 2025. Il est conclu pour une durée de deux ans. Il est renouvelé par tacite "
    "reconduction pour une durée d'un an, sauf dénonciation trois mois avant l'échéance.\n\n"
    "Article 3 - Paiement\nLes factures sont payables à trente jours. Tout retard de paiement entraîne un intérêt de retard de {rate} % "
    "par an et une indemnité de recouvrement de 40 euros.\n\n"
    "Article 4 - Litiges\nLe contrat est soumis au droit français et au tribunal de commerce de Lyon.\n"
)


def told(rule: str, on: date, rate: str = "10") -> list[str]:
    """The messages of one rule on the contract, as of a day, in plain spaces."""
    read = audit(ReadText(name="contrat.txt", text=CONTRACT.format(rate=rate), blocks=()), loader.current(), all_proven(), on=on)
    return [" ".join(one.finding.message.split()) for one in read.findings if one.finding.rule == rule]


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 6, 1), []),
        (date(2026, 9, 1), ["au plus tard : ensuite, le contrat est reconduit le 1er février 2027 pour 12 mois."]),
        (date(2026, 12, 1), ["au plus tard : sauf accord, le contrat est reconduit le 1er février 2027 pour 12 mois."]),
    ],
)
def test_a_notice_is_told_when_its_last_day_nears_and_when_it_has_passed(on: date, said: list[str]) -> None:
    messages = told("notice_window", on)
    assert len(messages) == len(said)
    assert all(message.endswith(end) for message, end in zip(messages, said, strict=True))


def test_a_fixed_rate_under_the_floor_when_the_contract_began_is_told_though_the_floor_has_come_down() -> None:
    (message,) = told("com-l441-10-penalites", date(2026, 11, 25))
    assert "11,13 % au 1er février 2025" in message


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        ("majoré de **5 points**", "l’intérêt légal majoré de 5 points, soit 7,75 %"),
        ("majoré de cinq (5) points", "l’intérêt légal majoré de 5 points, soit 7,75 %"),
        ("majoré de **6 points**", ""),
        ("majoré de 10 %", ""),
    ],
)
def test_points_above_the_legal_interest_are_summed_with_it_before_they_are_set_against_the_floor(rate: str, said: str) -> None:
    written = CONTRACT.replace("un intérêt de retard de {rate} % par an", f"un intérêt au taux d'intérêt légal {rate}")
    read = audit(ReadText(name="contrat.txt", text=written, blocks=()), loader.current(), all_proven(), on=date(2026, 11, 25))
    messages = [" ".join(one.finding.message.split()) for one in read.findings if one.finding.rule == "com-l441-10-penalites"]
    assert [said in message for message in messages] == ([True] if said else [])


def test_a_fixed_rate_above_the_floor_on_both_days_is_not_told() -> None:
    assert told("com-l441-10-penalites", date(2026, 11, 25), rate="12") == []


def test_a_fixed_rate_under_the_floor_of_the_day_is_told_once_by_the_rule() -> None:
    (message,) = told("com-l441-10-penalites", date(2026, 11, 25), rate="5")
    assert "inférieur au plancher" in message
