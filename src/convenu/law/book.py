"""Dated legal figures and the look-up of one of them on a day.

A figure that nobody has published, or looked up, for the day asked raises `NotInForceError` with the name of what is missing;
nothing is carried forward and nothing is extrapolated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from convenu.vocabulary.dated import Dated, InForce, NotInForceError


@dataclass(frozen=True, slots=True)
class Sourced:
    """A figure, the text or page where it was read, and whether somebody read it there or knows it without having read it."""

    value: Decimal | str
    source: str
    confidence: str = "source_read"


@dataclass(frozen=True, slots=True, kw_only=True)
class LawValue:
    """One legal figure through time."""

    name: str
    label: str
    unit: str
    monthly: bool
    dated: Dated[Sourced]
    last_checked: date | None

    def on(self, day: date) -> Answer:
        """The figure on a day, with its source and the days it holds; a gap raises."""
        held = self._month(day) if self.monthly else self.dated.on(day)
        return Answer(
            name=self.name,
            label=self.label,
            on=day,
            value=held.value.value,
            unit=self.unit,
            source=held.value.source,
            confidence=held.value.confidence,
            start=held.start,
            end=held.end,
            last_checked=self.last_checked,
        )

    def _month(self, day: date) -> InForce[Sourced]:
        first = day.replace(day=1)
        known = self.dated.values.get(first)
        if known is None:
            raise NotInForceError(self.name, day, f"valeur de {first:%m/%Y} inconnue : à prendre dans la publication")
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return InForce(known, first, following)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the law says on a day."""

    name: str
    label: str
    on: date
    value: Any
    unit: str
    source: str
    start: date
    end: date | None
    confidence: str = "source_read"
    last_checked: date | None = None

    def as_json(self) -> dict[str, Any]:
        """The shape shared by the command line and the API; `to` is the first day no longer covered."""
        value = [str(part) for part in self.value] if isinstance(self.value, (list, tuple)) else str(self.value)
        return {
            "name": self.name,
            "label": self.label,
            "on": self.on.isoformat(),
            "value": value,
            "unit": self.unit,
            "source": self.source,
            "from": self.start.isoformat(),
            "to": self.end.isoformat() if self.end else None,
            "confidence": self.confidence,
            "last_checked": self.last_checked.isoformat() if self.last_checked else None,
        }


class UnknownLawValueError(LookupError):
    """No legal figure has that name."""

    def __init__(self, name: str, known: list[str]) -> None:
        self.name = name
        self.known = known
        super().__init__(f"no legal value is called {name!r}. Known values: {', '.join(known)}")


@dataclass(frozen=True, slots=True)
class Computed:
    """A figure drawn from published ones: what it is called, whether or not a day has it, and how it is drawn."""

    label: str
    draw: Callable[[LawBook, date], Answer]


@dataclass(frozen=True, slots=True)
class LawBook:
    """Every legal figure by name: those written in the library, and those computed from them.

    `edition` changes with the figures that an installation imported over them; empty when it imported none.
    """

    values: Mapping[str, LawValue]
    computed: Mapping[str, Computed]
    edition: str = ""

    @property
    def names(self) -> list[str]:
        """The names one can ask for."""
        return sorted({*self.values, *self.computed})

    def label(self, name: str) -> str:
        """What the figure of that name is called."""
        return self.values[name].label if name in self.values else self.computed[name].label

    def on(self, name: str, day: date) -> Answer:
        """The figure of that name on that day."""
        if name in self.values:
            return self.values[name].on(day)
        if name in self.computed:
            return self.computed[name].draw(self, day)
        raise UnknownLawValueError(name, self.names)

    def number(self, name: str, day: date) -> Decimal:
        """The figure as a number."""
        return Decimal(str(self.on(name, day).value))

    def day(self, name: str, day: date) -> date:
        """The figure as a date, for those that announce one."""
        return date.fromisoformat(str(self.on(name, day).value))

    def words(self, name: str, day: date) -> tuple[str, ...]:
        """The figure as a list of names, for those written « a, b, c »."""
        return tuple(word.strip() for word in str(self.on(name, day).value).split(","))


@dataclass(frozen=True, slots=True)
class WatchedBook(LawBook):
    """The same figures, noting each look-up by name and day, those behind a computed figure included."""

    asked: dict[tuple[str, date], str] = field(default_factory=dict)

    def on(self, name: str, day: date) -> Answer:
        """The figure of that name on that day, noted."""
        try:
            answer = LawBook.on(self, name, day)
        except NotInForceError as gap:
            self.asked[name, day] = said_of(gap)
            raise
        self.asked[name, day] = said_of(answer)
        return answer


def watched(book: LawBook) -> WatchedBook:
    """A book that notes what is asked of it."""
    return WatchedBook(book.values, book.computed, book.edition)


def said_of(found: Answer | NotInForceError) -> str:
    """What a look-up said, the reason of a gap included, to compare with what the same one says later."""
    return f"? {found.reason}" if isinstance(found, NotInForceError) else f"{found.value} {found.unit}"
