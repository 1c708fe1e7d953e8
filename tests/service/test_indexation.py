"""Revisions of price on the months published; a month that nobody published stops the computation and is named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenu.library.loader import french
from convenu.service.indexation import last_published_month, revise, simulated
from convenu.terms.contract import Terms
from convenu.vocabulary.french import plain_spaces
from convenu.vocabulary.mistakes import MistakesError
from convenu.vocabulary.money import Money

LAW = french().law
GRID = [{"label": "Utilisateurs", "unit": "full_user", "quantity": 44, "unit_price": "62 EUR"}]
BASE: Mapping[str, Any] = {
    "price_lines": GRID, "price_index": "syntec_revised", "index_base_month": "2023-01-01", "index_base": "moving",
    "index_first_revision": "2023-12-31", "index_notice": "30 days", "index_cap": "none", "index_floor": "none", "index_direction": "both",
}  # fmt: skip


def terms(**changes: Any) -> Terms:
    return Terms.model_validate({**BASE, **changes})


def test_a_revision_divides_the_last_value_published_by_the_one_of_the_base_month() -> None:
    # Thirty days before 31 December is 1 December: October is the last month surely published. 306.7 / 293.9 = 1.043552...
    done = revise(terms(), LAW, on=date(2023, 12, 31))
    assert done.new is not None
    assert done.new.month == date(2023, 10, 1)
    assert done.computed == Decimal("306.7") / Decimal("293.9")
    # 62 × 1.043552 = 64.70022: 64.70; 44 × 64.70 = 2 846.80 against 2 728.00.
    assert done.lines[0].after.unit_price == Money(Decimal("64.70"))
    assert done.effect == Money(Decimal("118.80"))
    assert plain_spaces(done.how) == "306,7 (octobre 2023) ÷ 293,9 (janvier 2023) = 1,043552"


def test_a_rise_beyond_the_cap_is_held_and_says_so() -> None:
    done = revise(terms(index_cap="4 %"), LAW, on=date(2023, 12, 31))
    assert done.applied == Decimal("1.04")
    # 62 × 1.04
    assert done.lines[0].after.unit_price == Money(Decimal("64.48"))
    assert "hausse plafonnée à 4 %" in plain_spaces(done.how)


def test_a_fall_is_limited_or_refused_as_agreed() -> None:
    typed = {date(2023, 10, 1): Decimal(270)}
    free = revise(terms(), LAW, on=date(2023, 12, 31), typed=typed)
    assert free.lines[0].after.unit_price == Money(Decimal("56.96"))  # 62 × 270 / 293.9 = 56.958
    held = revise(terms(index_floor="4 %"), LAW, on=date(2023, 12, 31), typed=typed)
    assert held.lines[0].after.unit_price == Money(Decimal("59.52"))  # 62 × 0.96
    upwards = revise(terms(index_direction="up_only"), LAW, on=date(2023, 12, 31), typed=typed)
    assert upwards.lines[0].after.unit_price == Money(Decimal(62))


def test_a_month_that_is_not_published_is_named_and_nothing_is_filled() -> None:
    with pytest.raises(MistakesError, match="2027-10") as told:
        revise(terms(index_base_month="2026-11-01"), LAW, on=date(2028, 1, 1))
    assert [mistake.where for mistake in told.value.mistakes] == ["2026-11", "2027-10"]
    assert "inconnue" in str(told.value)


def test_the_msp_types_the_values_of_the_publication() -> None:
    typed = {date(2026, 11, 1): Decimal(320), date(2027, 10, 1): Decimal(328)}
    done = revise(terms(index_base_month="2026-11-01"), LAW, on=date(2028, 1, 1), typed=typed)
    assert done.lines[0].after.unit_price == Money(Decimal("63.55"))  # 62 × 328 / 320
    assert done.old is not None
    assert done.old.source == "saisi d’après la publication"


def test_an_index_that_we_do_not_hold_is_asked_for() -> None:
    icht = terms(price_index="icht_ime", index_base_month="2026-11-01")
    with pytest.raises(MistakesError, match="aucune valeur de cet indice"):
        revise(icht, LAW, on=date(2028, 1, 1))
    typed = {date(2026, 11, 1): Decimal(130), date(2027, 9, 1): Decimal("133.9")}
    assert revise(icht, LAW, on=date(2028, 1, 1), typed=typed).computed == Decimal("1.03")


def test_a_fixed_percentage_reads_no_index() -> None:
    done = revise(terms(price_index="fixed_rate", index_cap="2 %"), LAW, on=date(2028, 1, 1))
    assert done.lines[0].after.unit_price == Money(Decimal("63.24"))


def test_without_a_base_month_no_revision_is_computed() -> None:
    with pytest.raises(MistakesError, match="valeur d’origine"):
        revise(terms(index_base_month="none"), LAW, on=date(2023, 12, 31))


def test_the_last_month_published_leaves_its_month_of_publication() -> None:
    assert last_published_month(terms(index_notice="none"), LAW, on=date(2024, 1, 1)) == date(2023, 11, 1)
    assert last_published_month(terms(), LAW, on=date(2024, 1, 1)) == date(2023, 10, 1)
    assert last_published_month(terms(index_notice="60 days"), LAW, on=date(2024, 1, 1)) == date(2023, 9, 1)


def test_the_published_months_revise_a_contract_two_years_running() -> None:
    # First on 1 January 2024 (October 2023: 306.7), then on 1 January 2025 (October 2024 is a gap).
    agreed = terms(index_first_revision="2024-01-01")
    years = simulated(agreed, LAW, until=date(2025, 6, 1))
    assert next(years).computed == Decimal("306.7") / Decimal("293.9")
    with pytest.raises(MistakesError, match="2024-10"):
        next(years)


VALUES = st.integers(2000, 4000).map(lambda tenth: Decimal(tenth) / 10)


@settings(max_examples=60)
@given(st.lists(VALUES, min_size=2, max_size=6), st.integers(1, 20_000))
def test_a_chain_of_revisions_is_the_direct_one_but_for_the_cents_of_each_rounding(values: list[Decimal], cents: int) -> None:
    typed = {date(2024 + rank, 10, 1): value for rank, value in enumerate(values)}
    agreed = {"index_base_month": "2024-10-01", "index_first_revision": "2025-12-31"}
    grid = [{**GRID[0], "unit_price": f"{Decimal(cents) / 100} EUR"}]
    until = date(2024 + len(values) - 1, 12, 31)
    chain = list(simulated(terms(**agreed, price_lines=grid), LAW, until=until, typed=typed))
    direct = list(simulated(terms(**agreed, price_lines=grid, index_base="fixed_on_initial_price"), LAW, until=until, typed=typed))
    ratio = values[-1] / values[0]
    assert direct[-1].lines[0].after.unit_price == Money(Decimal(cents) / 100) * ratio
    # Each rounding moves a price by half a cent at most, which later revisions multiply by at most two.
    bound = sum((Decimal("0.005") * values[-1] / value for value in values[1:]), Decimal("0.005")) + Decimal("0.005")
    assert abs(chain[-1].lines[0].after.unit_price.amount - direct[-1].lines[0].after.unit_price.amount) <= bound
