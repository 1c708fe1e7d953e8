"""When work was done: in the service hours, in the evening, at night, on a Saturday, a Sunday or a holiday; and the uplift of each.

An uplift names its periods in words. What is in the service hours, or on a holiday, is what the contract's own calendar says; the night and
the evening have the hours that the words give, else those told below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from convenu.service.calendar import open_day
from convenu.service.local_time import instant
from convenu.service.open_time import OpenTime
from convenu.terms.contract import Terms
from convenu.terms.values import Uplift
from convenu.vocabulary.french import plain_spaces
from convenu.vocabulary.mistakes import Mistake

_MIDNIGHT = 24 * 60
# Without hours in the words: what the Labour Code calls night where no agreement says otherwise (C. trav., art. L. 3122-20).
NIGHT = (21 * 60, 6 * 60)


class Period(StrEnum):
    """A part of the week, the one that names a moment first: a Sunday's night is a Sunday."""

    SERVICE = "service"
    HOLIDAY = "holiday"
    SUNDAY = "sunday"
    NIGHT = "night"
    SATURDAY = "saturday"
    EVENING = "evening"
    OTHER = "other"
    UNTOLD = "untold"

    @property
    def label(self) -> str:
        """In the words of a page."""
        return {
            "service": "plage de service", "holiday": "jour férié", "sunday": "dimanche", "night": "nuit", "saturday": "samedi",
            "evening": "soir", "other": "autre heure hors plage", "untold": "heure non dite",
        }[self.value]  # fmt: skip


_NAMED = {
    Period.HOLIDAY: re.compile(r"feri"),
    Period.SUNDAY: re.compile(r"dimanche|week-?end|fins? de semaine"),
    Period.NIGHT: re.compile(r"\bnuits?\b|nocturne"),
    Period.SATURDAY: re.compile(r"samedi|week-?end|fins? de semaine"),
    Period.EVENING: re.compile(r"\bsoir"),
}
_ANY_OTHER = re.compile(r"hors (?:de la |des |de |d')?(?:plage|heures)|en dehors|non ouvree")
_HOURS = re.compile(r"(\d{1,2}) ?h(?: ?(\d{2}))? (?:a|-|et|jusqu'a) ?(\d{1,2}) ?h(?: ?(\d{2}))?")
_PLAIN = str.maketrans("éèêëàâîïôûùç", "eeeeaaiiouuc")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Seconds of one period, and the periods that also name them, the strongest first."""

    period: Period
    seconds: int
    also: tuple[Period, ...] = ()


class WorkPeriods:
    """The periods of one contract: its uplifts read, its night and its evening; `unread` are the uplifts whose words name no period."""

    def __init__(self, terms: Terms) -> None:
        self.unread: list[Mistake] = []
        self._uplifts: dict[Period, Uplift] = {}
        self._any_other: Uplift | None = None
        self.night = NIGHT
        self.evening: tuple[int, int] | None = None
        for uplift in terms.uplifts.value or ():
            self._read(uplift)

    def uplift(self, stretch: Stretch) -> Uplift | None:
        """The uplift of a stretch: the first of its periods that one names; none in the service hours, or when none names it."""
        if stretch.period in (Period.SERVICE, Period.UNTOLD):
            return None
        named = (self._uplifts[period] for period in (stretch.period, *stretch.also) if period in self._uplifts)
        return next(named, self._any_other)

    def split(self, hours: OpenTime, start: int, end: int) -> tuple[Stretch, ...]:
        """The stretches from an instant to another, in order; their seconds sum to the whole."""
        found: list[Stretch] = []
        since = start
        for opened, closed in (*hours.intervals(start, end), (end, end)):
            found += self._outside(hours, since, opened)
            if closed > opened:
                found.append(Stretch(Period.SERVICE, closed - opened))
            since = closed
        return tuple(found)

    def _read(self, uplift: Uplift) -> None:
        said = plain_spaces(uplift.period).casefold().translate(_PLAIN)
        named = [period for period, words in _NAMED.items() if words.search(said)]
        window = _window(said)
        by_the_clock = [period for period in named if period in (Period.NIGHT, Period.EVENING)]
        if window and len(by_the_clock) == 1:
            self.night, self.evening = (window, self.evening) if by_the_clock[0] is Period.NIGHT else (self.night, window)
        elif window:
            named = []
        for period in named:
            self._uplifts.setdefault(period, uplift)
        if not named and not window and _ANY_OTHER.search(said):
            self._any_other = self._any_other or uplift
        elif not named:
            told = (
                "Nommez le soir ou la nuit (avec leurs heures s’il le faut), le samedi, le dimanche, les jours fériés, ou « hors plage »."
            )
            self.unread.append(Mistake("uplifts", f"« {uplift.period} » ne dit aucune période que Convenu sache reconnaître", told))

    def _outside(self, hours: OpenTime, start: int, end: int) -> Iterator[Stretch]:
        """Closed time, cut where the day, the night or the evening begins or ends."""
        since = start
        while since < end:
            here = hours.local(since)
            until = min([end, *(mark for mark in self._marks(hours, here) if mark > since)])
            first, *also = self._periods(hours, here)
            yield Stretch(first, until - since, tuple(also))
            since = until

    def _marks(self, hours: OpenTime, here: datetime) -> Iterator[int]:
        """The instants of a local day, and of the next midnight, when a period may change."""
        day = here.date()
        zone = hours.versions.zone_on(day)
        evening = self.evening or (_last_closing(hours, day), 0)
        for minute in (*self.night, *evening, _MIDNIGHT):
            if minute is not None:
                yield instant(day, minute, zone)

    def _periods(self, hours: OpenTime, here: datetime) -> list[Period]:
        """The periods that name a closed moment, the strongest first."""
        day, minute = here.date(), here.hour * 60 + here.minute
        closing = _last_closing(hours, day)
        in_evening = _in(minute, self.evening) if self.evening else closing is not None and minute >= closing
        held = {
            Period.HOLIDAY: hours.versions.is_holiday(day),
            Period.SUNDAY: day.weekday() == 6,
            Period.NIGHT: _in(minute, self.night),
            Period.SATURDAY: day.weekday() == 5,
            Period.EVENING: in_evening,
        }
        return [period for period, is_so in held.items() if is_so] or [Period.OTHER]


def _last_closing(hours: OpenTime, day: date) -> int | None:
    """The minute when a day closes; None on a day that does not open, or that closes after midnight."""
    closings = [end for _start, end in open_day(hours.versions.on(day), day).minutes]
    return max(closings) if closings and max(closings) < _MIDNIGHT else None


def _in(minute: int, window: tuple[int, int]) -> bool:
    """Whether a minute of the day is in a window, which may pass midnight."""
    start, end = window
    return start <= minute < end if start < end else minute >= start or minute < end


def _window(said: str) -> tuple[int, int] | None:
    """« de 22 h à 6 h » as minutes of the day."""
    match = _HOURS.search(said)
    if match is None:
        return None
    start, end = int(match[1]) * 60 + int(match[2] or 0), int(match[3]) * 60 + int(match[4] or 0)
    return (start, end) if start <= _MIDNIGHT and end <= _MIDNIGHT and start != end else None
