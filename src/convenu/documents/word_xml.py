"""WordprocessingML in few words: `w("p", w("r", …))` gives the characters of the element, `elements` the elements themselves.

Characters, because a contract has twenty thousand elements: one reading by the XML parser at the end is several times faster than
making them one by one. Text enters through `text_run` and attributes through `w`, which escape it; nothing else makes an `Xml`.
"""

from __future__ import annotations

from typing import Any, NewType
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from lxml import etree

from convenu.documents.characters import raised, shown

Xml = NewType("Xml", str)
Element = Any  # python-docx gives its elements no type that mypy follows

_ROOT = f"<w:body {nsdecls('w', 'r')}>"


def w(tag: str, *children: Xml | None, **attributes: str | int) -> Xml:
    """One element of the main namespace; an attribute `val` becomes `w:val`, an absent child is left out."""
    listed = "".join(f" w:{name}={quoteattr(str(value))}" for name, value in attributes.items())
    inside = "".join([child for child in children if child])
    return Xml(f"<w:{tag}{listed}>{inside}</w:{tag}>" if inside else f"<w:{tag}{listed}/>")


def elements(*pieces: Xml) -> list[Element]:
    """The elements that some pieces spell."""
    return list(parse_xml(f"{_ROOT}{''.join(pieces)}</w:body>"))


def spelled(element: Element) -> Xml:
    """The characters of an element that python-docx made."""
    return Xml(etree.tostring(element, encoding="unicode", with_tail=False))


def joined(*pieces: Xml) -> Xml:
    """Pieces one after the other."""
    return Xml("".join(pieces))


def text_run(text: str, *, bold: bool = False, style: str | None = None) -> Xml:
    """The runs of a piece of text, the « er » of « 1er » above the line."""
    return joined(*(_run(piece, bold=bold, style=style, above=above) for piece, above in raised(shown(text)) if piece))


def _run(text: str, *, bold: bool, style: str | None, above: bool) -> Xml:
    details = joined(
        w("rStyle", val=style) if style else Xml(""),
        w("b") if bold else Xml(""),
        w("vertAlign", val="superscript") if above else Xml(""),
    )
    return w("r", w("rPr", details) if details else None, _kept("t", text))


def _kept(tag: str, text: str) -> Xml:
    """Text with its spaces."""
    return Xml(f'<w:{tag} xml:space="preserve">{escape(text)}</w:{tag}>')


def paragraph(*children: Xml | None, style: str | None = None, new_page: bool = False) -> Xml:
    """A paragraph in a style, at the head of a page if asked."""
    shape = joined(w("pStyle", val=style) if style else Xml(""), w("pageBreakBefore") if new_page else Xml(""))
    return w("p", w("pPr", shape) if shape else None, *children)


def field(instruction: str, result: Xml) -> Xml:
    """A field that already shows its result: nothing to update on opening."""
    return joined(field_start(instruction), result, FIELD_END)


def field_start(instruction: str) -> Xml:
    """What stands before the result of a field."""
    return joined(
        w("r", w("fldChar", fldCharType="begin")),
        w("r", _kept("instrText", f" {instruction} ")),
        w("r", w("fldChar", fldCharType="separate")),
    )


FIELD_END = w("r", w("fldChar", fldCharType="end"))
TAB = w("r", w("tab"))


def bookmarked(name: str, number: int, inside: Xml) -> Xml:
    """What stands between the two ends of a bookmark."""
    return joined(w("bookmarkStart", id=number, name=name), inside, w("bookmarkEnd", id=number))
