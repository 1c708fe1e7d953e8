"""What surrounds the contract in Word: title page, header, footer, signatures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO

from docx.document import Document
from docx.shared import Mm

from convenu.documents.brand import Brand, Logo
from convenu.documents.characters import shown
from convenu.documents.edition import Edition
from convenu.documents.word_styles import TEXT_WIDTH
from convenu.documents.word_xml import TAB, Element, Xml, elements, field, joined, paragraph, spelled, text_run, w
from convenu.vocabulary.contract_text import ContractText, Signatory

LOGO_HEIGHT, LOGO_WIDTH = 18, 60  # millimetres
_PAGE_NUMBER = 1500  # the width it takes at the foot of a page


def set_frame(document: Document, *, title: str, brand: Brand, edition: Edition) -> None:
    """Title and version above each page but the first, where a provisional contract has its mark; legal footer and page number below."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    above = paragraph(text_run(title), TAB, text_run(edition.mark, bold=edition.draft), style="Header")
    _fill(section.header.part.element, above)
    marked = paragraph(TAB, text_run(edition.mark, bold=True), style="Header")
    _fill(section.first_page_header.part.element, marked if edition.marks_title_page else paragraph())
    for footer in (section.footer, section.first_page_footer):
        _fill(footer.part.element, *_footer(brand))


def title_page(document: Document, text: ContractText, *, brand: Brand, edition: Edition) -> Iterator[Xml]:
    """Logo, title, the two parties, and which copy this is."""
    if brand.logo:
        yield _picture(document, brand.logo, brand.name)
    yield paragraph(text_run(text.title), style="Title")
    yield paragraph(text_run("entre"), style="PartyJoin")
    yield paragraph(text_run(text.provider), style="Party")
    yield paragraph(text_run("et"), style="PartyJoin")
    yield paragraph(text_run(text.client), style="Party")
    yield paragraph(style="Subtitle")
    yield _particulars(edition.particulars(text))


def signature_table(text: ContractText) -> Iterator[Xml]:
    """Both sides next to each other, with room to sign."""
    half = TEXT_WIDTH // 2
    yield _plain_table([(half, _signatory(signatory)) for signatory in text.signatories], style="Particulars")
    yield paragraph()


def _fill(frame: Element, *content: Xml) -> None:
    for old in list(frame):
        frame.remove(old)
    frame.extend(elements(*content))


def _footer(brand: Brand) -> tuple[Xml, Xml]:
    """The legal footer, as long as it is, beside the page number."""
    pages = joined(text_run("page "), field("PAGE", text_run("1")), text_run(" / "), field("NUMPAGES", text_run("1")))
    cells = (
        (TEXT_WIDTH - _PAGE_NUMBER, paragraph(text_run(brand.legal_footer or brand.name), style="Footer")),
        (_PAGE_NUMBER, w("p", w("pPr", w("pStyle", val="Footer"), w("jc", val="right")), pages)),
    )
    # Word wants a paragraph after a table.
    return _plain_table(((width, text) for width, text in cells), style="FooterTable"), w("p", w("pPr", w("pStyle", val="FooterEnd")))


def _plain_table(*rows: Iterable[tuple[int, Xml]], style: str) -> Xml:
    """A table that only sets things side by side."""
    lines = [list(row) for row in rows]
    widths = [width for width, _ in lines[0]]
    properties = w("tblPr", w("tblStyle", val=style), w("tblW", w=sum(widths), type="dxa"), w("tblLayout", type="fixed"))
    written = (
        w("tr", w("trPr", w("cantSplit")), *(w("tc", w("tcPr", w("tcW", w=width, type="dxa")), cell) for width, cell in line))
        for line in lines
    )
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in widths)), *written)


def _picture(document: Document, logo: Logo, name: str) -> Xml:
    """The logo within its frame, told by the name of the MSP to who cannot see it."""
    scale = min(LOGO_HEIGHT / logo.height, LOGO_WIDTH / logo.width)
    document.add_picture(BytesIO(logo.content), width=Mm(logo.width * scale), height=Mm(logo.height * scale))
    holder = document.element.body.xpath("w:p[last()]")[0]
    for shape in holder.xpath(".//wp:docPr"):
        shape.set("descr", shown(name))
    document.element.body.remove(holder)
    return spelled(holder)


def _particulars(lines: tuple[tuple[str, str], ...]) -> Xml:
    widths = (1900, TEXT_WIDTH - 1900)
    return _plain_table(*(zip(widths, _line(*line), strict=True) for line in lines), style="Particulars")


def _line(label: str, value: str) -> tuple[Xml, Xml]:
    return paragraph(text_run(label), style="PartyJoin"), paragraph(text_run(value, bold=True), style="CellText")


def _signatory(signatory: Signatory) -> Xml:
    said = (signatory.name, signatory.person, signatory.quality, "", "Lieu et date :", "", "Signature :", *[""] * 6)
    return joined(
        paragraph(text_run(signatory.side, bold=True), style="CellText"), *(paragraph(text_run(line), style="CellText") for line in said)
    )
