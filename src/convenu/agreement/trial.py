"""Terms tried on the past before they are signed: what each promise would have kept, missed and cost, with the article that says it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from convenu.agreement.assemble import assemble
from convenu.agreement.check import place_of
from convenu.agreement.derived import monthly_fee
from convenu.agreement.library import Library
from convenu.facts.interruptions import Interruption
from convenu.facts.tickets import Ticket
from convenu.service.clock import Result
from convenu.service.credits import Credits, distribution
from convenu.service.explanation import Stretch, explain
from convenu.service.replay import Attainment, Replay, Watch, replay, unwatched
from convenu.service.resampling import Likeness, resampled
from convenu.service.solver import Gain, Tightest, gains, tightest
from convenu.terms.contract import Terms
from convenu.vocabulary.clause_ref import ClauseRef
from convenu.vocabulary.contract_text import ContractText
from convenu.vocabulary.instants import written
from convenu.vocabulary.money import total

MOST_PROPOSALS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The tickets that terms are tried on, what stopped everybody's work, and why some tickets could not be read; never empty."""

    tickets: Sequence[Ticket]
    interruptions: Sequence[Interruption] = ()
    left_out: Sequence[str] = ()

    @property
    def as_of(self) -> int:
        """The last instant that they speak of: what was not over then is running."""
        return max(ticket.last_seen for ticket in self.tickets)

    def like(self, like: Likeness) -> Past:
        """A past for a client who has none, drawn from this one; never empty, for want of tickets one is drawn."""
        drawn = resampled(self.tickets, like)
        return Past(tickets=drawn or resampled(self.tickets[:1], Likeness(1, 1, like.seed)), interruptions=self.interruptions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One proposal tried: its name, its replay, the contract that gives its articles, and what the solver found when asked."""

    name: str
    done: Replay
    text: ContractText
    tightest: tuple[Tightest, ...] = ()
    gains: tuple[Gain, ...] = ()

    def article(self, clause: ClauseRef) -> str:
        """The article of a clause in this contract; empty when the contract lacks it."""
        return article_in(self.text, clause)


def article_in(text: ContractText, clause: ClauseRef) -> str:
    """The article of a clause in a contract; empty when the contract lacks it."""
    section = text.section(clause.key)
    return place_of(section) if section else ""


def tried(name: str, terms: Terms, past: Past, library: Library, *, on: date, solved: bool, watch: Watch = unwatched) -> Trial:
    """Try terms on the past, written with a library as of a day of the law; solved, with the tightest limits and longer hours.

    `watch` is told of each ticket, twice when solved.
    """
    as_of = past.as_of
    done = replay(
        terms, past.tickets, as_of=as_of, interruptions=past.interruptions, left_out=past.left_out, monthly_fee=monthly_fee(terms),
        watch=watch,
    )  # fmt: skip
    calendars = terms.service_hours.value or ()
    text = assemble(terms, library, on=on)
    if not solved or not calendars:
        return Trial(name=name, done=done, text=text)
    found = tightest(terms, past.tickets, as_of=as_of, interruptions=past.interruptions, watch=watch, done=done)
    return Trial(name=name, done=done, text=text, tightest=found, gains=gains(done, calendars[0]))


def trial_as_json(one: Trial, *, with_stretches: bool, solved: bool) -> dict[str, Any]:
    """One proposal as the command line, the API and the pages give it; seconds are whole, shares between 0 and 1, instants UTC."""
    done = one.done
    return {
        "tickets": done.tickets,
        "computed": done.computed,
        "not_computed": _counted(done.not_computed.most_common()),
        "evidence": {evidence.value: count for evidence, count in sorted(done.evidence.items())},
        "as_of": written(done.as_of),
        "commitments": [_attainment(attained, one, with_stretches=with_stretches) for attained in done.attainments],
        "credits": _credits(done.credits),
        **(
            {"tightest": [_tightest(found) for found in one.tightest], "longer_hours": [_gain(gain) for gain in one.gains]}
            if solved
            else {}
        ),
        "hashes": done.hashes,
    }


def _attainment(attained: Attainment, one: Trial, *, with_stretches: bool) -> dict[str, Any]:
    interval = attained.interval
    return {
        "kind": attained.commitment.value,
        "priority": attained.priority,
        "target": str(attained.span),
        "target_seconds": attained.target,
        "promised": attained.promised,
        "tickets": len(attained.computed),
        "met": attained.met,
        "attainment": _rounded(attained.attainment),
        "ci95": None if interval is None else [_rounded(bound) for bound in interval],
        "evidence": {evidence.value: count for evidence, count in sorted(attained.evidence.items())},
        "running": attained.running,
        "not_computed": _counted(attained.not_computed.most_common()),
        "out_of_hours_seconds": attained.out_of_hours,
        "tenths_of_target": list(attained.times),
        "breaches": [result_as_json(breach, one, with_stretches=with_stretches) for breach in attained.breaches],
    }


def result_as_json(result: Result, one: Trial, *, with_stretches: bool) -> dict[str, Any]:
    """One commitment of one ticket, with the article that promises it."""
    stretches = [_stretch(stretch, one) for stretch in explain(result)] if with_stretches else []
    return {
        "ticket": result.ticket,
        "verdict": result.verdict.value,
        "started": _moment(result.start),
        "due": _moment(result.due),
        "reached": _moment(result.reached),
        "consumed_seconds": result.consumed,
        "target_seconds": result.target,
        "evidence": result.evidence.value,
        "clause": result.clause.key,
        "article": one.article(result.clause),
        "notes": list(result.notes),
        **({"stretches": stretches} if with_stretches else {}),
    }


def _stretch(stretch: Stretch, one: Trial) -> dict[str, Any]:
    return {
        "from": written(stretch.start), "to": written(stretch.end), "seconds": stretch.seconds, "counted": stretch.counted,
        "reason": stretch.reason, "clause": stretch.clause.key, "article": one.article(stretch.clause),
    }  # fmt: skip


def _credits(owed: Credits) -> dict[str, Any]:
    amounts = list(owed.by_month.values())
    return {
        "reason": owed.reason,
        "by_month": [{"month": f"{month:%Y-%m}", "amount": str(amount)} for month, amount in owed.by_month.items()],
        "total": str(total(amounts)),
        "distribution": {name: str(amount) for name, amount in distribution(amounts).items()} if amounts else {},
        "due": [
            {
                "month": f"{one.month:%Y-%m}", "service": one.service, "kind": one.commitment.value, "priority": one.priority,
                "tickets": one.tickets, "attainment_percent": str(round(one.attainment, 2)), "promised_percent": str(one.promised),
                "credit_percent": str(one.share), "amount": str(one.amount),
            }
            for one in owed.due
        ],
    }  # fmt: skip


def _tightest(found: Tightest) -> dict[str, Any]:
    return {
        "kind": found.commitment.value, "priority": found.priority, "level": found.level, "tickets": found.tickets,
        "seconds": found.seconds, "target": None if found.written is None else str(found.written),
    }  # fmt: skip


def _gain(gain: Gain) -> dict[str, Any]:
    return {
        "hours": gain.hours, "weekly_minutes_added": gain.weekly_minutes_added, "kind": gain.commitment.value, "priority": gain.priority,
        "tickets": gain.tickets, "met": gain.met, "met_before": gain.met_before, "estimate": True,
    }  # fmt: skip


def _counted(reasons: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    return [{"reason": reason, "count": count} for reason, count in reasons]


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _moment(moment: int | None) -> str | None:
    return None if moment is None else written(moment)
