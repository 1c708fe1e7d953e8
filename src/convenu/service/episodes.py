"""A ticket reopened: the same clock when the symptom comes back in the time agreed, else a new ticket linked to the first."""

from __future__ import annotations

from dataclasses import dataclass, replace

from convenu.facts.tickets import Event, EventKind, Ticket
from convenu.service.contract import ServiceContract
from convenu.service.limits import NotCountableError, limit
from convenu.service.waits import Spell
from convenu.vocabulary.clause_ref import ClauseRef

_END = (EventKind.RESTORED, EventKind.CLOSED)


@dataclass(frozen=True, slots=True)
class Episode:
    """A ticket as one clock sees it, and the times when it stood closed before the same clock went on."""

    ticket: Ticket
    closed: tuple[Spell, ...] = ()


def episodes(ticket: Ticket, contract: ServiceContract) -> tuple[Episode, ...]:
    """The ticket cut at each reopening that came too late to go on; the later ones are named « key/2 », « key/3 »."""
    if all(event.kind is not EventKind.REOPENED for event in ticket.events):
        return (Episode(ticket),)
    found: list[Episode] = []
    current, events, closed, over = ticket, [], [], None
    priority = ticket.priority
    for event in ticket.events:
        if event.kind is EventKind.REOPENED and over is not None:
            if _goes_on(ticket, over, event, contract):
                closed.append(Spell(over.at, event.at, counted=False, reason="ticket clos, avant sa réouverture", clause=_CLAUSE))
            else:
                found.append(Episode(current.with_events(events), tuple(closed)))
                key = f"{ticket.key}/{len(found) + 1}"
                current, events, closed = replace(ticket, key=key, opened_at=event.at, priority=priority, events=()), [], []
            over = None
        elif event.kind in _END and over is None:
            over = event
        priority = event.priority or priority
        events.append(event)
    return (*found, Episode(current.with_events(events), tuple(closed)))


_CLAUSE = ClauseRef("service_clock", ("same_symptom_reopening",))


def _goes_on(ticket: Ticket, over: Event, reopened: Event, contract: ServiceContract) -> bool:
    """Whether a reopening comes in time after the closing (the restoration, when nothing closed the ticket before it)."""
    closing = next(
        (one.at for one in reversed(ticket.events) if one.kind is EventKind.CLOSED and over.at <= one.at <= reopened.at), over.at
    )
    term = contract.terms_at(ticket, closing).same_symptom_reopening
    if term.unknown:
        raise NotCountableError("la règle de réouverture n’est pas encore convenue")
    if term.value is None:
        return False
    span = limit(term.value, contract.open_time(ticket), contract.always)
    return reopened.at <= span.clock.after(closing, span.seconds_from(closing))
