"""A service calendar through time: its versions, what opens or closes each day, and the hash that a signed contract keeps of it."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

from convenu.law.holidays import public_holidays
from convenu.service.local_time import instant
from convenu.terms.closed_lists import HolidayZone
from convenu.terms.values import Season, ServiceCalendar, Site, minutes_of, weekday_intervals

_FIELDS = {"timezone", "hours", "holidays", "good_friday", "closed", "exceptions", "seasons"}


class DayRule(StrEnum):
    """What decides the hours of a day, with the words that tell it."""

    WEEK = "week"
    SEASON = "season"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    EXCEPTION = "exception"

    @property
    def label(self) -> str:
        """The reason why a moment of that day is not counted."""
        return {
            "week": "hors de la Plage de service",
            "season": "hors de la Plage de service de la saison",
            "holiday": "jour férié",
            "closed": "jour de fermeture du calendrier",
            "exception": "horaires particuliers de ce jour",
        }[self.value]


@dataclass(frozen=True, slots=True)
class OpenDay:
    """The hours of one local day, in minutes from its midnight, and what decided them."""

    rule: DayRule
    minutes: tuple[tuple[int, int], ...]


def open_day(calendar: ServiceCalendar, day: date) -> OpenDay:
    """The intervals that start on a local day.

    Those of its exception; without one, none on a closed day or a holiday; else those of the season, else of the week.
    Of two seasons that overlap, the first written decides.
    """
    if day in calendar.exceptions:
        return OpenDay(DayRule.EXCEPTION, minutes_of(calendar.exceptions[day]))
    if day in calendar.closed:
        return OpenDay(DayRule.CLOSED, ())
    if day in _holidays(day.year, calendar.holidays.value, calendar.good_friday):
        return OpenDay(DayRule.HOLIDAY, ())
    for season in calendar.seasons:
        if _within(day, season):
            return OpenDay(DayRule.SEASON, weekday_intervals(season.hours, day.weekday()))
    return OpenDay(DayRule.WEEK, weekday_intervals(calendar.hours, day.weekday()))


def _within(day: date, season: Season) -> bool:
    """Whether a day is in a season, its first and last days included; one that ends before it begins passes over the new year."""
    name = day.isoformat()[5:]
    if season.start > season.end:
        return name >= season.start or name <= season.end
    return season.start <= name <= season.end


def at_site(calendar: ServiceCalendar, site: Site) -> ServiceCalendar:
    """The calendar told in the time and with the holidays of a site; one that works on holidays still does."""
    works_on_holidays = calendar.holidays is HolidayZone.NONE
    return calendar.model_copy(update={"timezone": site.timezone, "holidays": HolidayZone.NONE if works_on_holidays else site.holidays})


class CalendarVersions:
    """The versions of one calendar by the day each comes into force: a version never changes what an earlier one counted."""

    def __init__(self, versions: Mapping[date, ServiceCalendar]) -> None:
        if not versions:
            raise ValueError("a calendar needs at least one version. Give the calendar and the day it comes into force.")
        self._starts = sorted(versions)
        self._versions = [versions[first] for first in self._starts]
        self._zones = [ZoneInfo(calendar.timezone) for calendar in self._versions]
        self.first = self._starts[0]
        self.known_from = None if self.first == date.min else instant(self.first, 0, self._zones[0])

    @classmethod
    def always(cls, calendar: ServiceCalendar) -> CalendarVersions:
        """A calendar that has always been in force."""
        return cls({date.min: calendar})

    def on(self, day: date) -> ServiceCalendar:
        """The version in force on a local day, the first one before it."""
        return self._versions[self._index(day)]

    def zone_on(self, day: date) -> ZoneInfo:
        """The time zone of the version in force on a day, of the first one before it."""
        return self._zones[self._index(day)]

    def _index(self, day: date) -> int:
        return max(0, bisect_right(self._starts, day) - 1)

    def is_holiday(self, day: date) -> bool:
        """Whether a day is a public holiday of the version in force."""
        calendar = self.on(day)
        return day in _holidays(day.year, calendar.holidays.value, calendar.good_friday)

    def spells(self, first: date, last: date) -> Iterable[tuple[date, date, ServiceCalendar, ZoneInfo]]:
        """Each version with its zone and the days of a range, both included, on which it is in force."""
        ends = [*(following - timedelta(days=1) for following in self._starts[1:]), date.max]
        for start, end, calendar, zone in zip(self._starts, ends, self._versions, self._zones, strict=True):
            begin, stop = max(first, start), min(last, end)
            if begin <= stop:
                yield begin, stop, calendar, zone

    @property
    def hashes(self) -> dict[str, str]:
        """The hash of each version by its first day, « always » when it has none."""
        return {
            "always" if first == date.min else first.isoformat(): calendar_hash(calendar)
            for first, calendar in zip(self._starts, self._versions, strict=True)
        }


def calendar_hash(calendar: ServiceCalendar) -> str:
    """SHA-256 of the hours of a calendar, its name left out: the same hours give the same hash for ever."""
    content = calendar.model_dump(mode="json", by_alias=True, include=_FIELDS)
    content["closed"] = sorted(content["closed"])
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@cache
def _holidays(year: int, zone: str, good_friday: bool) -> frozenset[date]:  # noqa: FBT001 - a key of the cache
    return frozenset(public_holidays(year, zone, good_friday=good_friday))
