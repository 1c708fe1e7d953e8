"""The correspondence between the columns and words of an export and ours: a YAML file that a person writes once for a tool."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Annotated, ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field

from convenu.connectors.file_mapping import FileMapping
from convenu.facts.interruptions import Interruption, InterruptionKind
from convenu.facts.tickets import TicketKind, WaitCause
from convenu.facts.worked_time import Level, WorkDecision, WorkPlace
from convenu.terms.values import Line, Priority, Value
from convenu.vocabulary.instants import parse_instant


class Layout(StrEnum):
    """One row for each event of a ticket, or one row for each ticket."""

    EVENTS = "events"
    TICKETS = "tickets"


class State(StrEnum):
    """What a status of a tool means to the clocks."""

    OPEN = "open"
    RESPONDED = "responded"
    WORKED_AROUND = "worked_around"
    RESTORED = "restored"
    CLOSED = "closed"


# A column of ours, and the headers under which tools are likely to export it: proposed to a person, never taken without them.
COLUMNS: dict[str, tuple[str, ...]] = {
    "ticket": ("ticket", "number", "numéro", "numero", "id", "ticket id", "ticket number", "référence", "case id", "incident"),
    "opened_at": ("opened_at", "opened", "created_at", "created", "date d'ouverture", "ouvert le", "date de création", "opening date"),
    "at": ("at", "sys_updated_at", "updated_at", "date", "date de l'événement", "timestamp", "event time"),
    "order": ("order", "sys_mod_count", "ordre", "sequence"),
    "status": ("status", "incident_state", "state", "statut", "état", "etat"),
    "priority": ("priority", "priorité", "priorite"),
    "kind": ("kind", "type", "ticket type", "nature"),
    "channel": ("channel", "contact_type", "source", "canal", "origine"),
    "site": ("site", "location", "lieu", "emplacement"),
    "service": ("service", "category", "catégorie"),
    "client": ("client", "company", "customer", "organization", "organisation", "entité", "entity", "société"),
    "acknowledged_at": ("acknowledged_at", "accusé de réception"),
    "responded_at": ("responded_at", "first response", "first_response_at", "prise en charge", "date de prise en charge"),
    "worked_around_at": ("worked_around_at", "contournement"),
    "restored_at": ("restored_at", "resolved_at", "resolved", "date de résolution", "résolu le", "solution date"),
    "closed_at": ("closed_at", "closed", "date de clôture", "clos le", "closing date"),
    "paused_seconds": ("paused_seconds", "waiting duration", "durée d'attente"),
    "worked": (
        "worked",
        "time spent",
        "temps passé",
        "temps",
        "temps passé (min)",
        "durée d'intervention",
        "worked minutes",
        "time worked",
    ),
    "worked_at": ("worked_at", "début d'intervention", "début de l'intervention", "début", "work start", "start time"),
    "level": ("level", "niveau", "niveau d'intervention", "technician level"),
    "place": ("place", "lieu d'intervention", "sur site", "on site"),
    "billing": ("billing", "facturation", "facturable", "billable", "couverture"),
}
_NEEDED = {Layout.EVENTS: ("ticket", "at", "status", "priority"), Layout.TICKETS: ("ticket", "opened_at", "priority")}


class WorkUnit(StrEnum):
    """What the column of the time spent counts."""

    MINUTES = "minutes"
    HOURS = "hours"
    SECONDS = "seconds"

    @property
    def in_minutes(self) -> Fraction:
        """How many minutes one is."""
        return {"minutes": Fraction(1), "hours": Fraction(60), "seconds": Fraction(1, 60)}[self.value]


class Pause(Value):
    """A status that waits, and for whom."""

    pause: WaitCause


Status = State | Pause


def _instant(written: str) -> str:
    parse_instant(written)
    return written


def _zone(written: str) -> str:
    try:
        return ZoneInfo(written).key
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise ValueError(f"fuseau horaire « {written[:60]} » inconnu : écrivez par exemple « Europe/Paris »") from None


Instant = Annotated[str, AfterValidator(_instant)]


class StoppedWork(Value):
    """A window, a closing or a case of force majeure that no ticket tells; times in ISO 8601 with their offset."""

    kind: InterruptionKind
    start: Instant
    end: Instant
    announced_at: Instant | None = None
    site: Line = ""

    def as_fact(self) -> Interruption:
        """The fact it states."""
        announced = parse_instant(self.announced_at) if self.announced_at else None
        return Interruption(self.kind, parse_instant(self.start), parse_instant(self.end), announced, self.site)


class Mapping(FileMapping):
    """How to read one export of tickets; what is not written is what the file tells for certain, or is asked for."""

    known: ClassVar = COLUMNS
    presets_in: ClassVar = "convenu.connectors.presets"

    layout: Layout = Layout.TICKETS
    timezone: Annotated[str, AfterValidator(_zone)] | None = None
    statuses: dict[str, Status] = Field(default_factory=dict)
    priorities: dict[str, Priority] = Field(default_factory=dict)
    kinds: dict[str, TicketKind] = Field(default_factory=dict)
    channels: dict[str, Line] = Field(default_factory=dict)
    worked_unit: WorkUnit = WorkUnit.MINUTES
    # A level, or the name of whoever works at that level: the level alone is kept of a ticket.
    levels: dict[str, Level] = Field(default_factory=dict)
    work_places: dict[str, WorkPlace] = Field(default_factory=dict)
    decisions: dict[str, WorkDecision] = Field(default_factory=dict)
    interruptions: tuple[StoppedWork, ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns without which a layout cannot be read."""
        return _NEEDED[self.layout]
