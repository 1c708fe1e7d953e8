"""The styles and numberings of our Word files, so that a lawyer edits with the gallery: Titre 1, Titre 2, Liste à puces, our own table.

Built-in styles keep their English names in the file; Word shows them in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document

from convenu.documents.brand import Brand
from convenu.documents.word_xml import Xml, elements, w

FONT = "Cambria"
LANGUAGE = "fr-FR"
ARTICLES, ANNEXES, BULLETS = 1, 2, 3
TEXT_WIDTH = 9525  # twentieths of a point: A4 less two margins of 2.1 cm


def set_styles(document: Document, brand: Brand) -> None:
    """Replace the styles of the empty document by ours."""
    sheet = document.styles.element
    for old in sheet.xpath("w:docDefaults | w:style"):
        sheet.remove(old)
    sheet.insert(0, elements(_defaults())[0])
    sheet.extend(elements(*_styles(brand)))


def set_numbering(document: Document, brand: Brand) -> None:
    """Articles, annexes and bullets, each tied to its styles: a heading added by hand takes its number and moves the next ones."""
    sheet = document.part.numbering_part.element
    for old in list(sheet):
        sheet.remove(old)
    articles = (_level(0, "Article %1", style="Heading1", indent=1644), _level(1, "%1.%2", style="Heading2", indent=680))
    annexes = (_level(0, "Annexe %1", style="AnnexHeading", indent=1644, form="upperLetter"),)
    bullets = (_level(0, "–", style="ListBullet", indent=397, form="bullet", colour=brand.ink),)
    for number, levels in ((ARTICLES, articles), (ANNEXES, annexes), (BULLETS, bullets)):
        kind = "multilevel" if len(levels) > 1 else "singleLevel"
        sheet.extend(elements(w("abstractNum", w("multiLevelType", val=kind), *levels, abstractNumId=number)))
    sheet.extend(elements(*(w("num", w("abstractNumId", val=number), numId=number) for number in (ARTICLES, ANNEXES, BULLETS))))


def _level(rank: int, label: str, *, style: str, indent: int, form: str = "decimal", colour: str = "") -> Xml:
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=form),
        w("pStyle", val=style),
        w("suff", val="tab"),
        w("lvlText", val=label),
        w("lvlJc", val="left"),
        w("pPr", w("tabs", w("tab", val="num", pos=indent)), w("ind", left=indent, hanging=indent)),
        w("rPr", w("color", val=colour[1:])) if colour else None,
        ilvl=rank,
    )


def _defaults() -> Xml:
    letters = w(
        "rPr",
        w("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs="Arial"),
        w("sz", val=20),
        w("szCs", val=20),
        w("lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"),
    )
    return w("docDefaults", w("rPrDefault", letters), w("pPrDefault", w("pPr", w("spacing", after=90, line=252, lineRule="auto"))))


def _style(  # noqa: PLR0913 - the parts that a style of Word has
    identifier: str,
    name: str,
    *,
    kind: str = "paragraph",
    based_on: str | None = "Normal",
    follows: str | None = None,
    shape: tuple[Xml, ...] = (),
    letters: tuple[Xml, ...] = (),
    table: tuple[Xml, ...] = (),
    default: bool = False,
    shown: bool = True,
) -> Xml:
    language = () if kind == "table" else (w("lang", val=LANGUAGE),)
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val=based_on) if based_on else None,
        w("next", val=follows) if follows else None,
        w("uiPriority", val=9),
        w("qFormat") if shown else None,
        w("pPr", *shape) if shape else None,
        w("rPr", *letters, *language) if letters or language else None,
        *table,
        type=kind,
        styleId=identifier,
        **({"default": 1} if default else {}),
    )


def _size(half_points: int) -> tuple[Xml, Xml]:
    return w("sz", val=half_points), w("szCs", val=half_points)


def _colour(brand: Brand) -> Xml:
    return w("color", val=brand.ink[1:])


def _grey() -> Xml:
    return w("color", val="595959")


def _numbered(number: int, level: int) -> Xml:
    return w("numPr", w("ilvl", val=level), w("numId", val=number))


def _spaced(*, before: int, after: int) -> Xml:
    return w("spacing", before=before, after=after)


def _styles(brand: Brand) -> Iterator[Xml]:
    yield _style("Normal", "Normal", based_on=None, default=True, shape=(w("widowControl"),))
    yield _style("DefaultParagraphFont", "Default Paragraph Font", kind="character", based_on=None, default=True, shown=False)
    yield from _tables(brand)
    yield w("style", w("name", val="No List"), type="numbering", styleId="NoList", default="1")
    yield from _headings(brand)
    yield from _title_page(brand)
    yield from _page_frame(brand)
    yield _style("ListBullet", "List Bullet", shape=(_numbered(BULLETS, 0), _spaced(before=0, after=90), w("contextualSpacing")))
    yield _style("CellText", "Texte de tableau", shape=(_spaced(before=0, after=0), w("jc", val="left")), letters=_size(18))
    yield _style("FigureText", "Chiffre de tableau", based_on="CellText", shape=(w("jc", val="right"),))
    yield _style("Value", "Valeur du contrat", kind="character", based_on="DefaultParagraphFont")
    yield _style("Citation", "Citation légale", kind="character", based_on="DefaultParagraphFont")
    highlight = (w("shd", val="clear", color="auto", fill="FFF1B8"),)
    yield _style("ToConfirm", "À confirmer", kind="character", based_on="DefaultParagraphFont", letters=highlight)
    link = (_colour(brand),)
    yield _style("Hyperlink", "Hyperlink", kind="character", based_on="DefaultParagraphFont", letters=link)


def _headings(brand: Brand) -> Iterator[Xml]:
    first = (
        w("keepNext"),
        w("keepLines"),
        _numbered(ARTICLES, 0),
        _spaced(before=360, after=110),
        w("jc", val="left"),
        w("outlineLvl", val=0),
    )
    yield _style("Heading1", "heading 1", follows="Normal", shape=first, letters=(w("b"), _colour(brand), *_size(26)))
    second = (
        w("keepNext"),
        w("keepLines"),
        _numbered(ARTICLES, 1),
        _spaced(before=220, after=80),
        w("jc", val="left"),
        w("outlineLvl", val=1),
    )
    yield _style("Heading2", "heading 2", follows="Normal", shape=second, letters=(w("b"), *_size(22)))
    third = _heading_shape(None, before=120, after=40, rank=2)
    yield _style("Heading3", "heading 3", follows="Normal", shape=third, letters=(w("b"), w("i"), *_size(20)))
    front = (w("numPr", w("numId", val=0)), w("ind", left=0, firstLine=0), w("outlineLvl", val=0))
    yield _style("FrontHeading", "Titre sans numéro", based_on="Heading1", follows="Normal", shape=front)
    yield _style("PartHeading", "Titre de partie", based_on="FrontHeading", follows="Normal", letters=_size(34))
    annex = (_numbered(ANNEXES, 0), w("outlineLvl", val=0))
    yield _style("AnnexHeading", "Titre d’annexe", based_on="Heading1", follows="Normal", shape=annex)


def _heading_shape(number: Xml | None, *, before: int, after: int, rank: int) -> tuple[Xml, ...]:
    """A heading stays with what it opens."""
    shape = (w("keepNext"), w("keepLines"), number, _spaced(before=before, after=after), w("jc", val="left"), w("outlineLvl", val=rank))
    return tuple(part for part in shape if part is not None)


def _title_page(brand: Brand) -> Iterator[Xml]:
    bar = w("pBdr", w("top", val="single", sz=24, space=14, color=brand.colour[1:]))
    title = (w("b"), _colour(brand), *_size(56))
    yield _style("Title", "Title", follows="Normal", shape=(bar, _spaced(before=2400, after=240)), letters=title)
    yield _style("Subtitle", "Subtitle", follows="Normal", shape=(_spaced(before=0, after=700),), letters=(_grey(), *_size(24)))
    yield _style("Party", "Partie au contrat", shape=(_spaced(before=0, after=40),), letters=(w("b"), *_size(30)))
    yield _style("PartyJoin", "Entre les parties", shape=(_spaced(before=0, after=40),), letters=(_grey(), *_size(21)))
    yield _style(
        "TOCHeading", "TOC Heading", shape=(w("keepNext"), _spaced(before=0, after=200)), letters=(w("b"), _colour(brand), *_size(32))
    )
    yield _entry("TOC1", "toc 1", before=16, indent=1191, hanging=1191, letters=_size(18))
    yield _entry("TOC2", "toc 2", before=0, indent=1191, hanging=510, letters=_size(18))


def _entry(identifier: str, name: str, *, before: int, indent: int, hanging: int, letters: tuple[Xml, ...]) -> Xml:
    """A line of the table of contents: the number, then the title at its own margin."""
    tabs = w("tabs", w("tab", val="left", pos=indent))
    shape = (
        w("keepLines"),
        tabs,
        w("spacing", before=before, after=4, line=240, lineRule="auto"),
        w("ind", left=indent, hanging=hanging),
        w("jc", val="left"),
    )
    return _style(identifier, name, follows="Normal", shape=shape, letters=letters)


def _page_frame(brand: Brand) -> Iterator[Xml]:
    line: dict[str, str | int] = {"val": "single", "sz": 4, "space": 4, "color": brand.colour[1:]}
    below = w("pBdr", w("bottom", **line))
    yield _style("Header", "header", shape=(below, _right_margin(), _spaced(before=0, after=0)), letters=(_grey(), *_size(17)), shown=False)
    yield _style("Footer", "footer", shape=(_right_margin(), _spaced(before=0, after=0)), letters=(_grey(), *_size(17)), shown=False)
    nothing = w("spacing", before=0, after=0, line=20, lineRule="exact")
    yield _style("FooterEnd", "Fin de pied de page", based_on="Footer", shape=(nothing,), shown=False)
    top = w("tblPr", w("tblBorders", w("top", **{**line, "space": 0})), _no_side_margins())
    yield _style("FooterTable", "Pied de page en tableau", kind="table", based_on="TableNormal", table=(top,), shown=False)


def _right_margin() -> Xml:
    return w("tabs", w("tab", val="right", pos=TEXT_WIDTH))


def _tables(brand: Brand) -> Iterator[Xml]:
    margins = w("tblCellMar", *(w(side, w=width, type="dxa") for side, width in (("top", 35), ("left", 85), ("bottom", 35), ("right", 85))))
    plain = (w("tblPr", w("tblInd", w=0, type="dxa"), margins),)
    yield _style("TableNormal", "Normal Table", kind="table", based_on=None, table=plain, default=True, shown=False)
    line: dict[str, str | int] = {"val": "single", "sz": 4, "space": 0, "color": "BFBFBF"}
    strong: dict[str, str | int] = {"val": "single", "sz": 8, "space": 0, "color": brand.colour[1:]}
    borders = w("tblPr", w("tblBorders", w("top", **strong), w("bottom", **strong), w("insideH", **line)))
    shade = w("tcPr", w("shd", val="clear", color="auto", fill=brand.tint[1:]))
    first = w("tblStylePr", w("rPr", w("b"), _colour(brand)), shade, type="firstRow")
    yield _style("ContractTable", "Tableau du contrat", kind="table", based_on="TableNormal", table=(borders, first))
    bare = (w("tblPr", _no_side_margins()),)
    yield _style("Particulars", "Fiche du document", kind="table", based_on="TableNormal", table=bare)


def _no_side_margins() -> Xml:
    """Cells whose words stand on the margin of the page."""
    return w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=0, type="dxa"))
