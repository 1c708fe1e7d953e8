"""Past tickets: where they come from, an export looked at and answered, its import followed, what it refused."""

from __future__ import annotations

import csv
import io
import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from convenu.actions import tickets as deeds
from convenu.actions.look_up import row
from convenu.actions.permissions import Permission, may
from convenu.store.models import TicketImport, TicketSource
from convenu.store.work import WorkState
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.web.downloads import attachment
from convenu.web.status import say
from convenu.web.ticket_forms import ExportForm, answers_from, asking
from convenu.web.visitors import MemberRequest

UNPROCESSABLE = 422
REFUSED_SHOWN = 50


@require_http_methods(["GET", "POST"])
def tickets(request: MemberRequest) -> HttpResponse:
    """The sources of tickets, and the form that brings an export."""
    form = ExportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            prepared = deeds.receive_export(
                request.member,
                source_name=given["source"],
                file_name=given["file"].name,
                content=given["file"].read() if given["file"].size <= deeds.MAX_FILE else b"",
                now=timezone.now(),
            )
        except MistakesError as error:
            form.take(error)
        else:
            return redirect("ticket_export", prepared.pk)
    context = {
        "title": _("Tickets"),
        "form": form,
        "sources": deeds.sources(request.member),
        "may_import": may(request.member, Permission.IMPORT_TICKETS),
    }
    return render(request, "tickets/tickets.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "POST"])
def export(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """An export looked at under the answers given so far; nothing is written before « Importer »."""
    prepared = row(TicketImport, key)
    if prepared.state != WorkState.PREPARED:
        return redirect("ticket_import", prepared.pk)
    asked = request.POST.get("faire", "")
    if asked == "abandonner":
        deeds.drop_export(request.member, prepared)
        say(request, _("L’export est oublié : aucun ticket n’a été écrit."))
        return redirect("tickets")
    answers = answers_from(request.POST, prepared.mapping) if request.method == "POST" else None
    tool = request.POST.get("outil", "")
    try:
        if tool in deeds.known_tools() and asked == "outil":
            answers = {
                **deeds.answers_of_tool(tool),
                **{name: prepared.mapping[name] for name in ("timezone",) if name in prepared.mapping},
            }
        seen = deeds.look(request.member, prepared, answers)
    except MistakesError as error:
        return _unreadable(request, prepared, error.mistakes)
    if asked == "importer" and not seen.asked and seen.read and seen.read["tickets"]:
        deeds.begin_import(request.member, prepared, now=timezone.now())
        return redirect("ticket_import", prepared.pk)
    context = {
        "title": _("Export de %(source)s") % {"source": prepared.source.name},
        "prepared": prepared,
        "seen": seen,
        "asking": asking(prepared.file_name, seen, prepared.mapping),
        "tools": deeds.known_tools(),
        "tool": tool,
        "rows": [[line.get(column, "") for column in seen.columns] for line in seen.sample],
        "ready": not seen.asked and bool(seen.read and seen.read["tickets"]),
    }
    return render(request, "tickets/export.html", context, status=UNPROCESSABLE if asked == "importer" else 200)


@require_http_methods(["GET", "POST"])
def import_page(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """An import followed to its end, stopped or begun again; then what it brought and what it refused."""
    work = row(TicketImport, key)
    if work.state == WorkState.PREPARED:
        return redirect("ticket_export", work.pk)
    now = timezone.now()
    if request.method == "POST":
        try:
            (deeds.import_again if request.POST.get("faire") == "reprendre" else deeds.stop_import)(request.member, work, now=now)
        except MistakesError as error:
            say(request, " ".join(f"{one.message} {one.suggestion}" for one in error.mistakes))
        return redirect("ticket_import", work.pk)
    context = {
        "title": _("Import de %(source)s") % {"source": work.source.name},
        "work": work,
        "left_alone": work.left_alone(now),
        "refused": deeds.refused_rows(work)[:REFUSED_SHOWN],
        "may_act": may(request.member, Permission.IMPORT_TICKETS),
        "has_file": work.content is not None,
    }
    return progress_of(request, context) if request.htmx else render(request, "tickets/import.html", context)


@require_GET
def refused(_request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """The rows refused, with their reason, as a file to mend."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow([_("ligne"), _("ticket"), _("raison"), _("contenu de la ligne")])
    for one in deeds.refused_rows(row(TicketImport, key)):
        writer.writerow([_plain(cell) for cell in (one["row"], one["ticket"], one["reason"], *one["cells"])])
    return attachment("lignes-refusees.csv", "text/csv; charset=utf-8", written.getvalue().encode("utf-8-sig"))


@require_POST
def source(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """Say how many assets a source covers, or remove it with its tickets."""
    kept, now = row(TicketSource, key), timezone.now()
    try:
        if request.POST.get("faire") == "supprimer":
            deeds.remove_source(request.member, kept, now=now)
            say(request, _("Les tickets de %(source)s sont supprimés.") % {"source": kept.name})
        else:
            deeds.count_assets(request.member, kept, _count(request.POST.get("equipements", "")), now=now)
            say(request, _("Nombre d’équipements enregistré."))
    except MistakesError as error:
        say(request, " ".join(f"{one.message} {one.suggestion}" for one in error.mistakes))
    return redirect("tickets")


def progress_of(request: MemberRequest, context: dict[str, Any]) -> HttpResponse:
    """What a page that follows a work asks again: its progress alone, and the whole page once there is more to see."""
    if context["work"].under_way and not context["left_alone"]:
        return render(request, "parts/work.html", context)
    return HttpResponse(headers={"HX-Refresh": "true"})


def _unreadable(request: MemberRequest, prepared: TicketImport, mistakes: tuple[Mistake, ...]) -> HttpResponse:
    context = {"title": _("Export de %(source)s") % {"source": prepared.source.name}, "prepared": prepared, "mistakes": mistakes}
    return render(request, "tickets/unreadable.html", context, status=UNPROCESSABLE)


def _count(written: str) -> int | None:
    plain = "".join(written.split())
    if not plain:
        return None
    if not plain.isdecimal() or len(plain) > 7:
        raise MistakesError([Mistake("assets", _("Écrivez un nombre d’équipements."))])
    return int(plain)


def _plain(cell: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
