"""The interview: a question, the document beside it, and what each answer does to it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from convenu.actions.contract_library import library_of
from convenu.actions.contract_view import AskedQuestion, ContractView, Progress, SectionProgress
from convenu.actions.findings import apply_finding
from convenu.actions.interview import Move, Outcome
from convenu.actions.interview import undo as take_back
from convenu.actions.look_up import find_contract
from convenu.actions.promises_past import past_of_draft
from convenu.actions.replay_proposals import MEASURED
from convenu.agreement.question import Question
from convenu.vocabulary.mistakes import MistakesError
from convenu.web.contract_frame import frame, view_of
from convenu.web.interview.answering import Taken, sentence_of, take
from convenu.web.interview.document import pieces_of, shown_as, swaps
from convenu.web.interview.posting import Posted
from convenu.web.interview.questions import asked_terms, in_order, neighbours, next_after, places_of, question_of, rules_of
from convenu.web.sector_cards import sector_cards
from convenu.web.status import say
from convenu.web.visitors import MemberRequest

CONFLICT = 409
UNPROCESSABLE = 422
REWRITTEN = (Move.CHANGED, Move.ADDED)


@require_GET
def resume(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """Where the interview goes on: the first question that still needs something, else all the answers."""
    view = view_of(request, key)
    return redirect(address_of(view, view.next_question))


@require_GET
def term(request: MemberRequest, key: uuid.UUID, term: str) -> HttpResponse:
    """The question that fills a term."""
    contract = find_contract(request.member, key)
    question = question_of(term, library_of(contract))
    if question is None:
        raise Http404
    return redirect(question_address(contract.pk, question))


@require_http_methods(["GET", "POST"])
def question(request: MemberRequest, key: uuid.UUID, section: str, question: str) -> HttpResponse:
    """One question: asked, or answered."""
    view = view_of(request, key)
    asked = _asked(view, section, question)
    if request.method == "POST":
        return _answer(request, view, [asked])
    return _moved(request, view, asked) if _is_part(request) else _page(request, view, [asked])


@require_http_methods(["GET", "POST"])
def whole_section(request: MemberRequest, key: uuid.UUID, section: str) -> HttpResponse:
    """Every question of a section as one form."""
    view = view_of(request, key)
    found = _section(view, section)
    questions = [one for one in found.questions if one.progress is not Progress.SKIPPED]
    if request.method == "POST":
        return _answer(request, view, questions)
    return _page(request, view, questions)


@require_GET
def answers(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """Every answer by section, what is to be confirmed first."""
    view = view_of(request, key)
    sections = [
        (section, [(one, asked_terms(view, one.question)) for one in section.questions if one.progress is not Progress.SKIPPED])
        for section in view.sections
    ]
    waiting = [(point, question_of(point.term, view.draft.library)) for point in view.open_points]
    context = {**frame(request, view, page="answers"), "sections": sections, "waiting": waiting}
    return render(request, "interview/answers.html", context)


@require_POST
def undo(request: MemberRequest, key: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """Take back what was answered in one go."""
    contract = find_contract(request.member, key)
    try:
        outcome = take_back(request.member, contract, entry, now=timezone.now())
    except MistakesError as error:
        return _told(request, view_of(request, key), [], _("Rien n’est annulé : %(reason)s") % {"reason": _sentence(error)})
    return _told(request, view_of(request, key), [outcome], f"{_('C’est annulé.')} {sentence_of([outcome])}".strip())


@require_POST
def apply_here(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """Apply a finding's remedy without leaving the question."""
    contract = find_contract(request.member, key)
    try:
        outcome = apply_finding(request.member, contract, request.POST.get("finding", ""), now=timezone.now())
    except MistakesError as error:
        return _told(request, view_of(request, key), [], _sentence(error))
    return _told(request, view_of(request, key), [outcome], f"{_('Appliqué.')} {sentence_of([outcome])}".strip())


@require_GET
def news(request: MemberRequest, key: uuid.UUID, section: str, question: str) -> HttpResponse:
    """What others changed since this page was drawn; nothing when nobody did."""
    view = view_of(request, key)
    shown = request.GET.get("shown", "")
    if shown == shown_as(pieces_of(view.text)):
        return HttpResponse(status=204)
    return render(request, "interview/changes.html", _changes(request, view, [_asked(view, section, question)], shown=shown))


def question_address(contract: uuid.UUID, question: Question) -> str:
    """The address of a question."""
    return reverse("question", args=[contract, question.section.key, question.key])


def address_of(view: ContractView, question: Question | None) -> str:
    """The address of a question, or of all the answers when none is left."""
    return question_address(view.contract.pk, question) if question else reverse("answers", args=[view.contract.pk])


def _answer(request: MemberRequest, view: ContractView, questions: Sequence[AskedQuestion]) -> HttpResponse:
    posted: Posted = dict(request.POST.lists())
    keys = [term for one in questions for term in one.question.fills]
    try:
        taken = take(request.member, view.contract, keys, posted, terms=view.terms, now=timezone.now())
    except MistakesError as error:
        return _told(request, view, [], _sentence(error))
    after = view_of(request, view.contract.pk)
    goes_on = request.POST.get("go") == "next" and not taken.refused
    if request.htmx:
        return _answered(request, after, questions, taken, posted, goes_on=goes_on)
    if taken.refused:
        return _page(request, after, questions, taken=taken, posted=posted)
    say(request, taken.sentence or _("Rien n’a changé."))
    return redirect(_following(after, questions) if goes_on else request.get_full_path())


