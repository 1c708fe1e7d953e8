"""The price of a month from the terms: the lines of the grid at some quantities, the discounts in force, the minimum, the on-call fee.

Each line is rounded half-up to the cent before it is added. Amounts are before tax.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from convenu.terms.closed_lists import BillingUnit, OnCall, Tiering
from convenu.terms.contract import Terms
from convenu.terms.values import PriceLine
from convenu.vocabulary import french
from convenu.vocabulary.clause_ref import ClauseRef
from convenu.vocabulary.money import ZERO, Money, total

GRID = ClauseRef("annex_price_grid", ("price_lines",))


class LineKind(StrEnum):
    """What a line of a month's price is."""

    GRID = "grid"
    DISCOUNT = "discount"
    MINIMUM = "minimum"
    ON_CALL = "on_call"


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedLine:
    """One line of a month: what it counts, its amount and how it was computed, in French."""

    kind: LineKind
    label: str
    amount: Money
    how: str
    clause: ClauseRef
    unit: BillingUnit | None = None
    quantity: Decimal | None = None
    unit_price: Money | None = None


@dataclass(frozen=True, slots=True)
class MonthlyPrice:
    """The price of one month before tax."""

    lines: tuple[PricedLine, ...]

    @property
    def total(self) -> Money:
        """Everything invoiced for the month."""
        return total([line.amount for line in self.lines])


def recurring_fee(terms: Terms, *, on: date | None = None, quantities: Mapping[int, Decimal] | None = None) -> MonthlyPrice | None:
    """The contract's recurring fee of a month: grid, discounts and minimum; None while the grid is not agreed.

    `on` leaves out the discounts that are over that day (None: those of the signature, all of them). `quantities` gives the quantity
    invoiced of some lines by their rank in the grid, the others keeping the quantity signed.
    """
    grid: tuple[PriceLine, ...] | None = terms.price_lines.value
    if not grid:
        return None
    lines = [_grid_line(line, (quantities or {}).get(rank, line.quantity)) for rank, line in enumerate(grid)]
    lines += _discounts(terms, total([line.amount for line in lines]), on)
    lines += _minimum(terms, total([line.amount for line in lines]))
    return MonthlyPrice(tuple(lines))


def monthly_price(terms: Terms, *, on: date | None = None, quantities: Mapping[int, Decimal] | None = None) -> MonthlyPrice | None:
    """What is invoiced each month: the recurring fee, and the on-call fee beside it."""
    fee = recurring_fee(terms, on=on, quantities=quantities)
    return MonthlyPrice((*fee.lines, *_on_call(terms))) if fee else None


def _grid_line(line: PriceLine, quantity: Decimal) -> PricedLine:
    return PricedLine(
        kind=LineKind.GRID, label=line.label, amount=line.price_of(quantity), how=_how(line, quantity), clause=GRID, unit=line.unit,
        quantity=quantity, unit_price=line.price_reached(quantity),
    )  # fmt: skip


def _how(line: PriceLine, quantity: Decimal) -> str:
    """« 40 × 62 € + 20 × 50 € », « 60 × 50 € (tranche atteinte) »."""
    if line.tiering is Tiering.VOLUME:
        return f"{french.number(quantity)} × {french.euros(line.price_reached(quantity))} (tranche atteinte)"
    parts = [f"{french.number(count)} × {french.euros(price)}" for count, price in _steps(line, quantity)]
    return " + ".join(parts) or f"0 × {french.euros(line.price_reached(quantity))}"


def _steps(line: PriceLine, quantity: Decimal) -> Iterator[tuple[Decimal, Money]]:
    """How many units stand in each step, and its price."""
    counted = Decimal(0)
    for tier in line.tiers:
        upper = quantity if tier.up_to is None else min(quantity, tier.up_to)
        if upper > counted:
            yield upper - counted, tier.unit_price
            counted = upper
    if quantity > counted:
        yield quantity - counted, line.unit_price


def _discounts(terms: Terms, gross: Money, on: date | None) -> Iterator[PricedLine]:
    for one in terms.discounts.value or ():
        if on is None or one.until is None or on <= one.until:
            end = f", jusqu’au {french.short_day(one.until)}" if one.until else ", sans date de fin"
            yield PricedLine(
                kind=LineKind.DISCOUNT, label=f"Remise : {one.label}", amount=ZERO - gross * one.share.share,
                how=f"{french.percent(one.share)} de {french.euros(gross)} ({one.reason}{end})",
                clause=ClauseRef("annex_price_grid", ("discounts",)),
            )  # fmt: skip


def _minimum(terms: Terms, net: Money) -> Iterator[PricedLine]:
    minimum = terms.minimum_fee.value
    if minimum is not None and minimum > net:
        yield PricedLine(
            kind=LineKind.MINIMUM, label="Complément au minimum mensuel", amount=minimum - net,
            how=f"{french.euros(minimum)} − {french.euros(net)}", clause=ClauseRef("price_grid", ("minimum_fee",)),
        )  # fmt: skip


def _on_call(terms: Terms) -> Iterator[PricedLine]:
    fee, covered = terms.on_call_fee.value, terms.on_call.value
    if fee is not None and covered not in (None, OnCall.NONE):
        yield PricedLine(
            kind=LineKind.ON_CALL, label="Astreinte", amount=fee, how="par mois", clause=ClauseRef("out_of_hours", ("on_call_fee",))
        )


@dataclass(frozen=True, slots=True)
class Fall:
    """A step of volume where one more unit costs less in all: the last quantity before it and what so many cost, then after."""

    label: str
    quantity: Decimal
    before: Money
    after: Money


def falls(line: PriceLine) -> tuple[Fall, ...]:
    """The steps of a line where the price falls when the quantity rises by one; graduated steps never do."""
    if line.tiering is not Tiering.VOLUME:
        return ()
    found = []
    for tier in line.tiers:
        if tier.up_to is not None:
            before, after = line.price_of(tier.up_to), line.price_of(tier.up_to + 1)
            if after < before:
                found.append(Fall(line.label, tier.up_to, before, after))
    return tuple(found)


def set_up_lines(terms: Terms) -> tuple[PricedLine, ...]:
    """What is invoiced once: the set-up fee, whole or by its instalments; empty when there is none."""
    fee = terms.setup_fee.value
    if fee is None:
        return ()
    clause = ClauseRef("price_grid", ("setup_fee", "setup_instalments"))
    parts = [(one.due, one.amount) for one in terms.setup_instalments.value or ()] or [("à la date d’effet", fee)]
    return tuple(PricedLine(kind=LineKind.GRID, label="Mise en service", amount=amount, how=due, clause=clause) for due, amount in parts)
