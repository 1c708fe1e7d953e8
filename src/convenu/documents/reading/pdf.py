"""A PDF file: columns put in order, headers and footers left out, lines joined into paragraphs and rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from convenu.documents.reading import pictures, refusals
from convenu.documents.reading.building import TextBuilder
from convenu.documents.reading.hyphens import joined, words_of
from convenu.documents.reading.pdf_furniture import without_furniture
from convenu.documents.reading.pdf_layout import Line, Rule, is_row, lines_of, rows_of, with_edges
from convenu.documents.reading.pdf_rules import goes_on_overleaf, in_one_row, openings, rules_of
from convenu.documents.reading.pdf_runs import runs_of
from convenu.documents.reading.tesseract import MOST_PAGES
from convenu.documents.reading.typed import opens_a_block, what_it_is
from convenu.vocabulary.read_text import ReadKind, ReadText

_KIND = "un PDF"
# Fewer characters than this on a page that shows a picture: the page is the picture of a text.
_FEWEST_CHARACTERS = 40
_CONTENTS_TITLE = re.compile(r"sommaire|table des mati[eè]res|contents|table of contents", re.IGNORECASE)
_FIRST_WORD = re.compile(r"(?:[«“(\[]\s*)?\S+(?:\s*[»:;!?])?")
_PRIVATE = range(0xE000, 0xF900)
_SENTENCE_END = (".", ";", ":", "!", "?", "»")
_NOTES = {pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STRIKEOUT, pdfium.FPDF_ANNOT_CARET, pdfium.FPDF_ANNOT_STAMP}


@dataclass(frozen=True, slots=True)
class PdfPages:
    """The lines of each page, those written along its sides, the rules drawn on it, and the pages that are only pictures, from one.

    `told` is what the reader must know of the file: what is set across its pages, written in its fields, or laid over its words.
    """

    pages: list[list[Line]]
    sides: list[list[Line]]
    rules: list[list[Rule]]
    pictures: tuple[int, ...]
    told: tuple[str, ...]


def read_pdf(name: str, content: bytes) -> ReadText:
    """The document; raises `RefusalError` for a file that is not a PDF or asks for a password, `ScannedError` for one of only pictures."""
    read = pages_of(content)
    if len(read.pictures) == len(read.pages):
        raise refusals.ScannedError
    text = TextBuilder()
    if read.pictures:
        text.tell(f"{_pages(read.pictures)} : image sans texte, non lue.")
    lay_out(text, read)
    return text.finish(name)


def read_scanned_pdf(name: str, content: bytes) -> ReadText:
    """The same with its pictures read by tesseract: words may be wrong, and the document says so."""
    read = pages_of(content)
    pages = list(read.pages)
    with _opened(content) as document:
        for number in read.pictures[:MOST_PAGES]:
            pages[number - 1] = lines_of(pictures.runs_in_picture(document[number - 1]))
    text = TextBuilder()
    text.tell(f"{_pages(read.pictures[:MOST_PAGES])} : image, lue par reconnaissance de caractères, à relire sur l'original.")
    if read.pictures[MOST_PAGES:]:
        text.tell(f"{_pages(read.pictures[MOST_PAGES:])} : image, non lue au-delà de {MOST_PAGES} pages.")
    lay_out(text, replace(read, pages=pages))
    return text.finish(name)


def pages_of(content: bytes) -> PdfPages:
    """The lines of every page."""
    with _opened(content) as document:
        if len(document) > refusals.MAX_PAGES:
            raise refusals.too_many_pages()
        pages = []
        characters = 0
        for index in range(len(document)):
            pages.append(_page(document, index))
            characters += sum(len(line.text) for line in pages[-1].lines)
            if characters > refusals.MAX_CHARACTERS:
                raise refusals.too_long()
        told = tuple(_told(document, pages))
    pictures = tuple(number for number, page in enumerate(pages, start=1) if page.is_picture)
    if not pages or (not characters and not pictures):
        raise refusals.empty()
    return PdfPages([page.lines for page in pages], [page.sides for page in pages], [page.rules for page in pages], pictures, told)


def _told(document: pypdfium2.PdfDocument, pages: Sequence[_Page]) -> Iterator[str]:
    """What a reader must know of a file besides its lines."""
    if document.get_formtype() != pdfium.FORMTYPE_NONE:
        yield "Ce PDF porte un formulaire : ce qui a été saisi dans ses champs n'est pas lu."
    notes = sum(page.notes for page in pages)
    if notes:
        yield f"Notes et biffures posées sur les pages de ce PDF : {notes}, qui ne sont pas lues."
    for words in dict.fromkeys(page.across for page in pages if page.across):
        yield f"« {words} » : écrit en travers de la page, laissé de côté."


def lay_out(text: TextBuilder, read: PdfPages) -> None:
    """Blocks from the lines of pages."""
    for sentence in read.told:
        text.tell(sentence)
    kept, left_out = without_furniture(read.pages)
    sides, beside = without_furniture(read.sides)
    text.tell_edges([*left_out, *beside])
    kept = [[*with_edges(lines), *along] for lines, along in zip(kept, sides, strict=True)]
    flat = [(number, line) for number, lines in enumerate(kept, start=1) for line in lines]
    sizes = [size for _page, line in flat for size in (line.size,) * len(line.text)]
    body = median(sizes) if sizes else 0.0
    contents = {number for number, lines in enumerate(kept, start=1) if _is_contents(lines)}
    known = words_of(" ".join(line.text for _page, line in flat))
    for block in _blocks(flat, body, read.rules):
        text.page = block.page
        if block.page in contents:
            for line in block.lines:
                text.add_typed(ReadKind.CONTENTS, line.text)
        elif block.is_table:
            for row in rows_of(block.lines, openings(list(zip(block.pages, block.lines, strict=True)), read.rules)):
                text.add_row(row)
        else:
            words = block.lines[0].text
            for line in block.lines[1:]:
                words = joined(words, line.text, known)
            words = words.rstrip("\u00ad").replace("\u00ad", "")
            typed = what_it_is(words, marked=_is_marked(block.lines, body))
            text.add_typed(typed.kind, words, level=typed.level, number=typed.number)


@dataclass(slots=True)
class _Block:
    page: int
    is_table: bool
    lines: list[Line] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)


def _blocks(lines: Sequence[tuple[int, Line]], body: float, rules: Sequence[Sequence[Rule]]) -> Iterator[_Block]:
    """Paragraphs and tables; a paragraph that the end of a page cuts goes on."""
    block: _Block | None = None
    last_page = 0
    for page, line in lines:
        overleaf = page == last_page + 1 and goes_on_overleaf(rules[last_page - 1], rules[page - 1], line) if last_page else False
        if block is not None and _goes_on(block, line, rules[page - 1], same_page=page == last_page, overleaf=overleaf, body=body):
            block.lines.append(line)
            block.pages.append(page)
        else:
            if block is not None:
                yield block
            block = _Block(page, _is_table_row(line), [line], [page])
        last_page = page
    if block is not None:
        yield block


def _goes_on(block: _Block, line: Line, rules: Sequence[Rule], *, same_page: bool, overleaf: bool, body: float) -> bool:
    former = block.lines[-1]
    if block.is_table or _is_table_row(line):
        return block.is_table and (overleaf or (same_page and (_carries_on_table(block, line) or in_one_row(former, line, rules))))
    if opens_a_block(line.text, after=former.text) or abs(former.size - line.size) > 0.12 * former.size or former.bold != line.bold:
        return False
    if what_it_is(former.text).kind is ReadKind.CONTENTS:
        return False
    if not same_page or line.middle > former.middle:
        # The next page, or the next column.
        return not former.text.endswith(_SENTENCE_END) and (line.text[:1].islower() or _fills(former, line))
    if former.middle - line.middle > 1.75 * max(former.size, body):
        return False
    return _fills(former, line) or (line.text[:1].islower() and not former.text.endswith((".", ";")))


def _fills(former: Line, line: Line) -> bool:
    """Whether the next line's first word would not have fitted at the end of the former one."""
    word = _FIRST_WORD.match(line.text)
    needed = (line.right - line.left) * (len(word[0]) + 1 if word else 1) / max(1, len(line.text))
    return former.right + 0.8 * needed > former.column_right