def _answered(
    request: MemberRequest, view: ContractView, questions: Sequence[AskedQuestion], taken: Taken, posted: Posted, *, goes_on: bool
) -> HttpResponse:
    if goes_on:
        following = next_after(view, questions[-1].question)
        if following is None or len(questions) > 1:
            return HttpResponse(headers={"HX-Redirect": _following(view, questions)})
        asked = _asked(view, following.section.key, following.key)
        return _moved(request, view, asked, taken=taken, status=200)
    status = CONFLICT if taken.conflicts else UNPROCESSABLE if taken.mistakes else 200
    context = _changes(request, view, questions, taken=taken, shown=request.POST.get("shown", ""), posted=posted)
    return render(request, "interview/changes.html", context, status=status)


def _following(view: ContractView, questions: Sequence[AskedQuestion]) -> str:
    return address_of(view, next_after(view, questions[-1].question))


def _told(request: MemberRequest, view: ContractView, outcomes: Sequence[Outcome], sentence: str) -> HttpResponse:
    """Say what was done, and show it where the person is."""
    here = next((one for one in in_order(view.sections) if one.question.key == request.POST.get("here")), None)
    if not request.htmx or here is None:
        say(request, sentence)
        return redirect(address_of(view, here.question) if here else reverse("findings", args=[view.contract.pk]))
    taken = Taken(outcomes=list(outcomes), redrawn=set(here.question.fills))
    context = _changes(request, view, [here], taken=taken, shown=request.POST.get("shown", ""))
    return render(request, "interview/changes.html", {**context, "sentence": sentence})


def _page(
    request: MemberRequest,
    view: ContractView,
    questions: Sequence[AskedQuestion],
    *,
    taken: Taken | None = None,
    posted: Posted | None = None,
) -> HttpResponse:
    context = {**_context(request, view, questions, taken=taken, posted=posted), "pieces": pieces_of(view.text)}
    status = 200 if taken is None else CONFLICT if taken.conflicts else UNPROCESSABLE
    return render(request, "interview/page.html", context, status=status)


def _moved(
    request: MemberRequest, view: ContractView, asked: AskedQuestion, *, taken: Taken | None = None, status: int = 200
) -> HttpResponse:
    """The next question in the middle pane, and what the answers given changed around it."""
    shown = request.POST.get("shown") or request.GET.get("shown", "")
    context = _changes(request, view, [asked], taken=taken, shown=shown)
    response = render(request, "interview/moved.html", context, status=status)
    response.headers["HX-Push-Url"] = question_address(view.contract.pk, asked.question)
    return response


def _changes(
    request: MemberRequest,
    view: ContractView,
    questions: Sequence[AskedQuestion],
    *,
    shown: str,
    taken: Taken | None = None,
    posted: Posted | None = None,
) -> dict[str, Any]:
    context = _context(request, view, questions, taken=taken, posted=posted)
    moved = [one.clause for outcome in (taken.outcomes if taken else []) for one in outcome.changed_clauses if one.move in REWRITTEN]
    # The article that states what was asked comes into view, before a summary that repeats it.
    stating = [place.clause for place in context["places"]]
    touched = sorted(dict.fromkeys(moved), key=lambda clause: stating.index(clause) if clause in stating else len(stating))
    return {
        **context,
        "swaps": swaps(pieces_of(view.text), shown) if shown else (),
        "touched": " ".join(touched),
        "sentence": taken.sentence if taken else "",
    }


def _context(
    request: MemberRequest,
    view: ContractView,
    questions: Sequence[AskedQuestion],
    *,
    taken: Taken | None = None,
    posted: Posted | None = None,
) -> dict[str, Any]:
    first = questions[0].question
    before, after = neighbours(view, first)
    shown = [(one.question, asked_terms(view, one.question, taken=taken, posted=posted)) for one in questions]
    is_whole = request.resolver_match is not None and request.resolver_match.url_name == "section"
    of_time = any(MEASURED & set(one.question.fills) for one in questions)
    return {
        **frame(request, view, page="question", tab="interview"),
        "question": first,
        "questions": shown,
        "is_whole": is_whole,
        "section": next(one for one in view.sections if one.section.key == first.section.key),
        "before": question_address(view.contract.pk, before) if before else "",
        "after": question_address(view.contract.pk, after) if after else "",
        "here": question_address(view.contract.pk, first),
        "action": reverse("section", args=[view.contract.pk, first.section.key]) if is_whole else question_address(view.contract.pk, first),
        "rail": [(one, _entrance(one)) for one in view.sections if one.applicable],
        "places": places_of(view, first),
        "rules": rules_of(first),
        "sectors": sector_cards(view),
        "shown": shown_as(pieces_of(view.text)),
        "undo": taken.undo if taken else None,
        "taken": taken,
        "focus_clause": next((place.clause for place in places_of(view, first)), ""),
        "promises_time": of_time,
        "past": past_of_draft(view.contract, view.terms) if of_time else None,
    }


def _entrance(section: SectionProgress) -> Question:
    """Where a section is entered: its first question that lacks something, else its first."""
    asked = [one for one in section.questions if one.progress is not Progress.SKIPPED]
    return next((one.question for one in asked if not one.settled), asked[0].question)


def _asked(view: ContractView, section: str, question: str) -> AskedQuestion:
    found = next((one for one in _section(view, section).questions if one.question.key == question), None)
    if found is None:
        raise Http404
    return found


def _section(view: ContractView, section: str) -> SectionProgress:
    found = next((one for one in view.sections if one.section.key == section), None)
    if found is None:
        raise Http404
    return found


def _is_part(request: MemberRequest) -> bool:
    """Whether htmx wants the question alone; going back in the history asks for the whole page."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def _sentence(error: MistakesError) -> str:
    return " ".join(f"{mistake.message} {mistake.suggestion}".strip() for mistake in error.mistakes)
