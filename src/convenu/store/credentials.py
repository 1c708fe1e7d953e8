"""What proves who a person is, beside the password, and what was tried."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import uuid

from django.conf import settings
from django.db import models

from convenu.store.people import User


class WrongKeyError(RuntimeError):
    """The data folder's key is not the one this row was made with."""

    def __init__(self) -> None:
        super().__init__("The key in the data folder is not the one that made this secret: put the right `totp.key` back.")


class TotpDevice(models.Model):
    """A person's authenticator application.

    The secret is never written down: it is derived (HMAC-SHA256) from a seed kept here and a key kept outside the database,
    so that a copy of the database gives no code to anybody. The key's fingerprint tells a wrong key from a wrong code.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="totp_device")
    seed = models.BinaryField(max_length=32)
    key_fingerprint = models.CharField(max_length=16)
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"TOTP of {self.user_id}"

    def secret(self) -> str:
        """The shared secret, as authenticator applications take it (base32)."""
        key = totp_key()
        if self.key_fingerprint != fingerprint(key):
            raise WrongKeyError
        derived = hmac.new(key, b"totp-secret:" + bytes(self.seed), hashlib.sha256).digest()
        return base64.b32encode(derived[:20]).decode()


class RecoveryCode(models.Model):
    """A code to use once when the authenticator is lost; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=200)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"recovery code of {self.user_id}"


class Attempt(models.Model):
    """A try at signing in or at a reset, counted against a subject (an account, an address, a known browser) kept as a keyed digest."""

    subject = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["subject", "at"], name="attempts_of_a_subject"),)

    def __str__(self) -> str:
        return f"{self.subject[:8]} at {self.at:%Y-%m-%d %H:%M:%S}"


def new_seed() -> bytes:
    """Thirty-two random bytes, for a device about to be enrolled."""
    return secrets.token_bytes(32)


def totp_key() -> bytes:
    """The key outside the database from which authenticator secrets are derived."""
    key: bytes = settings.CONVENU_TOTP_KEY
    return key


def fingerprint(key: bytes) -> str:
    """Enough of a digest to recognise a key, too little to find it."""
    return hashlib.sha256(b"key-fingerprint:" + key).hexdigest()[:16]


def token_digest(token: str) -> str:
    """What is kept of a link's token: the link opens only to whoever received it."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_code(code: str) -> str:
    """What is kept of a recovery code: seventy-two random bits, under the key outside the database."""
    return hmac.new(totp_key(), b"recovery-code:" + code.encode(), hashlib.sha256).hexdigest()
