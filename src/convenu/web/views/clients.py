"""The clients of the MSP, each with its contracts."""

from __future__ import annotations

import uuid

from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from convenu.actions import clients as deeds
from convenu.actions.look_up import find_client
from convenu.actions.permissions import Permission, may
from convenu.store.contracts import ContractStatus
from convenu.store.models import Client, Contract
from convenu.vocabulary.mistakes import MistakesError
from convenu.web.contract_forms import ClientForm
from convenu.web.contract_rows import rows_of
from convenu.web.status import say
from convenu.web.visitors import MemberRequest

A_PAGE = 50


@require_GET
def clients(request: MemberRequest) -> HttpResponse:
    """The clients, found by a word of their name or by their SIREN; the archive apart."""
    asked, archived = request.GET.get("q", "").strip()[:100], request.GET.get("archives") == "1"
    found = Client.objects.filter(archived_at__isnull=not archived).annotate(
        open_contracts=Count("contracts", filter=Q(contracts__status=ContractStatus.DRAFT)), changed=Max("contracts__updated_at")
    )
    for word in asked.split():
        found = found.filter(Q(name__icontains=word) | Q(siren__startswith=word))
    page = Paginator(found.order_by("name", "id"), A_PAGE).get_page(request.GET.get("page"))
    context = {"title": _("Clients"), "page": page, "asked": asked, "archived": archived, "some": Client.objects.exists()}
    return render(request, "clients/clients.html", {**context, "may_write": may(request.member, Permission.WRITE_CONTRACTS)})


@require_http_methods(["GET", "POST"])
def add(request: MemberRequest) -> HttpResponse:
    """Add a client, and go on to its page."""
    form = ClientForm(request.POST or None)
    if form.is_valid():
        try:
            client = deeds.add_client(request.member, name=form.cleaned_data["name"], siren=form.cleaned_data["siren"], now=timezone.now())
        except MistakesError as error:
            form.take(error)
        else:
            say(request, _("%(client)s est ajouté.") % {"client": client.name})
            return redirect("client", client.pk)
    return render(request, "clients/edit.html", {"title": _("Nouveau client"), "form": form}, status=422 if form.errors else 200)


@require_GET
def client(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """A client and its contracts."""
    found = find_client(request.member, key)
    contracts = list(Contract.objects.filter(client=found).select_related("client"))
    context = {"title": found.name, "client": found, "rows": rows_of(request.member, contracts)}
    return render(request, "clients/client.html", {**context, "may_write": may(request.member, Permission.WRITE_CONTRACTS)})


@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """Correct a client's card."""
    found = find_client(request.member, key)
    form = ClientForm(request.POST or None, initial={"name": found.name, "siren": found.siren})
    if form.is_valid():
        try:
            deeds.edit_client(request.member, found, name=form.cleaned_data["name"], siren=form.cleaned_data["siren"], now=timezone.now())
        except MistakesError as error:
            form.take(error)
        else:
            say(request, _("Client enregistré. Ses contrats gardent ce qu’ils disent."))
            return redirect("client", found.pk)
    context = {"title": _("Modifier %(client)s") % {"client": found.name}, "form": form, "client": found}
    return render(request, "clients/edit.html", context, status=422 if form.errors else 200)


@require_POST
def archive(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """Put a client in the archive, or take it out."""
    found = find_client(request.member, key)
    if request.POST.get("do") == "restore":
        deeds.restore_client(request.member, found, now=timezone.now())
        say(request, _("%(client)s est de retour dans les listes.") % {"client": found.name})
    else:
        deeds.archive_client(request.member, found, now=timezone.now())
        say(request, _("%(client)s est archivé. Rien n’est perdu.") % {"client": found.name})
    return redirect("client", found.pk)
