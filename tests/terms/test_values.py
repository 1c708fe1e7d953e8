"""Structured values: price lines, caps, calendars."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from convenu.terms.closed_lists import Tiering
from convenu.terms.contract import Terms
from convenu.terms.values import LiabilityCap, PriceLine, ServiceCalendar, vat_of
from convenu.vocabulary.money import Money


def line(quantity: Decimal | int, price: str = "62 EUR", tiers: list[dict[str, object]] | None = None) -> PriceLine:
    return PriceLine.model_validate({"label": "x", "unit": "full_user", "quantity": quantity, "unit_price": price, "tiers": tiers or []})


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_a_graduated_price_never_falls_when_the_quantity_rises(first: int, second: int) -> None:
    tiers: list[dict[str, object]] = [{"up_to": 10, "unit_price": "70 EUR"}, {"up_to": 50, "unit_price": "60 EUR"}]
    low, high = sorted((first, second))
    assert line(low, "50 EUR", tiers).monthly <= line(high, "50 EUR", tiers).monthly


def test_steps_are_counted_each_at_its_price() -> None:
    tiers: list[dict[str, object]] = [{"up_to": 10, "unit_price": "70 EUR"}, {"up_to": 50, "unit_price": "60 EUR"}]
    assert line(55, "50 EUR", tiers).monthly == Money(Decimal(10 * 70 + 40 * 60 + 5 * 50))


def test_a_cap_in_months_never_goes_under_its_floor() -> None:
    cap = LiabilityCap.model_validate({"kind": "months_of_fees", "months": 12, "floor": "10000 EUR"})
    assert cap.amount_for(Money(Decimal(319))) == Money(Decimal(10_000))
    assert cap.amount_for(Money(Decimal(4204))) == Money(Decimal(50_448))
    assert cap.amount_for(None) is None


@pytest.mark.parametrize(
    ("siren", "number"), [("000120261", "FR52000120261"), ("000481481", "FR28000481481"), ("000611061", "FR89000611061")]
)
def test_the_vat_number_is_computed_from_the_siren(siren: str, number: str) -> None:
    assert vat_of(siren) == number
    assert Terms.model_validate({"client_vat_number": number}).client_vat_number.value == number


def test_a_night_calendar_passes_midnight() -> None:
    calendar = ServiceCalendar.model_validate({"name": "Nuit", "hours": {"mon": ["22:00-06:00"]}})
    assert calendar.day_intervals(0) == ((1320, 1800),)
    assert calendar.week_minutes == 480


def hours_of(*starts_and_ends: tuple[int, int]) -> dict[str, list[str]]:
    written = [f"{start:02d}:00-{end:02d}:00" for start, end in starts_and_ends]
    return dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), written)


@given(st.lists(st.tuples(st.integers(0, 23), st.integers(0, 24)).filter(lambda pair: pair[0] != pair[1]), min_size=1, max_size=4))
def test_an_hour_written_twice_is_open_once(intervals: list[tuple[int, int]]) -> None:
    calendar = ServiceCalendar.model_validate({"name": "x", "hours": hours_of(*intervals)})
    open_hours = {hour % 24 for start, end in intervals for hour in range(start, end if end > start else end + 24)}
    assert calendar.week_minutes == 7 * 60 * len(open_hours)


def test_a_week_of_whole_days_never_closes_however_it_is_written() -> None:
    for intervals in ([(0, 24)], [(0, 12), (12, 24)], [(8, 20), (20, 8)], [(0, 24), (9, 18)]):
        assert ServiceCalendar.model_validate({"name": "x", "holidays": "none", "hours": hours_of(*intervals)}).around_the_clock
    twice = {"name": "x", "holidays": "none", "hours": hours_of((8, 20), (8, 20), (9, 19))}
    assert not ServiceCalendar.model_validate(twice).around_the_clock


VOLUME: list[dict[str, object]] = [{"up_to": 10, "unit_price": "70 EUR"}, {"up_to": 50, "unit_price": "60 EUR"}]


@given(low=st.integers(0, 200), more=st.integers(0, 200))
def test_a_price_of_volume_takes_every_unit_at_the_step_reached(low: int, more: int) -> None:
    priced = line(low, "50 EUR", VOLUME).model_copy(update={"tiering": Tiering.VOLUME})
    reached = 70 if low <= 10 else 60 if low <= 50 else 50
    assert priced.monthly == Money(Decimal(low * reached))
    assert priced.price_of(Decimal(low + more)).amount >= 0


def test_steps_that_do_not_rise_are_refused() -> None:
    with pytest.raises(ValidationError, match="en croissant"):
        line(5, "50 EUR", [{"up_to": 50, "unit_price": "60 EUR"}, {"up_to": 10, "unit_price": "70 EUR"}])
    with pytest.raises(ValidationError, match="seule la dernière tranche"):
        line(5, "50 EUR", [{"unit_price": "60 EUR"}, {"up_to": 10, "unit_price": "70 EUR"}])
