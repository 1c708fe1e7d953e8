"""A provision that is stated only half holds where it leaves out what it must settle, and its reader is told what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from convenu.agreement.audit.audit import Audit, audit
from convenu.agreement.audit.comparison import Stance, offer_of
from convenu.agreement.audit.looking.looking import Looker
from convenu.agreement.audit.said.half_said import TO_WRITE, as_far_as_said
from convenu.agreement.audit.said.provisions import ProvisionStatus, ReadProvision, read_provisions
from convenu.agreement.audit.text.segmentation import segmented
from convenu.documents.markdown import write_markdown
from convenu.documents.reading.plain import read_plain
from convenu.library import loader
from convenu.library.recognition import half_cases, recognition
from convenu.vocabulary import french
from convenu.vocabulary.read_text import ReadText
from tests.agreement.audit.proven import all_proven

CASES = half_cases()
NOW = date(2026, 11, 25)


def read(words: str, key: str) -> ReadProvision:
    looker = Looker(segmented(ReadText(name="case", text=words, blocks=())))
    return as_far_as_said(read_provisions(looker, recognition()), looker, recognition(), hollow=(), marks=())[key]


@pytest.mark.parametrize(("key", "told", "case"), CASES, ids=[f"{key}-{index}" for index, (key, _, _) in enumerate(CASES)])
def test_a_case_beside_what_a_provision_must_settle_is_graded_as_its_lawyer_says(key: str, told: str, case: Mapping[str, Any]) -> None:
    one = read(case["text"], key)
    assert one.stated
    assert (one.status, one.half) == ((ProvisionStatus.PARTIAL, told) if case["half"] else (ProvisionStatus.PRESENT, ""))


def test_what_a_provision_must_settle_has_cases_where_it_does_and_where_it_does_not() -> None:
    told = defaultdict(set)
    for key, half, case in CASES:
        told[key, half].add(case["half"])
    assert {(guide.key, half.told) for guide in recognition().provisions for half in guide.halves} == set(told)
    assert [name for name, sides in told.items() if sides != {True, False}] == []


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("assignment", "Le contrat peut être cédé dans les conditions définies au contrat-cadre."),
        ("subcontracting", "Le Prestataire peut sous-traiter selon les conditions particulières."),
        ("insurance", "L'assurance de responsabilité du Prestataire est décrite dans les conditions générales."),
        ("reversibility", "La réversibilité est régie par les CGV du Prestataire."),
    ],
)
def test_a_provision_whose_every_sentence_sends_to_another_document_only_half_holds(key: str, words: str) -> None:
    assert read(words, key).half == "renvoie à un autre document"


def test_a_sentence_that_says_how_long_leaves_nothing_to_another_document() -> None:
    words = "Le contrat est cédé avec l'accord de l'autre partie, donné en dix jours selon les conditions particulières."
    assert read(words, "assignment").status is ProvisionStatus.PRESENT


def test_what_is_to_be_filled_in_is_no_silence() -> None:
    """A mark is told by itself: who fills it in says what lacks."""
    words = "Article 5 - Niveaux de service\nLe Prestataire s'engage sur un délai d'intervention de __________ après l'appel du Client."
    looker = Looker(segmented(ReadText(name="case", text=words, blocks=())))
    marks = [(words.index("__"), words.rindex("_") + 1)]
    read_alone = read_provisions(looker, recognition())
    assert as_far_as_said(read_alone, looker, recognition(), hollow=(), marks=())["service_levels"].half == "ne chiffre aucun délai"
    assert as_far_as_said(read_alone, looker, recognition(), hollow=(), marks=marks)["service_levels"].half == ""
    assert as_far_as_said(read_alone, looker, recognition(), hollow=marks, marks=marks)["service_levels"].half == ""


def test_a_provision_that_is_only_named_says_so_and_is_not_stated() -> None:
    one = read("Un niveau de service peut être convenu.", "service_levels")
    assert (one.status, one.stated, one.half) == (ProvisionStatus.PARTIAL, False, "ne fait que la nommer")


CONTRACT = """Contrat de maintenance informatique

Entre la société Les Trois Ponts, SARL immatriculée au RCS de Laval, ci-après le Prestataire, et Garonne Bois, ci-après le Client.

1. Objet
Le présent contrat a pour objet la maintenance des serveurs et des postes du Client.

2. Durée
Le contrat est conclu pour vingt-quatre mois.

3. Prix
Les prix sont ceux du devis signé, exprimés hors taxes. Les factures sont payables à trente jours.

4. Confidentialité
Chaque partie s'engage à ne pas divulguer ce qu'elle apprend de l'autre.

5. Responsabilité
En aucun cas le Prestataire ne pourra être tenu responsable de la perte de fichiers.

6. Droit
Le contrat est soumis au droit français et tout litige au tribunal de commerce de Laval.
"""


def audited(words: str) -> Audit:
    return audit(read_plain("contrat.txt", words.encode()), loader.current(), all_proven(), on=NOW)


def test_the_comparison_says_in_a_line_why_a_provision_is_to_negotiate() -> None:
    positions = {one.provision: one for one in audited(CONTRACT).comparison}
    assert (positions["price"].stance, positions["price"].why) == (Stance.NEGOTIATE, "ne chiffre aucun prix")
    assert (positions["confidentiality"].stance, positions["confidentiality"].why) == (Stance.ACCEPT, "")
    negotiated = [one for one in positions.values() if one.stance is Stance.NEGOTIATE]
    assert {one.provision for one in positions.values() if one.why} == {one.provision for one in negotiated}
    found = next(one for one in negotiated if one.rules)
    assert found.why.partition(",")[0] in {french.inside_a_sentence(one.finding.title) for one in audited(CONTRACT).findings}
    assert found.as_json()["why"] == found.why


def test_nothing_else_is_found_on_a_provision_because_it_only_half_holds() -> None:
    half, whole = audited(CONTRACT), audited(CONTRACT.replace("Les prix sont ceux du devis signé", "Le prix est de 340 € par mois"))
    assert whole.reading.provisions["price"].status is ProvisionStatus.PRESENT
    assert [one.finding.title for one in half.findings] == [one.finding.title for one in whole.findings]


@pytest.mark.parametrize("segment", ["tpe", "pme", "eti", "grande_entreprise"])
def test_our_own_offers_only_half_hold_where_they_are_to_be_completed(segment: str) -> None:
    offer = offer_of(loader.current(), segment, NOW)
    read_back = audited(write_markdown(offer)).reading.provisions.values()
    halves = [one for one in read_back if one.half and one.half != TO_WRITE]
    assert [one.key for one in halves if not any("à confirmer" in quote.text for quote in one.quotes)] == []
