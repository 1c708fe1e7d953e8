"""The price of a month, of a part of it, of a count and of a revision; every figure is recomputed by hand beside it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenu.service.pricing import LineKind, falls, monthly_price, recurring_fee, set_up_lines
from convenu.service.proration import fee_between
from convenu.terms.closed_lists import Tiering
from convenu.terms.contract import Terms
from convenu.terms.values import PriceLine
from convenu.vocabulary.french import plain_spaces
from convenu.vocabulary.money import ZERO, Money, total
from tests.examples.deals import changed_terms, terms_of

PRICES = st.integers(0, 20_000).map(lambda cents: f"{Decimal(cents) / 100} EUR")
QUANTITIES = st.integers(0, 400).map(Decimal)


def euros(amount: str) -> Money:
    return Money(Decimal(amount))


@st.composite
def price_lines(draw: st.DrawFn, *, tiering: Tiering | None = None) -> PriceLine:
    bounds = sorted(draw(st.sets(st.integers(1, 300), max_size=4)))
    return PriceLine.model_validate(
        {
            "label": "Utilisateurs", "unit": "full_user", "quantity": draw(QUANTITIES), "unit_price": draw(PRICES),
            "tiers": [{"up_to": bound, "unit_price": draw(PRICES)} for bound in bounds], "tiering": tiering,
        }
    )  # fmt: skip


@given(price_lines(), QUANTITIES, QUANTITIES)
def test_a_price_by_steps_never_falls_when_the_quantity_rises(line: PriceLine, one: Decimal, more: Decimal) -> None:
    assert line.price_of(one) <= line.price_of(one + more)
    assert falls(line) == ()


@given(price_lines(tiering=Tiering.VOLUME))
def test_every_fall_of_a_volume_price_is_found_and_nothing_else(line: PriceLine) -> None:
    named = {int(fall.quantity) for fall in falls(line)}
    assert named == {count for count in range(400) if line.price_of(Decimal(count + 1)) < line.price_of(Decimal(count))}


@given(price_lines(), st.integers(0, 399))
def test_a_price_by_steps_has_no_jump_one_more_unit_costs_the_price_of_its_step(line: PriceLine, count: int) -> None:
    step = line.price_of(Decimal(count + 1)) - line.price_of(Decimal(count))
    assert step == line.price_reached(Decimal(count + 1))


@pytest.mark.parametrize(("deal", "monthly"), [("moulin-carre", "319"), ("valdrene", "4204"), ("pelouan", "32011")])
def test_a_deal_costs_each_month_what_its_contract_says(deal: str, monthly: str) -> None:
    price = monthly_price(terms_of(deal))
    assert price is not None
    assert price.total == euros(monthly)
    assert plain_spaces(price.lines[0].how) == {"moulin-carre": "5 × 39 €", "valdrene": "44 × 62 €", "pelouan": "260 × 54 €"}[deal]


def test_a_discount_stops_after_its_last_day_and_shows_its_reason() -> None:
    discount = {"label": "Lancement", "share": "10 %", "reason": "migration en cours", "until": "2027-06-30"}
    terms = changed_terms("valdrene", discounts=[discount])
    during, after = monthly_price(terms, on=date(2027, 6, 30)), monthly_price(terms, on=date(2027, 7, 1))
    assert during is not None
    assert after is not None
    # 4 204,00 - 420,40
    assert (during.total, after.total) == (euros("3783.60"), euros("4204"))
    line = next(line for line in during.lines if line.kind is LineKind.DISCOUNT)
    assert line.amount == euros("-420.40")
    assert plain_spaces(line.how) == "10 % de 4 204 € (migration en cours, jusqu'au 30/06/2027)"


def test_a_minimum_completes_a_month_that_is_under_it() -> None:
    price = monthly_price(changed_terms("valdrene", minimum_fee="4500 EUR"))
    assert price is not None
    assert price.total == euros("4500")
    assert price.lines[-1].amount == euros("296")


def test_the_on_call_fee_is_invoiced_beside_the_recurring_fee() -> None:
    terms = changed_terms("valdrene", on_call="p1", on_call_fee="650 EUR")
    fee, price = recurring_fee(terms), monthly_price(terms)
    assert fee is not None
    assert price is not None
    assert (fee.total, price.total) == (euros("4204"), euros("4854"))
    none = monthly_price(changed_terms("valdrene", on_call="no_on_call", on_call_fee="650 EUR"))
    assert none is not None
    assert none.total == euros("4204")


def test_nothing_is_priced_before_the_grid_is_agreed() -> None:
    assert monthly_price(Terms()) is None
    assert monthly_price(Terms.model_validate({"price_lines": "none"})) is None


def test_the_set_up_is_invoiced_at_its_instalments() -> None:
    assert total([line.amount for line in set_up_lines(terms_of("pelouan"))]) == euros("72000")
    assert [line.amount for line in set_up_lines(terms_of("valdrene"))] == [euros("6300")]
    assert set_up_lines(changed_terms("valdrene", setup_fee="none")) == ()


DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))


@given(st.integers(0, 10_000_000), DAYS, st.lists(st.integers(0, 400), max_size=6))
def test_however_a_period_is_cut_its_parts_sum_to_the_cent(cents: int, start: date, lengths: list[int]) -> None:
    monthly = Money(Decimal(cents) / 100)
    bounds = [start]
    for length in lengths:
        bounds.append(bounds[-1] + timedelta(days=length))
    parts = [fee_between(monthly, first, last) for first, last in pairwise(bounds)]
    assert total(parts) == fee_between(monthly, bounds[0], bounds[-1])


def test_a_whole_month_is_the_monthly_fee_and_a_part_of_it_goes_by_its_days() -> None:
    assert fee_between(euros("4204"), date(2027, 2, 1), date(2027, 3, 1)) == euros("4204")
    assert fee_between(euros("4204"), date(2027, 1, 1), date(2028, 1, 1)) == euros("50448")
    # 15 days of 31, from the 17th to the end: 4 204 × 16 / 31 = 2 169,81 already accrued, 2 034,19 left.
    assert fee_between(euros("4204"), date(2027, 1, 17), date(2027, 2, 1)) == euros("2034.19")
    assert fee_between(euros("4204"), date(2027, 2, 1), date(2027, 2, 1)) == ZERO
