"""The file of a licence that a contract gives, to be laid beside a program, is none of its terms."""

from __future__ import annotations

import pytest

from convenu.agreement.audit.said.provisions import ProvisionStatus
from convenu.agreement.audit.said.reading import read_contract
from convenu.library.recognition import recognition
from convenu.vocabulary.read_text import ReadText

CONTRACT = """Contrat de développement entre la société Brume, le Prestataire, et la société Lande, le Client.

Article 1 - Objet

Le Prestataire développe et maintient l'application du Client.

"""
LICENCE = "Usage\n\nEn aucun cas l'auteur ne pourra être tenu responsable d'un dommage direct ou indirect né du programme.\n\n"


@pytest.mark.parametrize(
    ("opening", "status"),
    [
        ("Annexes\n\nLe texte de licence ci-dessous accompagne les sources remises :\n\n", ProvisionStatus.ABSENT),
        ("Article 2 - Licence\n\nLe Client reçoit une licence d'usage.\n\n", ProvisionStatus.PRESENT),
    ],
)
def test_a_licence_given_to_be_laid_beside_a_program_limits_nobody_in_the_contract(opening: str, status: ProvisionStatus) -> None:
    reading = read_contract(ReadText(name="contrat.txt", text=f"{CONTRACT}{opening}{LICENCE}", blocks=()), recognition())
    assert reading.provisions["liability_exclusions"].status is status


def test_what_follows_the_licence_is_of_the_contract_again() -> None:
    opening = "Annexe 1\n\nLe fichier de licence ci-après est joint au code :\n\n"
    limit = "Annexe 2 - Responsabilité\n\nLe Prestataire ne pourra être tenu responsable des dommages indirects.\n"
    reading = read_contract(ReadText(name="contrat.txt", text=f"{CONTRACT}{opening}{LICENCE}{limit}", blocks=()), recognition())
    assert [quote.text for quote in reading.provisions["liability_exclusions"].quotes] != []
    assert all("auteur" not in quote.text for quote in reading.provisions["liability_exclusions"].quotes)
