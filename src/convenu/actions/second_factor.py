"""The code of an authenticator application, and the recovery codes for the day it is lost."""

from __future__ import annotations

import hmac
import re
import secrets
from datetime import datetime, timedelta

import pyotp
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.utils.translation import gettext as _

from convenu.actions import throttle
from convenu.actions.accounts import Visitor, journal
from convenu.actions.mistakes import refuse
from convenu.store.credentials import fingerprint, keyed_code, new_seed, totp_key
from convenu.store.models import RecoveryCode, TotpDevice, User

STEP = 30
RECOVERY_CODES = 10


def has_confirmed_totp(user: User) -> bool:
    """Whether a code is asked from this person."""
    return TotpDevice.objects.filter(user=user, confirmed_at__isnull=False).exists()


@transaction.atomic
def enrol_totp(user: User) -> TotpDevice:
    """Prepare an authenticator: it counts once a first code is confirmed. An unconfirmed one is shown again as it was."""
    device = TotpDevice.objects.filter(user=user).first()
    if device is None:
        device = TotpDevice.objects.create(user=user, seed=new_seed(), key_fingerprint=fingerprint(totp_key()))
    return device


def provisioning_uri(device: TotpDevice) -> str:
    """What the QR code says to the authenticator application."""
    return pyotp.TOTP(device.secret()).provisioning_uri(name=device.user.email, issuer_name="Convenu")


@transaction.atomic
def confirm_totp(user: User, *, code: str, now: datetime) -> list[str]:
    """Confirm the authenticator by a first code; the recovery codes, shown this once."""
    device = TotpDevice.objects.select_for_update().filter(user=user, confirmed_at__isnull=True).first()
    if device is None:
        refuse("code", _("Cet appareil est déjà confirmé."))
    step = _step_of(device, code, now=now)
    if step is None:
        refuse("code", _("Ce code ne correspond pas."), _("Vérifiez l’heure du téléphone et prenez le code affiché maintenant."))
    device.confirmed_at, device.last_step = now, step
    device.save()
    journal(user, action="totp_confirmed", now=now)
    return _new_recovery_codes(user)


@transaction.atomic
def remove_totp(user: User, *, password: str, now: datetime) -> None:
    """Stop asking for a code, the password given."""
    if not check_password(password, user.password):
        refuse("password", _("Ce n’est pas votre mot de passe actuel."))
    TotpDevice.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    journal(user, action="totp_removed", now=now)


def check_code(user: User, *, code: str, visitor: Visitor, now: datetime) -> None:
    """Accept the authenticator's code, each once, or a recovery code; count the others."""
    counted = [
        (throttle.account("code", user.email, ""), throttle.PER_ACCOUNT),
        (throttle.address("code", visitor.address), throttle.PER_ADDRESS),
    ]
    throttle.refuse_too_many(counted, now=now)
    if not _accept(user, code, now=now):
        throttle.record(counted, now=now)
        refuse("code", _("Ce code ne correspond pas."), _("Prenez le code affiché maintenant, ou un code de secours."))
    throttle.forget(counted[0][0])


@transaction.atomic
def _accept(user: User, code: str, *, now: datetime) -> bool:
    device = TotpDevice.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    if device is None:
        return False
    step = _step_of(device, code, now=now)
    if step is not None and step > device.last_step:
        device.last_step = step
        device.save(update_fields=["last_step"])
        return True
    return RecoveryCode.objects.filter(user=user, code_hash=keyed_code(_plain(code)), used_at__isnull=True).update(used_at=now) == 1


def _step_of(device: TotpDevice, code: str, *, now: datetime) -> int | None:
    """The half-minute that this code is of, one before and one after being let through."""
    totp = pyotp.TOTP(device.secret(), interval=STEP)
    digits = re.sub(r"\D", "", code)
    for shift in (0, -1, 1):
        moment = now + timedelta(seconds=STEP * shift)
        if hmac.compare_digest(totp.at(moment), digits):
            return int(moment.timestamp()) // STEP
    return None


def _new_recovery_codes(user: User) -> list[str]:
    RecoveryCode.objects.filter(user=user).delete()
    codes = [f"{secrets.token_hex(3)}-{secrets.token_hex(3)}-{secrets.token_hex(3)}" for _number in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create([RecoveryCode(user=user, code_hash=keyed_code(_plain(code))) for code in codes])
    return codes


def _plain(code: str) -> str:
    return re.sub(r"[^0-9a-f]", "", code.lower())
