"""Variants of one deal side by side, and what the client's view of them keeps to itself."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from convenu.agreement.costing.costs import read_costs
from convenu.agreement.costing.options import Options, compare
from convenu.agreement.costing.quote import costing
from convenu.library.costing import assumptions
from convenu.library.loader import french
from convenu.terms.closed_lists import ClientSegment
from convenu.terms.contract import Terms
from convenu.vocabulary.mistakes import MistakesError
from tests.examples.deals import terms_of

ON = date(2026, 11, 25)
COMFORT = terms_of("valdrene")
PRIVATE = {"cost", "margin", "drivers", "break_even"}


def changed(**given: Any) -> Terms:
    return COMFORT.model_copy(update={key: Terms.model_validate({key: value}).term(key) for key, value in given.items()})


ROUND_THE_CLOCK = changed(on_call="p1", on_call_fee="900 EUR", on_call_number="02 00 00 00 19", on_call_team_size=6)
ESSENTIAL = changed(restoration_time="none", workaround_time="none")


def three() -> Options:
    return compare({"Confort": COMFORT, "Essentiel": ESSENTIAL, "24 h / 24": ROUND_THE_CLOCK}, french(), on=ON)


def test_variants_differ_by_price_promises_and_clauses() -> None:
    options = three()
    assert [str(one.monthly) for one in options.offers.values()] == ["4204.00 EUR", "4204.00 EUR", "5104.00 EUR"]
    differing = {row.key for row in options.terms}
    assert {"restoration_time", "workaround_time", "on_call", "on_call_fee"} <= differing
    assert "provider_name" not in differing
    titles = {row.key: dict(row.differs) for row in options.clauses}
    assert "24 h / 24" in titles["out_of_hours"]
    assert "Essentiel" in titles["time_targets"]


def test_what_the_client_reads_holds_no_cost() -> None:
    told = three().as_json()
    assert PRIVATE.isdisjoint(_keys(told))


def test_the_msp_reads_the_margin_of_each_variant() -> None:
    paid = read_costs(
        {"hour_n1": "29 EUR", "hour_n2": "36 EUR", "hour_n3": "48 EUR", "overheads": "22 %", "on_call_month": "700 EUR", "travel": "45 EUR"}
    )
    options = three()
    variants = {"Confort": COMFORT, "Essentiel": ESSENTIAL, "24 h / 24": ROUND_THE_CLOCK}
    costings = {name: costing(terms, costs=paid, assumptions=assumptions()[ClientSegment.PME]) for name, terms in variants.items()}
    told = options.as_json(costings)
    assert all(one["margin"]["p50"] for one in told["options"])
    assert json.dumps(told)


def test_more_than_four_variants_or_one_without_a_price_are_refused() -> None:
    with pytest.raises(MistakesError, match="4 au plus"):
        compare({str(rank): COMFORT for rank in range(5)}, french(), on=ON)
    with pytest.raises(MistakesError, match="Sans prix, price_lines"):
        compare({"Confort": COMFORT, "Sans prix": Terms()}, french(), on=ON)


def _keys(data: Any) -> set[str]:
    if isinstance(data, dict):
        return set(data).union(*(_keys(value) for value in data.values()))
    return set().union(*(_keys(one) for one in data)) if isinstance(data, list) else set()
