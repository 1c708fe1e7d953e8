"""Payment terms and late payment: what the Code de commerce allows between professionals, and the public buyers' own delays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules.aspects import each_aspect
from convenu.agreement.sentences import naming
from convenu.law.late_payment import semester
from convenu.terms.closed_lists import LateRateKind, PaymentStart
from convenu.terms.values import LateRate
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change, Severity
from convenu.vocabulary.span import Span, SpanUnit

_END_OF_MONTH = (PaymentStart.END_OF_MONTH, PaymentStart.END_OF_MONTH_UNSPECIFIED)
_LONGEST_MONTH = 31
_CAPITALISED = re.compile(r"capitalis\w*|anatocisme|intérêts?\s+(?:échus\s+)?produi\w+\s+(?:eux-mêmes\s+)?intérêt", re.IGNORECASE)
_CAPITALISED_ABOUT = ("capitalis", "anatocisme", "intérêt")
_WHOLE_YEAR = re.compile(r"ann(?:ée|uelle|uel)|douze mois|12 mois|\ban\b", re.IGNORECASE)
_LEGAL_RATE = Change("late_rate", {"kind": "ecb_plus", "points": "10 %", "at_least_legal_floor": True})


@checks("com-l441-10-delai")
def payment_delay(look: Look) -> Iterator[Hit]:
    """Sixty days from the invoice, forty-five from the end of its month, forty-five for a periodic invoice."""
    yield from each_aspect(look, _starting_point, _length)


def _starting_point(look: Look) -> Iterator[Hit]:
    start = known(look.terms.payment_start)
    if start is PaymentStart.VALIDATION:
        yield Hit(
            title="Point de départ du délai de paiement",
            message=f"Le délai court depuis {start.label} : ce point de départ risque de porter le paiement au-delà du maximum légal.",
            terms=("payment_start",),
            change=Change("payment_start", "invoice_date"),
            remedy="Faire courir le délai de la date d’émission de la facture.",
        )
    if start is PaymentStart.RECEIPT:
        yield Hit(
            title="Point de départ du délai de paiement",
            message=f"Le délai court depuis {start.label}, alors que le maximum légal se compte de sa date d’émission.",
            terms=("payment_start",),
            change=Change("payment_start", "invoice_date"),
            remedy="Faire courir le délai de la date d’émission de la facture.",
            severity=Severity.MEDIUM,
        )
    if start is PaymentStart.END_OF_MONTH_UNSPECIFIED:
        yield Hit(
            title="« Fin de mois » à préciser",
            message="« Fin de mois » peut se compter de deux façons, qui n’aboutissent pas au même jour : le contrat ne dit pas laquelle.",
            terms=("payment_start",),
            change=Change("payment_start", "end_of_month"),
            remedy="Dire si le délai court de la fin du mois de la facture, ou s’achève à la fin du mois où il expire.",
            severity=Severity.MEDIUM,
        )


def _length(look: Look) -> Iterator[Hit]:
    delay, default = known(look.terms.payment_days), look.number("payment_default_days")
    if delay is None:
        yield Hit(
            title="Délai de paiement non convenu",
            message=f"Aucun délai de paiement n’est convenu : le délai légal serait de {default} jours après l’exécution.",
            terms=("payment_days",),
            change=Change("payment_days", f"{default} days"),
            remedy=f"Convenir d’un délai de {default} jours à compter de la date de facture.",
            severity=Severity.MEDIUM,
        )
        return
    start = known(look.terms.payment_start)
    month_end = start in _END_OF_MONTH
    limit = _limit_passed(look, _longest(delay), month_end=month_end)
    if limit is not None:
        said = f"{french.span(delay)} fin de mois" if month_end else french.span(delay)
        yield Hit(
            message=f"Le délai de paiement convenu ({said}) dépasse le maximum légal : {limit}.",
            terms=("payment_days",),
            change=Change("payment_days", "10 days" if month_end and look.terms.periodic_invoice.value else f"{default} days"),
        )


def _limit_passed(look: Look, days: Decimal, *, month_end: bool) -> str | None:
    """The legal limit that the delay passes; whether invoices are periodic matters only past their own shorter limit."""
    periodic = look.number("payment_limit_periodic_invoice")
    past_periodic = (days + _LONGEST_MONTH if month_end else days) > periodic
    if past_periodic and look.terms.periodic_invoice.value:
        return f"{periodic} jours de la date d’émission pour une facture périodique"
    limit = look.number("payment_limit_end_of_month" if month_end else "payment_limit_from_invoice")
    if days > limit:
        return f"{limit} jours fin de mois" if month_end else f"{limit} jours de la date de facture"
    if past_periodic:
        known(look.terms.periodic_invoice)
    return None


@checks("com-l441-10-penalites")
def late_payment_rate(look: Look) -> Iterator[Hit]:
    """The agreed rate may not go under three times the legal rate of the half-year, and the 40 euros must be stated."""
    yield from each_aspect(look, _rate, _recovery_fee)


def _rate(look: Look) -> Iterator[Hit]:
    rate = known(look.terms.late_rate)
    if rate is None:
        yield Hit(
            title="Taux des pénalités de retard non indiqué",
            message="Le taux des pénalités de retard n’est pas indiqué, alors que cette mention est obligatoire.",
            terms=("late_rate",),
            change=_LEGAL_RATE,
        )
        return
    agreed, floor = _agreed_rate(look, rate), look.number("late_rate_floor")
    if agreed < floor and not rate.at_least_legal_floor:
        written_as_the_law = rate.kind is LateRateKind.ECB_PLUS and agreed == look.number("late_rate_default")
        yield Hit(
            title="Taux des pénalités de retard sous le plancher légal",
            message=f"Le taux convenu ({_told(rate, agreed)}) est inférieur au plancher de trois fois le taux légal "
            f"({french.number(floor)} % au {french.day(look.on)}).",
            terms=("late_rate",),
            change=_LEGAL_RATE,
            severity=Severity.LOW if written_as_the_law else None,
        )


def _told(rate: LateRate, agreed: Decimal) -> str:
    """The rate as agreed: one that refers to the law's interest has no figure of its own."""
    figure = f"{french.number(agreed)} %"
    if rate.kind is LateRateKind.LEGAL_MULTIPLE and rate.multiple:
        times = "l’intérêt légal" if rate.multiple == 1 else f"{french.number(rate.multiple)} fois l’intérêt légal"
        return f"{times}, soit {figure}"
    return figure


