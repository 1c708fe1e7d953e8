"""What one could have promised: the tightest limits kept for a share of past tickets, and what longer hours would have changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, inf

from convenu.facts.interruptions import Interruption
from convenu.facts.tickets import EventKind, Ticket, TicketKind
from convenu.service.clock import Result, Verdict, counted, due_after, measured
from convenu.service.commitments import Commitment
from convenu.service.contract import AROUND_THE_CLOCK, ServiceContract
from convenu.service.open_time import OpenTime
from convenu.service.replay import Replay, Watch, unwatched
from convenu.service.waits import disjoint
from convenu.terms.contract import Terms
from convenu.terms.values import PrioritySpans, ServiceCalendar
from convenu.vocabulary.span import Span, SpanUnit

LEVELS = (90, 95, 99)
_PRIORITIES = ("P1", "P2", "P3", "P4")
# A limit that nobody reaches: only what is consumed is read.
_TRIAL = 5000
_QUARTER, _HOUR = 900, 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Tightest:
    """The shortest limit of one commitment that enough tickets would have kept; seconds are None when too many never reached it.

    `written` is that limit rounded up to a quarter of an hour, or to an hour from two hours on.
    """

    commitment: Commitment
    priority: str
    level: int
    tickets: int
    seconds: int | None
    written: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What other hours of work would have changed for one commitment; an estimate."""

    hours: str
    weekly_minutes_added: int
    commitment: Commitment
    priority: str
    tickets: int
    met: int
    met_before: int


def tightest(
    terms: Terms,
    tickets: Sequence[Ticket],
    *,
    as_of: int,
    interruptions: Sequence[Interruption] = (),
    watch: Watch = unwatched,
    done: Replay | None = None,
) -> tuple[Tightest, ...]:
    """For each commitment and priority with incidents, the tightest limits kept at 90, 95 and 99 %.

    Each is counted as the terms count it today (service hours, or every hour); one that they do not promise, in the service hours.
    `done` is the replay of the same terms on the same tickets: what it counted is not counted again, as a limit changes nothing of it.
    """
    contract = ServiceContract.of(_on_trial(terms))
    consumed: dict[tuple[Commitment, str], list[float]] = defaultdict(list)
    round_the_clock: set[tuple[Commitment, str]] = set()
    counted_before = _counted_before(done, tickets)
    for ticket in tickets:
        watch()
        if ticket.kind is not TicketKind.INCIDENT:
            continue
        told = [commitment for commitment in _SOLVED if commitment.reached_by[0] in ticket.records]
        known = [counted_before[ticket.key, one] for one in told if (ticket.key, one) in counted_before]
        left = [one for one in told if (ticket.key, one) not in counted_before]
        anew = measured(ticket, contract, as_of=as_of, interruptions=interruptions, commitments=left) if left else ()
        for result in (*known, *anew):
            if result.clock is None or result.verdict is Verdict.NOT_COMPUTABLE:
                continue
            key = (result.commitment, result.priority)
            consumed[key].append(inf if result.reached is None else result.consumed or 0)
            if result.clock is not result.hours:
                round_the_clock.add(key)
    order = list(Commitment)
    return tuple(
        _tightest(key, sorted(consumed[key]), level, every_hour=key in round_the_clock)
        for key in sorted(consumed, key=lambda one: (order.index(one[0]), one[1]))
        for level in LEVELS
    )


def _counted_before(done: Replay | None, tickets: Sequence[Ticket]) -> dict[tuple[str, Commitment], Result]:
    """What a replay counted of each ticket and commitment; nothing of a ticket reopened, which may have become several."""
    if done is None or len({ticket.key for ticket in tickets}) < len(tickets):
        return {}
    whole = {ticket.key for ticket in tickets if all(event.kind is not EventKind.REOPENED for event in ticket.events)}
    return {(one.ticket, one.commitment): one for one in done.results if one.ticket in whole and one.verdict in _COUNTED}


_COUNTED = (Verdict.MET, Verdict.MISSED, Verdict.RUNNING)
_SOLVED = tuple(commitment for commitment in Commitment if commitment.by_priority)


def _tightest(key: tuple[Commitment, str], ordered: list[float], level: int, *, every_hour: bool) -> Tightest:
    found = ordered[ceil(level * len(ordered) / 100) - 1]
    seconds = None if found == inf else int(found)
    written = None if seconds is None else _written(seconds, every_hour=every_hour)
    return Tightest(commitment=key[0], priority=key[1], level=level, tickets=len(ordered), seconds=seconds, written=written)


