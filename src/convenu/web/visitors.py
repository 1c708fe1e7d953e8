"""Where a request comes from, and the person it comes from."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from convenu.actions.accounts import Visitor
from convenu.store.models import AccessLink, Membership, User
from convenu.store.people import plain_email

BROWSER_COOKIE = "convenu_browser"
ORGANISATION_CHOSEN = "organisation"


class SignedInRequest(HttpRequest):
    """A request of a person who signed in."""

    user: User
    htmx: HtmxDetails


class MemberRequest(SignedInRequest):
    """A request of a member, inside the organisation's scope."""

    member: Membership


class SharedRequest(HttpRequest):
    """A request of whoever holds a link, inside the scope of its organisation."""

    link: AccessLink
    htmx: HtmxDetails


def remote_address(request: HttpRequest) -> str:
    """The network address of the visitor; behind a declared proxy, the one that the proxy saw."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.BEHIND_PROXY and forwarded:
        return str(forwarded.split(",")[-1].strip())
    return str(request.META.get("REMOTE_ADDR", ""))


def is_on_this_machine(request: HttpRequest) -> bool:
    """Whether the request was made on the machine itself, by nobody's intermediary."""
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def visitor(request: HttpRequest, email: str) -> Visitor:
    """Who tries to sign in as `email`, as far as the request tells."""
    return Visitor(remote_address(request), _mark_of_known_browser(request, email))


def remember_browser(response: HttpResponse, user: User) -> None:
    """Mark this browser as one where the person already signed in."""
    mark = signing.dumps([_digest(user.email), secrets.token_hex(8)], salt=BROWSER_COOKIE)
    response.set_cookie(
        BROWSER_COOKIE, mark, max_age=180 * 24 * 3600, httponly=True, secure=bool(settings.SESSION_COOKIE_SECURE), samesite="Lax"
    )


def _mark_of_known_browser(request: HttpRequest, email: str) -> str:
    try:
        digest, mark = signing.loads(request.COOKIES.get(BROWSER_COOKIE, ""), salt=BROWSER_COOKIE)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(mark) if digest == _digest(plain_email(email)) else ""


def _digest(email: str) -> str:
    return hashlib.sha256(email.encode()).hexdigest()[:32]
