"""Runs the same measure of many tickets on a Spark cluster, from its session; pyspark is an extra (`requirements/spark.txt`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.types as ir

from convenu.bulk.measuring import Rows
from convenu.service.tables import SLOTS, TICKETS, CalendarTable, bounds, consumed

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


class SparkMeasure:
    """The calendars and the tickets of one question in a Spark session: `BulkMeasure` on several machines."""

    def __init__(self, calendars: CalendarTable, session: SparkSession) -> None:
        self.calendars = calendars
        self._session = session
        # Each executor is sent the whole of the calendars, which are small: tickets then stay where they are.
        self._frame(SLOTS, calendars.rows).hint("broadcast").createOrReplaceTempView("slots")

    def rows(self, tickets: Rows, parts: Rows) -> None:
        """Take tickets and parts of tickets as rows, in the order of the columns of `service.tables`."""
        for name, rows in (("tickets", tickets), ("parts", parts)):
            self._frame(TICKETS, rows).createOrReplaceTempView(name)
            self._look(name)

    def files(self, tickets: str, parts: str) -> None:
        """Take tickets and parts of tickets from Parquet files of those columns, wherever the cluster reads them."""
        for name, path in (("tickets", tickets), ("parts", parts)):
            self._session.read.parquet(path).createOrReplaceTempView(name)
            self._look(name)

    def ask(self, question: ir.Table) -> list[dict[str, Any]]:
        """The rows of an expression of `service.tables`."""
        return [row.asDict() for row in self._session.sql(str(ibis.to_sql(question, dialect="pyspark"))).collect()]

    def consumed(self) -> dict[int, int]:
        """What each ticket consumed."""
        return {row["ticket"]: row["consumed"] for row in self.ask(consumed(self.calendars))}

    def _look(self, name: str) -> None:
        (found,) = self.ask(bounds(name))
        self.calendars.refuse(found)

    def _frame(self, schema: Mapping[str, str], rows: Rows) -> DataFrame:
        columns = ", ".join(f"{column} {_TYPES[kind]}" for column, kind in schema.items())
        return self._session.createDataFrame([tuple(row) for row in rows], columns)


_TYPES = {"int32": "int", "int64": "bigint"}
