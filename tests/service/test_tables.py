"""The slots that a calendar is cut into for tables say what its clock says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest

from convenu.service.open_time import OpenTime
from convenu.service.tables import CalendarTable, calendar_table
from convenu.terms.values import ServiceCalendar

WEEK = ("mon", "tue", "wed", "thu", "fri")
EVERY = (*WEEK, "sat", "sun")
OFFICE = {"hours": {day: ["08:30-12:30", "14:00-18:00"] for day in WEEK}, "holidays": "FR"}
NIGHTS = {"hours": {day: ["22:00-06:00"] for day in EVERY}, "holidays": "none"}
ALWAYS = {"hours": {day: ["00:00-24:00"] for day in EVERY}, "holidays": "none"}
BREAKS = {"hours": {day: ["08:00-10:05", "10:10-12:00"] for day in EVERY}, "holidays": "none"}
START, END = (int(datetime.fromisoformat(day).timestamp()) for day in ("2026-03-20T00:00:00Z", "2026-11-05T00:00:00Z"))


def clocks(*hours: Mapping[str, object]) -> dict[int, OpenTime]:
    return {number: OpenTime.of(ServiceCalendar.model_validate({"name": str(number), **one})) for number, one in enumerate(hours)}


def before(table: CalendarTable, calendar: int, moment: int) -> int:
    """The open seconds before an instant, as the expression works them out."""
    key, opens, closes, added = table.rows[calendar * table.slots - table.first + moment // table.length]
    assert key == calendar * table.slots - table.first + moment // table.length
    return min(max(moment, opens), closes) + added


@pytest.mark.parametrize(
    ("hours", "length"), [([ALWAYS], 86_400), ([OFFICE, NIGHTS, ALWAYS], 43_200), ([OFFICE, BREAKS], 300), ([], 86_400)]
)
def test_the_slots_of_calendars_are_as_long_as_they_may_and_count_as_the_clocks_do(hours: list[Mapping[str, object]], length: int) -> None:
    found = clocks(*hours)
    table = calendar_table(found, START, END)
    assert table.length == length
    for number, clock in found.items():
        for moment in range(START, END, 3_607):
            assert before(table, number, moment) == clock.between(START, moment)


def test_calendars_without_their_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="numbered from 0"):
        calendar_table({1: clocks(OFFICE)[0]}, START, END)


def test_tickets_outside_the_calendars_are_refused_rather_than_counted_in_others() -> None:
    table = calendar_table(clocks(OFFICE, NIGHTS), START, END)
    inside = {"start": START, "end": END, "least": 0, "most": 1}
    table.refuse(inside)
    table.refuse(dict.fromkeys(inside))
    for wrong in ({"start": START - 86_400}, {"end": END + 86_400}, {"least": -1}, {"most": 2}):
        with pytest.raises(ValueError, match="calendar_table"):
            table.refuse({**inside, **wrong})
