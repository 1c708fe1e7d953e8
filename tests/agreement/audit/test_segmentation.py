"""Articles are found under headings of every style, and sentences are whole."""

from __future__ import annotations

import pytest

from convenu.agreement.audit.marks import marks_of
from convenu.agreement.audit.references import references_of
from convenu.agreement.audit.segmentation import segmented
from convenu.vocabulary.read_text import ReadBlock, ReadKind, ReadText

BODY = "Le prestataire assure la maintenance des serveurs pendant toute la durée du contrat, selon les règles de l'art."


def _labels(text: str) -> list[str]:
    return [article.label for article in segmented(ReadText(name="x", text=text, blocks=())).articles[1:]]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Article 3 – Durée", "3 Durée"),
        ("ARTICLE PREMIER : OBJET", "PREMIER OBJET"),
        ("3.2 Conditions de paiement", "3.2 Conditions de paiement"),
        ("IV. Responsabilité", "IV Responsabilité"),
        ("RÉVERSIBILITÉ", "RÉVERSIBILITÉ"),
        ("## 7 – Force majeure", "7 Force majeure"),
        ("**Confidentialité**", "Confidentialité"),
        ("Clause n° 5 : Tarifs", "5 Tarifs"),
        ("Annexe B - Niveaux de service", "B Niveaux de service"),
        ("Assurances", "Assurances"),
        ("Article vingt-deux. Assurances", "vingt-deux Assurances"),
        ("ANNEXE « Données personnelles » (avenant n° 3)", "Données personnelles"),
    ],
)
def test_a_heading_is_known_whatever_its_style(line: str, label: str) -> None:
    assert _labels(f"{line}\n\n{BODY}\n") == [label]


def test_a_numbered_line_that_the_file_takes_for_a_title_and_that_is_a_sentence_is_read_too() -> None:
    text = "5.1 Le centre de services est ouvert du lundi au vendredi de 8 h 30 à 18 h\n30, sauf les jours fériés.\n"
    heading = ReadBlock(kind=ReadKind.HEADING, start=0, end=text.index("\n"), level=2)
    document = segmented(ReadText(name="x", text=text, blocks=(heading,)))
    assert [text[one.start : one.end] for one in document.sentences] == [text.strip()]


def test_a_title_at_the_head_of_its_paragraph_opens_an_article_and_its_words_are_kept() -> None:
    document = segmented(ReadText(name="x", text=f"5. Durée : {BODY}\n", blocks=()))
    assert document.articles[1].label == "5 Durée"
    assert document.words(document.sentences[0]).startswith("5. duree : le prestataire")


def test_a_numbered_line_of_a_few_words_with_a_full_stop_is_a_sentence_too() -> None:
    document = segmented(ReadText(name="x", text=f"E. Toute demande se prescrit par un an.\n\n{BODY}\n", blocks=()))
    assert document.articles[1].label == "E Toute demande se prescrit par un an"
    assert document.words(document.sentences[0]) == "e. toute demande se prescrit par un an."


def test_a_sentence_cut_by_the_width_of_the_page_is_one() -> None:
    text = "Le prestataire peut, après une mise en demeure restée sans effet, suspendre\nles services du client pendant un mois.\n"
    assert len(segmented(ReadText(name="x", text=text, blocks=())).sentences) == 1


def test_a_table_of_contents_is_no_text_of_the_contract() -> None:
    text = "1. Objet ........ 2\n2. Durée ........ 3\n\nArticle 1 - Objet\n\n" + BODY
    assert _labels(text) == ["1 Objet"]


def test_marks_to_fill_are_told_and_the_dots_of_a_table_of_contents_are_not() -> None:
    document = segmented(
        ReadText(name="x", text="1. Objet ........ 2\n\nFait à ............, par [Nom du client], {{ville}}.\n", blocks=())
    )
    assert [mark.quote.text for mark in marks_of(document)] == ["............", "[Nom du client]", "{{ville}}"]


def test_a_reference_to_an_article_that_is_not_there_is_told_and_one_to_a_code_is_not() -> None:
    articles = "\n\n".join(f"Article {number} - Titre\n\n{BODY}" for number in range(1, 5))
    ends = "Selon l'article 28 du RGPD et l'article 2, rien ne change."
    text = f"{articles} Comme le dit l'article 9, le délai court.\n\n{BODY} {BODY}\n\n{ends}\n"
    assert [broken.number for broken in references_of(segmented(ReadText(name="x", text=text, blocks=())), (), is_part=False).broken] == [
        "9"
    ]


def test_lines_printed_on_each_page_are_neither_titles_nor_sentences() -> None:
    foot = "SAS AU CAPITAL DE 40 000 € - RCS LAVAL 111 222 333 - PARAPHES : ____\nPage {page}/4\n"
    pages = "".join(f"{foot.format(page=page)}Article {page} - Titre\n\n" + f"{BODY}\n" * 24 for page in range(1, 5))
    document = segmented(ReadText(name="x", text=pages, blocks=()))
    assert [article.title for article in document.articles if article.title] == ["Titre"] * 4
    assert not any("capital" in document.words(sentence) for sentence in document.sentences)


def test_titles_that_come_back_stay_titles() -> None:
    text = "".join(f"Article {number} - Prix\n\n" + f"{BODY}\n" * 24 for number in range(1, 5))
    assert len([article for article in segmented(ReadText(name="x", text=text, blocks=())).articles if article.title == "Prix"]) == 4


def test_a_word_cut_by_the_end_of_a_page_jumps_over_what_each_page_prints() -> None:
    filler = "".join(f"Ligne {number} du contrat, assez longue pour tenir la page.\n" for number in range(25))
    head = "MAISON DES LOGICIELS          Contrat n° 12, page {}/4\n"
    text = (
        "".join(f"{head.format(page)}\n{filler}Le tribunal compétent est celui de Poi-\n\n" for page in (1, 2))
        + f"{head.format(3)}\ntiers.\n"
    )
    document = segmented(ReadText(name="x", text=text, blocks=()))
    assert "celui de poitiers." in document.shadow.plain


def test_a_title_of_spaced_letters_heads_its_article() -> None:
    document = segmented(ReadText(name="x", text="A R T I C L E  1 - OBJET\n\nLe Prestataire assure la maintenance.\n", blocks=()))
    assert [article.label for article in document.articles][1:] == ["1 OBJET"]
