"""The contracts: the table, a new one, the next client's, the archive; and the page of one with its document."""

from __future__ import annotations

import uuid

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from convenu.actions import contracts as deeds
from convenu.actions import following
from convenu.actions.drafts import draft_file, version_file
from convenu.actions.following import Followed
from convenu.actions.look_up import find_contract, find_version
from convenu.actions.permissions import Permission, may
from convenu.actions.promises_past import past_of_draft
from convenu.store.models import Client, Contract
from convenu.store.versions import FileKind
from convenu.vocabulary.mistakes import MistakesError
from convenu.web.changed_lines import changed
from convenu.web.contract_forms import DuplicateForm, LawDayForm, NewContractForm
from convenu.web.contract_frame import frame, view_of
from convenu.web.contract_rows import columns, found, rows_of
from convenu.web.downloads import DOWNLOADS, attachment
from convenu.web.interview.document import pieces_of
from convenu.web.margin import notes_of
from convenu.web.sector_cards import sector_cards
from convenu.web.status import say
from convenu.web.templatetags.convenu import date_of_day
from convenu.web.undrawable import undrawable_of
from convenu.web.visitors import MemberRequest

A_PAGE = 25
# What the address of a PDF carries once its warning was read.
ALL_THE_SAME = "tout-de-meme"


@require_GET
def contracts(request: MemberRequest) -> HttpResponse:
    """The contracts being written, or the archive; sorted and filtered by the address."""
    params = {name: request.GET.get(name, "").strip()[:100] for name in ("q", "segment", "etat", "tri") if request.GET.get(name)}
    page = Paginator(found(params), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Contrats"),
        "page": page,
        "rows": rows_of(request.member, page.object_list),
        "columns": columns(params),
        "params": params,
        "segments": deeds.segments(),
        "some": Contract.objects.exists(),
        "some_clients": Client.objects.exists(),
        "may_write": may(request.member, Permission.WRITE_CONTRACTS),
    }
    return render(request, "contracts/contracts.html", context)


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """Open a contract and go to its first question."""
    form = NewContractForm(request.POST or None, initial={"client": request.GET.get("client"), "segment": "pme"})
    if form.is_valid():
        given = form.cleaned_data
        try:
            contract = deeds.open_contract(request.member, given["client"], segment=given["segment"], now=timezone.now())
        except MistakesError as error:
            form.take(error)
        else:
            return redirect("interview", contract.pk)
    return render(request, "contracts/new.html", {"title": _("Nouveau contrat"), "form": form}, status=422 if form.errors else 200)


