"""The paragraphs of somebody's Word file, with the headings they stand under."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from convenu.documents.strangers import StrangerError, bound_this_process, read_apart

MAX_FILE = 10_000_000
MAX_EXPANDED = 80_000_000
MAX_ENTRIES = 3_000
MAX_PARAGRAPHS = 5_000
LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """A paragraph as typed: its words, its level when it is a heading (0 for plain text), and whether it is an item of a list."""

    words: str
    level: int = 0
    item: bool = False


def read_paragraphs(content: bytes) -> tuple[WordParagraph, ...]:
    """The paragraphs of a Word file that a stranger wrote, read apart; `StrangerError` when it cannot be."""
    if len(content) > MAX_FILE:
        raise StrangerError("the file is too big")
    return tuple(WordParagraph(*one) for one in json.loads(read_apart(__name__, content)))


def paragraphs_in(content: bytes) -> Iterator[WordParagraph]:
    """The same, in this very process: for the one that reads apart."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        entries = packed.infolist()
        if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_EXPANDED:
            raise StrangerError("the file is too big once unpacked")
    found = 0
    for paragraph in _paragraphs(Document(io.BytesIO(content))):
        words = " ".join(paragraph.text.split())
        if words and found < MAX_PARAGRAPHS:
            found += 1
            yield WordParagraph(words[:LONGEST], _level(paragraph), _is_item(paragraph))


def _paragraphs(document: Opened) -> Iterator[Paragraph]:
    """Paragraphs in reading order, those of tables included."""
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from cell.paragraphs
        else:
            yield block


def _level(paragraph: Paragraph) -> int:
    """1 for « Heading 1 » and « Titre 1 », whatever the language of Word, by the style's outline level."""
    style = paragraph.style
    while style is not None:
        outline = style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if outline is not None:
            return int(outline.get(qn("w:val"), "9")) + 1 if int(outline.get(qn("w:val"), "9")) < 9 else 0
        name = style.name or ""
        if name.lower().startswith(("heading ", "titre ")) and name[-1:].isdigit():
            return int(name[-1])
        style = style.base_style
    return 0


def _is_item(paragraph: Paragraph) -> bool:
    numbered = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None  # noqa: SLF001 - python-docx gives numbering no public name
    name = ((paragraph.style.name if paragraph.style else "") or "").lower()
    return (numbered and not _level(paragraph)) or name.startswith(("list", "liste"))


def main() -> None:
    """Read the file on the standard input and print its paragraphs as JSON."""
    bound_this_process()
    paragraphs = paragraphs_in(sys.stdin.buffer.read(MAX_FILE + 1))
    sys.stdout.write(json.dumps([[one.words, one.level, one.item] for one in paragraphs]))


if __name__ == "__main__":
    main()
