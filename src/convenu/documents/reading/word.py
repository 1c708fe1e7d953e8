"""A Word file (.docx): its words in reading order, numbered as Word prints them, as they stand once every tracked change is accepted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from convenu.documents.reading import refusals
from convenu.documents.reading.building import TextBuilder
from convenu.documents.reading.packages import Package
from convenu.documents.reading.typed import what_it_is
from convenu.documents.reading.word_names import ALTERNATIVES, attribute, child, children, number, switched_on, w
from convenu.documents.reading.word_numbering import BULLET, Numbering
from convenu.documents.reading.word_styles import Styles
from convenu.vocabulary.read_text import ReadKind, ReadText

_KIND = "un document Word"
_DELETED = {w("del"), w("moveFrom")}
_LEFT_OUT = {
    w("instrText"),
    w("delText"),
    w("delInstrText"),
    w("rPr"),
    w("pPr"),
    w("sdtPr"),
    w("sdtEndPr"),
    w("softHyphen"),
    ALTERNATIVES + "Fallback",
}
_AS_SIGN = {w("tab"): " ", w("ptab"): " ", w("noBreakHyphen"): "-", w("cr"): "\n"}
_NOTES = {w("footnoteReference"): ("footnotes", "footnote"), w("endnoteReference"): ("endnotes", "endnote")}
_LONGEST_CELL = 600
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_EDGES = re.compile(r"word/(?:header|footer)\d*\.xml")
_PICTURES = {w("drawing"), w("pict")}
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
# Boxes ticked with signs of symbol fonts, which say nothing without their font.
_SYMBOLS = {"F0FE": "☒", "F0FD": "☒", "F053": "☒", "F052": "☑", "F0A8": "☐", "F06F": "☐", "F071": "☐", "F0B7": "•", "F0A7": "•"}


@dataclass(slots=True)
class _Words:
    """What was met in a paragraph, or in several that a deleted mark joins."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    # That of the first word.
    page: int | None = None

    @property
    def text(self) -> str:
        """The words with single spaces; a line that the author broke stays broken."""
        lines = (" ".join(line.split()) for line in "".join(self.pieces).split("\n"))
        return "\n".join(line for line in lines if line)


def read_word(name: str, content: bytes) -> ReadText:
    """The document; raises `RefusalError` for a file that is not a reasonable Word document."""
    package = Package(content, kind=_KIND)
    if any(entry.lower().endswith("vbaproject.bin") for entry in package.names):
        raise refusals.RefusalError(
            "Ce fichier contient des macros : il n'est pas ouvert", "Enregistrez-le en .docx, puis déposez cette copie."
        )
    owner = package.related("").get("officeDocument", "word/document.xml")
    root = package.part(owner)
    body = child(root, "body") if root is not None else None
    if body is None:
        raise refusals.damaged(_KIND)
    return _WordReader(package, package.related(owner)).read(name, body)


