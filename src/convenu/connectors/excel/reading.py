"""Reads one sheet of a workbook (.xlsx, .xls, .ods), its dates as the workbook keeps them."""

from __future__ import annotations

import io
from collections.abc import Sequence

from python_calamine import CalamineError, CalamineWorkbook

from convenu.connectors.table import Cell, Row, Table, table
from convenu.vocabulary.mistakes import Mistake, MistakesError


def read(content: bytes, *, sheet: str = "") -> Table:
    """The table of a sheet, by its name when the workbook has several with rows."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        filled = {name: workbook.get_sheet_by_name(name) for name in workbook.sheet_names}
    except CalamineError as error:
        raise MistakesError([Mistake("fichier", "classeur illisible", "Enregistrez-le de nouveau en .xlsx, sans mot de passe.")]) from error
    filled = {name: one for name, one in filled.items() if one.height}
    if sheet and sheet not in filled:
        raise MistakesError([Mistake("sheet", f"aucune feuille « {sheet} » remplie", f"Feuilles : {', '.join(filled)}.")])
    if not sheet and len(filled) != 1:
        asked = f"Écrivez « sheet: » dans la correspondance : {', '.join(filled) or 'aucune n’a de lignes'}."
        raise MistakesError([Mistake("sheet", f"{len(filled)} feuilles remplies", asked)])
    name = sheet or next(iter(filled))
    lines = filled[name].to_python(skip_empty_area=False)
    rows = [Row(number, _cells(line)) for number, line in enumerate(lines[1:], start=2) if any(cell != "" for cell in line)]
    return table(lines[0], rows, {"sheet": name})


def _cells(line: Sequence[object]) -> list[Cell]:
    return [cell if isinstance(cell, Cell) else str(cell) for cell in line]
