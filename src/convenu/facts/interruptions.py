"""What stopped everybody's work at once: a maintenance window, a closing, a case of force majeure, and when it was announced."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class InterruptionKind(StrEnum):
    """What stopped the work."""

    MAINTENANCE_WINDOW = "maintenance_window"
    CLOSING = "closing"
    FORCE_MAJEURE = "force_majeure"

    @property
    def label(self) -> str:
        """In the words of a report."""
        return {
            "maintenance_window": "fenêtre de maintenance",
            "closing": "fermeture annoncée du Prestataire",
            "force_majeure": "force majeure",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Interruption:
    """One interruption, in UTC epoch seconds; `end` is the end that was announced, `site` the only place it concerns, if any."""

    kind: InterruptionKind
    start: int
    end: int
    announced_at: int | None
    site: str = ""
