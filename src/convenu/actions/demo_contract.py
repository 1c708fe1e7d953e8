"""The contracts that the demo opens on: three whole deals, one of them with two or three things left to do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from convenu.actions.clients import add_client
from convenu.actions.contracts import open_contract
from convenu.actions.current_terms import snapshot
from convenu.actions.interview import answer, confirm_later
from convenu.actions.versions import save_version
from convenu.agreement.scoping import read_answers
from convenu.library.demonstration import DEALS, deal_answers
from convenu.store.models import Contract, Membership, Organisation
from convenu.store.people import Role
from convenu.store.tenancy import tenant_scope
from convenu.terms.states import Origin

# What the client asks for after the first draft: a finding, whose remedy is one click away.
ASKED_BY_THE_CLIENT: dict[str, Any] = {
    "payment_days": {"value": "60 days", "origin": Origin.NEGOTIATED.value},
    "payment_start": {"value": "end_of_month", "origin": Origin.NEGOTIATED.value},
}
TO_CONFIRM = "client_cyber_insurance"
WHO_CONFIRMS = "Soizic Andrieu"


@transaction.atomic
def open_demo_contracts(organisation: Organisation, now: datetime) -> None:
    """A first version of each deal; then what Valdrène asked for since, and a point it must confirm."""
    with tenant_scope(organisation):
        owner = Membership.objects.filter(role=Role.OWNER, is_active=True).select_related("user").earliest("joined_at")
        drafted = [_as_first_drafted(owner, deal, now) for deal in DEALS]
        for contract in drafted:
            save_version(owner, contract, comment="Premier projet, remis en rendez-vous", now=now)
        contract = drafted[-1]
        answer(owner, contract, ASKED_BY_THE_CLIENT, now=now)
        confirm_later(owner, contract, [TO_CONFIRM], who=WHO_CONFIRMS, before=timezone.localdate(now) + timedelta(days=14), now=now)


def _as_first_drafted(owner: Membership, deal: str, now: datetime) -> Contract:
    file = read_answers(deal_answers(deal))
    client = add_client(owner, name=file.given["client_name"], siren=file.given["client_siren"], now=now)
    contract = open_contract(owner, client, segment=file.given["client_segment"], now=now)
    # The file says more of the house than its set-up asks (tools, insurer, contacts); what the set-up says wins.
    contract.house_terms = {**snapshot(file.house, Origin.HOUSE), **contract.house_terms}
    contract.save(update_fields=["house_terms"])
    outcome = answer(owner, contract, file.given, now=now)
    if outcome.mistakes or outcome.contradictions:
        raise ValueError(f"the demo's answers do not read: {outcome.mistakes or outcome.contradictions}")
    return contract
