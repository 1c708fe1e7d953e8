"""Service levels in a table that its file lost: one cell a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from convenu.agreement.audit.looking.looking import Looker
from convenu.agreement.audit.said.levels.columns import times_under
from convenu.agreement.audit.said.levels.level import ReadLevel, timed_level
from convenu.agreement.audit.said.levels.priorities import name_alone, priority_in
from convenu.agreement.audit.said.levels.subjects import NOT_CALLS, NOT_LEVELS, names_calls
from convenu.agreement.audit.said.levels.times import A_TIME, NO_TIME, column_kind, numbered, time_in
from convenu.agreement.audit.words.shadow import plain
from convenu.vocabulary.span import Span

# Its cells are short, the one that names a priority and those of its times most of all.
LONGEST_CELL = 12
SHORT_CELL = 4
# « Objectif de remise en route », a title of a column.
_LONGEST_TITLE = 6
_MOST_COLUMNS = 7


@dataclass(frozen=True, slots=True)
class _Cell:
    """A line that may be a cell of a lost table: its words in the shadow, its stretch there, and the article it stands in."""

    words: str
    low: int
    high: int
    article: int
    row: bool


def levels_in_lines(looker: Looker) -> Iterator[ReadLevel]:
    """The rows of a table written one cell a line: the titles of its columns, then each priority with as many times as titles of times.

    A row that has as many cells as the table has columns is read by their titles.
    """
    cells = list(_cells(looker))
    at = 0
    while at < len(cells):
        heads = _column_lines(cells, at)
        if not heads:
            at += 1
            continue
        kinds = [kind for title in heads if (kind := column_kind(title)) is not None]
        at += len(heads)
        while (row := _row_lines(cells, at := _next_row(cells, at))) is not None:
            priority, spans, following = row
            times = {kind: span for kind, span in zip(kinds, spans, strict=False) if span is not None}
            if len(spans) != len(kinds):
                times = times_under(heads, [one.words for one in cells[at:following]]) if following == at + len(heads) else {}
            if times:
                yield timed_level(priority, times, looker.quote(cells[at].low, cells[following - 1].high))
            at = following


def _cells(looker: Looker) -> Iterator[_Cell]:
    """The sentences, and the lines of those in which a time that stands alone on its line was joined to the line above or below."""
    document = looker.document
    for sentence in document.sentences:
        lines = document.clauses[sentence.start : sentence.end].split("\n")
        if sentence.row or len(lines) == 1 or not any(_is_time(numbered(plain(line)).strip()) for line in lines):
            yield _Cell(numbered(document.words(sentence)).strip(), sentence.low, sentence.high, sentence.article, sentence.row)
            continue
        start = sentence.start
        for line in lines:
            low, high = document.shadow.at(start), document.shadow.at(start + len(line))
            start += len(line) + 1
            yield _Cell(numbered(plain(line)).strip(), low, high, sentence.article, row=False)


def _is_time(line: str) -> bool:
    """Whether a time, or that there is none, is all that a line says."""
    return 0 < len(line.split()) <= SHORT_CELL and (NO_TIME.match(line) is not None or time_in(line) is not None)


def _next_row(cells: list[_Cell], start: int) -> int:
    """Where the next row begins, past the cells of the columns that name no time."""
    for place, words in zip(range(start, start + _MOST_COLUMNS), _lines(cells, start), strict=False):
        if (name_alone(words) or priority_in(words)) and time_in(words) is None:
            return place
    return start


def _lines(cells: list[_Cell], start: int) -> Iterator[str]:
    """The short lines that follow one another from a place, in one article."""
    for cell in islice(cells, start, None):
        if cell.row or cell.article != cells[start].article or len(cell.words.split()) > LONGEST_CELL:
            return
        yield cell.words


def _column_lines(cells: list[_Cell], start: int) -> list[str]:
    """The titles of columns that begin at a place: what names the calls, then the others up to the last that names times."""
    titles: list[str] = []
    for words in _lines(cells, start):
        if (
            len(titles) == _MOST_COLUMNS
            or len(words.split()) > _LONGEST_TITLE
            or A_TIME.search(words)
            or name_alone(words)
            or priority_in(words)
        ):
            break
        titles.append(words)
    while titles and column_kind(titles[-1]) is None:
        titles.pop()
    named = len(titles) > 1 and column_kind(titles[0]) is None and names_calls(titles[0])
    return titles if named and not any(NOT_LEVELS.search(title) or NOT_CALLS.search(title) for title in titles) else []


def _row_lines(cells: list[_Cell], start: int) -> tuple[str, list[Span | None], int] | None:
    """The priority that a line names, the times of the lines after it, and where the next row begins; None where no row does."""
    name: str | None = None
    spans: list[Span | None] = []
    end = start
    for end, words in enumerate(_lines(cells, start), start):
        short = len(words.split()) <= SHORT_CELL
        span = time_in(words) if short else None
        here = (name_alone(words) or priority_in(words)) if short and span is None else None
        if name is None:
            if here is None:
                return None
            name = here
        elif span is not None or NO_TIME.match(words):
            spans.append(span)
        elif spans:
            return name, spans, end
    return (name, spans, end + 1) if name is not None and spans else None
