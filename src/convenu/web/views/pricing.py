"""The price of a contract, its variants, its counts and its revisions; its cost and its margin for those who may see them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from convenu.actions import quotes
from convenu.actions.contract_view import ContractView
from convenu.actions.permissions import Permission, may
from convenu.agreement.costing.history import History
from convenu.agreement.costing.quote import Offer
from convenu.documents.price_sheet import MEDIA_TYPE
from convenu.library import loader
from convenu.service.count_day import CountDay
from convenu.service.indexation import SERIES, Published, Revision, months_needed, revision_days, simulated
from convenu.service.quantities import Population
from convenu.service.true_up import TrueUp, true_up
from convenu.service.vat import vat_on
from convenu.store.versions import FileKind
from convenu.vocabulary import french
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.web.contract_frame import frame, view_of
from convenu.web.downloads import attachment
from convenu.web.price_forms import AskedRevision, asked_counts, asked_revision, month_rows
from convenu.web.price_rows import costing_rows, margin_facts, option_clauses, option_terms, shown_hours
from convenu.web.visitors import MemberRequest

MOST_OTHERS = 3
_YEARS_AHEAD = 10
LETTERS = (FileKind.WORD, FileKind.PDF)


@dataclass(frozen=True, slots=True)
class Shelf:
    """One of the pages of a price."""

    label: str | Promise
    href: str
    current: bool


SHELVES: tuple[tuple[str, str | Promise, Permission], ...] = (
    ("price", gettext_lazy("Prix"), Permission.SEE),
    ("costing", gettext_lazy("Chiffrage"), Permission.SEE_COSTS),
    ("variants", gettext_lazy("Variantes"), Permission.SEE),
    ("time_spent", gettext_lazy("Temps passé"), Permission.SEE),
    ("quantities", gettext_lazy("Quantités"), Permission.SEE),
    ("revision", gettext_lazy("Révision"), Permission.SEE),
)


@require_GET
def price(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """The lines of a month, the tax, and what is paid once."""
    view = view_of(request, key)
    found, mistakes = _offer(request, view)
    on = view.draft.on
    context = {**around(request, view, "price"), "offer": found, "mistakes": mistakes}
    if found is not None:
        context["vat"] = vat_on(found.monthly, view.terms, loader.current().law, on=on)
    return render(request, "pricing/price.html", context)


@require_GET
def costing(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """What the contract costs and leaves; hours come from the assumptions, or from the last replay when it is asked."""
    view = view_of(request, key)
    offered, mistakes = _offer(request, view)
    has_history = quotes.has_history(request.member, view.contract)
    history = _history(request, view) if has_history else None
    from_tickets = history is not None
    context: dict[str, Any] = {
        **around(request, view, "costing"),
        "mistakes": mistakes,
        "has_history": has_history,
        "from_tickets": from_tickets,
        "may_change_costs": may(request.member, Permission.CHANGE_HOUSE),
    }
    if offered is not None:
        found = quotes.costing_of(request.member, view.terms, on=view.draft.on, history=history)
        context |= {
            "offer": offered,
            "costing": found,
            "rows": costing_rows(found),
            "facts": margin_facts(found),
            "hours": list(shown_hours(found)),
        }
    return render(request, "pricing/costing.html", context)


@require_GET
def variants(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """A contract beside others of the same client; the client's view has no cost, whoever looks."""
    view = view_of(request, key)
    others = quotes.variants_of(request.member, view.contract)
    asked = set(request.GET.getlist("avec"))
    chosen = [one for one in others if str(one.pk) in asked]
    private = may(request.member, Permission.SEE_COSTS) and request.GET.get("vue") != "client"
    context: dict[str, Any] = {
        **around(request, view, "variants"),
        "others": [(one, str(one.pk) in asked) for one in others],
        "private": private,
        "may_see_costs": may(request.member, Permission.SEE_COSTS),
        "most": MOST_OTHERS,
    }
    if chosen:
        try:
            found = quotes.compared(request.member, [view.contract, *chosen], on=view.draft.on, private=private)
        except MistakesError as error:
            context["mistakes"] = error.mistakes
        else:
            context |= {
                "options": found.options, "costings": found.costings, "terms": option_terms(found.options),
                "clauses": option_clauses(found.options),
            }  # fmt: skip
    return render(request, "pricing/variants.html", context)


