"""What a contract promises about a ticket: the kinds of limit, and the span that its terms give for a priority."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from convenu.facts.tickets import EventKind, Ticket, TicketKind
from convenu.terms.contract import Terms
from convenu.terms.values import PrioritySpans
from convenu.vocabulary.clause_ref import ClauseRef
from convenu.vocabulary.span import Span


class Commitment(StrEnum):
    """A kind of limit; each has its own clock, which only the events it names can stop."""

    ACKNOWLEDGEMENT = "acknowledgement"
    RESPONSE = "response"
    WORKAROUND = "workaround"
    RESTORATION = "restoration"
    UPDATE = "update"
    REQUEST = "request"

    @property
    def label(self) -> str:
        """The name that the contract gives it."""
        return {
            "acknowledgement": "Accusé de réception",
            "response": "Prise en charge",
            "workaround": "Contournement",
            "restoration": "Rétablissement",
            "update": "Information de l’appelant",
            "request": "Demande",
        }[self.value]

    @property
    def term(self) -> str:
        """The term that gives its limits."""
        return f"{self.value}_time"

    @property
    def by_priority(self) -> bool:
        """Whether the annex gives it a limit for each priority, and the share of tickets to keep applies to it."""
        return self not in _WITHOUT_PRIORITY

    @property
    def reached_by(self) -> tuple[EventKind, ...]:
        """The events that reach it: who restores the service has also responded, and a person's answer is a receipt."""
        return _REACHED_BY[self]


_REACHED_BY = {
    Commitment.ACKNOWLEDGEMENT: (EventKind.ACKNOWLEDGED, EventKind.RESPONDED, EventKind.WORKED_AROUND, EventKind.RESTORED),
    Commitment.RESPONSE: (EventKind.RESPONDED, EventKind.WORKED_AROUND, EventKind.RESTORED),
    Commitment.WORKAROUND: (EventKind.WORKED_AROUND, EventKind.RESTORED),
    Commitment.RESTORATION: (EventKind.RESTORED,),
    Commitment.UPDATE: (EventKind.UPDATED, EventKind.RESPONDED, EventKind.WORKED_AROUND, EventKind.RESTORED),
    Commitment.REQUEST: (EventKind.RESTORED,),
}
_WITHOUT_PRIORITY = _OF_A_REQUEST = (Commitment.REQUEST, Commitment.UPDATE)


def commitments_of(ticket: Ticket) -> tuple[Commitment, ...]:
    """The kinds of limit that concern a ticket: a request has one of its own, to be dealt with, in the place of those of an incident."""
    if ticket.kind is TicketKind.REQUEST:
        return _OF_A_REQUEST
    return tuple(commitment for commitment in Commitment if commitment is not Commitment.REQUEST)


@dataclass(frozen=True, slots=True)
class Promise:
    """A limit as promised: a span, or none, or nobody knows yet, with the clause that says so."""

    span: Span | None
    known: bool
    clause: ClauseRef


def promise(terms: Terms, commitment: Commitment, priority: str) -> Promise:
    """What the terms promise of one kind under a priority."""
    term = terms.term(commitment.term)
    if term.unknown:
        return Promise(None, known=False, clause=ClauseRef(_CLAUSES.get(commitment, _ANNEX), (term.key,)))
    value: Any = term.value
    span: Span | None = getattr(value, priority, None) if isinstance(value, PrioritySpans) else value
    clause = _CLAUSES.get(commitment, _ANNEX) if span else "time_targets"
    return Promise(span, known=True, clause=ClauseRef(clause, (term.key,)))


# Where each limit is stated; the annex of service levels has those that depend on the priority.
_ANNEX = "annex_service_levels"
_CLAUSES = {Commitment.UPDATE: "service_clock", Commitment.REQUEST: "time_targets"}
