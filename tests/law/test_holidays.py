"""Public holidays by zone, against the dates of 2027 to 2029 and for any year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenu.law.holidays import ZONES, public_holidays
from convenu.library.loader import french

# Good Friday, Easter Monday, Ascension, Whit Monday.
MOVABLE = {
    2027: (date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 6), date(2027, 5, 17)),
    2028: (date(2028, 4, 14), date(2028, 4, 17), date(2028, 5, 25), date(2028, 6, 5)),
    2029: (date(2029, 3, 30), date(2029, 4, 2), date(2029, 5, 10), date(2029, 5, 21)),
}
FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
OVERSEAS = {
    "FR-YT": (4, 27), "FR-MQ": (5, 22), "FR-GP": (5, 27), "FR-MF": (5, 27), "FR-GF": (6, 10), "FR-BL": (10, 9), "FR-RE": (12, 20),
}  # fmt: skip
YEARS = st.integers(min_value=1950, max_value=2150)


@pytest.mark.parametrize("year", MOVABLE)
def test_the_eleven_days_of_the_code_du_travail(year: int) -> None:
    _, *movable = MOVABLE[year]
    assert set(public_holidays(year)) == {date(year, month, day) for month, day in FIXED} | set(movable)
    assert len(public_holidays(year)) == 11


@pytest.mark.parametrize("year", MOVABLE)
def test_alsace_and_moselle_add_26_december_and_good_friday_where_the_commune_has_it(year: int) -> None:
    added = set(public_holidays(year, "FR-ALSACE-MOSELLE")) - set(public_holidays(year))
    assert added == {MOVABLE[year][0], date(year, 12, 26)}
    without = set(public_holidays(year, "FR-ALSACE-MOSELLE", good_friday=False)) - set(public_holidays(year))
    assert without == {date(year, 12, 26)}


@pytest.mark.parametrize("zone", OVERSEAS)
@pytest.mark.parametrize("year", MOVABLE)
def test_each_overseas_zone_adds_its_own_day(zone: str, year: int) -> None:
    added = set(public_holidays(year, zone)) - set(public_holidays(year))
    assert added == {date(year, *OVERSEAS[zone])}


def test_every_overseas_zone_is_tested() -> None:
    assert set(ZONES) == {"FR", "FR-ALSACE-MOSELLE", *OVERSEAS}


def test_a_calendar_without_holidays_has_none() -> None:
    assert public_holidays(2027, "none") == ()


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no holiday zone"):
        public_holidays(2027, "FR-PARIS")


@given(year=YEARS)
def test_there_are_eleven_national_days_less_those_that_fall_together(year: int) -> None:
    days = public_holidays(year)
    ascension = next(day for day in (date(year, 4, 30) + timedelta(days=offset) for offset in range(36)) if _is_ascension(day, days))
    together = ascension in (date(year, 5, 1), date(year, 5, 8))
    assert len(days) == 11 - together


def _is_ascension(day: date, days: tuple[date, ...]) -> bool:
    """A Thursday holiday eleven days before another holiday, Whit Monday."""
    return day.weekday() == 3 and day in days and day + timedelta(days=11) in days and day - timedelta(days=38) in days


@given(year=YEARS, zone=st.sampled_from(ZONES), good_friday=st.booleans())
def test_every_zone_has_the_national_days_in_order_and_inside_the_year(year: int, zone: str, good_friday: bool) -> None:
    days = public_holidays(year, zone, good_friday=good_friday)
    assert set(public_holidays(year)) <= set(days)
    assert list(days) == sorted(set(days))
    assert {day.year for day in days} == {year}


@given(year=YEARS)
def test_easter_whit_and_ascension_keep_their_week_days(year: int) -> None:
    movable = set(public_holidays(year)) - {date(year, month, day) for month, day in FIXED}
    assert {day.weekday() for day in movable} <= {0, 3}


def test_2008_had_ascension_on_the_first_of_may() -> None:
    assert len(public_holidays(2008)) == 10


def test_the_book_answers_with_the_holidays_of_the_year() -> None:
    answer = french().law.on("public_holidays", date(2027, 6, 1)).as_json()
    assert len(answer["value"]) == 11
    assert "2027-05-06" in answer["value"]
    assert (answer["from"], answer["to"]) == ("2027-01-01", "2028-01-01")
