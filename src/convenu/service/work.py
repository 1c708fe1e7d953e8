"""Work outside the flat fee: the time invoiced, at the rate and the uplift agreed, prepaid hours first, travel apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from convenu.terms.contract import Terms
from convenu.vocabulary import french
from convenu.vocabulary.clause_ref import ClauseRef
from convenu.vocabulary.mistakes import Mistake
from convenu.vocabulary.money import ZERO, Money

WORK = ClauseRef("billable_work", ("hourly_rates", "uplifts", "billing_step", "minimum_billed_time"))
TRAVEL = ClauseRef("onsite_work", ("travel_fee",))
_HOUR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Work that an authorised caller accepted: the day, how long, at which rate, in which period outside the service hours ("": inside).

    `rate` and `period` are labels of the terms' rates and uplifts. `travel` is true of a journey that is invoiced.
    """

    day: date
    what: str
    minutes: int
    rate: str
    period: str = ""
    travel: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLine:
    """One line to invoice for some work, with how it was computed."""

    work: Work
    amount: Money
    how: str
    clause: ClauseRef = WORK


@dataclass(frozen=True, slots=True)
class Invoiced:
    """The lines, the prepaid minutes left, and the work that could not be priced, with why: nothing is dropped in silence."""

    lines: tuple[WorkLine, ...]
    prepaid_left: int
    mistakes: tuple[Mistake, ...]


def invoiced(terms: Terms, works: Sequence[Work], *, prepaid: int = 0) -> Invoiced:
    """Price some work in the order given; work inside the service hours draws on the `prepaid` minutes first, one for one."""
    lines: list[WorkLine] = []
    mistakes: list[Mistake] = []
    for rank, work in enumerate(works, start=1):
        wrong = _mistakes(terms, work, f"intervention {rank}")
        if wrong:
            mistakes += wrong
            continue
        minutes = billed_minutes(terms, work.minutes)
        drawn = 0 if work.period else min(prepaid, minutes)
        prepaid -= drawn
        lines.append(_line(terms, work, minutes, drawn))
        if work.travel and terms.travel_fee.value is not None:
            lines.append(WorkLine(work=work, amount=terms.travel_fee.value, how="déplacement", clause=TRAVEL))
    return Invoiced(tuple(lines), prepaid, tuple(mistakes))


def billed_minutes(terms: Terms, minutes: int) -> int:
    """The minutes invoiced for those worked: by whole steps, and at least the minimum of an intervention."""
    step, least = terms.billing_step.value, terms.minimum_billed_time.value
    size = int(step.minutes()) if step else 1
    return max(-(-minutes // size) * size, int(least.minutes()) if least else 0)


def _line(terms: Terms, work: Work, minutes: int, drawn: int) -> WorkLine:
    rate = next(one.rate for one in terms.hourly_rates.value or () if one.label == work.rate)
    uplift = next((one.uplift for one in terms.uplifts.value or () if one.period == work.period), None)
    paid = minutes - drawn
    factor = Decimal(1) + (uplift.share if uplift else Decimal(0))
    amount = Money(rate.amount * factor * paid / _HOUR) if paid else ZERO
    told = [f"{work.minutes} min faites, {minutes} min comptées"]
    told += [f"{drawn} min prises sur le carnet d’heures"] if drawn else []
    told += [f"{paid} min × {french.euros(rate)} de l’heure"] if paid else []
    told += [f"majoration {french.percent(uplift)} ({work.period})"] if uplift and paid else []
    return WorkLine(work=work, amount=amount, how=", ".join(told))


def _mistakes(terms: Terms, work: Work, where: str) -> list[Mistake]:
    rates = [one.label for one in terms.hourly_rates.value or ()]
    periods = [one.period for one in terms.uplifts.value or ()]
    found = []
    if work.minutes <= 0:
        found.append(Mistake(where, f"durée de {work.minutes} min", "Donnez un nombre de minutes plus grand que zéro."))
    if work.rate not in rates:
        found.append(Mistake(where, f"taux « {work.rate} » inconnu du contrat", _suggested(work.rate, rates)))
    if work.period and work.period not in periods:
        found.append(Mistake(where, f"période « {work.period} » sans majoration convenue", _suggested(work.period, periods)))
    return found


def _suggested(given: str, known: list[str]) -> str:
    near = get_close_matches(given, known, 1)
    if near:
        return f"Vouliez-vous « {near[0]} » ?"
    return f"Convenus : {', '.join(known)}." if known else "Le contrat n’en convient aucun : passez par un devis."
