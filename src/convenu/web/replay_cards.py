"""A replay as its page shows it: each promise under each proposal, with its drawing and the words and figures that say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from convenu.actions.replays import evidence_in_words
from convenu.facts.tickets import Evidence
from convenu.service.commitments import Commitment
from convenu.service.replay import TENTHS
from convenu.service.solver import LEVELS
from convenu.vocabulary import french
from convenu.vocabulary.money import Money
from convenu.vocabulary.span import Span
from convenu.web.charts import Distribution, distribution

# A drawing in a table's cell is stretched to it: only its width counts, in hundredths.
WIDE = 100


@dataclass(frozen=True, slots=True)
class Share:
    """One promise under one proposal: what was kept, how sure it is, and where it stands on a scale of a hundred."""

    rank: int
    mark: str
    proposal: str
    target: str
    tickets: int
    met: int
    missed: int
    share: str
    between: str
    promised: str
    low: float
    high: float
    at: float
    promised_at: float | None
    short: bool
    hours: str
    evidence: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """One kind of limit at one priority, under each proposal that makes it."""

    kind: str
    label: str
    priority: str
    shares: tuple[Share, ...]

    @property
    def judged(self) -> bool:
        """Whether any ticket of any proposal has a verdict."""
        return any(one.share for one in self.shares)

    @property
    def outside(self) -> bool:
        """Whether it asks for work out of the service hours."""
        return any(one.hours for one in self.shares)


@dataclass(frozen=True, slots=True)
class Times:
    """The times of one promise against its target: drawn, a column for each tenth of it, and counted in words."""

    label: str
    priority: str
    target: str
    drawn: Distribution
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The credits of one month under each proposal, in words and as a part of the highest."""

    label: str
    amounts: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """The tightest limits of one promise, one for each level."""

    label: str
    priority: str
    tickets: int
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gained:
    """What other hours would have changed, promise by promise; an estimate."""

    hours: str
    added: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Breach:
    """A limit missed."""

    ticket: str
    label: str
    priority: str
    opened: datetime
    due: datetime | None
    reached: datetime | None
    consumed: str
    target: str
    article: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One proposal of a replay."""

    rank: int
    mark: str
    name: str
    tickets: int
    computed: int
    left: tuple[tuple[str, int], ...]
    evidence: tuple[tuple[str, int], ...]
    times: tuple[Times, ...]
    kept: tuple[Kept, ...]
    gained: tuple[Gained, ...]
    breaches: int
    credits: str
    credits_reason: str
    spread: tuple[tuple[str, str], ...]
    hashes: tuple[tuple[str, str], ...]


def cards_of(result: Sequence[Mapping[str, Any]]) -> tuple[Card, ...]:
    """Each proposal of a result."""
    return tuple(_card(rank, one) for rank, one in enumerate(result))


def promises_of(result: Sequence[Mapping[str, Any]]) -> tuple[Promise, ...]:
    """Each promise that any proposal makes, with its share under each, in the order of the contract's annex."""
    found: dict[tuple[str, str], list[Share]] = {}
    for rank, one in enumerate(result):
        for attained in one["commitments"]:
            found.setdefault((attained["kind"], attained["priority"]), []).append(_share(rank, one, attained))
    order = [commitment.value for commitment in Commitment]
    return tuple(
        Promise(kind, Commitment(kind).label, priority, tuple(shares))
        for (kind, priority), shares in sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    )


def untold(promises: Iterable[Promise]) -> tuple[tuple[str, str], ...]:
    """The promises that no ticket could judge, together by the reason."""
    by_reason: dict[str, list[str]] = {}
    for promise in promises:
        if not promise.judged:
            reasons = dict.fromkeys(reason for one in promise.shares for reason in one.reasons)
            by_reason.setdefault(" ; ".join(reasons) or _("aucun ticket terminé"), []).append(f"{promise.label} {promise.priority}")
    return tuple((french.enumeration(names), reason) for reason, names in by_reason.items())


def months_of(result: Sequence[Mapping[str, Any]]) -> tuple[Month, ...]:
    """The credits month by month; none when no proposal owes any."""
    by_month: dict[str, dict[int, Decimal]] = {}
    for rank, one in enumerate(result):
        for told in one["credits"]["by_month"]:
            by_month.setdefault(told["month"], {})[rank] = Money.parse(told["amount"]).amount
    highest = max((amount for amounts in by_month.values() for amount in amounts.values()), default=Decimal(0))
    if not highest:
        return ()
    return tuple(
        Month(
            french.month(date.fromisoformat(f"{month}-01")),
            tuple(
                (mark_of(rank), french.euros(Money(amounts.get(rank, Decimal(0)))), float(WIDE * amounts.get(rank, Decimal(0)) / highest))
                for rank in range(len(result))
            ),
        )
        for month, amounts in sorted(by_month.items())
    )


def breaches_of(told: Mapping[str, Any], kind: str = "", priority: str = "") -> list[Breach]:
    """The limits missed under one proposal, all or those of one promise, the latest ones first in each."""
    return [
        _breach(attained, one)
        for attained in told["commitments"]
        if (not kind or attained["kind"] == kind) and (not priority or attained["priority"] == priority)
        for one in attained["breaches"]
    ]


def mark_of(rank: int) -> str:
    """The letter by which a proposal is told in drawings and tables."""
    return "ABCD"[rank]


