"""A forgotten password."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from convenu.actions.passwords import person_of_reset_link, request_password_reset, reset_password
from convenu.vocabulary.mistakes import MistakesError
from convenu.web.forms import ForgottenForm, NewPasswordForm
from convenu.web.status import say
from convenu.web.visitors import visitor

LINK = "reset_link"
IN_SESSION = "nouveau"


@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link; the answer says nothing of who has an account."""
    form = ForgottenForm(request.POST or None)
    sent = False
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            request_password_reset(
                email=email,
                link_of=lambda uid, token: request.build_absolute_uri(reverse("reset_password", args=[uid, token])),
                visitor=visitor(request, email),
                now=timezone.now(),
            )
            sent = True
        except MistakesError as error:
            form.take(error)
    context = {"title": _("Mot de passe oublié"), "form": form, "sent": sent}
    return render(request, "signing/forgotten.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Choose a new password. The token leaves the address at once, for addresses are kept in histories."""
    if token != IN_SESSION:
        request.session[LINK] = token
        return redirect("reset_password", uid=uid, token=IN_SESSION)
    kept = str(request.session.get(LINK, ""))
    if person_of_reset_link(uid, kept) is None:
        return render(request, "signing/dead_link.html", {"title": _("Ce lien n’ouvre plus rien")}, status=404)
    form = NewPasswordForm(request.POST or None)
    if form.is_valid():
        try:
            reset_password(uid=uid, token=kept, password=form.cleaned_data["password"], now=timezone.now())
        except MistakesError as error:
            form.take(error)
        else:
            request.session.pop(LINK, None)
            say(request, _("Mot de passe changé. Connectez-vous avec le nouveau."))
            return redirect("sign_in")
    return render(
        request, "signing/new_password.html", {"title": _("Nouveau mot de passe"), "form": form}, status=422 if form.errors else 200
    )