def _agreed_rate(look: Look, rate: LateRate) -> Decimal:
    """The agreed rate in per cent on the day of the check."""
    if rate.kind is LateRateKind.FIXED and rate.rate:
        return rate.rate.value
    if rate.kind is LateRateKind.LEGAL_MULTIPLE and rate.multiple:
        return rate.multiple * look.number("legal_interest_professional")
    first_day, _ = semester(look.on)
    return look.number("ecb_refi", first_day) + (rate.points.value if rate.points else Decimal(0))


def _recovery_fee(look: Look) -> Iterator[Hit]:
    fee, due = known(look.terms.recovery_fee), look.number("recovery_fee")
    if fee is None or fee.amount < due:
        yield Hit(
            title="Indemnité de recouvrement non indiquée",
            message=f"L’indemnité forfaitaire de recouvrement de {french.number(due)} € n’est pas indiquée.",
            terms=("recovery_fee",),
            change=Change("recovery_fee", f"{due} EUR"),
            remedy="Indiquer l’indemnité forfaitaire légale.",
        )


@checks("ccp-delais")
def public_buyer_delay(look: Look) -> Iterator[Hit]:
    """A public buyer pays within its own delay, and its late interest cannot be waived."""
    yield from each_aspect(look, _public_delay, _public_interest)


def _public_delay(look: Look) -> Iterator[Hit]:
    delay, limit = known(look.terms.payment_days), look.number("public_payment_days")
    hospital = look.number("public_hospital_payment_days")
    if delay is not None and _longest(delay) > limit:
        yield Hit(
            message=f"Le délai de paiement convenu ({french.span(delay)}) dépasse les {limit} jours d’un acheteur public "
            f"({hospital} jours pour un établissement public de santé).",
            terms=("payment_days",),
            change=Change("payment_days", f"{limit} days"),
            severity=Severity.MEDIUM if _longest(delay) <= hospital else None,
        )


def _public_interest(look: Look) -> Iterator[Hit]:
    if known(look.terms.late_rate) is None:
        yield Hit(
            message="Aucun intérêt moratoire n’est prévu : y renoncer est sans effet face à un acheteur public.",
            terms=("late_rate",),
            change=Change("late_rate", {"kind": "ecb_plus", "points": "8 %"}),
            severity=Severity.MEDIUM,
        )


def _longest(delay: Span) -> Decimal:
    """The most calendar days that the delay can last: two months may count sixty-two."""
    return delay.count * _LONGEST_MONTH if delay.unit is SpanUnit.MONTHS else delay.days()


@checks("civ-interets")
def capitalised_interest(look: Look) -> Iterator[Hit]:
    """Interest bears interest only when the contract says so, and only once it is due for a whole year."""
    for section in naming(look.text, *_CAPITALISED_ABOUT) if look.text else ():
        for sentence in section.plain.splitlines():
            if _CAPITALISED.search(sentence) and not _WHOLE_YEAR.search(sentence):
                yield Hit(
                    message=f"« {section.title} » prévoit que les intérêts produisent intérêt, sans dire qu’ils sont dus pour une année "
                    "entière.",
                    terms=(),
                    clause=section.clause,
                )
                break
