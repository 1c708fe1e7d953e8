"""The margin of a year as a distribution, what moves it, and the quantity from which a deal pays for itself.

The simulation uses binary fractions on hours and is an estimate; every amount that a contract says is exact elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from convenu.agreement.costing.assumptions import Range
from convenu.agreement.costing.draws import Draws
from convenu.agreement.costing.estimate import CostItem, Estimate, ItemKind
from convenu.service.pricing import monthly_price
from convenu.terms.closed_lists import BillingUnit
from convenu.terms.contract import Terms
from convenu.vocabulary import french
from convenu.vocabulary.money import Money

DRAWS = 10_000
_MONTHS = 12
# A lever that nobody draws, shown beside the ranges: pay rises.
_PAY_RISE = Decimal("1.05")


@dataclass(frozen=True, slots=True)
class Margin:
    """The yearly margin of many draws, in order: an estimate."""

    revenue: Money
    drawn: tuple[float, ...]
    seed: int

    def hundredth(self, place: int) -> Money:
        """The margin that so many draws in a hundred do not exceed."""
        return Money(Decimal(str(self.drawn[max(0, -(-len(self.drawn) * place // 100) - 1)])))

    @property
    def p10(self) -> Money:
        """Nine years in ten leave more."""
        return self.hundredth(10)

    @property
    def p50(self) -> Money:
        """One year in two leaves more."""
        return self.hundredth(50)

    @property
    def p90(self) -> Money:
        """One year in ten leaves more."""
        return self.hundredth(90)

    @property
    def loss(self) -> Decimal:
        """The share of draws that lose money, in percent."""
        return Decimal(100 * sum(value < 0 for value in self.drawn)) / len(self.drawn)

    def share(self, amount: Money) -> Decimal | None:
        """A margin in percent of the yearly revenue."""
        return 100 * amount.amount / self.revenue.amount if self.revenue.amount else None

    def bars(self, count: int) -> tuple[tuple[Money, Money, int], ...]:
        """How many draws fall in each of `count` equal intervals, from the lowest to the highest."""
        low, high = self.drawn[0], self.drawn[-1]
        width = (high - low) / count or 1.0
        heights = [0] * count
        for value in self.drawn:
            heights[min(count - 1, int((value - low) / width))] += 1
        bounds = [Money(Decimal(str(low + width * rank))) for rank in range(count + 1)]
        return tuple((bounds[rank], bounds[rank + 1], height) for rank, height in enumerate(heights))


def simulated(estimate: Estimate, revenue: Money, *, seed: int, draws: int = DRAWS) -> Margin:
    """Draw so many years: every range of the estimate, and the client's temper on all its support hours at once."""
    draw = Draws(seed).triangular
    temper = _floats(estimate.temper)
    fixed = sum(_weight(item, estimate) * float(item.units.likely) for item in estimate.items if _still(item, estimate))
    moving = [(_weight(item, estimate), item.tempered, _floats(item.units)) for item in estimate.items if not _still(item, estimate)]
    yearly = float(revenue.amount) * _MONTHS
    drawn = []
    for _ in range(draws):
        mood = draw(*temper)
        cost = fixed
        for weight, tempered, bounds in moving:
            cost += weight * draw(*bounds) * (mood if tempered else 1.0)
        drawn.append(yearly - _MONTHS * cost)
    return Margin(revenue * _MONTHS, tuple(sorted(drawn)), seed)


def _floats(bounds: Range) -> tuple[float, float, float]:
    return float(bounds.low), float(bounds.likely), float(bounds.high)


def _still(item: CostItem, estimate: Estimate) -> bool:
    return item.units.certain and (not item.tempered or estimate.temper.certain)


def _weight(item: CostItem, estimate: Estimate) -> float:
    """What one unit costs, overheads included; credits bear none."""
    return float(item.unit_cost * _loaded(item, estimate))


def _loaded(item: CostItem, estimate: Estimate) -> Decimal:
    return Decimal(1) if item.kind is ItemKind.CREDITS else 1 + estimate.overheads


@dataclass(frozen=True, slots=True)
class Driver:
    """One thing that moves the yearly margin: the margin when it alone is at its best and at its worst, the others likely."""

    label: str
    best: Money
    worst: Money

    @property
    def width(self) -> Money:
        """How far it moves the margin."""
        return self.best - self.worst


