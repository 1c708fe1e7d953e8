"""What a file only recounts binds nobody: nothing is read of it."""

from __future__ import annotations

import pytest

from convenu.agreement.audit.said.reading import Reading, read_contract
from convenu.library.recognition import recognition
from convenu.vocabulary.read_text import ReadText

CONTRACT = (
    "Contrat d'infogérance entre le Prestataire et le Client.\n\nArticle 2 - Durée\n\nLe contrat est conclu pour une durée de deux ans.\n\n"
    "Article 3 - Paiement\n\nLes factures sont payables à trente jours.\n\n"
)


def read(words: str) -> Reading:
    return read_contract(ReadText(name="contrat.txt", text=words, blocks=()), recognition())


@pytest.mark.parametrize(
    "recounted",
    [
        "Les parties étaient liées par une convention de 2018, qui prévoyait une disponibilité de 97 %.",
        "V1.2   14/01/2025   Proposition du Prestataire : disponibilité de 97 %",
        "Le serveur a-t-il une disponibilité de 97 % ?",
    ],
)
def test_a_past_contract_a_draft_and_a_question_promise_nothing(recounted: str) -> None:
    assert "availability_pct" not in read(f"{CONTRACT}Annexe\n\n{recounted}\n").values


def test_what_a_contract_promises_today_is_read_beside_what_it_recounts() -> None:
    reading = read(
        "Contrat d'hébergement entre le Prestataire et le Client.\n\nPréambule\n\nL'ancien contrat prévoyait une disponibilité de 97 %.\n\n"
        "Article 4 - Disponibilité\n\nLe Prestataire assure une disponibilité de 99,5 % par mois.\n"
    )
    assert str(reading.values["availability_pct"].value) == "99.5"
