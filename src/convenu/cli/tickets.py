"""`convenu tickets`: what is in an export of tickets, and how it is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from convenu.cli.files import MAX_FACTS_BYTES, content_of
from convenu.cli.telling import print_json
from convenu.cli.verbs import verb
from convenu.connectors.importing import Imported
from convenu.connectors.mapping import Mapping
from convenu.connectors.table import Table
from convenu.connectors.table_file import sample, table_of
from convenu.connectors.tickets_file import read_tickets, suggested
from convenu.vocabulary import yaml_text

_TICKETS_SHOWN = 3


def tickets_of(path: Path, mapping_path: Path | None) -> Imported:
    """The tickets of a file, by a mapping written in another; without one, its columns are ours already."""
    return read_tickets(path.name, content_of(path, limit=MAX_FACTS_BYTES), _mapping(mapping_path))


def _mapping(path: Path | None) -> Mapping:
    return Mapping.read(yaml_text.read(content_of(path))) if path else Mapping()


def previewed(source: Table) -> dict[str, Any]:
    """The columns, the first rows, and a mapping to complete: each « ? » is a question."""
    return {"rows": len(source.rows), "columns": list(source.columns), "sample": sample(source), "mapping": suggested(source)}


def read_as_json(read: Imported) -> dict[str, Any]:
    """What was read of an export, what was refused and what was left out."""
    return {
        "tickets": len(read.tickets),
        "form": read.form,
        "times_shown_twice": read.shown_twice,
        "rejected_rows": rejected(read),
        "left_out": [{"ticket": one.ticket, "reason": one.reason, "row": one.row} for one in read.blocked],
        "sample": [ticket.as_json() for ticket in read.tickets[:_TICKETS_SHOWN]],
    }


def rejected(read: Imported) -> list[dict[str, Any]]:
    """The rows that could not be read, each with its reason."""
    return [{"row": row.row, "ticket": row.ticket, "reason": row.reason, "cells": list(row.cells)} for row in read.rejected]


@verb("tickets")
@click.argument("tickets_file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--mapping", "mapping_file", type=click.Path(path_type=Path), help="Correspondance entre l’export et nos colonnes.")
def command(tickets_file: Path, mapping_file: Path | None) -> None:
    """What the export holds, or what is read of it."""
    if mapping_file is None:
        print_json(previewed(table_of(tickets_file.name, content_of(tickets_file, limit=MAX_FACTS_BYTES), Mapping())))
    else:
        print_json(read_as_json(tickets_of(tickets_file, mapping_file)))
