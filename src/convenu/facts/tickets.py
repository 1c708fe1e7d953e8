"""Tickets and their events, as a tool recorded them, and how much their record is worth."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from convenu.facts.worked_time import WorkedTime


class Evidence(StrEnum):
    """How much of a ticket's life is known; it is carried into every figure drawn from it."""

    FULL_HISTORY = "full_history"
    COUNTERS = "counters"
    END_POINTS = "end_points"

    @property
    def label(self) -> str:
        """In the words of a report."""
        return {
            "full_history": "historique complet",
            "counters": "début, fin et durée de suspension comptée par l’outil",
            "end_points": "début et fin seulement, suspensions inconnues",
        }[self.value]


class TicketKind(StrEnum):
    """Something broke, or something is asked for."""

    INCIDENT = "incident"
    REQUEST = "request"


class EventKind(StrEnum):
    """What may happen to a ticket."""

    ACKNOWLEDGED = "acknowledged"
    RESPONDED = "responded"
    UPDATED = "updated"
    PRIORITY = "priority"
    PAUSED = "paused"
    CLIENT_REPLIED = "client_replied"
    RESUMED = "resumed"
    WORKED_AROUND = "worked_around"
    OBJECTED = "objected"
    RESTORED = "restored"
    CLOSED = "closed"
    REOPENED = "reopened"


class WaitCause(StrEnum):
    """Why nothing was done for a time; whether it stops a clock is for the contract to say."""

    CLIENT_ANSWER = "client_answer"
    CLIENT_REQUEST = "client_request"
    SUPPLIER = "supplier"
    MAINTENANCE_WINDOW = "maintenance_window"
    SITE_CLOSED = "site_closed"
    FORCE_MAJEURE = "force_majeure"
    SPARE_PART = "spare_part"
    PROVIDER = "provider"
    OTHER = "other"

    @property
    def label(self) -> str:
        """In the words of a report."""
        return {
            "client_answer": "attente du Client",
            "client_request": "report demandé par le Client",
            "supplier": "attente d’un Fournisseur",
            "maintenance_window": "fenêtre de maintenance",
            "site_closed": "site fermé ou intervention dangereuse",
            "force_majeure": "force majeure",
            "spare_part": "attente d’une pièce",
            "provider": "attente interne au Prestataire",
            "other": "autre attente",
        }[self.value]


# The order of events of the same second when the source gives none: the same answer however they arrive.
_RANK = {kind: rank for rank, kind in enumerate(EventKind)}


@dataclass(frozen=True, slots=True)
class Event:
    """One event: when, what, its rank among those of the same second, and what its kind needs.

    `cause` and `until` (the end set in advance) belong to a pause, `priority` to a change of it; `complete` says whether a client's reply
    gave what was asked.
    """

    at: int
    kind: EventKind
    order: int = 0
    cause: WaitCause | None = None
    until: int | None = None
    priority: str = ""
    complete: bool = True

    @property
    def rank(self) -> tuple[int, int, int, str, str, int]:
        """What events are put in order by."""
        return (self.at, self.order, _RANK[self.kind], self.priority, self.cause or "", self.until or 0)


EVERY_KIND = frozenset(EventKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One ticket: who it concerns, when it was opened, its events in order.

    `records` are the kinds of event that its source is able to tell: what it cannot tell did not fail to happen.
    `paused_seconds` is the tool's own count of suspension, for an evidence of counters. `channel` is a word of the contract's channels,
    `client` the name that the tool gives to the client, in an export that has several. `worked` is the time spent on it, in the order told.
    """

    key: str
    opened_at: int
    priority: str
    kind: TicketKind = TicketKind.INCIDENT
    channel: str = ""
    site: str = ""
    service: str = ""
    client: str = ""
    evidence: Evidence = Evidence.FULL_HISTORY
    events: tuple[Event, ...] = ()
    records: frozenset[EventKind] = field(default=EVERY_KIND)
    paused_seconds: int | None = None
    worked: tuple[WorkedTime, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "events", tuple(sorted(self.events, key=lambda event: event.rank)))

    @property
    def last_seen(self) -> int:
        """The last instant that the ticket speaks of."""
        return max([self.opened_at, *(event.at for event in self.events)])

    def with_events(self, events: Iterable[Event]) -> Ticket:
        """The same ticket with other events."""
        return replace(self, events=tuple(events))

    def as_json(self) -> dict[str, Any]:
        """The ticket as plain data, what is empty left out."""
        return {
            "key": self.key, "opened_at": self.opened_at, "priority": self.priority, "kind": self.kind.value,
            **_given(channel=self.channel, site=self.site, service=self.service, client=self.client, paused_seconds=self.paused_seconds),
            "evidence": self.evidence.value,
            **({} if self.records == EVERY_KIND else {"records": sorted(self.records)}),
            "events": [event_as_json(event) for event in self.events],
            **({"worked": [one.as_json() for one in self.worked]} if self.worked else {}),
        }  # fmt: skip


def event_as_json(event: Event) -> dict[str, Any]:
    """One event as plain data."""
    extra = _given(order=event.order or None, cause=event.cause, until=event.until, priority=event.priority)
    return {"at": event.at, "kind": event.kind.value, **extra, **({} if event.complete else {"complete": False})}


def tickets_hash(tickets: Iterable[Ticket]) -> str:
    """SHA-256 of tickets, whatever order they come in: the same facts give the same hash for ever."""
    digest = hashlib.sha256()
    for ticket in sorted(tickets, key=lambda one: one.key):
        digest.update(json.dumps(ticket.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None)}
