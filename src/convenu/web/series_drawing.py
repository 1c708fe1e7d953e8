"""A figure of the law drawn through time: a step line, broken where nothing was published."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from convenu.law.book import LawValue
from convenu.vocabulary import french

WIDTH, HEIGHT = 720, 220
LEFT, TOP, BOTTOM = 64, 12, 26
STEPS = 4
MOST_YEARS = 9


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the scale, or a year under the drawing."""

    place: int
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the page draws: one path a stretch without a gap, the scale and the years."""

    paths: tuple[str, ...]
    scale: tuple[Mark, ...]
    years: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    label_end: int = LEFT - 8


def draw(figure: LawValue, *, until: date) -> Drawing | None:
    """The series up to a day; nothing for one that is no number, or has a single value."""
    values = sorted((day, one.value) for day, one in figure.dated.values.items() if isinstance(one.value, Decimal) and day <= until)
    if len(values) < 2:
        return None
    stretches = [(start, min(end, until), value) for (start, value), end in zip(values, _ends(figure, values, until), strict=True)]
    first, last = stretches[0][0], max(end for _, end, _ in stretches)
    rules = _rules(min(value for _, _, value in stretches), max(value for _, _, value in stretches))
    low, high = rules[0], rules[-1]

    def across(day: date) -> int:
        return LEFT + round((WIDTH - LEFT - 8) * (day - first).days / max((last - first).days, 1))

    def down(value: Decimal) -> int:
        return TOP + round((HEIGHT - TOP - BOTTOM) * (high - value) / (high - low))

    paths: list[str] = []
    for rank, (start, end, value) in enumerate(stretches):
        joined = rank > 0 and stretches[rank - 1][1] >= start
        step = f"{'L' if joined else 'M'}{across(start)} {down(value)} L{across(end)} {down(value)}"
        if joined:
            paths[-1] += f" {step}"
        else:
            paths.append(step)
    scale = tuple(Mark(down(value), french.number(value)) for value in rules)
    return Drawing(tuple(paths), scale, _years(first, last, across))


def _rules(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """Round values that hold both ends, 1, 2 or 5 units of a power of ten apart: as many steps as are easily read."""
    room = (high - low) or abs(high) or Decimal(1)
    unit = Decimal(10) ** (room / STEPS).adjusted()
    step = next(unit * times for times in (1, 2, 5, 10) if unit * times * STEPS >= room)
    first, last = (low / step).to_integral_value(ROUND_FLOOR), (high / step).to_integral_value(ROUND_CEILING)
    last = max(last, first + 1)
    return tuple(step * rank for rank in range(int(first), int(last) + 1))


def _ends(figure: LawValue, values: Sequence[tuple[date, Decimal]], until: date) -> list[date]:
    """The first day that each value no longer covers."""
    if figure.monthly:
        return [(day.replace(day=1) + timedelta(days=32)).replace(day=1) for day, _ in values]
    known = figure.dated.known_until
    return [*(day for day, _ in values[1:]), min(known, until) if known else until]


def _years(first: date, last: date, across: Callable[[date], int]) -> tuple[Mark, ...]:
    every = range(first.year + 1, last.year + 1)
    step = max(1, len(every) // MOST_YEARS + 1) if len(every) > MOST_YEARS else 1
    return tuple(Mark(across(date(year, 1, 1)), str(year)) for year in every[::step])
