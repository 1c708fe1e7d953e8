"""Proposals for a contract tried on past tickets behind the pages, kept with the hashes of all they were drawn from, and compared."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from convenu.actions import background
from convenu.actions.background import Progress
from convenu.actions.contract_library import library_of
from convenu.actions.current_terms import read
from convenu.actions.drafted import law_day
from convenu.actions.look_up import NotFoundError, row
from convenu.actions.mistakes import refuse
from convenu.actions.past_tickets import Taken, interruptions_of, past_of, readable, ticket_of
from convenu.actions.permissions import Permission, require
from convenu.actions.replay_proposals import DRAFT, choices, promises_digest, proposed
from convenu.agreement.assemble import assemble
from convenu.agreement.trial import MOST_PROPOSALS, article_in, trial_as_json, tried
from convenu.facts.tickets import Evidence, Ticket
from convenu.service.clock import Result, measured
from convenu.service.contract import ServiceContract
from convenu.service.resampling import Likeness
from convenu.store.models import Contract, Membership, ReplayRun, StoredTicket, TicketSource
from convenu.store.work import WorkState
from convenu.terms.contract import Terms
from convenu.terms.files import as_data
from convenu.vocabulary import french
from convenu.vocabulary.clause_ref import ClauseRef
from convenu.vocabulary.contract_text import ContractText


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One ticket under one proposal of a replay: each of its commitments, and the contract that gives the articles."""

    name: str
    ticket: Ticket
    results: tuple[Result, ...]
    text: ContractText

    def article(self, clause: ClauseRef) -> str:
        """The article of a clause; empty when the contract lacks it."""
        return article_in(self.text, clause)


@transaction.atomic
def begin_replay(member: Membership, contract: Contract, *, keys: Sequence[str], taken: Taken, now: datetime) -> ReplayRun:
    """Try proposals on past tickets, behind the pages; the terms of each are copied now, for the draft may move."""
    require(member, Permission.TRY_PROMISES)
    kept = row(Contract, contract.pk)
    wanted, found = tuple(dict.fromkeys(keys)), found_of_last(kept)
    labels = {choice.key: choice.label for choice in choices(member, kept, found)}
    if not 0 < len(wanted) <= MOST_PROPOSALS or not set(wanted) <= set(labels):
        refuse("proposals", _("Choisissez de une à %(most)s propositions.") % {"most": MOST_PROPOSALS})
    if not taken.sources or TicketSource.objects.filter(pk__in=taken.sources).count() != len(taken.sources):
        refuse("sources", _("Choisissez d’où viennent les tickets."))
    if not readable(taken).exists():
        refuse("client_name", _("Aucun ticket lisible ne répond à ce choix."))
    run = ReplayRun(
        contract=kept,
        proposals=[_copied(key, labels[key], proposed(kept, key, found)) for key in wanted],
        sources=[str(one) for one in taken.sources],
        client_name=taken.client_name,
        drawn=asdict(taken.like) if taken.like else None,
        library_release=kept.library_release,
        library_hash=kept.library_hash,
        house_version=kept.house_version,
        law_day=law_day(kept, now),
        at=now,
        by=member.user,
    )
    background.begin(run)
    return run


@transaction.atomic
def stop_replay(member: Membership, run: ReplayRun, *, now: datetime) -> None:
    """Stop a replay."""
    require(member, Permission.TRY_PROMISES)
    background.ask_to_stop(run, now=now)


@transaction.atomic
def replay_again(member: Membership, run: ReplayRun, *, now: datetime) -> None:
    """Begin again a replay that failed, was stopped, or was left alone."""
    require(member, Permission.TRY_PROMISES)
    background.begin_again(run, now=now)


@transaction.atomic
def remove_replay(member: Membership, run: ReplayRun) -> None:
    """Remove a replay that nobody needs any more."""
    require(member, Permission.TRY_PROMISES)
    row(ReplayRun, run.pk, to_change=True).delete()


