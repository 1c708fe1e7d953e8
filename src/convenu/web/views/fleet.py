"""A client's inventory beside its contract: files looked at then kept, what the contract covers, and what the counts would change."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from convenu.actions import inventories as deeds
from convenu.actions.contract_view import ContractView
from convenu.actions.inventories import CoveredInventory
from convenu.actions.look_up import find_contract, row
from convenu.actions.permissions import Permission, require
from convenu.agreement.check import place_of
from convenu.connectors.asset_files import ReadInventory
from convenu.facts.assets import Asset
from convenu.service.coverage import AssetCover, Cover, Reason, counts_by_class
from convenu.store.models import ClientInventory, Contract, InventoryFile
from convenu.terms.closed_lists import AssetClass
from convenu.vocabulary.mistakes import MistakesError
from convenu.web.contract_frame import frame, view_of
from convenu.web.fleet_forms import FilesForm, MappingForm, answers_of
from convenu.web.status import say
from convenu.web.visitors import MemberRequest

A_PAGE = 50
_SHOWN = 5
_REFUSED_SHOWN = 20
UNPROCESSABLE = 422
NO_CLASS = "-"


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class with how many of its assets are covered, excluded and to be told more of."""

    key: str
    label: str
    counts: tuple[tuple[str, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """A reason with how many assets it decides for, and the article it rests on."""

    reason: Reason
    cover: Cover
    count: int
    clause: str
    article: str


@dataclass(frozen=True, slots=True)
class AssetRow:
    """An asset as the list shows it."""

    asset: Asset
    class_label: str
    found: AssetCover
    article: str


@require_http_methods(["GET", "POST"])
def fleet(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """What the contract makes of the client's latest inventory; files come in, and the counts are taken, here."""
    contract, now = find_contract(request.member, key), timezone.now()
    if request.POST.get("do") == "counts":
        return _take_counts(request, contract)
    form = FilesForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            deeds.receive_files(request.member, contract, form.named_files(), now=now)
        except MistakesError as error:
            form.take(error)
        else:
            return redirect("fleet_preview", key)
    view = view_of(request, key)
    found = deeds.covered_inventory(request.member, contract, view.draft.terms)
    context = {
        **frame(request, view, page="fleet"),
        "page_title": _("Parc"),
        "form": form,
        "waiting": deeds.waiting_files(request.member, contract),
        "found": found,
        "kept": deeds.inventories_of(request.member, contract),
        **(_covered(request, view, found) if found else {}),
    }
    return render(request, "fleet/fleet.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "POST"])
def preview(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """Look at files under a mapping before anything is kept; then keep the inventory, or leave it."""
    contract, now = find_contract(request.member, key), timezone.now()
    waiting = deeds.waiting_files(request.member, contract)
    if waiting is None:
        require(request.member, Permission.ANSWER)
        return redirect("fleet", key)
    if request.POST.get("do") == "leave":
        deeds.leave_files(request.member, waiting)
        say(request, _("Fichiers laissés. Rien n’a été gardé."))
        return redirect("fleet", key)
    today = timezone.localdate(now)
    try:
        answers = answers_of(request.POST, waiting.mapping) if request.method == "POST" else None
        read = deeds.look_at(request.member, waiting, answers)
    except MistakesError as error:
        return _preview(request, key, waiting, ReadInventory(mistakes=error.mistakes), None)
    form = MappingForm(request.POST if request.POST.get("do") == "take" else None, read=read, day=today)
    if request.POST.get("do") == "take" and form.is_valid():
        try:
            made = deeds.take_inventory(request.member, waiting, day=form.cleaned_data["day"], now=now)
        except MistakesError as error:
            for mistake in error.mistakes:
                form.add_error("day" if mistake.where == "day" else None, f"{mistake.message} {mistake.suggestion}".strip())
        else:
            say(request, _("Inventaire gardé : %(count)s actifs.") % {"count": made.asset_count})
            return redirect("fleet", key)
    return _preview(request, key, waiting, read, form)


@require_POST
def remove(request: MemberRequest, key: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """Remove an inventory of the contract's client."""
    contract, inventory = find_contract(request.member, key), row(ClientInventory, entry)
    if inventory.client_id != contract.client_id:
        raise Http404
    deeds.remove_inventory(request.member, inventory, now=timezone.now())
    say(request, _("Inventaire retiré. Les réponses du contrat restent."))
    return redirect("fleet", key)


def _take_counts(request: MemberRequest, contract: Contract) -> HttpResponse:
    try:
        deeds.take_counts(request.member, contract, now=timezone.now())
    except MistakesError as error:
        say(request, " ".join(f"{mistake.message} {mistake.suggestion}" for mistake in error.mistakes))
    else:
        say(request, _("C’est repris dans les réponses ; « Réponses » permet de l’annuler."))
    return redirect("fleet", contract.pk)


def _covered(request: MemberRequest, view: ContractView, found: CoveredInventory) -> dict[str, Any]:
    """The counts, the reasons with their articles, and the assets that the address asks for."""
    chosen = {name: request.GET.get(name, "") for name in ("classe", "sort", "motif")}
    listed = found.listed.narrowed(lambda one: _asked(one, chosen)) if any(chosen.values()) else found.listed
    page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    reasons: Counter[tuple[Reason, Cover, str]] = Counter()
    totals: Counter[Cover] = Counter()
    for one in found.covers:
        reasons[one.deciding.reason, one.cover, one.deciding.clause.key] += one.count
        totals[one.cover] += one.count
    counts = counts_by_class(found.covers)
    return {
        "classes": [_class_line(name, counts[name]) for name in sorted(counts, key=_order)],
        "totals": [(cover, cover.label, totals[cover]) for cover in Cover],
        "reasons": [
            ReasonLine(reason, cover, count, clause, _article(view, clause)) for (reason, cover, clause), count in reasons.most_common()
        ],
        "apart": [gap for gap in found.gaps if gap.apart],
        "absent": [gap.asset_class.label for gap in found.gaps if not gap.held],
        "chosen": chosen,
        "narrowed": any(chosen.values()),
        "chosen_label": _chosen_label(chosen),
        "page": page,
        "rows": [AssetRow(one.asset, _class_label(one.asset.asset_class), one, _article(view, one.deciding.clause.key)) for one in page],
    }


def _asked(one: AssetCover, chosen: dict[str, str]) -> bool:
    return (
        chosen["classe"] in ("", one.asset.asset_class or NO_CLASS)
        and chosen["sort"] in ("", one.cover.value)
        and chosen["motif"] in ("", one.deciding.reason.value)
    )


def _chosen_label(chosen: dict[str, str]) -> str:
    """« serveurs, exclu »: what the list is narrowed to."""
    words = [
        _class_label("" if chosen["classe"] == NO_CLASS else chosen["classe"]) if chosen["classe"] else "",
        Cover(chosen["sort"]).label if chosen["sort"] in set(Cover) else "",
        Reason(chosen["motif"]).label if chosen["motif"] in set(Reason) else "",
    ]
    return ", ".join(word for word in words if word)


def _class_line(name: str, counts: Counter[Cover]) -> ClassLine:
    return ClassLine(name or NO_CLASS, _class_label(name), tuple((cover.value, counts[cover]) for cover in Cover), sum(counts.values()))


def _class_label(name: str) -> str:
    return AssetClass(name).label if name in set(AssetClass) else Reason.CLASS_UNKNOWN.label


def _order(name: str) -> int:
    return list(AssetClass).index(AssetClass(name)) if name else len(AssetClass)


def _article(view: ContractView, clause: str) -> str:
    section = view.text.section(clause)
    return place_of(section) if section else ""


def _preview(request: MemberRequest, key: uuid.UUID, waiting: InventoryFile, read: ReadInventory, form: MappingForm | None) -> HttpResponse:
    imported = read.imported
    context = {
        **frame(request, view_of(request, key), page="fleet_preview", tab="fleet"),
        "page_title": _("Aperçu du parc"),
        "waiting": waiting,
        "read": read,
        "imported": imported,
        "sample": [(one, _class_label(one.asset_class)) for one in imported.assets[:_SHOWN]] if imported else (),
        "refused": [(one, json.dumps(one.cells, ensure_ascii=False)) for one in imported.rejected[:_REFUSED_SHOWN]] if imported else (),
        "form": form,
        "mistakes": read.mistakes,
    }
    failed = request.POST.get("do") == "take"
    return render(request, "fleet/preview.html", context, status=UNPROCESSABLE if failed or (form is None) else 200)
