"""A file of tickets, whatever its form: CSV, workbook, Parquet under a mapping, or our own JSON."""

from __future__ import annotations

import gc
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from convenu.connectors.importing import Blocked, Imported, imported
from convenu.connectors.mapping import COLUMNS, Layout, Mapping, State, StoppedWork
from convenu.connectors.table import Table, text
from convenu.connectors.table_file import TABLES, table_of, words_of
from convenu.connectors.times import form_of
from convenu.facts.tickets import EVERY_KIND, Event, EventKind, Evidence, Ticket, TicketKind, WaitCause
from convenu.facts.worked_time import Level, WorkDecision, WorkedTime, WorkPlace
from convenu.vocabulary.instants import epoch_second, parse_instant
from convenu.vocabulary.mistakes import Mistake, MistakesError

W = TypeVar("W", bound=StrEnum)

OURS = ".json"
ENDINGS = (*TABLES, OURS)


def read_tickets(name: str, content: bytes, mapping: Mapping) -> Imported:
    """The tickets of a file; what must be asked for raises `MistakesError` all at once, what is refused comes back beside them."""
    with _without_searching_for_cycles():
        return read_json(content) if name.lower().endswith(OURS) else imported(table_of(name, content, mapping), mapping)


@contextmanager
def _without_searching_for_cycles() -> Iterator[None]:
    """Rows and tickets hold no cycle: looking for some among a million of them takes a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def suggested(source: Table) -> dict[str, Any]:
    """A mapping to complete, from that of a known tool which exports these columns, else from the columns that are likely.

    Each « ? » is a word to give a meaning to, or what must be answered.
    """
    known = _of_known_tool(source.columns)
    columns = known.get("columns") or {name: header for name in COLUMNS if (header := Mapping.likely_header(name, source.columns))}
    by_events = {"at", "status"} <= set(columns) and _repeats(source, columns.get("ticket", ""))
    layout = Layout(known.get("layout", Layout.EVENTS if by_events else Layout.TICKETS))
    dates = [row.cells[source.columns.index(columns[name])] for name in columns if name.endswith("at") for row in source.rows]
    order, naive, asked = form_of(dates)
    words = {
        ours: {**{word: word if word in mine else "?" for word in words_of(source, columns[name])}, **known.get(ours, {})}
        for ours, name, mine in (("statuses", "status", tuple(State)), ("priorities", "priority", ("P1", "P2", "P3", "P4")))
        if name in columns and (ours != "statuses" or layout is Layout.EVENTS)
    }
    return {
        **known,
        "layout": layout.value,
        **{name: value for name, value in source.form.items() if name in Mapping.model_fields},
        **({"timezone": known.get("timezone", "?")} if naive else {}),
        "dates": "?" if asked else order,
        "columns": columns,
        **words,
    }


def certain(suggestion: dict[str, Any]) -> dict[str, Any]:
    """What a suggestion is sure of: its questions are left out."""
    kept = {name: value for name, value in suggestion.items() if value != "?"}
    return {
        name: {word: meaning for word, meaning in value.items() if meaning != "?"} if isinstance(value, dict) else value
        for name, value in kept.items()
        if value not in ({}, "")
    }


def _of_known_tool(columns: Sequence[str]) -> dict[str, Any]:
    """The preset whose columns are all here, the one of most columns; empty when there is none."""
    presets = [Mapping.preset(name) for name in Mapping.presets()]
    fitting = [one for one in presets if set(one["columns"].values()) <= set(columns)]
    return max(fitting, key=lambda one: len(one["columns"]), default={})


def _repeats(source: Table, header: str) -> bool:
    if header not in source.columns:
        return False
    place = source.columns.index(header)
    return any(times > 1 for times in Counter(text(row.cells[place]) for row in source.rows if place < len(row.cells)).values())


def read_json(content: bytes) -> Imported:
    """Tickets in our own JSON: a list, or `{tickets, interruptions}`; a ticket that cannot be read is left out with its reason."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise MistakesError([Mistake("fichier", "JSON illisible", "Vérifiez l’export.")]) from error
    given = data.get("tickets") if isinstance(data, dict) else data
    if not isinstance(given, list):
        raise MistakesError([Mistake("fichier", "une liste de tickets est attendue", 'Écrivez « [{"key": …, "opened_at": …}] ».')])
    stopped = data.get("interruptions", []) if isinstance(data, dict) else []
    tickets: dict[str, Ticket] = {}
    blocked: list[Blocked] = []
    for number, one in enumerate(given, start=1):
        name = str(one.get("key", f"n° {number}")) if isinstance(one, dict) else f"n° {number}"
        try:
            ticket = ticket_from(one)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            reason = f"« {error.args[0]} » manque" if isinstance(error, KeyError) else str(error)
            blocked.append(Blocked(name, reason))
            continue
        if ticket.key in tickets:
            blocked.append(Blocked(name, "deux tickets de ce numéro : le premier est gardé"))
        tickets.setdefault(ticket.key, ticket)
    try:
        interruptions = tuple(StoppedWork.model_validate(one).as_fact() for one in stopped)
    except ValueError as error:
        raise MistakesError(
            [Mistake("interruptions", "une interruption est illisible", "Donnez kind, start, end, announced_at.")]
        ) from error
    return Imported(tickets=tuple(tickets.values()), blocked=tuple(blocked), form={"format": "json"}, interruptions=interruptions)


