"""What there is to count on a day, and what each priced unit counts of it.

Whoever holds an inventory, declared in the terms or imported, makes a `Population` of it: plain counts, nothing personal. The clause
`counting_rules` says in words what a unit counts; `counted` does what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TypeVar

from convenu.terms.closed_lists import AssetClass, BillingUnit, Choice, CountRounding, CoverStatus, UserKind
from convenu.terms.contract import Terms
from convenu.terms.values import CountingRule
from convenu.vocabulary import french

T = TypeVar("T", bound=Choice)

_USERS = {
    BillingUnit.FULL_USER: UserKind.FULL,
    BillingUnit.FRONTLINE_USER: UserKind.FRONTLINE,
    BillingUnit.SHARED_MAILBOX: UserKind.SHARED_MAILBOX,
}
ASSETS_OF_UNIT = {
    BillingUnit.WORKSTATION: (AssetClass.WORKSTATION,),
    BillingUnit.SHARED_WORKSTATION: (AssetClass.SHARED_WORKSTATION,),
    BillingUnit.SERVER: (AssetClass.SERVER,),
    BillingUnit.NETWORK_DEVICE: (AssetClass.NETWORK_DEVICE,),
    BillingUnit.ENDPOINT: (AssetClass.WORKSTATION, AssetClass.SHARED_WORKSTATION, AssetClass.SERVER),
}
# A person's mailbox is saved whatever the kind of user.
_MAILBOXES = (UserKind.FULL, UserKind.FRONTLINE)


@dataclass(frozen=True, slots=True)
class Population:
    """What a client has under contract on a day: assets by class, users by kind, sites, protected volume in terabytes.

    Excluded assets are not in it. None, or a class that is not there, means that nobody has counted it; zero means that there is none.
    """

    assets: Mapping[AssetClass, int] = field(default_factory=dict)
    users: Mapping[UserKind, int] = field(default_factory=dict)
    sites: int | None = None
    backup_volume: Decimal | None = None

    @classmethod
    def declared(cls, terms: Terms) -> Population:
        """What the terms declare: an inventory, users or sites not answered yet stay uncounted."""
        inventory = terms.inventory.value
        covered = [line for line in inventory or () if line.status is not CoverStatus.EXCLUDED]
        volume = terms.backup_volume.value
        return cls(
            assets={} if terms.inventory.unknown else _summed(((line.asset_class, line.count) for line in covered), AssetClass),
            users={} if terms.users.unknown else _summed(((line.kind, line.count) for line in terms.users.value or ()), UserKind),
            sites=None if terms.sites.unknown else len(terms.sites.value or ()),
            backup_volume=None if volume is None else Decimal(volume),
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """How many units, and how they were counted, in French."""

    quantity: Decimal
    how: str


def counted(unit: BillingUnit, population: Population, rule: CountingRule | None = None) -> Counted | None:
    """How many units of a kind a population holds, as the rule of that unit counts them.

    None for a flat price, and for what nobody has counted.
    """
    whole = _whole(unit, population)
    if whole is None or rule is None:
        return whole
    quantity, how = whole.quantity, whole.how
    if rule.included_with is not None:
        included = population.users.get(rule.included_with)
        if included is None:
            return None
        quantity, how = max(quantity - included, Decimal(0)), f"{how}, moins un par {rule.included_with.label} ({included})"
    if rule.rounding is not None:
        quantity = rounded(quantity, rule.rounding)
    return Counted(quantity, how)


def rounded(quantity: Decimal, rounding: CountRounding) -> Decimal:
    """A count brought to whole units, the way its rule says."""
    way = {CountRounding.UP: ROUND_CEILING, CountRounding.DOWN: ROUND_FLOOR, CountRounding.NEAREST: ROUND_HALF_UP}[rounding]
    return quantity.to_integral_value(way)


def _whole(unit: BillingUnit, population: Population) -> Counted | None:
    if unit in _USERS:
        return _added([(_USERS[unit].label, population.users.get(_USERS[unit]))])
    if unit is BillingUnit.MAILBOX:
        return _added([(kind.label, population.users.get(kind)) for kind in _MAILBOXES])
    if unit is BillingUnit.SITE:
        return _added([("site", population.sites)])
    if unit is BillingUnit.BACKUP_VOLUME:
        volume = population.backup_volume
        return None if volume is None else Counted(volume, f"{french.number(volume)} To de volume source")
    return _added([(one.label, population.assets.get(one)) for one in ASSETS_OF_UNIT[unit]]) if unit in ASSETS_OF_UNIT else None


def _added(parts: list[tuple[str, int | None]]) -> Counted | None:
    numbers = [number for _, number in parts if number is not None]
    if len(numbers) < len(parts):
        return None
    told = [f"{label} : {french.number(number)}" for label, number in parts if number is not None]
    return Counted(Decimal(sum(numbers)), ", ".join(told))


def _summed(lines: Iterable[tuple[T, int]], every: type[T]) -> dict[T, int]:
    """The sum of each kind, zero for those that no line names."""
    sums = dict.fromkeys(every, 0)
    for kind, count in lines:
        sums[kind] += count
    return sums
