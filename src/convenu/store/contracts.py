"""Contracts being written: the answers given, what they were before, and the findings put aside."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from convenu.store.clients import Client
from convenu.store.house_versions import HouseVersion
from convenu.store.people import User
from convenu.store.tenancy import TenantModel


class ContractStatus(models.TextChoices):
    """Where a contract stands."""

    DRAFT = "draft", _("Projet")
    ARCHIVED = "archived", _("Archivé")


class Contract(TenantModel):
    """One contract with one client.

    The defaults it started from are kept with it, as they were: neither a change of the house nor a new release of the library
    moves a contract until somebody asks for it.
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="contracts")
    reference = models.CharField(max_length=300)
    segment = models.CharField(max_length=20)
    status = models.CharField(max_length=10, choices=ContractStatus, default=ContractStatus.DRAFT)
    library_release = models.CharField(max_length=40)
    library_hash = models.CharField(max_length=64)
    house_version = models.ForeignKey(HouseVersion, on_delete=models.PROTECT, related_name="+", null=True)
    segment_terms = models.JSONField(default=dict)
    # Every sector of that release, called or not: the facts are answered later, and change.
    sector_packs = models.JSONField(default=dict)
    house_terms = models.JSONField(default=dict)
    # The day whose law applies; none means today.
    on_day = models.DateField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    duplicated_from = models.ForeignKey("self", on_delete=models.PROTECT, related_name="duplicates", null=True)

    class Meta(TenantModel.Meta):
        # A passage over the estate takes the drafts slice by slice, in this order.
        indexes: ClassVar = [models.Index(fields=["organisation", "status", "id"], name="drafts_in_order")]
        ordering: ClassVar = ["-updated_at", "id"]

    def __str__(self) -> str:
        return self.reference


class Answer(TenantModel):
    """What was answered to one term, in the long form of a terms file; no value once it was put back to its default."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="answers")
    term = models.CharField(max_length=60)
    value = models.JSONField(null=True)
    # Counts the changes of this answer: whoever saw an older number is told what changed instead of writing over it.
    version = models.PositiveIntegerField()
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["contract", "term"], name="one_answer_per_term")]
        # What moved on many contracts at once is counted in the index alone.
        indexes: ClassVar = [models.Index(fields=["organisation", "contract", "version"], name="changes_of_answers")]
        ordering: ClassVar = ["term"]

    def __str__(self) -> str:
        return f"{self.term} v{self.version}"


class AnswerHistory(TenantModel):
    """One change of one answer; the changes made in one go share a step and are undone together."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="history")
    step = models.UUIDField(default=uuid.uuid4)
    term = models.CharField(max_length=60)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["contract", "term", "version"], name="one_change_per_version")]
        indexes: ClassVar = [models.Index(fields=["contract", "-at"], name="last_changes_of_a_contract")]
        ordering: ClassVar = ["at", "term"]

    def __str__(self) -> str:
        return f"{self.term} v{self.version}"


class Dismissal(TenantModel):
    """A finding put aside, or a blocking one explained, with the reason that the lawyer reads."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="dismissals")
    finding = models.CharField(max_length=500)
    rule = models.CharField(max_length=80)
    reason = models.TextField(max_length=2000)
    # Of the rule and of the terms it read: when either changes, the finding comes back.
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["contract", "finding"], name="one_dismissal_per_finding")]
        ordering: ClassVar = ["at", "finding"]

    def __str__(self) -> str:
        return self.finding
