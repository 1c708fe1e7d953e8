"""Lengths of time as a contract writes them: the number and the kind of hour, day or month it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, Self

from dateutil.relativedelta import relativedelta

from convenu.vocabulary.written import Written


class SpanUnit(StrEnum):
    """What is counted; the French name of each stands in `french.py`."""

    MINUTES = "minutes"
    HOURS = "hours"
    BUSINESS_MINUTES = "business_minutes"
    BUSINESS_HOURS = "business_hours"
    BUSINESS_DAYS = "business_days"
    WORKING_DAYS = "working_days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


_ALIASES = {
    "minute": SpanUnit.MINUTES, "min": SpanUnit.MINUTES,
    "hour": SpanUnit.HOURS, "h": SpanUnit.HOURS, "heure": SpanUnit.HOURS, "heures": SpanUnit.HOURS,
    "business_minute": SpanUnit.BUSINESS_MINUTES, "minutes ouvrées": SpanUnit.BUSINESS_MINUTES, "minute ouvrée": SpanUnit.BUSINESS_MINUTES,
    "business_hour": SpanUnit.BUSINESS_HOURS, "bh": SpanUnit.BUSINESS_HOURS, "h ouvrées": SpanUnit.BUSINESS_HOURS,
    "h ouvrée": SpanUnit.BUSINESS_HOURS, "heures ouvrées": SpanUnit.BUSINESS_HOURS, "heure ouvrée": SpanUnit.BUSINESS_HOURS,
    "business_day": SpanUnit.BUSINESS_DAYS, "bd": SpanUnit.BUSINESS_DAYS, "jours ouvrés": SpanUnit.BUSINESS_DAYS,
    "jour ouvré": SpanUnit.BUSINESS_DAYS,
    "working_day": SpanUnit.WORKING_DAYS, "jours ouvrables": SpanUnit.WORKING_DAYS, "jour ouvrable": SpanUnit.WORKING_DAYS,
    "day": SpanUnit.DAYS, "jour": SpanUnit.DAYS, "jours": SpanUnit.DAYS, "j": SpanUnit.DAYS,
    "week": SpanUnit.WEEKS, "semaine": SpanUnit.WEEKS, "semaines": SpanUnit.WEEKS,
    "month": SpanUnit.MONTHS, "mois": SpanUnit.MONTHS,
    "year": SpanUnit.YEARS, "an": SpanUnit.YEARS, "ans": SpanUnit.YEARS,
}  # fmt: skip
_WRITTEN = re.compile(r"(?P<count>\d{1,6}(?:[.,]\d{1,2})?)\s*(?P<unit>[^\d\s].*)")
# Rough minutes of each unit, only to put two spans in order; a day of service is 8 h, a month 30 days.
_MINUTES = {
    SpanUnit.MINUTES: 1, SpanUnit.BUSINESS_MINUTES: 1, SpanUnit.HOURS: 60, SpanUnit.BUSINESS_HOURS: 60,
    SpanUnit.DAYS: 1440, SpanUnit.WEEKS: 10080, SpanUnit.MONTHS: 43200, SpanUnit.YEARS: 525600,
}  # fmt: skip
# Beyond this it is a slip of the pen, and a date computed from it may not exist.
_LONGEST_MONTHS = 12_000
_SERVICE_UNITS = frozenset({SpanUnit.BUSINESS_MINUTES, SpanUnit.BUSINESS_HOURS, SpanUnit.BUSINESS_DAYS})


@dataclass(frozen=True, slots=True)
class Span(Written):
    """A length of time with its unit: « 4 business_hours », « 3 months »."""

    PATTERN: ClassVar[str] = rf"^[0-9]+(\.[0-9]+)? ({'|'.join(SpanUnit)})$"
    EXAMPLES: ClassVar[tuple[str, ...]] = ("3 months", "4 business_hours")

    count: Decimal
    unit: SpanUnit

    @classmethod
    def of(cls, count: int | str, unit: SpanUnit | str) -> Self:
        """Build a span from plain values."""
        return cls(Decimal(count), SpanUnit(unit))

    @classmethod
    def parse(cls, written: object) -> Self:
        """Read « 3 months », « 4 h ouvrées », « 30 jours »; a bare number is refused, for nobody knows its unit."""
        if isinstance(written, cls):
            return written
        text = str(written).strip()
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise ValueError(f"durée « {text} » illisible : écrivez un nombre et son unité, par exemple « 3 mois » ou « 4 h ouvrées »")
        word = match["unit"].strip().lower()
        unit = _ALIASES.get(word) or next((known for known in SpanUnit if known.value == word), None)
        if unit is None:
            known = "minutes, heures, heures ouvrées, jours, jours ouvrés, jours ouvrables, semaines, mois, ans"
            raise ValueError(f"unité « {match['unit']} » inconnue ; unités admises : {known}")
        span = cls(Decimal(match["count"].replace(",", ".")), unit)
        if span.months() > _LONGEST_MONTHS:
            raise ValueError(f"durée « {text} » hors de propos : mille ans au plus")
        return span

    @property
    def in_service_time(self) -> bool:
        """Whether the span is counted inside the service hours only."""
        return self.unit in _SERVICE_UNITS

    def minutes(self, *, day_minutes: int = 480) -> Decimal:
        """How many minutes the span counts, with a service day of `day_minutes` minutes; an order of size, not a clock."""
        if self.unit in (SpanUnit.BUSINESS_DAYS, SpanUnit.WORKING_DAYS):
            return self.count * day_minutes
        return self.count * _MINUTES[self.unit]

    def months(self) -> Decimal:
        """How many months a contractual length lasts; weeks and days are taken on a month of 30 days."""
        if self.unit is SpanUnit.YEARS:
            return self.count * 12
        if self.unit is SpanUnit.MONTHS:
            return self.count
        return self.minutes() / _MINUTES[SpanUnit.MONTHS]

    def days(self) -> Decimal:
        """How many calendar days the span lasts at least; business days are taken five in seven."""
        if self.unit is SpanUnit.BUSINESS_DAYS:
            return self.count * 7 / 5
        if self.unit is SpanUnit.WORKING_DAYS:
            return self.count * 7 / 6
        if self.unit is SpanUnit.MONTHS:
            return self.count * 30
        return self.minutes() / _MINUTES[SpanUnit.DAYS]

    def after(self, day: date) -> date:
        """The same day `count` units later; 31 January plus one month is the last day of February (C. civ., art. 2228 s.)."""
        return day + self._step()

    def before(self, day: date) -> date:
        """The day `count` units earlier, a missing day of the month becoming the month's last one."""
        return day - self._step()

    def _step(self) -> relativedelta:
        if self.count != self.count.to_integral_value():
            raise ValueError(f"a fraction of a calendar unit has no date: {self}. Give a whole number of days or months.")
        number = int(self.count)
        match self.unit:
            case SpanUnit.DAYS:
                return relativedelta(days=number)
            case SpanUnit.WEEKS:
                return relativedelta(weeks=number)
            case SpanUnit.MONTHS:
                return relativedelta(months=number)
            case SpanUnit.YEARS:
                return relativedelta(years=number)
            case _:
                raise ValueError(f"{self} needs a service calendar to become a date. Use days, weeks, months or years here.")

    def __str__(self) -> str:
        return f"{_plain(self.count)} {self.unit.value}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
