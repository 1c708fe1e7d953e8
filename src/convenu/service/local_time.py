"""From the time on a wall to the instant it stands for, in UTC epoch seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = 86_400
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - wall times are compared with a wall time
_UNIX_DAY = _EPOCH.toordinal()


def instants(first: date, last: date, zone: ZoneInfo, hours: Callable[[date], Iterable[tuple[int, int]]]) -> Iterator[tuple[int, int]]:
    """The intervals of the days from `first` to `last` as instants; `hours` gives those of a day as `instant` counts minutes.

    Between two midnights of the same offset, two days apart, an hour is 3600 seconds: no zone has ever changed twice in three days.
    """
    offsets = [_offset(_midnight(first, days).replace(tzinfo=zone)) for days in range(2)]
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        offsets.append(_offset(_midnight(day, 2).replace(tzinfo=zone)))
        start = (ordinal - _UNIX_DAY) * DAY - offsets[0]
        steady = offsets.pop(0) == offsets[-1]
        for opening, closing in hours(day):
            if steady:
                yield start + 60 * opening, start + 60 * closing
            else:
                yield instant(day, opening, zone), instant(day, closing, zone)


def instant(day: date, minutes: int, zone: ZoneInfo) -> int:
    """The instant when so many minutes are shown past midnight of a day; `minutes` may pass 1440, which is the next day.

    A time that a change of hour skips is the first instant that exists after it; one shown twice is the first of the two.
    """
    wall = _midnight(day, 0) + timedelta(minutes=minutes)
    first, second = wall.replace(tzinfo=zone), wall.replace(tzinfo=zone, fold=1)
    elapsed = int((wall - _EPOCH).total_seconds())
    before, after = _offset(first), _offset(second)
    return _change(elapsed - after, elapsed - before, zone) if after > before else elapsed - before


def _midnight(day: date, later: int) -> datetime:
    """What a wall shows at the beginning of a day, so many days later."""
    return datetime.combine(day, time()) + timedelta(days=later)


def _offset(shown: datetime) -> int:
    """Seconds between a time and UTC; a zone always knows it."""
    offset = shown.utcoffset() or timedelta(0)
    return offset.days * DAY + offset.seconds


def _change(before: int, after: int, zone: ZoneInfo) -> int:
    """The instant of the change of offset between two instants around it."""
    old = at(before, zone).utcoffset()
    while after - before > 1:
        middle = (before + after) // 2
        if at(middle, zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after


def at(moment: int, zone: ZoneInfo) -> datetime:
    """The date and time shown in a zone at an instant."""
    return datetime.fromtimestamp(moment, UTC).astimezone(zone)


def utc_day(moment: int) -> int:
    """The number of the UTC day of an instant, 0 for 1 January 1970."""
    return moment // DAY


def day_number(day: date) -> int:
    """The number of a day, 0 for 1 January 1970."""
    return day.toordinal() - _UNIX_DAY
