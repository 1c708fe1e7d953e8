"""A forgotten password, by a link sent to the account's address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _

from convenu.actions import throttle
from convenu.actions.accounts import Visitor, journal, memberships_of, mistakes_in_password
from convenu.actions.mail import send_after_commit
from convenu.actions.mistakes import refuse, refuse_any
from convenu.store.models import User
from convenu.store.people import plain_email


@transaction.atomic
def request_password_reset(*, email: str, link_of: Callable[[str, str], str], visitor: Visitor, now: datetime) -> None:
    """Send a link to choose a new password. The answer is the same whether the address has an account or not."""
    address = plain_email(email)
    counted = [
        (throttle.account("reset", address, ""), throttle.PER_ACCOUNT),
        (throttle.address("reset", visitor.address), throttle.PER_ADDRESS),
    ]
    throttle.refuse_too_many(counted, now=now)
    throttle.record(counted, now=now)
    user = User.objects.filter(email=address, is_active=True).first()
    if user is None or not memberships_of(user):
        return
    link = link_of(urlsafe_base64_encode(user.pk.bytes), default_token_generator.make_token(user))
    send_after_commit(to=user.email, subject=_("Choisir un nouveau mot de passe Convenu"), body=_body(user, link))


def person_of_reset_link(uid: str, token: str) -> User | None:
    """The person that this link was made for, as long as it holds: an hour, and once."""
    try:
        user = User.objects.filter(pk=urlsafe_base64_decode(uid).hex(), is_active=True).first()
    except (ValueError, ValidationError):
        return None
    return user if user is not None and default_token_generator.check_token(user, token) else None


@transaction.atomic
def reset_password(*, uid: str, token: str, password: str, now: datetime) -> User:
    """Set a new password by the link received; every open session of that person ends."""
    user = person_of_reset_link(uid, token)
    if user is None:
        refuse("", _("Ce lien n’ouvre plus rien."), _("Demandez-en un nouveau."))
    refuse_any(mistakes_in_password(password, user))
    user.set_password(password)
    user.save(update_fields=["password"])
    journal(user, action="password_reset", now=now)
    return user


def _body(user: User, link: str) -> str:
    return _(
        "Bonjour %(person)s,\n\nOuvrez ce lien pour choisir un nouveau mot de passe :\n%(link)s\n\n"
        "Il est valable une heure. Si vous n’avez rien demandé, ne faites rien : votre mot de passe reste le même."
    ) % {"person": user.display_name, "link": link}
