"""Runs the same measure of many tickets on a Spark cluster, from its session; pyspark is an extra (`requirements/spark.txt`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.types as ir

from convenu.bulk.measuring import Rows
from convenu.service.tables import PAUSES, TICKETS, CalendarTable, consumed

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class SparkMeasure:
    """The calendars, tickets and pauses of one question in a Spark session: `BulkMeasure` on several machines."""

    def __init__(self, calendars: CalendarTable, session: SparkSession) -> None:
        self.intervals = calendars.intervals
        self._session = session
        self._fill("days", calendars.schema, calendars.rows)

    def rows(self, tickets: Rows, pauses: Rows) -> None:
        """Take tickets and pauses as rows, in the order of the columns of `service.tables`."""
        self._fill("tickets", TICKETS, tickets)
        self._fill("pauses", PAUSES, pauses)

    def files(self, tickets: str, pauses: str) -> None:
        """Take tickets and pauses from Parquet files of those columns, wherever the cluster reads them."""
        for name, path in (("tickets", tickets), ("pauses", pauses)):
            self._session.read.parquet(path).createOrReplaceTempView(name)

    def ask(self, question: ir.Table) -> list[dict[str, Any]]:
        """The rows of an expression of `service.tables`."""
        return [row.asDict() for row in self._session.sql(str(ibis.to_sql(question, dialect="pyspark"))).collect()]

    def consumed(self) -> dict[int, int]:
        """What each ticket consumed."""
        return {row["ticket"]: row["consumed"] for row in self.ask(consumed(self.intervals))}

    def _fill(self, name: str, schema: Mapping[str, str], rows: Rows) -> None:
        columns = ", ".join(f"{column} {_TYPES[kind]}" for column, kind in schema.items())
        self._session.createDataFrame([tuple(row) for row in rows], columns).createOrReplaceTempView(name)


_TYPES = {"int32": "int", "int64": "bigint"}
