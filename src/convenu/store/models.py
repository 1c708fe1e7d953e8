"""Where Django looks for tables: each is written in the module of its subject."""

from __future__ import annotations

from convenu.store.audit import AuditEntry
from convenu.store.credentials import Attempt, RecoveryCode, TotpDevice
from convenu.store.people import Invitation, Membership, Organisation, User

__all__ = ["Attempt", "AuditEntry", "Invitation", "Membership", "Organisation", "RecoveryCode", "TotpDevice", "User"]
