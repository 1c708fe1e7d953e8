"""An OpenDocument text (.odt): its words in reading order, its lists numbered, its tracked deletions left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from convenu.documents.reading import refusals
from convenu.documents.reading.building import TextBuilder
from convenu.documents.reading.packages import Package
from convenu.documents.reading.typed import what_it_is
from convenu.documents.reading.word_numbering import BULLET, written
from convenu.vocabulary.read_text import ReadKind, ReadText

_KIND = "un document OpenDocument"
_PREFIX = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_FORMS = {"1": "decimal", "i": "lowerRoman", "I": "upperRoman", "a": "lowerLetter", "A": "upperLetter", "": "none"}
_CONTENTS = ("table-of-content", "alphabetical-index", "illustration-index", "table-index", "user-index", "object-index", "bibliography")
_MOST_REPEATED = 64
_MOST_SPANNED = 1_000
_DEEPEST = 20


def _name(kind: str, name: str) -> str:
    return f"{{{_PREFIX.format(kind)}}}{name}"


_P, _H, _LIST, _ITEM, _HEADER = (_name("text", name) for name in ("p", "h", "list", "list-item", "list-header"))
_TABLE, _ROW, _CELL, _COVERED = (_name("table", name) for name in ("table", "table-row", "table-cell", "covered-table-cell"))
_NOTE, _BOX, _ANNOTATION = _name("text", "note"), _name("draw", "text-box"), _name("office", "annotation")
_PICTURE, _OBJECT = _name("draw", "image"), _name("draw", "object")
_EDGES = [_name("style", name) for name in ("header", "header-left", "header-first", "footer", "footer-left", "footer-first")]
_WEIGHT, _STRUCK = _name("xsl-fo-compatible", "font-weight"), _name("style", "text-line-through-style")
_LEFT_OUT = {
    _name("text", "tracked-changes"),
    _name("text", "sequence-decls"),
    _name("office", "annotation-end"),
    _name("text", "soft-page-break"),
}
_AS_SIGN = {_name("text", "s"): " ", _name("text", "tab"): " ", _name("text", "line-break"): "\n"}


def read_opendocument(name: str, content: bytes) -> ReadText:
    """The document; raises `RefusalError` for a file that is not a reasonable OpenDocument text."""
    package = Package(content, kind=_KIND)
    manifest = package.part("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter(_name("manifest", "encryption-data")), None) is not None:
        raise refusals.protected()
    root = package.part("content.xml")
    body = root.find(f"{_name('office', 'body')}/{_name('office', 'text')}") if root is not None else None
    if root is None or body is None:
        raise refusals.damaged(_KIND)
    has_pictures = any(entry.startswith("Pictures/") for entry in package.names)
    return _OpenDocumentReader([root, package.part("styles.xml")]).read(name, body, has_pictures=has_pictures)


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list numbers: a form of `written`, what stands around, how many levels are shown."""

    form: str
    before: str
    after: str
    shown: int
    start: int


@dataclass(slots=True)
class _Place:
    """Where in a list a paragraph stands."""

    style: str
    level: int
    counts: list[int]
    opens: bool


