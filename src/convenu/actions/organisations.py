"""Opening an organisation, and what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from convenu.actions.accounts import mistakes_in_password
from convenu.actions.company import house_terms, mistakes_in
from convenu.actions.mistakes import refuse, refuse_any
from convenu.actions.permissions import Permission, require
from convenu.store import audit
from convenu.store.models import Membership, Organisation, User
from convenu.store.people import Role, plain_email
from convenu.store.tenancy import tenant_scope
from convenu.vocabulary.mistakes import Mistake


@dataclass(frozen=True, slots=True)
class FirstOwner:
    """The person who opens the organisation."""

    display_name: str
    email: str
    password: str | None
    language: str = "fr"


def nothing_opened_yet() -> bool:
    """Whether this installation still waits for its first organisation."""
    return not Organisation.objects.exists()


@transaction.atomic
def open_organisation(
    *, terms: Mapping[str, Any], hourly_cost: Decimal | None, owner: FirstOwner, now: datetime, is_demo: bool = False
) -> Membership:
    """Open an MSP with its first owner."""
    refuse_any([*mistakes_in(terms), *_mistakes_in_owner(owner), *_mistakes_in_cost(hourly_cost)])
    kept = house_terms(terms)
    organisation = Organisation.objects.create(
        name=kept.provider_name, house_terms=kept.as_json(), hourly_cost=hourly_cost, is_demo=is_demo, opened_at=now
    )
    user = User.objects.create_user(owner.email, owner.password, display_name=owner.display_name.strip(), language=owner.language)
    with tenant_scope(organisation):
        member = Membership.objects.create(user=user, role=Role.OWNER, joined_at=now)
        audit.append(action="organisation_opened", subject=organisation, actor=user, now=now)
    return member


@transaction.atomic
def open_first_organisation(*, terms: Mapping[str, Any], hourly_cost: Decimal | None, owner: FirstOwner, now: datetime) -> Membership:
    """Open the organisation of an empty installation; whoever comes second is refused."""
    if not nothing_opened_yet():
        refuse("", _("Cette installation a déjà son entreprise. Demandez une invitation à son propriétaire."))
    return open_organisation(terms=terms, hourly_cost=hourly_cost, owner=owner, now=now)


@transaction.atomic
def change_house(member: Membership, *, terms: Mapping[str, Any], hourly_cost: Decimal | None, now: datetime) -> Organisation:
    """Change what the MSP says of itself; contracts already drafted keep what they say."""
    require(member, Permission.CHANGE_HOUSE)
    organisation = Organisation.objects.select_for_update().get(pk=member.organisation_id)
    refuse_any([*mistakes_in(terms), *_mistakes_in_cost(hourly_cost)])
    kept = house_terms(terms)
    organisation.name, organisation.house_terms, organisation.hourly_cost = kept.provider_name, kept.as_json(), hourly_cost
    organisation.save()
    audit.append(action="house_changed", subject=organisation, actor=member.user, now=now)
    return organisation


@transaction.atomic
def set_house_values(member: Membership, changes: Mapping[str, Any], *, now: datetime) -> Organisation:
    """Give the house its usual value of some terms, or none any more (None); contracts already drafted keep theirs until they follow."""
    require(member, Permission.CHANGE_HOUSE)
    organisation = Organisation.objects.select_for_update().get(pk=member.organisation_id)
    wanted = {**organisation.house_terms, **changes}
    kept = house_terms({key: value for key, value in wanted.items() if value is not None}).as_json()
    if kept != organisation.house_terms:
        organisation.house_terms = kept
        organisation.save(update_fields=["house_terms"])
        audit.append(action="house_values_changed", subject=organisation, actor=member.user, now=now, terms=",".join(changes))
    return organisation


def _mistakes_in_owner(owner: FirstOwner) -> list[Mistake]:
    mistakes = [] if owner.display_name.strip() else [Mistake("display_name", _("Cette réponse manque."))]
    if User.objects.filter(email=plain_email(owner.email)).exists():
        mistakes.append(Mistake("email", _("Cette adresse a déjà un compte."), _("Connectez-vous avec elle.")))
    if owner.password is not None:
        mistakes += mistakes_in_password(owner.password, User(email=plain_email(owner.email), display_name=owner.display_name))
    return mistakes


def _mistakes_in_cost(hourly_cost: Decimal | None) -> list[Mistake]:
    if hourly_cost is not None and not 0 < hourly_cost < 1000:
        return [Mistake("hourly_cost", _("Le coût d’une heure est attendu entre 0 et 1 000 €."))]
    return []
