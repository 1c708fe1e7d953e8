"""The note to the lawyer: everything asked of it is there, in Word and in Markdown."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import docx
import pytest

from convenu.documents.lawyer_note import write_lawyer_note, write_lawyer_note_markdown
from convenu.documents.note_content import Deviation, Dismissal, NoteContent, OpenPoint
from convenu.vocabulary.findings import Citation, Finding, Severity, Status
from tests.documents import sample


def finding(**changes: object) -> Finding:
    base = Finding(
        rule="com-l441-10-delai",
        title="Délai de paiement",
        kind="values",
        severity=Severity.BLOCKING,
        status=Status.FOUND,
        message="Le délai écrit dépasse 60 jours : risque au regard du texte.",
        where="article 3.1",
        clause="fee",
        terms=("payment_term",),
        law=(Citation("C. com., art. L. 441-10", "https://texte.example/441-10"),),
        remedy="Ramener le délai à 30 jours",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


NOTE = NoteContent(
    provider="Hélionde Infogérance",
    client="Valdrène & Fils <SARL>",
    reference="HEL-2026-017",
    deal=(("Segment", "PME"), ("Prise d’effet", "1er janvier 2027")),
    open_points=(OpenPoint("Coût d’une heure d’arrêt", "le Client", "15/12/2026"), OpenPoint("Assureur *du* Prestataire")),
    findings=(
        finding(),
        finding(
            rule="civ-1171", title="Clause sans contrepartie", severity=Severity.LOW, kind="question", message="Faut-il une contrepartie ?"
        ),
        finding(rule="indice", title="Indice", status=Status.NOT_VERIFIABLE, message="Non vérifiable : il manque « Indice »."),
    ),
    dismissed=(Dismissal(finding(severity=Severity.HIGH, title="Plafond bas"), "Accepté en comité | le 3", "Maëlle Kervadec"),),
    deviations=(Deviation(label="Préavis", usual="3 mois", chosen="6 mois", origin="négocié"),),
    rewritten=("Article 2.1 : phrase du Client.",),
    law_day="23 novembre 2026",
    release="2026.11",
    text_hash="0123456789abcdef",
)
SAID = (
    "Hélionde Infogérance", "Valdrène & Fils <SARL>", "HEL-2026-017", "PME", "v0.3 · projet", "23 novembre 2026", "2026.11",
    "0123456789abcdef",
    "Coût d’une heure d’arrêt", "le Client", "15/12/2026", "Assureur *du* Prestataire",
    "Bloquant : Délai de paiement (article 3.1)", "risque au regard du texte", "C. com., art. L. 441-10 : https://texte.example/441-10",
    "Ramener le délai à 30 jours", "Règle com-l441-10-delai",
    "Conseil : Clause sans contrepartie", "Non vérifiable : il manque « Indice »",
    "Alerte : Plafond bas", "Accepté en comité | le 3", "Maëlle Kervadec",
    "Préavis", "3 mois", "6 mois", "négocié", "Article 2.1 : phrase du Client.", "ne donne pas de consultation juridique",
)  # fmt: skip


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


@pytest.fixture(scope="module")
def document_words() -> str:
    document = docx.Document(BytesIO(write_lawyer_note(NOTE, brand=sample.BRAND, edition=sample.DRAFT)))
    return plain("\n".join(document.element.body.itertext()))


@pytest.mark.parametrize("said", SAID)
def test_the_word_note_says(said: str, document_words: str) -> None:
    assert said in document_words


@pytest.mark.parametrize("said", SAID)
def test_the_markdown_note_says(said: str) -> None:
    unescaped = write_lawyer_note_markdown(NOTE, edition=sample.DRAFT).replace("\\", "").replace("**", "")
    assert said in plain(unescaped)


def test_a_question_is_asked_apart_from_what_was_found(document_words: str) -> None:
    parts = ["L’accord en bref", "Points ouverts", "Constats", "Questions à l’avocat", "Constats écartés", "Non vérifiable", "Écarts"]
    places = [document_words.index(part) for part in parts]
    assert places == sorted(places)
    assert places[3] < document_words.index("Clause sans contrepartie") < places[4]


def test_a_note_with_nothing_to_say_says_so() -> None:
    note = write_lawyer_note_markdown(NoteContent(provider="A", client="B"), edition=sample.DRAFT)
    for sentence in (
        "Toutes les réponses attendues",
        "aucun constat",
        "Aucune question",
        "Aucun constat n’a été écarté",
        "Chaque valeur est celle",
    ):
        assert sentence in note


def test_it_never_claims_a_review() -> None:
    note = write_lawyer_note_markdown(NOTE, edition=sample.DRAFT).lower()
    assert not [word for word in ("illégal", "abusif", "validé ", "conforme") if word in note]
    assert "aucune clause n’a été relue par un avocat, sauf si sa fiche le dit" in note


def test_the_same_note_gives_the_same_bytes() -> None:
    first, second = (write_lawyer_note(NOTE, brand=sample.BRAND, edition=sample.DRAFT) for _ in range(2))
    assert first == second