def _written(seconds: int, *, every_hour: bool) -> Span:
    """A limit that one may write, never shorter."""
    if seconds <= 2 * _HOUR:
        minutes = max(1, -(-seconds // _QUARTER)) * _QUARTER // 60
        return Span(Decimal(minutes), SpanUnit.MINUTES if every_hour else SpanUnit.BUSINESS_MINUTES)
    return Span(Decimal(-(-seconds // _HOUR)), SpanUnit.HOURS if every_hour else SpanUnit.BUSINESS_HOURS)


def _on_trial(terms: Terms) -> Terms:
    """The same terms with limits that are never reached, each counted as it is today."""
    changes: dict[str, PrioritySpans] = {}
    for commitment in _SOLVED:
        today = terms.term(commitment.term).value
        spans = {}
        for priority in _PRIORITIES:
            span = getattr(today, priority, None)
            every_hour = span is not None and not span.in_service_time
            spans[priority] = Span.of(_TRIAL, SpanUnit.HOURS if every_hour else SpanUnit.BUSINESS_HOURS)
        changes[commitment.term] = PrioritySpans(**spans)
    return terms.replace(**changes)


def gains(done: Replay, calendar: ServiceCalendar) -> tuple[Gain, ...]:
    """What longer hours or an on-call shift would have changed, for what was promised and reached.

    Supposes that a ticket takes the same time of staffed hours, with the same pauses, and that work begins at the new opening; what was
    done out of hours is not undone. An estimate on the first calendar of the terms.
    """
    staffed = OpenTime.of(calendar)
    return tuple(
        Gain(
            hours=name,
            weekly_minutes_added=longer.week_minutes - calendar.week_minutes,
            commitment=one.commitment,
            priority=one.priority,
            tickets=len(one.computed),
            met=sum(_kept(result, staffed, clock) for result in one.computed),
            met_before=one.met,
        )
        for name, longer in _longer(calendar)
        for clock in [OpenTime.of(longer)]
        for one in done.attainments
        if one.commitment.by_priority and one.computed
    )


def _kept(result: Result, staffed: OpenTime, longer: OpenTime) -> bool:
    """Whether a result would be met with longer hours."""
    if result.verdict is Verdict.MET:
        return True
    if result.clock is None or result.start is None or result.reached is None or result.target is None:
        return False
    uncounted = disjoint(result.spells)
    work = counted(staffed, result.opened_at, result.reached, uncounted)
    sooner = due_after(longer, longer.opening(result.opened_at), work, uncounted)
    reached = result.reached if sooner is None else min(result.reached, sooner)
    return counted(result.clock, result.start, reached, uncounted) <= result.target


def _longer(calendar: ServiceCalendar) -> list[tuple[str, ServiceCalendar]]:
    """The same calendar with an hour more in the morning, in the evening, a Saturday morning, a shift at every hour."""
    earlier = {day: _shifted(calendar, number, before=60) for number, day in enumerate(_WEEK)}
    later = {day: _shifted(calendar, number, after=60) for number, day in enumerate(_WEEK)}
    saturday = {**calendar.hours, "sat": (*calendar.hours.get("sat", ()), "09:00-12:00")}
    always: dict[str, object] = {
        "hours": AROUND_THE_CLOCK.hours,
        "holidays": AROUND_THE_CLOCK.holidays,
        "closed": (),
        "exceptions": {},
        "seasons": (),
    }
    return [
        ("une heure plus tôt", calendar.model_copy(update={"hours": earlier})),
        ("une heure plus tard", calendar.model_copy(update={"hours": later})),
        ("le samedi de 9 h à 12 h", calendar.model_copy(update={"hours": saturday})),
        ("une astreinte à toute heure", calendar.model_copy(update=always)),
    ]


_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MIDNIGHT = 1440


def _shifted(calendar: ServiceCalendar, weekday: int, *, before: int = 0, after: int = 0) -> tuple[str, ...]:
    """The intervals of a weekday, its first opening and its last closing moved away from each other, within the day."""
    intervals = list(calendar.day_intervals(weekday))
    if not intervals:
        return ()
    start, end = intervals[0]
    intervals[0] = (max(0, start - before), end)
    start, end = intervals[-1]
    intervals[-1] = (start, max(end, min(_MIDNIGHT, end + after)))
    return tuple(f"{_clock(start)}-{_clock(end)}" for start, end in intervals)


def _clock(minutes: int) -> str:
    shown = minutes if minutes == _MIDNIGHT else minutes % _MIDNIGHT
    return f"{shown // 60:02d}:{shown % 60:02d}"
