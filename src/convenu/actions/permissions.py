"""Who may do what."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from convenu.store.links import LinkRole
from convenu.store.models import AccessLink, Membership
from convenu.store.people import Role
from convenu.store.versions import FileKind

EVERYBODY = frozenset(Role)


class Permission(StrEnum):
    """Something that a role may or may not do."""

    SEE = "see"
    MANAGE_MEMBERS = "manage_members"
    CHANGE_HOUSE = "change_house"
    WRITE_CONTRACTS = "write_contracts"
    ANSWER = "answer"
    EXPORT = "export"
    SEE_COSTS = "see_costs"
    IMPORT_TICKETS = "import_tickets"
    TRY_PROMISES = "try_promises"
    # By a link, without an account: one contract and nothing else.
    READ_SHARED = "read_shared"
    READ_SHARED_FINDINGS = "read_shared_findings"
    READ_SHARED_POSITIONS = "read_shared_positions"
    REMARK = "remark"
    DECIDE = "decide"


ROLES: dict[Permission, frozenset[Role | LinkRole]] = {
    Permission.SEE: EVERYBODY,
    Permission.MANAGE_MEMBERS: frozenset({Role.OWNER}),
    Permission.CHANGE_HOUSE: frozenset({Role.OWNER}),
    # Clients, contracts, findings and versions: whoever sells. A technician answers, for the inventory and the service are known there.
    Permission.WRITE_CONTRACTS: frozenset({Role.OWNER, Role.SALES}),
    Permission.ANSWER: frozenset({Role.OWNER, Role.SALES, Role.TECHNICIAN}),
    Permission.EXPORT: frozenset({Role.OWNER}),
    # What a contract costs and leaves: who sets prices. « Lecture seule » may be an accountant or a partner from outside.
    Permission.SEE_COSTS: frozenset({Role.OWNER, Role.SALES}),
    # The tools and their words are known to whoever works with them; whoever sells tries a promise before making it.
    Permission.IMPORT_TICKETS: frozenset({Role.OWNER, Role.TECHNICIAN}),
    Permission.TRY_PROMISES: frozenset({Role.OWNER, Role.SALES, Role.TECHNICIAN}),
    Permission.READ_SHARED: frozenset(LinkRole),
    Permission.READ_SHARED_FINDINGS: frozenset({LinkRole.LAWYER}),
    # What the MSP would give up, or never: its own lawyer's, where the link says so.
    Permission.READ_SHARED_POSITIONS: frozenset({LinkRole.LAWYER}),
    Permission.REMARK: frozenset(LinkRole),
    # Accepting or refusing a provisional contract: the client alone.
    Permission.DECIDE: frozenset({LinkRole.CLIENT}),
}
# The note tells what the MSP thinks of its own contract: the lawyer's only.
SHARED_FILES: dict[LinkRole, tuple[FileKind, ...]] = {
    LinkRole.LAWYER: (FileKind.WORD, FileKind.PDF, FileKind.NOTE),
    LinkRole.CLIENT: (FileKind.PDF,),
}


class NotAllowedError(PermissionError):
    """The role does not allow this; the pages never offer it."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(f"This needs the permission « {permission} ».")


def may(member: Membership | None, permission: Permission) -> bool:
    """Whether this member's role allows it."""
    return member is not None and member.is_active and Role(member.role) in ROLES[permission]


def require(member: Membership, permission: Permission) -> None:
    """Raise unless the member, as the database knows him now, may do this."""
    if not may(Membership.objects.filter(pk=member.pk).first(), permission):
        raise NotAllowedError(permission)


def link_may(link: AccessLink, permission: Permission) -> bool:
    """Whether whoever holds this link may do it."""
    allowed = LinkRole(link.role) in ROLES[permission]
    return allowed and (permission is not Permission.READ_SHARED_POSITIONS or link.with_positions)


def require_link(link: AccessLink, permission: Permission, *, now: datetime) -> None:
    """Raise unless the link, as the database knows it now, is still open and its role allows this."""
    kept = AccessLink.objects.filter(pk=link.pk, withdrawn_at__isnull=True, expires_at__gt=now).first()
    if kept is None or not link_may(kept, permission):
        raise NotAllowedError(permission)


def shared_files(link: AccessLink) -> tuple[FileKind, ...]:
    """The files that this link hands over."""
    word = (FileKind.WORD,) if link.with_word else ()
    return tuple(dict.fromkeys((*word, *SHARED_FILES[LinkRole(link.role)])))
