"""Work outside the flat fee: the time invoiced, at the rate and the uplift agreed, prepaid hours first, travel apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from convenu.service.hour_packs import HourBook
from convenu.terms.contract import Terms
from convenu.vocabulary import french
from convenu.vocabulary.clause_ref import ClauseRef
from convenu.vocabulary.mistakes import Mistake
from convenu.vocabulary.money import Money
from convenu.vocabulary.percent import Percent

WORK = ClauseRef("billable_work", ("hourly_rates", "uplifts", "billing_step", "minimum_billed_time"))
TRAVEL = ClauseRef("onsite_work", ("travel_fee",))
_HOUR = 60


@dataclass(frozen=True, slots=True)
class Part:
    """Minutes of one intervention in one period, and the label of its uplift; in the service hours, or without one, it is empty."""

    minutes: int
    uplift: str = ""
    in_hours: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Work that an authorised caller accepted: the day, what, at which rate (a label of the terms), in which periods.

    `travel` is true of a journey that is invoiced.
    """

    day: date
    what: str
    rate: str
    parts: tuple[Part, ...]
    travel: bool = False

    @property
    def minutes(self) -> int:
        """How long it took."""
        return sum(part.minutes for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLine:
    """One line to invoice for some work: the minutes counted, those drawn on the prepaid hours, and how the amount was computed."""

    work: Work
    amount: Money
    how: str
    counted: int = 0
    drawn: int = 0
    clause: ClauseRef = WORK


@dataclass(frozen=True, slots=True)
class Invoiced:
    """The lines, and the work that could not be priced, with why: nothing is dropped in silence."""

    lines: tuple[WorkLine, ...]
    mistakes: tuple[Mistake, ...]


def invoiced(terms: Terms, works: Sequence[Work], *, book: HourBook | None = None) -> Invoiced:
    """Price some work in the order given, that of its days; work inside the service hours draws on the prepaid hours first, one for one."""
    lines: list[WorkLine] = []
    mistakes: list[Mistake] = []
    for rank, work in enumerate(works, start=1):
        wrong = work_mistakes(terms, work, f"intervention {rank}")
        if wrong:
            mistakes += wrong
            continue
        lines += work_lines(terms, work, book)
    return Invoiced(tuple(lines), tuple(mistakes))


def work_lines(terms: Terms, work: Work, book: HourBook | None = None) -> tuple[WorkLine, ...]:
    """The lines of one intervention without mistake: its time, and its journey."""
    lines = [_line(terms, work, book)]
    if work.travel and terms.travel_fee.value is not None:
        lines.append(WorkLine(work=work, amount=terms.travel_fee.value, how="déplacement", clause=TRAVEL))
    return tuple(lines)


def billed_minutes(terms: Terms, minutes: int) -> int:
    """The minutes invoiced for those worked: by whole steps, and at least the minimum of an intervention."""
    step, least = terms.billing_step.value, terms.minimum_billed_time.value
    size = int(step.minutes()) if step else 1
    return max(-(-minutes // size) * size, int(least.minutes()) if least else 0)


def _line(terms: Terms, work: Work, book: HourBook | None) -> WorkLine:
    """The time of one intervention; what the step and the minimum add to it goes to its cheapest part."""
    rate = next(one.rate for one in terms.hourly_rates.value or () if one.label == work.rate)
    shares = {"": None, **{one.period: one.uplift for one in terms.uplifts.value or ()}}
    counted = billed_minutes(terms, work.minutes)
    told = [f"{work.minutes} min faites, {counted} min comptées"]
    added, drawn, exact = counted - work.minutes, 0, Decimal(0)
    for part in sorted(work.parts, key=lambda one: (not one.in_hours, _factor(shares[one.uplift]))):
        minutes, added = part.minutes + added, 0
        taken = book.draw(work.day, minutes, work.what) if book and part.in_hours else 0
        drawn += taken
        paid, uplift = minutes - taken, shares[part.uplift]
        exact += rate.amount * _factor(uplift) * paid / _HOUR
        told += [f"{taken} min prises sur le carnet d’heures"] if taken else []
        told += [f"{paid} min × {french.euros(rate)} de l’heure"] if paid else []
        told += [f"majoration {french.percent(uplift)} ({part.uplift})"] if uplift and paid else []
    return WorkLine(work=work, amount=Money(exact), how=", ".join(told), counted=counted, drawn=drawn)


def _factor(uplift: Percent | None) -> Decimal:
    return Decimal(1) + (uplift.share if uplift else Decimal(0))


def work_mistakes(terms: Terms, work: Work, where: str) -> list[Mistake]:
    """What of some work cannot be priced: a time of nothing, a rate or an uplift that the contract does not have."""
    rates = [one.label for one in terms.hourly_rates.value or ()]
    periods = [one.period for one in terms.uplifts.value or ()]
    found = []
    if work.minutes <= 0:
        found.append(Mistake(where, f"durée de {work.minutes} min", "Donnez un nombre de minutes plus grand que zéro."))
    if work.rate not in rates:
        found.append(Mistake(where, f"taux « {work.rate} » inconnu du contrat", _suggested(work.rate, rates)))
    unknown = dict.fromkeys(part.uplift for part in work.parts if part.uplift and part.uplift not in periods)
    found += [Mistake(where, f"période « {one} » sans majoration convenue", _suggested(one, periods)) for one in unknown]
    return found


def _suggested(given: str, known: list[str]) -> str:
    near = get_close_matches(given, known, 1)
    if near:
        return f"Vouliez-vous « {near[0]} » ?"
    return f"Convenus : {', '.join(known)}." if known else "Le contrat n’en convient aucun : passez par un devis."
