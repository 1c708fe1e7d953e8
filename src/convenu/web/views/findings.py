"""The findings on a contract: looked at, applied, put aside with a reason, taken up again."""

from __future__ import annotations

import uuid
from typing import Any

from dateutil.relativedelta import relativedelta
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from convenu.actions import findings as deeds
from convenu.actions.contract_view import ContractView
from convenu.actions.findings_by_day import compare_days
from convenu.actions.interview import Outcome
from convenu.actions.interview import undo as take_back
from convenu.actions.look_up import find_contract
from convenu.actions.standing import Standing
from convenu.library import loader
from convenu.vocabulary.days import parse_day
from convenu.vocabulary.findings import Severity
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.web.contract_forms import ReasonForm
from convenu.web.contract_frame import frame, view_of
from convenu.web.finding_cards import card_of, cards, preview_of
from convenu.web.interview.answering import sentence_of
from convenu.web.status import say
from convenu.web.visitors import MemberRequest

WEIGHTS: dict[str, tuple[Severity, ...]] = {
    "bloquants": (Severity.BLOCKING,),
    "alertes": (Severity.HIGH,),
    "conseils": (Severity.MEDIUM, Severity.LOW),
}


@require_GET
def findings(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """The findings in their groups, gravest first."""
    return _page(request, view_of(request, key))


@require_GET
def days(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """The findings as of the signature, today and another day: what changes from one to another."""
    view, today, wrong = view_of(request, key), timezone.localdate(), ""
    chosen = today + relativedelta(years=1)
    if typed := request.GET.get("jour"):
        try:
            chosen = parse_day(typed)
        except ValueError as error:
            wrong = f"{error}."
    signed = view.terms.signature_date.value
    named = {today: _("aujourd’hui"), chosen: _("jour choisi"), **({signed: _("signature")} if signed else {})}
    compared = compare_days(request.member, view.contract, list(named))
    lines = [(line, list(zip(compared.days, line.days, strict=True))) for line in compared.changing]
    context = {"compared": compared, "lines": lines, "named": named, "chosen": chosen, "wrong": wrong}
    shown = {**frame(request, view, page="finding_days", tab="findings", named=_("D’un jour à l’autre")), **context}
    return render(request, "findings/days.html", shown, status=422 if wrong else 200)


@require_GET
def preview(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """What applying a remedy would change."""
    view = view_of(request, key)
    one = _one(view, request.GET.get("finding", ""))
    context = {"preview": preview_of(view, one.finding), "card": card_of(view.draft, one), "contract": view.contract}
    if request.htmx:
        return render(request, "findings/preview.html", context)
    return render(request, "findings/preview_page.html", {**frame(request, view, page="preview", tab="findings"), **context})


@require_POST
def apply(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """Answer as the remedy says; the page then offers to take it back."""
    contract = find_contract(request.member, key)
    try:
        outcome = deeds.apply_finding(request.member, contract, request.POST.get("finding", ""), now=timezone.now())
    except MistakesError as error:
        return _page(request, view_of(request, key), mistakes=error.mistakes)
    sentence = f"{_('Appliqué.')} {sentence_of([outcome])}".strip()
    return _done(request, view_of(request, key), sentence, outcome)


@require_POST
def undo_here(request: MemberRequest, key: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """Take back what was applied."""
    contract = find_contract(request.member, key)
    try:
        outcome = take_back(request.member, contract, entry, now=timezone.now())
    except MistakesError as error:
        return _page(request, view_of(request, key), mistakes=error.mistakes)
    return _done(request, view_of(request, key), f"{_('C’est annulé.')} {sentence_of([outcome])}".strip(), None)


@require_POST
def put_aside(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """Put a finding aside with its reason, or explain a blocking one."""
    contract = find_contract(request.member, key)
    form = ReasonForm(request.POST)
    wanted = request.POST.get("finding", "")
    try:
        deeds.dismiss_finding(request.member, contract, wanted, reason=form.data.get("reason", ""), now=timezone.now())
    except MistakesError as error:
        return _page(request, view_of(request, key), mistakes=error.mistakes, reason=form.data.get("reason", ""), about=wanted)
    say(request, _("Raison gardée. L’avocat la lira dans sa note."))
    return redirect("findings", contract.pk)


@require_POST
def take_up(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """Take up a finding that was put aside."""
    contract = find_contract(request.member, key)
    try:
        deeds.restore_finding(request.member, contract, request.POST.get("finding", ""), now=timezone.now())
    except MistakesError as error:
        return _page(request, view_of(request, key), mistakes=error.mistakes)
    say(request, _("Le constat est repris."))
    return redirect("findings", contract.pk)


def _done(request: MemberRequest, view: ContractView, sentence: str, outcome: Outcome | None) -> HttpResponse:
    if not request.htmx:
        say(request, sentence)
        suffix = f"?annulable={outcome.undo}" if outcome and outcome.undo else ""
        return redirect(f"{reverse('findings', args=[view.contract.pk])}{suffix}")
    context = {**_context(request, view), "sentence": sentence, "undo": outcome.undo if outcome else None}
    return render(request, "findings/changed.html", context)


def _page(
    request: MemberRequest, view: ContractView, *, mistakes: tuple[Mistake, ...] = (), reason: str = "", about: str = ""
) -> HttpResponse:
    context = {**_context(request, view), "mistakes": mistakes, "reason": reason, "about": about, "undo": undoable(request)}
    name = "findings/changed.html" if request.htmx and request.method == "POST" else "findings/findings.html"
    return render(request, name, context, status=422 if mistakes else 200)


def _context(request: MemberRequest, view: ContractView) -> dict[str, Any]:
    chosen = request.GET.get("gravite", "")
    groups = view.findings
    active = [one for one in groups.active if chosen not in WEIGHTS or one.finding.severity in WEIGHTS[chosen]]
    library = loader.current()
    return {
        **frame(request, view, page="findings", named=_("Constats")),
        "chosen": chosen if chosen in WEIGHTS else "",
        "active": cards(view.draft, active),
        "questions": cards(view.draft, groups.questions),
        "replied": cards(view.draft, groups.replied),
        "not_verifiable": cards(view.draft, groups.not_verifiable),
        "dismissed": cards(view.draft, groups.dismissed),
        "rules_looked_at": sum(rule.speaks(view.draft.on) for rule in library.rules),
        "on": view.draft.on,
    }


def _one(view: ContractView, key: str) -> Standing:
    groups = view.findings
    found = next((one for one in (*groups.active, *groups.questions, *groups.replied, *groups.dismissed) if one.finding.key == key), None)
    if found is None:
        raise Http404
    return found


def undoable(request: MemberRequest) -> uuid.UUID | None:
    """What the address says was just done and may be taken back."""
    try:
        return uuid.UUID(request.GET.get("annulable", ""))
    except ValueError:
        return None
