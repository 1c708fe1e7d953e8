"""The correspondence between the columns and words of an export and ours: a YAML file that a person writes once for a tool."""

from __future__ import annotations

from enum import StrEnum
from importlib.resources import files
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, ValidationError, model_validator

from convenu.facts.interruptions import Interruption, InterruptionKind
from convenu.facts.tickets import TicketKind, WaitCause
from convenu.terms.files import mistakes_of
from convenu.terms.values import Line, Priority, Value
from convenu.vocabulary import yaml_text
from convenu.vocabulary.instants import parse_instant
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.vocabulary.yaml_text import YamlText, suggest

_PRESETS = files("convenu.connectors.presets")


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
    "acknowledged_at": ("acknowledged_at", "accusé de réception"),
    "responded_at": ("responded_at", "first response", "first_response_at", "prise en charge", "date de prise en charge"),
    "worked_around_at": ("worked_around_at", "contournement"),
    "restored_at": ("restored_at", "resolved_at", "resolved", "date de résolution", "résolu le", "solution date"),
    "closed_at": ("closed_at", "closed", "date de clôture", "clos le", "closing date"),
    "paused_seconds": ("paused_seconds", "waiting duration", "durée d'attente"),
}
_NEEDED = {Layout.EVENTS: ("ticket", "at", "status", "priority"), Layout.TICKETS: ("ticket", "opened_at", "priority")}


class Pause(Value):
    """A status that waits, and for whom."""

    pause: WaitCause


Status = State | Pause


def _instant(written: str) -> str:
    parse_instant(written)
    return written


def _delimiter(written: str) -> str:
    if written not in (",", ";", "\t", "|"):
        raise ValueError(f"séparateur « {written[:10]} » inconnu : écrivez « , », « ; », « | » ou « \\t » entre guillemets")
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


class Mapping(Value):
    """How to read one export; what is not written is what the file tells for certain, or is asked for."""

    layout: Layout = Layout.TICKETS
    source: Line | None = None
    delimiter: Annotated[str, AfterValidator(_delimiter)] | None = None
    encoding: Line | None = None
    sheet: Line | None = None
    timezone: Annotated[str, AfterValidator(_zone)] | None = None
    dates: Literal["iso", "day_first", "month_first"] | None = None
    columns: dict[str, Line] = Field(default_factory=dict)
    statuses: dict[str, Status] = Field(default_factory=dict)
    priorities: dict[str, Priority] = Field(default_factory=dict)
    kinds: dict[str, TicketKind] = Field(default_factory=dict)
    channels: dict[str, Line] = Field(default_factory=dict)
    interruptions: tuple[StoppedWork, ...] = ()

    @model_validator(mode="after")
    def _known_columns(self) -> Self:
        for name in self.columns:
            if name not in COLUMNS:
                known = f"Connues : {', '.join(COLUMNS)}."
                raise ValueError(f"colonne « {name} » inconnue. {suggest(name, list(COLUMNS)) or known}")
        return self

    def column(self, name: str) -> str:
        """The header of a column of ours, empty without one; a mapping that names no column reads a file that bears our own names."""
        return self.columns.get(name, "") if self.columns else name

    def lacking(self, columns: tuple[str, ...]) -> list[Mistake]:
        """What a file with these headers does not have, each with the header that may be meant."""
        present = set(columns)
        told = [
            Mistake(f"columns.{name}", f"aucune colonne « {header} » dans le fichier", suggest(header, list(columns)))
            for name, header in self.columns.items()
            if header not in present
        ]
        for name in _NEEDED[self.layout]:
            if name not in self.columns and (self.columns or name not in present):
                likely = likely_header(name, columns)
                meant = f"Écrivez « {name}: {likely} » si c’est bien elle." if likely else f"Colonnes du fichier : {', '.join(columns)}."
                told.append(Mistake(f"columns.{name}", "colonne nécessaire, sans correspondance", meant))
        return told


def likely_header(name: str, columns: tuple[str, ...]) -> str:
    """The header that a column of ours is likely to have in a file, empty when none looks like it."""
    by_word = {header.casefold(): header for header in reversed(columns)}
    return next((by_word[word] for word in COLUMNS[name] if word in by_word), "")


def mapping_from(text: YamlText) -> Mapping:
    """Read a mapping file, over the preset that it names; raises `MistakesError` with every mistake of it."""
    if not isinstance(text.data, dict):
        raise MistakesError([Mistake(text.where(()), "le fichier doit être une liste de « clé : valeur »")])
    given = dict(text.data)
    named = given.pop("preset", None)
    base = {} if named is None else preset(str(named), text.where(("preset",)))
    try:
        return Mapping.model_validate({**base, **_as_text(given)})
    except ValidationError as error:
        raise MistakesError(mistakes_of(error, text, Mapping)) from error


def presets() -> list[str]:
    """The tools whose export is known."""
    return sorted(one.name.removesuffix(".yaml") for one in _PRESETS.iterdir() if one.name.endswith(".yaml"))


def preset(name: str, where: str) -> dict[str, Any]:
    """The correspondence of a tool whose export is known; another name is a mistake."""
    if name not in presets():
        raise MistakesError([Mistake(where, f"aucune correspondance « {name} »", f"Connues : {', '.join(presets())}.")])
    return _as_text(yaml_text.read(_PRESETS.joinpath(f"{name}.yaml").read_bytes()).data)


def _as_text(data: dict[str, Any]) -> dict[str, Any]:
    """A priority, a status or a kind is a word, even when the tool writes a number."""
    return {name: {str(key): value for key, value in part.items()} if isinstance(part, dict) else part for name, part in data.items()}
