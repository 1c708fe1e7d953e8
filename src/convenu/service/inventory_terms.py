"""What an inventory changes in the terms: the lines of the contract's inventory, and the quantities of its price lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from convenu.service.coverage import AssetCover, Cover, Reason
from convenu.service.quantities import ASSETS_OF_UNIT, Population, counted
from convenu.terms.closed_lists import AssetClass, BillingUnit, CoverStatus
from convenu.terms.contract import Terms
from convenu.terms.states import MAX_ITEMS
from convenu.terms.values import AssetLine, PriceLine

_UNIT_OF_CLASS = {classes[0]: unit for unit, classes in ASSETS_OF_UNIT.items() if len(classes) == 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassGap:
    """A class in numbers: what the terms say is served and what the inventory counts; what its unit bills, and would by the counting rule.

    `billed` is None where the grid has no line of that unit, `to_bill` where no rule says how to count it. A class that the inventory
    does not hold is no gap: a file of workstations says nothing of the servers.
    """

    asset_class: AssetClass
    agreed: int
    counted: int
    billed: Decimal | None
    to_bill: Decimal | None
    held: bool

    @property
    def apart(self) -> bool:
        """Whether these numbers differ."""
        return self.held and (self.agreed != self.counted or (self.billed is not None and self.to_bill not in (None, self.billed)))


def gaps(terms: Terms, covers: Iterable[AssetCover]) -> tuple[ClassGap, ...]:
    """Each class of the terms or of the inventory, in the order of the contract's classes."""
    found = counted_by_class(covers)
    agreed: Counter[AssetClass] = Counter()
    for line in terms.inventory.value or ():
        agreed[line.asset_class] += line.count if line.status is not CoverStatus.EXCLUDED else 0
    prices: tuple[PriceLine, ...] = terms.price_lines.value or ()
    to_bill = _to_bill(terms, found)
    units = {one: _UNIT_OF_CLASS.get(one) for one in AssetClass}
    every = (
        ClassGap(
            asset_class=one,
            agreed=agreed[one],
            counted=found.get(one, 0),
            billed=billed(prices, unit),
            to_bill=to_bill.get(unit) if unit else None,
            held=one in found,
        )
        for one, unit in units.items()
    )
    return tuple(gap for gap in every if gap.agreed or gap.counted or gap.billed)


def proposed_answers(terms: Terms, covers: Sequence[AssetCover]) -> dict[str, Any]:
    """The answers that bring the terms to this inventory, as values of a terms file; a term that would not change is left out.

    Lines of a class that the inventory does not hold stay as they are.
    """
    found = counted_by_class(covers)
    kept = tuple(line for line in terms.inventory.value or () if line.asset_class not in found)
    lines = (*_lines(terms, covers), *kept)
    prices: tuple[PriceLine, ...] = terms.price_lines.value or ()
    counts = {unit: count for unit, count in _to_bill(terms, found).items() if set(ASSETS_OF_UNIT[unit]) & set(found)}
    changed: dict[str, Any] = {}
    if lines and lines != (terms.inventory.value or ()):
        changed["inventory"] = [line.model_dump(mode="json", exclude_none=True) for line in lines]
    at_count = tuple(at_counts(line, prices, counts) for line in prices)
    if at_count != prices:
        changed["price_lines"] = [line.model_dump(mode="json", exclude_none=True) for line in at_count]
    return changed


def counted_by_class(covers: Iterable[AssetCover]) -> dict[AssetClass, int]:
    """How many assets the contract serves of each class that the inventory holds; zero where it holds some and serves none."""
    found: dict[AssetClass, int] = {}
    for one in covers:
        if one.asset.asset_class:
            asset_class = AssetClass(one.asset.asset_class)
            found[asset_class] = found.get(asset_class, 0) + (one.count if one.counted else 0)
    return found


def _to_bill(terms: Terms, found: Mapping[AssetClass, int]) -> dict[BillingUnit, Decimal]:
    """What each unit that counts assets comes to by its counting rule, the classes that the inventory does not hold as declared."""
    declared = Population.declared(terms)
    population = replace(declared, assets={**declared.assets, **found})
    rules = {rule.unit: rule for rule in terms.counting_rules.value or () if rule.unit in ASSETS_OF_UNIT}
    counts = {unit: counted(unit, population, rule) for unit, rule in rules.items()}
    return {unit: count.quantity for unit, count in counts.items() if count is not None}


