"""How far each contract of a list is and what was found on it: kept with a digest of what it was computed from."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Sum

from convenu.actions.contract_view import ContractView, contract_view
from convenu.actions.drafted import law_day
from convenu.actions.permissions import Permission, require
from convenu.library import loader
from convenu.library.shelf import ReleaseNotShippedError
from convenu.store.models import Answer, Contract, ContractSummary, Dismissal, Membership


def summaries_of(member: Membership, contracts: Sequence[Contract], *, now: datetime) -> list[ContractSummary | None]:
    """The summary of each contract, in their order; only those that changed since are written and checked again.

    None for a contract whose release is not installed here: it waits for the update, and the others are told.
    """
    require(member, Permission.SEE)
    keys = [contract.pk for contract in contracts]
    kept = {summary.contract_id: summary for summary in ContractSummary.objects.filter(contract__in=keys)}
    answers = answer_changes(keys)
    dismissals = _changes(Dismissal.objects.filter(contract__in=keys).values("contract").annotate(Count("pk"), Max("at")))
    found: list[ContractSummary | None] = []
    for contract in contracts:
        on = law_day(contract, now)
        digest = _digest(contract, on, answers.get(contract.pk), dismissals.get(contract.pk))
        summary = kept.get(contract.pk)
        if summary is None or summary.digest != digest:
            summary = _made(member, contract, on, digest)
        found.append(summary)
    return found


def _made(member: Membership, contract: Contract, on: date, digest: str) -> ContractSummary | None:
    try:
        return _kept_anew(contract_view(member, contract, on=on), digest)
    except ReleaseNotShippedError:
        return None


def answer_changes(keys: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, Any]:
    """For each contract, what moves whenever one of its answers does."""
    return _changes(Answer.objects.filter(contract__in=keys).values("contract").annotate(changes=Count("*"), versions=Sum("version")))


def _changes(counted: Any) -> Mapping[uuid.UUID, Any]:
    """What moves whenever a row of the contract does: answers count their changes, dismissals come, go and are dated."""
    return {one.pop("contract"): one for one in counted}


def _digest(contract: Contract, on: date, *changes: Any) -> str:
    """The library installed, the day of the law, the contract's own row (its defaults change only with it) and what was said since."""
    library = loader.current()
    seen = [library.hash, library.law.edition, on, contract.updated_at, contract.library_hash, *changes]
    return hashlib.sha256(json.dumps(seen, default=str, sort_keys=True).encode()).hexdigest()


def _kept_anew(view: ContractView, digest: str) -> ContractSummary:
    fields = {
        "digest": digest,
        "answered": view.answered,
        "applicable": view.applicable,
        **asdict(view.findings.tally),
        "open_points": len(view.open_points),
        "blocking_titles": [one.finding.title for one in view.findings.blocking],
        "has_next_question": view.next_question is not None,
    }
    # A page of somebody else may have kept it in between: its row then stays, and says the same.
    if not ContractSummary.objects.filter(contract=view.contract).update(**fields):
        ContractSummary.objects.bulk_create([ContractSummary(contract=view.contract, **fields)], ignore_conflicts=True)
    return ContractSummary(contract=view.contract, **fields)
