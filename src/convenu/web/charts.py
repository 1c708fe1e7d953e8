"""Bars drawn in the rows of a table, and columns with marks: the table says the same in words, the drawing only helps the eye.

A bar is placed in thousandths of its cell, so that the text around it keeps its size on a phone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 1000, 100


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from a place to another; `look` says what it is: good, bad or plain."""

    start: int
    width: int
    look: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """What a thousandth of the width stands for."""

    low: Decimal
    high: Decimal

    @classmethod
    def holding(cls, values: Iterable[Decimal]) -> Scale:
        """The scale that holds every value, and zero."""
        found = [Decimal(0), *values]
        return cls(min(found), max(found))

    def place(self, value: Decimal) -> int:
        """Where a value stands, from 0 to 1000."""
        room = self.high - self.low
        return round(WIDTH * (value - self.low) / room) if room else 0

    def bar(self, one: Decimal, other: Decimal, look: str = "") -> Bar:
        """The bar between two values, whichever comes first; never so thin that it is not seen."""
        start, end = sorted((self.place(one), self.place(other)))
        return Bar(min(start, WIDTH - 4), max(4, end - start), look)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a distribution: where it stands, how high it is in hundredths, and how many it says; `look` is that of its bar."""

    start: int
    width: int
    top: int
    height: int
    count: int
    look: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A value shown on a distribution, with its name."""

    place: int
    label: str


@dataclass(frozen=True, slots=True)
class Distribution:
    """Columns side by side with marks over them."""

    columns: tuple[Column, ...]
    marks: tuple[Mark, ...]
    zero: int | None
    width: int = WIDTH
    height: int = HEIGHT


def distribution(
    bars: Sequence[tuple[Decimal, Decimal, int]], marks: Sequence[tuple[str, Decimal]], *, bad_from: Decimal | None = None
) -> Distribution:
    """Columns of a distribution given as (from, to, how many), in order; `zero` is where it passes from loss to gain.

    `bad_from` is where the bad ones begin, when some are.
    """
    scale = Scale(bars[0][0], bars[-1][1])
    most = max(count for _, _, count in bars) or 1
    columns = []
    for low, high, count in bars:
        start, tall = scale.place(low), round(HEIGHT * count / most)
        look = "plain" if bad_from is None or low < bad_from else "bad"
        columns.append(Column(start, max(1, scale.place(high) - start - 2), HEIGHT - tall, tall, count, look))
    zero = scale.place(Decimal(0)) if scale.low < 0 < scale.high else None
    return Distribution(tuple(columns), tuple(Mark(scale.place(value), label) for label, value in marks), zero)


@dataclass(frozen=True, slots=True)
class Step:
    """A row of a waterfall: what it adds or takes away, what is left after it, and its bar."""

    label: str
    amount: Decimal
    bar: Bar
    is_total: bool


def waterfall(start: tuple[str, Decimal], taken: Sequence[tuple[str, Decimal]], end: str) -> tuple[Step, ...]:
    """From a first amount to what is left of it once others are taken away."""
    label, amount = start
    left = [amount]
    for _, one in taken:
        left.append(left[-1] - one)
    scale = Scale.holding(left)
    steps = [Step(label, amount, scale.bar(Decimal(0), amount), is_total=True)]
    steps += [
        Step(name, -one, scale.bar(before, before - one, "bad" if one >= 0 else "good"), is_total=False)
        for (name, one), before in zip(taken, left, strict=False)
    ]
    return (*steps, Step(end, left[-1], scale.bar(Decimal(0), left[-1], "good" if left[-1] >= 0 else "bad"), is_total=True))
