"""Provisional contracts: a version offered with its quote until a day, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from convenu.store.links import AccessLink
from convenu.store.people import User
from convenu.store.tenancy import TenantModel
from convenu.store.versions import Version


class ProvisionalStatus(models.TextChoices):
    """Where a provisional contract stands; nobody writes « expired », the day does."""

    DRAFT = "draft", _("Préparé")
    SENT = "sent", _("Envoyé")
    ACCEPTED = "accepted", _("Accepté")
    REFUSED = "refused", _("Refusé")
    WITHDRAWN = "withdrawn", _("Retiré")
    EXPIRED = "expired", _("Expiré")
    CONVERTED = "converted", _("Repris dans le contrat")


class ProvisionalContract(TenantModel):
    """One version of a contract as offered to the client, its last day, and the trace of the client's answer."""

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="provisional")
    valid_until = models.DateField()
    status = models.CharField(max_length=10, choices=ProvisionalStatus, default=ProvisionalStatus.DRAFT)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    # Who answered, as they named themselves, by which link, and what they said.
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_link = models.ForeignKey(AccessLink, on_delete=models.PROTECT, related_name="+", null=True)
    decided_words = models.TextField(max_length=4000, blank=True)
    converted_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(status__in=("accepted", "refused", "converted"), decided_at__isnull=False)
                | models.Q(status__in=("draft", "sent", "withdrawn"), decided_at__isnull=True),
                name="a_provisional_answer_has_its_trace",
            )
        ]
        ordering: ClassVar = ["-at", "id"]

    def __str__(self) -> str:
        return f"{self.version} ({self.status})"

    def standing(self, today: date) -> ProvisionalStatus:
        """Where it stands on a day: what waited for an answer past its last day is expired."""
        waiting = self.status in (ProvisionalStatus.DRAFT, ProvisionalStatus.SENT)
        return ProvisionalStatus.EXPIRED if waiting and today > self.valid_until else ProvisionalStatus(self.status)