def drivers(estimate: Estimate, revenue: Money) -> tuple[Driver, ...]:
    """What moves the margin, the widest first."""
    likely = _yearly(estimate, revenue)
    found = [_driver(item, estimate, likely) for item in estimate.items if not item.units.certain]
    tempered = sum((_monthly(item, estimate) for item in estimate.items if item.tempered), Decimal(0))
    if tempered and not estimate.temper.certain:
        swing = [likely - _MONTHS * tempered * (factor - estimate.temper.likely) for factor in (estimate.temper.low, estimate.temper.high)]
        found.append(Driver("Tempérament du client (il appelle peu, ou beaucoup)", Money(swing[0]), Money(swing[1])))
    paid = sum((_monthly(item, estimate) for item in estimate.items if item.split), Decimal(0))
    if paid:
        change = _MONTHS * paid * (_PAY_RISE - 1)
        found.append(
            Driver(f"Coût de vos heures, ±{french.number(100 * (_PAY_RISE - 1))} %", Money(likely + change), Money(likely - change))
        )
    return tuple(sorted(found, key=lambda one: one.width, reverse=True))


def _driver(item: CostItem, estimate: Estimate, likely: Decimal) -> Driver:
    each = _MONTHS * item.unit_cost * _loaded(item, estimate) * (estimate.temper.likely if item.tempered else 1)
    best, worst = (likely - each * (units - item.units.likely) for units in (item.units.low, item.units.high))
    return Driver(item.label, Money(best), Money(worst))


def _monthly(item: CostItem, estimate: Estimate) -> Decimal:
    """The likely cost of an item a month, overheads included."""
    return item.units.likely * item.unit_cost * _loaded(item, estimate)


def _yearly(estimate: Estimate, revenue: Money) -> Decimal:
    """The yearly margin when everything is likely."""
    return _MONTHS * (revenue.amount - sum((_monthly(item, estimate) for item in estimate.items), Decimal(0)))


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The least size of a deal, told by its main line, from which the likely margin is not negative; None when no size is enough."""

    label: str
    unit: BillingUnit
    signed: Decimal
    quantity: int | None
    how: str


# A deal is tried up to ten times its size, in fortieths of it, then unit by unit between the two sizes that matter.
_LARGEST, _PARTS = 10, 40


def break_even(terms: Terms, estimate: Estimate, *, on: date | None = None) -> BreakEven | None:
    """Where a deal pays for itself when its quantities by the unit grow together, with the discounts of a day; None with no such price."""
    grid = terms.price_lines.value or ()
    by_unit = [line for line in grid if line.unit is not BillingUnit.FLAT and line.quantity]
    if not by_unit:
        return None
    main = max(by_unit, key=lambda line: line.monthly)
    growing = sum((_monthly(item, estimate) for item in estimate.items if item.grows_with), Decimal(0))
    still = sum((_monthly(item, estimate) for item in estimate.items if not item.grows_with), Decimal(0))

    def pays(quantity: int) -> bool:
        size = Decimal(quantity) / main.quantity
        scaled = {rank: line.quantity * size for rank, line in enumerate(grid) if line.unit is not BillingUnit.FLAT}
        price = monthly_price(terms, on=on, quantities=scaled)
        return price is not None and price.total.amount >= still + growing * size

    told, rest = french.euros(Money(growing)), french.euros(Money(still))
    how = f"toutes les quantités à l’unité varient ensemble : {told} de coûts mensuels les suivent, {rest} n’en dépendent pas"
    return BreakEven(main.label, main.unit, main.quantity, _least(pays, int(main.quantity)), how)


def _least(pays: Callable[[int], bool], signed: int) -> int | None:
    """The least quantity that pays, a deal that starts to pay going on to until its next step at least."""
    tried = sorted({max(1, signed * part // _PARTS) for part in range(_LARGEST * _PARTS + 1)})
    first = next((quantity for quantity in tried if pays(quantity)), None)
    if first is None or first == 1:
        return first
    low, high = tried[tried.index(first) - 1], first
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if pays(middle) else (middle, high)
    return high
