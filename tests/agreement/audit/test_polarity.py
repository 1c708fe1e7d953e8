"""Words that a contract denies are not words that it says: the verb, the head of a list and the title above turn them over."""

from __future__ import annotations

import pytest

from convenu.agreement.audit.guides.cues import cue
from convenu.agreement.audit.looking.looking import Looker
from convenu.agreement.audit.looking.polarity import is_denied
from convenu.agreement.audit.said.reading import read_contract
from convenu.library.recognition import recognition
from convenu.vocabulary.read_text import ReadText


def denied(written: str, words: str) -> bool:
    """Whether the only words of a text that a cue matches are denied."""
    document = read_contract(ReadText(name="contrat.txt", text=words, blocks=()), recognition()).document
    one = cue(written)
    (seen,) = Looker(document).seen(one)
    return is_denied(document, one, seen.sentence, *seen.match.span())


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("données de santé", "Le fichier contient l'identité des salariés, pas de données de santé."),
        ("donnée de santé", "Le Service ne porte sur aucune donnée de santé."),
        ("données de santé", "Les données de santé sont exclues du service."),
        ("données de santé", "Sont hors du Service : la formation, la messagerie et les données de santé."),
        ("données de santé", "Article 2 - Ce qui n'y est pas compris\n\nLa formation et les données de santé."),
        ("prestataire … (peut | pourra) …… prix", "Le Prestataire ne peut augmenter ses prix autrement."),
        ("prestataire …… (peut | pourra) …… prix", "Le Prestataire ne pourra jamais modifier les prix en cours d'année."),
        ("(peut | pourra) …… prix", "Le Prestataire ne peut modifier ses prix qu'avec l'accord écrit du Client."),
        ("défaillance d'un sous-traitant", "Sont réputés ne pas en être : la défaillance d'un sous-traitant et la grève."),
        ("panne", "Ne le constituent jamais, même ensemble : la panne d'un onduleur ; l'absence d'un agent."),
        ("grève", "La grève ne constitue pas un cas de force majeure."),
        ("panne", "La panne d'un serveur, de la ligne ou des sauvegardes n'y entre pas."),
    ],
)
def test_what_a_sentence_its_list_or_its_title_denies_is_denied(written: str, words: str) -> None:
    assert denied(written, words)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("données de santé", "Le Prestataire sauvegarde les données de santé du cabinet."),
        ("données de santé", "Le Service comprend : la messagerie et les données de santé."),
        ("(prestataire | société) …… peut …… prix", "Si le Client ne paie pas, le Prestataire peut modifier ses prix."),
        ("prestataire … (peut | pourra) …… prix", "Le Prestataire ne peut modifier ses prix que le 1er janvier."),
        ("remis …… règlement", "Le code n'est remis qu'après règlement du solde."),
        ("ne peut pas partir", "Le Client ne peut pas partir avant trois ans."),
        ("perte de données", "Article 9 - Exclusions de responsabilité\n\nLa perte de données et le manque à gagner."),
    ],
)
def test_what_is_said_or_only_restricted_is_not_denied(written: str, words: str) -> None:
    assert not denied(written, words)