def _is_table_row(line: Line) -> bool:
    """A number set apart from its title, or a dot leader, makes no row."""
    if not is_row(line) or what_it_is(line.text).kind is ReadKind.CONTENTS:
        return False
    return not (len(line.runs) == 2 and (opens_a_block(line.text) and len(line.runs[0].text) <= 14))


def _carries_on_table(block: _Block, line: Line) -> bool:
    """Another row, or the next line of a cell: aligned with one of those above, and close."""
    former = block.lines[-1]
    if former.middle - line.middle > 4 * former.size:
        return False
    if _is_table_row(line):
        return True
    starts = [run.left for above in block.lines for run in above.runs]
    aligned = any(abs(line.left - start) < 4 for start in starts)
    inside = line.right <= max(run.right for above in block.lines for run in above.runs) + 4
    beyond = [start for start in starts if start > line.left + 4]
    within_its_cell = not beyond or line.right < min(beyond)
    return aligned and inside and within_its_cell and former.middle - line.middle < 2 * former.size


def _is_marked(lines: Sequence[Line], body: float) -> bool:
    return len(lines) <= 2 and all(line.bold or line.size > 1.12 * body for line in lines)


@dataclass(slots=True)
class _Page:
    lines: list[Line] = field(default_factory=list)
    sides: list[Line] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    across: str = ""
    notes: int = 0
    is_picture: bool = False


