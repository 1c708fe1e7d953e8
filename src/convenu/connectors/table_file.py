"""A table from a file of any form that we read, and what a person is shown of it before saying how to take it."""

from __future__ import annotations

from collections import Counter

from convenu.connectors.csv import reading as csv_reading
from convenu.connectors.excel import reading as excel_reading
from convenu.connectors.file_mapping import FileMapping
from convenu.connectors.parquet import reading as parquet_reading
from convenu.connectors.table import Table, text

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
PARQUET, TEXTS = ".parquet", (".csv", ".txt", ".tsv")
TABLES = (*TEXTS, *WORKBOOKS, PARQUET)
_SHOWN = 5
_MANY = 30


def table_of(name: str, content: bytes, mapping: FileMapping) -> Table:
    """The rows of a file, by the ending of its name."""
    if name.lower().endswith(PARQUET):
        return parquet_reading.read(content)
    if name.lower().endswith(WORKBOOKS):
        return excel_reading.read(content, sheet=mapping.sheet or "")
    return csv_reading.read(content, delimiter=mapping.delimiter or "", encoding=mapping.encoding or "")


def sample(source: Table) -> list[dict[str, str]]:
    """The first rows, by column."""
    return [dict(zip(source.columns, (text(cell) for cell in row.cells), strict=False)) for row in source.rows[:_SHOWN]]


def words_of(source: Table, header: str, most: int = _MANY) -> list[str]:
    """The words of a column, the most frequent first."""
    place = source.columns.index(header)
    counts = Counter(text(row.cells[place]) for row in source.rows if place < len(row.cells))
    return [word for word, _ in counts.most_common(most) if word]
