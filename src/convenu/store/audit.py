"""The journal of an organisation: entries are added, never changed, each bound to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.db import models

from convenu.store.people import Organisation, User
from convenu.store.tenancy import OutsideTenantError, TenantModel, current_tenant

FIRST_HASH = "0" * 64


class AppendOnlyError(RuntimeError):
    """Somebody tried to change the journal."""

    def __init__(self) -> None:
        super().__init__("The journal only grows: add an entry that says what changed.")


class AuditEntry(TenantModel):
    """One thing that was done, by whom, to what. `details` holds no personal data: people are named by reference."""

    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "number"], name="one_entry_per_number")]
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; one that exists is never written again."""
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise AppendOnlyError

    def computed_hash(self) -> str:
        """The hash this entry must carry: of its own content and of the entry before."""
        body = {
            "action": self.action,
            "actor": str(self.actor_id) if self.actor_id else None,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "details": self.details,
            "number": self.number,
            "organisation": str(self.organisation_id),
            "previous": self.previous_hash,
            "subject": self.subject,
        }
        canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the journal is not what was written."""

    number: int
    reason: str


def append(*, action: str, subject: models.Model, actor: User | None, now: datetime, **details: str | int | bool | None) -> AuditEntry:
    """Add an entry to the scope's journal, inside the caller's transaction."""
    tenant = current_tenant()
    if tenant is None:
        raise OutsideTenantError(AuditEntry)
    # On PostgreSQL the lock puts writers of one journal in line; SQLite's immediate transactions already do.
    Organisation.objects.select_for_update().get(pk=tenant)
    last = AuditEntry.objects.order_by("-number").first()
    entry = AuditEntry(
        organisation_id=tenant,
        number=last.number + 1 if last else 1,
        at=now,
        actor=actor,
        action=action,
        subject=f"{subject._meta.model_name}:{subject.pk}",
        details=details,
        previous_hash=last.hash if last else FIRST_HASH,
    )
    entry.hash = entry.computed_hash()
    entry.save()
    return entry


def verify() -> tuple[Break, ...]:
    """Read the scope's whole journal again and name every place where it does not hold."""
    breaks: list[Break] = []
    expected_number, expected_hash = 1, FIRST_HASH
    for entry in AuditEntry.objects.order_by("number").iterator(chunk_size=500):
        if entry.number != expected_number:
            breaks.append(Break(entry.number, "an entry is missing before this one"))
        elif entry.previous_hash != expected_hash:
            breaks.append(Break(entry.number, "the entry before was replaced"))
        if entry.hash != entry.computed_hash():
            breaks.append(Break(entry.number, "the entry was changed"))
        expected_number, expected_hash = entry.number + 1, entry.hash
    return tuple(breaks)
