"""Which rules of the library somebody of the organisation has read, when, and as they then stood."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from convenu.store.people import User
from convenu.store.tenancy import TenantModel


class RuleReading(TenantModel):
    """The last reading of a rule; `fingerprint` is the rule as it was read, so that a rule changed since is to be read again."""

    rule = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    reader = models.CharField(max_length=120)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "rule"], name="one_reading_per_rule")]
        ordering: ClassVar = ["rule"]

    def __str__(self) -> str:
        return f"{self.rule} read by {self.reader}"
