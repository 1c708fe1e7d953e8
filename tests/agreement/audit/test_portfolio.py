"""Contracts side by side: when each began, when its period ends, and until when a notice may be sent."""

from __future__ import annotations

from datetime import date

import pytest

from convenu.agreement.audit.said.dates import deadlines, effective_date, expired_on, notice_of
from convenu.agreement.audit.text.segmentation import segmented
from convenu.documents.reading.plain import read_plain
from convenu.vocabulary.span import Span


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Le contrat prend effet le 1er janvier 2024.", date(2024, 1, 1)),
        ("Date d’effet : 15/03/2023", date(2023, 3, 15)),
        ("Il est conclu pour une durée de trois ans à compter du 2 février 2025, puis reconduit.", date(2025, 2, 2)),
        ("Le présent contrat entrera en vigueur le 30.06.2022.", date(2022, 6, 30)),
        ("Date d'entrée en vigueur : 1 août 2021", date(2021, 8, 1)),
        ("La convention prend effet le premier janvier deux mille vingt-six.", date(2026, 1, 1)),
        ("Elle entrera en vigueur le trente et un mai deux mille vingt-quatre.", date(2024, 5, 31)),
    ],
)
def test_the_first_day_is_read_where_the_contract_names_it(words: str, day: date) -> None:
    found = effective_date(segmented(read_plain("c.txt", f"Article 1 – Durée\n\n{words}\n".encode())))
    assert found is not None
    assert found.day == day
    assert found.quote.text in words


@pytest.mark.parametrize(
    "words",
    [
        "Le contrat prend effet à sa signature.",
        "La loi du 6 janvier 1978 est entrée en vigueur.",
        "Il prend effet le 31/02/2024.",
        "Fait le 3 mai 2024.",
    ],
)
def test_a_day_that_opens_no_contract_is_not_taken_for_one(words: str) -> None:
    assert effective_date(segmented(read_plain("c.txt", words.encode()))) is None


@pytest.mark.parametrize(
    ("on", "ends", "notice_by"),
    [
        (date(2024, 6, 1), date(2025, 12, 31), date(2025, 9, 30)),
        (date(2025, 12, 31), date(2025, 12, 31), date(2025, 9, 30)),
        (date(2026, 1, 1), date(2026, 12, 31), date(2026, 9, 30)),
        (date(2031, 7, 14), date(2031, 12, 31), date(2031, 9, 30)),
    ],
)
def test_the_period_that_runs_and_its_notice_follow_the_renewals(on: date, ends: date, notice_by: date) -> None:
    found = deadlines(date(2024, 1, 1), Span.parse("24 months"), Span.parse("12 months"), notice_of(90), on=on)
    assert found is not None
    assert (found.ends, found.notice_by) == (ends, notice_by)


def test_a_contract_that_ended_without_renewal_has_no_deadline() -> None:
    assert deadlines(date(2020, 1, 1), Span.parse("12 months"), None, None, on=date(2024, 1, 1)) is None
    assert deadlines(date(2020, 1, 1), None, Span.parse("12 months"), None, on=date(2024, 1, 1)) is None


def test_a_contract_that_ended_without_renewal_is_said_to_have_expired_on_its_last_day() -> None:
    year = Span.parse("12 months")
    assert expired_on(date(2020, 1, 1), year, None, on=date(2024, 1, 1)) == date(2020, 12, 31)
    assert expired_on(date(2020, 1, 1), year, None, on=date(2020, 12, 31)) is None
    assert expired_on(date(2020, 1, 1), year, year, on=date(2024, 1, 1)) is None
    assert expired_on(date(2020, 1, 1), None, None, on=date(2024, 1, 1)) is None


def test_thirty_days_of_notice_are_a_month_and_fifteen_are_days() -> None:
    assert (notice_of(90), notice_of(15), notice_of(None)) == (Span.parse("3 months"), Span.parse("15 days"), None)
