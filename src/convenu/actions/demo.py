"""The invented MSP that `convenu serve --demo` opens on."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from convenu.actions.demo_contract import open_demo_contracts
from convenu.actions.organisations import FirstOwner, open_organisation
from convenu.actions.own_costs import set_costs
from convenu.store.models import Membership, Organisation
from convenu.store.people import Role
from convenu.store.tenancy import tenant_scope

WORKING_DAY = ["08:30-12:30", "13:30-18:00"]
DEMO_TERMS: dict[str, Any] = {
    "provider_name": "Hélionde Infogérance",
    "provider_legal_form": "sas",
    "provider_capital": "50000 EUR",
    "provider_siren": "000120261",
    "provider_vat_number": "FR52000120261",
    "provider_rcs_city": "Rennes",
    "provider_address": {"street": "4 allée des Forges", "postcode": "35000", "city": "Rennes", "country": "France"},
    "provider_email": "contrats@helionde.example",
    "provider_signatory": "Maëlle Kervadec",
    "provider_signatory_quality": "présidente",
    "service_hours": [
        {
            "name": "Horaires de service",
            "timezone": "Europe/Paris",
            "hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), WORKING_DAY),
            "holidays": "FR",
        }
    ],
}
DEMO_COSTS: dict[str, Any] = {
    "hour_n1": "29 EUR",
    "hour_n2": "36 EUR",
    "hour_n3": "48 EUR",
    "overheads": "22 %",
    "on_call_month": "900 EUR",
    "travel": "45 EUR",
    "set_up_hours": "40",
    "tools": [
        {"label": "Supervision et prise en main", "unit": "endpoint", "monthly": "2.40 EUR"},
        {"label": "Protection des postes et serveurs", "unit": "endpoint", "monthly": "3.10 EUR"},
        {"label": "Sauvegarde de la messagerie", "unit": "mailbox", "monthly": "1.60 EUR"},
        {"label": "Stockage des sauvegardes", "unit": "backup_volume", "monthly": "11 EUR"},
    ],
}
DEMO_OWNER = FirstOwner(display_name="Maëlle Kervadec", email="maelle.kervadec@helionde.example", password=None)


@transaction.atomic
def open_demo_company(now: datetime) -> Organisation:
    """The demo's MSP with its owner, who has no password: the pages sign her in on the machine itself only."""
    existing = Organisation.objects.filter(is_demo=True).first()
    if existing is not None:
        return existing
    opened = open_organisation(terms=DEMO_TERMS, hourly_cost=Decimal("46.00"), owner=DEMO_OWNER, now=now, is_demo=True)
    with tenant_scope(opened.organisation):
        set_costs(opened, DEMO_COSTS, now=now)
    open_demo_contracts(opened.organisation, now)
    return opened.organisation


def demo_owner() -> Membership | None:
    """The demo's owner, when this installation holds the demo."""
    organisation = Organisation.objects.filter(is_demo=True).first()
    if organisation is None:
        return None
    with tenant_scope(organisation):
        return Membership.objects.filter(role=Role.OWNER, is_active=True).select_related("organisation", "user").first()
