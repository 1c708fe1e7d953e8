"""Dates and times as exports write them, turned into instants; the order of day and month and the zone are certain, or asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from convenu.connectors.table import Cell
from convenu.vocabulary.days import missing_day
from convenu.vocabulary.instants import FIRST_YEAR, LAST_YEAR, epoch_second
from convenu.vocabulary.mistakes import Mistake

ISO, DAY_FIRST, MONTH_FIRST = "iso", "day_first", "month_first"
# A time that ends on its offset, whatever comes before: nothing is to be asked about it.
_ZONED = re.compile(r":\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})\s*$")
# Exports repeat their times from row to row; those of a long file are not all worth their memory.
_REMEMBERED = 10_000
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T,]+(\d{1,2})[:h](\d{2})(?::(\d{2}))?)?")


def form_of(cells: Iterable[Cell]) -> tuple[str, bool, list[Mistake]]:
    """How the times of a file are written, whether some lack their zone, and what must be asked."""
    first_over = second_over = slashed = naive = False
    for cell in cells:
        if isinstance(cell, datetime):
            naive = naive or cell.tzinfo is None
            continue
        if not isinstance(cell, str):
            continue
        match = _SLASHED.fullmatch(cell.strip())
        if match is None:
            naive = naive or (not _ZONED.search(cell) and _lacks_zone(cell))
            continue
        slashed = naive = True
        first_over = first_over or int(match[1]) > 12
        second_over = second_over or int(match[2]) > 12
    if not slashed:
        return ISO, naive, []
    if first_over != second_over:
        return (DAY_FIRST if first_over else MONTH_FIRST), naive, []
    found = "les deux ordres s’y trouvent" if first_over else "aucun jour ne dépasse 12"
    asked = "Écrivez « dates: day_first » (31/01) ou « dates: month_first » (01/31) dans la correspondance."
    return "", naive, [Mistake("dates", f"ordre du jour et du mois incertain : {found}", asked)]


def _lacks_zone(cell: str) -> bool:
    try:
        return datetime.fromisoformat(cell.strip()).tzinfo is None
    except ValueError:
        return False


class Times:
    """Reads the times of one file, in one order of day and month and one zone; counts those that its zone shows twice."""

    def __init__(self, order: str, zone: str) -> None:
        self._order = order
        self._zone = ZoneInfo(zone) if zone else None
        self._known: dict[str, tuple[int, bool]] = {}
        self._midnights: dict[int, int | None] = {}
        self.shown_twice = 0

    def instant(self, cell: Cell) -> int:
        """The instant of a cell; what cannot be read raises `ValueError` with the reason."""
        if isinstance(cell, str):
            written = cell.strip()
            if written not in self._known:
                if len(self._known) >= _REMEMBERED:
                    self._known.clear()
                self._known[written] = self._in_zone(self._shown(written))
            moment, twice = self._known[written]
        elif isinstance(cell, date):
            moment, twice = self._in_zone(cell if isinstance(cell, datetime) else datetime.combine(cell, datetime.min.time()))
        else:
            raise ValueError(f"« {cell} » n’est pas une date")  # noqa: TRY004 - a person's cell, told with the others
        self.shown_twice += twice
        return moment

    def day(self, cell: Cell) -> date:
        """The day that a cell shows, whatever its zone; what cannot be read raises `ValueError` with the reason."""
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        if not isinstance(cell, str):
            raise ValueError(f"« {cell} » n’est pas une date")  # noqa: TRY004 - a person's cell, told with the others
        return self._shown(cell.strip()).date()

    def _shown(self, written: str) -> datetime:
        match = _SLASHED.fullmatch(written)
        try:
            if match is None:
                return datetime.fromisoformat(written)
            first, second, year, hour, minute, second_ = map(int, match.groups("0"))
            day, month = (first, second) if self._order == DAY_FIRST else (second, first)
            return datetime(year, month, day, hour, minute, second_)  # noqa: DTZ001 - the zone is given by `_in_zone`
        except ValueError:
            why = missing_day(written, month_first=self._order == MONTH_FIRST) or "illisible"
            raise ValueError(f"date « {written[:40]} » {why}") from None

    def _in_zone(self, shown: datetime) -> tuple[int, bool]:
        """The instant, and whether the zone shows that time twice (the first is taken)."""
        if shown.tzinfo is not None:
            return epoch_second(shown.replace(microsecond=0)), False
        if self._zone is None:
            raise ValueError(f"« {shown} » est sans fuseau")
        midnight = self._midnight(shown.toordinal(), self._zone)
        if midnight is not None:
            return midnight + shown.hour * 3600 + shown.minute * 60 + shown.second, False
        whole = shown.replace(microsecond=0)
        here = whole.replace(tzinfo=self._zone)
        if here.utcoffset() == here.replace(fold=1).utcoffset():
            return epoch_second(here), False
        # Near a change of hour: a time that is skipped, or one that is shown twice.
        if here.astimezone(UTC).astimezone(self._zone).replace(tzinfo=None) != whole:
            raise ValueError(f"« {shown} » n’existe pas à {self._zone.key} : l’heure y a sauté")
        return epoch_second(here), True

    def _midnight(self, day: int, zone: ZoneInfo) -> int | None:
        """The instant when a day begins, by its ordinal; None near a change of hour, or in a year beyond reason."""
        if day not in self._midnights:
            begin = datetime.fromordinal(day).replace(tzinfo=zone)
            quiet = FIRST_YEAR < begin.year < LAST_YEAR and len({(begin + timedelta(days=by)).utcoffset() for by in (-1, 0, 1, 2)}) == 1
            self._midnights[day] = epoch_second(begin) if quiet else None
        return self._midnights[day]
