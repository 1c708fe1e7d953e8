"""The quantities invoiced against those counted: what the tolerance absorbs, what the floor keeps, what changes on the next invoice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from convenu.service.pricing import MonthlyPrice, monthly_price
from convenu.service.quantities import Population, counted
from convenu.terms.closed_lists import BillingUnit
from convenu.terms.contract import Terms
from convenu.terms.values import PriceLine
from convenu.vocabulary import french
from convenu.vocabulary.clause_ref import ClauseRef
from convenu.vocabulary.money import ZERO, Money

TRUE_UP = ClauseRef("true_up", ("true_up_frequency", "true_up_tolerance_share", "true_up_tolerance_units", "quantity_floor"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """One line of the grid after a count: the quantity invoiced until then, the one counted (None: not counted), the one due, and why."""

    line: PriceLine
    invoiced: Decimal
    counted: Decimal | None
    due: Decimal
    why: str
    effect: Money


@dataclass(frozen=True, slots=True)
class TrueUp:
    """A count of every line, the price of a month before and after it."""

    lines: tuple[Settled, ...]
    before: MonthlyPrice
    after: MonthlyPrice
    clause: ClauseRef = TRUE_UP

    @property
    def quantities(self) -> dict[int, Decimal]:
        """The quantities due by rank in the grid, for the next count and the next invoice."""
        return {rank: one.due for rank, one in enumerate(self.lines)}

    @property
    def effect(self) -> Money:
        """What a month costs more (or less) than before."""
        return self.after.total - self.before.total


def true_up(terms: Terms, population: Population, *, on: date, invoiced: dict[int, Decimal] | None = None) -> TrueUp | None:
    """Count a population and settle each line; `invoiced` are the quantities of the last invoice, those signed when None.

    None while the grid is not agreed. Where no true-up is agreed, quantities stay and each line says so.
    """
    grid = terms.price_lines.value
    before = monthly_price(terms, on=on, quantities=invoiced)
    if not grid or before is None:
        return None
    found = _found(terms, grid, population)
    lines = [_settled(terms, line, (invoiced or {}).get(rank, line.quantity), found[rank]) for rank, line in enumerate(grid)]
    after = monthly_price(terms, on=on, quantities={rank: one.due for rank, one in enumerate(lines)})
    return None if after is None else TrueUp(tuple(lines), before, after)


def _found(terms: Terms, grid: tuple[PriceLine, ...], population: Population) -> list[Decimal | None]:
    """The count of each line; what is counted of a unit goes to its only line, several lines of one unit are not told apart."""
    rules = {rule.unit: rule for rule in terms.counting_rules.value or ()}
    units = [line.unit for line in grid]
    numbers = {unit: counted(unit, population, rules[unit]) for unit in set(units) if unit in rules}
    return [one.quantity if units.count(unit) == 1 and (one := numbers.get(unit)) is not None else None for unit in units]


def _settled(terms: Terms, line: PriceLine, invoiced: Decimal, found: Decimal | None) -> Settled:
    due, why = _due(terms, line, invoiced, found)
    effect = line.price_of(due) - line.price_of(invoiced) if due != invoiced else ZERO
    return Settled(line=line, invoiced=invoiced, counted=found, due=due, why=why, effect=effect)


def _due(terms: Terms, line: PriceLine, invoiced: Decimal, found: Decimal | None) -> tuple[Decimal, str]:
    """The quantity due and the reason, in the order of the clause: agreed, counted, within the tolerance, above the floor."""
    if terms.true_up_frequency.value is None:
        return invoiced, "aucune régularisation n’est convenue"
    if line.unit is BillingUnit.FLAT:
        return invoiced, "forfait"
    if found is None:
        return invoiced, "pas de décompte pour cette ligne"
    gap = abs(found - invoiced)
    allowed = tolerance(terms, invoiced)
    if not gap:
        return invoiced, "même quantité"
    if gap <= allowed:
        return invoiced, f"écart de {french.number(gap)}, dans la tolérance ({french.number(allowed)})"
    floor = terms.quantity_floor.value
    # Units are whole: the fewest that are not under the floor.
    least = (line.quantity * floor.share).to_integral_value(ROUND_CEILING) if floor else Decimal(0)
    if floor is not None and found < least:
        return least, f"plancher : {french.percent(floor)} de {french.number(line.quantity)} signés"
    return found, f"écart de {french.number(gap)}, au-delà de la tolérance ({french.number(allowed)}) : régularisé en entier"


def tolerance(terms: Terms, invoiced: Decimal) -> Decimal:
    """The gap that changes nothing: the wider of the share and of the number agreed."""
    share, units = terms.true_up_tolerance_share.value, terms.true_up_tolerance_units.value
    return max(invoiced * share.share if share else Decimal(0), Decimal(units or 0))
