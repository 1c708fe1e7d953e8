"""A person's mistakes in a form, raised together and shown together."""

from __future__ import annotations

from typing import NoReturn

from convenu.vocabulary.mistakes import Mistake, MistakesError


def refuse(where: str, message: str, suggestion: str = "") -> NoReturn:
    """Stop with one mistake; `where` is the name of the field, or empty for the whole form."""
    raise MistakesError([Mistake(where, message, suggestion)])


def refuse_any(mistakes: list[Mistake]) -> None:
    """Stop when there is at least one mistake."""
    if mistakes:
        raise MistakesError(mistakes)
