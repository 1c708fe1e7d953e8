"""The credits that a contract would have owed: for each period and service, the highest step that its attainments missed by.

Steps are in points under the share promised; a sample too small joins the next period. Amounts are rounded half-up to the cent, one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from convenu.service.clock import Result, Verdict
from convenu.service.commitments import Commitment
from convenu.terms.closed_lists import Frequency
from convenu.terms.contract import Terms
from convenu.vocabulary.money import ZERO, Money, total
from convenu.vocabulary.percent import Percent

_MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.HALF_YEARLY: 6, Frequency.YEARLY: 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """One credit: the last month of its period, the service, the promise missed most, by how many points, and the amount."""

    month: date
    service: str
    commitment: Commitment
    priority: str
    tickets: int
    attainment: Decimal
    promised: Decimal
    share: Decimal
    amount: Money


@dataclass(frozen=True, slots=True)
class Credits:
    """The credits of a replay by month, the months that were measured, or why there are none."""

    due: tuple[Credit, ...]
    months: tuple[date, ...]
    reason: str = ""

    @property
    def by_month(self) -> dict[date, Money]:
        """The amount of each month measured, zero where nothing was due."""
        return {month: total([credit.amount for credit in self.due if credit.month == month]) for month in self.months}


def credits_due(terms: Terms, results: Iterable[Result], *, monthly_fee: Money | None) -> Credits:
    """The credits that the results would have cost under these terms; a term not known yet gives a reason instead."""
    steps, promised = terms.service_credit_steps, terms.attainment_target
    if steps.unknown or promised.unknown or terms.service_credit_cap.unknown:
        return Credits((), (), "les avoirs ou les parts à tenir ne sont pas encore convenus")
    if not steps.value or promised.value is None:
        return Credits((), (), "aucun avoir n’est convenu")
    if monthly_fee is None:
        return Credits((), (), "le prix n’est pas encore connu")
    months = _MONTHS.get(terms.minimum_sample.value.period, 1) if terms.minimum_sample.value else 1
    by_period: dict[tuple[date, str], dict[tuple[Commitment, str], list[bool]]] = defaultdict(lambda: defaultdict(list))
    last: set[date] = set()
    for result in results:
        if result.computed and result.commitment.by_priority and result.hours is not None:
            period = _last_month(result.hours.local(result.opened_at).date(), months)
            last.add(period)
            by_period[period, result.service][result.commitment, result.priority].append(result.verdict is Verdict.MET)
    services = sorted({service for _, service in by_period})
    found = [
        one for service in services for one in _of_service(terms, service, sorted(last), by_period, _base(terms, service, monthly_fee))
    ]
    return Credits(tuple(sorted(found, key=lambda credit: (credit.month, credit.service))), tuple(sorted(last)))


def _base(terms: Terms, service: str, monthly_fee: Money) -> Money:
    """What a credit is a share of: the line of the price grid that bears the name of the service, else its part of the monthly fee."""
    services = terms.services.value or ()
    names = {service.casefold(), *(one.name.casefold() for one in services if service.casefold() in (one.key, one.name.casefold()))}
    own = [line.monthly for line in terms.price_lines.value or () if service and line.label.casefold() in names]
    return total(own) if own else Money(monthly_fee.amount / max(1, len(services)))


def _of_service(
    terms: Terms,
    service: str,
    periods: Sequence[date],
    by_period: dict[tuple[date, str], dict[tuple[Commitment, str], list[bool]]],
    base: Money,
) -> Iterator[Credit]:
    """One credit at most for each period: the highest step reached, under the cap."""
    carried: dict[tuple[Commitment, str], list[bool]] = defaultdict(list)
    shares: dict[str, Percent | None] = dict(terms.attainment_target.value.items()) if terms.attainment_target.value else {}
    least = terms.minimum_sample.value.tickets if terms.minimum_sample.value else 1
    for period in periods:
        worst: Credit | None = None
        for key, kept in by_period.get((period, service), {}).items():
            carried[key] += kept
        for (commitment, priority), kept in list(carried.items()):
            promised = shares.get(priority)
            if promised is None or len(kept) < least:
                continue
            del carried[commitment, priority]
            attained = Decimal(100 * sum(kept)) / len(kept)
            share = _step(terms, promised.value - attained)
            if share and (worst is None or share > worst.share):
                worst = Credit(
                    month=period, service=service, commitment=commitment, priority=priority, tickets=len(kept), attainment=attained,
                    promised=promised.value, share=share, amount=base * (share / 100),
                )  # fmt: skip
        if worst is not None:
            yield worst


def _step(terms: Terms, missed_by: Decimal) -> Decimal:
    """The credit of the highest step reached by a gap in points, within the cap of a month."""
    reached = [step.credit.value for step in terms.service_credit_steps.value or () if 0 < step.missed_by.value <= missed_by]
    cap = terms.service_credit_cap.value
    highest = max(reached, default=Decimal(0))
    return min(highest, cap.value) if cap is not None else highest


def _last_month(opened: date, months: int) -> date:
    """The first day of the last month of the period in which a ticket was opened."""
    return date(opened.year, ((opened.month - 1) // months + 1) * months, 1)


def distribution(amounts: Sequence[Money]) -> dict[str, Money]:
    """The tenth, fiftieth and ninetieth hundredths of monthly amounts, and the highest."""
    ordered = sorted(amounts) or [ZERO]
    places = {"p10": 10, "p50": 50, "p90": 90, "max": 100}
    return {name: ordered[max(0, -(-len(ordered) * place // 100) - 1)] for name, place in places.items()}
