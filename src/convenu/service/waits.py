"""The times when a ticket's clocks may stand still: its pauses, the interruptions of the service, and the times it was closed.

Each is a spell, counted or not, with the reason and the clause: a pause that the contract does not admit is shown and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from convenu.facts.interruptions import Interruption, InterruptionKind
from convenu.facts.tickets import Event, EventKind, Ticket, WaitCause
from convenu.service.contract import ServiceContract
from convenu.service.limits import NotCountableError, limit
from convenu.terms.closed_lists import ClientReply, PauseReason
from convenu.terms.contract import Terms
from convenu.terms.states import Term
from convenu.vocabulary.clause_ref import ClauseRef
from convenu.vocabulary.span import Span

_ENDED_BY_REPLY = (WaitCause.CLIENT_ANSWER, WaitCause.CLIENT_REQUEST)
_ENDING = (EventKind.RESUMED, EventKind.RESTORED, EventKind.CLOSED, EventKind.REOPENED)


# The clause of each interruption, and the term that says when it must be announced.
_CLAUSES = {
    InterruptionKind.MAINTENANCE_WINDOW: ("maintenance_windows", "maintenance_notice"),
    InterruptionKind.FORCE_MAJEURE: ("force_majeure", "force_majeure_notice"),
    InterruptionKind.CLOSING: ("service_hours", "closing_notice"),
}


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of a ticket's life that is counted or not, why, and by which clause; `end` is None while it lasts."""

    start: int
    end: int | None
    counted: bool
    reason: str
    clause: ClauseRef


def pauses(ticket: Ticket, contract: ServiceContract) -> Iterator[Spell]:
    """The pauses of a ticket in order, each judged by the terms in force when it began."""
    began: Event | None = None
    for event in ticket.events:
        if began is not None and (event.kind is EventKind.PAUSED or _ends(event, began, contract.terms_at(ticket, began.at))):
            yield from _pause(began, event.at, contract.terms_at(ticket, began.at))
            began = None
        if event.kind is EventKind.PAUSED:
            began = event
    if began is not None:
        yield from _pause(began, None, contract.terms_at(ticket, began.at))


def interrupted(ticket: Ticket, interruptions: Iterable[Interruption], contract: ServiceContract) -> Iterator[Spell]:
    """The interruptions that concern a ticket's site: not counted only when the contract admits them and they were announced in time."""
    for one in interruptions:
        if one.site and one.site.casefold() != ticket.site.casefold():
            continue
        terms = contract.terms_at(ticket, one.start)
        clause, refusal = _announced(one, ticket, terms, contract)
        yield Spell(one.start, one.end, bool(refusal), f"{one.kind.label}{refusal}", clause)


def disjoint(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """The spells that are not counted, in order and without overlap: where two overlap, the one that began first gives the reason."""
    kept: list[Spell] = []
    for spell in sorted((one for one in spells if not one.counted), key=lambda one: one.start):
        last = kept[-1].end if kept else spell.start
        if last is None:
            break
        start = max(spell.start, last)
        if spell.end is None or spell.end > start:
            kept.append(replace(spell, start=start))
    return tuple(kept)


def _ends(event: Event, began: Event, terms: Terms) -> bool:
    """Whether an event ends a pause: the work resumed, the ticket came to its end, or the client's reply, as the contract says."""
    if event.kind in _ENDING:
        return True
    if event.kind is not EventKind.CLIENT_REPLIED or began.cause not in _ENDED_BY_REPLY:
        return False
    match terms.client_reply.value:
        case ClientReply.ANY:
            return True
        case ClientReply.COMPLETE:
            return event.complete
        case _:
            if terms.client_reply.unknown:
                raise NotCountableError("le contrat ne dit pas encore si la réponse du Client met fin à une suspension")
            return False


def _pause(began: Event, end: int | None, terms: Terms) -> Iterator[Spell]:
    """One pause, over at the time set for it when that comes first."""
    if began.until is not None:
        end = began.until if end is None else min(end, began.until)
    if end is not None and end <= began.at:
        return
    cause = began.cause or WaitCause.OTHER
    clause = ClauseRef("service_clock", ("clock_pauses",))
    admitted = _admits(terms, cause)
    yield Spell(began.at, end, not admitted, cause.label if admitted else f"{cause.label} : motif que le contrat n’admet pas", clause)


def _admits(terms: Terms, cause: WaitCause) -> bool:
    """Whether the contract lets a cause stop the clock; an open list admits all but the provider's own waits."""
    if terms.clock_pauses.unknown:
        raise NotCountableError("les motifs de suspension ne sont pas encore convenus")
    agreed = terms.clock_pauses.value or ()
    if cause is WaitCause.PROVIDER:
        return False
    return PauseReason.OPEN_LIST in agreed or (cause is not WaitCause.OTHER and PauseReason(cause.value) in agreed)


def _announced(one: Interruption, ticket: Ticket, terms: Terms, contract: ServiceContract) -> tuple[ClauseRef, str]:
    """The clause that decides on an interruption, and why it does not stop the clock, empty when it does."""
    key, notice = _CLAUSES[one.kind]
    clause, term = ClauseRef(key, (notice,)), terms.term(notice)
    admitted = not term.lacking if one.kind is InterruptionKind.CLOSING else _admits(terms, WaitCause(one.kind.value))
    if not admitted:
        return clause, " : motif que le contrat n’admet pas"
    if one.announced_at is None:
        return clause, " sans annonce"
    return clause, "" if _in_time(one, term, ticket, contract) else " annoncée trop tard"


def _in_time(one: Interruption, notice: Term[Span], ticket: Ticket, contract: ServiceContract) -> bool:
    if notice.unknown:
        raise NotCountableError("le délai d’annonce n’est pas encore convenu")
    if notice.value is None or one.announced_at is None:
        return True
    first, last = (one.start, one.announced_at) if one.kind is InterruptionKind.FORCE_MAJEURE else (one.announced_at, one.start)
    span = limit(notice.value, contract.open_time(ticket), contract.always)
    passed = span.clock.after(first, span.seconds_from(first))
    return last <= passed if one.kind is InterruptionKind.FORCE_MAJEURE else passed <= last
