"""The clients of an MSP."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from convenu.store.tenancy import TenantModel


class Client(TenantModel):
    """A company that the MSP serves, or hopes to."""

    name = models.CharField(max_length=300)
    # Nine digits, or empty as long as nobody gave them.
    siren = models.CharField(max_length=9, blank=True)
    archived_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "siren"], condition=~models.Q(siren=""), name="one_client_per_siren")
        ]
        ordering: ClassVar = ["name", "id"]

    def __str__(self) -> str:
        return self.name
