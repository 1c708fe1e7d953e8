"""A stranger's document as read: its words in one string, and blocks that say what each stretch is and where it stood.

Everything said about a document afterwards quotes it by positions in `text` (offsets of a Python string), so that each word is found again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class ReadKind(StrEnum):
    """What a stretch of a document is; contents are the entries of its table of contents, which agree on nothing."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    CONTENTS = "contents"
    NOTE = "note"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a stretch stood in the file, counted from one: its page, None where the format has none, and its paragraph on that page.

    Where there is no page, the paragraph is counted from the beginning of the document.
    """

    page: int | None = None
    paragraph: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBlock:
    """A stretch `text[start:end]` of one kind, its printed number included.

    A row says where each of its cells is (a cell that goes on from the row above is where it was written); a heading its level when the
    file tells it, 0 for the title of the document.
    """

    kind: ReadKind
    start: int
    end: int
    level: int | None = None
    number: str = ""
    position: Position = Position()
    cells: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadText:
    """A document as read: `text`, its blocks in reading order, and what was left out or doubtful, a French sentence each."""

    name: str
    text: str
    blocks: tuple[ReadBlock, ...]
    not_read: tuple[str, ...] = field(default=())

    def words(self, block: ReadBlock) -> str:
        """The words of a block."""
        return self.text[block.start : block.end]

    def rows(self, block: ReadBlock) -> Iterator[str]:
        """The words of each cell of a row."""
        return (self.text[start:end] for start, end in block.cells)

    def at(self, offset: int) -> ReadBlock | None:
        """The block that holds a position, if one does."""
        return next((block for block in self.blocks if block.start <= offset < block.end), None)
