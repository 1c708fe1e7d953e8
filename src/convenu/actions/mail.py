"""Messages to people, sent once the work they tell of is committed."""

from __future__ import annotations

import logging

from django.core.mail import send_mail
from django.db import transaction

log = logging.getLogger(__name__)


def send_after_commit(*, to: str, subject: str, body: str) -> None:
    """Send a message when the transaction holds; a mail server that fails is noted and undoes nothing."""
    transaction.on_commit(lambda: _send(to, subject, body))


def _send(to: str, subject: str, body: str) -> None:
    try:
        send_mail(subject, body, None, [to])
    except OSError:
        log.exception("A message could not be handed to the mail server.")
