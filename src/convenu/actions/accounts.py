"""Signing in, and the person's own account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import password_validation
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from convenu.actions import throttle
from convenu.actions.mistakes import refuse, refuse_any
from convenu.store import audit
from convenu.store.models import Membership, User
from convenu.store.people import plain_email
from convenu.store.tenancy import every_tenant, tenant_scope
from convenu.vocabulary.mistakes import Mistake


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where a try comes from: the network address, and the mark of a browser that already signed in to this account."""

    address: str
    known_browser: str = ""


def sign_in(*, email: str, password: str, visitor: Visitor, now: datetime) -> User:
    """Recognise a person by address and password. A wrong address and a wrong password answer alike, and take as long."""
    address = plain_email(email)
    counted = _counted("sign-in", address, visitor)
    throttle.refuse_too_many(counted, now=now)
    user = User.objects.filter(email=address, is_active=True).first()
    if user is None:
        make_password(password)
    if user is None or not user.check_password(password) or not memberships_of(user):
        throttle.record(counted, now=now)
        refuse("", _("Cette adresse et ce mot de passe ne vont pas ensemble."))
    return user


def signed_in(user: User, *, visitor: Visitor, now: datetime) -> None:
    """Note that a person came in, once every proof asked for was given."""
    throttle.forget(_counted("sign-in", user.email, visitor)[0][0])
    with transaction.atomic():
        user.last_login = now
        user.save(update_fields=["last_login"])
        journal(user, action="signed_in", now=now)


def memberships_of(user: User) -> list[Membership]:
    """The organisations in which a person works now, the oldest first."""
    with every_tenant():
        return list(Membership.objects.filter(user=user, is_active=True).select_related("organisation", "user"))


def journal(user: User, *, action: str, now: datetime) -> None:
    """Write what a person did to the account in the journal of each organisation where that person works."""
    for membership in memberships_of(user):
        with tenant_scope(membership.organisation_id):
            audit.append(action=action, subject=user, actor=user, now=now)


@transaction.atomic
def change_profile(user: User, *, display_name: str, language: str, theme: str, single_letter_keys: bool) -> None:
    """Change how a person is named and sees the pages."""
    if not display_name.strip():
        refuse("display_name", _("Cette réponse manque."))
    user.display_name, user.language, user.theme = display_name.strip(), language, theme
    user.single_letter_keys = single_letter_keys
    user.save(update_fields=["display_name", "language", "theme", "single_letter_keys"])


@transaction.atomic
def change_password(user: User, *, current: str, new: str, now: datetime) -> None:
    """Change one's own password, the current one given."""
    if not check_password(current, user.password):
        refuse("current", _("Ce n’est pas votre mot de passe actuel."))
    refuse_any([Mistake("new", mistake.message) for mistake in mistakes_in_password(new, user)])
    user.set_password(new)
    user.save(update_fields=["password"])
    journal(user, action="password_changed", now=now)


def mistakes_in_password(password: str, user: User) -> list[Mistake]:
    """What makes a password too easy to guess."""
    try:
        password_validation.validate_password(password, user)
    except ValidationError as error:
        return [Mistake("password", message) for message in error.messages]
    return []


def _counted(purpose: str, email: str, visitor: Visitor) -> list[tuple[str, int]]:
    return [
        (throttle.account(purpose, email, visitor.known_browser), throttle.PER_ACCOUNT),
        (throttle.address(purpose, visitor.address), throttle.PER_ADDRESS),
    ]
