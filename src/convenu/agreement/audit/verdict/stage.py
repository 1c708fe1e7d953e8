"""Where a stranger's contract stands on a day: in its first period, renewed, or ended; nothing where it does not tell when it began."""

from __future__ import annotations

from datetime import date

from convenu.agreement.audit.said.dates import Deadlines, deadlines, effective_date, months, notice_of
from convenu.agreement.audit.said.reading import Reading
from convenu.vocabulary.span import Span


def running_period(reading: Reading, on: date) -> Deadlines | None:
    """The period that runs on a day, with its deadlines; None when the contract does not tell it, or has ended."""
    begins, initial = effective_date(reading.document), _months(reading, "initial_duration_months")
    if begins is None or begins.day > on:
        return None
    return deadlines(begins.day, initial, _months(reading, "renewal_duration_months"), _notice(reading), on=on)


def past_initial_period(reading: Reading, on: date) -> bool:
    """Whether the first period is over on a day, be the contract renewed or ended."""
    begins, initial = effective_date(reading.document), _months(reading, "initial_duration_months")
    return begins is not None and initial is not None and initial.after(begins.day) <= on


def has_ended(reading: Reading, on: date) -> bool:
    """Whether the first period is over and nothing that was read renews the contract."""
    return past_initial_period(reading, on) and "renewal_duration_months" not in reading.values


def _months(reading: Reading, key: str) -> Span | None:
    return months(reading.values[key].value) if key in reading.values else None


def _notice(reading: Reading) -> Span | None:
    notice = reading.values.get("notice_period_days")
    return notice_of(notice.value) if notice is not None else None
