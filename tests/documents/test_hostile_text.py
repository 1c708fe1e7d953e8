"""What a person typed arrives as typed in every format, and never acts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from io import BytesIO

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from markdown_it import MarkdownIt

from convenu.documents.characters import _DRAWN, breakable, drawn, raised, shown, undrawable
from convenu.documents.html import write_html
from convenu.documents.markdown import write_markdown
from convenu.documents.pdf import write_pdf
from convenu.documents.typesetting import typeset
from convenu.documents.word import write_docx
from convenu.vocabulary.contract_text import Article, Bullets, ContractText, Paragraph, Run, RunKind, Table
from tests.documents import sample

LEFT_TO_RIGHT = [text for text in sample.HOSTILE if not any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in text)]


@pytest.fixture(scope="module")
def word_words() -> list[str]:
    document = docx.Document(BytesIO(write_docx(sample.contract(), brand=sample.BRAND, edition=sample.DRAFT)))
    return ["".join(run.itertext(qn("w:t"))) for run in document.element.body.iter(qn("w:r"))]


@pytest.fixture(scope="module")
def page() -> html.HtmlElement:
    return html.document_fromstring(write_html(sample.contract(), brand=sample.BRAND, edition=sample.DRAFT))


@pytest.fixture(scope="module")
def pdf_words() -> str:
    reader = pypdf.PdfReader(BytesIO(write_pdf(sample.contract(), brand=sample.BRAND, edition=sample.DRAFT)))
    return squeezed("".join(page.extract_text() for page in reader.pages))


@pytest.fixture(scope="module")
def markdown_words() -> str:
    """What a reader of Markdown shows, by somebody else's parser."""
    rendered = MarkdownIt("commonmark").enable("table").render(write_markdown(sample.contract()))
    pieces = html.document_fromstring(f"<div>{rendered}</div>").itertext()
    return " ".join("".join(str(piece) for piece in pieces).split())


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f\u200b]+", "", text)


@pytest.mark.parametrize("text", [*sample.HOSTILE, sample.LONG_WORD, sample.EMOJI])
def test_in_word(text: str, word_words: list[str]) -> None:
    assert text in word_words


@pytest.mark.parametrize("text", [*sample.HOSTILE, sample.LONG_WORD, sample.EMOJI])
def test_in_html(text: str, page: html.HtmlElement) -> None:
    assert text in [value.text_content() for value in page.iter("span")]


@pytest.mark.parametrize("text", [*sample.HOSTILE, sample.LONG_WORD, sample.EMOJI])
def test_in_markdown(text: str, markdown_words: str) -> None:
    assert " ".join(text.split()) in markdown_words


@pytest.mark.parametrize("text", [*LEFT_TO_RIGHT, sample.LONG_WORD])
def test_in_pdf(text: str, pdf_words: str) -> None:
    assert squeezed(text) in pdf_words


def test_the_letters_of_right_to_left_words_are_all_in_the_pdf(pdf_words: str) -> None:
    assert set(squeezed("שלום")) <= set(pdf_words)


def test_no_element_of_a_page_comes_from_a_value(page: html.HtmlElement) -> None:
    for value in page.xpath("//span[@class='value']"):
        assert {child.tag for child in value.iterdescendants()} <= {"strong", "sup"}
    assert not page.xpath("//script | //img | //*[@onerror] | //b")
    head = {"html", "head", "meta", "title", "style", "body", "header", "footer", "nav", "main", "section", "div"}
    words = {"h1", "h2", "h3", "h4", "p", "strong", "br", "dl", "dt", "dd", "ol", "ul", "li", "a", "span", "mark", "cite", "sup"}
    tables = {"table", "colgroup", "col", "thead", "tbody", "tr", "th", "td"}
    assert {element.tag for element in page.iter() if isinstance(element.tag, str)} <= head | words | tables


def test_no_value_closes_the_style_or_the_title(page: html.HtmlElement) -> None:
    assert len(page.xpath("//style")) == 1
    assert page.xpath("string(//title)") == sample.contract().title


def test_markdown_makes_nothing_of_a_value() -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(write_markdown(sample.contract()))
    kinds = {child.type for token in tokens for child in (token, *(token.children or []))}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "code_inline", "fence", "em_open", "ordered_list_open", "hr"}
    headings = [token for token in tokens if token.type == "heading_open"]
    assert len([token for token in headings if token.tag == "h1"]) == 1


