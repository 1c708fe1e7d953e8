"""An export of tickets read in a process of its own, bounded in memory and time: looked at, or read whole.

The process receives a line of JSON that says what to do, then the file; it answers in lines of JSON. It keeps nothing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import IO, Any

from pydantic import TypeAdapter

from convenu.connectors.importing import Imported, imported
from convenu.connectors.mapping import Mapping
from convenu.connectors.table import Table
from convenu.connectors.table_file import sample, table_of, words_of
from convenu.connectors.tickets_file import OURS, certain, read_json, read_tickets, suggested
from convenu.documents.strangers import StrangerError, bound_this_process, lines_apart
from convenu.vocabulary.mistakes import Mistake, MistakesError

MEMORY, SECONDS = 2_000_000_000, 120
# The largest export is 200 MB; what is told of it is two to three times its size.
LONGEST_ANSWER = 1_000_000_000
# Refused rows are handed back to be shown and mended; past this many, the mapping is what is wrong, and only their number is told.
MOST_REFUSED = 5000
# A look reads every row for what must be certain, and the first ones as tickets.
LOOKED_AT = 2000
_TICKETS_SHOWN, _REFUSED_SHOWN = 3, 20
_WORDED = {
    "statuses": "status", "priorities": "priority", "kinds": "kind", "channels": "channel", "levels": "level", "work_places": "place",
    "decisions": "billing",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at an export shows: its columns and first rows, a mapping to complete, the words met, and what is read of it so far.

    `asked` is what must be answered before anything is read; `read` is about the first rows only. A look under a mapping without columns
    is one under what its suggestion is sure of.
    """

    rows: int
    columns: tuple[str, ...] = ()
    sample: tuple[dict[str, str], ...] = ()
    suggestion: dict[str, Any] | None = None
    words: dict[str, list[str]] | None = None
    asked: tuple[Mistake, ...] = ()
    read: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What an export gave: how it was read, the first rows refused, and how many rows were refused, tickets read and tickets left out."""

    form: dict[str, str]
    shown_twice: int
    rejected: tuple[dict[str, Any], ...]
    rejected_count: int
    interruptions: tuple[dict[str, Any], ...]
    tickets: int
    left_out: int


def look_apart(name: str, content: bytes, mapping: Mapping) -> Look:
    """Look at an export; `StrangerError` when it harms its reader, `MistakesError` when it is no export at all."""
    return TypeAdapter(Look).validate_json(_asked("look", name, content, mapping)[0])


def tickets_apart(name: str, content: bytes, mapping: Mapping) -> tuple[Read, Iterator[bytes]]:
    """Read an export whole: what it gave, then a line of JSON for each ticket (`Ticket.as_json`) and for each one left out (`Blocked`).

    What must be answered first raises `MistakesError`.
    """
    head, lines = _asked("read", name, content, mapping)
    return TypeAdapter(Read).validate_json(head), lines


def _asked(what: str, name: str, content: bytes, mapping: Mapping) -> tuple[bytes, Iterator[bytes]]:
    order = {"what": what, "name": name, "mapping": mapping.model_dump(mode="json", exclude_unset=True)}
    lines = lines_apart(__name__, json.dumps(order).encode() + b"\n" + content, seconds=SECONDS)
    head = next(lines, b"")
    if not head:
        raise StrangerError("no answer")
    if head.startswith(b'{"mistakes"'):
        raise MistakesError([Mistake(**one) for one in json.loads(head)["mistakes"]])
    return head, lines


def _looked(name: str, content: bytes, mapping: Mapping) -> Iterator[dict[str, Any]]:
    if name.lower().endswith(OURS):
        found = read_json(content)
        yield {"rows": len(found.tickets) + len(found.blocked), "read": _in_brief(found)}
        return
    try:
        source = table_of(name, content, mapping)
    except MistakesError as error:
        if not any(mistake.where in Mapping.model_fields for mistake in error.mistakes):
            raise
        yield {"rows": 0, "asked": [asdict(mistake) for mistake in error.mistakes]}
        return
    suggestion = suggested(source)
    if not mapping.columns:
        mapping = Mapping.model_validate({**certain(suggestion), **mapping.model_dump(mode="json", exclude_unset=True)})
    shown = {"rows": len(source.rows), "columns": source.columns, "sample": sample(source), "suggestion": suggestion}
    words = {ours: words_of(source, mapping.column(name)) for ours, name in _WORDED.items() if mapping.column(name) in source.columns}
    yield {**shown, "words": words, **_tried(source, mapping)}


def _tried(source: Table, mapping: Mapping) -> dict[str, Any]:
    """What must still be answered about the whole file, else what its first rows give."""
    try:
        found = imported(source, mapping, most=LOOKED_AT)
    except MistakesError as error:
        return {"asked": [asdict(mistake) for mistake in error.mistakes]}
    return {"read": _in_brief(found)}


def _in_brief(found: Imported) -> dict[str, Any]:
    refused = [{"row": one.row, "ticket": one.ticket, "reason": one.reason} for one in found.rejected[:_REFUSED_SHOWN]]
    return {
        "tickets": len(found.tickets), "rejected": len(found.rejected), "left_out": len(found.blocked), "refused": refused,
        "shown_twice": found.shown_twice, "sample": [ticket.as_json() for ticket in found.tickets[:_TICKETS_SHOWN]],
    }  # fmt: skip


def _read(name: str, content: bytes, mapping: Mapping) -> Iterator[dict[str, Any]]:
    found = read_tickets(name, content, mapping)
    yield {
        "form": found.form, "shown_twice": found.shown_twice,
        "rejected": [asdict(one) for one in found.rejected[:MOST_REFUSED]], "rejected_count": len(found.rejected),
        "interruptions": [asdict(one) for one in found.interruptions], "tickets": len(found.tickets), "left_out": len(found.blocked),
    }  # fmt: skip
    yield from (ticket.as_json() for ticket in found.tickets)
    yield from (asdict(one) for one in found.blocked)


def answers(given: IO[bytes]) -> Iterator[bytes]:
    """The lines that answer an order and its file."""
    asked = json.loads(given.readline())
    mapping = Mapping.model_validate(asked["mapping"])
    try:
        for one in (_looked if asked["what"] == "look" else _read)(asked["name"], given.read(), mapping):
            yield _line_of(one)
    except MistakesError as error:
        yield _line_of({"mistakes": [asdict(mistake) for mistake in error.mistakes]})


def _line_of(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def main() -> None:
    """Read the order and the file on the standard input; answer on the standard output."""
    bound_this_process(MEMORY, SECONDS, file_size=LONGEST_ANSWER)
    sys.stdout.buffer.writelines(answers(sys.stdin.buffer))


if __name__ == "__main__":
    main()
