"""Random calendars, intervals and pauses, the same every time, with the hard days drawn more often than others."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tests.service.oracle import NAMES, Calendar, Clerk

# Zones with both changes of hour, none, half an hour, at midnight, and the overseas departments.
ZONES = (
    "Europe/Paris", "Europe/Paris", "Europe/Paris", "America/Guadeloupe", "America/Martinique", "America/Cayenne", "Indian/Reunion",
    "Indian/Mayotte", "America/Miquelon", "Pacific/Noumea", "Pacific/Tahiti", "Pacific/Marquesas", "America/New_York",
    "Australia/Lord_Howe", "Asia/Beirut", "America/Havana", "UTC",
)  # fmt: skip
HOLIDAYS = ("FR", "FR-ALSACE-MOSELLE", "FR-GP", "FR-MQ", "FR-GF", "FR-RE", "FR-YT", "FR-BL", "FR-MF", "none")
# Around changes of hour, leap days, year ends and moving holidays.
HARD = tuple(
    date.fromisoformat(day)
    for day in (
        "2024-02-28", "2024-03-30", "2024-10-26", "2025-03-29", "2025-10-25", "2026-03-28", "2026-10-24", "2028-02-28", "2025-12-30",
        "2026-05-01", "2026-04-02", "2027-03-13", "2026-04-04", "2027-11-06", "2028-03-25",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    calendar: Calendar
    clerk: Clerk
    start: int
    end: int
    pauses: tuple[tuple[int, int], ...]


def cases(*, calendars: int, each: int, seed: int) -> Iterator[Case]:
    """Random cases: `calendars` calendars walked over some forty days around a hard day, `each` intervals with pauses in each."""
    draw = random.Random(seed)
    for _ in range(calendars):
        calendar = _calendar(draw)
        hard = draw.choice(HARD)
        first, last = hard - timedelta(days=draw.randint(2, 9)), hard + timedelta(days=30)
        clerk = Clerk(calendar, first, last)
        begin = int(datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp())
        length = (last - first).days * 86_400 - 1
        for _ in range(each):
            start, end = sorted(begin + draw.randint(0, length) for _ in range(2))
            if draw.random() < 0.3:
                end = min(end, start + draw.randint(0, 7200))
            yield Case(calendar, clerk, start, end, tuple(_pauses(draw, begin, length)))


def _pauses(draw: random.Random, begin: int, length: int) -> Iterator[tuple[int, int]]:
    for _ in range(draw.choice((0, 0, 1, 2, 5))):
        start = begin + draw.randint(0, length)
        yield start, min(begin + length, start + draw.randint(0, 5 * 86_400))


def _calendar(draw: random.Random) -> Calendar:
    kind = draw.choice(("always", "nights", "office", "random", "random", "random"))
    if kind == "always":
        return {"timezone": draw.choice(ZONES), "hours": {day: ["00:00-24:00"] for day in NAMES}, "holidays": "none"}
    if kind == "nights":
        hours = {day: ["22:00-06:00"] for day in NAMES}
        return {"timezone": draw.choice(ZONES), "hours": hours, "holidays": draw.choice(HOLIDAYS)}
    hours = {day: ["08:30-12:30", "14:00-18:00"] for day in NAMES[:5]} if kind == "office" else _week(draw)
    calendar: Calendar = {
        "timezone": draw.choice(ZONES), "hours": hours, "holidays": draw.choice(HOLIDAYS), "good_friday": draw.random() < 0.5,
    }  # fmt: skip
    if draw.random() < 0.5:
        around = [draw.choice(HARD) + timedelta(days=draw.randint(0, 20)) for _ in range(6)]
        calendar["closed"] = [day.isoformat() for day in around[:3]]
        calendar["exceptions"] = {day.isoformat(): _intervals(draw) for day in around[3:]}
    if draw.random() < 0.5:
        bounds = draw.sample(["01-15", "02-29", "03-29", "04-10", "06-15", "10-25", "11-01", "12-28"], 2)
        calendar["seasons"] = [{"from": bounds[0], "to": bounds[1], "hours": _week(draw)}]
    return calendar


def _week(draw: random.Random) -> dict[str, list[str]]:
    week = {day: _intervals(draw) for day in NAMES if draw.random() < 0.8}
    return week if any(week.values()) else {"mon": ["09:00-18:00"]}


def _intervals(draw: random.Random) -> list[str]:
    found = []
    for _ in range(draw.choice((0, 1, 1, 2, 3))):
        start, end = (draw.choice((draw.randrange(1440), 5 * draw.randrange(36), 30 * draw.randrange(48))) for _ in range(2))
        if start != end:
            found.append(f"{start // 60:02d}:{start % 60:02d}-{end // 60:02d}:{end % 60:02d}")
    return found
