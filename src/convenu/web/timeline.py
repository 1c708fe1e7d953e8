"""The clock of one ticket drawn: every minute counted or not, with its reason and its article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from convenu.facts.tickets import EventKind, Ticket
from convenu.service.clock import Result, Verdict
from convenu.service.commitments import Commitment
from convenu.service.explanation import Stretch, explain
from convenu.vocabulary import french
from convenu.vocabulary.clause_ref import ClauseRef

# The drawing is stretched to the page: only its width counts, in thousandths.
WIDE = 1000


@dataclass(frozen=True, slots=True)
class Piece:
    """Minutes that follow one another for the same reason."""

    start: str
    end: str
    length: str
    counted: bool
    reason: str
    article: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """One commitment of a ticket: its verdict, what it consumed, and its pieces."""

    label: str
    priority: str
    verdict: str
    kind: str
    reason: str
    consumed: str
    target: str
    due: str
    due_at: float | None
    article: str
    notes: tuple[str, ...]
    pieces: tuple[Piece, ...]


def lines_of(results: tuple[Result, ...], article: Callable[[ClauseRef], str]) -> tuple[Line, ...]:
    """Each commitment that the contract makes of a ticket."""
    return tuple(_line(one, article) for one in results if one.verdict is not Verdict.NO_COMMITMENT)


def events_of(ticket: Ticket, zone: tzinfo) -> tuple[tuple[str, str], ...]:
    """What happened to a ticket, in the time of its site."""
    told = [(ticket.opened_at, "ouvert"), *((event.at, _EVENTS[event.kind]) for event in ticket.events)]
    return tuple((_shown(at, zone), words) for at, words in told)


def zone_of(results: tuple[Result, ...]) -> tzinfo:
    """The time in which a ticket's hours are counted."""
    for one in results:
        if one.hours is not None and one.start is not None:
            return one.hours.local(one.start).tzinfo or UTC
    return UTC


def _line(result: Result, article: Callable[[ClauseRef], str]) -> Line:
    zone = zone_of((result,))
    # A call out of hours starts its clock at the next opening: the wait before it is told too.
    waits = result.start is not None and result.commitment is not Commitment.UPDATE and result.opened_at < result.start
    start, end = result.opened_at if waits else result.start or 0, result.until or 0
    whole = max(end, result.due or end) - start or 1
    before = (Stretch(start, result.start, counted=False, reason=_BEFORE, clause=_HOURS),) if waits and result.start else ()
    pieces = tuple(
        Piece(
            _shown(one.start, zone), _shown(one.end, zone), french.length(one.seconds), one.counted, one.reason, article(one.clause),
            round(WIDE * (one.start - start) / whole, 2), round(WIDE * one.seconds / whole, 2),
        )
        for one in (*before, *explain(result))
    )  # fmt: skip
    return Line(
        label=result.commitment.label,
        priority=result.priority,
        verdict=result.verdict.label,
        kind=result.verdict.value,
        reason=result.reason,
        consumed="" if result.consumed is None else french.length(result.consumed),
        target="" if result.target is None else french.length(result.target),
        due="" if result.due is None else _shown(result.due, zone),
        due_at=None if result.due is None or result.start is None else round(WIDE * (result.due - start) / whole, 2),
        article=article(result.clause),
        notes=result.notes,
        pieces=pieces,
    )


def _shown(at: int, zone: tzinfo) -> str:
    moment = datetime.fromtimestamp(at, zone)
    seconds = f":{moment:%S}" if moment.second else ""
    return f"{french.short_day(moment.date())} {moment:%H:%M}{seconds}"


_BEFORE = "appel hors de la Plage de service : le délai part à son ouverture"
_HOURS = ClauseRef("service_hours", ("service_hours",))
_EVENTS = {
    EventKind.ACKNOWLEDGED: "accusé de réception",
    EventKind.RESPONDED: "pris en charge",
    EventKind.UPDATED: "nouvelles à l’appelant",
    EventKind.PRIORITY: "priorité changée",
    EventKind.PAUSED: "suspendu",
    EventKind.CLIENT_REPLIED: "réponse du client",
    EventKind.RESUMED: "repris",
    EventKind.WORKED_AROUND: "contourné",
    EventKind.OBJECTED: "contournement contesté",
    EventKind.RESTORED: "rétabli",
    EventKind.CLOSED: "clos",
    EventKind.REOPENED: "rouvert",
}
