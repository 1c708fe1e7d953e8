"""What an inventory changes in the terms: the lines of the contract's inventory, and the quantities of its price lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from convenu.service.coverage import AssetCover, Cover, Reason
from convenu.terms.closed_lists import AssetClass, BillingUnit, CoverStatus
from convenu.terms.contract import Terms
from convenu.terms.states import MAX_ITEMS
from convenu.terms.values import AssetLine, PriceLine

# The units of a price that count the assets of one class.
_UNIT_OF_CLASS = {
    AssetClass.WORKSTATION: BillingUnit.WORKSTATION, AssetClass.SHARED_WORKSTATION: BillingUnit.SHARED_WORKSTATION,
    AssetClass.SERVER: BillingUnit.SERVER, AssetClass.NETWORK_DEVICE: BillingUnit.NETWORK_DEVICE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClassGap:
    """A class in numbers: what the terms say is served, what the inventory counts, and the quantity billed by its unit if there is one."""

    asset_class: AssetClass
    agreed: int
    counted: int
    billed: Decimal | None

    @property
    def apart(self) -> bool:
        """Whether these numbers differ."""
        return self.agreed != self.counted or (self.billed is not None and self.billed != self.counted)


def gaps(terms: Terms, covers: Iterable[AssetCover]) -> tuple[ClassGap, ...]:
    """Each class of the terms or of the inventory, in the order of the contract's classes."""
    counted = Counter(AssetClass(one.asset.asset_class) for one in covers if one.counted and one.asset.asset_class)
    agreed: Counter[AssetClass] = Counter()
    for line in terms.inventory.value or ():
        agreed[line.asset_class] += line.count if line.status is not CoverStatus.EXCLUDED else 0
    prices: tuple[PriceLine, ...] = terms.price_lines.value or ()
    found = (ClassGap(one, agreed[one], counted[one], billed(prices, _unit(one, prices))) for one in AssetClass)
    return tuple(gap for gap in found if gap.agreed or gap.counted or gap.billed)


def proposed_answers(terms: Terms, covers: Sequence[AssetCover]) -> dict[str, Any]:
    """The answers that bring the terms to this inventory, as values of a terms file; a term that would not change is left out.

    Lines of a class that the inventory does not hold stay: a file of workstations says nothing of the servers.
    """
    held = {one.asset.asset_class for one in covers}
    kept = tuple(line for line in terms.inventory.value or () if line.asset_class.value not in held)
    lines = (*_lines(terms, covers), *kept)
    prices: tuple[PriceLine, ...] = terms.price_lines.value or ()
    counts = {
        unit: Decimal(gap.counted)
        for gap in gaps(terms, covers)
        if gap.asset_class.value in held and (unit := _unit(gap.asset_class, prices)) is not None
    }
    changed: dict[str, Any] = {}
    if lines and lines != (terms.inventory.value or ()):
        changed["inventory"] = [line.model_dump(mode="json", exclude_none=True) for line in lines]
    at_count = tuple(at_counts(line, prices, counts) for line in prices)
    if at_count != prices:
        changed["price_lines"] = [line.model_dump(mode="json", exclude_none=True) for line in at_count]
    return changed


def _unit(asset_class: AssetClass, lines: tuple[PriceLine, ...]) -> BillingUnit | None:
    """The unit that bills every asset of a class; none for the workstations of a grid by the user, which pays for those of its users."""
    by_user = any(line.unit in (BillingUnit.FULL_USER, BillingUnit.FRONTLINE_USER) for line in lines)
    if by_user and asset_class in (AssetClass.WORKSTATION, AssetClass.SHARED_WORKSTATION):
        return None
    return _UNIT_OF_CLASS.get(asset_class)


def billed(lines: tuple[PriceLine, ...], unit: BillingUnit | None) -> Decimal | None:
    """The quantity that the lines of a unit bill together; None when no line has it."""
    own = [line.quantity for line in lines if line.unit is unit]
    return sum(own, Decimal(0)) if own else None


def at_counts(line: PriceLine, lines: tuple[PriceLine, ...], counts: dict[BillingUnit, Decimal]) -> PriceLine:
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
        count=len(covers),
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
