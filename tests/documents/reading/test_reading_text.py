"""A text file is read in whatever encoding it is, and keeps its own positions."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenu.documents.reading.plain import blocks_of, read_plain
from convenu.documents.reading.reader import as_json, read, read_text
from convenu.vocabulary.mistakes import MistakesError
from convenu.vocabulary.read_text import ReadKind

LETTER = """Article 1 – Durée

Le contrat est conclu pour une durée d’un an, à compter du 1er février. Il est renouvelé par tacite
reconduction, sauf préavis adressé par lettre recommandée trois mois avant son échéance, et l’indemnité
forfaitaire de recouvrement reste due.

Article 2 – Prix
Le prix est payé à réception, en euros (5 000 €), après réception de la facture par le Client et après
vérification du décompte des interventions facturées.
- les déplacements ;
- les pièces détachées.
"""


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "iso8859_15", "mac_roman"]
)
def test_french_is_read_in_the_encodings_that_machines_have_written(encoding: str) -> None:
    letter = LETTER.replace("’", "'").replace("–", "-") if encoding == "iso8859_15" else LETTER
    assert read_plain("contrat.txt", letter.encode(encoding)).text.lstrip("\ufeff") == letter


@pytest.mark.parametrize(
    "words",
    [unicodedata.normalize("NFD", LETTER), LETTER.replace("é", "e").upper(), LETTER.replace("fi", "ﬁ"), LETTER.replace("\n", "\r\n")],
)
def test_words_are_kept_as_they_stand_so_that_positions_are_those_of_the_file(words: str) -> None:
    text = read("contrat.txt", words.encode())
    assert text.text == words
    assert all(text.words(block) == words[block.start : block.end] for block in text.blocks)


def test_lines_cut_by_the_width_of_a_page_make_paragraphs() -> None:
    text = read_plain("contrat.txt", LETTER.encode())
    assert [block.kind for block in text.blocks] == [
        ReadKind.HEADING,
        ReadKind.PARAGRAPH,
        ReadKind.HEADING,
        ReadKind.PARAGRAPH,
        ReadKind.ITEM,
        ReadKind.ITEM,
    ]
    assert text.words(text.blocks[1]).endswith("reste due.")
    assert text.blocks[2].number == "Article 2"


def test_rows_drawn_with_bars_have_cells_and_entries_of_contents_are_told_apart() -> None:
    text = read_plain("sla.txt", "1. Objet ........ 3\n| Priorité | Délai |\n| P1 | 4 h |\n\nFin.".encode())
    assert [block.kind for block in text.blocks] == [ReadKind.CONTENTS, ReadKind.ROW, ReadKind.ROW, ReadKind.PARAGRAPH]
    assert list(text.rows(text.blocks[2])) == ["P1", "4 h"]


def test_a_row_whose_first_cell_is_a_rank_is_no_article() -> None:
    text = read_plain("sla.txt", "Niveau\tDéfinition\tRéponse\n1\tTout est arrêté\t20 minutes\n2\tUne gêne\t2 heures\n".encode())
    assert all(block.kind is not ReadKind.HEADING for block in text.blocks)


def test_form_feeds_count_the_pages() -> None:
    text = read_plain("contrat.txt", b"Une page.\n\fUne autre.\n\fLa fin.")
    assert [block.position.page for block in text.blocks] == [1, 2, 3]


@pytest.mark.parametrize("line", ["12 mois de préavis", "75001 Paris", "24h/24 et 7j/7", "M. Le Goff", "30 % du prix", "8h-18h"])
def test_a_figure_that_opens_a_line_is_no_article(line: str) -> None:
    (block,) = blocks_of(line)
    assert block.kind is not ReadKind.HEADING


@given(st.text())
def test_any_words_give_blocks_in_order_that_hold_every_letter(words: str) -> None:
    blocks = list(blocks_of(words))
    assert all(former.end <= block.start for former, block in pairwise(blocks))
    outside = list(words)
    for block in blocks:
        outside[block.start : block.end] = " " * (block.end - block.start)
    assert not any(sign.isalnum() for sign in outside)


def test_a_document_crosses_from_one_process_to_another_unchanged() -> None:
    text = read_plain("contrat.txt", (LETTER + "| P1 | 4 h |").encode())
    assert read_text("contrat.txt", as_json(text)) == text


def test_a_file_without_a_word_is_refused() -> None:
    with pytest.raises(MistakesError, match="aucun texte"):
        read("vide.txt", b" \n\f\n ")
