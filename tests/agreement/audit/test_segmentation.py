"""Articles are found under headings of every style, and sentences are whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenu.agreement.audit.said.marks import marks_of
from convenu.agreement.audit.said.references import references_of
from convenu.agreement.audit.text.segmentation import segmented
from convenu.documents.reading.plain import read_plain
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
        ("Annexe — Niveaux de service", "Niveaux de service"),
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


def _read(text: str) -> tuple[list[str], list[str]]:
    """The labels of the articles of a plain text, and its sentences but the body."""
    document = segmented(read_plain("x.txt", text.encode()))
    sentences = [text[one.start : one.end] for one in document.sentences]
    return [article.label for article in document.articles[1:]], [words for words in sentences if words != BODY]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Article 15 : Le contrat cesse de plein droit si le client ne paie pas deux échéances", "15"),
        ("Article 15. Le Prestataire peut arrêter ses services.", "15"),
        ("Article 15. Toute demande se prescrit par un an.", "15"),
        ("7) Durée : le contrat est conclu pour 36 mois.", "7 Durée"),
        ("5.1 Durée : 36 mois", "5.1 Durée"),
        ("Article 9 – Préavis : 3 mois", "9 Préavis"),
        ("Résiliation – Chaque partie peut partir avec un préavis de trois mois.", "Résiliation"),
        ("ARTICLE 4 - PRIX : LE PRIX EST DE 100 € PAR MOIS", "4 PRIX"),
        ("## 8. Support : le centre d'appels répond de 8 h à 18 h", "8 Support"),
        ("**Délai de paiement : 45 jours**", "Délai de paiement : 45 jours"),
    ],
)
def test_a_heading_that_stipulates_is_a_title_by_its_first_words_and_a_sentence(line: str, label: str) -> None:
    assert _read(f"{BODY}\n\n{line}\n\n{BODY}\n") == ([label], [line])


def test_a_title_in_capitals_and_the_sentences_of_its_line_are_told_apart() -> None:
    assert _read(f"ARTICLE 4 - PRIX. Le prix est de 100 € par mois.\n\n{BODY}\n") == (
        ["4 PRIX"],
        ["ARTICLE 4 - PRIX.", "Le prix est de 100 € par mois."],
    )


@pytest.mark.parametrize(
    "line",
    [
        "Article 12 – Limitation de responsabilité et exclusions de garantie",
        "Article 12 – Responsabilité – Exclusions de garantie",
        "5. Méthode : développements itératifs",
        "ARTICLE 5 – CONDITIONS DE FACTURATION ET DE PAIEMENT, PENALITES ET INDEMNITE FORFAITAIRE",
        "Article 6 – Ce que nous facturons",
        "ANNEXE 3 BIS - MODÈLE DE COMPTE RENDU : RUBRIQUES",
    ],
)
def test_a_true_title_however_long_is_no_sentence(line: str) -> None:
    labels, sentences = _read(f"{line}\n\n{BODY}\n")
    assert (len(labels), sentences) == (1, [])


def test_an_entry_of_a_table_of_contents_that_has_a_verb_is_neither_title_nor_sentence() -> None:
    assert _read(f"Article 15 : Le contrat cesse de plein droit ........ 12\n\n{BODY}\n") == ([], [])


def test_an_article_of_a_code_that_a_sentence_begins_with_opens_no_article() -> None:
    line = "Article 1195 du code civil ne s'applique pas aux relations des parties, qui acceptent d'en porter le risque."
    assert _read(f"{line}\n\n{BODY}\n") == ([], [line])


def test_hours_alone_in_capitals_stand_under_the_title_above_them() -> None:
    hours = "DU LUNDI AU VENDREDI DE 8 H A 18 H"
    assert _read(f"HORAIRES DU SUPPORT\n\n{hours}\n\n{BODY}\n") == (["HORAIRES DU SUPPORT"], [hours])


def test_the_first_line_of_a_numbered_paragraph_is_read_with_the_next_ones() -> None:
    first = "3.4 Information, par écrit, du Prestataire par le Client un mois avant un"
    text = f"{first}\ndéménagement, des travaux ou l'arrivée de plus de trois salariés.\n"
    assert _read(text)[1] == [text.strip()]


def test_a_contract_written_wholly_in_capitals_has_titles_and_sentences() -> None:
    objet = "LE PRESTATAIRE ASSURE LA MAINTENANCE DES MATERIELS DESIGNES\nEN ANNEXE, DANS SES ATELIERS OU CHEZ LE CLIENT, SELON LE CAS."
    limit = "LA RESPONSABILITE DU PRESTATAIRE EST LIMITEE AU MONTANT DES\nSOMMES VERSEES PAR LE CLIENT AU COURS DES DOUZE DERNIERS MOIS."
    text = f"ARTICLE 1 - OBJET\n\n{objet}\n\nLIMITATION DE RESPONSABILITE\n\n{limit}\n"
    assert _read(text) == (["1 OBJET", "LIMITATION DE RESPONSABILITE"], [objet, limit])


@given(
    head=st.sampled_from(("Article 3 – ", "Article  3.  ", "3. ", "3.1  ", "IV – ", "3) ", "ARTICLE 3 : ", "### 3. ", "")),
    title=st.sampled_from(("Durée", "PRIX", "Délais  de paiement", "Prix et paiement")),
    mark=st.sampled_from((" : ", ": ", " – ", ".  ")),
    clause=st.sampled_from(("Le prix est payé chaque mois.", "Chaque partie peut partir sans frais", "Le client paie à trente jours.")),
    margin=st.sampled_from(("", "  ", "\t")),
)
def test_whatever_its_heading_a_clause_is_read_at_its_own_place(head: str, title: str, mark: str, clause: str, margin: str) -> None:
    text = f"{BODY}\n\n{margin}{head}{title}{mark}{clause}\n\n{BODY}\n"
    document = segmented(read_plain("x.txt", text.encode()))
    at = text.index(clause)
    assert any(one.start <= at and at + len(clause) <= one.end for one in document.sentences)
    assert " ".join(title.split()) in [article.title for article in document.articles]


def test_a_party_that_goes_under_its_initials_ends_a_sentence_and_an_abbreviation_does_not() -> None:
    text = "Article 3 - Divers\n\nLe Client prévient BK. La réponse vient de BK. Elle cite l'art. L. 441-10 et M. Le Guen.\n"
    document = segmented(ReadText(name="x.txt", text=text, blocks=()))
    sentences = [text[one.start : one.end] for one in document.sentences]
    assert sentences[-3:] == ["Le Client prévient BK.", "La réponse vient de BK.", "Elle cite l'art. L. 441-10 et M. Le Guen."]


def test_a_sentence_cut_by_the_width_of_the_page_is_one() -> None:
    text = "Le prestataire peut, après une mise en demeure restée sans effet, suspendre\nles services du client pendant un mois.\n"
    assert len(segmented(ReadText(name="x", text=text, blocks=())).sentences) == 1


def test_a_table_of_contents_is_no_text_of_the_contract() -> None:
    text = "1. Objet ........ 2\n2. Durée ........ 3\n\nArticle 1 - Objet\n\n" + BODY
    assert _labels(text) == ["1 Objet"]


def test_marks_to_fill_are_told_and_the_dots_of_a_table_of_contents_are_not() -> None:
    document = segmented(
        ReadText(name="x", text="1. Objet ........ 2\n\nLe siège est à ............, celui de [Nom du client] à {{ville}}.\n", blocks=())
    )
    assert [mark.quote.text for mark in marks_of(document).to_fill] == ["............", "[Nom du client]", "{{ville}}"]


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
