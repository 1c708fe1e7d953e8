"""The first run: the MSP says who it is, in four short steps, and its first owner comes in."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from convenu.actions.company import house_terms, mistakes_in
from convenu.actions.organisations import FirstOwner, nothing_opened_yet, open_first_organisation
from convenu.terms.values import vat_of
from convenu.vocabulary.mistakes import MistakesError
from convenu.web.company_forms import CompanyForm, HoursForm, HouseForm, SeatForm
from convenu.web.forms import OwnerForm, PageForm
from convenu.web.visitors import is_on_this_machine

KEPT = "set_up"
CODE_GIVEN = "set_up_code_given"


@dataclass(frozen=True, slots=True)
class Step:
    """One screen of the first run."""

    slug: str
    title: str | Promise
    intro: str | Promise
    form: type[PageForm]


STEPS = (
    Step("entreprise", _("Votre entreprise"), _("Ces lignes ouvriront chacun de vos contrats."), CompanyForm),
    Step("siege", _("Siège et signataire"), _("Où vous êtes, et qui signe."), SeatForm),
    Step("horaires", _("Horaires et coût"), _("Le point de départ de vos engagements ; chaque contrat pourra s’en écarter."), HoursForm),
    Step("compte", _("Votre compte"), _("Vous serez propriétaire : vous pourrez inviter les autres."), OwnerForm),
)


@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Open the first step, on the machine itself or with the code that `convenu serve` printed."""
    _refuse_once_opened()
    if _code_matches(request.GET.get("code", "")):
        request.session[CODE_GIVEN] = True
    _refuse_strangers(request)
    return redirect("set_up_step", step=STEPS[0].slug)


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, step: str) -> HttpResponse:
    """One step: its fields, then the next."""
    _refuse_once_opened()
    _refuse_strangers(request)
    at = next((number for number, known in enumerate(STEPS) if known.slug == step), None)
    if at is None:
        raise Http404
    missing = next((known.slug for known in STEPS[:at] if known.slug not in _kept(request)), None)
    if missing is not None:
        return redirect("set_up_step", step=missing)
    return _take(request, at) if request.method == "POST" else _show(request, at, _first_form(request, at))


def _take(request: HttpRequest, at: int) -> HttpResponse:
    form = STEPS[at].form(request.POST)
    if not form.is_valid():
        return _show(request, at, form)
    if isinstance(form, OwnerForm):
        return _open(request, at, form)
    try:
        _check(form)
    except MistakesError as error:
        form.take(error)
        return _show(request, at, form)
    request.session[KEPT] = {**_kept(request), STEPS[at].slug: _typed(request)}
    return redirect("set_up_step", step=STEPS[at + 1].slug)


def _check(form: PageForm) -> None:
    mistakes = mistakes_in(form.terms()) if isinstance(form, HouseForm) else []
    if mistakes:
        raise MistakesError(mistakes)


def _open(request: HttpRequest, at: int, form: OwnerForm) -> HttpResponse:
    terms, hourly_cost = _gathered(request)
    given = form.cleaned_data
    owner = FirstOwner(given["display_name"], given["email"], given["password"], language=get_language() or "fr")
    try:
        member = open_first_organisation(terms=house_terms(terms).model_dump(), hourly_cost=hourly_cost, owner=owner, now=timezone.now())
    except MistakesError as error:
        form.take(error)
        return _show(request, at, form)
    request.session.flush()
    login(request, member.user)
    return redirect("home")


def _gathered(request: HttpRequest) -> tuple[dict[str, Any], Any]:
    terms: dict[str, Any] = {}
    hourly_cost = None
    for known in STEPS:
        form = _filled(request, known)
        if isinstance(form, HouseForm) and form.is_valid():
            for key, value in form.terms().items():
                terms[key] = {**terms.get(key, {}), **value} if isinstance(value, dict) else value
            hourly_cost = form.cleaned_data.get("hourly_cost", hourly_cost)
    return terms, hourly_cost


def _first_form(request: HttpRequest, at: int) -> PageForm:
    known = STEPS[at]
    typed = _kept(request).get(known.slug)
    if typed is None:
        return known.form()
    single = {name: values if name == "days" else values[-1] for name, values in typed.items() if values}
    return known.form(initial=single)


def _filled(request: HttpRequest, known: Step) -> PageForm | None:
    typed = _kept(request).get(known.slug)
    if typed is None:
        return None
    return known.form({name: values if name == "days" else values[-1] for name, values in typed.items() if values})


def _typed(request: HttpRequest) -> dict[str, list[str]]:
    return {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}


def _kept(request: HttpRequest) -> dict[str, dict[str, list[str]]]:
    return dict(request.session.get(KEPT, {}))


def _show(request: HttpRequest, at: int, form: PageForm) -> HttpResponse:
    company = _filled(request, STEPS[0])
    known = company.terms() if isinstance(company, HouseForm) and company.is_valid() else {}
    siren = "".join(letter for letter in known.get("provider_siren", "") if letter.isdigit())
    return render(
        request,
        "set_up.html",
        {
            "title": STEPS[at].title,
            "step": STEPS[at],
            "steps": STEPS,
            "number": at + 1,
            "previous": STEPS[at - 1] if at else None,
            "form": form,
            "company_name": known.get("provider_name", ""),
            "vat_number": vat_of(siren) if siren and at else "",
        },
        status=422 if form.errors else 200,
    )


def _refuse_once_opened() -> None:
    if not nothing_opened_yet():
        raise Http404


def _refuse_strangers(request: HttpRequest) -> None:
    if not is_on_this_machine(request) and not request.session.get(CODE_GIVEN):
        raise PermissionDenied


def _code_matches(given: str) -> bool:
    return bool(settings.CONVENU_SETUP_CODE) and hmac.compare_digest(given.encode(), settings.CONVENU_SETUP_CODE.encode())
