"""The dates of the maintenance windows, as the plan of a contract prints them."""

from __future__ import annotations

from datetime import date

import pytest

from convenu.agreement.window_dates import is_frozen, window_dates
from convenu.terms.closed_lists import WeekOfMonth
from convenu.terms.contract import Terms
from convenu.terms.values import Freeze

THURSDAYS = {"name": "Serveurs", "recurrence": "x", "frequency": "monthly", "weekday": "thu", "start": "20:00", "length": "4 hours"}


@pytest.mark.parametrize(
    ("week", "start", "first", "last"),
    [
        (WeekOfMonth.SECOND, date(2027, 1, 1), "14/01/2027", "09/12/2027"),
        (WeekOfMonth.LAST, date(2027, 1, 15), "28/01/2027", "30/12/2027"),
        (WeekOfMonth.FIRST, date(2027, 1, 8), "04/02/2027", "06/01/2028"),
    ],
)
def test_the_dates_of_a_monthly_window_are_those_of_the_first_year(week: WeekOfMonth, start: date, first: str, last: str) -> None:
    agreed = {"effective_date": start, "maintenance_windows": [{**THURSDAYS, "week": week}], "change_freezes": "none"}
    [dates] = window_dates(Terms.model_validate(agreed))
    told = dates.dates.split(", ")
    assert (len(told), told[0], told[-1]) == (12, first, last)


@pytest.mark.parametrize(("day", "frozen"), [((12, 20), True), ((1, 10), True), ((1, 11), False), ((12, 19), False)])
def test_a_freeze_that_passes_the_end_of_the_year_is_felt_on_both_sides(day: tuple[int, int], *, frozen: bool) -> None:
    assert is_frozen(date(2027, *day), [Freeze(label="clôture", start="12-20", end="01-10")]) is frozen
