"""The first page, and the small answers that every page uses."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from convenu.actions.second_factor import has_confirmed_totp
from convenu.web import palette as palette_entries
from convenu.web.visitors import MemberRequest


@require_GET
def home(request: MemberRequest) -> HttpResponse:
    """What needs this person today."""
    proposes_totp = not has_confirmed_totp(request.user) and not request.member.organisation.is_demo
    return render(request, "home.html", {"title": _("Accueil"), "proposes_totp": proposes_totp})


@require_GET
def palette(request: MemberRequest) -> JsonResponse:
    """What the palette finds for the words typed."""
    return JsonResponse({"entries": palette_entries.found(request.member, request.GET.get("q", "")[:100])})


@require_GET
def health(_request: HttpRequest) -> HttpResponse:
    """The application answers."""
    return HttpResponse("ok", content_type="text/plain")