def _card(rank: int, one: Mapping[str, Any]) -> Card:
    owed = one["credits"]
    return Card(
        rank=rank,
        mark=mark_of(rank),
        name=one["name"],
        tickets=one["tickets"],
        computed=one["computed"],
        left=tuple((told["reason"], told["count"]) for told in one["not_computed"]),
        evidence=tuple((Evidence(kind).label, count) for kind, count in one["evidence"].items()),
        times=tuple(_times(attained) for attained in one["commitments"] if any(attained["tenths_of_target"])),
        kept=tuple(_kept(one["tightest"])),
        gained=tuple(_gained(one["longer_hours"])),
        breaches=sum(len(attained["breaches"]) for attained in one["commitments"]),
        credits="" if owed["reason"] else french.euros(Money.parse(owed["total"])),
        credits_reason=owed["reason"],
        spread=tuple(
            (label, french.euros(Money.parse(owed["distribution"][name]))) for name, label in _spreads() if name in owed["distribution"]
        ),
        hashes=tuple(_hashes(one["hashes"])),
    )


def _hashes(told: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    yield _("termes"), told["terms"]
    yield _("tickets"), told["tickets"]
    for days in told["calendars"].values():
        for day, value in days.items():
            yield _("calendrier depuis %(day)s") % {"day": day}, value


def _spreads() -> tuple[tuple[str, str], ...]:
    """The places of a distribution, from the calmest month to the worst."""
    return (("p10", _("un mois calme (10 %)")), ("p50", _("un mois moyen")), ("p90", _("un mois dur (90 %)")), ("max", _("le pire")))


def _share(rank: int, proposal: Mapping[str, Any], told: Mapping[str, Any]) -> Share:
    low, high = told["ci95"] or (0.0, 0.0)
    attained, promised = told["attainment"], told["promised"]
    return Share(
        rank=rank,
        mark=mark_of(rank),
        proposal=proposal["name"],
        target=span_in_words(told["target"]),
        tickets=told["tickets"],
        met=told["met"],
        missed=len(told["breaches"]),
        share="" if attained is None else french.share(attained),
        between="" if attained is None else _("%(low)s à %(high)s") % {"low": french.share(low), "high": french.share(high)},
        promised="" if promised is None else french.share(promised),
        low=round(WIDE * low, 2),
        high=round(WIDE * max(high - low, 0.004), 2),
        at=round(WIDE * (attained or 0), 2),
        promised_at=None if promised is None else round(WIDE * promised, 2),
        # Said only where the past leaves no doubt: the whole interval is under what is promised.
        short=attained is not None and promised is not None and high < promised,
        hours=french.number(round(told["out_of_hours_seconds"] / 3600)) if told["out_of_hours_seconds"] else "",
        # Where all the tickets are known alike, it is said once, above.
        evidence=evidence_in_words(told.get("evidence", {})) if len(proposal["evidence"]) > 1 else "",
        reasons=tuple(one["reason"] for one in told["not_computed"]),
    )


def _times(told: Mapping[str, Any]) -> Times:
    counts, target = told["tenths_of_target"], Decimal(10)
    bars = [(Decimal(rank), Decimal(rank + 1), count) for rank, count in enumerate(counts)]
    return Times(
        label=Commitment(told["kind"]).label,
        priority=told["priority"],
        target=span_in_words(told["target"]),
        drawn=distribution(bars, [(_("délai"), target)], bad_from=target),
        counts=tuple((_tenth(rank), count) for rank, count in enumerate(counts) if count),
    )


def _tenth(rank: int) -> str:
    if rank == TENTHS:
        return _("plus de deux fois le délai")
    return _("de %(low)s à %(high)s %% du délai") % {"low": 10 * rank, "high": 10 * (rank + 1)}


def _kept(told: Iterable[Mapping[str, Any]]) -> Iterable[Kept]:
    by_promise: dict[tuple[str, str], dict[int, Mapping[str, Any]]] = {}
    for one in told:
        by_promise.setdefault((one["kind"], one["priority"]), {})[one["level"]] = one
    for (kind, priority), levels in by_promise.items():
        targets = tuple(span_in_words(levels[level]["target"]) or _("aucun") for level in LEVELS)
        yield Kept(Commitment(kind).label, priority, levels[LEVELS[0]]["tickets"], targets)


def _gained(told: Iterable[Mapping[str, Any]]) -> Iterable[Gained]:
    by_hours: dict[tuple[str, int], list[tuple[str, str, str]]] = {}
    for one in told:
        if one["met"] > one["met_before"]:
            label = f"{Commitment(one['kind']).label} {one['priority']}"
            before, after = french.share(one["met_before"] / one["tickets"]), french.share(one["met"] / one["tickets"])
            by_hours.setdefault((one["hours"], one["weekly_minutes_added"]), []).append((label, before, after))
        else:
            by_hours.setdefault((one["hours"], one["weekly_minutes_added"]), [])
    for (hours, minutes), changes in by_hours.items():
        yield Gained(hours, french.length(60 * minutes), tuple(changes))


def _breach(attained: Mapping[str, Any], one: Mapping[str, Any]) -> Breach:
    return Breach(
        ticket=one["ticket"],
        label=Commitment(attained["kind"]).label,
        priority=attained["priority"],
        opened=datetime.fromisoformat(one["started"]),
        due=datetime.fromisoformat(one["due"]) if one["due"] else None,
        reached=datetime.fromisoformat(one["reached"]) if one["reached"] else None,
        consumed=french.length(one["consumed_seconds"]),
        target=french.length(one["target_seconds"]),
        article=one["article"],
        notes=tuple(one["notes"]),
    )


def span_in_words(written: str | None) -> str:
    """« 4 heures ouvrées » of the form kept; empty for none."""
    return french.span(Span.parse(written)) if written and written != "None" else ""
