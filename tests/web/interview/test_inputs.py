"""Every term can be drawn as inputs, and what is drawn comes back as the same answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from convenu.agreement.scoping import read_answers, scope
from convenu.library.loader import french
from convenu.terms.contract import TERM_KEYS, Terms
from convenu.web.interview.inputs import Input, Kind, answer_from, input_of

VALDRENE = scope(read_answers(Path("examples/valdrene.answers.yaml").read_bytes()), french())


def posted_by(drawn: Input) -> dict[str, list[str]]:
    """What a browser posts when the form is sent as drawn."""
    found: dict[str, list[str]] = {}
    if drawn.kind is Kind.CHOICES:
        found[drawn.name] = ["", *(option.value for option in drawn.options if option.chosen)]
    elif drawn.kind is Kind.RANKING:
        return {drawn.name: [posted_by(rank)[drawn.name][0] for rank in drawn.parts]}
    elif drawn.kind is Kind.CHOICE:
        found[drawn.name] = [next((option.value for option in drawn.options if option.chosen), "")]
    elif drawn.kind not in (Kind.GROUP, Kind.ROWS, Kind.MATRIX, Kind.WEEK):
        found[drawn.name] = [drawn.value]
    if drawn.kind is Kind.SPAN:
        found[f"{drawn.name}.unit"] = [next((option.value for option in drawn.options if option.chosen), "minutes")]
    rows = drawn.rows or ((drawn.first_blank,) if drawn.kind is Kind.ROWS else ())
    for part in (*drawn.parts, *rows):
        found |= posted_by(part)
    return found


@pytest.mark.parametrize("key", TERM_KEYS)
def test_a_form_sent_back_as_drawn_gives_the_same_value(key: str) -> None:
    term = VALDRENE.term(key)
    raw = answer_from(key, posted_by(input_of(term)))
    if term.stated and term.value != ():
        assert Terms.model_validate({key: raw}).term(key).value == term.value
    else:
        assert raw is None


def test_seasons_and_price_steps_entered_in_a_file_survive_the_form() -> None:
    lines = [
        {"label": "Postes", "unit": "workstation", "quantity": 30, "unit_price": "20 EUR", "tiers": [{"up_to": 10, "unit_price": "30 EUR"}]}
    ]
    term = Terms.model_validate({"price_lines": lines}).price_lines
    raw = answer_from("price_lines", posted_by(input_of(term)), before=term.value)
    assert Terms.model_validate({"price_lines": raw}).price_lines.value == term.value


@pytest.mark.parametrize("key", TERM_KEYS)
def test_an_empty_form_says_nothing(key: str) -> None:
    empty: Any = Terms().term(key)
    assert answer_from(key, posted_by(input_of(empty))) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("8h30-12h30, 14h-18h", ["08:30-12:30", "14:00-18:00"]), ("9-17", ["09:00-17:00"]), ("20 h 00 à 6 h", ["20:00-06:00"])],
)
def test_hours_are_read_as_people_type_them(typed: str, meant: list[str]) -> None:
    posted = {"service_hours.0.name": ["Bureau"], "service_hours.0.hours.mon": [typed]}
    assert answer_from("service_hours", posted) == [{"name": "Bureau", "hours": {"mon": meant}}]


def test_an_amount_needs_no_unit_and_keeps_a_wrong_one_for_the_check_to_refuse() -> None:
    assert answer_from("setup_fee", {"setup_fee": ["6 300,50"]}) == "6 300,50 EUR"
    assert answer_from("setup_fee", {"setup_fee": ["12 dollars"]}) == "12 dollars"