class _WordReader:
    def __init__(self, package: Package, related: Mapping[str, str]) -> None:
        def part(kind: str) -> etree._Element | None:
            return package.part(related[kind]) if kind in related else None

        self._styles = Styles(part("styles"))
        self._numbering = Numbering(part("numbering"))
        self._notes = {kind: _by_id(part(kind), one) for kind, one in _NOTES.values()}
        self._comments = part("comments")
        self._text = TextBuilder()
        self._seen: Counter[str] = Counter()
        self._note_count = 0
        self._page: int | None = None
        self._edges = [package.part(name) for name in sorted(package.names) if _EDGES.fullmatch(name)]
        self._has_pictures = any(name.startswith("word/media/") for name in package.names)

    def read(self, name: str, body: etree._Element) -> ReadText:
        paged = next(body.iter(w("lastRenderedPageBreak")), None) is not None
        self._page = self._text.page = 1 if paged else None
        self._read_blocks(body)
        self._read_comments()
        self._text.tell_counts(self._seen)
        self._text.tell_edges(" ".join(self._plain_words(edge)) for edge in self._edges if edge is not None)
        return self._text.finish(name, pictures=self._has_pictures)

    def _read_blocks(self, parent: etree._Element) -> None:
        """Paragraphs and tables; a paragraph whose end was deleted goes on in the next."""
        begun = _Words()
        for element in self._blocks(parent):
            if element.tag == w("p"):
                self._gather(element, element, begun)
                if child(element, "pPr", "rPr", "del") is not None:
                    continue
                self._add_paragraph(element, begun)
                begun = _Words()
            elif element.tag == w("tbl"):
                self._read_table(element)
            elif element.tag == w("altChunk"):
                self._seen["chunk"] += 1

    def _blocks(self, parent: etree._Element) -> Iterator[etree._Element]:
        """Paragraphs and tables under a parent, through what only wraps them."""
        for element in parent:
            if element.tag in (w("p"), w("tbl"), w("altChunk")):
                yield element
            elif element.tag in _DELETED:
                self._seen["deleted"] += 1
            elif element.tag not in _LEFT_OUT:
                self._seen["unfilled"] += element.tag == w("sdt") and _is_unfilled(element)
                yield from self._blocks(element)

    # ------------------------------------------------------------------------------------------------------ paragraphs

    def _gather(self, element: etree._Element, paragraph: etree._Element, words: _Words) -> None:
        """The words under an element, in order."""
        for inner in element:
            tag = inner.tag
            if tag in _DELETED:
                self._seen["deleted"] += 1
            elif tag in _LEFT_OUT:
                continue
            elif tag == w("r"):
                self._gather_run(inner, paragraph, words)
            elif tag == w("txbxContent"):
                words.boxes.append(inner)
            elif tag == _MATH + "f":
                self._gather_fraction(inner, paragraph, words)
            elif tag == _MATH + "t":
                words.pieces.append(inner.text or "")
            else:
                self._seen["inserted"] += tag == w("ins")
                self._seen["unfilled"] += tag == w("sdt") and _is_unfilled(inner)
                self._gather(inner, paragraph, words)

    def _gather_fraction(self, fraction: etree._Element, paragraph: etree._Element, words: _Words) -> None:
        """What stands above a bar, a stroke, what stands below."""
        above, below = fraction.find(_MATH + "num"), fraction.find(_MATH + "den")
        for part, sign in ((above, "/"), (below, "")):
            if part is not None:
                self._gather(part, paragraph, words)
            words.pieces.append(sign)

    def _gather_run(self, run: etree._Element, paragraph: etree._Element, words: _Words) -> None:
        if self._is_left_out(run, paragraph):
            return
        capitals = _says(run, "caps")
        for inner in run:
            tag = inner.tag
            if tag == w("t"):
                text = inner.text or ""
                words.pieces.append(text.upper() if capitals else text)
                if text.strip():
                    words.page = words.page or self._page
                    words.bold.append(self._styles.is_switched_on(run, paragraph, "b"))
            elif tag in _AS_SIGN or tag in (w("br"), w("sym"), w("fldChar")):
                words.pieces.append(_sign(inner))
            elif tag == w("lastRenderedPageBreak"):
                # Where Word turned the page when it last drew the document; a break that the author asked for is followed by one of these.
                self._page = (self._page or 1) + 1
            elif tag in _NOTES:
                self._gather_note(_NOTES[tag][0], attribute(inner, "id"), words)
            elif tag not in _LEFT_OUT:
                self._seen["pictures"] += tag in _PICTURES and next(inner.iter(_BLIP, _IMAGE), None) is not None
                self._seen["objects"] += tag == w("object")
                self._gather(inner, paragraph, words)

    def _is_left_out(self, run: etree._Element, paragraph: etree._Element) -> bool:
        """Whether the words of a run are hidden or struck out."""
        kind = (
            "hidden"
            if self._styles.is_switched_on(run, paragraph, "vanish")
            else "struck"
            if _says(run, "strike") or _says(run, "dstrike")
            else ""
        )
        if kind:
            self._seen[kind] += next(run.iter(w("t")), None) is not None
        return bool(kind)

    def _gather_note(self, kind: str, name: str, words: _Words) -> None:
        """A mark in the words, and the note to lay after the paragraph."""
        self._note_count += 1
        mark = f"[{self._note_count}]"
        note = self._notes[kind].get(name)
        words.pieces.append(f" {mark}")
        words.notes.append((mark, "" if note is None else " ".join(self._plain_words(note))))

    def _add_paragraph(self, paragraph: etree._Element, words: _Words) -> None:
        text = words.text
        self._text.page = words.page or self._page
        listed = self._styles.list_of(paragraph, self._numbering)
        number = self._numbering.next(*listed) if listed is not None else ""
        style = self._styles.name_of(paragraph)
        level = self._styles.level(paragraph)
        if style.startswith(("toc ", "table of figures")):
            self._text.add(ReadKind.CONTENTS, text, number=number)
        elif level is not None:
            self._text.add_heading(text, level=level, number=number)
        elif number:
            self._add_numbered(text, number, marked=_all(words.bold))
        else:
            typed = what_it_is(text, marked=_all(words.bold))
            kind = ReadKind.ITEM if style.startswith(("list", "liste")) and typed.kind is ReadKind.PARAGRAPH else typed.kind
            self._text.add_typed(kind, text, level=typed.level, number=typed.number)
        self._add_what_hangs(words)

    def _add_what_hangs(self, words: _Words) -> None:
        """The boxes and the notes of what was laid."""
        for box in words.boxes:
            self._read_blocks(box)
        for mark, note in words.notes:
            self._text.add(ReadKind.NOTE, f"{mark} {note}" if note else "")

    def _add_numbered(self, text: str, number: str, *, marked: bool) -> None:
        """A paragraph that a list numbers: a heading when it is set apart like one, an item else."""
        heading = number != BULLET and what_it_is(f"{number} {text}", marked=marked).kind is ReadKind.HEADING
        if heading and (marked or not number.endswith(")")):
            self._text.add(ReadKind.HEADING, text, level=number.rstrip(". ").count(".") + 1, number=number)
        else:
            self._text.add(ReadKind.ITEM, text, number=number)

    def _plain_words(self, parent: etree._Element) -> Iterator[str]:
        for paragraph in parent.iter(w("p")):
            words = _Words()
            self._gather(paragraph, paragraph, words)
            if words.text:
                yield words.text.replace("\n", " ")

    # ---------------------------------------------------------------------------------------------------------- tables

    def _read_table(self, table: etree._Element) -> None:
        rows = [row for row in self._rows(table) if child(row, "trPr", "del") is None]
        self._seen["deleted"] += sum(1 for _row in self._rows(table)) - len(rows)
        cells = [list(self._cells(row)) for row in rows]
        if _is_layout(cells):
            for cell in (cell for row in cells for cell in row):
                self._read_blocks(cell)
            return
        former: dict[int, int] = {}
        hanging = _Words()
        for row in cells:
            former = self._add_row(row, former, hanging)
        self._add_what_hangs(hanging)
        for inner in (
            inner for row in cells for cell in row for inner in cell.iter(w("tbl")) if next(inner.iterancestors(w("tc"))) is cell
        ):
            self._read_table(inner)

    def _add_row(self, cells: list[etree._Element], former: Mapping[int, int], hanging: _Words) -> dict[int, int]:
        """Add a row; `former` says which cell of the row above stands at each column, `hanging` gathers what comes after the table."""
        column, places = 0, {}
        said = _Words()
        words: list[str] = []
        above: list[int | None] = []
        for index, cell in enumerate(cells):
            places[column] = index
            merged = child(cell, "tcPr", "vMerge")
            goes_on = merged is not None and attribute(merged, "val", "continue") == "continue"
            above.append(former.get(column) if goes_on else None)
            words.append(" ".join(self._cell_words(cell, said)))
            span = child(cell, "tcPr", "gridSpan")
            column += max(1, int(attribute(span, "val", "1"))) if span is not None and attribute(span, "val").isdigit() else 1
        self._text.page = said.page or self._page
        self._text.add_row(words, above=above)
        hanging.boxes += said.boxes
        hanging.notes += said.notes
        return places

    def _cell_words(self, cell: etree._Element, said: _Words) -> Iterator[str]:
        """The paragraphs of a cell with their numbers; what hangs on them, and their page, go to `said`."""
        for paragraph in (block for block in self._blocks(cell) if block.tag == w("p")):
            words = _Words()
            self._gather(paragraph, paragraph, words)
            listed = self._styles.list_of(paragraph, self._numbering)
            number = self._numbering.next(*listed) if listed is not None else ""
            said.boxes += words.boxes
            said.notes += words.notes
            said.page = said.page or words.page
            if words.text:
                yield f"{number} {words.text}".strip().replace("\n", " ")

    def _rows(self, table: etree._Element) -> Iterator[etree._Element]:
        return self._under(table, w("tr"))

    def _cells(self, row: etree._Element) -> Iterator[etree._Element]:
        return (cell for cell in self._under(row, w("tc")) if child(cell, "tcPr", "cellDel") is None)

    def _under(self, parent: etree._Element, tag: str) -> Iterator[etree._Element]:
        """The rows or cells under a parent, through content controls, not through inner tables."""
        for element in parent:
            if element.tag == tag:
                yield element
            elif element.tag in (w("sdt"), w("sdtContent"), w("ins"), w("customXml")):
                yield from self._under(element, tag)

    # -------------------------------------------------------------------------------------------------------- the rest

    def _read_comments(self) -> None:
        for comment in children(self._comments, "comment") if self._comments is not None else ():
            words = " ".join(self._plain_words(comment))
            if words:
                self._seen["comments"] += 1
                self._text.add(ReadKind.COMMENT, words)


