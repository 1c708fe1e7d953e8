"""Every address of the application is declared with its policy: who may open it, who may change something there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path, reverse

from convenu.actions.look_up import NotFoundError
from convenu.actions.permissions import Permission, link_may, may
from convenu.store.tenancy import tenant_scope
from convenu.vocabulary.mistakes import MistakesError
from convenu.web.opened_links import dead_link, opened_on_this_browser

View = Callable[..., HttpResponseBase]
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Kind(StrEnum):
    """What a policy looks at."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    MEMBER = "member"
    LINK = "link"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may open an address."""

    kind: Kind
    to_read: Permission | None = None
    to_change: Permission | None = None

    def needed(self, method: str) -> Permission | None:
        """The permission that a request by this method needs."""
        return self.to_read if method in READING else self.to_change


PUBLIC = Policy(Kind.PUBLIC)
SIGNED_IN = Policy(Kind.SIGNED_IN)
# The address carries a secret that the view itself checks.
LINK = Policy(Kind.LINK)


def member(to_read: Permission = Permission.SEE, *, to_change: Permission | None = None) -> Policy:
    """Members with this permission, and with `to_change` for anything but reading."""
    return Policy(Kind.MEMBER, to_read, to_change or to_read)


def by_link(to_read: Permission = Permission.READ_SHARED, *, to_change: Permission | None = None) -> Policy:
    """Whoever opened a link on this browser that still opens something, as its role allows; `key` in the address is the link's."""
    return Policy(Kind.SHARED, to_read, to_change or to_read)


def route(address: str, view: View, *, name: str, policy: Policy) -> URLPattern:
    """An address, its view, and its policy, which stands in front of the view."""
    return path(address, _guarded(view, policy), name=name)


def policy_of(pattern: URLPattern) -> Policy | None:
    """The policy that an address was declared with."""
    return getattr(pattern.callback, "policy", None)


def _guarded(view: View, policy: Policy) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if policy.kind in (Kind.PUBLIC, Kind.LINK):
            return view(request, *args, **kwargs)
        if policy.kind is Kind.SHARED:
            return _by_link(request, view, policy, *args, **kwargs)
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if policy.kind is Kind.MEMBER and not _allowed(request, policy):
            raise PermissionDenied
        try:
            return view(request, *args, **kwargs)
        except NotFoundError as error:
            # A row of another organisation, or of none: the same page.
            raise Http404 from error

    guarded.policy = policy  # type: ignore[attr-defined]
    return guarded


def _by_link(request: HttpRequest, view: View, policy: Policy, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """Answer inside the scope of the link's organisation, as the holder of the link and nobody else."""
    link = opened_on_this_browser(request, kwargs.pop("key"))
    if link is None:
        return dead_link(request)
    permission = policy.needed(request.method or "GET")
    if permission is None or not link_may(link, permission):
        raise PermissionDenied
    request.link, request.member = link, None  # type: ignore[attr-defined]
    with tenant_scope(link.organisation_id):
        try:
            return view(request, *args, **kwargs)
        except NotFoundError as error:
            raise Http404 from error
        except MistakesError as error:
            # A version whose words cannot be written again.
            return dead_link(request, reason=" ".join(f"{one.message} {one.suggestion}" for one in error.mistakes))


def _allowed(request: HttpRequest, policy: Policy) -> bool:
    permission = policy.needed(request.method or "GET")
    return permission is not None and may(request.member, permission)  # type: ignore[attr-defined]


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.headers.get("HX-Request"):
        # A part of a page cannot hold the sign-in page: htmx is told to go there.
        return HttpResponse(status=401, headers={"HX-Redirect": reverse("sign_in")})
    return redirect_to_login(request.get_full_path() if request.method in READING else "/", reverse("sign_in"))
