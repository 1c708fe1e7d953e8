"""What a check says: how serious, where, why, by which article, and the answer that would change it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a finding weighs; only `blocking` stops a signature."""

    BLOCKING = "blocking"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def label(self) -> str:
        """The word on screen and in the note to the lawyer."""
        return {"blocking": "Bloquant", "high": "Alerte"}.get(self.value, "Conseil")

    @property
    def rank(self) -> int:
        """0 for the gravest, to sort by."""
        return list(Severity).index(self)


class Status(StrEnum):
    """Whether the problem was seen, or could not be looked at for want of a value."""

    FOUND = "found"
    NOT_VERIFIABLE = "not_verifiable"


@dataclass(frozen=True, slots=True)
class Citation:
    """One text of law or one decision, and where somebody read it."""

    citation: str
    source: str


@dataclass(frozen=True, slots=True)
class Change:
    """The answer that would lift a finding: a term and its new value, as written in a terms file."""

    term: str
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a person must look at before signing."""

    rule: str
    title: str
    kind: str
    severity: Severity
    status: Status
    message: str
    where: str
    clause: str | None
    terms: tuple[str, ...]
    law: tuple[Citation, ...]
    remedy: str
    change: Change | None = None

    @property
    def key(self) -> str:
        """What names this finding from one check to the next, so that a dismissal stays with it."""
        return f"{self.rule}:{self.status}:{','.join(self.terms) or self.clause or ''}"

    def as_json(self) -> dict[str, Any]:
        """The shape shared by the command line and the API."""
        return {
            "rule": self.rule,
            "title": self.title,
            "kind": self.kind,
            "severity": self.severity.value,
            "status": self.status.value,
            "message": self.message,
            "where": self.where,
            "clause": self.clause,
            "terms": list(self.terms),
            "law": [{"citation": cited.citation, "source": cited.source} for cited in self.law],
            "remedy": self.remedy,
            "change": None if self.change is None else {"term": self.change.term, "value": self.change.value},
        }
