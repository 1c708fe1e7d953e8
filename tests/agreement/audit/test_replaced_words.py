"""An amendment that replaces words of the contract, and the value that the amended sentence says."""

from __future__ import annotations

import pytest

from convenu.agreement.audit.said.reading import read_contract
from convenu.library.recognition import recognition
from convenu.vocabulary.read_text import ReadText

CONTRACT = (
    "CONTRAT DE MAINTENANCE INFORMATIQUE\n\nArticle 6 - Prix\n\nLe prix suit l'indice Syntec. Sa hausse est limitée à 5 % par an.\n\n"
    "Article 9 - Responsabilité\n\nLa responsabilité du Prestataire est limitée aux sommes perçues au cours des trois derniers mois.\n\n"
    "Article 12 - Résiliation\n\nLe contrat peut être résilié trente jours après une mise en demeure restée sans effet.\n\n"
)
AMENDMENT = "AVENANT N° 1 au contrat de maintenance informatique du 4 mars 2019, signé entre les mêmes parties\n\nArticle 1\n\n"


@pytest.mark.parametrize(
    ("words", "key", "value"),
    [
        ("À l'article 9, « trois derniers mois » est remplacé par « douze derniers mois ».", "liability_cap_months", "12"),
        ("À l'article 9, les mots « trois derniers mois » sont remplacés par « six derniers mois ».", "liability_cap_months", "6"),
        ("À l'article 6, « 5 % » devient « 2 % ».", "index_cap_pct", "2"),
        ("À l'article 12, il faut lire « vingt jours » au lieu de « trente jours ».", "cure_period_days", "20"),
        ("Les mots « trente jours » sont remplacés par « dix jours ».", "cure_period_days", "10"),
        ("À l'article 8, « 5 % » est remplacé par « 2 % ».", "index_cap_pct", "5"),
        ("À l'article 12, « soixante jours » est remplacé par « dix jours ».", "cure_period_days", "30"),
    ],
)
def test_the_words_that_an_amendment_replaces_say_their_value_no_more(words: str, key: str, value: str) -> None:
    reading = read_contract(ReadText(name="case", text=CONTRACT + AMENDMENT + words, blocks=()), recognition())
    read = reading.values[key]
    assert str(read.value) == value
    assert (read.quote.text == words) is (value not in ("5", "30"))
