"""A lessor's terms that a contract only reproduces bind other parties: none of their values or dangers is that of the contract."""

from __future__ import annotations

from convenu.agreement.audit.said.reading import Reading, read_contract
from convenu.library.recognition import recognition
from convenu.vocabulary.read_text import ReadText

CONTRACT = """Contrat de services entre la société Alizé, le Prestataire, et la société Rivage, le Client.

Article 1 - Objet

Le Prestataire assure la maintenance des équipements du Client et l'assistance de ses utilisateurs.

Article 2 - Résiliation

Chaque partie peut résilier le contrat trente jours après une mise en demeure restée sans effet.

"""
TERMS = """
Le bailleur loue au locataire les équipements que celui-ci a choisis. Le bailleur ne les entretient pas.

B2. Le locataire qui ne paie pas un loyer voit la location résiliée dix jours après une mise en demeure restée sans effet.

B3. Tout litige entre le bailleur et le locataire est de la compétence du tribunal de commerce de Lyon.
"""


def read(words: str) -> Reading:
    return read_contract(ReadText(name="contrat.txt", text=words, blocks=()), recognition())


def test_the_court_of_a_lessor_whose_terms_are_joined_for_information_is_not_that_of_the_contract() -> None:
    reading = read(f"{CONTRACT}ANNEXE 3 - CONDITIONS DE LOCATION\n\nReproduites par le Prestataire à titre d'information.\n{TERMS}")
    assert "jurisdiction_city" not in reading.values
    assert reading.values["cure_period_days"].value == 30
    assert not reading.values["cure_period_days"].others


def test_terms_of_leasing_that_are_not_joined_for_information_are_read() -> None:
    reading = read(f"{CONTRACT}ANNEXE 3 - CONDITIONS DE LOCATION\n\nElles font partie du contrat.\n{TERMS}")
    assert reading.values["jurisdiction_city"].value == "Lyon"


def test_a_lessor_who_is_a_party_to_the_contract_is_read_wherever_its_terms_stand() -> None:
    party = CONTRACT.replace("le Client.", "le Client, avec le concours de la société Galet, ci-après le bailleur.")
    reading = read(f"{party}ANNEXE 3 - CONDITIONS DE LOCATION\n\nReproduites à titre d'information.\n{TERMS}")
    assert reading.values["jurisdiction_city"].value == "Lyon"


def test_a_price_list_joined_for_information_is_read() -> None:
    reading = read(f"{CONTRACT}ANNEXE 3 - TARIF\n\nReproduit à titre d'information. Tout litige relève du tribunal de commerce de Lyon.\n")
    assert reading.values["jurisdiction_city"].value == "Lyon"