def _page(document: pypdfium2.PdfDocument, index: int) -> _Page:
    """What stands on a page; nothing on one that pdfium cannot open."""
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return _Page()
    try:
        runs = runs_of(page)
        rules = rules_of(page)
        # The rules are those of the page as it stands: what is written along its sides has none.
        lines, *sides = [lines_of(some, () if rank else rules) for rank, some in enumerate(runs.by_turn)] or [[]]
        words = "".join(line.text for line in lines)
        unreadable = sum(1 for sign in words if sign == "\ufffd" or ord(sign) in _PRIVATE) > 0.3 * len(words)
        picture = (len(words) < _FEWEST_CHARACTERS or unreadable) and _shows_a_picture(page, or_words=unreadable)
        return _Page(
            lines=[] if unreadable else lines,
            sides=[] if unreadable else [line for side in sides for line in side],
            rules=rules,
            across=runs.across,
            notes=sum(1 for number in range(pdfium.FPDFPage_GetAnnotCount(page.raw)) if _is_note(page, number)),
            is_picture=picture,
        )
    finally:
        page.close()


def _is_note(page: pypdfium2.PdfPage, number: int) -> bool:
    """Whether something laid over the words of a page says or strikes something: links, fields and windows do not."""
    annotation = pdfium.FPDFPage_GetAnnot(page.raw, number)
    try:
        return pdfium.FPDFAnnot_GetSubtype(annotation) in _NOTES
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)


def _shows_a_picture(page: pypdfium2.PdfPage, *, or_words: bool) -> bool:
    if or_words:
        return True
    width, height = page.get_size()
    for found in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=4):
        left, bottom, right, top = found.get_bounds()
        if (right - left) * (top - bottom) > 0.25 * width * height:
            return True
    return False


@contextmanager
def _opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise (refusals.protected() if error.err_code == pdfium.FPDF_ERR_PASSWORD else refusals.damaged(_KIND)) from error
    try:
        yield document
    finally:
        document.close()


def _is_contents(lines: Sequence[Line]) -> bool:
    """Whether a page is a table of contents: it says so, and most of its lines end with the number of a page."""
    titled = any(_CONTENTS_TITLE.fullmatch(line.text.strip()) for line in lines[:6])
    ended = sum(1 for line in lines if line.text[-1:].isdigit())
    return titled and ended >= max(5, 0.4 * len(lines))


def _pages(numbers: Sequence[int]) -> str:
    """« Pages 2, 5 à 8 »."""
    groups: list[list[int]] = []
    for number in numbers:
        if groups and number == groups[-1][-1] + 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    said = ", ".join(str(group[0]) if len(group) == 1 else f"{group[0]} à {group[-1]}" for group in groups)
    return f"Page{'s' if len(numbers) > 1 else ''} {said}"
