"""Reads a Parquet file through DuckDB."""

from __future__ import annotations

from pathlib import Path

import duckdb

from convenu.connectors.table import Row, Table, table
from convenu.vocabulary.mistakes import Mistake, MistakesError


def read(path: Path) -> Table:
    """The table of a file; rows are numbered from 1."""
    with duckdb.connect() as base:
        try:
            found = base.execute("SELECT * FROM read_parquet(?)", [str(path)])
            columns = [column[0] for column in found.description or ()]
            rows = [Row(number, cells) for number, cells in enumerate(found.fetchall(), start=1)]
        except duckdb.Error as error:
            raise MistakesError([Mistake(str(path), "fichier Parquet illisible", "Vérifiez l’export.")]) from error
    return table(columns, rows, {})