def ticket_from(given: dict[str, Any]) -> Ticket:
    """A ticket from the JSON that `Ticket.as_json` writes; `KeyError`, `TypeError` or `ValueError` when it is no such thing."""
    opened = _moment(given["opened_at"])
    events = tuple(_event(one) for one in given.get("events", []))
    if any(event.at < opened for event in events):
        raise ValueError("un événement précède l’ouverture")
    return Ticket(
        key=str(given["key"]), opened_at=opened, priority=_priority(given["priority"]), events=events,
        kind=_word(TicketKind, given.get("kind", "incident")), channel=str(given.get("channel", "")), site=str(given.get("site", "")),
        service=str(given.get("service", "")), client=str(given.get("client", "")),
        evidence=_word(Evidence, given.get("evidence", "full_history")),
        records=frozenset(_word(EventKind, kind) for kind in given["records"]) if "records" in given else EVERY_KIND,
        paused_seconds=_whole(given["paused_seconds"]) if "paused_seconds" in given else None,
        worked=tuple(_worked(one) for one in given.get("worked", [])),
    )  # fmt: skip


def _event(given: dict[str, Any]) -> Event:
    return Event(
        at=_moment(given["at"]), kind=_word(EventKind, given["kind"]), order=_whole(given.get("order", 0)),
        cause=_word(WaitCause, given["cause"]) if "cause" in given else None,
        until=_moment(given["until"]) if "until" in given else None,
        priority=_priority(given["priority"]) if "priority" in given else "", complete=given.get("complete", True) is not False,
    )  # fmt: skip


def _worked(given: dict[str, Any]) -> WorkedTime:
    return WorkedTime(
        minutes=_whole(given["minutes"]), at=_moment(given["at"]) if "at" in given else None,
        level=_word(Level, given["level"]) if "level" in given else None,
        place=_word(WorkPlace, given["place"]) if "place" in given else None,
        decision=_word(WorkDecision, given.get("decision", "undecided")),
    )  # fmt: skip


def _priority(given: object) -> str:
    if given not in ("P1", "P2", "P3", "P4"):
        raise ValueError(f"priorité « {str(given)[:40]} » inconnue : P1, P2, P3 ou P4")
    return str(given)


def _word(words: type[W], given: object) -> W:
    """A word of a closed list; another is refused with those that it admits."""
    try:
        return words(str(given))
    except ValueError:
        raise ValueError(f"« {str(given)[:40]} » inconnu : {', '.join(words)}") from None


def _whole(given: object) -> int:
    if not isinstance(given, int) or isinstance(given, bool):
        raise ValueError(f"« {str(given)[:40]} » n’est pas un nombre entier")  # noqa: TRY004 - a person's file, told with the rest
    return given


def _moment(given: object) -> int:
    """An instant in epoch seconds or in ISO 8601."""
    if isinstance(given, int) and not isinstance(given, bool):
        try:
            return epoch_second(datetime.fromtimestamp(given, UTC))
        except (OverflowError, OSError, ValueError):
            raise ValueError(f"« {given} » : année hors de propos") from None
    return parse_instant(str(given))
