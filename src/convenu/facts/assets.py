"""The assets of a client as a tool, a file or a person listed them, and the inventory of a day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any, NamedTuple


class AssetStatus(StrEnum):
    """Whether an asset serves on the day of the inventory."""

    IN_SERVICE = "in_service"
    IN_STOCK = "in_stock"
    RETIRED = "retired"

    @property
    def label(self) -> str:
        """In the words of a page."""
        return {"in_service": "en service", "in_stock": "en stock", "retired": "sorti du parc"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One asset, by what its source tells of it; an empty word or no day is what nobody told, never « none ».

    `key` names it in its source, once in an inventory. `asset_class` is a word of the contract's classes, empty when it is not known.
    `virtual` is true of a machine without hardware of its own, to which no warranty applies. `support_end` is the end of support of its
    operating system, or of the product where it has none; `last_seen` the last day the source had news of it.
    """

    key: str
    asset_class: str = ""
    name: str = ""
    maker: str = ""
    model: str = ""
    serial: str = ""
    virtual: bool = False
    site: str = ""
    purchased_on: date | None = None
    warranty_end: date | None = None
    operating_system: str = ""
    support_end: date | None = None
    status: AssetStatus = AssetStatus.IN_SERVICE
    last_seen: date | None = None
    source: str = ""

    @property
    def label(self) -> str:
        """What a person calls it: its name, else its maker and model, else its key."""
        return self.name or " ".join(word for word in (self.maker, self.model) if word) or self.key

    def as_json(self) -> dict[str, Any]:
        """The asset as plain data, what nobody told left out."""
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: _plain(value) for name, value in told.items() if value not in ("", None, False)}


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a client had on a day: each asset once, in the order of the keys whatever order they came in."""

    day: date
    assets: tuple[Asset, ...] = ()

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.assets, key=lambda one: one.key))
        twice = next((one.key for one, after in pairwise(ordered) if one.key == after.key), None)
        if twice is not None:
            raise ValueError(f"two assets under the key {twice!r}: keep one before building the inventory")
        object.__setattr__(self, "assets", ordered)

    @property
    def hash(self) -> str:
        """SHA-256 of the day and the assets: the same inventory gives the same hash for ever."""
        told = {"day": self.day.isoformat(), "assets": [one.as_json() for one in self.assets]}
        return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


class Alike(NamedTuple):
    """All that a contract looks at in an asset, which its name, its number and its key only tell from the others; days are ordinals."""

    asset_class: str
    maker: str
    site: str
    virtual: bool
    operating_system: str
    status: str
    support_end: int | None
    warranty_end: int | None


@dataclass(frozen=True, slots=True)
class AssetGroups:
    """An inventory by assets alike: what those of each group share, and the group of each asset in the order of the inventory."""

    alike: Sequence[Alike]
    places: Sequence[int]

    @classmethod
    def of(cls, assets: Sequence[Asset]) -> AssetGroups:
        """The groups of some assets, in the order they are met."""
        ranks: dict[Alike, int] = {}
        places = [ranks.setdefault(_alike(asset), len(ranks)) for asset in assets]
        return cls(tuple(ranks), places)


def _alike(asset: Asset) -> Alike:
    return Alike(
        asset.asset_class, asset.maker, asset.site, asset.virtual, asset.operating_system, asset.status.value,
        asset.support_end.toordinal() if asset.support_end else None, asset.warranty_end.toordinal() if asset.warranty_end else None,
    )  # fmt: skip


_DAYS = ("purchased_on", "warranty_end", "support_end", "last_seen")


def asset_from_json(told: dict[str, Any]) -> Asset:
    """The asset that `Asset.as_json` gave."""
    days: dict[str, Any] = {name: date.fromisoformat(told[name]) for name in _DAYS if name in told}
    return Asset(**{**told, **days, "status": AssetStatus(told.get("status", AssetStatus.IN_SERVICE))})


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value
