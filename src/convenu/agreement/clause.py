"""A clause: what it promises, when it appears, on what law it stands, and its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from convenu.agreement.conditions import Condition
from convenu.agreement.language import Parsed, parse


class Place(StrEnum):
    """Where a clause stands in the contract."""

    FRONT = "front"
    BODY = "body"
    ANNEX = "annex"
    SUMMARY = "summary"


class Stance(StrEnum):
    """Whom a position favours; `plain` is a shorter text for a very small client."""

    BALANCED = "balanced"
    PROVIDER = "provider"
    CLIENT = "client"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Another text of a clause. It states the same terms, except those it leaves out: chosen, it leaves none of these with a value."""

    title: str
    states: tuple[str, ...]
    mentions: tuple[str, ...]
    leaves_out: tuple[str, ...]
    law: tuple[str, ...]
    # Where the text stands, for whoever must correct it.
    source: str
    text: str
    # Brands and products that the text names, capitals and all.
    proper_names: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The shape shared by the command line and the API."""
        return {
            "title": self.title,
            "states": list(self.states),
            "mentions": list(self.mentions),
            "leaves_out": list(self.leaves_out),
            "law": list(self.law),
            "text": self.text,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another position that is really negotiated: answers that it changes, as a terms file writes them, or another wording."""

    key: str
    stance: Stance
    summary: str
    change: Mapping[str, Any] = field(default_factory=dict)
    wording: Wording | None = None

    def as_json(self) -> dict[str, Any]:
        """The shape shared by the command line and the API."""
        return {
            "key": self.key,
            "stance": self.stance.value,
            "summary": self.summary,
            "change": dict(self.change) or None,
            "wording": self.wording.as_json() if self.wording else None,
        }


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """Why a clause became what it is in one of its versions, and the law that asked for it."""

    version: int
    why: str
    law: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The shape shared by the command line and the API."""
        return {"version": self.version, "why": self.why, "law": list(self.law)}


@dataclass(frozen=True, slots=True)
class Review:
    """Who read the clause, and when; filled by a lawyer only."""

    by: str | None = None
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One clause of the library; its text is read when it is first asked for, as a contract takes some of hundreds."""

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
    yields_first: str
    never: str
    alternatives: tuple[Alternative, ...]
    reviewed: Review
    source: str
    text: str
    proper_names: tuple[str, ...] = ()
    changes: tuple[ChangeNote, ...] = ()
    summary: Parsed | None = None

    @cached_property
    def parsed(self) -> Parsed:
        """The text as the language reads it; `ClauseSyntaxError` when it is outside the language."""
        return parse(self.source, self.text, self.proper_names)

    def alternative(self, key: str) -> Alternative | None:
        """The alternative of that key, if the clause has it."""
        return next((one for one in self.alternatives if one.key == key), None)

    @property
    def wordings(self) -> tuple[str, ...]:
        """The keys of the alternatives that are another text of the clause."""
        return tuple(one.key for one in self.alternatives if one.wording)

    def worded(self, key: str | None) -> Clause:
        """The clause with another of its wordings in place of its own; the same clause for a key that is none of them."""
        other = self.alternative(key) if key else None
        return self.in_words(other.wording) if other is not None and other.wording is not None else self

    def in_words(self, new: Wording) -> Clause:
        """The clause in other words."""
        said = {name: getattr(new, name) for name in ("title", "states", "mentions", "law", "source", "text", "proper_names")}
        return replace(self, **said)

    def variants(self) -> Iterator[Clause]:
        """The clause in its own words, then in each of its other wordings."""
        yield self
        for key in self.wordings:
            yield self.worded(key)

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
            "yields_first": self.yields_first,
            "never": self.never,
            "alternatives": [one.as_json() for one in self.alternatives],
            "changes": [one.as_json() for one in self.changes],
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
