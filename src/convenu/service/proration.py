"""A monthly fee over any period, by days of each calendar month, so that the parts of a period always add up to it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from convenu.vocabulary.money import ZERO, Money


def fee_between(monthly: Money, start: date, end: date) -> Money:
    """What a monthly fee comes to from a day to another, the end excluded; nothing when the end is not after the start.

    Each month is cut at the cents accrued since its first day, so that however a period is cut, its parts sum to the whole.
    """
    amount = ZERO
    for first, last in _months(start, end):
        length = monthrange(first.year, first.month)[1]
        amount = amount + _accrued(monthly, last.day, length) - _accrued(monthly, first.day - 1, length)
    return amount


def _accrued(monthly: Money, days: int, length: int) -> Money:
    """What the first days of a month have cost, rounded half-up to the cent."""
    return Money(monthly.amount * Decimal(days) / Decimal(length))


def _months(start: date, end: date) -> Iterator[tuple[date, date]]:
    """The first and last day of a period in each calendar month that it touches."""
    while start < end:
        month_end = date(start.year, start.month, monthrange(start.year, start.month)[1])
        last = min(month_end, end - timedelta(days=1))
        yield start, last
        start = last + timedelta(days=1)
