"""The hours that support is supposed to take, by segment and by what is supported: data of the library, which an MSP may replace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from convenu.facts.worked_time import Level


@dataclass(frozen=True, slots=True)
class Range:
    """A quantity that nobody knows exactly: as low as it may reasonably be, likely, as high as it may reasonably be."""

    low: Decimal
    likely: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.likely <= self.high:
            raise ValueError(f"a range goes low, likely, high, none under zero: {self.low}, {self.likely}, {self.high}")

    @classmethod
    def exactly(cls, value: Decimal) -> Range:
        """A quantity that is known."""
        return cls(value, value, value)

    @property
    def certain(self) -> bool:
        """Whether nothing is left to chance."""
        return self.low == self.high

    def times(self, factor: Decimal) -> Range:
        """The same range of a quantity so many times as large."""
        return Range(self.low * factor, self.likely * factor, self.high * factor)


Split = Mapping[Level, Decimal]


@dataclass(frozen=True, slots=True)
class Effort:
    """Hours a month for one unit of a population (a class of assets, a kind of user, a site), and the share of each level, summing to 1."""

    population: str
    hours: Range
    split: Split


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What is assumed for a segment: the effort by population, the client's temper, calls at night, minutes by ticket and by priority.

    `temper` multiplies all support hours of a client at once: some call twice as often as others, whatever they have. `source` says
    where the figures come from, or that they are our working assumption.
    """

    efforts: tuple[Effort, ...]
    temper: Range
    on_call_calls: Range
    on_call_hours: Decimal
    visit_hours: Decimal
    ticket_minutes: Mapping[str, Mapping[Level, Decimal]]
    source: str
