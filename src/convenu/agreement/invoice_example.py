"""The first invoice of a contract, worked line by line from its grid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from convenu.terms.closed_lists import BillingRhythm, OnCall
from convenu.terms.contract import Terms
from convenu.vocabulary import french
from convenu.vocabulary.money import Money, total

_MONTHS = {
    BillingRhythm.MONTHLY_AHEAD: 1,
    BillingRhythm.MONTHLY_AFTER: 1,
    BillingRhythm.QUARTERLY_AHEAD: 3,
    BillingRhythm.QUARTERLY_AFTER: 3,
    BillingRhythm.YEARLY_AHEAD: 12,
}


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One line of the example and its amount before tax."""

    label: str
    amount: Money


@dataclass(frozen=True, slots=True)
class InvoiceExample:
    """The first invoice at the signed quantities, before tax."""

    start: date
    lines: tuple[InvoiceLine, ...]
    total: Money


def invoice_example(terms: Terms, monthly_fee: Money | None) -> InvoiceExample | None:
    """The first invoice; None while a value that it needs is missing, or when the contract begins within a month."""
    start, rhythm = terms.effective_date.value, terms.billing_rhythm.value
    open_values = (terms.setup_fee, terms.setup_instalments, terms.on_call, terms.on_call_fee)
    if not start or start.day != 1 or not rhythm or not monthly_fee or any(term.unknown for term in open_values):
        return None
    months = _MONTHS[rhythm]
    lines = [InvoiceLine(f"Redevance, {french.number(months)} mois", monthly_fee * months)]
    if terms.on_call_fee.value and terms.on_call.value not in (None, OnCall.NONE):
        lines.append(InvoiceLine(f"Astreinte, {french.number(months)} mois", terms.on_call_fee.value * months))
    if terms.setup_fee.value and not terms.setup_instalments.value:
        lines.append(InvoiceLine("Mise en service, une seule fois", terms.setup_fee.value))
    return InvoiceExample(start, tuple(lines), total([line.amount for line in lines]))