def replays_of(member: Membership, contract: Contract) -> QuerySet[ReplayRun]:
    """The replays of a contract, the latest first, without their results."""
    require(member, Permission.SEE)
    return ReplayRun.objects.filter(contract=contract).defer("result").select_related("by")


def find_replay(member: Membership, contract: Contract, key: uuid.UUID) -> ReplayRun:
    """A replay of a contract."""
    require(member, Permission.SEE)
    found = ReplayRun.objects.filter(contract=contract, pk=key).select_related("by", "house_version").first()
    if found is None:
        raise NotFoundError(ReplayRun)
    return found


def last_replay(contract: Contract) -> ReplayRun | None:
    """The latest replay of a contract that ended."""
    return ReplayRun.objects.filter(contract=contract, state=WorkState.DONE).first()


def result_of(run: ReplayRun) -> list[dict[str, Any]]:
    """What each proposal gave, with its name, in the form of `trial_as_json`; empty before the end."""
    return _read(run.result) if run.result else []


def evidence_in_words(told: Mapping[str, int]) -> str:
    """How much is known of the tickets that a figure is drawn from, as a result tells it: « historique complet (12) »."""
    return " ; ".join(f"{Evidence(kind).label} ({french.number(count)})" for kind, count in told.items())


def found_of_last(contract: Contract) -> dict[str, Any] | None:
    """What the last replay that ended found of its first proposal: what could be promised comes from there."""
    last = last_replay(contract)
    return result_of(last)[0] if last else None


def behind(run: ReplayRun, terms: Terms) -> bool:
    """Whether the draft that a replay tried has other promises now, or its tickets were imported again."""
    tried_then = [one["digest"] for one in run.proposals if one["key"] == DRAFT]
    moved = bool(tried_then) and promises_digest(terms) not in tried_then
    return moved or TicketSource.objects.filter(pk__in=run.sources, updated_at__gt=run.at).exists()


def taken_by(run: ReplayRun) -> Taken:
    """Which tickets a replay took."""
    like = Likeness(**run.drawn) if run.drawn else None
    return Taken(sources=tuple(uuid.UUID(one) for one in run.sources), client_name=run.client_name, like=like)


def explain_ticket(member: Membership, run: ReplayRun, rank: int, key: str) -> Explained:
    """Measure one ticket again under one proposal of a replay, as known at its end, so that every minute of it can be told."""
    require(member, Permission.SEE)
    taken = taken_by(run)
    ticket = ticket_of(taken, key)
    if not 0 <= rank < len(run.proposals) or run.as_of is None or ticket is None:
        raise NotFoundError(StoredTicket)
    proposal = run.proposals[rank]
    terms = read(proposal["terms"], over=Terms()).terms
    results = measured(ticket, ServiceContract.of(terms), as_of=run.as_of, interruptions=interruptions_of(taken.sources))
    return Explained(name=proposal["name"], ticket=ticket, results=results, text=assemble(terms, library_of(run), on=run.law_day))


def try_proposals(run: ReplayRun, progress: Progress) -> None:
    """Try every proposal on the same past."""
    past, library = past_of(taken_by(run)), library_of(run)
    progress.expect(2 * len(past.tickets) * len(run.proposals))
    told = []
    for proposal in run.proposals:
        terms = read(proposal["terms"], over=Terms()).terms
        one = tried(proposal["name"], terms, past, library, on=run.law_day, solved=True, watch=progress)
        told.append({"name": proposal["name"], **trial_as_json(one, with_stretches=False, solved=True)})
    run.result = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    run.result_hash = hashlib.sha256(run.result.encode()).hexdigest()
    run.tickets_hash, run.as_of = told[0]["hashes"]["tickets"], past.as_of
    run.save(update_fields=["result", "result_hash", "tickets_hash", "as_of"])


def _copied(key: str, name: str, terms: Terms) -> dict[str, Any]:
    return {"key": key, "name": name, "digest": promises_digest(terms), "terms": as_data(terms)}


@lru_cache(maxsize=4)
def _read(written: str) -> list[dict[str, Any]]:
    """A page of a replay reads its result again for each part of it."""
    found: list[dict[str, Any]] = json.loads(written)
    return found
