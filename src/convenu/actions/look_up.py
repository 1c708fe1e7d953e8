"""Finding a row of the organisation by its key; what another organisation has does not exist here."""

from __future__ import annotations

import uuid
from typing import TypeVar

from convenu.actions.permissions import Permission, require
from convenu.store.models import Client, Contract, Membership, StoredFile, Version
from convenu.store.tenancy import TenantModel

M = TypeVar("M", bound=TenantModel)


class NotFoundError(LookupError):
    """The organisation has no such row: the pages answer 404."""

    def __init__(self, model: type[TenantModel]) -> None:
        super().__init__(f"No {model.__name__} of this organisation has that key.")


def find_client(member: Membership, key: uuid.UUID) -> Client:
    """A client of the member's organisation."""
    require(member, Permission.SEE)
    return row(Client, key)


def find_contract(member: Membership, key: uuid.UUID) -> Contract:
    """A contract of the member's organisation, with its client."""
    require(member, Permission.SEE)
    found = Contract.objects.select_related("client").filter(pk=key).first()
    if found is None:
        raise NotFoundError(Contract)
    return found


def find_version(member: Membership, contract: Contract, rank: int) -> Version:
    """A version of a contract by its rank: 3 for « 0.3 »."""
    require(member, Permission.SEE)
    found = Version.objects.filter(contract=row(Contract, contract.pk), rank=rank).first()
    if found is None:
        raise NotFoundError(Version)
    return found


def find_file(member: Membership, key: uuid.UUID) -> StoredFile:
    """A file kept by the member's organisation."""
    require(member, Permission.SEE)
    return row(StoredFile, key)


def row(model: type[M], key: uuid.UUID, *, to_change: bool = False) -> M:
    """The row of that key; `to_change` keeps others from changing it until the transaction ends."""
    rows = model.objects.select_for_update() if to_change else model.objects.all()
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotFoundError(model)
    return found
