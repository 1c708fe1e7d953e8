"""What a contract promises about a ticket: the five kinds of limit, and the span that its terms give for a priority."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from convenu.facts.tickets import EventKind, Ticket, TicketKind
from convenu.terms.contract import Terms
from convenu.terms.states import Term
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

    @property
    def label(self) -> str:
        """The name that the contract gives it."""
        return {
            "acknowledgement": "Accusé de réception",
            "response": "Prise en charge",
            "workaround": "Contournement",
            "restoration": "Rétablissement",
            "update": "Information de l’appelant",
        }[self.value]

    @property
    def term(self) -> str:
        """The term that gives its limits."""
        return f"{self.value}_time"

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
}


@dataclass(frozen=True, slots=True)
class Promise:
    """A limit as promised: a span, or none, or nobody knows yet, with the clause that says so."""

    span: Span | None
    known: bool
    clause: ClauseRef


def promise(terms: Terms, commitment: Commitment, priority: str, ticket: Ticket) -> Promise:
    """What the terms promise of one kind to a ticket under a priority."""
    if ticket.kind is TicketKind.REQUEST and commitment is not Commitment.UPDATE:
        return _request(terms, commitment)
    term = terms.term(commitment.term)
    clause = ClauseRef("service_clock" if commitment is Commitment.UPDATE else "annex_service_levels", (term.key,))
    if not term.stated:
        return Promise(None, not term.unknown, clause if term.unknown else _nothing(term))
    value: Any = term.value
    span: Span | None = getattr(value, priority, None) if isinstance(value, PrioritySpans) else value
    return Promise(span, known=True, clause=clause if span else _nothing(term))


def _request(terms: Terms, commitment: Commitment) -> Promise:
    """A request has a limit of its own, to be dealt with, and no other."""
    term = terms.request_time
    clause = ClauseRef("time_targets", (term.key,))
    if commitment is not Commitment.RESTORATION or not term.unknown:
        return Promise(term.value if commitment is Commitment.RESTORATION else None, known=True, clause=clause)
    return Promise(None, known=False, clause=clause)


def _nothing(term: Term[Any]) -> ClauseRef:
    return ClauseRef("time_targets", (term.key,))
