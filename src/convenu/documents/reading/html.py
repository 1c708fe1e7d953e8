"""A web page saved as a file: its words in reading order, without what the page carries around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from convenu.documents.reading import refusals
from convenu.documents.reading.building import TextBuilder
from convenu.documents.reading.plain import decoded
from convenu.documents.reading.typed import what_it_is
from convenu.documents.reading.word_numbering import BULLET, written
from convenu.vocabulary.read_text import ReadKind, ReadText

_KIND = "une page HTML"
_LEFT_OUT = {
    "script",
    "style",
    "head",
    "template",
    "noscript",
    "svg",
    "iframe",
    "object",
    "nav",
    "dialog",
    "button",
    "select",
    "del",
    "s",
    "math",
    "canvas",
}
_ROLES_LEFT_OUT = {"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar"}
_FEWEST_LINKS = 3
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "samp",
    "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "br", "input",
}  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DEEPEST = 400


def read_html(name: str, content: bytes) -> ReadText:
    """The page; raises `RefusalError` when it holds no word."""
    return read_html_text(name, _characters(content))


def read_html_text(name: str, words: str) -> ReadText:
    """The same, from its characters."""
    parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    try:
        root = lxml.html.document_fromstring(words.encode(errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise refusals.empty() from error
    body = root.find("body")
    reader = _HtmlReader()
    reader.read_blocks(body if body is not None else root, 0)
    return reader.text.finish(name)


def _characters(content: bytes) -> str:
    declared = _DECLARED.search(content[:4096])
    if declared:
        try:
            return content.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded(content)


class _HtmlReader:
    def __init__(self) -> None:
        self.text = TextBuilder()
        self._number = ""

    def read_blocks(self, parent: etree._Element, depth: int) -> None:
        """Blocks under an element; words that stand in none make a paragraph."""
        if depth > _DEEPEST:
            raise refusals.damaged(_KIND)
        loose = [parent.text or ""]
        marked = False
        for element in parent:
            if _is_shown(element):
                if element.tag in _INLINE and not _holds_blocks(element):
                    loose.append(_words(element))
                    marked = marked or (element.tag in ("b", "strong") and not "".join(loose[:-1]).strip())
                else:
                    self._add("".join(loose), marked=marked)
                    loose, marked = [], False
                    self._read_block(element, depth)
            loose.append(element.tail or "")
            marked = marked and not (element.tail or "").strip()
        self._add("".join(loose), marked=marked)

    def _read_block(self, element: etree._Element, depth: int) -> None:
        tag = element.tag
        if tag in _HEADINGS:
            self._add_heading(_words(element), _HEADINGS[tag])
        elif tag in ("ul", "ol", "menu"):
            self._read_list(element, depth)
        elif tag == "table":
            self._read_table(element, depth)
        elif tag == "dl":
            self._read_pairs(element)
        elif tag == "pre":
            for line in _words(element).replace("\x00", "\n").splitlines():
                self._add(line, marked=False)
        else:
            self.read_blocks(element, depth + 1)

    def _add(self, words: str, *, marked: bool) -> None:
        squeezed = _squeezed(words)
        if not squeezed:
            return
        number, self._number = self._number, ""
        if number:
            self.text.add(ReadKind.ITEM, squeezed, number=number)
            return
        typed = what_it_is(squeezed, marked=marked)
        self.text.add_typed(typed.kind, squeezed, level=typed.level, number=typed.number)

    def _add_heading(self, words: str, level: int) -> None:
        squeezed = _squeezed(words)
        number, self._number = self._number, ""
        self.text.add_heading(squeezed, level=level, number=number)

    def _read_list(self, element: etree._Element, depth: int) -> None:
        if _is_menu(element):
            for item in element:
                self.text.add(ReadKind.CONTENTS, _squeezed(_words(item)))
            return
        ordered = element.tag == "ol"
        count = _whole(element.get("start", ""), 1) - 1
        form = _FORMS.get(element.get("type", ""), "decimal")
        for item in element:
            if item.tag != "li":
                if _is_shown(item):
                    self._read_block(item, depth)
                continue
            count = _whole(item.get("value", ""), count + 1)
            self._number = f"{written(count, form)}{')' if 'Letter' in form else '.'}" if ordered else BULLET
            self.read_blocks(item, depth + 1)
            self._number = ""

    def _read_pairs(self, element: etree._Element) -> None:
        """A list of terms, each with what is said of it, as rows of two cells."""
        term = ""
        for one in element.iter("dt", "dd"):
            words = _squeezed(_words(one)).replace("\n", " ")
            if one.tag == "dt":
                term = words
            else:
                self.text.add_row([term, words])

    def _read_table(self, table: etree._Element, depth: int) -> None:
        rows = [list(row.iterchildren("td", "th")) for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
        if all(len(row) <= 1 for row in rows) or any(len(_words(cell)) > 1500 for row in rows for cell in row):
            for row in rows:
                for cell in row:
                    self.read_blocks(cell, depth + 1)
            return
        spans: dict[int, int] = {}
        columns: dict[int, int] = {}
        for row in rows:
            spans, columns = self._add_row(row, spans, columns)

    def _add_row(self, row: list[etree._Element], spans: dict[int, int], columns: dict[int, int]) -> tuple[dict[int, int], dict[int, int]]:
        """Add a row; `spans` says how many more rows the cell at a column goes through, `columns` which cell stood at each."""
        words: list[str] = []
        above: list[int | None] = []
        places: dict[int, int] = {}
        left: dict[int, int] = {}
        column = 0
        cells = list(row)
        while cells or spans.get(column, 0):
            places[column] = len(words)
            if spans.get(column, 0):
                words.append("")
                above.append(columns.get(column))
                left[column] = spans[column] - 1
                column += 1
                continue
            cell = cells.pop(0)
            words.append(_squeezed(_words(cell)).replace("\n", " "))
            above.append(None)
            left[column] = min(_whole(cell.get("rowspan", ""), 1), 1000) - 1
            column += max(1, min(_whole(cell.get("colspan", ""), 1), 100))
        self.text.add_row(words, above=above)
        return left, places


def _words(element: etree._Element) -> str:
    return "".join(_pieces(element, 0))


def _pieces(element: etree._Element, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        raise refusals.damaged(_KIND)
    if element.tag == "br":
        yield "\x00"
    if element.text:
        yield element.text
    for inner in element:
        if _is_shown(inner):
            block = inner.tag not in _INLINE
            yield " " if block else ""
            yield from _pieces(inner, depth + 1)
            yield " " if block else ""
        if inner.tail:
            yield inner.tail


def _squeezed(words: str) -> str:
    """Single spaces; a break that the page asks for stays one."""
    return "\n".join(line for line in (" ".join(line.split()) for line in words.split("\x00")) if line)


def _is_shown(element: etree._Element) -> bool:
    hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")) is not None
    return element.tag not in _LEFT_OUT and element.get("role") not in _ROLES_LEFT_OUT and not hidden


def _is_menu(element: etree._Element) -> bool:
    """Whether a list holds links alone: the menu of a site, or the summary of the page."""
    items = [item for item in element if _is_shown(item)]
    return len(items) >= _FEWEST_LINKS and all(_is_a_link(item) for item in items)


def _is_a_link(item: etree._Element) -> bool:
    links = [_squeezed(_words(link)) for link in item.iter("a")]
    return bool(links) and _squeezed(_words(item)) == " ".join(links)


def _holds_blocks(element: etree._Element) -> bool:
    return any(inner.tag not in _INLINE and inner.tag not in _LEFT_OUT for inner in element.iterdescendants())


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else default
