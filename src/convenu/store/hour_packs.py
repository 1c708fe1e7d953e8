"""The prepaid packs that a client bought under a contract."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from convenu.store.contracts import Contract
from convenu.store.people import User
from convenu.store.tenancy import TenantModel


class HourPackPurchase(TenantModel):
    """So many packs bought on a day; what a pack holds is what the contract says."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="hour_packs")
    day = models.DateField()
    packs = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        ordering: ClassVar = ["day", "at", "id"]

    def __str__(self) -> str:
        return f"{self.packs} ({self.day})"