def billed(lines: tuple[PriceLine, ...], unit: BillingUnit | None) -> Decimal | None:
    """The quantity that the lines of a unit bill together; None when no line has it."""
    own = [line.quantity for line in lines if line.unit is unit]
    return sum(own, Decimal(0)) if own else None


def at_counts(line: PriceLine, lines: tuple[PriceLine, ...], counts: Mapping[BillingUnit, Decimal]) -> PriceLine:
    """A line at the count of its unit, the first line of a unit taking the difference."""
    if line.unit not in counts or line is not next(one for one in lines if one.unit is line.unit):
        return line
    others = (billed(lines, line.unit) or Decimal(0)) - line.quantity
    return line.model_copy(update={"quantity": max(counts[line.unit] - others, Decimal(0))})


@dataclass(frozen=True, slots=True)
class _Alike:
    """What the assets of one line share."""

    asset_class: AssetClass
    maker: str | None
    site: str | None
    status: CoverStatus
    reason: str | None


def _lines(terms: Terms, covers: Iterable[AssetCover]) -> tuple[AssetLine, ...]:
    """The assets in service, alike together; those without a class wait for one."""
    sites = {site.name.casefold(): site.name for site in terms.sites.value or ()}
    alike: dict[_Alike, list[AssetCover]] = defaultdict(list)
    for one in covers:
        if one.asset.asset_class and one.deciding.reason is not Reason.NOT_IN_SERVICE:
            alike[_alike(one, sites)].append(one)
    if len(alike) > MAX_ITEMS:
        raise TooManyLinesError(len(alike))
    order = {found: rank for rank, found in enumerate(AssetClass)}
    ranked = sorted(alike.items(), key=lambda item: (order[item[0].asset_class], item[0].status, item[0].maker or "", item[0].site or ""))
    return tuple(_line(shared, found, terms.inventory.value or ()) for shared, found in ranked)


class TooManyLinesError(ValueError):
    """An inventory whose makers and sites make more lines than a contract prints."""

    def __init__(self, lines: int) -> None:
        super().__init__(f"{lines} lines, {MAX_ITEMS} at most: fewer makers or sites must be told apart.")
        self.lines = lines


def _alike(one: AssetCover, sites: dict[str, str]) -> _Alike:
    asset, status = one.asset, _status(one)
    reason = one.deciding.reason.label if status in (CoverStatus.EXCLUDED, CoverStatus.REPAIR_EXCLUDED) else None
    return _Alike(AssetClass(asset.asset_class), asset.maker or None, sites.get(asset.site.casefold()), status, reason)


def _status(one: AssetCover) -> CoverStatus:
    """What is not known is listed as covered: a doubt is for the client, and the check says what lacks."""
    if one.deciding.reason is Reason.DEROGATION:
        return CoverStatus.DEROGATION
    if one.cover is Cover.EXCLUDED:
        return CoverStatus.REPAIR_EXCLUDED if one.stays else CoverStatus.EXCLUDED
    return CoverStatus.COVERED


def _line(shared: _Alike, covers: Sequence[AssetCover], before: Iterable[AssetLine]) -> AssetLine:
    """One line, under the label that the contract already gives to these assets; its days are the first that comes."""
    known = next((line.label for line in before if line.asset_class is shared.asset_class and line.maker == shared.maker), None)
    label = shared.asset_class.label
    return AssetLine(
        asset_class=shared.asset_class,
        label=known or label[:1].upper() + label[1:],
        count=sum(one.count for one in covers),
        maker=shared.maker,
        site=shared.site,
        warranty_end=_first(one.asset.warranty_end for one in covers),
        support_end=_first(one.asset.support_end for one in covers),
        status=shared.status,
        reason=shared.reason,
    )


def _first(days: Iterable[date | None]) -> date | None:
    """The earliest of these days; None as soon as one is not known, for the line would promise too much."""
    known = list(days)
    return None if any(day is None for day in known) else min((day for day in known if day), default=None)
