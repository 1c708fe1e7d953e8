"""The estate: the last verdict of each rule on each contract, kept with what it was drawn from, and the passages over all of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from convenu.store.contracts import Contract
from convenu.store.tenancy import TenantModel
from convenu.store.work import Work


class EstatePass(Work):
    """One passage over the contracts: what was asked, how far it is, and what it saw."""

    # The day of the law; none means that of each contract.
    on = models.DateField(null=True)
    # The rules and figures chosen; none of either means what changed since the passage before.
    rules = models.JSONField(default=list)
    figures = models.JSONField(default=list)
    # The last contract seen: one that was stopped goes on from there.
    cursor = models.UUIDField(null=True)
    # How many times a rule looked at a contract.
    looks = models.PositiveIntegerField(default=0)

    class Meta(Work.Meta):
        abstract = False

    @property
    def chosen(self) -> bool:
        """Whether it is about chosen rules or figures, and not about all that changed."""
        return bool(self.rules or self.figures)

    def __str__(self) -> str:
        return f"passage of {self.at:%Y-%m-%d %H:%M}"


class ContractVerdicts(TenantModel):
    """What every rule last said of a contract; derived from other rows, so that it may be lost.

    One row a contract and not one a rule: the verdicts of a contract are read and written together.
    """

    contract = models.OneToOneField(Contract, on_delete=models.CASCADE, related_name="verdicts")
    # Of the rows that the terms come from; empty when they are to be read again.
    stamp = models.CharField(max_length=64, blank=True)
    # The terms, a member a line, and where each stands in the text, as JSON kept as text: read only when a rule looks again.
    terms = models.TextField(default="{}")
    terms_digest = models.CharField(max_length=16, blank=True)
    places = models.TextField(default="[{}, {}]")
    # The words, packed, for the rules that look at them.
    words = models.BinaryField(default=b"")
    # The sections written again since, by their clause, because a figure of the law that they print moved.
    rewritten = models.JSONField(default=dict)
    # What the words come from beside the terms: the library, and the figures of the law that they print, each with what it says, what it
    # said when it was last told, and the clauses that print it.
    library = models.CharField(max_length=64, blank=True)
    printed = models.JSONField(default=dict)
    verdicts = models.TextField(default="{}")
    # Of the rules, the day and the terms when every rule's verdict held, and each figure of the law looked up, with what it said.
    settled = models.CharField(max_length=16, blank=True)
    figures = models.JSONField(default=dict)
    # Why the contract, or some of its terms, could not be read.
    trouble = models.TextField(blank=True)
    # What the last passage that had something to say of the contract said.
    passage = models.ForeignKey(EstatePass, on_delete=models.SET_NULL, related_name="rows", null=True)
    lines = models.JSONField(default=list)
    line_count = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        # With the organisation alone, a slice would read every row of it.
        indexes: ClassVar = [models.Index(fields=["organisation", "contract"], name="verdicts_of_contracts")]
        ordering: ClassVar = ["contract_id"]

    def __str__(self) -> str:
        return f"verdicts on {self.contract_id}"