@require_GET
def contract(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """The document with its margin, and the next step of its life."""
    view = view_of(request, key)
    past = past_of_draft(view.contract, view.terms)
    context = {
        **frame(request, view, page="contract"),
        "pieces": pieces_of(view.text),
        "notes": notes_of(view.draft, past),
        "past": past,
        "sectors": sector_cards(view),
        "latest": view.contract.versions.first(),
        "undrawable": undrawable_of(view.draft),
    }
    return render(request, "contracts/contract.html", context)


@require_http_methods(["GET", "POST"])
def duplicate(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """Take a contract up again, as a variant for the same client or for the next one."""
    source = find_contract(request.member, key)
    form = DuplicateForm(request.POST or None, initial={"client": request.GET.get("client")})
    if form.is_valid():
        try:
            copy = deeds.duplicate_contract(
                request.member, source, form.cleaned_data["client"], now=timezone.now(), variant=form.cleaned_data["variant"]
            )
        except MistakesError as error:
            form.take(error)
        else:
            if copy.client_id == source.client_id:
                say(request, _("Variante ouverte : %(reference)s garde toutes les réponses.") % {"reference": copy.reference})
            else:
                say(request, _("Contrat repris pour %(client)s, sans ce qui est propre à l’autre client.") % {"client": copy.client.name})
            return redirect("interview", copy.pk)
    context = {"title": _("Reprendre ce contrat"), "form": form, "contract": source, "client": source.client}
    return render(request, "contracts/duplicate.html", context, status=422 if form.errors else 200)


@require_POST
def change(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """Archive or restore a contract."""
    kept, now = find_contract(request.member, key), timezone.now()
    try:
        match request.POST.get("do"):
            case "archive":
                deeds.archive_contract(request.member, kept, now=now)
                say(request, _("Contrat archivé. Il se lit comme avant."))
            case "restore":
                deeds.restore_contract(request.member, kept, now=now)
                say(request, _("Contrat restauré."))
            case _unnamed:
                raise Http404
    except MistakesError as error:
        say(request, " ".join(f"{mistake.message} {mistake.suggestion}" for mistake in error.mistakes))
    return redirect("contract", kept.pk)


@require_http_methods(["GET", "POST"])
def law_day(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """Choose the day whose law the document and the findings follow."""
    view = view_of(request, key)
    chosen = view.contract.on_day
    form = LawDayForm(request.POST or None, initial={"choice": "fixed" if chosen else "today", "on": chosen})
    if form.is_valid():
        on = form.cleaned_data["on"] if form.cleaned_data["choice"] == "fixed" else None
        try:
            deeds.choose_law_day(request.member, view.contract, on=on, now=timezone.now())
        except MistakesError as error:
            form.take(error)
        else:
            said = _("Le document et les constats suivent le droit au %(day)s.") % {"day": date_of_day(on)}
            say(request, said if on else _("Le document et les constats suivent le droit du jour."))
            return redirect("contract", key)
    context = {**frame(request, view, page="law_day", tab="contract", named=_("Jour du droit")), "form": form}
    return render(request, "contracts/law_day.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def follow(request: MemberRequest, key: uuid.UUID, what: str) -> HttpResponse:
    """What a newer release, or the house as it is now, would change in this contract; then taken, or left."""
    if what not in set(Followed):
        raise Http404
    view, now = view_of(request, key), timezone.now()
    if request.method == "POST":
        try:
            following.follow(request.member, view.contract, Followed(what), now=now)
        except MistakesError as error:
            say(request, " ".join(f"{mistake.message} {mistake.suggestion}" for mistake in error.mistakes))
            return redirect("follow", key, what)
        say(request, _("C’est repris ; vos réponses restent."))
        return redirect("contract", key)
    offer = following.offer(request.member, view.contract, Followed(what), now=now)
    named = _("Suivre la bibliothèque") if offer.what is Followed.LIBRARY else _("Suivre ma bibliothèque et mes valeurs")
    context = {
        **frame(request, view, page="follow", tab="contract", named=named),
        "offer": offer,
        "comparison": offer.comparison,
        "clauses": [changed(change) for change in offer.comparison.clauses] if offer.comparison else (),
    }
    return render(request, "contracts/follow.html", context)


@require_GET
def download(request: MemberRequest, key: uuid.UUID, kind: str) -> HttpResponse:
    """A file of the draft as it stands; a PDF that its fonts cannot write whole is told of first."""
    kept, wanted = find_contract(request.member, key), _kind(kind)
    if wanted is FileKind.PDF and ALL_THE_SAME not in request.GET:
        view = view_of(request, key)
        lacking = undrawable_of(view.draft)
        if lacking:
            told = frame(request, view, page="download", tab="contract", named=_("Avant ce PDF"))
            return render(request, "contracts/undrawable.html", {**told, "undrawable": lacking, "all_the_same": ALL_THE_SAME})
    made = draft_file(request.member, kept, wanted, now=timezone.now())
    return attachment(made.name, made.media_type, made.content)


@require_GET
def download_version(request: MemberRequest, key: uuid.UUID, rank: int, kind: str) -> HttpResponse:
    """A file of a version: the same bytes each time."""
    kept = find_contract(request.member, key)
    version = find_version(request.member, kept, rank)
    try:
        file = version_file(request.member, version, _kind(kind), now=timezone.now())
    except MistakesError as error:
        say(request, " ".join(f"{mistake.message} {mistake.suggestion}" for mistake in error.mistakes))
        return redirect("versions", kept.pk)
    return attachment(file.name, file.media_type, bytes(file.content))


def _kind(name: str) -> FileKind:
    if name not in dict(DOWNLOADS):
        raise Http404
    return FileKind(name)
