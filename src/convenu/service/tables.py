"""The measure of many tickets as one expression on tables, for any engine of tables: whole numbers, joins on equality, sums.

A calendar is cut into slots of UTC time, each short enough to open at most once: a slot is a row, and the open seconds before an instant
of it are that instant, held between its opening and its closing, plus what the row says to add. The key of a slot is one whole number,
with no gap from one slot or one calendar to the next, so that engines look it up in an array. What a ticket consumed is the open seconds
before its end less those before its start, less the same for each pause. Pauses of a ticket must not overlap (`waits.disjoint`) and must
lie within it.

A ticket is a row that carries its pauses, so that nothing large is grouped nor joined. One that paused more often than a row holds is
several rows of another table, and only those are added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import ibis
import ibis.expr.types as ir

from convenu.service.local_time import DAY
from convenu.service.open_time import OpenTime

PAUSES_A_ROW = 2
_PAUSES = tuple((f"began{number}", f"ended{number}") for number in range(1, PAUSES_A_ROW + 1))
_INSTANTS = ("started", "reached", *(name for pause in _PAUSES for name in pause))
# The columns of `tickets`, a row a ticket, and of `parts`, the rows of the others: a part that is not the first ends where it starts. A
# pause that is not there ends where it begins, at any instant of the ticket.
TICKETS = {"ticket": "int64", "calendar": "int32", "priority": "int32", "target": "int64", **dict.fromkeys(_INSTANTS, "int64")}
SLOTS = {"key": "int32", "opens": "int64", "closes": "int64", "added": "int64"}
# A histogram ends with a bucket for all that is longer.
LAST_BUCKET = 999
_LENGTHS = tuple(DAY // parts for parts in (1, 2, 3, 4, 6, 8, 12, 24, 48, 96, 288, 1440))
_MOST_KEYS = 2**31


@dataclass(frozen=True, slots=True)
class CalendarTable:
    """The slots of some calendars: so many seconds each, so many a calendar, the first at a number counted from 1970."""

    length: int
    first: int
    slots: int
    calendars: int
    rows: tuple[tuple[int, ...], ...]

    def key(self, calendar: ir.IntegerValue, moment: ir.IntegerValue) -> ir.IntegerValue:
        """The key of the slot of an instant."""
        return (calendar * self.slots - self.first + moment // self.length).cast("int32")

    def refuse(self, row: Mapping[str, int | None]) -> None:
        """Raise ValueError when the `bounds` of a table of tickets pass those of the calendars: another slot would be taken for theirs."""
        if row["start"] is None or row["end"] is None or row["least"] is None or row["most"] is None:
            return
        first, last = self.first * self.length, (self.first + self.slots) * self.length - 1
        if row["start"] < first or row["end"] > last or row["least"] < 0 or row["most"] >= self.calendars:
            raise ValueError(
                f"tickets run from {row['start']} to {row['end']} on calendars {row['least']} to {row['most']}; the table holds {first} to "
                f"{last} and {self.calendars} calendars. Make it again with `calendar_table` for these instants."
            )


def calendar_table(calendars: Mapping[int, OpenTime], start: int, end: int) -> CalendarTable:
    """The slots of calendars, numbered from 0, that hold every instant from `start` to `end`."""
    if sorted(calendars) != list(range(len(calendars))):
        raise ValueError("calendars are numbered from 0 without a gap. Number them again.")
    # Whole days, so that slots of any length begin and end with them.
    begin, stop = start // DAY * DAY, (end // DAY + 1) * DAY
    openings = [calendars[number].intervals(begin, stop) for number in range(len(calendars))]
    length = next((length for length in _LENGTHS if all(_opens_once(each, length) for each in openings)), None)
    if length is None:
        raise ValueError("a calendar opens twice within one minute. Join its intervals.")
    first, slots = begin // length, (stop - begin) // length
    if slots * len(calendars) > _MOST_KEYS:
        raise ValueError(f"{len(calendars)} calendars of {slots} slots have more keys than {_MOST_KEYS}. Ask for fewer years at once.")
    found = (slot for each in openings for slot in _cut(each, length, range(first, first + slots)))
    return CalendarTable(length, first, slots, len(calendars), tuple((key, *slot) for key, slot in enumerate(found)))


def _opens_once(openings: Iterable[tuple[int, int]], length: int) -> bool:
    """Whether no slot of a length holds two openings or parts of them."""
    return all((closes - 1) // length < opens // length for (_, closes), (opens, _) in pairwise(openings))


def _cut(openings: Iterable[tuple[int, int]], length: int, slots: range) -> Iterator[tuple[int, int, int]]:
    """For each slot, its opening, its closing, and what added to an instant between them gives the open seconds before it."""
    pieces = {
        slot: (max(opens, slot * length), min(closes, (slot + 1) * length))
        for opens, closes in openings
        for slot in range(opens // length, (closes - 1) // length + 1)
    }
    before = 0
    for slot in slots:
        opens, closes = pieces.get(slot, (slot * length, slot * length))
        yield opens, closes, before - opens
        before += closes - opens


def bounds(table: str) -> ir.Table:
    """The first and last instants and the least and greatest calendar of `tickets` or `parts`, for `CalendarTable.refuse`."""
    rows = ibis.table(TICKETS, name=table)
    return rows.aggregate(start=rows.started.min(), end=rows.reached.max(), least=rows.calendar.min(), most=rows.calendar.max())


def consumed(calendars: CalendarTable) -> ir.Table:
    """For each ticket of `tickets` and `parts`, under `slots`, what it consumed and whether its target was kept (1 or 0)."""
    whole, parts = (_measured(ibis.table(TICKETS, name=name), calendars) for name in ("tickets", "parts"))
    together = parts.group_by(["ticket", "calendar", "priority", "target"]).aggregate(consumed=parts.consumed.sum().cast("int32"))
    each = whole.union(together)
    return each.mutate(met=(each.consumed <= each.target).cast("int32"))


def _measured(source: ir.Table, calendars: CalendarTable) -> ir.Table:
    """Each row with the open seconds of its calendar from its start to its end, less those of its pauses, at most 68 years of them."""
    # Keys are columns before any join: of keys worked out within a join, DuckDB expects so little that it hashes the tickets.
    placed = source.mutate({f"{name}_slot": calendars.key(source.calendar, source[name]) for name in _INSTANTS})
    for name in _INSTANTS:
        slots = ibis.table(SLOTS, name="slots").rename({f"{name}_{column}": column for column in SLOTS})
        placed = placed.join(slots, placed[f"{name}_slot"] == slots[f"{name}_key"])
    measured = _open_before(placed, "reached") - _open_before(placed, "started")
    for began, ended in _PAUSES:
        measured -= _open_before(placed, ended) - _open_before(placed, began)
    return placed.select("ticket", "calendar", "priority", "target", consumed=measured.cast("int32"))


def _open_before(row: ir.Table, name: str) -> ir.IntegerValue:
    """The open seconds of the calendar before one instant of a row."""
    moment, opens, closes = row[name], row[f"{name}_opens"], row[f"{name}_closes"]
    # Two cases, where `least(greatest())` takes DuckDB three times as long.
    return ibis.cases((moment < opens, opens), (moment > closes, closes), else_=moment) + row[f"{name}_added"]


def summary(calendars: CalendarTable) -> ir.Table:
    """By calendar and priority: how many tickets, how many kept, and the seconds consumed in all."""
    each = consumed(calendars)
    return each.group_by(["calendar", "priority"]).aggregate(tickets=each.count(), met=each.met.sum(), consumed=each.consumed.sum())


def histogram(calendars: CalendarTable, width: int) -> ir.Table:
    """By calendar and priority, how many tickets consumed `at_least` so many seconds and less than `width` more."""
    each = consumed(calendars)
    placed = each.mutate(at_least=ibis.least(each.consumed - each.consumed % width, LAST_BUCKET * width))
    return placed.group_by(["calendar", "priority", "at_least"]).aggregate(tickets=placed.count())
