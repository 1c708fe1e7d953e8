"""The open time of a calendar: how much of it lies between two instants, and when so much of it has passed.

Zones, changes of hour, holidays and versions are resolved once, when a year is compiled; what is left is integers, in UTC epoch seconds.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, timedelta
from functools import partial

from convenu.service.calendar import CalendarVersions, DayRule, open_day
from convenu.service.local_time import DAY, at, instant, instants
from convenu.terms.values import ServiceCalendar
from convenu.vocabulary.dated import NotInForceError

FIRST_YEAR, LAST_YEAR = 1900, 2199
_STEPS = (1, 2, 5, 15, 40)


class NeverOpenError(ValueError):
    """So much open time never passes within the years that a calendar can be computed for."""


class OpenTime:
    """A calendar compiled year by year, as far as it is asked."""

    def __init__(self, versions: CalendarVersions) -> None:
        self.versions = versions
        self._first, self._last = LAST_YEAR, FIRST_YEAR
        self._from, self._to = 1, 0
        self._opens: list[int] = []
        self._closes: list[int] = []
        self._passed: list[int] = []
        # The closing of the nth open day after a day, as `limits` found it.
        self.closings: dict[tuple[date, int], int] = {}

    @classmethod
    def of(cls, calendar: ServiceCalendar) -> OpenTime:
        """The open time of a calendar that has always been in force."""
        return cls(CalendarVersions.always(calendar))

    def between(self, start: int, end: int) -> int:
        """The open seconds from `start` to `end`."""
        self._cover(start, end)
        return self._until(end) - self._until(start)

    def after(self, start: int, seconds: int) -> int:
        """The first instant when so many open seconds have passed since `start`: closing time, not the next opening."""
        self._cover(start, start)
        if seconds <= 0:
            return start
        wanted = self._until(start) + seconds
        for step in _STEPS:
            if self._passed and self._passed[-1] >= wanted:
                break
            self._compile(self._first, min(self._last + step, LAST_YEAR))
        if not self._passed or self._passed[-1] < wanted:
            raise NeverOpenError(f"{seconds} open seconds do not pass in 60 years of this calendar. Shorten the limit or open more hours.")
        index = bisect_left(self._passed, wanted)
        return self._closes[index] - (self._passed[index] - wanted)

    def opening(self, moment: int) -> int:
        """The instant itself when the calendar is open, else its next opening."""
        return self.after(moment, 1) - 1

    def is_open(self, moment: int) -> bool:
        """Whether the calendar is open during the second that begins at an instant."""
        return self.between(moment, moment + 1) == 1

    def intervals(self, start: int, end: int) -> list[tuple[int, int]]:
        """The open intervals between two instants, cut at them."""
        self._cover(start, end)
        first = bisect_right(self._closes, start)
        found = []
        for index in range(first, len(self._opens)):
            if self._opens[index] >= end:
                break
            found.append((max(start, self._opens[index]), min(end, self._closes[index])))
        return found

    def rule_at(self, moment: int) -> DayRule:
        """What decides the hours of the local day of an instant."""
        day = self.local(moment).date()
        return open_day(self.versions.on(day), day).rule

    def local(self, moment: int) -> datetime:
        """The date and time on the wall at an instant, where the calendar is kept."""
        return at(moment, self.versions.zone_on(datetime.fromtimestamp(moment, UTC).date()))

    def midnight(self, moment: int) -> int:
        """The first instant of the local day after that of an instant."""
        here = self.local(moment)
        day = here.date() + timedelta(days=1)
        return instant(day, 0, self.versions.zone_on(day))

    def _until(self, moment: int) -> int:
        """The open seconds before an instant, since the first year compiled."""
        index = bisect_right(self._opens, moment) - 1
        if index < 0:
            return 0
        return self._passed[index] - max(0, self._closes[index] - moment)

    def _cover(self, start: int, end: int) -> None:
        if self._from <= start and end <= self._to:
            return
        if self.versions.known_from is not None and start < self.versions.known_from:
            day = datetime.fromtimestamp(start, UTC).date()
            raise NotInForceError("calendar", day, f"aucune version avant le {self.versions.first:%d/%m/%Y}")
        # One day around, for the hours of a neighbouring local day.
        first, last = _year(start - 2 * DAY), _year(end + 2 * DAY)
        self._compile(min(first, self._first), max(last, self._last))

    def _compile(self, first: int, last: int) -> None:
        if first < FIRST_YEAR or last > LAST_YEAR:
            raise ValueError(f"a calendar is computed from {FIRST_YEAR} to {LAST_YEAR}. Give instants of these years.")
        self._first, self._last = first, last
        self._from = max(_new_year(first) + 2 * DAY, self.versions.known_from or 0)
        self._to = _new_year(last + 1) - 2 * DAY
        self._opens, self._closes, self._passed = [], [], []
        passed = 0
        for start, end in _united(self._written(date(first, 1, 1), date(last, 12, 31))):
            passed += end - start
            self._opens.append(start)
            self._closes.append(end)
            self._passed.append(passed)

    def _written(self, first: date, last: date) -> list[tuple[int, int]]:
        """The intervals that start on the days of a range, as instants."""
        found: list[tuple[int, int]] = []
        for begin, stop, calendar, zone in self.versions.spells(first, last):
            found += instants(begin, stop, zone, partial(_minutes, calendar))
        return found


def _year(moment: int) -> int:
    return datetime.fromtimestamp(moment, UTC).year


def _minutes(calendar: ServiceCalendar, day: date) -> tuple[tuple[int, int], ...]:
    return open_day(calendar, day).minutes


def _new_year(year: int) -> int:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())


def _united(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Intervals in order, those that meet or overlap made one, and those that a change of hour empties left out."""
    united: list[tuple[int, int]] = []
    for start, end in sorted(intervals):
        if end <= start:
            continue
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], end))
        else:
            united.append((start, end))
    return united
