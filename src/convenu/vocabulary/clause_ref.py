"""The clause that a result rests on, by its key: the edge that shows the result finds its article in the contract signed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClauseRef:
    """A clause of the library, and the terms of it that decided."""

    key: str
    terms: tuple[str, ...] = ()
