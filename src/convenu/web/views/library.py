"""The library, read only: its clauses and the figures of the law on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from convenu.actions.library_news import library_news, part_news
from convenu.actions.permissions import Permission, may
from convenu.agreement.clause import Clause
from convenu.agreement.sector import SectorPack
from convenu.agreement.term_words import lines_of
from convenu.agreement.wording import in_words
from convenu.law.book import LawBook, LawValue
from convenu.law.words import figure_in_words
from convenu.library import loader
from convenu.terms.contract import Terms, label_of
from convenu.vocabulary import french
from convenu.vocabulary.dated import NotInForceError
from convenu.vocabulary.days import parse_day
from convenu.web.clause_card import card_of_clause
from convenu.web.series_drawing import draw
from convenu.web.visitors import MemberRequest

# The units that are not written as they are named.


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the law on a day, or why there is none."""

    name: str
    label: str
    value: str
    source: str
    start: date | None
    end: date | None
    missing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSector:
    """A sector on its shelf."""

    pack: SectorPack
    called_by: tuple[str, ...]
    clauses: tuple[Clause, ...]
    proposals: tuple[str, ...]
    law: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """A value of a figure, from its first day."""

    start: date
    value: str
    source: str
    from_knowledge: bool


@require_GET
def clauses(request: MemberRequest) -> HttpResponse:
    """The clauses by provision."""
    library = loader.current()
    by_provision = [
        (provision, [clause for clause in library.clauses if clause.provision == provision.number]) for provision in library.provisions
    ]
    reviewed = sum(bool(clause.reviewed.by) for clause in library.clauses)
    context = {"title": _("Bibliothèque"), "release": library.release, "by_provision": by_provision, "total": len(library.clauses)}
    return render(request, "library/clauses.html", {**context, "reviewed": reviewed, "shelf": "clauses"})


@require_GET
def clause(request: MemberRequest, clause: str) -> HttpResponse:
    """One clause: its words as written in the library, what it states, on what law."""
    library = loader.current()
    found = next((one for one in library.clauses if one.key == clause), None)
    if found is None:
        raise Http404
    card = card_of_clause(library, found)
    context = {
        "title": card.title,
        "card": card,
        "positions": True,
        "shelf": "clauses",
        "may_reword": may(request.member, Permission.CHANGE_HOUSE),
    }
    return render(request, "library/clause.html", context)


@require_GET
def sectors(request: MemberRequest) -> HttpResponse:
    """What each sector is called by, adds and proposes, and on what law."""
    library = loader.current()
    shown = [
        ShownSector(
            pack=pack,
            called_by=tuple(_facts(case) for case in pack.applies_when.cases),
            clauses=pack.clauses(library.clauses),
            proposals=tuple(_proposals(pack)),
            law=tuple(french.typography(library.citation(one)) for one in pack.law),
        )
        for pack in library.sectors
    ]
    context = {"title": _("Secteurs"), "shelf_sectors": shown, "release": library.release, "shelf": "sectors"}
    return render(request, "library/sectors.html", context)


def _facts(case: Mapping[str, Any]) -> str:
    """« Secteur du Client : professions juridiques »."""
    return " et ".join(f"{label_of(key)} : {_wanted(key, wanted)}" for key, wanted in case.items())


def _wanted(key: str, wanted: Any) -> str:
    if wanted == "stated":
        return _("indiqué")
    values = wanted if isinstance(wanted, list) else [wanted]
    return french.enumeration([in_words(Terms.model_validate({key: value}).term(key).value) for value in values], last="ou")


def _proposals(pack: SectorPack) -> Iterator[str]:
    terms = Terms.model_validate(pack.defaults)
    for key in pack.defaults:
        yield f"{label_of(key)} : {french.listed(lines_of(terms.term(key)))}"


@require_GET
def law(request: MemberRequest) -> HttpResponse:
    """The figures of the law on a chosen day, each with its source."""
    day, wrong = _day(request.GET.get("jour", ""))
    figures = list(_figures(loader.current().law, day))
    context = {"title": _("Droit"), "figures": figures, "day": day, "wrong": wrong, "shelf": "law"}
    return render(request, "library/law.html", context, status=422 if wrong else 200)


@require_GET
def figure(request: MemberRequest, name: str) -> HttpResponse:
    """One figure: its value on a day, where it comes from, and its history drawn and listed."""
    book = loader.current().law
    if name not in book.names:
        raise Http404
    day, wrong = _day(request.GET.get("jour", ""))
    series = book.values.get(name)
    shown = next(one for one in _figures(book, day) if one.name == name)
    context = {
        "title": shown.label,
        "name": name,
        "figure": shown,
        "last_checked": series.last_checked if series else None,
        "drawing": draw(series, until=max(timezone.localdate(), *series.dated.values)) if series else None,
        "history": list(_history(series)) if series else [],
    }
    return render(request, "library/figure.html", {**context, "day": day, "wrong": wrong, "shelf": "law"}, status=422 if wrong else 200)


def _history(series: LawValue) -> Iterator[Past]:
    for start, one in sorted(series.dated.values.items(), reverse=True):
        value = french.typography(figure_in_words(one.value, series.unit))
        yield Past(start, value, french.typography(one.source), from_knowledge=one.confidence == "from_knowledge")


def news(request: MemberRequest) -> HttpResponse:
    """What the library changed since a frozen release, and the contracts that each change concerns."""
    names, new = loader.shelf().names, loader.current()
    older = [name for name in names if name != new.release]
    chosen = request.GET.get("depuis", older[-1] if older else "")
    old = loader.release(chosen) if chosen in older else None
    context = {
        "title": _("Changements"),
        "older": older,
        "chosen": chosen,
        "release": new.release,
        "news": library_news(request.member, old, new) if old else (),
        "parts": part_news(request.member, old, new, on=timezone.localdate()) if old else (),
        "shelf": "news",
    }
    return render(request, "library/news.html", context)


def _figures(book: LawBook, day: date) -> Iterator[Figure]:
    for name in book.names:
        label = book.label(name)
        try:
            held = book.on(name, day)
        except NotInForceError as gap:
            yield Figure(name, french.typography(label), "", "", None, None, missing=french.typography(gap.reason))
        else:
            value = french.typography(figure_in_words(held.value, held.unit))
            yield Figure(name, french.typography(held.label), value, french.typography(held.source), held.start, held.end)


def _day(typed: str) -> tuple[date, str]:
    today = timezone.localdate()
    if not typed:
        return today, ""
    try:
        return parse_day(typed), ""
    except ValueError as error:
        return today, f"{error}."
