"""The links opened on a browser: the secret of a link is changed for a session, and the address is clean from then on."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from convenu.actions.links import opened_link
from convenu.store.models import AccessLink

OPENED = "links"
LETTERS_OFF = "letters_off"
KEPT = 20


def open_on_this_browser(request: HttpRequest, link: AccessLink) -> None:
    """Let this session read what the link opens, under a new session key; the latest twenty links are remembered."""
    request.session.cycle_key()
    others = {key: digest for key, digest in request.session.get(OPENED, {}).items() if key != str(link.pk)}
    request.session[OPENED] = dict([*others.items(), (str(link.pk), link.token_digest)][-KEPT:])


def opened_on_this_browser(request: HttpRequest, key: uuid.UUID) -> AccessLink | None:
    """The link of that key, when this session opened it and it still opens something."""
    digest = request.session.get(OPENED, {}).get(str(key))
    return opened_link(key, digest, now=timezone.now()) if digest else None


def dead_link(request: HttpRequest, *, reason: str = "", status: int = 404) -> HttpResponse:
    """The page of a link that opens nothing: never opened here, withdrawn, past its day, or another's. The same words for all."""
    request.member = None  # type: ignore[attr-defined]
    text = reason or _(
        "Il a été retiré, sa date est passée, ou il n’a pas été ouvert sur ce navigateur. "
        "Reprenez le lien que vous avez reçu, ou demandez-en un nouveau."
    )
    return render(request, "shared/dead_link.html", {"title": _("Ce lien n’ouvre plus rien"), "text": text}, status=status)
