"""Coming in, by password then code, and going out."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from convenu.actions import accounts
from convenu.actions.organisations import nothing_opened_yet
from convenu.actions.second_factor import check_code, has_confirmed_totp
from convenu.store.models import User
from convenu.vocabulary.mistakes import MistakesError
from convenu.web.forms import CodeForm, SignInForm
from convenu.web.visitors import remember_browser, visitor

HALF_WAY = "half_way"
HALF_WAY_LASTS = timedelta(minutes=10)


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Address and password."""
    if nothing_opened_yet():
        return redirect("set_up")
    form = SignInForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            user = accounts.sign_in(
                email=given["email"], password=given["password"], visitor=visitor(request, given["email"]), now=timezone.now()
            )
        except MistakesError as error:
            form.take(error)
        else:
            return _half_way(request, user) if has_confirmed_totp(user) else let_in(request, user, going_to=_next(request))
    context = {"title": _("Connexion"), "form": form, "next": _next(request)}
    return render(request, "signing/sign_in.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code, for whoever gave the right password a moment ago."""
    user = _who_is_half_way(request)
    if user is None:
        return redirect("sign_in")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            check_code(user, code=form.cleaned_data["code"], visitor=visitor(request, user.email), now=timezone.now())
        except MistakesError as error:
            form.take(error)
        else:
            return let_in(request, user, going_to=request.session[HALF_WAY]["next"])
    return render(request, "signing/code.html", {"title": _("Code de connexion"), "form": form}, status=422 if form.errors else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave: the session ends on the server."""
    logout(request)
    return redirect("sign_in")


def let_in(request: HttpRequest, user: User, *, going_to: str = "/") -> HttpResponse:
    """Open the session of a person who gave every proof."""
    seen = visitor(request, user.email)
    request.session.pop(HALF_WAY, None)
    login(request, user)
    accounts.signed_in(user, visitor=seen, now=timezone.now())
    response = redirect(going_to or "/")
    remember_browser(response, user)
    return response


def _half_way(request: HttpRequest, user: User) -> HttpResponse:
    request.session.cycle_key()
    request.session[HALF_WAY] = {"user": str(user.pk), "at": timezone.now().isoformat(), "next": _next(request)}
    return redirect("sign_in_code")


def _who_is_half_way(request: HttpRequest) -> User | None:
    kept = request.session.get(HALF_WAY)
    if kept is None or timezone.now() - datetime.fromisoformat(kept["at"]) > HALF_WAY_LASTS:
        return None
    return User.objects.filter(pk=kept["user"], is_active=True).first()


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    own = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=settings.SESSION_COOKIE_SECURE)
    return wanted if own else "/"
