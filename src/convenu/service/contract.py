"""A contract as the service reads it: its terms by the day each version comes into force, and the open time of each site."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from convenu.facts.tickets import Ticket
from convenu.service.calendar import CalendarVersions, at_site
from convenu.service.commitments import Commitment, Promise, promise
from convenu.service.local_time import instant
from convenu.service.open_time import OpenTime
from convenu.terms.closed_lists import HolidayZone
from convenu.terms.contract import Terms
from convenu.terms.values import ServiceCalendar, Site

_ALL_DAY: tuple[str, ...] = ("00:00-24:00",)
_EVERY_DAY = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), _ALL_DAY)
AROUND_THE_CLOCK = ServiceCalendar(name="À toute heure", timezone="UTC", hours=_EVERY_DAY, holidays=HolidayZone.NONE)


class NoCalendarError(LookupError):
    """The terms give no service hours: nothing can be counted in them."""


class ServiceContract:
    """The versions of the terms of one contract; an amendment never changes what was counted before its day.

    A ticket is counted in the hours that bear the name of its service or of its site, else in the first ones, told in the time and with
    the holidays of its site.
    """

    def __init__(self, versions: Mapping[date, Terms]) -> None:
        if not versions:
            raise ValueError("a contract needs at least one version of its terms. Give the terms and the day they come into force.")
        self._days = sorted(versions)
        self._terms = [versions[day] for day in self._days]
        self._named = {name.casefold() for terms in self._terms for name in _names(terms)}
        self._open: dict[tuple[str, str], OpenTime] = {}
        self._starts: dict[tuple[str, str], list[int]] = {}
        self.always = OpenTime.of(AROUND_THE_CLOCK)
        self._promises: dict[tuple[int, Commitment, str], Promise] = {}

    @classmethod
    def of(cls, terms: Terms) -> ServiceContract:
        """A contract whose terms have always been the same, to try a proposal on the past."""
        return cls({date.min: terms})

    @property
    def single(self) -> bool:
        """Whether the terms have only ever been the same."""
        return len(self._days) == 1

    def promise(self, terms: Terms, commitment: Commitment, priority: str) -> Promise:
        """What one version of the terms promises of one kind under a priority; asked of every ticket, so worked out once."""
        key = (id(terms), commitment, priority)
        if key not in self._promises:
            self._promises[key] = promise(terms, commitment, priority)
        return self._promises[key]

    def open_time(self, ticket: Ticket) -> OpenTime:
        """The service hours that a ticket is counted in; terms that give none raise `NoCalendarError`."""
        place = self._place(ticket)
        if place not in self._open:
            versions = zip(self._days, self._terms, strict=True)
            self._open[place] = OpenTime(CalendarVersions({day: _calendar(terms, *place) for day, terms in versions}))
        return self._open[place]

    def _place(self, ticket: Ticket) -> tuple[str, str]:
        """The site and the service of a ticket, when the terms give them hours, a zone or holidays of their own."""
        site, service = ticket.site.casefold(), ticket.service.casefold()
        return site if site in self._named else "", service if service in self._named else ""

    def versions(self, ticket: Ticket, start: int, end: int) -> list[tuple[int, Terms]]:
        """The terms in force between two instants, each with the instant from which they are; the first since `start` at the latest."""
        starts = self._changes(ticket)
        inside = [(begin, terms) for begin, terms in zip(starts, self._terms[1:], strict=True) if start < begin <= end]
        before = sum(begin <= start for begin in starts)
        return [(start, self._terms[before]), *inside]

    def terms_at(self, ticket: Ticket, moment: int) -> Terms:
        """The terms in force at an instant."""
        if self.single:
            return self._terms[0]
        return self._terms[sum(begin <= moment for begin in self._changes(ticket))]

    def _changes(self, ticket: Ticket) -> list[int]:
        """The instant of each amendment: the midnight that begins its day where the ticket's hours are kept."""
        if self.single:
            return []
        place = self._place(ticket)
        if place not in self._starts:
            zones = self.open_time(ticket).versions
            self._starts[place] = [instant(day, 0, zones.zone_on(day)) for day in self._days[1:]]
        return self._starts[place]

    @property
    def calendar_hashes(self) -> dict[str, dict[str, str]]:
        """The hashes of the calendars used so far, by the site and service they were used for."""
        return {
            " · ".join(part for part in place if part) or "*": open_time.versions.hashes for place, open_time in sorted(self._open.items())
        }


def _names(terms: Terms) -> list[str]:
    """The sites and the service hours that the terms name."""
    return [*(site.name for site in terms.sites.value or ()), *(hours.name for hours in terms.service_hours.value or ())]


def _calendar(terms: Terms, site: str, service: str) -> ServiceCalendar:
    calendars = terms.service_hours.value or ()
    if not calendars:
        raise NoCalendarError("the terms have no service hours. Give « service_hours ».")
    calendar = next((one for one in calendars if one.name.casefold() in (site, service)), calendars[0])
    place = _site(terms, site)
    return at_site(calendar, place) if place else calendar


def _site(terms: Terms, name: str) -> Site | None:
    return next((site for site in terms.sites.value or () if site.name.casefold() == name), None)
