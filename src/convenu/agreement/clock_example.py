"""One worked example of the service clock: an incident called in on the last open day of the week, an hour before closing.

Only what is exact without a date is shown: limits in business hours or minutes, counted on the ordinary week of the first calendar.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from functools import lru_cache

from convenu.service.open_time import OpenTime
from convenu.terms.closed_lists import HolidayZone, OnCall
from convenu.terms.contract import Terms
from convenu.terms.values import PrioritySpans, ServiceCalendar
from convenu.vocabulary import french
from convenu.vocabulary.span import Span, SpanUnit

_BEFORE_CLOSING = 60
_DAY = 1440
_WEEK = 7 * _DAY
# Midnight of a Monday in the middle of a year, in UTC: which one does not matter.
_MONDAY = 1_023_062_400
# An example due after weeks teaches nothing.
_LONGEST = 200 * 60
_EXACT = (SpanUnit.BUSINESS_HOURS, SpanUnit.BUSINESS_MINUTES)


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """One promise of the example and the moment it falls due."""

    promise: str
    delay: Span
    due: str


@dataclass(frozen=True, slots=True)
class ClockExample:
    """An incident, when it was called in, and what falls due when."""

    priority: str
    opened: str
    rows: tuple[ExampleRow, ...]


def clock_example(terms: Terms) -> ClockExample | None:
    """The example, when a priority counted in the service hours has limits that need no date to be computed."""
    calendar = next(iter(terms.service_hours.value or ()), None)
    opened = _call(calendar) if calendar is not None else None
    if calendar is None or opened is None or terms.on_call.unknown:
        return None
    priority = "P1" if terms.on_call.value in (None, OnCall.NONE) else "P2"
    limits = [
        (promise, delay)
        for promise, delay in _limits(terms, priority)
        if delay.unit in _EXACT and delay.minutes() == int(delay.minutes()) and delay.minutes() <= _LONGEST
    ]
    moments = _due(calendar, opened, tuple(int(delay.minutes()) for _, delay in limits))
    rows = tuple(ExampleRow(promise, delay, moment) for (promise, delay), moment in zip(limits, moments, strict=True))
    return ClockExample(priority, _moment(opened), rows) if rows else None


# A calendar is compiled for one example, and serves every answer that leaves it as it is.
@lru_cache(maxsize=256)
def _due(calendar: ServiceCalendar, opened: int, delays: tuple[int, ...]) -> tuple[str, ...]:
    """When each of some delays in minutes falls due, counted from a minute of the week."""
    ordinary, call = _ordinary(calendar), _MONDAY + 60 * opened
    return tuple(_moment((ordinary.after(call, 60 * delay) - _MONDAY) // 60) for delay in delays)


def _limits(terms: Terms, priority: str) -> Iterator[tuple[str, Span]]:
    named: tuple[tuple[str, PrioritySpans | None], ...] = (
        ("Prise en charge", terms.response_time.value),
        ("Contournement", terms.workaround_time.value),
        ("Rétablissement", terms.restoration_time.value),
    )
    for promise, limits in named:
        delay: Span | None = getattr(limits, priority) if limits else None
        if delay is not None:
            yield promise, delay


@lru_cache(maxsize=256)
def _call(calendar: ServiceCalendar) -> int | None:
    """The minute of the week an hour before the last closing; None for seasons, and for a week that never closes or crosses midnight."""
    open_time = _week(calendar)
    if not open_time or calendar.seasons or any(end > (start // _DAY + 1) * _DAY for start, end in open_time):
        return None
    start, end = open_time[-1]
    return end - _BEFORE_CLOSING if end - start > _BEFORE_CLOSING and end % _DAY else None


def _ordinary(calendar: ServiceCalendar) -> OpenTime:
    """The calendar as it runs in weeks without holidays, closings or changes of hour."""
    apart: dict[str, object] = {"timezone": "UTC", "holidays": HolidayZone.NONE, "closed": (), "exceptions": {}}
    return OpenTime.of(calendar.model_copy(update=apart))


def _week(calendar: ServiceCalendar) -> list[tuple[int, int]]:
    """The open intervals of an ordinary week, in minutes from Monday midnight."""
    return sorted((day * _DAY + start, day * _DAY + end) for day in range(7) for start, end in calendar.day_intervals(day))


def _moment(minute: int) -> str:
    """« vendredi à 17 h », « lundi suivant à 15 h 30 »."""
    week, rest = divmod(minute, _WEEK)
    hour, past = divmod(rest % _DAY, 60)
    day = french.WEEKDAYS[rest // _DAY]
    following = ("", " suivant")[week] if week < 2 else f" de la semaine {week + 1}"
    return f"{day}{following} à {french.clock(time(hour, past))}"
