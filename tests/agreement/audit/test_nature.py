"""What a text is: an agreement on levels of service is a part of an IT contract, a guide binds nobody, another trade is another."""

from __future__ import annotations

import pytest

from convenu.agreement.audit.said.reading import Reading, read_contract
from convenu.library.recognition import recognition
from convenu.vocabulary.read_text import ReadText

LEVELS = """# Accord de niveau de service

La Société répond aux demandes de support du Client pour la version hébergée du logiciel de paie.

## Urgente

Le service est arrêté pour tous. La Société corrige l'incident dans un délai de 3 heures ouvrées.

## Courante

Une fonction est ralentie. La Société corrige l'anomalie dans un délai de 2 jours.
"""
GUIDE = """# Guide pratique du sous-traitant de données

Ce guide explique comment un prestataire qui traite des données à caractère personnel pour un client tient son registre.

## Le contrat

Le contrat prévoit que le sous-traitant ne traite les données que sur instruction documentée, et garantit leur confidentialité.
La responsabilité du sous-traitant peut être engagée. La convention dit la durée du traitement de données et sa résiliation.

## La sécurité

Le sous-traitant aide le responsable de traitement en cas de violation de données à caractère personnel.
"""
CLEANING = """Accord de niveau de service

La Société assure le nettoyage des locaux et l'entretien des espaces verts du Client. Elle répond sous 4 heures à toute urgence.

Une urgence de plomberie est traitée dans un délai de 2 heures, une fuite de toiture dans un délai de 1 jour.
"""

WATCH = """Accord de supervision

Entre la société Guet, ci-après le Prestataire, et la société Moulin du Val, ci-après le Client.

1. Le Prestataire lit les journaux des équipements du Client et l'appelle à la moindre alerte, sous 15 minutes.
2. L'accord dure trois ans ; chacun y met fin par écrit à chaque anniversaire, avec trois mois de préavis.
3. Le prix est de 900 euros par mois, payable à 30 jours. La responsabilité du Prestataire est limitée à 50 000 euros par an.
4. En cas de litige, le tribunal de commerce de Laval est compétent. Chacun garde le secret de ce qu'il apprend.
"""
LODGING = """Convention d'hébergement

Entre la résidence des Tilleuls, ci-après le Prestataire, et Madame Aubry, ci-après le Client.

1. Le Prestataire loge le Client dans une chambre meublée, et lui sert ses repas.
2. La convention dure un an ; chacun y met fin par écrit, avec un mois de préavis.
3. Le prix est de 1 900 euros par mois, payable d'avance. La responsabilité du Prestataire est limitée à 2 000 euros.
4. En cas de litige, le tribunal judiciaire de Laval est compétent.
"""

LET = """Location et entretien bureautiques

Entre la société Orme Bureautique, ci-après le Loueur, et le cabinet des docteurs Valmy et Serre, ci-après le Locataire.

1. Le Loueur met à disposition un multifonction, des ordinateurs, un standard téléphonique et un accès internet pour la salle des patients.
2. Le Locataire paie un loyer mensuel de 410 euros, prélevé le 5. Tout loyer impayé entraîne la résiliation du contrat.
3. Le locataire est responsable du matériel loué ; il prévient le Loueur, qui remet en état le copieur sous 8 heures.
4. Le contrat de location dure 60 mois. Le tribunal de commerce d'Évreux est compétent.
"""
CARS = LET.replace(
    "un multifonction, des ordinateurs, un standard téléphonique et un accès internet pour la salle des patients", "deux véhicules"
)
CARS = CARS.replace("bureautiques", "de véhicules").replace("Bureautique", "Automobile").replace("le copieur", "le véhicule")


def read(words: str) -> Reading:
    return read_contract(ReadText(name="texte.txt", text=words, blocks=()), recognition())


def test_an_agreement_on_levels_of_service_is_a_part_of_an_it_contract() -> None:
    reading = read(LEVELS)
    assert (reading.is_service_contract, reading.is_part) == (True, True)


def test_office_machines_and_lines_let_to_a_client_are_an_it_contract() -> None:
    assert read(LET).is_service_contract


@pytest.mark.parametrize("words", [GUIDE, CLEANING, CARS, LEVELS.replace("Accord de niveau de service", "Notre support")])
def test_what_teaches_or_is_of_another_trade_or_promises_nothing_by_agreement_is_none(words: str) -> None:
    assert not read(words).is_service_contract


def test_a_guide_that_binds_parties_is_a_contract() -> None:
    parties = "Entre la société Alder, prestataire, et la société Brume, cliente.\n\nLe présent contrat est soumis au droit français.\n"
    assert read(f"{GUIDE}\n{parties}").is_service_contract


def test_a_contract_that_says_its_trade_at_its_head_names_few_of_the_things_it_is_about() -> None:
    assert read(WATCH).is_service_contract
    assert not read(LODGING).is_service_contract


def test_long_conditions_that_name_few_things_of_the_trade_are_an_it_contract_by_the_developments_they_speak_of() -> None:
    works = """Conditions générales de vente

1. Le terme « Prestataire » désigne la société Aulnoy, le terme « Client » qui lui commande une prestation.
2. Le Client remet les textes, les images et le modèle de données avant le début de la prestation.
3. Les droits sur les développements réalisés sont cédés au Client quand il a tout payé ; il peut les résilier avant.
4. Le Prestataire s'engage à tenir secret ce qu'il apprend du Client. Il rédige une application et un site internet.
5. Les parties ne sont pas responsables d'un cas de force majeure, qui suspend le contrat.
6. Le droit français s'applique ; en cas de litige, le tribunal compétent est celui de Laval.
"""
    works += "\n".join(f"{number}. Le devis numéro {number} dit le prix, et le Client le paie à trente jours." for number in range(7, 40))
    assert read(works).is_service_contract
    assert not read(works.replace("le modèle de données", "le plan").replace("développements réalisés", "dessins")).is_service_contract
