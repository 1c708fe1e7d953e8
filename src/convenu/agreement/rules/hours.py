"""Service hours as the rules weigh them: how long a working day is, and which of two times is longer for certain."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from convenu.terms.closed_lists import OnCall
from convenu.terms.values import ServiceCalendar
from convenu.vocabulary.span import Span, SpanUnit

DAY = 1440
_DAYS = (SpanUnit.BUSINESS_DAYS,)
_UNSAID_DAY = (420, 600)

Calendars = tuple[ServiceCalendar, ...] | None


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """The shortest and the longest open day of the calendars, in minutes."""

    shortest: int
    longest: int


def working_day(calendars: Calendars) -> WorkingDay:
    """The open days of the calendars; between seven and ten hours when no calendar is given."""
    lengths = [minutes for calendar in calendars or () for day in range(7) if (minutes := open_minutes(calendar, day))]
    return WorkingDay(min(lengths), max(lengths)) if lengths else WorkingDay(*_UNSAID_DAY)


def open_minutes(calendar: ServiceCalendar, weekday: int) -> int:
    """How many minutes a weekday is open."""
    return sum(end - start for start, end in calendar.day_intervals(weekday))


def bounds(span: Span, day: WorkingDay) -> tuple[Decimal, Decimal]:
    """The fewest and the most minutes that a span may count in its own kind of time."""
    if span.unit in _DAYS:
        return span.count * day.shortest, span.count * day.longest
    if span.unit is SpanUnit.WORKING_DAYS:
        return span.count * DAY, span.count * DAY
    return span.minutes(), span.minutes()


def certainly_longer(one: Span, other: Span, day: WorkingDay) -> bool:
    """Whether one span outlasts the other however they fall; service time, which stops at night, never is the shorter for certain."""
    if one.unit is other.unit:
        return one.count > other.count
    if other.in_service_time and not one.in_service_time:
        return False
    return bounds(one, day)[0] > bounds(other, day)[1]


def never_closes(calendars: Calendars, on_call: OnCall | None, priority: str) -> bool:
    """Whether somebody works on that priority at any hour: a calendar without closing, or an on-call service that covers it."""
    if any(calendar.around_the_clock for calendar in calendars or ()):
        return True
    return on_call is OnCall.PER_SERVICE or (on_call is OnCall.P1 and priority == "P1")


def counted_by_the_clock(span: Span) -> bool:
    """Whether the span runs at night and on Sundays: plain minutes, hours, days or weeks."""
    return span.unit in (SpanUnit.MINUTES, SpanUnit.HOURS, SpanUnit.DAYS, SpanUnit.WEEKS)


def in_service_time(span: Span) -> Span:
    """The same length counted in the service hours."""
    unit = {SpanUnit.MINUTES: SpanUnit.BUSINESS_MINUTES, SpanUnit.HOURS: SpanUnit.BUSINESS_HOURS, SpanUnit.DAYS: SpanUnit.BUSINESS_DAYS}
    if span.unit is SpanUnit.WEEKS:
        return Span(span.count * 5, SpanUnit.BUSINESS_DAYS)
    return Span(span.count, unit.get(span.unit, span.unit))