@require_GET
def revision(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """The revisions of the price up to a day, each from the one before, with the published months or those typed from the publication."""
    view = view_of(request, key)
    days = revision_days(view.terms, until=date(view.draft.on.year + _YEARS_AHEAD, 12, 31))
    found, asked, mistakes = _revisions(request, view, days)
    law, index = loader.current().law, view.terms.price_index.value
    until = asked.day or (days[0] if days else view.draft.on)
    published = Published(law, SERIES.get(index, "") if index else "", asked.months)
    context = {
        **around(request, view, "revision"),
        "revisions": found,
        "revision": found[-1] if found else None,
        "mistakes": mistakes,
        "days": [(day, day == until) for day in days],
        "months": month_rows(published, months_needed(view.terms, law, until=until)),
        "asked": request.GET.urlencode(),
    }
    return render(request, "pricing/revision.html", context)


def _history(request: MemberRequest, view: ContractView) -> History | None:
    """The hours of the last replay, when the address asks for them."""
    return quotes.history_for(request.member, view.contract) if request.GET.get("heures") == "tickets" else None


@require_GET
def price_sheet(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """The price as an Excel file, without any cost."""
    return _sheet(request, key, private=False)


@require_GET
def costing_sheet(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """The price, the cost and the margin as an Excel file."""
    return _sheet(request, key, private=True)


def _sheet(request: MemberRequest, key: uuid.UUID, *, private: bool) -> HttpResponse:
    view = view_of(request, key)
    history = _history(request, view) if private else None
    try:
        name, content = quotes.sheet_of(request.member, view.contract, view.terms, on=view.draft.on, private=private, history=history)
    except MistakesError as error:
        raise Http404 from error
    return attachment(name, MEDIA_TYPE, content)


@require_GET
def letter(request: MemberRequest, key: uuid.UUID, kind: str) -> HttpResponse:
    """The letter of the revision that the same address shows, in Word or PDF."""
    view = view_of(request, key)
    days = revision_days(view.terms, until=date(view.draft.on.year + _YEARS_AHEAD, 12, 31))
    found, _asked, _mistakes = _revisions(request, view, days)
    if not found or kind not in LETTERS:
        raise Http404
    made = quotes.letter_of(request.member, view.contract, view.draft, found[-1], FileKind(kind), now=timezone.now())
    return attachment(made.name, made.media_type, made.content)


@require_GET
def quantities(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """Two counts of what the client has, one after the other, and what each changes on the invoice."""
    view = view_of(request, key)
    held = quotes.held_by(request.member, view.contract, view.terms)
    counts = [Population.declared(view.terms), *(one.population for one in held)]
    asked = asked_counts(request.GET, counts[-2] if held else counts[0], counts[-1])
    settled: list[TrueUp] = []
    for population in asked.populations:
        done = true_up(view.terms, population, on=view.draft.on, invoiced=settled[-1].quantities if settled else None)
        if done is not None:
            settled.append(done)
    mistakes = asked.mistakes or (() if settled else _offer(request, view)[1])
    context = {**around(request, view, "quantities"), "rows": asked.rows, "counts": settled, "held": held, "mistakes": mistakes}
    context |= {"count_words": view.terms.count_day.value, "count_day": _count_day(view)}
    return render(request, "pricing/quantities.html", context)


def _count_day(view: ContractView) -> str:
    """The day on which the words of the contract have the month counted, from the day of the page on; what they say when it is no day."""
    words = view.terms.count_day.value
    rule = CountDay.of(words) if words else None
    if rule is None:
        return _("aucun jour que Convenu sache exécuter") if words else ""
    day = rule.falls_on(view.draft.on)
    return _("tout le mois compte") if day is None else french.day(day)


def around(request: MemberRequest, view: ContractView, shelf: str) -> dict[str, Any]:
    """What surrounds each page of a price: the contract, and the pages that this member may open."""
    opened = [(name, label) for name, label, needed in SHELVES if may(request.member, needed)]
    shelves = [Shelf(label, reverse(name, args=[view.contract.pk]), name == shelf) for name, label in opened]
    return {**frame(request, view, page=shelf, tab="price"), "price_shelves": shelves}


def _offer(request: MemberRequest, view: ContractView) -> tuple[Offer | None, tuple[Mistake, ...]]:
    try:
        return quotes.offer_of(request.member, view.terms, on=view.draft.on), ()
    except MistakesError as error:
        return None, error.mistakes


def _revisions(
    request: MemberRequest, view: ContractView, days: Sequence[date]
) -> tuple[list[Revision], AskedRevision, tuple[Mistake, ...]]:
    """Every revision up to the day asked, else up to the first one; nothing of them when a month lacks."""
    asked = AskedRevision(None, {})
    try:
        asked = asked_revision(request.GET)
        until = asked.day or next(iter(days), None)
        if until is None:
            nothing = Mistake(_("Révision"), _("aucun jour de révision"), _("Donnez la date d’effet ou la première révision."))
            return [], asked, (nothing,)
        return list(simulated(view.terms, loader.current().law, until=until, typed=asked.months)), asked, ()
    except MistakesError as error:
        return [], asked, error.mistakes
