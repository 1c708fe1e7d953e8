"""Why a part of the library other than a clause changed, in the words of its authors."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class PartKind(StrEnum):
    """The parts of the library beside its clauses, in the order a lawyer reads them."""

    DEFINITION = "definition"
    SEGMENT = "segment"
    SECTOR = "sector"
    QUESTION = "question"
    RULE = "rule"
    LAW = "law"

    @property
    def label(self) -> str:
        """The kind in French."""
        return {
            "definition": "définition",
            "segment": "segment",
            "sector": "secteur",
            "question": "question",
            "rule": "contrôle",
            "law": "chiffre de la loi",
        }[self.value]


@dataclass(frozen=True, slots=True)
class PartNote:
    """Why one part became what it is, and the law that asked for it; the latest release that tells it is the one that made it."""

    kind: PartKind
    key: str
    why: str
    law: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The shape shared by the command line and the API."""
        return {"why": self.why, "law": list(self.law)}
