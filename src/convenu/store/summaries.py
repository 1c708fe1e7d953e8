"""What a list shows of a contract, kept so that a list of contracts writes and checks none of them again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from convenu.store.contracts import Contract
from convenu.store.tenancy import TenantModel


class ContractSummary(TenantModel):
    """How far a contract is and what was found on it; derived from other rows, so that it may be lost."""

    contract = models.OneToOneField(Contract, on_delete=models.CASCADE, related_name="summary")
    # Of everything that it was computed from: when that changes, it is computed anew.
    digest = models.CharField(max_length=64)
    answered = models.PositiveIntegerField()
    applicable = models.PositiveIntegerField()
    blocking = models.PositiveIntegerField()
    alerts = models.PositiveIntegerField()
    advice = models.PositiveIntegerField()
    open_points = models.PositiveIntegerField()
    # The titles of the blocking findings, gravest first.
    blocking_titles = models.JSONField(default=list)
    has_next_question = models.BooleanField()

    class Meta(TenantModel.Meta):
        ordering: ClassVar = ["contract_id"]

    def __str__(self) -> str:
        return f"summary of {self.contract_id}"
