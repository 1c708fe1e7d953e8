"""Reads a CSV file; a delimiter or an encoding that is not certain is asked for, never guessed."""

from __future__ import annotations

import codecs
import csv
import io

from convenu.connectors.table import Row, Table, table
from convenu.vocabulary.mistakes import Mistake, MistakesError

_DELIMITERS = {",": "virgule", ";": "point-virgule", "\t": "tabulation", "|": "barre"}
_ENCODINGS = ("utf-8", "utf-16", "cp1252", "iso-8859-1", "iso-8859-15", "mac-roman", "cp850")
_SAMPLE = 200


def read(content: bytes, *, delimiter: str = "", encoding: str = "") -> Table:
    """The table of a file; `delimiter` and `encoding` are those that a person gave, empty when the file must tell by itself."""
    decoded, used = _decoded(content, encoding)
    separator = delimiter or _delimiter(decoded)
    reader = csv.reader(io.StringIO(decoded, newline=""), delimiter=separator, strict=True)
    try:
        header = next(reader, [])
        rows = [Row(reader.line_num, cells) for cells in reader if cells]
    except csv.Error as error:
        told = Mistake(f"ligne {reader.line_num}", "CSV illisible à partir d’ici", "Vérifiez les guillemets et le séparateur.")
        raise MistakesError([told]) from error
    return table(header, rows, {"delimiter": separator, "encoding": used})


def _decoded(content: bytes, encoding: str) -> tuple[str, str]:
    if encoding:
        return _with(content, encoding)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _with(content, "utf-16")
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        asked = f"Écrivez « encoding: » dans la correspondance : {', '.join(_ENCODINGS)}."
        raise MistakesError([Mistake(f"ligne {line}", "encodage incertain : ce n’est pas de l’UTF-8", asked)]) from error


def _with(content: bytes, encoding: str) -> tuple[str, str]:
    try:
        return content.decode(encoding).removeprefix("\ufeff"), encoding
    except LookupError as error:
        raise MistakesError([Mistake("encoding", f"encodage « {encoding} » inconnu", f"Connus : {', '.join(_ENCODINGS)}.")]) from error
    except UnicodeDecodeError as error:
        raise MistakesError([Mistake("encoding", f"le fichier n’est pas en « {encoding} »", "Essayez un autre encodage.")]) from error


def _delimiter(decoded: str) -> str:
    """The only delimiter under which every row of a sample has as many cells as the header has columns, more than one."""
    sample = io.StringIO("".join(decoded.splitlines(keepends=True)[:_SAMPLE]), newline="")
    fitting = []
    for candidate in _DELIMITERS:
        sample.seek(0)
        try:
            widths = {len(cells) for cells in csv.reader(sample, delimiter=candidate) if cells}
        except csv.Error:
            continue
        if len(widths) == 1 and widths != {1}:
            fitting.append(candidate)
    if len(fitting) == 1:
        return fitting[0]
    found = " ou ".join(_DELIMITERS[candidate] for candidate in fitting) or "aucun ne convient à toutes les lignes"
    raise MistakesError([Mistake("fichier", f"séparateur incertain : {found}", "Écrivez « delimiter: » dans la correspondance.")])
