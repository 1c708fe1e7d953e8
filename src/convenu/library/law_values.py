"""Read the dated figures of the law."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from convenu.law import holidays, late_payment
from convenu.law.book import Computed, LawBook, LawValue, Sourced
from convenu.library.front_matter import FrontMatterError, refuse_others, take
from convenu.vocabulary.dated import Dated

COMPUTED = {
    "late_rate_floor": Computed(late_payment.FLOOR, late_payment.late_rate_floor),
    "late_rate_default": Computed(late_payment.DEFAULT, late_payment.late_rate_default),
    "late_rate_public": Computed(late_payment.PUBLIC, late_payment.late_rate_public),
    "public_holidays": Computed(holidays.LABEL, holidays.holidays_on),
}
_FIELDS = frozenset({"label", "unit", "monthly", "values", "known_until", "next", "last_checked"})
_VALUE_FIELDS = frozenset({"value", "source", "confidence"})
CONFIDENCES = ("source_read", "from_knowledge")


def read_law_value(name: str, data: Mapping[str, Any]) -> LawValue:
    """One figure through time.

    `values` is keyed by the first day (or month) of each; `known_until` is the first day that nobody has looked up.
    """
    refuse_others(dict(data), _FIELDS, name)
    figures = {date.fromisoformat(day): _sourced(name, one) for day, one in take(dict(data), "values", name).items()}
    if not figures:
        raise FrontMatterError(f"{name}: no value at all")
    until, checked = data.get("known_until"), data.get("last_checked")
    return LawValue(
        name=name,
        label=take(dict(data), "label", name),
        unit=take(dict(data), "unit", name),
        monthly=bool(data.get("monthly", False)),
        dated=Dated(name, figures, date.fromisoformat(until) if until else None, data.get("next", "")),
        last_checked=date.fromisoformat(checked) if checked else None,
    )


def _sourced(name: str, one: Mapping[str, Any]) -> Sourced:
    refuse_others(dict(one), _VALUE_FIELDS, name)
    confidence = one.get("confidence", "source_read")
    if confidence not in CONFIDENCES:
        raise FrontMatterError(f"{name}: confidence is one of {', '.join(CONFIDENCES)}")
    return Sourced(_figure(one), take(dict(one), "source", name), confidence)


def law_book(values: Mapping[str, LawValue]) -> LawBook:
    """The figures read, with those computed from them."""
    return LawBook(dict(values), COMPUTED)


def _figure(one: Mapping[str, Any]) -> Decimal | str:
    value = one["value"]
    return Decimal(str(value)) if isinstance(value, (int, Decimal)) else value
