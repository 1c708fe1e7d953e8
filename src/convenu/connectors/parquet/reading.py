"""Reads a Parquet file through DuckDB."""

from __future__ import annotations

import tempfile

import duckdb

from convenu.connectors.table import Row, Table, table
from convenu.vocabulary.mistakes import Mistake, MistakesError


def read(content: bytes) -> Table:
    """The table of a file; rows are numbered from 1."""
    # DuckDB reads Parquet from a file: this one has no name, and is gone whatever becomes of this process.
    with tempfile.TemporaryFile() as kept, duckdb.connect() as base:
        kept.write(content)
        kept.flush()
        try:
            found = base.execute("SELECT * FROM read_parquet(?)", [f"/dev/fd/{kept.fileno()}"])
            columns = [column[0] for column in found.description or ()]
            rows = [Row(number, cells) for number, cells in enumerate(found.fetchall(), start=1)]
        except duckdb.Error as error:
            raise MistakesError([Mistake("fichier", "fichier Parquet illisible", "Vérifiez l’export.")]) from error
    return table(columns, rows, {})
