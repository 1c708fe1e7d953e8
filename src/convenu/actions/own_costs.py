"""What the MSP's own time, tools and overheads cost it: kept with the organisation, shown to its owner and its sales alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from convenu.actions.permissions import Permission, require
from convenu.agreement.costing.costs import Costs, read_costs
from convenu.store import audit
from convenu.store.models import Membership, Organisation


def kept_costs(member: Membership) -> Costs:
    """The costs as they were given, without the single hourly cost of the first step."""
    require(member, Permission.SEE_COSTS)
    return read_costs(Organisation.objects.get(pk=member.organisation_id).costs)


def costs_of(member: Membership) -> Costs:
    """The costs to compute with: the single hourly cost stands for the levels that have none of their own."""
    require(member, Permission.SEE_COSTS)
    organisation = Organisation.objects.get(pk=member.organisation_id)
    return read_costs(organisation.costs).with_hourly(organisation.hourly_cost)


@transaction.atomic
def set_costs(member: Membership, given: Mapping[str, Any], *, now: datetime) -> Costs:
    """Change the costs; every mistake is told at once and nothing is then kept."""
    require(member, Permission.CHANGE_HOUSE)
    costs = read_costs(given)
    organisation = Organisation.objects.select_for_update().get(pk=member.organisation_id)
    if organisation.costs != costs.as_json():
        organisation.costs = costs.as_json()
        organisation.save(update_fields=["costs"])
        # The journal says that they changed, never what they are.
        audit.append(action="costs_changed", subject=organisation, actor=member.user, now=now)
    return costs