class _OpenDocumentReader:
    def __init__(self, parts: list[etree._Element | None]) -> None:
        self._lists: dict[str, dict[int, _Level]] = {}
        self._styles: dict[str, etree._Element] = {}
        for part in parts:
            for style in part.iter(_name("text", "list-style"), _name("text", "outline-style")) if part is not None else ():
                self._lists[style.get(_name("style", "name"), "")] = dict(_levels(style))
            for style in part.iter(_name("style", "style")) if part is not None else ():
                self._styles[style.get(_name("style", "name"), "")] = style
        self._edges = [edge for part in parts if part is not None for edge in part.iter(*_EDGES)]
        self._outline = [0] * 10
        self._last: dict[str, list[int]] = {}
        self._text = TextBuilder()
        self._seen: Counter[str] = Counter()
        self._after: list[tuple[ReadKind, str]] = []
        self._comments: list[str] = []

    def read(self, name: str, body: etree._Element, *, has_pictures: bool) -> ReadText:
        self._seen["deleted"] = sum(1 for _one in body.iter(_name("text", "deletion")))
        self._seen["inserted"] = sum(1 for _one in body.iter(_name("text", "insertion")))
        self._read_blocks(body)
        for comment in self._comments:
            self._text.add(ReadKind.COMMENT, comment)
        self._seen["comments"] = len(self._comments)
        self._text.tell_counts(self._seen)
        self._text.tell_edges([" ".join(self._words(one) for one in edge.iter(_P)) for edge in self._edges])
        return self._text.finish(name, pictures=has_pictures)

    def _read_blocks(self, parent: etree._Element, place: _Place | None = None) -> None:
        for element in parent:
            tag = element.tag
            if tag in (_P, _H):
                self._read_paragraph(element, place)
            elif tag == _LIST:
                self._read_list(element, place)
            elif tag == _TABLE:
                self._read_table(element)
            elif any(tag == _name("text", kind) for kind in _CONTENTS):
                for paragraph in element.iter(_P):
                    self._text.add(ReadKind.CONTENTS, self._words(paragraph))
            elif tag not in _LEFT_OUT:
                self._read_blocks(element, place)

    # ------------------------------------------------------------------------------------------------------ paragraphs

    def _read_paragraph(self, element: etree._Element, place: _Place | None) -> None:
        words = self._words(element)
        number = self._number(place) if place is not None and place.opens else ""
        in_list = place is not None and place.opens
        if place is not None:
            place.opens = False
        if element.tag == _H:
            level = _whole(element.get(_name("text", "outline-level"), "1"), 1)
            if not in_list and words and self._list_style(element.get(_name("text", "style-name"), "")) is None:
                number = self._outline_number(level)
            self._text.add_heading(words, level=level, number=number)
        elif number:
            heading = number != BULLET and what_it_is(f"{number} {words}", marked=self._is_bold(element)).kind is ReadKind.HEADING
            rank = number.rstrip(". ").count(".") + 1 if heading else None
            self._text.add(ReadKind.HEADING if heading else ReadKind.ITEM, words, level=rank, number=number)
        else:
            typed = what_it_is(words, marked=self._is_bold(element))
            title = self._is_title(element)
            self._text.add_typed(ReadKind.HEADING if title else typed.kind, words, level=0 if title else typed.level, number=typed.number)
        self._add_what_waits()

    def _add_what_waits(self) -> None:
        """The notes and the boxes of what was laid."""
        after, self._after = self._after, []
        for kind, note in after:
            self._text.add(kind, note)

    def _words(self, element: etree._Element) -> str:
        """The words of a paragraph, with single spaces; its notes and boxes wait until it is laid."""
        lines = ("".join(self._pieces(element))).split("\n")
        return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)

    def _pieces(self, element: etree._Element) -> Iterator[str]:
        if element.text:
            yield element.text
        for inner in element:
            tag = inner.tag
            if tag == _NOTE:
                yield from self._note(inner)
            elif tag == _ANNOTATION:
                self._comments.append(" ".join(self._words(one) for one in inner.iter(_P)))
            elif tag == _BOX:
                self._after += [(ReadKind.PARAGRAPH, self._words(one)) for one in inner.iter(_P, _H)]
            elif tag in _AS_SIGN:
                yield _AS_SIGN[tag]
            elif tag not in _LEFT_OUT and not self._is_passed(inner):
                yield from self._pieces(inner)
            if inner.tail:
                yield inner.tail

    def _note(self, note: etree._Element) -> Iterator[str]:
        citation, body = note.find(_name("text", "note-citation")), note.find(_name("text", "note-body"))
        mark = f"[{citation.text}]" if citation is not None and citation.text else "[*]"
        yield f" {mark}"
        if body is not None:
            words = " ".join(self._words(one) for one in body.iter(_P))
            self._after.append((ReadKind.NOTE, f"{mark} {words}"))

    def _is_bold(self, paragraph: etree._Element) -> bool:
        """Whether the paragraph, or the one run that holds all of its words, is set in bold."""
        inner = list(paragraph)
        whole = (
            [paragraph]
            if not inner or (paragraph.text or "").strip() or len(inner) > 1 or (inner[0].tail or "").strip()
            else [paragraph, inner[0]]
        )
        return any(self._says(one.get(_name("text", "style-name"), ""), _WEIGHT) == "bold" for one in whole)

    def _is_passed(self, inner: etree._Element) -> bool:
        """Whether a stretch holds no words to read: an object, a picture, words struck out by hand."""
        if inner.tag == _OBJECT:
            kind = "objects"
        elif inner.tag == _PICTURE:
            # An object is followed by the picture that stands for it.
            kind = "pictures" if inner.getprevious() is None else ""
        else:
            kind = "struck" if self._says(inner.get(_name("text", "style-name"), ""), _STRUCK) not in ("", "none") else ""
        self._seen[kind] += 1
        return bool(kind) or inner.tag == _PICTURE

    def _says(self, style: str, attribute: str) -> str:
        for _step in range(_DEEPEST):
            found = self._styles.get(style)
            if found is None:
                return ""
            properties = found.find(_name("style", "text-properties"))
            said = properties.get(attribute) if properties is not None else None
            if said is not None:
                return said
            style = found.get(_name("style", "parent-style-name"), "")
        return ""

    def _list_style(self, style: str) -> str | None:
        """The list that a style names, empty when it asks for no number, None when it says nothing."""
        for _step in range(_DEEPEST):
            found = self._styles.get(style)
            if found is None:
                return None
            said = found.get(_name("style", "list-style-name"))
            if said is not None:
                return said
            style = found.get(_name("style", "parent-style-name"), "")
        return None

    def _is_title(self, paragraph: etree._Element) -> bool:
        style = paragraph.get(_name("text", "style-name"), "")
        found = self._styles.get(style)
        return "Title" in (style, found.get(_name("style", "parent-style-name"), "") if found is not None else "")

    # ----------------------------------------------------------------------------------------------------------- lists

    def _read_list(self, element: etree._Element, above: _Place | None) -> None:
        for item, place in self._items(element, above):
            self._read_blocks(item, place)

    def _items(self, element: etree._Element, above: _Place | None) -> Iterator[tuple[etree._Element, _Place | None]]:
        """The items of a list, each with its place, counted; the head of a list has none."""
        style = element.get(_name("text", "style-name"), "") or (above.style if above else "")
        level = (above.level if above else 0) + 1
        counts = list(above.counts) if above else [0] * 11
        if (not above and element.get(_name("text", "continue-numbering")) == "true") or element.get(_name("text", "continue-list")):
            counts = list(self._last.get(style, counts))
        if level >= len(counts):
            return
        start = self._lists.get(style, {}).get(level)
        if above or not counts[level]:
            counts[level] = (start.start if start else 1) - 1
        place = _Place(style, level, counts, opens=False)
        for item in element:
            if item.tag == _ITEM:
                counts[level] = _whole(item.get(_name("text", "start-value"), ""), counts[level] + 1)
                place.opens = True
                yield item, place
            elif item.tag == _HEADER:
                yield item, None
        self._last[style] = counts

    def _number(self, place: _Place) -> str:
        level = self._lists.get(place.style, {}).get(place.level)
        if level is None or level.form == "bullet":
            return BULLET
        if level.form == "none":
            return f"{level.before}{level.after}".strip()
        first = max(1, place.level - level.shown + 1)
        forms = (self._lists[place.style].get(rank) for rank in range(first, place.level + 1))
        shown = (written(place.counts[rank], form.form if form else "decimal") for rank, form in enumerate(forms, start=first))
        return f"{level.before}{'.'.join(shown)}{level.after}".strip()

    def _outline_number(self, level: int) -> str:
        """The number that the outline of the document prints before a heading, if it prints one."""
        style = next((levels for name, levels in self._lists.items() if name in ("Outline", "")), {})
        found = style.get(level)
        if not 1 <= level < len(self._outline):
            return ""
        self._outline[level] += 1
        self._outline[level + 1 :] = [0] * (len(self._outline) - level - 1)
        if found is None or found.form in ("none", "bullet"):
            return ""
        first = max(1, level - found.shown + 1)
        shown = (written(max(1, self._outline[rank]), found.form) for rank in range(first, level + 1))
        return f"{found.before}{'.'.join(shown)}{found.after}".strip()

    # ---------------------------------------------------------------------------------------------------------- tables

    def _read_table(self, table: etree._Element) -> None:
        rows = [list(row.iterchildren(_CELL, _COVERED)) for row in table.iter(_ROW) if _owner(row, _TABLE) is table]
        if all(len(row) <= 1 for row in rows):
            for row in rows:
                for cell in row:
                    self._read_blocks(cell)
            return
        former: dict[int, int] = {}
        spans: dict[int, int] = {}
        for row in rows:
            former, spans = self._add_row(row, former, spans)
        self._add_what_waits()
        for inner in (inner for row in rows for cell in row for inner in cell.iter(_TABLE) if _owner(inner, _TABLE) is table):
            self._read_table(inner)

    def _add_row(self, cells: list[etree._Element], former: dict[int, int], spans: dict[int, int]) -> tuple[dict[int, int], dict[int, int]]:
        """Add a row; `former` says which cell of the row above stood at each column, `spans` for how many more rows it does."""
        words: list[str] = []
        above: list[int | None] = []
        places: dict[int, int] = {}
        left: dict[int, int] = {}
        column = 0
        for cell in cells:
            for _time in range(min(_whole(cell.get(_name("table", "number-columns-repeated"), "1"), 1), _MOST_REPEATED)):
                goes_on = cell.tag == _COVERED and spans.get(column, 0) > 0
                if goes_on or cell.tag == _CELL:
                    rows_spanned = _whole(cell.get(_name("table", "number-rows-spanned"), "1"), 1)
                    left[column] = spans[column] - 1 if goes_on else min(rows_spanned, _MOST_SPANNED) - 1
                    places[column] = len(words)
                    above.append(former.get(column) if goes_on else None)
                    words.append("" if goes_on else self._cell_words(cell))
                column += 1
        self._text.add_row(words, above=above)
        return places, left

    def _cell_words(self, cell: etree._Element) -> str:
        """The paragraphs of a cell with the numbers that its lists print, without those of its notes, its boxes and its inner tables."""
        said = []
        for paragraph, place in self._paragraphs(cell, None):
            number = self._number(place) if place is not None and place.opens else ""
            if place is not None:
                place.opens = False
            said.append(f"{number} {self._words(paragraph)}".strip().replace("\n", " "))
        return " ".join(one for one in said if one)

    def _paragraphs(self, parent: etree._Element, place: _Place | None) -> Iterator[tuple[etree._Element, _Place | None]]:
        for element in parent:
            if element.tag in (_P, _H):
                yield element, place
            elif element.tag == _LIST:
                for item, inner in self._items(element, place):
                    yield from self._paragraphs(item, inner)
            elif element.tag not in _LEFT_OUT and element.tag != _TABLE:
                yield from self._paragraphs(element, place)


def _levels(style: etree._Element) -> Iterator[tuple[int, _Level]]:
    for one in style:
        rank = _whole(one.get(_name("text", "level"), ""), 0)
        if one.tag in (_name("text", "list-level-style-number"), _name("text", "outline-level-style")):
            form = _FORMS.get(one.get(_name("style", "num-format"), ""), "decimal")
            yield (
                rank,
                _Level(
                    form,
                    one.get(_name("style", "num-prefix"), ""),
                    one.get(_name("style", "num-suffix"), ""),
                    _whole(one.get(_name("text", "display-levels"), "1"), 1),
                    _whole(one.get(_name("text", "start-value"), "1"), 1),
                ),
            )
        elif rank:
            yield rank, _Level("bullet", "", "", 1, 1)


def _owner(element: etree._Element, tag: str) -> etree._Element | None:
    return next(element.iterancestors(tag), None)


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else default
