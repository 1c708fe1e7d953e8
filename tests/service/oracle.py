"""Another way to count service time, slow and plain: walk every minute and look at the wall.

A clerk stands before the clock of the site with the week's hours in hand. Each minute he reads the date and the time shown, and says
whether the service is open. During an hour shown a second time, what had rung has rung: he keeps the answer of its last minute. Nothing
here is shared with the code under test, neither the reading of hours, nor the holidays, nor the change of hour.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, pairwise
from typing import Any
from zoneinfo import ZoneInfo

EASTER = {2023: "04-09", 2024: "03-31", 2025: "04-20", 2026: "04-05", 2027: "03-28", 2028: "04-16", 2029: "04-01"}
FIXED = ("01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25")
LOCAL = {
    "FR-GP": "05-27", "FR-MQ": "05-22", "FR-GF": "06-10", "FR-RE": "12-20", "FR-YT": "04-27", "FR-BL": "10-09", "FR-MF": "05-27",
    "FR-ALSACE-MOSELLE": "12-26",
}  # fmt: skip
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Calendar = dict[str, Any]


class Clerk:
    """The open minutes of a calendar, walked from one UTC day to another."""

    def __init__(self, calendar: Calendar, first: date, last: date) -> None:
        self.origin = int(datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp())
        zone = ZoneInfo(calendar["timezone"])
        minutes = (last - first).days * 1440
        answers = bytearray(minutes)
        days: dict[date, bytes] = {}
        state = 0
        for minute in range(minutes):
            wall = datetime.fromtimestamp(self.origin + 60 * minute, UTC).astimezone(zone)
            if not wall.fold:
                day = wall.date()
                if day not in days:
                    days[day] = _shown(calendar, day)
                state = days[day][wall.hour * 60 + wall.minute]
            answers[minute] = state
        self.answers = answers
        self.passed = [0, *accumulate(answers)]

    def until(self, moment: int) -> int:
        minute, second = divmod(moment - self.origin, 60)
        return 60 * self.passed[minute] + (second if second and self.answers[minute] else 0)

    def net(self, start: int, end: int, pauses: Sequence[tuple[int, int]] = ()) -> int:
        """Open seconds from start to end outside the pauses, whichever way these overlap."""
        marks = sorted({start, end, *(mark for pause in pauses for mark in pause if start < mark < end)})
        total = 0
        for left, right in pairwise(marks):
            if not any(began <= left and right <= ended for began, ended in pauses):
                total += self.until(right) - self.until(left)
        return total


def _shown(calendar: Calendar, day: date) -> bytes:
    """For each minute shown on the wall that day, whether the service is open."""
    shown = bytearray(1440)
    for start, end in _written(calendar, day):
        shown[start : min(end, 1440)] = b"\1" * (min(end, 1440) - start)
    for _, end in _written(calendar, day - timedelta(days=1)):
        if end > 1440:
            shown[0 : end - 1440] = b"\1" * (end - 1440)
    return bytes(shown)


def _written(calendar: Calendar, day: date) -> list[tuple[int, int]]:
    exceptions = calendar.get("exceptions", {})
    if day.isoformat() in exceptions:
        texts = exceptions[day.isoformat()]
    elif day.isoformat() in calendar.get("closed", []) or _holiday(calendar, day):
        texts = []
    else:
        texts = _hours(calendar, day).get(NAMES[day.weekday()], [])
    found = []
    for text in texts:
        start, end = ((int(part[:2]) * 60 + int(part[3:])) for part in text.split("-"))
        found.append((start, end + 1440 if end < start else end))
    return found


def _hours(calendar: Calendar, day: date) -> dict[str, list[str]]:
    name = day.isoformat()[5:]
    for season in calendar.get("seasons", []):
        inside = (name >= season["from"]) + (name <= season["to"])
        if inside == 2 or (inside == 1 and season["from"] > season["to"]):
            found: dict[str, list[str]] = season["hours"]
            return found
    return calendar["hours"]  # type: ignore[no-any-return]


def _holiday(calendar: Calendar, day: date) -> bool:
    place = calendar.get("holidays", "FR")
    if place == "none":
        return False
    sunday = date.fromisoformat(f"{day.year}-{EASTER[day.year]}")
    moving = [sunday + timedelta(days=n) for n in (1, 39, 50)]
    if place == "FR-ALSACE-MOSELLE" and calendar.get("good_friday", True):
        moving.append(sunday - timedelta(days=2))
    return day in moving or day.isoformat()[5:] in FIXED or day.isoformat()[5:] == LOCAL.get(place)
