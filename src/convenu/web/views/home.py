"""The first page, and the small answers that every page uses."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from convenu.actions.permissions import Permission, may
from convenu.actions.second_factor import has_confirmed_totp
from convenu.store.contracts import ContractStatus
from convenu.store.models import Client, Contract
from convenu.web import palette as palette_entries
from convenu.web.contract_rows import rows_of
from convenu.web.visitors import MemberRequest

LATEST = 8


@require_GET
def home(request: MemberRequest) -> HttpResponse:
    """What needs this person today: the contracts being written, the last changed first."""
    drafts = Contract.objects.filter(status=ContractStatus.DRAFT).select_related("client")
    rows = rows_of(request.member, drafts.order_by("-updated_at")[:LATEST])
    context = {
        "title": _("Accueil"),
        "proposes_totp": not has_confirmed_totp(request.user) and not request.member.organisation.is_demo,
        "rows": rows,
        "others": drafts.count() - len(rows),
        "blocked": [row for row in rows if row.tally.blocking],
        "some_clients": Client.objects.exists(),
        "may_write": may(request.member, Permission.WRITE_CONTRACTS),
    }
    return render(request, "home.html", context)


@require_GET
def palette(request: MemberRequest) -> JsonResponse:
    """What the palette finds for the words typed."""
    return JsonResponse({"entries": palette_entries.found(request.member, request.GET.get("q", "")[:100])})


@require_GET
def health(_request: HttpRequest) -> HttpResponse:
    """The application answers."""
    return HttpResponse("ok", content_type="text/plain")
