"""The time spent on a ticket, as a tool recorded it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """A level of support."""

    N1 = "n1"
    N2 = "n2"
    N3 = "n3"

    @property
    def label(self) -> str:
        """« N1 »."""
        return self.value.upper()


class WorkDecision(StrEnum):
    """What the record of some work says of its price."""

    INCLUDED = "included"
    BILLED = "billed"
    UNDECIDED = "undecided"

    @property
    def label(self) -> str:
        """In the words of a page."""
        return {"included": "compris", "billed": "facturé", "undecided": "à décider"}[self.value]


class WorkPlace(StrEnum):
    """Where the work was done."""

    ON_SITE = "on_site"
    REMOTE = "remote"

    @property
    def label(self) -> str:
        """In the words of a page."""
        return {"on_site": "sur site", "remote": "à distance"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedTime:
    """Minutes of work, and what the source tells of them; what it does not tell is empty.

    `at` is the instant when the work began. Whoever did it is kept as a level, never as a name.
    """

    minutes: int
    at: int | None = None
    level: Level | None = None
    place: WorkPlace | None = None
    decision: WorkDecision = WorkDecision.UNDECIDED

    def __post_init__(self) -> None:
        if self.minutes <= 0:
            raise ValueError(f"temps passé de {self.minutes} min : il en faut plus que zéro")

    def as_json(self) -> dict[str, Any]:
        """As plain data, what is not told left out."""
        told = {"minutes": self.minutes, "at": self.at, "level": self.level, "place": self.place}
        decided = {} if self.decision is WorkDecision.UNDECIDED else {"decision": self.decision.value}
        return {name: value for name, value in told.items() if value is not None} | decided
