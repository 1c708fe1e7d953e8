"""A Word file is a stranger's: read apart, bounded; its paragraphs are proposed as clauses."""

from __future__ import annotations

import io

import pytest
from docx import Document

from convenu.actions.house_clauses import find_house_clause, newest_house
from convenu.actions.permissions import NotAllowedError
from convenu.actions.word_import import Proposal, keep_proposals, proposals_from
from convenu.documents.reading import refusals
from convenu.documents.strangers import StrangerError, read_apart
from convenu.vocabulary.mistakes import MistakesError
from tests.documents.reading.word_files import packed
from tests.web.people import NOW, House


def a_word_file() -> bytes:
    document = Document()
    document.add_heading("Article 1 – Visites", 1)
    document.add_paragraph("Le Prestataire vient tous les 3 mois.")
    document.add_paragraph("au siège ;", style="List Bullet")
    document.add_paragraph("aux agences.", style="List Bullet")
    document.add_paragraph("2. Formation des équipes")
    document.add_paragraph("Une formation {{ sites }} est proposée | chaque année.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_headings_open_clauses_and_what_is_typed_stays_words(argoat: House) -> None:
    assert proposals_from(argoat.alice, a_word_file()) == (
        Proposal("Visites", "Le Prestataire vient tous les 3 mois.\n\n- au siège ;\n- aux agences.\n"),
        Proposal("Formation des équipes", "Une formation (( sites )) est proposée / chaque année.\n"),
    )


def test_what_is_kept_waits_as_a_draft_with_its_figures_as_typed(argoat: House) -> None:
    first, _second = proposals_from(argoat.alice, a_word_file())
    assert keep_proposals(argoat.alice, [(first, 26)], now=NOW) == 1
    assert find_house_clause(argoat.alice, "house_visites").text == first.text
    assert newest_house() is None
    with pytest.raises(NotAllowedError):
        proposals_from(argoat.bob, a_word_file())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "aucun texte"),
        (packed({"word/document.xml": b"<w:document/>"}), "ne se lit pas comme un document Word"),
        (packed({"word/document.xml": b" " * (refusals.MAX_EXPANDED + 1)}), "une fois décompressé"),
        (b"x" * (refusals.MAX_FILE + 1), "dépasse 25 Mo"),
    ],
    ids=["empty", "no Word file", "a bomb", "too big"],
)
def test_a_file_that_is_not_a_reasonable_document_is_refused_with_what_to_do(argoat: House, content: bytes, reason: str) -> None:
    with pytest.raises(MistakesError, match=reason) as refused:
        proposals_from(argoat.alice, content)
    assert refused.value.mistakes[0].suggestion


def test_a_file_that_takes_too_long_ends_with_its_process() -> None:
    with pytest.raises(StrangerError, match="no answer after"):
        read_apart("convenu.documents.reading.process", a_word_file(), arguments=["contrat.docx"], seconds=0.01)
