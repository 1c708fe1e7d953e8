"""Elements of WordprocessingML in few words: `w("p", w("r", …))`."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import nsmap
from lxml import etree

from convenu.documents.characters import raised, shown

Element = Any  # lxml publishes no type that mypy follows through python-docx

_W = f"{{{nsmap['w']}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MAP = {"w": nsmap["w"]}


def w(tag: str, *children: Element | None, **attributes: str | int) -> Element:
    """One element of the main namespace; an attribute `val` becomes `w:val`, an absent child is left out."""
    element = etree.Element(_W + tag, nsmap=_MAP)
    for name, value in attributes.items():
        element.set(_W + name, str(value))
    element.extend([child for child in children if child is not None])
    return element


def attribute(name: str) -> str:
    """The full name of an attribute of the main namespace."""
    return _W + name


def text_run(text: str, *, bold: bool = False, style: str | None = None) -> list[Element]:
    """The runs of a piece of text, the « er » of « 1er » above the line."""
    return [_run(piece, bold=bold, style=style, above=above) for piece, above in raised(shown(text)) if piece]


def _run(text: str, *, bold: bool, style: str | None, above: bool) -> Element:
    details = [
        w("rStyle", val=style) if style else None,
        w("b") if bold else None,
        w("vertAlign", val="superscript") if above else None,
    ]
    words = w("t")
    words.text = text
    words.set(_SPACE, "preserve")
    return w("r", w("rPr", *details) if any(detail is not None for detail in details) else None, words)


def paragraph(*children: Element | None, style: str | None = None) -> Element:
    """A paragraph in a style."""
    return w("p", w("pPr", w("pStyle", val=style)) if style else None, *children)


def field(instruction: str, *result: Element) -> list[Element]:
    """A field that already shows its result: nothing to update on opening."""
    code = w("instrText")
    code.text = f" {instruction} "
    code.set(_SPACE, "preserve")
    return [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", code),
        w("r", w("fldChar", fldCharType="separate")),
        *result,
        w("r", w("fldChar", fldCharType="end")),
    ]


def bookmarked(name: str, number: int, *children: Element) -> list[Element]:
    """Elements between the two ends of a bookmark."""
    return [w("bookmarkStart", id=number, name=name), *children, w("bookmarkEnd", id=number)]


def page_break() -> Element:
    """A paragraph that ends the page."""
    return paragraph(w("r", w("br", type="page")))
