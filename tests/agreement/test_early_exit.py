"""What an early departure costs, and the name of the court: values computed from the terms."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenu.agreement.derived import (
    court_name,
    early_exit_fee,
    early_exit_months_left,
    early_exit_setup_left,
    early_exit_share,
    early_exit_total,
    monthly_fee,
)
from convenu.terms.contract import Terms
from convenu.vocabulary.money import Money


def deal(*, months: int, after: int, shares: list[int], fee: str, setup: str) -> Terms:
    return Terms.model_validate(
        {
            "initial_duration": f"{months} months",
            "early_exit_from": f"{after} months",
            "exit_fee_steps": [{"year": year, "share": f"{share} %"} for year, share in enumerate(shares, start=1)],
            "price_lines": [{"label": "Forfait", "unit": "flat", "quantity": 1, "unit_price": fee}],
            "setup_fee": setup,
        }
    )


def test_a_small_garage_leaves_after_six_months_of_twelve() -> None:
    terms = deal(months=12, after=6, shares=[25], fee="319 EUR", setup="450 EUR")
    assert str(early_exit_fee(terms)) == "478.50 EUR"
    assert str(early_exit_setup_left(terms)) == "225.00 EUR"
    assert str(early_exit_total(terms)) == "703.50 EUR"


def test_an_engineering_office_leaves_after_twelve_months_of_twenty_four() -> None:
    terms = deal(months=24, after=12, shares=[40, 20], fee="4204 EUR", setup="6300 EUR")
    assert str(early_exit_fee(terms)) == "10089.60 EUR"
    assert str(early_exit_setup_left(terms)) == "3150.00 EUR"


def test_a_food_company_leaves_after_two_years_of_three() -> None:
    terms = deal(months=36, after=24, shares=[40, 25, 10], fee="32011 EUR", setup="72000 EUR")
    assert str(early_exit_fee(terms)) == "38413.20 EUR"
    assert str(early_exit_setup_left(terms)) == "24000.00 EUR"


def test_a_departure_on_the_last_day_of_the_period_is_no_early_exit() -> None:
    terms = deal(months=12, after=12, shares=[25], fee="319 EUR", setup="450 EUR")
    assert early_exit_months_left(terms) is None
    assert early_exit_total(terms) is None


def test_no_share_is_due_in_a_year_that_no_step_names() -> None:
    terms = deal(months=36, after=24, shares=[40], fee="1000 EUR", setup="0 EUR")
    assert str(early_exit_share(terms)) == "0 %"
    assert str(early_exit_total(terms)) == "0.00 EUR"


def test_an_unknown_set_up_fee_leaves_no_total_that_would_forget_it() -> None:
    terms = deal(months=24, after=12, shares=[40, 20], fee="4204 EUR", setup="6300 EUR").replace(setup_fee="unknown")
    assert early_exit_total(terms) is None


@given(st.integers(2, 60), st.data(), st.decimals(Decimal("0.01"), Decimal("99999.99"), places=2))
def test_leaving_never_costs_more_than_staying_and_the_set_up(months: int, data: st.DataObject, fee: Decimal) -> None:
    after = data.draw(st.integers(1, months - 1))
    shares = data.draw(st.lists(st.integers(0, 100), min_size=1, max_size=5))
    terms = deal(months=months, after=after, shares=shares, fee=f"{fee} EUR", setup="500 EUR")
    total, month = early_exit_total(terms), monthly_fee(terms)
    assert total is not None
    assert month is not None
    assert Money(Decimal(0)) <= total <= month * (months - after) + Money(Decimal(500))


@pytest.mark.parametrize(
    ("kind", "city", "written"),
    [
        ("tae", "Le Mans", "tribunal des activités économiques du Mans"),
        ("commercial", "Angers", "tribunal de commerce d’Angers"),
        ("commercial", "Rennes", "tribunal de commerce de Rennes"),
        ("judicial", "Les Sables-d’Olonne", "tribunal judiciaire des Sables-d’Olonne"),
        ("judicial", "Évreux", "tribunal judiciaire d’Évreux"),
        ("commercial", "La Rochelle", "tribunal de commerce de La Rochelle"),
        ("unspecified", "Lyon", "tribunal de Lyon"),
    ],
)
def test_a_court_takes_its_city_as_french_writes_it(kind: str, city: str, written: str) -> None:
    assert court_name(Terms.model_validate({"court": {"kind": kind, "city": city}})) == written


def test_a_court_without_a_city_has_no_name() -> None:
    assert court_name(Terms.model_validate({"court": {"kind": "no_clause"}})) is None


@pytest.mark.parametrize(("whole", "after"), [("730 days", "12 months"), ("24 months", "100 days"), ("104 weeks", "1 years")])
def test_days_and_weeks_give_no_example_for_they_leave_no_whole_number_of_months(whole: str, after: str) -> None:
    terms = deal(months=24, after=12, shares=[40, 20], fee="4204 EUR", setup="6300 EUR").replace(
        initial_duration=whole, early_exit_from=after
    )
    assert early_exit_months_left(terms) is None
    assert early_exit_total(terms) is None
