"""One's own account: name, language, appearance, keys, password, organisation worked in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from convenu.actions.accounts import change_password, change_profile, memberships_of
from convenu.store.models import User
from convenu.vocabulary.mistakes import MistakesError
from convenu.web.forms import ChangePasswordForm, ProfileForm
from convenu.web.status import say
from convenu.web.visitors import ORGANISATION_CHOSEN, SignedInRequest


@require_http_methods(["GET", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    """Name, language, appearance and keys."""
    user = request.user
    names = ("display_name", "language", "theme", "single_letter_keys")
    form = ProfileForm(request.POST or None, initial={name: getattr(user, name) for name in names})
    if form.is_valid():
        try:
            change_profile(user, **form.cleaned_data)
        except MistakesError as error:
            form.take(error)
        else:
            with translation.override(user.language):
                say(request, _("Profil enregistré."))
            return redirect("profile")
    context = {"title": _("Profil"), "form": form, "places": memberships_of(user)}
    return render(request, "account/profile.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def password(request: SignedInRequest) -> HttpResponse:
    """Another password; the other sessions end, this one stays."""
    form = ChangePasswordForm(request.POST or None)
    if form.is_valid():
        try:
            change_password(request.user, current=form.cleaned_data["current"], new=form.cleaned_data["new"], now=timezone.now())
        except MistakesError as error:
            form.take(error)
        else:
            update_session_auth_hash(request, request.user)
            say(request, _("Mot de passe changé. Vos autres sessions sont fermées."))
            return redirect("profile")
    return render(request, "account/password.html", {"title": _("Mot de passe"), "form": form}, status=422 if form.errors else 200)


@require_POST
def choose_organisation(request: SignedInRequest) -> HttpResponse:
    """Work in another of one's organisations."""
    wanted = request.POST.get("organisation", "")
    if wanted not in {str(place.organisation_id) for place in memberships_of(request.user)}:
        raise Http404
    request.session[ORGANISATION_CHOSEN] = wanted
    return redirect("home")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """French or English, kept with the account or on this browser."""
    language = request.POST.get("language", "")
    wanted = request.POST.get("next", "/")
    going_to = wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}) else "/"
    response = redirect(going_to)
    if language in dict(settings.LANGUAGES):
        if isinstance(request.user, User):
            User.objects.filter(pk=request.user.pk).update(language=language)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
        )
    return response
