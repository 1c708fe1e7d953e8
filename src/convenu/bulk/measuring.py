"""Runs the measure of many tickets on DuckDB, from Parquet files or from results already cut into rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir

from convenu.service.clock import Result
from convenu.service.tables import PAUSES, TICKETS, CalendarTable, consumed
from convenu.service.waits import disjoint

_BATCH = 50_000
Rows = Sequence[Sequence[int]]


class BulkMeasure:
    """A DuckDB of its own holding the calendars, tickets and pauses of one question."""

    def __init__(self, calendars: CalendarTable, *, threads: int | None = None, memory: str | None = None) -> None:
        self.intervals = calendars.intervals
        self._base = duckdb.connect()
        if threads is not None:
            self._base.execute(f"SET threads = {int(threads)}")
        if memory is not None:
            self._base.execute("SET memory_limit = ?", [memory])
        self._fill("days", calendars.schema, calendars.rows)

    def rows(self, tickets: Rows, pauses: Rows) -> None:
        """Take tickets and pauses as rows, in the order of the columns of `service.tables`."""
        self._fill("tickets", TICKETS, tickets)
        self._fill("pauses", PAUSES, pauses)

    def files(self, tickets: Path, pauses: Path) -> None:
        """Take tickets and pauses from Parquet files of those columns."""
        for name, path in (("tickets", tickets), ("pauses", pauses)):
            self._base.read_parquet(str(path)).create_view(name)

    def ask(self, question: ir.Table) -> list[dict[str, Any]]:
        """The rows of an expression of `service.tables`."""
        found = self._base.execute(sql(question))
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def consumed(self) -> dict[int, int]:
        """What each ticket consumed."""
        return {row["ticket"]: row["consumed"] for row in self.ask(consumed(self.intervals))}

    def save(self, folder: Path) -> tuple[Path, Path]:
        """Write the tickets and the pauses as Parquet files in a folder, for later questions."""
        paths = (folder / "tickets.parquet", folder / "pauses.parquet")
        for path in paths:
            self._base.table(path.stem).write_parquet(str(path))
        return paths

    def close(self) -> None:
        """Free the memory."""
        self._base.close()

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


def sql(question: ir.Table) -> str:
    """The expression in DuckDB's words."""
    return str(ibis.to_sql(question, dialect="duckdb"))


def rows_of(results: Iterable[Result], calendars: Mapping[int, int]) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """The rows of results that were counted: tickets numbered in their order, and their pauses.

    `calendars` gives the number of each clock, by its `id`; the priority « P2 » is 2.
    """
    tickets: list[tuple[int, ...]] = []
    pauses: list[tuple[int, ...]] = []
    for number, one in enumerate(results):
        if one.clock is None or one.start is None or one.until is None or one.target is None:
            continue
        calendar, end = calendars[id(one.clock)], max(one.start, one.until)
        tickets.append((number, calendar, int(one.priority[1:]), one.start, end, one.target))
        for spell in disjoint(one.spells):
            began, ended = max(one.start, spell.start), end if spell.end is None else min(end, spell.end)
            if began < ended:
                pauses.append((number, calendar, began, ended))
    return tickets, pauses
