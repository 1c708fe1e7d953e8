"""A value that changes on known days, and says so when a day is not covered."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")


class NotInForceError(LookupError):
    """No value is known for the day asked; the message names what is missing."""

    def __init__(self, name: str, on: date, reason: str) -> None:
        self.name = name
        self.on = on
        self.reason = reason
        super().__init__(f"{name}: no value on {on}: {reason}")


@dataclass(frozen=True, slots=True)
class InForce(Generic[T]):
    """One value with the days it holds: from included, until excluded (None: still in force)."""

    value: T
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """Values by the day they start; `known_until` (excluded) is the last day anybody has looked up."""

    name: str
    values: Mapping[date, T]
    known_until: date | None = None
    next_expected: str = ""
    _starts: tuple[date, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(sorted(self.values)))

    def on(self, day: date) -> InForce[T]:
        """The value in force on a day; a day before the first or after the last known one raises."""
        rank = bisect_right(self._starts, day)
        if not rank:
            first = f"la première valeur connue est du {self._starts[0]:%d/%m/%Y}" if self._starts else "aucune valeur connue"
            raise NotInForceError(self.name, day, first)
        if self.known_until is not None and day >= self.known_until:
            raise NotInForceError(self.name, day, self.next_expected or f"aucune valeur connue après le {self.known_until:%d/%m/%Y}")
        start = self._starts[rank - 1]
        return InForce(self.values[start], start, self._starts[rank] if rank < len(self._starts) else self.known_until)
