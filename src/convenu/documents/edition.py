"""Which copy of the contract this is: its version, its status, its date. All given: a document reads no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from convenu.vocabulary import french
from convenu.vocabulary.contract_text import ContractText


class EditionStatus(StrEnum):
    """Whether the text may still change."""

    DRAFT = "projet"
    PROVISIONAL = "contrat prévisionnel"
    FINAL = "définitif"
    REPORT = "rapport"
    LETTER = "lettre"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One copy: « v0.3 », « projet », the day it was made."""

    version: str
    day: date
    status: EditionStatus = EditionStatus.DRAFT

    @property
    def draft(self) -> bool:
        """Whether « projet » or « contrat prévisionnel » must stand on every page."""
        return self.status not in (EditionStatus.FINAL, EditionStatus.LETTER)

    @property
    def marks_title_page(self) -> bool:
        """Whether the mark stands on the first page too: nobody may take a provisional contract for the contract."""
        return self.status is EditionStatus.PROVISIONAL

    @property
    def mark(self) -> str:
        """« v0.3 · projet », as the header of each page says it."""
        return f"{self.version} · {self.status}"

    def particulars(self, text: ContractText) -> tuple[tuple[str, str], ...]:
        """What the title page says of this copy: label and value."""
        lines = (
            ("Référence", text.reference),
            ("Version", self.version),
            ("Statut", self.status.value),
            ("Date", french.day(self.day)),
        )
        return tuple((label, value) for label, value in lines if value)
