"""What the MSP's documents look like."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from convenu.store.tenancy import TenantModel
from convenu.store.versions import StoredFile


class House(TenantModel):
    """The MSP's logo, its colour and the legal line at the foot of its pages."""

    logo = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", null=True)
    colour = models.CharField(max_length=7, blank=True)
    legal_footer = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation"], name="one_house_per_organisation")]

    def __str__(self) -> str:
        return f"house of {self.organisation_id}"
