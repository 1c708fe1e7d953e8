"""What the past says of each promise of time in a draft: for the screen and the lawyer's note, never for the contract's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from convenu.actions.replay_proposals import promises_digest
from convenu.actions.replays import evidence_in_words, result_of
from convenu.facts.tickets import Evidence
from convenu.service.commitments import Commitment
from convenu.service.resampling import Likeness
from convenu.store.models import Contract, ReplayRun
from convenu.store.work import WorkState
from convenu.terms.contract import Terms
from convenu.vocabulary import french
from convenu.vocabulary.span import Span

# The replays looked through for one of today's draft: an older one says little of what is promised now.
_LOOKED_THROUGH = 10
# Where each limit is stated in the contract.
_CLAUSES = {Commitment.UPDATE: "service_clock", Commitment.REQUEST: "time_targets"}
_ANNEX = "annex_service_levels"


@dataclass(frozen=True, slots=True)
class PromisePast:
    """One promise and what the past says of it, in words."""

    clause: str
    promise: str
    said: str
    short: bool


@dataclass(frozen=True, slots=True)
class DraftPast:
    """What the last replay of a draft says, promise by promise; `caution` is what must be told with it."""

    replay: ReplayRun
    at: datetime
    promises: tuple[PromisePast, ...]
    caution: str


def past_of_draft(contract: Contract, terms: Terms) -> DraftPast | None:
    """The last replay of exactly these promises; none when they were never tried, or have changed since."""
    digest = promises_digest(terms)
    runs = ReplayRun.objects.filter(contract=contract, state=WorkState.DONE).defer("result")
    for run in islice(runs, _LOOKED_THROUGH):
        for rank, proposal in enumerate(run.proposals):
            if proposal["digest"] == digest:
                told = result_of(run)[rank]
                judged = tuple(_promise(one) for one in told["commitments"] if one["ci95"])
                return DraftPast(run, run.at, judged, _caution(run, told["evidence"]))
    return None


def _caution(run: ReplayRun, evidence: Mapping[str, int]) -> str:
    """That the tickets are lent, and that their whole history is not known."""
    lent = [Likeness(**run.drawn).told] if run.drawn else []
    known = (
        [] if set(evidence) <= {Evidence.FULL_HISTORY.value} else [_("Preuve : %(evidence)s.") % {"evidence": evidence_in_words(evidence)}]
    )
    return " ".join([*lent, *known])


def _promise(told: Mapping[str, Any]) -> PromisePast:
    commitment = Commitment(told["kind"])
    low, high = told["ci95"]
    said = _("%(share)s tenus sur %(tickets)s tickets (entre %(low)s et %(high)s)") % {
        "share": french.share(told["attainment"]),
        "tickets": told["tickets"],
        "low": french.share(low),
        "high": french.share(high),
    }
    promised = told["promised"]
    if promised is not None:
        said += _(" ; promis : %(share)s") % {"share": french.share(promised)}
    return PromisePast(
        clause=_CLAUSES.get(commitment, _ANNEX),
        promise=f"{commitment.label} {told['priority']}, {french.span(Span.parse(told['target']))}",
        said=said,
        short=promised is not None and high < promised,
    )
