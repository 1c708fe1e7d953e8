"""A clause: what it promises, when it appears, on what law it stands, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from convenu.agreement.conditions import Condition
from convenu.agreement.language import Parsed


class Place(StrEnum):
    """Where a clause stands in the contract."""

    FRONT = "front"
    BODY = "body"
    ANNEX = "annex"


class Stance(StrEnum):
    """Whom a wording favours."""

    BALANCED = "balanced"
    PROVIDER = "provider"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another position that is really negotiated, as changes of terms."""

    stance: Stance
    summary: str


@dataclass(frozen=True, slots=True)
class Review:
    """Who read the clause, and when; filled by a lawyer only."""

    by: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause of the library."""

    key: str
    title: str
    version: int
    provision: int
    order: int
    audit_type: str
    place: Place
    states: tuple[str, ...]
    mentions: tuple[str, ...]
    applies_when: Condition
    excludes: tuple[str, ...]
    law: tuple[str, ...]
    gloss: str
    why: str
    alternatives: tuple[Alternative, ...]
    reviewed: Review
    text: str
    parsed: Parsed

    def as_json(self) -> dict[str, Any]:
        """The shape shared by the command line and the API."""
        return {
            "key": self.key,
            "title": self.title,
            "version": self.version,
            "provision": self.provision,
            "audit_type": self.audit_type,
            "states": list(self.states),
            "mentions": list(self.mentions),
            "law": list(self.law),
            "gloss": self.gloss,
            "alternatives": [{"stance": one.stance.value, "summary": one.summary} for one in self.alternatives],
            "reviewed": {"by": self.reviewed.by, "on": self.reviewed.on.isoformat() if self.reviewed.on else None},
        }


@dataclass(frozen=True, slots=True)
class Provision:
    """One of the 37 provisions of a complete contract: its number and the title of its article."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class DefinedTerm:
    """A term with a meaning of its own: how it may be written, and what it means."""

    name: str
    forms: tuple[str, ...]
    meaning: Parsed
