"""Payment terms and late payment: what the Code de commerce allows between professionals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.terms.closed_lists import LateRateKind, PaymentStart
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change
from convenu.vocabulary.percent import Percent
from convenu.vocabulary.span import Span

INVOICE_LIMIT = 60
END_OF_MONTH_LIMIT = 45


@checks("com-l441-10-delai")
def payment_delay(look: Look) -> Iterator[Hit]:
    """Sixty days from the invoice, or forty-five from the end of its month, are the longest that may be agreed."""
    delay, start = known(look.terms.payment_days), known(look.terms.payment_start)
    if delay is None:
        yield Hit(
            message="Aucun délai de paiement n’est convenu : à défaut, le délai légal est de 30 jours après la réception ou l’exécution.",
            terms=("payment_days",), change=Change("payment_days", "30 days"),
        )  # fmt: skip
        return
    if start in (PaymentStart.VALIDATION, PaymentStart.RECEIPT):
        yield Hit(
            message=f"Le délai court depuis {start.label} : ce point de départ peut retarder le paiement au-delà du maximum légal.",
            terms=("payment_start", "payment_days"), change=Change("payment_start", "invoice_date"), remedy="Faire courir le délai de la date d’émission de la facture.",
        )  # fmt: skip
    limit = END_OF_MONTH_LIMIT if start is PaymentStart.END_OF_MONTH else INVOICE_LIMIT
    if _days(delay) > limit:
        yield Hit(
            message=f"Le délai de paiement convenu ({french.span(delay)} à compter de {start.label if start else 'la facture'}) dépasse le maximum de {limit} jours.",
            terms=("payment_days", "payment_start"), change=Change("payment_days", "30 days"),
        )  # fmt: skip


@checks("com-l441-10-penalites")
def late_payment_rate(look: Look) -> Iterator[Hit]:
    """The agreed rate may not go under three times the legal rate of the half-year, and the 40 euros must be stated."""
    rate = known(look.terms.late_rate)
    if rate is None:
        yield Hit(
            message="Le taux des pénalités de retard n’est pas indiqué, alors que cette mention est obligatoire.", terms=("late_rate",),
            change=Change("late_rate", {"kind": "ecb_plus", "points": "10 %", "at_least_legal_floor": True}),
        )  # fmt: skip
    elif (agreed := _agreed_rate(look, rate.kind, rate.points, rate.multiple, rate.rate)) is not None:
        floor = look.number("late_rate_floor")
        if agreed < floor and not rate.at_least_legal_floor:
            yield Hit(
                message=f"Le taux convenu ({french.number(agreed)} %) est inférieur au plancher de trois fois le taux légal ({french.number(floor)} % au {french.day(look.on)}).",
                terms=("late_rate",), change=Change("late_rate", {"kind": "ecb_plus", "points": "10 %", "at_least_legal_floor": True}),
            )  # fmt: skip
    fee, due = known(look.terms.recovery_fee), look.number("recovery_fee")
    if fee is None or fee.amount < due:
        yield Hit(
            message=f"L’indemnité forfaitaire de recouvrement de {french.number(due)} € n’est pas indiquée.",
            terms=("recovery_fee",), change=Change("recovery_fee", f"{due} EUR"), remedy="Indiquer l’indemnité forfaitaire légale.",
        )  # fmt: skip


def _days(delay: Span) -> Decimal:
    return delay.days()


def _agreed_rate(look: Look, kind: LateRateKind, points: Percent | None, multiple: Decimal | None, fixed: Percent | None) -> Decimal | None:
    """The agreed rate in per cent on the day of the check."""
    if kind is LateRateKind.FIXED and fixed:
        return fixed.value
    if kind is LateRateKind.LEGAL_MULTIPLE and multiple:
        return multiple * look.number("legal_interest_professional")
    if kind is LateRateKind.ECB_PLUS and points:
        return look.number("late_rate_default") - 10 + points.value
    return None
