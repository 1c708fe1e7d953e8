"""Mistakes in what a person gave, told together: where, what, and what to write instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to correct in a file or a form."""

    where: str
    message: str
    suggestion: str = ""

    def as_json(self) -> dict[str, str]:
        """The shape shared by the command line and the API."""
        return {"where": self.where, "message": self.message, "suggestion": self.suggestion}

    def __str__(self) -> str:
        tail = f". {self.suggestion}" if self.suggestion else ""
        return f"{self.where} : {self.message}{tail}"


class MistakesError(ValueError):
    """Carries every mistake of an input up to the edge that shows them."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))