def _says(run: etree._Element, name: str) -> bool:
    """Whether a run has a property of its own."""
    return switched_on(child(run, "rPr", name))


def _is_unfilled(control: etree._Element) -> bool:
    """Whether a content control still shows what it asks for."""
    return switched_on(child(control, "sdtPr", "showingPlcHdr"))


def _form_field(begins: etree._Element) -> str:
    """What an old form's list or box says: it stands in the field's own data, not in the words."""
    chosen = child(begins, "ffData", "ddList")
    if chosen is not None:
        entries = [attribute(one, "val") for one in children(chosen, "listEntry")]
        result = child(chosen, "result")
        place = number(attribute(result, "val", "0"), 0) if result is not None else 0
        return entries[place] if 0 <= place < len(entries) else ""
    box = child(begins, "ffData", "checkBox")
    if box is None:
        return ""
    ticked = child(box, "checked")
    return "☒" if switched_on(ticked if ticked is not None else child(box, "default")) else "☐"


def _sign(element: etree._Element) -> str:
    """The character that an element stands for."""
    if element.tag == w("fldChar"):
        return _form_field(element)
    if element.tag == w("br"):
        return " " if attribute(element, "type") in ("page", "column") else "\n"
    if element.tag == w("sym"):
        return _SYMBOLS.get(attribute(element, "char").upper(), "")
    return _AS_SIGN[element.tag]


def _is_layout(rows: list[list[etree._Element]]) -> bool:
    """Whether a table only sets a text out: one column, or a cell that holds pages."""
    if all(len(row) <= 1 for row in rows):
        return True
    return any(
        len(paragraphs) >= 3 and sum(len(text.text or "") for paragraph in paragraphs for text in paragraph.iter(w("t"))) > _LONGEST_CELL
        for row in rows
        for cell in row
        for paragraphs in [list(cell.iter(w("p")))]
    )


def _by_id(part: etree._Element | None, name: str) -> dict[str, etree._Element]:
    return {attribute(one, "id"): one for one in children(part, name)} if part is not None else {}


def _all(flags: Iterable[bool]) -> bool:
    flags = list(flags)
    return bool(flags) and all(flags)
