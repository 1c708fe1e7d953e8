"""The time spent for a client: by period and price, what is left of the prepaid hours, and what it cost for those who may see it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from convenu.actions import time_spent as deeds
from convenu.actions.contract_view import ContractView
from convenu.actions.look_up import row
from convenu.actions.permissions import Permission, may
from convenu.actions.time_spent import TimeSpent
from convenu.agreement.check import place_of
from convenu.documents.price_sheet import MEDIA_TYPE
from convenu.facts.worked_time import WorkDecision
from convenu.service.time_statement import TimeEntry, TimeSums, sums
from convenu.service.work_periods import Period, WorkPeriods
from convenu.store.models import HourPackPurchase
from convenu.vocabulary.french import clock, length
from convenu.vocabulary.mistakes import MistakesError
from convenu.web.contract_frame import view_of
from convenu.web.downloads import attachment
from convenu.web.price_forms import PacksForm
from convenu.web.status import say
from convenu.web.views.pricing import around
from convenu.web.visitors import MemberRequest

UNPROCESSABLE = 422
A_PAGE = 50


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period with the time of each decision, as it is printed."""

    label: str
    times: tuple[tuple[str, str], ...]
    total: str


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One piece of work as the list shows it."""

    entry: TimeEntry
    time: str
    periods: str
    article: str


@require_http_methods(["GET", "POST"])
def time_spent(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """A month of work by period and price, and the prepaid hours; packs bought are noted here."""
    view, now = view_of(request, key), timezone.now()
    if request.POST.get("do") == "remove":
        return _remove(request, view)
    form = PacksForm(request.POST or None, initial={"day": timezone.localdate(now), "packs": 1})
    if form.is_valid():
        try:
            deeds.buy_packs(request.member, view.contract, view.terms, now=now, **form.cleaned_data)
        except MistakesError as error:
            form.take(error)
        else:
            say(request, _("Achat noté."))
            return redirect(f"{reverse('time_spent', args=[key])}?{request.GET.urlencode()}#carnet")
    context = {**around(request, view, "time_spent"), "form": form}
    try:
        found, months, month = _asked(request, view)
    except MistakesError as error:
        context["mistakes"] = error.mistakes
    else:
        context |= _told(request, view, found, months, month)
    return render(request, "pricing/time_spent.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_GET
def time_sheet(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """The month that the same address shows, as an Excel file, without any cost."""
    return _sheet(request, key, private=False)


@require_GET
def time_costs(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """The same month with what it cost."""
    return _sheet(request, key, private=True)


def _sheet(request: MemberRequest, key: uuid.UUID, *, private: bool) -> HttpResponse:
    view = view_of(request, key)
    try:
        found, _months, month = _asked(request, view)
    except MistakesError as error:
        raise Http404 from error
    if month is None:
        raise Http404
    return attachment(*_named(deeds.time_sheet(request.member, view.contract, found, month, private=private)))


def _named(made: tuple[str, bytes]) -> tuple[str, str, bytes]:
    name, content = made
    return name, MEDIA_TYPE, content


def _remove(request: MemberRequest, view: ContractView) -> HttpResponse:
    try:
        purchase = row(HourPackPurchase, uuid.UUID(request.POST.get("purchase", "")))
    except ValueError as error:
        raise Http404 from error
    if purchase.contract_id != view.contract.pk:
        raise Http404
    deeds.remove_purchase(request.member, view.contract, purchase, now=timezone.now())
    say(request, _("Achat retiré."))
    return redirect(f"{reverse('time_spent', args=[view.contract.pk])}?{request.GET.urlencode()}#carnet")


def _asked(request: MemberRequest, view: ContractView) -> tuple[TimeSpent, tuple[date, ...], date | None]:
    """The time spent, the months that hold some, and the one that the address asks for, else the latest."""
    today = timezone.localdate()
    found = deeds.time_spent(request.member, view.contract, view.terms, client_name=request.GET.get("client", ""), on=today)
    months = found.statement.months
    asked = request.GET.get("mois", "")
    return found, months, next((one for one in months if f"{one:%Y-%m}" == asked), months[0] if months else None)


def _told(
    request: MemberRequest, view: ContractView, found: TimeSpent, months: tuple[date, ...], month: date | None
) -> dict[str, Any]:  # fmt: skip
    entries = found.statement.of_month(month) if month else ()
    told = sums(entries)
    terms = view.terms
    page = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    private = may(request.member, Permission.SEE_COSTS)
    cost = deeds.cost_of_time(request.member, told) if private and entries else None
    return {
        "found": found,
        "mistakes": found.statement.mistakes,
        "months": [(one, one == month) for one in months],
        "month": month,
        "sums": told,
        "whole": _time(told.minutes),
        "decided": [(one.label, _time(told.decided[one])) for one in WorkDecision],
        "periods": _periods(told),
        "night": _night(view),
        "page": page,
        "rows": [_row(view, one) for one in page],
        "cost": cost,
        "cost_rows": [(one, _time(one.minutes)) for one in cost.levels] if cost else (),
        "pack": terms.hour_pack.value,
        "pack_unknown": terms.hour_pack.unknown,
        "balance": _time(found.statement.balance),
        "ledger": [(one, _time(abs(one.minutes)), _time(one.balance)) for one in reversed(found.statement.book or ())],
        "asked": request.GET.urlencode(),
    }


def _periods(told: TimeSums) -> Iterable[PeriodRow]:
    for period, counts in told.by_period.items():
        times = tuple((one.label, _time(counts[one]) if counts[one] else "–") for one in WorkDecision)
        yield PeriodRow(period.label, times, _time(counts.total()))


def _night(view: ContractView) -> str:
    """« de 21 h à 6 h »."""
    start, end = (clock(time(minute // 60 % 24, minute % 60)) for minute in WorkPeriods(view.terms).night)
    return _("de %(start)s à %(end)s") % {"start": start, "end": end}


def _row(view: ContractView, entry: TimeEntry) -> EntryRow:
    section = view.text.section(entry.clause.key)
    split = [f"{period.label} {_time(minutes)}" for period, minutes in entry.periods if period is not Period.UNTOLD]
    return EntryRow(entry, _time(entry.minutes), ", ".join(split) or Period.UNTOLD.label, place_of(section) if section else "")


def _time(minutes: int) -> str:
    """« 1 h 30 min »."""
    return length(minutes * 60) if minutes else "0 min"