def test_a_sign_that_turns_or_breaks_the_text_is_shown_and_not_obeyed() -> None:
    assert shown("avant\u202eretourné\x07après\nligne") == "avant\ufffdretourné\ufffdaprès ligne"
    text = sample.contract()
    for content in (write_html(text, brand=sample.BRAND, edition=sample.DRAFT), write_markdown(text)):
        assert "\u202e" not in content
        assert "avant\ufffdretourné\ufffdaprès ligne" in content


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\ud800", "\ufffe", "\u2028"])
def test_a_sign_that_no_xml_admits_does_not_stop_word(sign: str) -> None:
    element = etree.Element("t")
    element.text = shown(f"a{sign}b")
    assert element.text == "a\ufffdb"


def test_what_the_pdf_cannot_draw_is_shown_by_its_number_and_told(pdf_words: str) -> None:
    assert "sauvegarde[U+1F680]" in pdf_words
    (one,) = undrawable(sample.contract())
    assert (one.sign, one.number) == ("🚀", "U+1F680")
    assert one.terms


def test_every_sign_said_to_be_drawable_is_drawn() -> None:
    signs = [chr(code) for first, last in _DRAWN for code in range(first, last + 1)]
    drawable = [sign for sign in signs if drawn(sign) == sign]
    assert len(drawable) > 2500
    string = "".join(f"\\u{{{ord(sign):x}}} " for sign in drawable)
    setting = '#set document(title: "signes")\n#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"), lang: "fr")\n'
    assert typeset({"main.typ": f'{setting}#"{string}"'.encode()}).startswith(b"%PDF")


def test_a_long_word_may_be_cut_and_a_short_one_not() -> None:
    assert breakable("anticonstitutionnellement") == "anticonstitutionnellement"
    assert breakable("prenom.nom@entreprise.example").split("\u200b") == ["prenom.", "nom@", "entreprise.", "example"]
    assert breakable(sample.LONG_WORD).replace("\u200b", "") == sample.LONG_WORD
    assert max(map(len, breakable(sample.LONG_WORD).split("\u200b"))) <= 40


def test_only_the_ordinal_of_a_date_is_raised() -> None:
    assert list(raised("du 1er mars au 11er ou 1ers")) == [("du 1", False), ("er", True), (" mars au 11er ou 1ers", False)]


def with_values(*texts: str) -> ContractText:
    """A contract of one clause that holds these values in a sentence, a list and a narrow column."""
    runs = tuple(Run(text, RunKind.VALUE, terms=("special",)) for text in texts)
    rows = tuple(
        sample.row(Run("champ"), run, Run("une remarque assez longue pour prendre la place qui reste sur la ligne")) for run in runs
    )
    blocks = (Paragraph(runs), Bullets(tuple((run,) for run in runs)), Table(sample.row(Run("A"), Run("B"), Run("C")), rows))
    only = sample.section("only", "1", texts[0][:80] or "Titre", *blocks)
    return replace(sample.contract(), front=(), articles=(Article(number="1", title=only.title, sections=(only,)),), annexes=())


@given(st.lists(st.text(max_size=60), min_size=1, max_size=12))
@settings(max_examples=60)
def test_whatever_is_typed_every_format_is_written(texts: list[str]) -> None:
    text = with_values(*texts)
    document = docx.Document(BytesIO(write_docx(text, brand=sample.BRAND, edition=sample.DRAFT)))
    runs = {"".join(run.itertext(qn("w:t"))) for run in document.element.body.iter(qn("w:r"))}
    page = html.document_fromstring(write_html(text, brand=sample.BRAND, edition=sample.DRAFT))
    values = {"".join(str(piece) for piece in value.itertext()) for value in page.iter("span")}
    for typed in texts:
        whole = shown(typed)
        if whole and "1er" not in whole:
            assert whole in runs
            assert whole in values
    assert write_markdown(text)
    assert write_pdf(text, brand=sample.BRAND, edition=sample.DRAFT).startswith(b"%PDF")


def test_a_cell_longer_than_a_page_is_printed_whole() -> None:
    words = [f"mot{number}" for number in range(900)]
    reader = pypdf.PdfReader(
        BytesIO(write_pdf(with_values(" ".join(words), "court", "bref", "peu"), brand=sample.BRAND, edition=sample.DRAFT))
    )
    assert len(reader.pages) > 4
    printed = squeezed("".join(page.extract_text() for page in reader.pages))
    assert [word for word in words if printed.count(word) < 3] == []
