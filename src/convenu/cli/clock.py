"""`convenu clock`: the open seconds of each interval of a CSV file under a calendar file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import click

from convenu.cli.files import MAX_FACTS_BYTES, content_of
from convenu.cli.verbs import verb
from convenu.service.calendar_file import calendar_from, versions_of
from convenu.service.open_time import OpenTime
from convenu.vocabulary import yaml_text
from convenu.vocabulary.dated import NotInForceError
from convenu.vocabulary.instants import parse_instant
from convenu.vocabulary.mistakes import Mistake, MistakesError

RESULT = "seconds"


def counted(calendars: Sequence[bytes], intervals: bytes) -> str:
    """The rows of the file in their order with `seconds` added; every bad row is told at once in `MistakesError`."""
    open_time = OpenTime(versions_of([calendar_from(yaml_text.read(content)) for content in calendars]))
    header, rows = _rows(intervals)
    mistakes: list[Mistake] = []
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*header, RESULT])
    start, end = header.index("start"), header.index("end")
    for line, row in rows:
        try:
            writer.writerow([*row, _seconds(open_time, row, (start, end), len(header))])
        except ValueError as error:
            mistakes.append(Mistake(f"ligne {line}", str(error)))
    if mistakes:
        raise MistakesError(mistakes)
    return out.getvalue()


def _rows(content: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header, then each row that is not blank with the number of its line."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise MistakesError([Mistake(f"ligne {line}", "le fichier n’est pas en UTF-8", "Enregistrez-le en UTF-8.")]) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        rows = [(reader.line_num, row) for row in reader if row]
    except csv.Error as error:
        told = Mistake(f"ligne {reader.line_num}", "CSV illisible", "Vérifiez les guillemets de cette ligne.")
        raise MistakesError([told]) from error
    if header.count("start") != 1 or header.count("end") != 1 or RESULT in header:
        found = ", ".join(header) or "rien"
        raise MistakesError([Mistake("ligne 1", f"colonnes « start » et « end » attendues, lu : {found}", "Écrivez « start,end ».")])
    return header, rows


def _seconds(open_time: OpenTime, row: list[str], places: tuple[int, int], width: int) -> int:
    if len(row) != width:
        raise ValueError(f"{len(row)} valeurs pour {width} colonnes")
    told, instants = [], []
    for name, place in zip(("start", "end"), places, strict=True):
        try:
            instants.append(parse_instant(row[place]))
        except ValueError as error:
            told.append(f"{name} : {error}")
    if told:
        raise ValueError(" ; ".join(told))
    start, end = instants
    if end < start:
        raise ValueError("« end » est avant « start »")
    try:
        return open_time.between(start, end)
    except NotInForceError as error:
        raise ValueError(f"calendrier sans version ce jour-là : {error.reason}") from error


@verb("clock")
@click.option(
    "--calendar", "calendars", type=click.Path(path_type=Path), required=True, multiple=True,
    help="Calendrier de service ; à répéter pour plusieurs versions, chacune avec « in_force_from ».",
)  # fmt: skip
@click.argument("intervals", metavar="INTERVALS.csv", type=click.Path(path_type=Path))
def command(calendars: tuple[Path, ...], intervals: Path) -> None:
    """The rows of the file with their seconds."""
    click.echo(counted([content_of(path) for path in calendars], content_of(intervals, limit=MAX_FACTS_BYTES)), nl=False)
