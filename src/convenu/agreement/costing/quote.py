"""A deal priced and costed: what the client reads, and what only the MSP does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from convenu.agreement.costing.assumptions import Assumptions
from convenu.agreement.costing.costs import Costs
from convenu.agreement.costing.estimate import Estimate, estimate
from convenu.agreement.costing.history import History
from convenu.agreement.costing.margin import BreakEven, Driver, Margin, break_even, drivers, simulated
from convenu.facts.worked_time import Level
from convenu.service.pricing import MonthlyPrice, PricedLine, falls, monthly_price, set_up_lines
from convenu.service.quantities import Population
from convenu.terms.contract import Terms
from convenu.vocabulary import french
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.vocabulary.money import Money, total

SEED = 2026
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Offer:
    """What the client reads: the lines of a month and of the set-up, and what is odd in the grid. No cost stands here."""

    price: MonthlyPrice
    set_up: tuple[PricedLine, ...]
    remarks: tuple[Mistake, ...]

    @property
    def monthly(self) -> Money:
        """A month before tax."""
        return self.price.total

    @property
    def yearly(self) -> Money:
        """Twelve months before tax, the set-up apart."""
        return self.price.total * _MONTHS

    @property
    def set_up_total(self) -> Money:
        """What is paid once."""
        return total([line.amount for line in self.set_up])

    def as_json(self) -> dict[str, Any]:
        """The price as the command line and the API give it; amounts are decimal strings in euros."""
        return {
            "lines": [_line(line) for line in self.price.lines],
            "monthly": str(self.monthly),
            "yearly": str(self.yearly),
            "set_up": str(self.set_up_total),
            "remarks": [remark.as_json() for remark in self.remarks],
        }


@dataclass(frozen=True, slots=True)
class Costing:
    """What only the MSP reads: the cost of a month, and the margin when nothing lacks to tell it."""

    estimate: Estimate
    revenue: Money
    set_up_cost: Money | None
    margin: Margin | None
    drivers: tuple[Driver, ...]
    break_even: BreakEven | None

    @property
    def monthly_cost(self) -> Money | None:
        """The likely cost of a month; None while a cost or a count lacks, since the sum of the others would pass for it."""
        return None if self.estimate.missing else self.estimate.total

    def as_json(self) -> dict[str, Any]:
        """The cost, the margin (an estimate) and what moves it; the totals are null while something lacks."""
        found, monthly = self.estimate, self.monthly_cost
        return {
            "cost": {
                "monthly": None if monthly is None else str(monthly),
                "yearly": None if monthly is None else str(monthly * _MONTHS),
                "overheads": None if monthly is None else str(found.overheads_amount),
                "set_up": None if self.set_up_cost is None else str(self.set_up_cost),
                "hours": {level.value: str(round(hours, 2)) for level, hours in found.hours.items()},
                "items": [{"kind": one.kind.value, "label": one.label, "monthly": str(one.likely), "how": one.how} for one in found.items],
                "missing": [one.as_json() for one in found.missing], "left_out": [one.as_json() for one in found.left_out],
                "source": found.source,
            },
            "margin": None if self.margin is None else _margin(self.margin),
            "drivers": [{"label": one.label, "best": str(one.best), "worst": str(one.worst)} for one in self.drivers],
            "break_even": None if self.break_even is None else _break_even(self.break_even),
        }  # fmt: skip


def offer(terms: Terms, *, on: date | None = None) -> Offer:
    """The price of these terms on a day (None: at the signature); a grid that is not agreed yet is told as a mistake."""
    price = monthly_price(terms, on=on)
    if price is None:
        what = "aucune grille tarifaire n’est convenue" if terms.price_lines.lacking else "la grille tarifaire n’est pas encore connue"
        raise MistakesError([Mistake("price_lines", what, "Répondez aux questions du prix.")])
    return Offer(price, set_up_lines(terms), tuple(_remarks(terms)))


def costing(
    terms: Terms, *, costs: Costs, assumptions: Assumptions, on: date | None = None, seed: int = SEED,
    population: Population | None = None, history: History | None = None,
) -> Costing:  # fmt: skip
    """What these terms cost and leave on a day, as `offer` prices it, for a population (None: the one that they declare)."""
    price = monthly_price(terms, on=on)
    revenue = price.total if price else Money.parse("0 EUR")
    found = estimate(terms, population or Population.declared(terms), costs=costs, assumptions=assumptions, history=history)
    told = price is not None and not found.missing
    hour, hours = costs.hour(Level.N2), costs.set_up_hours
    return Costing(
        estimate=found,
        revenue=revenue,
        set_up_cost=hour * hours if hour is not None and hours is not None else None,
        margin=simulated(found, revenue, seed=seed) if told else None,
        drivers=drivers(found, revenue) if told else (),
        break_even=break_even(terms, found, on=on) if told else None,
    )


def _remarks(terms: Terms) -> Iterator[Mistake]:
    """What is odd in a grid without being a mistake."""
    for rank, line in enumerate(terms.price_lines.value or (), start=1):
        where = f"price_lines, ligne {rank}"
        if not line.quantity:
            yield Mistake(where, f"« {line.label} » : quantité zéro, rien n’est facturé", "Donnez la quantité, ou retirez la ligne.")
        for fall in falls(line):
            told = f"{french.number(fall.quantity)} à {french.euros(fall.before)}, une de plus à {french.euros(fall.after)}"
            yield Mistake(where, f"« {line.label} » : le prix baisse quand la quantité monte ({told})", "Lisez les paliers par tranches.")


def _line(line: PricedLine) -> dict[str, Any]:
    return {
        "kind": line.kind.value, "label": line.label, "unit": line.unit.value if line.unit else None,
        "quantity": None if line.quantity is None else str(line.quantity),
        "unit_price": None if line.unit_price is None else str(line.unit_price),
        "amount": str(line.amount), "how": line.how, "clause": line.clause.key,
    }  # fmt: skip


def _margin(margin: Margin) -> dict[str, Any]:
    return {
        "p10": str(margin.p10), "p50": str(margin.p50), "p90": str(margin.p90), "loss_percent": str(round(margin.loss, 1)),
        "draws": len(margin.drawn), "seed": margin.seed, "estimate": True,
    }  # fmt: skip


def _break_even(found: BreakEven) -> dict[str, Any]:
    return {
        "label": found.label, "unit": found.unit.value, "signed": str(found.signed), "quantity": found.quantity, "how": found.how,
    }  # fmt: skip
