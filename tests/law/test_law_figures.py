"""The dated figures shipped with the library, on the days that matter: the first, the last, the day before and the day after."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from convenu.law.book import LawBook, LawValue, UnknownLawValueError
from convenu.library.front_matter import FrontMatterError
from convenu.library.law_values import read_law_value
from convenu.library.loader import french
from convenu.vocabulary.dated import NotInForceError

BOOK: LawBook = french().law
FIGURES = sorted(BOOK.values)
CONTINUOUS = [name for name in FIGURES if not BOOK.values[name].monthly]
MONTHLY = [name for name in FIGURES if BOOK.values[name].monthly]


def figure(name: str) -> LawValue:
    return BOOK.values[name]


def starts(name: str) -> list[date]:
    return sorted(figure(name).dated.values)


@pytest.mark.parametrize("name", FIGURES)
def test_each_figure_holds_from_its_first_day(name: str) -> None:
    first = starts(name)[0]
    answer = BOOK.on(name, first)
    assert answer.value == figure(name).dated.values[first].value
    assert answer.start == first
    assert answer.source


@pytest.mark.parametrize("name", FIGURES)
def test_the_day_before_the_first_one_has_no_figure(name: str) -> None:
    with pytest.raises(NotInForceError, match=name):
        BOOK.on(name, starts(name)[0] - timedelta(days=1))


@pytest.mark.parametrize("name", CONTINUOUS)
def test_each_new_value_takes_over_on_its_day_and_not_before(name: str) -> None:
    days = starts(name)
    for earlier, later in pairwise(days):
        assert BOOK.on(name, later).start == later
        before = BOOK.on(name, later - timedelta(days=1))
        assert (before.start, before.end) == (earlier, later)


@pytest.mark.parametrize("name", [name for name in CONTINUOUS if figure(name).dated.known_until])
def test_after_the_last_known_day_the_error_names_what_is_missing(name: str) -> None:
    until = figure(name).dated.known_until
    assert until is not None
    assert BOOK.on(name, until - timedelta(days=1)).end == until
    with pytest.raises(NotInForceError) as gap:
        BOOK.on(name, until)
    assert gap.value.name == name
    assert gap.value.reason == figure(name).dated.next_expected
    assert "aucune valeur connue" not in gap.value.reason


@pytest.mark.parametrize("name", MONTHLY)
def test_a_monthly_index_holds_its_month_and_no_longer(name: str) -> None:
    last = starts(name)[-1]
    following = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    answer = BOOK.on(name, following - timedelta(days=1))
    assert (answer.start, answer.end) == (last, following)
    with pytest.raises(NotInForceError, match=f"{following:%m/%Y}"):
        BOOK.on(name, following)


@pytest.mark.parametrize("month", [date(2022, 9, 1), date(2022, 12, 1), date(2023, 12, 1), date(2024, 2, 1), date(2025, 2, 1)])
def test_a_month_of_the_syntec_index_that_was_not_published_is_a_gap(month: date) -> None:
    with pytest.raises(NotInForceError, match=f"valeur de {month:%m/%Y} inconnue"):
        BOOK.on("syntec", month)


def test_the_syntec_coefficient_is_the_ratio_of_the_two_values_of_august_2022() -> None:
    assert BOOK.number("syntec_coefficient", date(2022, 8, 1)) == (Decimal("280.6") / Decimal("286.4")).quantize(Decimal("0.00001"))


# Half-year, private, professional, floor, ECB on the first day, default.
SEMESTERS = [
    ("2021-01-01", "3.14", "0.79", "2.37", "0.00", "10.00"),
    ("2021-07-01", "3.12", "0.76", "2.28", "0.00", "10.00"),
    ("2022-01-01", "3.13", "0.76", "2.28", "0.00", "10.00"),
    ("2022-07-01", "3.15", "0.77", "2.31", "0.00", "10.00"),
    ("2023-01-01", "4.47", "2.06", "6.18", "2.50", "12.50"),
    ("2023-07-01", "6.82", "4.22", "12.66", "4.00", "14.00"),
    ("2024-01-01", "8.01", "5.07", "15.21", "4.50", "14.50"),
    ("2024-07-01", "8.16", "4.92", "14.76", "4.25", "14.25"),
    ("2025-01-01", "7.21", "3.71", "11.13", "3.15", "13.15"),
    ("2025-07-01", "6.65", "2.76", "8.28", "2.15", "12.15"),
    ("2026-01-01", "6.67", "2.62", "7.86", "2.15", "12.15"),
    ("2026-07-01", "6.84", "2.75", "8.25", "2.40", "12.40"),
]


@pytest.mark.parametrize(("first", "private", "professional", "floor", "ecb", "default"), SEMESTERS)
def test_each_half_year_gives_its_rates_to_its_last_day(
    first: str, private: str, professional: str, floor: str, ecb: str, default: str
) -> None:
    start = date.fromisoformat(first)
    last = date(start.year, 6, 30) if start.month == 1 else date(start.year, 12, 31)
    assert BOOK.number("ecb_refi", start) == Decimal(ecb)
    for day in (start, last):
        assert BOOK.number("legal_interest_private", day) == Decimal(private)
        assert BOOK.number("legal_interest_professional", day) == Decimal(professional)
        assert BOOK.number("late_rate_floor", day) == Decimal(floor)
        assert BOOK.number("late_rate_default", day) == Decimal(default)
        assert BOOK.number("late_rate_public", day) == Decimal(ecb) + 8


def test_in_2024_the_floor_stood_above_the_rate_by_default() -> None:
    day = date(2024, 3, 15)
    assert BOOK.number("late_rate_floor", day) == Decimal("15.21")
    assert BOOK.number("late_rate_default", day) == Decimal("14.50")
    assert BOOK.number("late_rate_floor", day) > BOOK.number("late_rate_default", day)


def test_a_cut_inside_the_half_year_does_not_move_the_rate_by_default() -> None:
    assert BOOK.number("ecb_refi", date(2024, 10, 23)) == Decimal("3.40")
    assert BOOK.number("late_rate_default", date(2024, 10, 23)) == Decimal("14.25")


@pytest.mark.parametrize(("name", "missing"), [
    ("legal_interest_professional", "legal_interest_professional"), ("legal_interest_private", "legal_interest_private"),
    ("late_rate_floor", "legal_interest_professional"), ("late_rate_default", "ecb_refi"), ("late_rate_public", "ecb_refi"),
])  # fmt: skip
def test_the_first_half_year_of_2027_is_not_published_and_says_so(name: str, missing: str) -> None:
    BOOK.on(name, date(2026, 12, 31))
    with pytest.raises(NotInForceError) as gap:
        BOOK.on(name, date(2027, 1, 1))
    assert gap.value.name == missing


def test_the_ecb_rate_is_known_to_the_day_somebody_looked() -> None:
    assert BOOK.number("ecb_refi", date(2026, 11, 23)) == Decimal("2.40")
    with pytest.raises(NotInForceError, match="à relever"):
        BOOK.on("ecb_refi", date(2026, 11, 24))


def test_the_dates_of_electronic_invoicing() -> None:
    day = date(2026, 11, 23)
    assert BOOK.day("e_invoicing_reception", day) == date(2026, 9, 1)
    assert BOOK.day("e_invoicing_issue_large", day) == date(2026, 9, 1)
    assert BOOK.day("e_invoicing_issue", day) == date(2027, 9, 1)
    assert BOOK.day("e_invoicing_issue_latest", day) == date(2027, 12, 1)


def test_the_citation_of_the_vat_changes_in_2027_and_its_rate_does_not() -> None:
    before, after = BOOK.on("vat_standard", date(2026, 12, 31)), BOOK.on("vat_standard", date(2027, 1, 1))
    assert before.value == after.value == 20
    assert "CGI" in before.source
    assert "CIBS" in after.source


def test_a_figure_known_but_not_read_in_its_text_says_so() -> None:
    assert BOOK.on("ecb_refi", date(2016, 3, 16)).as_json()["confidence"] == "from_knowledge"
    assert BOOK.on("recovery_fee", date(2026, 11, 23)).as_json()["confidence"] == "source_read"


def test_the_answer_has_the_shape_of_the_command_line() -> None:
    answer = BOOK.on("late_rate_floor", date(2026, 11, 23)).as_json()
    assert {"name", "on", "value", "unit", "source", "from", "to"} <= set(answer)
    assert (answer["value"], answer["from"], answer["to"]) == ("8.25", "2026-07-01", "2027-01-01")


def test_a_list_of_towns_is_read_as_names() -> None:
    assert "Le Havre" in BOOK.words("tae_courts", date(2026, 11, 23))


def test_a_name_that_is_no_figure_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownLawValueError) as unknown:
        BOOK.on("late_rate", date(2026, 11, 23))
    assert "late_rate_floor" in unknown.value.known


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ({"label": "Taux", "unit": "%", "values": {}}, "no value at all"),
        ({"label": "Taux", "unit": "%", "values": {"2026-01-01": {"value": 1}}}, "source"),
        ({"label": "Taux", "unit": "%", "values": {"2026-01-01": {"value": 1, "source": "x", "confidence": "sure"}}}, "confidence"),
        (
            {"label": "Taux", "unit": "%", "values": {"2026-01-01": {"value": 1, "source": "x", "read": "yes"}}},
            "no field is called « read »",
        ),
        ({"label": "Taux", "unit": "%", "value": 1}, "no field is called « value »"),
    ],
)
def test_a_figure_badly_written_is_refused_with_its_name(written: dict[str, Any], complaint: str) -> None:
    with pytest.raises(FrontMatterError, match="rate") as refusal:
        read_law_value("rate", written)
    assert complaint in str(refusal.value)
