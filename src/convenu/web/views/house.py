"""The settings, and what the MSP says of itself."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from convenu.actions.organisations import change_house
from convenu.vocabulary.mistakes import MistakesError
from convenu.web.company_forms import WholeHouseForm
from convenu.web.navigation import SETTINGS_PAGES, open_to
from convenu.web.status import say
from convenu.web.visitors import MemberRequest


@require_GET
def settings_page(request: MemberRequest) -> HttpResponse:
    """The settings that this member's role opens."""
    return render(request, "settings/settings.html", {"title": _("Réglages"), "destinations": open_to(request.member, SETTINGS_PAGES)})


@require_http_methods(["GET", "POST"])
def house(request: MemberRequest) -> HttpResponse:
    """The company, its seat, its signatory, its hours and cost."""
    organisation = request.member.organisation
    initial = WholeHouseForm.initial_from(organisation.house_terms, organisation.hourly_cost)
    form = WholeHouseForm(request.POST or None, initial=initial)
    if form.is_valid():
        # Terms of the house that this page does not show stay as they are; the VAT number follows the SIREN.
        shown = {name.partition("__")[0] for name in form.fields} | {"provider_vat_number"}
        others = {key: value for key, value in organisation.house_terms.items() if key not in shown}
        try:
            change_house(request.member, terms={**others, **form.terms()}, hourly_cost=form.cleaned_data["hourly_cost"], now=timezone.now())
        except MistakesError as error:
            form.take(error)
        else:
            say(request, _("Entreprise enregistrée. Les prochains contrats en partiront."))
            return redirect("house")
    context = {"title": _("Entreprise"), "form": form, "vat_number": organisation.house_terms.get("provider_vat_number", "")}
    return render(request, "settings/house.html", context, status=422 if form.errors else 200)
