"""What happens around every page: its security policy, the person's language, the organisation in scope."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from convenu.actions.accounts import memberships_of
from convenu.actions.demo import demo_owner
from convenu.library.shelf import ReleaseNotShippedError
from convenu.store.models import Membership, User
from convenu.store.tenancy import tenant_scope
from convenu.web.views import faults
from convenu.web.visitors import ORGANISATION_CHOSEN, is_on_this_machine

Page = Callable[[HttpRequest], HttpResponseBase]
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"


def content_security_policy(page: Page) -> Page:
    """Only our own files, no script or style written in a page; signed-in pages stay out of shared caches."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = page(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        if not request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def demo_signs_in_by_itself(page: Page) -> Page:
    """In the demo, a visitor on the machine itself is its owner; from elsewhere, nobody is."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if settings.CONVENU_DEMO and not request.user.is_authenticated and is_on_this_machine(request):
            owner = demo_owner()
            if owner is not None:
                login(request, owner.user)
        return page(request)

    return middleware


def language_of_the_person(page: Page) -> Page:
    """The language of the account; before signing in, the one chosen on this browser; French otherwise."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        chosen = user.language if isinstance(user, User) else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = page(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def organisation_in_scope(page: Page) -> Page:
    """Read the member's place anew at each request, and answer inside that organisation's scope."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        member = _member_of(request)
        request.member = member  # type: ignore[attr-defined]
        if member is None:
            return page(request)
        with tenant_scope(member.organisation_id):
            return page(request)

    return middleware


class ReleasesAtHand:
    """A contract pinned to a release that is not installed is told as such, on the pages of members and of links alike."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page asked for."""
        return self._page(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """The page of a release that is lacking; any other exception is left to the page of faults."""
        return faults.release_lacking(request, exception.name) if isinstance(exception, ReleaseNotShippedError) else None


def _member_of(request: HttpRequest) -> Membership | None:
    if not isinstance(request.user, User):
        return None
    places = memberships_of(request.user)
    chosen = request.session.get(ORGANISATION_CHOSEN)
    return next((place for place in places if str(place.organisation_id) == chosen), places[0] if places else None)
