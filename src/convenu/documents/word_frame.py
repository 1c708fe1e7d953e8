"""What surrounds the contract in Word: title page, header, footer, signatures."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from docx.document import Document
from docx.shared import Mm

from convenu.documents.brand import Brand, Logo
from convenu.documents.characters import shown
from convenu.documents.edition import Edition
from convenu.documents.word_styles import TEXT_WIDTH
from convenu.documents.word_xml import TAB, Element, Xml, elements, field, joined, paragraph, spelled, text_run, w
from convenu.vocabulary.contract_text import ContractText, Signatory

LOGO_HEIGHT, LOGO_WIDTH = 18, 60


def set_frame(document: Document, *, title: str, brand: Brand, edition: Edition) -> None:
    """Title and version above each page but the first, legal footer and page number below."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    _fill(section.header.part.element, "Header", text_run(title), text_run(edition.mark, bold=edition.draft))
    for footer in (section.footer, section.first_page_footer):
        pages = joined(text_run("page "), field("PAGE", text_run("1")), text_run(" / "), field("NUMPAGES", text_run("1")))
        _fill(footer.part.element, "Footer", text_run(brand.legal_footer or brand.name), pages)
    _empty(section.first_page_header.part.element)


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
    cells = [_signatory(signatory, half) for signatory in text.signatories]
    properties = w("tblPr", w("tblW", w=half * len(cells), type="dxa"), w("tblLayout", type="fixed"))
    yield w("tbl", properties, w("tblGrid", *(w("gridCol", w=half) for _ in cells)), w("tr", w("trPr", w("cantSplit")), *cells))
    yield paragraph()


def _empty(frame: Element) -> None:
    """Leave one plain paragraph, which Word wants, without the line of the other pages."""
    for old in list(frame):
        frame.remove(old)
    frame.extend(elements(paragraph()))


def _fill(frame: Element, style: str, left: Xml, right: Xml) -> None:
    for old in list(frame):
        frame.remove(old)
    frame.extend(elements(paragraph(left, TAB, right, style=style)))


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
    rows = (
        w("tr", *(w("tc", w("tcPr", w("tcW", w=width, type="dxa")), cell) for width, cell in zip(widths, _line(*line), strict=True)))
        for line in lines
    )
    properties = w("tblPr", w("tblStyle", val="Particulars"), w("tblW", w=TEXT_WIDTH, type="dxa"), w("tblLayout", type="fixed"))
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in widths)), *rows)


def _line(label: str, value: str) -> tuple[Xml, Xml]:
    return paragraph(text_run(label), style="PartyJoin"), paragraph(text_run(value, bold=True), style="CellText")


def _signatory(signatory: Signatory, width: int) -> Xml:
    lines = [
        paragraph(text_run(signatory.side, bold=True), style="CellText"),
        paragraph(text_run(signatory.name), style="CellText"),
        paragraph(text_run(signatory.person), style="CellText"),
        paragraph(text_run(signatory.quality), style="CellText"),
        paragraph(style="CellText"),
        paragraph(text_run("Lieu et date :"), style="CellText"),
        paragraph(style="CellText"),
        paragraph(text_run("Signature :"), style="CellText"),
        *(paragraph(style="CellText") for _ in range(6)),
    ]
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa")), *lines)
