"""A limit as a contract writes it, turned into seconds of a clock and into the moment it falls due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from convenu.service.calendar import open_day
from convenu.service.local_time import instant
from convenu.service.open_time import LAST_YEAR, NeverOpenError, OpenTime
from convenu.vocabulary.span import Span, SpanUnit

_SECONDS = {SpanUnit.MINUTES: 60, SpanUnit.HOURS: 3600, SpanUnit.BUSINESS_MINUTES: 60, SpanUnit.BUSINESS_HOURS: 3600}


class NotCountableError(ValueError):
    """A limit that no clock can count; the reason is for a person to read."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A span of a contract and the clock it is counted on: the service hours, or every hour of the day."""

    span: Span
    clock: OpenTime
    hours: OpenTime

    @property
    def seconds(self) -> int | None:
        """The seconds of the limit when they do not depend on a date; None for days, weeks, months and years."""
        unit = _SECONDS.get(self.span.unit)
        return None if unit is None else int(self.span.count * unit)

    def seconds_from(self, start: int) -> int:
        """The seconds of its clock from a start to the moment when the limit falls due without any pause."""
        fixed = self.seconds
        return fixed if fixed is not None else self.clock.between(start, self._last_moment(start))

    def _last_moment(self, start: int) -> int:
        """The end of the last day of the limit; the day of the start is not counted."""
        if self.span.count != self.span.count.to_integral_value():
            raise NotCountableError(f"« {self.span} » : une fraction de jour n’a pas d’heure d’échéance")
        match self.span.unit:
            case SpanUnit.BUSINESS_DAYS:
                return self._closing(start, int(self.span.count))
            case SpanUnit.WORKING_DAYS:
                return self._midnight(self._working_day(start, int(self.span.count)))
            case _:
                return self._midnight(self.span.after(self.hours.local(start).date()))

    def _closing(self, start: int, days: int) -> int:
        """The closing of the nth open day after that of the start."""
        first, versions = self.hours.local(start).date(), self.hours.versions
        key, day = (first, days), first
        if key in self.hours.closings:
            return self.hours.closings[key]
        while days:
            day += timedelta(days=1)
            if day.year > LAST_YEAR:
                raise NeverOpenError(f"{self.span} never pass in this calendar. Open more days.")
            minutes = open_day(versions.on(day), day).minutes
            days -= bool(minutes)
            if not days:
                self.hours.closings[key] = instant(day, minutes[-1][1], versions.zone_on(day))
                return self.hours.closings[key]
        return start

    def _working_day(self, start: int, days: int) -> date:
        """The nth day after that of the start that is neither a Sunday nor a holiday."""
        day, versions = self.hours.local(start).date(), self.hours.versions
        while days:
            day += timedelta(days=1)
            days -= day.weekday() != 6 and not versions.is_holiday(day)
        return day

    def _midnight(self, day: date) -> int:
        following = day + timedelta(days=1)
        return instant(following, 0, self.hours.versions.zone_on(following))


def limit(span: Span, hours: OpenTime, always: OpenTime) -> Limit:
    """The limit of a span: counted in the service hours when the span says so, else at every hour."""
    return Limit(span, hours if span.in_service_time else always, hours)
