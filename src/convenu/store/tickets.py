"""Past tickets of an MSP: where they come from, how their exports are read, and each as the facts it tells."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from convenu.store.tenancy import TenantModel
from convenu.store.work import Work


class TicketSource(TenantModel):
    """A tool, or an export that comes back: its tickets, and how its columns and words were answered the last time."""

    name = models.CharField(max_length=120)
    # In the form of `connectors.mapping.Mapping`.
    mapping = models.JSONField(default=dict)
    # How many assets these tickets come from, for a client without history.
    assets = models.PositiveIntegerField(null=True)
    # What stopped everybody's work, as the last export told it.
    interruptions = models.JSONField(default=list)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "name"], name="one_ticket_source_per_name")]
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class TicketImport(Work):
    """One export: the file until it is read, the answers it needs, then what it brought."""

    source = models.ForeignKey(TicketSource, on_delete=models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=200)
    # Dropped once read: the facts are kept, not the file.
    content = models.BinaryField(null=True)
    mapping = models.JSONField(default=dict)
    form = models.JSONField(default=dict)
    added = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    shown_twice = models.PositiveIntegerField(default=0)
    rejected_count = models.PositiveIntegerField(default=0)
    # The rows refused, each with its reason and its cells, as JSON kept as text.
    rejected = models.TextField(default="[]")

    class Meta(Work.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.file_name


class StoredTicket(TenantModel):
    """One ticket of a source: its facts as they were told last, or why it is left out of every figure."""

    source = models.ForeignKey(TicketSource, on_delete=models.CASCADE, related_name="tickets")
    key = models.CharField(max_length=200)
    # The client's name in the tool, empty when the export has but one.
    client = models.CharField(max_length=200, blank=True)
    # `Ticket.as_json` as text, empty while nothing certain is known of it.
    facts = models.TextField(blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "key"], name="one_ticket_per_number")]
        indexes: ClassVar = [models.Index(fields=["organisation", "client"], name="tickets_of_a_client")]
        ordering: ClassVar = ["source_id", "key"]

    def __str__(self) -> str:
        return self.key
