"""Service levels in a table that its file lost: one cell a line."""

from __future__ import annotations

from collections.abc import Iterator

from convenu.agreement.audit.looking.looking import Looker
from convenu.agreement.audit.said.levels.level import ReadLevel, timed_level
from convenu.agreement.audit.said.levels.priorities import priority_in
from convenu.agreement.audit.said.levels.subjects import NOT_CALLS, NOT_LEVELS, names_calls
from convenu.agreement.audit.said.levels.times import A_TIME, NO_TIME, column_kind, numbered, time_in
from convenu.vocabulary.span import Span

# Its cells are short, the one that names a priority and those of its times most of all.
LONGEST_CELL = 12
SHORT_CELL = 4
_MOST_COLUMNS = 5


def levels_in_lines(looker: Looker) -> Iterator[ReadLevel]:
    """The rows of a table written one cell a line: the titles of its columns, then each priority with as many times as titles of times."""
    document = looker.document
    at = 0
    while at < len(document.sentences):
        heads = _column_lines(looker, at)
        if not heads:
            at += 1
            continue
        kinds = [kind for title in heads if (kind := column_kind(title)) is not None]
        at += len(heads)
        while (row := _row_lines(looker, at := _next_row(looker, at))) is not None:
            priority, spans, following = row
            times = {kind: span for kind, span in zip(kinds, spans, strict=False) if span is not None}
            if times and len(spans) == len(kinds):
                sentence = document.sentences[at]
                yield timed_level(priority, times, looker.quote(sentence.low, document.sentences[following - 1].high))
            at = following


def _next_row(looker: Looker, start: int) -> int:
    """Where the next row begins, past the cells of the columns that name no time."""
    for place, words in zip(range(start, start + _MOST_COLUMNS), _lines(looker, start), strict=False):
        if priority_in(words) and time_in(words) is None:
            return place
    return start


def _lines(looker: Looker, start: int) -> Iterator[str]:
    """The short sentences that follow one another from a place, in one article."""
    document = looker.document
    for place in range(start, len(document.sentences)):
        sentence = document.sentences[place]
        words = numbered(document.words(sentence)).strip()
        if sentence.row or sentence.article != document.sentences[start].article or len(words.split()) > LONGEST_CELL:
            return
        yield words


def _column_lines(looker: Looker, start: int) -> list[str]:
    """The titles of columns that begin at a place: what names the calls, then the others up to the last that names times."""
    titles: list[str] = []
    for words in _lines(looker, start):
        if len(titles) == _MOST_COLUMNS or len(words.split()) > SHORT_CELL or A_TIME.search(words) or priority_in(words):
            break
        titles.append(words)
    while titles and column_kind(titles[-1]) is None:
        titles.pop()
    named = len(titles) > 1 and column_kind(titles[0]) is None and names_calls(titles[0])
    return titles if named and not any(NOT_LEVELS.search(title) or NOT_CALLS.search(title) for title in titles) else []


def _row_lines(looker: Looker, start: int) -> tuple[str, list[Span | None], int] | None:
    """The priority that a line names, the times of the lines after it, and where the next row begins; None where no row does."""
    name: str | None = None
    spans: list[Span | None] = []
    end = start
    for end, words in enumerate(_lines(looker, start), start):
        short = len(words.split()) <= SHORT_CELL
        span = time_in(words) if short else None
        here = priority_in(words) if short and span is None else None
        if name is None:
            if here is None:
                return None
            name = here
        elif span is not None or NO_TIME.match(words):
            spans.append(span)
        elif spans:
            return name, spans, end
    return (name, spans, end + 1) if name is not None and spans else None
