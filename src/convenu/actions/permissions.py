"""Who may do what."""

from __future__ import annotations

from enum import StrEnum

from convenu.store.models import Membership
from convenu.store.people import Role

EVERYBODY = frozenset(Role)


class Permission(StrEnum):
    """Something that a role may or may not do."""

    SEE = "see"
    MANAGE_MEMBERS = "manage_members"
    CHANGE_HOUSE = "change_house"
    WRITE_CONTRACTS = "write_contracts"
    ANSWER = "answer"
    EXPORT = "export"


ROLES: dict[Permission, frozenset[Role]] = {
    Permission.SEE: EVERYBODY,
    Permission.MANAGE_MEMBERS: frozenset({Role.OWNER}),
    Permission.CHANGE_HOUSE: frozenset({Role.OWNER}),
    # Clients, contracts, findings and versions: whoever sells. A technician answers, for the inventory and the service are known there.
    Permission.WRITE_CONTRACTS: frozenset({Role.OWNER, Role.SALES}),
    Permission.ANSWER: frozenset({Role.OWNER, Role.SALES, Role.TECHNICIAN}),
    Permission.EXPORT: frozenset({Role.OWNER}),
}


class NotAllowedError(PermissionError):
    """The member's role does not allow this; the pages never offer it."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(f"This needs the permission « {permission} ».")


def may(member: Membership | None, permission: Permission) -> bool:
    """Whether this member's role allows it."""
    return member is not None and member.is_active and Role(member.role) in ROLES[permission]


def require(member: Membership, permission: Permission) -> None:
    """Raise unless the member, as the database knows him now, may do this."""
    if not may(Membership.objects.filter(pk=member.pk).first(), permission):
        raise NotAllowedError(permission)
