"""What is wrong in the text of a clause: told in French, with its line, all together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from convenu.vocabulary.mistakes import Mistake


@dataclass(frozen=True, slots=True)
class ClauseMistake:
    """One thing to correct in a clause; line 0 is the clause as a whole."""

    clause: str
    line: int
    message: str
    suggestion: str = ""

    def as_mistake(self) -> Mistake:
        """The same beside the text of the clause, where its name goes without saying."""
        return Mistake(f"ligne {self.line}" if self.line else "", self.message, self.suggestion)

    def __str__(self) -> str:
        place = f"{self.clause}, ligne {self.line}" if self.line else self.clause
        return str(Mistake(place, self.message, self.suggestion))


class ClauseSyntaxError(ValueError):
    """A clause's text uses a form, a name or a figure that the language does not have, or does not go with the other clauses."""

    def __init__(self, mistakes: Iterable[ClauseMistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))
