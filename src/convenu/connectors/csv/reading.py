"""Reads a CSV file; a delimiter or an encoding that is not certain is asked for, never guessed."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice

from convenu.connectors.table import Row, Table, table
from convenu.vocabulary.mistakes import Mistake, MistakesError

DELIMITERS = {",": "virgule", ";": "point-virgule", "\t": "tabulation", "|": "barre"}
ENCODINGS = ("utf-8", "utf-16", "cp1252", "iso-8859-1", "iso-8859-15", "mac-roman", "cp850")
_SAMPLE = 200


def read(content: bytes, *, delimiter: str = "", encoding: str = "") -> Table:
    """The table of a file; `delimiter` and `encoding` are those that a person gave, empty when the file must tell by itself."""
    used = _encoding(content, encoding)
    separator = delimiter or _delimiter(content, used)
    reader = csv.reader(_lines(content, used), delimiter=separator, strict=True)
    try:
        header = next(reader, [])
        rows = [Row(reader.line_num, cells) for cells in reader if cells]
    except csv.Error as error:
        told = Mistake(f"ligne {reader.line_num}", "CSV illisible à partir d’ici", "Vérifiez les guillemets et le séparateur.")
        raise MistakesError([told]) from error
    return table(header, rows, {"delimiter": separator, "encoding": used})


def _encoding(content: bytes, encoding: str) -> str:
    """The encoding given, or the one that the file tells for certain; the whole file is in it."""
    if encoding or content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(content, encoding or "utf-16")
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        asked = f"Écrivez « encoding: » dans la correspondance : {', '.join(ENCODINGS)}."
        raise MistakesError([Mistake("encoding", f"encodage incertain : la ligne {line} n’est pas en UTF-8", asked)]) from error
    return "utf-8"


def _checked(content: bytes, encoding: str) -> str:
    try:
        content.decode(encoding)
    except LookupError as error:
        raise MistakesError([Mistake("encoding", f"encodage « {encoding} » inconnu", f"Connus : {', '.join(ENCODINGS)}.")]) from error
    except UnicodeDecodeError as error:
        raise MistakesError([Mistake("encoding", f"le fichier n’est pas en « {encoding} »", "Essayez un autre encodage.")]) from error
    return encoding


def _lines(content: bytes, encoding: str) -> Iterator[str]:
    """The lines of a file, read as they are wanted: a long file is not held twice."""
    lines = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding, newline="")
    yield from lines


def _delimiter(content: bytes, encoding: str) -> str:
    """The only delimiter under which every row of a sample has as many cells as the header has columns, more than one."""
    sample = list(islice(_lines(content, encoding), _SAMPLE))
    fitting = []
    for candidate in DELIMITERS:
        try:
            widths = {len(cells) for cells in csv.reader(sample, delimiter=candidate) if cells}
        except csv.Error:
            continue
        if len(widths) == 1 and widths != {1}:
            fitting.append(candidate)
    if len(fitting) == 1:
        return fitting[0]
    found = " ou ".join(DELIMITERS[candidate] for candidate in fitting) or "aucun ne convient à toutes les lignes"
    raise MistakesError([Mistake("delimiter", f"séparateur incertain : {found}", "Écrivez « delimiter: » dans la correspondance.")])
