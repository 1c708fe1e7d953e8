"""The people of an organisation: invited, welcomed, given another role, put aside."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from convenu.actions import throttle
from convenu.actions.accounts import Visitor, mistakes_in_password
from convenu.actions.mail import send_after_commit
from convenu.actions.mistakes import refuse, refuse_any
from convenu.actions.permissions import Permission, require
from convenu.store import audit
from convenu.store.credentials import token_digest
from convenu.store.models import Invitation, Membership, Organisation, User
from convenu.store.people import Role, plain_email
from convenu.store.tenancy import every_tenant, tenant_scope
from convenu.vocabulary.mistakes import Mistake

INVITATION_LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation and the link that opens it, known at this moment only."""

    invitation: Invitation
    link: str


@transaction.atomic
def invite_member(member: Membership, *, email: str, role: str, link_of: Callable[[str], str], now: datetime) -> Invited:
    """Offer somebody a place, by a link sent to that address; an earlier invitation of the same address ends."""
    require(member, Permission.MANAGE_MEMBERS)
    address = plain_email(email)
    refuse_any([*_mistakes_in_address(address), *_mistakes_in_role(role)])
    Invitation.objects.filter(email=address, accepted_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=address,
        role=role,
        token_digest=token_digest(token),
        invited_by=member.user,
        invited_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    audit.append(action="member_invited", subject=invitation, actor=member.user, now=now, role=role)
    link = link_of(token)
    send_after_commit(to=address, subject=_subject(member), body=_body(member, link))
    return Invited(invitation, link)


@transaction.atomic
def withdraw_invitation(member: Membership, invitation: Invitation, *, now: datetime) -> None:
    """End an invitation that nobody took up."""
    require(member, Permission.MANAGE_MEMBERS)
    ended = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=now)
    if ended:
        audit.append(action="invitation_withdrawn", subject=invitation, actor=member.user, now=now)


def open_invitation(token: str, *, now: datetime) -> Invitation | None:
    """The invitation that this link opens, unless it was taken up, withdrawn, or is past its date."""
    with every_tenant():
        return (
            Invitation.objects.filter(
                token_digest=token_digest(token), accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
            )
            .select_related("organisation", "invited_by")
            .first()
        )


def account_of(invitation: Invitation) -> User | None:
    """The account that the invited address already has."""
    return User.objects.filter(email=invitation.email).first()


def accept_invitation(*, token: str, display_name: str, password: str, visitor: Visitor, language: str, now: datetime) -> Membership:
    """Take up a place: a new account is made, or the password of the account that the address has is asked."""
    invitation = open_invitation(token, now=now)
    if invitation is None:
        refuse("", _("Ce lien n’ouvre plus rien."), _("Demandez une nouvelle invitation."))
    counted = [(throttle.account("invitation", invitation.email, ""), throttle.PER_ACCOUNT)]
    counted.append((throttle.address("invitation", visitor.address), throttle.PER_ADDRESS))
    throttle.refuse_too_many(counted, now=now)
    existing = account_of(invitation)
    if existing is not None and not existing.check_password(password):
        throttle.record(counted, now=now)
        refuse("password", _("Ce n’est pas le mot de passe de votre compte."))
    with transaction.atomic(), tenant_scope(invitation.organisation_id):
        return _take_up(invitation, existing or _new_account(invitation, display_name, password, language), now=now)


@transaction.atomic
def change_role(member: Membership, other: Membership, *, role: str, now: datetime) -> None:
    """Give a member another role; an organisation keeps an owner."""
    require(member, Permission.MANAGE_MEMBERS)
    refuse_any(_mistakes_in_role(role))
    _refuse_to_lose_the_last_owner(other, stays_owner=role == Role.OWNER)
    before = other.role
    if before != role:
        other.role = role
        other.save(update_fields=["role"])
        audit.append(action="role_changed", subject=other, actor=member.user, now=now, before=before, after=role)


@transaction.atomic
def deactivate_member(member: Membership, other: Membership, *, now: datetime) -> None:
    """Put a member aside: from the next page on, nothing opens any more."""
    require(member, Permission.MANAGE_MEMBERS)
    _refuse_to_lose_the_last_owner(other, stays_owner=False)
    _set_active(other, active=False)
    audit.append(action="member_deactivated", subject=other, actor=member.user, now=now)


@transaction.atomic
def reactivate_member(member: Membership, other: Membership, *, now: datetime) -> None:
    """Give a member put aside the same place again."""
    require(member, Permission.MANAGE_MEMBERS)
    _set_active(other, active=True)
    audit.append(action="member_reactivated", subject=other, actor=member.user, now=now)


def _set_active(other: Membership, *, active: bool) -> None:
    other.is_active = active
    other.save(update_fields=["is_active"])


def _take_up(invitation: Invitation, user: User, *, now: datetime) -> Membership:
    taken = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True).update(accepted_at=now)
    if not taken:
        refuse("", _("Ce lien n’ouvre plus rien."), _("Demandez une nouvelle invitation."))
    place, _created = Membership.objects.update_or_create(
        user=user, defaults={"role": invitation.role, "is_active": True}, create_defaults={"role": invitation.role, "joined_at": now}
    )
    audit.append(action="invitation_accepted", subject=invitation, actor=user, now=now, role=invitation.role)
    return place


def _new_account(invitation: Invitation, display_name: str, password: str, language: str) -> User:
    mistakes = mistakes_in_password(password, User(email=invitation.email, display_name=display_name))
    if not display_name.strip():
        mistakes.insert(0, Mistake("display_name", _("Cette réponse manque.")))
    refuse_any(mistakes)
    return User.objects.create_user(invitation.email, password, display_name=display_name.strip(), language=language)


def _refuse_to_lose_the_last_owner(other: Membership, *, stays_owner: bool) -> None:
    # The lock keeps two owners from putting each other aside at the same moment.
    Organisation.objects.select_for_update().get(pk=other.organisation_id)
    others = Membership.objects.filter(role=Role.OWNER, is_active=True).exclude(pk=other.pk)
    if not stays_owner and other.role == Role.OWNER and not others.exists():
        refuse("", _("L’entreprise doit garder un propriétaire."), _("Donnez d’abord ce rôle à une autre personne."))


def _mistakes_in_address(address: str) -> list[Mistake]:
    try:
        validate_email(address)
    except ValidationError:
        return [Mistake("email", _("Cette adresse n’est pas complète."), _("Elle a la forme prenom.nom@entreprise.fr."))]
    user = User.objects.filter(email=address).first()
    if user is not None and Membership.objects.filter(user=user, is_active=True).exists():
        return [Mistake("email", _("Cette personne est déjà membre."))]
    return []


def _mistakes_in_role(role: str) -> list[Mistake]:
    return [] if role in Role.values else [Mistake("role", _("Choisissez un rôle de la liste."))]


def _subject(member: Membership) -> str:
    return _("Votre accès à Convenu, chez %(organisation)s") % {"organisation": " ".join(member.organisation.name.split())}


def _body(member: Membership, link: str) -> str:
    return _(
        "Bonjour,\n\n%(person)s vous invite à rejoindre %(organisation)s dans Convenu.\n\n"
        "Ouvrez ce lien pour choisir votre mot de passe :\n%(link)s\n\n"
        "Il est valable sept jours et ne sert qu’une fois."
    ) % {"person": member.user.display_name, "organisation": member.organisation.name, "link": link}
