"""The authenticator application: enrolled by a QR code, confirmed by a first code, removed with the password."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from convenu.actions.second_factor import confirm_totp, enrol_totp, has_confirmed_totp, provisioning_uri, remove_totp
from convenu.vocabulary.mistakes import MistakesError
from convenu.web.forms import CodeForm, ConfirmPasswordForm
from convenu.web.qr import as_svg
from convenu.web.status import say
from convenu.web.visitors import SignedInRequest


@require_http_methods(["GET", "POST"])
def second_factor(request: SignedInRequest) -> HttpResponse:
    """Enrol an authenticator, or see that one is."""
    if has_confirmed_totp(request.user):
        return render(request, "account/second_factor_on.html", {"title": _("Double authentification")})
    form = CodeForm(request.POST or None)
    form.fields["code"].help_text = _("Les six chiffres que l’application affiche.")
    if form.is_valid():
        try:
            codes = confirm_totp(request.user, code=form.cleaned_data["code"], now=timezone.now())
        except MistakesError as error:
            form.take(error)
        else:
            return render(request, "account/recovery_codes.html", {"title": _("Codes de secours"), "codes": codes})
    device = enrol_totp(request.user)
    context = {"title": _("Double authentification"), "form": form, "qr": as_svg(provisioning_uri(device)), "secret": device.secret()}
    return render(request, "account/second_factor.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def remove(request: SignedInRequest) -> HttpResponse:
    """Stop asking for a code."""
    form = ConfirmPasswordForm(request.POST or None)
    if form.is_valid():
        try:
            remove_totp(request.user, password=form.cleaned_data["password"], now=timezone.now())
        except MistakesError as error:
            form.take(error)
        else:
            say(request, _("Double authentification retirée."))
            return redirect("profile")
    context = {"title": _("Retirer la double authentification"), "form": form}
    return render(request, "account/remove_second_factor.html", context, status=422 if form.errors else 200)
