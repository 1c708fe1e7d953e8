"""When quantities are counted: the words of the clause read as a rule, and the count of a month from those of its days."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from convenu.law.holidays import public_holidays
from convenu.vocabulary.french import plain_spaces


class CountMethod(StrEnum):
    """What of a month is counted: one day of it, its average or its highest day."""

    FIRST_BUSINESS_DAY = "first_business_day"
    LAST_BUSINESS_DAY = "last_business_day"
    LAST_DAY = "last_day"
    DAY = "day"
    AVERAGE = "average"
    PEAK = "peak"


_WORDS = {
    "le premier jour ouvré du mois": CountMethod.FIRST_BUSINESS_DAY,
    "le dernier jour ouvré du mois": CountMethod.LAST_BUSINESS_DAY,
    "le dernier jour du mois": CountMethod.LAST_DAY,
    "en moyenne des jours du mois": CountMethod.AVERAGE,
    "au plus haut de chaque mois": CountMethod.PEAK,
}
_NUMBERED = re.compile(r"le (\d{1,2})(?:er)? (?:de chaque|du) mois")


@dataclass(frozen=True, slots=True)
class CountDay:
    """A rule on when to count; `day` is the day of the month of a `DAY`, its last one in a shorter month."""

    method: CountMethod
    day: int = 0

    @classmethod
    def of(cls, words: str) -> CountDay | None:
        """The rule that some words of a contract say; None when they say none that can be executed."""
        said = " ".join(plain_spaces(words).lower().split())
        if said in _WORDS:
            return cls(_WORDS[said])
        numbered = _NUMBERED.fullmatch(said)
        return cls(CountMethod.DAY, int(numbered[1])) if numbered and 1 <= int(numbered[1]) <= 31 else None

    def falls_on(self, month: date) -> date | None:
        """The day of a month on which one counts; None when the whole month counts."""
        first, last = month.replace(day=1), month.replace(day=monthrange(month.year, month.month)[1])
        match self.method:
            case CountMethod.FIRST_BUSINESS_DAY:
                return _business_day(first, 1)
            case CountMethod.LAST_BUSINESS_DAY:
                return _business_day(last, -1)
            case CountMethod.LAST_DAY:
                return last
            case CountMethod.DAY:
                return month.replace(day=min(self.day, last.day))
            case CountMethod.AVERAGE | CountMethod.PEAK:
                return None

    def of_month(self, counts: Mapping[date, Decimal], month: date) -> Decimal | None:
        """The count of a month, from counts by the day each was taken; a count holds until the next one.

        None when nothing had been counted yet on the first day that matters.
        """
        on = self.falls_on(month)
        days = [on] if on else [month.replace(day=day) for day in range(1, monthrange(month.year, month.month)[1] + 1)]
        held = [_held(counts, day) for day in days]
        known = [count for count in held if count is not None]
        if len(known) < len(held):
            return None
        return max(known) if self.method is CountMethod.PEAK else sum(known, Decimal(0)) / len(known)


def _held(counts: Mapping[date, Decimal], day: date) -> Decimal | None:
    """The last count taken on or before a day."""
    taken = [one for one in counts if one <= day]
    return counts[max(taken)] if taken else None


def _business_day(day: date, step: int) -> date:
    """The nearest day from one on, going by `step`, that is neither of a week-end nor a public holiday of mainland France."""
    while day.weekday() >= 5 or day in public_holidays(day.year):
        day += timedelta(days=step)
    return day
