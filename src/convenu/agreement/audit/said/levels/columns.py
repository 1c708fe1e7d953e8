"""The times of a row, by the titles of its columns."""

from __future__ import annotations

from convenu.agreement.audit.said.levels.subjects import NOT_LEVELS
from convenu.agreement.audit.said.levels.times import MENDED, WORKAROUND, column_kind, counted_by, time_in
from convenu.vocabulary.span import Span


def times_under(header: list[str], cells: list[str]) -> dict[str, Span]:
    """The times of a row by the titles of its columns, which stand one above the other from the right."""
    mended = any(MENDED.search(title) and not WORKAROUND.search(title) for title in header)
    times: dict[str, Span] = {}
    columns = min(len(header), len(cells))
    for title, cell in zip(header[-columns:], cells[-columns:], strict=True):
        span = time_in(cell) or counted_by(title, cell)
        if span is None or NOT_LEVELS.search(title):
            continue
        if mended and WORKAROUND.search(title):
            times.setdefault("workaround", span)
        # A way round mends, where no other column does.
        elif (kind := column_kind(title)) is not None:
            times.setdefault("restoration" if kind == "workaround" else kind, span)
    return times
