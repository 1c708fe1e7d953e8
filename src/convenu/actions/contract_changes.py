"""A contract about to be changed by whoever writes it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from convenu.actions.look_up import row
from convenu.actions.mistakes import refuse
from convenu.actions.permissions import Permission, require
from convenu.store.contracts import ContractStatus
from convenu.store.models import Contract, Membership


def contract_to_write(member: Membership, contract: Contract) -> Contract:
    """The contract, held until the transaction ends; an archived one changes no more."""
    require(member, Permission.WRITE_CONTRACTS)
    kept = row(Contract, contract.pk, to_change=True)
    if kept.status != ContractStatus.DRAFT:
        refuse("", _("Ce contrat est archivé."), _("Restaurez-le d’abord."))
    return kept


def save_fields(contract: Contract, *fields: str, now: datetime) -> None:
    """Keep some fields, and when they changed."""
    contract.updated_at = now
    contract.save(update_fields=[*fields, "updated_at"])
