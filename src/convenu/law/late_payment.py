"""Rates of late payment computed from the published ones (C. com., art. L. 441-10 II)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from convenu.law.book import Answer, LawBook

FLOOR = "Plancher du taux des pénalités de retard"
DEFAULT = "Taux supplétif des pénalités de retard"
PUBLIC = "Taux des intérêts moratoires publics"


def semester(day: date) -> tuple[date, date | None]:
    """The first day of the half-year of a day, and the first day of the next one; None at the end of the calendar."""
    if day.month <= 6:
        return date(day.year, 1, 1), date(day.year, 7, 1)
    return date(day.year, 7, 1), date(day.year + 1, 1, 1) if day.year < date.max.year else None


def late_rate_floor(book: LawBook, day: date) -> Answer:
    """The lowest rate that may be agreed: three times the legal rate of the half-year."""
    legal = book.on("legal_interest_professional", day)
    return Answer(
        name="late_rate_floor",
        label=FLOOR,
        on=day,
        value=book.number("late_rate_floor_multiple", day) * Decimal(legal.value),
        unit="%",
        source=f"C. com., art. L. 441-10 II : trois fois le taux légal ({legal.source})",
        start=legal.start,
        end=legal.end,
    )


def late_rate_default(book: LawBook, day: date) -> Answer:
    """The rate when none is agreed: the ECB rate on the first day of the half-year, plus ten points."""
    return _ecb_plus(
        book,
        day,
        book.number("late_rate_default_points", day),
        "late_rate_default",
        DEFAULT,
        "C. com., art. L. 441-10 II : taux BCE majoré de dix points",
    )


def late_rate_public(book: LawBook, day: date) -> Answer:
    """The rate owed by public buyers: the ECB rate on the first day of the half-year, plus eight points."""
    return _ecb_plus(
        book,
        day,
        book.number("late_rate_public_points", day),
        "late_rate_public",
        PUBLIC,
        "CCP, art. R. 2192-31 : taux BCE majoré de huit points",
    )


def _ecb_plus(book: LawBook, day: date, points: Decimal, name: str, label: str, source: str) -> Answer:
    start, end = semester(day)
    ecb = book.on("ecb_refi", start)
    return Answer(
        name=name, label=label, on=day, value=Decimal(ecb.value) + points, unit="%", source=f"{source} ({ecb.source})", start=start, end=end
    )
