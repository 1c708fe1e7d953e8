"""The dates of the maintenance windows in the first year of a contract, as its maintenance plan prints them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from convenu.terms.closed_lists import Frequency, WeekOfMonth
from convenu.terms.contract import Terms
from convenu.terms.values import Freeze, MaintenanceWindow
from convenu.vocabulary import french

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_RANKS = {WeekOfMonth.FIRST: 0, WeekOfMonth.SECOND: 1, WeekOfMonth.THIRD: 2, WeekOfMonth.FOURTH: 3, WeekOfMonth.LAST: -1}
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class WindowDates:
    """One window and its dates in words."""

    name: str
    dates: str


def window_dates(terms: Terms) -> tuple[WindowDates, ...]:
    """The monthly windows whose week is known, with their dates in the twelve months from the start, frozen days left out."""
    start, windows = terms.effective_date.value, terms.maintenance_windows.value
    if not start or not windows or terms.change_freezes.unknown:
        return ()
    freezes = terms.change_freezes.value or ()
    found = ((window.name, [day for day in _dates(window, start) if not is_frozen(day, freezes)]) for window in windows)
    return tuple(WindowDates(name, ", ".join(french.short_day(day) for day in days)) for name, days in found if days)


def is_frozen(day: date, freezes: Iterable[Freeze]) -> bool:
    """Whether the day falls in one of these yearly freezes, its first and last days included."""
    written = f"{day:%m-%d}"
    return any(
        freeze.start <= written <= freeze.end if freeze.start <= freeze.end else written >= freeze.start or written <= freeze.end
        for freeze in freezes
    )


# A window serves every answer that leaves it as it is.
@lru_cache(maxsize=256)
def _dates(window: MaintenanceWindow, start: date) -> tuple[date, ...]:
    return tuple(_days_of(window, start))


def _days_of(window: MaintenanceWindow, start: date) -> Iterator[date]:
    """The window's day of each month, from the start to the eve of its anniversary."""
    if window.frequency is not Frequency.MONTHLY or window.week is None or window.weekday is None:
        return
    last = start + relativedelta(years=1) - timedelta(days=1)
    for rank in range(_MONTHS + 1):
        first = start.replace(day=1) + relativedelta(months=rank if window.week is not WeekOfMonth.LAST else rank + 1)
        # The weekday at or after the first of the month; the last one of a month comes a week before that of the next.
        day = first + timedelta(days=(_WEEKDAYS.index(window.weekday) - first.weekday()) % 7 + 7 * _RANKS[window.week])
        if start <= day <= last:
            yield day
