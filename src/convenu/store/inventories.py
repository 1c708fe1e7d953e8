"""Inventories of clients: the files being looked at, what was kept of them, and how columns were answered the last time."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.db import models

from convenu.facts.assets import Alike, Asset, AssetGroups, Inventory, asset_from_json
from convenu.store.clients import Client
from convenu.store.people import User
from convenu.store.tenancy import TenantModel


class ColumnsMapping(TenantModel):
    """How the columns and words of an export were answered: proposed again for the same columns, whoever the client is."""

    columns_key = models.CharField(max_length=64)
    # In the form of `connectors.asset_mapping.AssetMapping`.
    mapping = models.JSONField(default=dict)
    updated_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "columns_key"], name="one_mapping_per_columns")]
        ordering: ClassVar = ["columns_key"]

    def __str__(self) -> str:
        return self.columns_key


class InventoryFile(TenantModel):
    """Files received for a client and only looked at: dropped when they are taken, left, or replaced."""

    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="inventory_file")
    name = models.CharField(max_length=200)
    # One or several files as one zip.
    content = models.BinaryField()
    mapping = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        ordering: ClassVar = ["at"]

    def __str__(self) -> str:
        return self.name


# Unsigned, four bytes wherever Python runs on our platforms.
_RANK = "I"


def asset_lines(assets: Iterable[Asset]) -> str:
    """Assets as a JSON list with a line each, so that a few of them are read without the others."""
    lines = ",\n".join(json.dumps(one.as_json(), ensure_ascii=False) for one in assets)
    return f"[\n{lines}\n]" if lines else "[\n]"


class ClientInventory(TenantModel):
    """What a client had on a day, as files told it; the latest is the one that its contracts are held against."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="inventories")
    day = models.DateField()
    name = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    # `Asset.as_json` of each, as text: a line each once `groups` is told.
    assets = models.TextField()
    # The assets alike, derived from those and told again when it is empty: what each group shares, and the group of each asset.
    groups = models.TextField(blank=True)
    places = models.BinaryField(null=True)
    asset_count = models.PositiveIntegerField()
    # The rows left out: their number, the reason, and what the columns that we read said.
    rejected = models.TextField(default="[]")
    # Headers or sections left in the file; those behind which somebody stands.
    dropped = models.JSONField(default=list)
    personal = models.JSONField(default=list)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [models.Index(fields=["client", "-day", "-at"], name="latest_inventory_of_a_client")]
        ordering: ClassVar = ["-day", "-at", "id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.day})"

    def group(self) -> None:
        """Lay the assets a line each, and tell those alike."""
        assets = self.inventory().assets
        groups = AssetGroups.of(assets)
        self.assets = asset_lines(assets)
        self.groups = json.dumps(groups.alike, ensure_ascii=False)
        self.places = array(_RANK, groups.places).tobytes()

    def told_groups(self) -> AssetGroups:
        """The groups as they are kept."""
        places = array(_RANK)
        places.frombytes(bytes(self.places or b""))
        return AssetGroups([Alike(*one) for one in json.loads(self.groups)], places)

    def inventory(self) -> Inventory:
        """The facts."""
        told: list[Mapping[str, Any]] = json.loads(self.assets)
        return Inventory(self.day, tuple(asset_from_json(dict(one)) for one in told))
