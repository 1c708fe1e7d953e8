"""Long work done behind the pages: how far it is, whether somebody asked it to stop, and what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from convenu.store.people import User
from convenu.store.tenancy import TenantModel

# The work tells that it lives far more often: after this, whoever did it is gone.
SILENCE = timedelta(seconds=90)


class WorkState(models.TextChoices):
    """Where a work stands."""

    PREPARED = "prepared", _("à confirmer")
    WAITING = "waiting", _("en attente")
    RUNNING = "running", _("en cours")
    DONE = "done", _("fait")
    STOPPED = "stopped", _("arrêté")
    FAILED = "failed", _("échoué")


OVER = (WorkState.DONE, WorkState.STOPPED, WorkState.FAILED)


class Work(TenantModel):
    """A work and its progress; the row of each kind holds what it was asked and what it found."""

    state = models.CharField(max_length=10, choices=WorkState, default=WorkState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    # Why it failed, in words for the person who asked.
    trouble = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # The last sign of life of whoever does it.
    seen_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = True
        ordering: ClassVar = ["-at", "id"]

    @property
    def under_way(self) -> bool:
        """Whether it waits or runs."""
        return self.state in (WorkState.WAITING, WorkState.RUNNING)

    def left_alone(self, now: datetime) -> bool:
        """Whether it should be running and nobody does it any more: the machine stopped, the worker died."""
        return self.state == WorkState.RUNNING and (self.seen_at is None or now - self.seen_at > SILENCE)
