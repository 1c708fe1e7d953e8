"""A sheet of rows under named columns, whatever file it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from convenu.vocabulary.mistakes import Mistake, MistakesError

Cell = str | int | float | bool | date | datetime | None
MAX_COLUMNS = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One row and the number that its file gives it."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """The columns, the rows, and what was found of the file's own form (delimiter, encoding, sheet)."""

    columns: tuple[str, ...]
    rows: Sequence[Row]
    form: dict[str, str]


def table(columns: Sequence[object], rows: Sequence[Row], form: dict[str, str]) -> Table:
    """A table whose columns each have one name."""
    names = tuple("" if name is None else str(name).strip() for name in columns)
    if not names or len(names) > MAX_COLUMNS:
        raise MistakesError([Mistake("ligne 1", f"{len(names)} colonnes", "La première ligne doit nommer les colonnes.")])
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise MistakesError([Mistake("ligne 1", f"colonne « {name} » deux fois", "Renommez-en une.") for name in twice])
    return Table(names, rows, form)


def text(cell: Cell) -> str:
    """A cell as a person reads it; a whole number has no decimals."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
