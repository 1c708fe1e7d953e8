"""Contracts of any origin that were audited: the file as it was dropped, its words as read, what a person confirmed of them."""

from __future__ import annotations

from datetime import date

from django.db import models

from convenu.store.contracts import Contract
from convenu.store.work import Work


class StoredAudit(Work):
    """One file: its bytes, never built again, and the work that reads it."""

    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    # `documents.reading.reader.as_json` as text, empty until the file is read.
    text = models.TextField(blank=True)
    # The offer it is set beside, empty where it is guessed.
    segment = models.CharField(max_length=40, blank=True)
    on_day = models.DateField()
    # What the list shows without reading the contract again.
    summary = models.JSONField(default=dict)
    # The terms that a person confirmed, each as a terms file writes it in full.
    confirmed = models.JSONField(default=dict)
    contract = models.ForeignKey(Contract, on_delete=models.SET_NULL, related_name="audits", null=True)

    class Meta(Work.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.file_name

    @property
    def notice_by(self) -> date | None:
        """The last day on which a notice stops the period that runs, as read."""
        return self._day("notice_by")

    @property
    def ends(self) -> date | None:
        """The last day of the period that runs, as read."""
        return self._day("ends")

    @property
    def expired(self) -> date | None:
        """The last day of a contract that is over and that nothing read renews."""
        return self._day("expired")

    def _day(self, name: str) -> date | None:
        written = self.summary.get(name)
        return date.fromisoformat(written) if written else None
