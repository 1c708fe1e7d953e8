"""The value of a change, as a terms file writes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from convenu.terms.values import Value
from convenu.vocabulary.findings import Change


def items(term: str, values: Iterable[Value]) -> Change:
    """A list of structured values in the place of the present one; « none » when the list is empty."""
    return Change(term, [written(value) for value in values] or "none")


def words(term: str, values: Iterable[str]) -> Change:
    """A list of words or of choices in the place of the present one; « none » when the list is empty."""
    return Change(term, [str(value) for value in values] or "none")


def written(value: Value) -> dict[str, Any]:
    """A structured value as a terms file writes it, what it leaves out left out."""
    return value.model_dump(mode="json", exclude_none=True)
