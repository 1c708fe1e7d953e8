"""The estate of contracts: choose what to look for, follow the passage, read which contracts are concerned and by which article."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from convenu.actions.estate import begin_behind, concerned, last_pass, lines_of, pass_again, stop_pass, unread
from convenu.law.book import LawBook
from convenu.library import loader
from convenu.store.models import EstatePass
from convenu.vocabulary import french
from convenu.vocabulary.days import parse_day
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.web.status import say
from convenu.web.views.tickets import progress_of
from convenu.web.visitors import MemberRequest

A_PAGE = 25


@require_http_methods(["GET", "POST"])
def contracts(request: MemberRequest) -> HttpResponse:
    """What the last passage saw, followed while it goes; asking for another begins it."""
    passage = last_pass(request.member)
    if request.method == "POST":
        return _act(request, passage) if passage and "faire" in request.POST else _begin(request)
    if request.htmx and passage:
        return progress_of(request, _progress(passage))
    return _page(request, passage, chosen=request.GET)


def _act(request: MemberRequest, passage: EstatePass) -> HttpResponse:
    """Stop the passage or begin it again."""
    act = stop_pass if request.POST["faire"] == "arreter" else pass_again
    try:
        act(request.member, passage, now=timezone.now())
    except MistakesError as error:
        say(request, " ".join(f"{one.message} {one.suggestion}" for one in error.mistakes))
    return redirect("estate")


def _begin(request: MemberRequest) -> HttpResponse:
    asked = request.POST
    try:
        begin_behind(
            request.member,
            rules=[one for one in asked.getlist("regle") if one],
            figures=[one for one in asked.getlist("chiffre") if one],
            on=_day(asked.get("jour", "")),
            now=timezone.now(),
        )
    except MistakesError as error:
        return _page(request, last_pass(request.member), chosen=asked, mistakes=error.mistakes)
    return redirect("estate")


def _progress(passage: EstatePass) -> dict[str, Any]:
    return {"work": passage, "left_alone": passage.left_alone(timezone.now()), "may_act": True, "has_file": True, "goes_on": True}


def _day(written: str) -> date | None:
    try:
        return parse_day(written) if written else None
    except ValueError as error:
        raise MistakesError([Mistake("jour", f"{error}.", _("Écrivez par exemple 2027-01-01."))]) from None


def _called(book: LawBook, figure: str) -> str:
    """A figure that the library no longer has keeps its name."""
    return french.typography(book.label(figure)) if figure in book.names else figure


def _page(request: MemberRequest, passage: EstatePass | None, *, chosen: Any, mistakes: tuple[Mistake, ...] = ()) -> HttpResponse:
    library = loader.current()
    context: dict[str, Any] = {
        "title": _("Parc de contrats"),
        "shelf": "estate",
        "passage": passage,
        "mistakes": mistakes,
        "rules": sorted((french.typography(rule.title), rule.id) for rule in library.rules if not rule.silent),
        "figures": sorted((french.typography(library.law.label(name)), name) for name in library.law.names),
        "rule": chosen.get("regle", ""),
        "figure": chosen.get("chiffre", ""),
        "day": chosen.get("jour", ""),
    }
    if passage is not None:
        context |= _progress(passage)
        page = Paginator(concerned(request.member, passage), A_PAGE).get_page(request.GET.get("page"))
        titles = {rule.id: french.typography(rule.title) for rule in library.rules}
        context |= {
            "page": page,
            "lines": list(lines_of(page.object_list)),
            "unread": list(unread(request.member, passage)[:A_PAGE]),
            "about": [titles.get(one, one) for one in passage.rules] + [_called(library.law, one) for one in passage.figures],
        }
    return render(request, "library/estate.html", context, status=422 if mistakes else 200)
