"""The negotiating positions of a clause on a contract: read with their effect, taken, taken back."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from convenu.actions import positions as deeds
from convenu.actions.contract_view import ContractView
from convenu.actions.interview import Outcome
from convenu.actions.interview import undo as take_back
from convenu.actions.look_up import find_contract
from convenu.agreement.positions import chosen_wordings
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import label
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.web.contract_frame import frame, view_of
from convenu.web.interview.answering import sentence_of
from convenu.web.position_cards import negotiated_places, position_cards
from convenu.web.status import say
from convenu.web.views.findings import undoable
from convenu.web.visitors import MemberRequest


@require_GET
def positions(request: MemberRequest, key: uuid.UUID, clause: str) -> HttpResponse:
    """The positions of a clause, each with the article that it would give."""
    return _page(request, view_of(request, key), clause)


@require_POST
def take(request: MemberRequest, key: uuid.UUID, clause: str) -> HttpResponse:
    """Take a position, or give the clause its own words again; the page then offers to take it back."""
    contract = find_contract(request.member, key)
    wanted = request.POST.get("position", "")
    try:
        if wanted:
            outcome = deeds.take_position(request.member, contract, clause, wanted, now=timezone.now())
        else:
            outcome = deeds.take_own_words(request.member, contract, clause, now=timezone.now())
    except MistakesError as error:
        return _page(request, view_of(request, key), clause, mistakes=error.mistakes)
    return _done(request, contract.pk, clause, _("Appliqué."), outcome)


@require_POST
def undo_here(request: MemberRequest, key: uuid.UUID, clause: str, entry: uuid.UUID) -> HttpResponse:
    """Take back the position that was taken."""
    contract = find_contract(request.member, key)
    try:
        outcome = take_back(request.member, contract, entry, now=timezone.now())
    except MistakesError as error:
        return _page(request, view_of(request, key), clause, mistakes=error.mistakes)
    return _done(request, contract.pk, clause, _("C’est annulé."), outcome, may_undo=False)


def _done(request: MemberRequest, contract: uuid.UUID, clause: str, done: str, outcome: Outcome, *, may_undo: bool = True) -> HttpResponse:
    say(request, f"{done} {sentence_of([outcome])}".strip())
    suffix = f"?annulable={outcome.undo}" if may_undo and outcome.undo else ""
    return redirect(f"{reverse('positions', args=[contract, clause])}{suffix}")


def _page(request: MemberRequest, view: ContractView, clause: str, *, mistakes: tuple[Mistake, ...] = ()) -> HttpResponse:
    section = view.text.section(clause)
    if section is None:
        raise Http404
    found = view.draft.library.clause(clause)
    context: dict[str, Any] = {
        **frame(request, view, page="positions", tab="contract", named=_("Positions de négociation")),
        "clause": found,
        "place": french.typography(label(section.number)),
        "section": section,
        "reworded": chosen_wordings(view.terms).get(clause, ""),
        "cards": position_cards(view, found),
        "places": negotiated_places(view),
        "mistakes": mistakes,
        "undo": undoable(request),
    }
    return render(request, "positions/positions.html", context, status=422 if mistakes else 200)
