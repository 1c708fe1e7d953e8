"""Runs the measure of many tickets on DuckDB, from Parquet files or from results already cut into rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir

from convenu.service.clock import Result
from convenu.service.tables import PAUSES_A_ROW, SLOTS, TICKETS, CalendarTable, bounds, consumed
from convenu.service.waits import disjoint

_BATCH = 50_000
Rows = Sequence[Sequence[int]]


class BulkMeasure:
    """A DuckDB of its own holding the calendars and the tickets of one question."""

    def __init__(self, calendars: CalendarTable, *, threads: int | None = None, memory: str | None = None) -> None:
        self.calendars = calendars
        self._base = duckdb.connect()
        if threads is not None:
            self._base.execute(f"SET threads = {int(threads)}")
        if memory is not None:
            self._base.execute("SET memory_limit = ?", [memory])
        self._fill("slots", SLOTS, calendars.rows)

    def rows(self, tickets: Rows, parts: Rows) -> None:
        """Take tickets and parts of tickets as rows, in the order of the columns of `service.tables`."""
        for name, rows in (("tickets", tickets), ("parts", parts)):
            self._fill(name, TICKETS, rows)
            self._look(name)

    def files(self, tickets: Path, parts: Path) -> None:
        """Take tickets and parts of tickets from Parquet files of those columns."""
        for name, path in (("tickets", tickets), ("parts", parts)):
            self._base.read_parquet(str(path)).create_view(name)
            self._look(name)

    def ask(self, question: ir.Table) -> list[dict[str, Any]]:
        """The rows of an expression of `service.tables`."""
        found = self._base.execute(sql(question))
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def consumed(self) -> dict[int, int]:
        """What each ticket consumed."""
        return {row["ticket"]: row["consumed"] for row in self.ask(consumed(self.calendars))}

    def save(self, folder: Path) -> tuple[Path, Path]:
        """Write the tickets and the parts of tickets as Parquet files in a folder, for later questions."""
        paths = (folder / "tickets.parquet", folder / "parts.parquet")
        for path in paths:
            self._base.table(path.stem).write_parquet(str(path))
        return paths

    def close(self) -> None:
        """Free the memory."""
        self._base.close()

    def _look(self, name: str) -> None:
        (found,) = self.ask(bounds(name))
        self.calendars.refuse(found)

    def _fill(self, name: str, schema: Mapping[str, str], rows: Rows) -> None:
        columns = ", ".join(f'"{column}" {_TYPES[kind]}' for column, kind in schema.items())
        self._base.execute(f"CREATE OR REPLACE TABLE {name} ({columns})")
        width = len(schema)
        for start in range(0, len(rows), _BATCH):
            batch = rows[start : start + _BATCH]
            lists = [[row[column] for row in batch] for column in range(width)]
            unnested = ", ".join("unnest(?)" for _ in range(width))
            self._base.execute(f"INSERT INTO {name} SELECT {unnested}", lists)


_TYPES = {"int32": "INTEGER", "int64": "BIGINT"}


@lru_cache(maxsize=32)
def sql(question: ir.Table) -> str:
    """The expression in DuckDB's words, written once for a question asked several times."""
    return str(ibis.to_sql(question, dialect="duckdb"))


def rows_of(results: Iterable[Result], calendars: Mapping[int, int]) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """The rows of results that were counted, numbered in their order: tickets of one row, then the parts of those of several.

    `calendars` gives the number of each clock, by its `id`; the priority « P2 » is 2.
    """
    tickets: list[tuple[int, ...]] = []
    parts: list[tuple[int, ...]] = []
    for number, one in enumerate(results):
        if one.clock is None or one.start is None or one.until is None or one.target is None:
            continue
        start, end = one.start, max(one.start, one.until)
        pauses = [(max(start, spell.start), end if spell.end is None else min(end, spell.end)) for spell in disjoint(one.spells)]
        head = (number, calendars[id(one.clock)], int(one.priority[1:]), one.target)
        rows = [(*head, *instants) for instants in _instants(start, end, [(began, ended) for began, ended in pauses if began < ended])]
        (tickets if len(rows) == 1 else parts).extend(rows)
    return tickets, parts


def _instants(start: int, end: int, pauses: Sequence[tuple[int, int]]) -> Iterator[tuple[int, ...]]:
    """The instants of each row of a ticket: its start and its end, those of a part being one, then its pauses, those missing being none."""
    none = (start, start)
    for first in range(0, max(1, len(pauses)), PAUSES_A_ROW):
        held = pauses[first : first + PAUSES_A_ROW]
        lived = none if first else (start, end)
        yield (*lived, *chain.from_iterable(held), *none * (PAUSES_A_ROW - len(held)))
