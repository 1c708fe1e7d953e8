"""The MSP's own clauses and wordings: its versions, kept for good, and the drafts on the workbench."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from convenu.store.kept import KeptForGood
from convenu.store.people import User
from convenu.store.tenancy import TenantModel


class HouseVersion(KeptForGood):
    """All the clauses of the house as they stood from a moment on; a contract is pinned to one, as to a release of the library."""

    number = models.PositiveIntegerField()
    # The clauses in the form of `agreement.house.HouseClause`.
    clauses = models.JSONField()
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta(KeptForGood.Meta):
        abstract = False
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "number"], name="one_house_version_per_number")]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return f"maison {self.number}"


class HouseDraft(TenantModel):
    """A clause being written, not yet one of the house: it may still hold mistakes."""

    key = models.CharField(max_length=60)
    clause = models.JSONField()
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "key"], name="one_house_draft_per_key")]
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return self.key
