"""The days of a year when nothing may be changed."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from convenu.terms.values import Freeze

# A leap year: every day of a freeze exists in it.
_ANY_YEAR = 2028


def frozen_days(freeze: Freeze) -> list[date]:
    """Each day of a freeze, its first and last included; one that passes the end of the year ends in the next."""
    start, end = (date(_ANY_YEAR, *(int(part) for part in text.split("-"))) for text in (freeze.start, freeze.end))
    last = end if end >= start else end + relativedelta(years=1)
    return [start + timedelta(days=count) for count in range((last - start).days + 1)]
