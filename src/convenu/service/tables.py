"""The measure of many tickets as one expression on tables, for any engine of tables: whole numbers, joins on equality, sums.

A calendar is a row for each UTC day: the open seconds before it and its open intervals, so that the open seconds before an instant are
`before + Σ min(max(second − offset, 0), length)`. Its key is one small whole number, made of the calendar's number and the day's, which
engines look up in an array. What a ticket consumed is that sum at its end less that at its start, less the same for each pause. Pauses
of a ticket must not overlap (`waits.disjoint`) and must lie within it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from convenu.service.local_time import DAY
from convenu.service.open_time import OpenTime

TICKETS = {"ticket": "int64", "calendar": "int32", "priority": "int32", "started": "int64", "reached": "int64", "target": "int64"}
PAUSES = {"ticket": "int64", "calendar": "int32", "began": "int64", "ended": "int64"}
# A key is `calendar × DAYS + day`, days counted from 1970: until 2243.
DAYS, CALENDARS = 100_000, 20_000
# A histogram ends with a bucket for all that is longer.
LAST_BUCKET = 999


@dataclass(frozen=True, slots=True)
class CalendarTable:
    """The rows of some calendars, by their numbers, with as many intervals a day as the fullest day has."""

    intervals: int
    rows: tuple[tuple[int, ...], ...]

    @property
    def schema(self) -> dict[str, str]:
        """The columns, in the order of the rows."""
        return calendar_schema(self.intervals)


def calendar_schema(intervals: int) -> dict[str, str]:
    """The columns of a calendar table with so many intervals a day."""
    pairs = {f"{name}{number}": "int32" for number in range(1, intervals + 1) for name in ("offset", "length")}
    return {"key": "int32", "before": "int64", **pairs}


def calendar_table(calendars: Mapping[int, OpenTime], start: int, end: int) -> CalendarTable:
    """The days of calendars, by the number of each, that hold every instant from `start` to `end`."""
    first, last = start // DAY, end // DAY
    if calendars and not (0 <= min(calendars) <= max(calendars) < CALENDARS and 0 <= first <= last < DAYS):
        raise ValueError(
            f"calendars are numbered from 0 to {CALENDARS - 1} and days begin in 1970, so that both make one key. Number them again."
        )
    days = [(number, row) for number, clock in sorted(calendars.items()) for row in clock.rows(first, last)]
    widest = max((len(row.intervals) for _, row in days), default=0)
    return CalendarTable(widest, tuple((number * DAYS + row.day, row.before, *_padded(row.intervals, widest)) for number, row in days))


def _padded(intervals: tuple[tuple[int, int], ...], width: int) -> Iterator[int]:
    for interval in (*intervals, *((0, 0) for _ in range(width - len(intervals)))):
        yield from interval


def consumed(intervals: int) -> ir.Table:
    """For each ticket of the table `tickets`, under `pauses` and `days`, what it consumed and whether its target was kept (1 or 0)."""
    tickets, pauses = ibis.table(TICKETS, name="tickets"), ibis.table(PAUSES, name="pauses")
    waited = _open_between(pauses, "began", "ended", intervals).group_by("ticket").aggregate(paused=lambda row: row.open_seconds.sum())
    lived = _open_between(tickets, "started", "reached", intervals).left_join(waited, "ticket")
    measured = lived.mutate(consumed=lived.open_seconds - ibis.coalesce(lived.paused, 0))
    return measured.select("ticket", "calendar", "priority", "target", "consumed", met=(measured.consumed <= measured.target).cast("int32"))


def _open_between(source: ir.Table, start: str, end: str, intervals: int) -> ir.Table:
    """The rows of a table with the open seconds of their calendar between two of their instants."""
    placed = source
    for side, name in (("start", start), ("end", end)):
        days = ibis.table(calendar_schema(intervals), name="days").rename(
            {f"{side}_{column}": column for column in calendar_schema(intervals)}
        )
        key = (source.calendar * DAYS + source[name] // DAY).cast("int32")
        placed = placed.join(days, key == days[f"{side}_key"])
    open_seconds = _open_before(placed, end, "end", intervals) - _open_before(placed, start, "start", intervals)
    return placed.select(*source.columns, open_seconds=open_seconds)


def _open_before(row: ir.Table, name: str, side: str, intervals: int) -> ir.IntegerValue:
    """The open seconds of the calendar before one instant of a row."""
    total, second = row[f"{side}_before"], row[name] % DAY
    for number in range(1, intervals + 1):
        total += ibis.least(ibis.greatest(second - row[f"{side}_offset{number}"], 0), row[f"{side}_length{number}"])
    return total


def summary(intervals: int) -> ir.Table:
    """By calendar and priority: how many tickets, how many kept, and the seconds consumed in all."""
    each = consumed(intervals)
    return each.group_by(["calendar", "priority"]).aggregate(tickets=each.count(), met=each.met.sum(), consumed=each.consumed.sum())


def histogram(intervals: int, width: int) -> ir.Table:
    """By calendar and priority, how many tickets consumed `at_least` so many seconds and less than `width` more."""
    each = consumed(intervals)
    placed = each.mutate(at_least=ibis.least(each.consumed - each.consumed % width, LAST_BUCKET * width))
    return placed.group_by(["calendar", "priority", "at_least"]).aggregate(tickets=placed.count())
