"""A contract's promises tried on past tickets: the trials, one of them drawn and compared, what it missed, the clock of one ticket."""

from __future__ import annotations

import uuid

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from convenu.actions import replays as deeds
from convenu.actions.past_tickets import Taken, client_names
from convenu.actions.permissions import Permission, may
from convenu.actions.replay_proposals import DRAFT, choices
from convenu.actions.tickets import sources
from convenu.service.resampling import Likeness
from convenu.service.solver import LEVELS
from convenu.store.models import ReplayRun
from convenu.store.work import WorkState
from convenu.terms.contract import Terms
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.web.contract_frame import frame, view_of
from convenu.web.replay_cards import breaches_of, cards_of, mark_of, months_of, promises_of, untold
from convenu.web.status import say
from convenu.web.timeline import events_of, lines_of, zone_of
from convenu.web.views.tickets import progress_of
from convenu.web.visitors import MemberRequest

A_PAGE = 50
UNPROCESSABLE = 422


@require_http_methods(["GET", "POST"])
def replays(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """The trials of a contract, and the form that begins one."""
    view = view_of(request, key)
    mistakes: tuple[Mistake, ...] = ()
    if request.method == "POST":
        try:
            taken = _taken(request.POST)
            run = deeds.begin_replay(
                request.member, view.contract, keys=request.POST.getlist("proposition"), taken=taken, now=timezone.now()
            )
        except MistakesError as error:
            mistakes = error.mistakes
        else:
            return redirect("replay", view.contract.pk, run.pk)
    lines, chosen = sources(request.member), request.POST
    names = client_names()
    own = next((name for name in names if name.casefold() == view.contract.client.name.casefold()), "")
    context = {
        **frame(request, view, page="replays", named=_("Essais sur le passé")),
        "runs": deeds.replays_of(request.member, view.contract),
        "choices": choices(request.member, view.contract, deeds.found_of_last(view.contract)),
        "chosen": chosen.getlist("proposition") or [DRAFT],
        "sources": [line for line in lines if line.tickets],
        "chosen_sources": chosen.getlist("source") or [str(line.source.pk) for line in lines if line.tickets],
        "clients": names,
        "client_chosen": chosen.get("client", own),
        "drawn": chosen.get("historique", ""),
        "assets": chosen.get("equipements", "") or _assets_of(view.terms) or "",
        "among": chosen.get("parmi", "") or sum(line.source.assets or 0 for line in lines) or "",
        "seed": chosen.get("tirage", "1"),
        "mistakes": mistakes,
        "may_try": may(request.member, Permission.TRY_PROMISES),
    }
    return render(request, "replays/replays.html", context, status=UNPROCESSABLE if mistakes else 200)


@require_http_methods(["GET", "POST"])
def replay(request: MemberRequest, key: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """One trial: followed to its end, then drawn, promise by promise and proposal by proposal."""
    view = view_of(request, key)
    run, now = deeds.find_replay(request.member, view.contract, entry), timezone.now()
    if request.method == "POST":
        return _act(request, view.contract.pk, run)
    named = _("Essai du %(day)s") % {"day": f"{timezone.localtime(run.at):%d/%m/%Y}"}
    context = {
        **frame(request, view, page="replay", tab="replays", named=named),
        "work": run,
        "run": run,
        "left_alone": run.left_alone(now),
        "may_act": may(request.member, Permission.TRY_PROMISES),
        "has_file": True,
    }
    if request.htmx:
        return progress_of(request, context)
    if run.state != WorkState.DONE:
        return render(request, "replays/running.html", context)
    result = deeds.result_of(run)
    promises = promises_of(result)
    context |= {
        "cards": cards_of(result),
        "promises": [one for one in promises if one.judged],
        "untold": untold(promises),
        "months": months_of(result),
        "like": Likeness(**run.drawn) if run.drawn else None,
        "behind": deeds.behind(run, view.terms),
        "levels": LEVELS,
    }
    return render(request, "replays/replay.html", context)


@require_GET
def breaches(request: MemberRequest, key: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """Every limit missed under one proposal, or those of one promise."""
    view = view_of(request, key)
    run = deeds.find_replay(request.member, view.contract, entry)
    result, rank = deeds.result_of(run), _rank(request.GET.get("de", "0"))
    if rank >= len(result):
        raise Http404
    found = breaches_of(result[rank], request.GET.get("engagement", ""), request.GET.get("priorite", ""))
    named = _("Délais manqués : %(name)s") % {"name": result[rank]["name"]}
    context = {
        **frame(request, view, page="replay_breaches", tab="replays", named=named),
        "run": run,
        "rank": rank,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "replays/breaches.html", context)


@require_GET
def ticket(request: MemberRequest, key: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """The clock of one ticket under one proposal: every minute counted or not, with its reason and its article."""
    view = view_of(request, key)
    run = deeds.find_replay(request.member, view.contract, entry)
    rank, number = _rank(request.GET.get("de", "0")), request.GET.get("numero", "")
    told = deeds.explain_ticket(request.member, run, rank, number)
    zone = zone_of(told.results)
    context = {
        **frame(request, view, page="replay_ticket", tab="replays", named=_("Ticket %(number)s") % {"number": number}),
        "run": run,
        "rank": rank,
        "number": number,
        "told": told,
        "others": [(other, mark_of(other), one["name"]) for other, one in enumerate(run.proposals) if other != rank],
        "lines": lines_of(told.results, told.article),
        "events": events_of(told.ticket, zone),
        "zone": str(zone),
    }
    return render(request, "replays/ticket.html", context)


def _act(request: MemberRequest, contract: uuid.UUID, run: ReplayRun) -> HttpResponse:
    asked, now = request.POST.get("faire", ""), timezone.now()
    try:
        if asked == "supprimer":
            deeds.remove_replay(request.member, run)
            say(request, _("Essai supprimé."))
            return redirect("replays", contract)
        (deeds.replay_again if asked == "reprendre" else deeds.stop_replay)(request.member, run, now=now)
    except MistakesError as error:
        say(request, " ".join(f"{one.message} {one.suggestion}" for one in error.mistakes))
    return redirect("replay", contract, run.pk)


def _taken(posted: MultiValueDict[str, str]) -> Taken:
    """Which tickets are asked for; what cannot be read of them is told together."""
    found = [_key(one) for one in posted.getlist("source")]
    chosen = tuple(one for one in found if one is not None)
    if posted.get("historique") != "prete":
        return Taken(sources=chosen, client_name=posted.get("client", "")[:200])
    counts = {name: "".join(posted.get(name, "").split()) for name in ("equipements", "parmi", "tirage")}
    wrong = [name for name, written in counts.items() if not written.isdecimal() or len(written) > 7 or not int(written)]
    if wrong:
        told = {
            "equipements": _("Écrivez le nombre d’équipements de ce client."),
            "parmi": _("Écrivez le nombre d’équipements derrière ces tickets."),
            "tirage": _("Écrivez un numéro de tirage."),
        }
        raise MistakesError([Mistake(name, told[name]) for name in wrong])
    like = Likeness(assets=int(counts["equipements"]), among=int(counts["parmi"]), seed=int(counts["tirage"]))
    return Taken(sources=chosen, like=like)


def _key(written: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(written)
    except ValueError:
        return None


def _assets_of(terms: Terms) -> int:
    """The assets of the contract's inventory."""
    return sum(line.count for line in terms.inventory.value or ())


def _rank(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 3 else 99
