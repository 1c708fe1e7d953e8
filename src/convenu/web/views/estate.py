"""The estate of contracts: choose what to look for, follow the passage, read which contracts are concerned and by which article."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from convenu.actions.estate import begin_pass, concerned, estate, last_pass, lines_of, unread
from convenu.actions.look_up import row
from convenu.law.book import LawBook
from convenu.library import loader
from convenu.store.models import EstatePass
from convenu.vocabulary import french
from convenu.vocabulary.days import parse_day
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.web.visitors import MemberRequest

A_PAGE = 25


@require_http_methods(["GET", "POST"])
def contracts(request: MemberRequest) -> HttpResponse:
    """What the last passage saw; asking for another begins it."""
    if request.method == "POST":
        return _begin(request)
    return _page(request, last_pass(request.member), chosen=request.GET)


@require_POST
def go_on(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """One slice more of a passage; a page left open asks for the next one by itself."""
    passage = next(estate(request.member, _passage(key), now=timezone.now()), None) or _passage(key)
    if not request.htmx:
        return redirect(_running(passage))
    if passage.finished_at is None:
        return render(request, "library/estate_progress.html", {"passage": passage, "running": True})
    return HttpResponse(headers={"HX-Redirect": reverse("estate")})


def _begin(request: MemberRequest) -> HttpResponse:
    asked = request.POST
    try:
        passage = begin_pass(
            request.member,
            rules=[one for one in asked.getlist("regle") if one],
            figures=[one for one in asked.getlist("chiffre") if one],
            on=_day(asked.get("jour", "")),
            now=timezone.now(),
        )
    except MistakesError as error:
        return _page(request, last_pass(request.member), chosen=asked, mistakes=error.mistakes)
    return redirect(_running(passage))


def _day(written: str) -> date | None:
    try:
        return parse_day(written) if written else None
    except ValueError as error:
        raise MistakesError([Mistake("jour", f"{error}.", _("Écrivez par exemple 2027-01-01."))]) from None


def _running(passage: EstatePass) -> str:
    return f"{reverse('estate')}?{urlencode({'en_cours': '1'})}" if passage.finished_at is None else reverse("estate")


def _passage(key: uuid.UUID) -> EstatePass:
    return row(EstatePass, key)


def _called(book: LawBook, figure: str) -> str:
    """A figure that the library no longer has keeps its name."""
    return french.typography(book.label(figure)) if figure in book.names else figure


def _page(request: MemberRequest, passage: EstatePass | None, *, chosen: Any, mistakes: tuple[Mistake, ...] = ()) -> HttpResponse:
    library = loader.current()
    context: dict[str, Any] = {
        "title": _("Parc de contrats"),
        "shelf": "estate",
        "passage": passage,
        "running": "en_cours" in request.GET,
        "mistakes": mistakes,
        "rules": sorted((french.typography(rule.title), rule.id) for rule in library.rules if not rule.silent),
        "figures": sorted((french.typography(library.law.label(name)), name) for name in library.law.names),
        "rule": chosen.get("regle", ""),
        "figure": chosen.get("chiffre", ""),
        "day": chosen.get("jour", ""),
    }
    if passage is not None:
        page = Paginator(concerned(request.member, passage), A_PAGE).get_page(request.GET.get("page"))
        titles = {rule.id: french.typography(rule.title) for rule in library.rules}
        context |= {
            "page": page,
            "lines": list(lines_of(page.object_list)),
            "unread": list(unread(request.member, passage)[:A_PAGE]),
            "about": [titles.get(one, one) for one in passage.rules] + [_called(library.law, one) for one in passage.figures],
        }
    return render(request, "library/estate.html", context, status=422 if mistakes else 200)
