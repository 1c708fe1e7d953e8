"""How many tries are let through: per account, per network address, and apart for a browser that already signed in.

Somebody who guesses passwords for an account uses up the tries of unknown browsers; its real user, on the browser used before,
still comes in.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from convenu.actions.mistakes import refuse
from convenu.store.models import Attempt

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 8
PER_ADDRESS = 40


def account(purpose: str, email: str, known_browser: str) -> str:
    """The tries for one account from unknown browsers, or from one known browser."""
    return _digest(f"{purpose}:account:{email}:{known_browser}")


def address(purpose: str, remote: str) -> str:
    """The tries from one network address; an IPv6 customer is a /64."""
    try:
        seen = ipaddress.ip_address(remote)
    except ValueError:
        return _digest(f"{purpose}:address:unknown")
    network = ipaddress.ip_network(f"{seen}/{64 if seen.version == 6 else 32}", strict=False)
    return _digest(f"{purpose}:address:{network}")


def refuse_too_many(subjects: Sequence[tuple[str, int]], *, now: datetime, remedy: str = "") -> None:
    """Stop when one of the subjects has used its tries of the last quarter of an hour; `remedy` is what to do about it."""
    for subject, limit in subjects:
        if Attempt.objects.filter(subject=subject, at__gt=now - WINDOW).count() >= limit:
            refuse(
                "",
                _("Trop d’essais."),
                remedy or _("Attendez un quart d’heure, ou revenez par le navigateur où vous vous êtes déjà connecté."),
            )


def record(subjects: Sequence[tuple[str, int]], *, now: datetime) -> None:
    """Count a try, and forget those too old to matter."""
    Attempt.objects.filter(at__lte=now - 4 * WINDOW).delete()
    Attempt.objects.bulk_create([Attempt(subject=subject, at=now) for subject, _limit in subjects])


def forget(subject: str) -> None:
    """Give an account back its tries, after a success."""
    Attempt.objects.filter(subject=subject).delete()


def _digest(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
