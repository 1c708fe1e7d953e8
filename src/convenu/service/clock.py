"""The clocks of a ticket: for each commitment when it started, when it was reached, what was consumed, when it fell due.

Each clock is on its own: only the events that its commitment names reach it. A pause subtracts the seconds of the clock that it covers and
nothing else. A change of priority or of terms keeps what was consumed: the new limit is counted from the start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, partial
from itertools import pairwise

from convenu.facts.interruptions import Interruption
from convenu.facts.tickets import EventKind, Evidence, Ticket
from convenu.service.commitments import Commitment, commitments_of
from convenu.service.contract import NoCalendarError, ServiceContract
from convenu.service.episodes import Episode, episodes
from convenu.service.limits import Limit, NotCountableError, limit
from convenu.service.open_time import NeverOpenError, OpenTime
from convenu.service.waits import Spell, disjoint, interrupted, pauses
from convenu.terms.closed_lists import ChannelKind, OnCall
from convenu.terms.contract import Terms
from convenu.vocabulary.clause_ref import ClauseRef
from convenu.vocabulary.dated import NotInForceError
from convenu.vocabulary.span import Span, SpanUnit

LOWEST = 4


class Verdict(StrEnum):
    """What became of a commitment."""

    MET = "met"
    MISSED = "missed"
    RUNNING = "running"
    NO_COMMITMENT = "no_commitment"
    NOT_COMPUTABLE = "not_computable"

    @property
    def label(self) -> str:
        """In the words of a report."""
        return {
            "met": "tenu",
            "missed": "manqué",
            "running": "en cours",
            "no_commitment": "aucun engagement",
            "not_computable": "non calculable",
        }[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One commitment of one ticket; seconds are those of `clock`, and `reason` says why there is no verdict.

    `due` is None while a pause lasts that no end is known of. `spells` are the pauses and the like, counted or not, since the start.
    """

    ticket: str
    commitment: Commitment
    priority: str
    verdict: Verdict
    clause: ClauseRef
    evidence: Evidence
    opened_at: int
    service: str = ""
    span: Span | None = None
    start: int | None = None
    reached: int | None = None
    until: int | None = None
    due: int | None = None
    target: int | None = None
    consumed: int | None = None
    reason: str = ""
    clock: OpenTime | None = None
    hours: OpenTime | None = None
    spells: tuple[Spell, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def computed(self) -> bool:
        """Whether it counts in an attainment."""
        return self.verdict in (Verdict.MET, Verdict.MISSED)


@dataclass(frozen=True, slots=True)
class _Regime:
    """A priority and terms from an instant on; `raised` when the priority was raised then."""

    since: int
    priority: str
    terms: Terms
    raised: bool = False


def measured(
    ticket: Ticket,
    contract: ServiceContract,
    *,
    as_of: int,
    interruptions: Sequence[Interruption] = (),
    commitments: Iterable[Commitment] | None = None,
) -> tuple[Result, ...]:
    """Every commitment that concerns a ticket (or those asked), and those it became when reopened too late, as known at `as_of`."""
    wanted = commitments_of(ticket) if commitments is None else tuple(commitments)
    try:
        parts = episodes(ticket, contract)
    except (NotCountableError, NoCalendarError, NeverOpenError, NotInForceError) as error:
        return tuple(_uncountable(ticket, one, error) for one in wanted)
    clocks = [_TicketClock(part, contract, as_of, interruptions) for part in parts]
    return tuple(clock.measure(one) for clock in clocks for one in wanted)


def _uncountable(ticket: Ticket, commitment: Commitment, error: Exception) -> Result:
    reasons = {NoCalendarError: "aucune Plage de service n’est convenue", NeverOpenError: "la Plage de service n’ouvre jamais assez"}
    reason = error.reason if isinstance(error, NotInForceError) else reasons.get(type(error), str(error))
    return Result(
        ticket=ticket.key, commitment=commitment, priority=ticket.priority, verdict=Verdict.NOT_COMPUTABLE,
        clause=ClauseRef("service_clock"), evidence=ticket.evidence, reason=reason, opened_at=ticket.opened_at, service=ticket.service,
    )  # fmt: skip


class _TicketClock:
    """One ticket under one contract: what its clocks share is worked out once."""

    def __init__(self, episode: Episode, contract: ServiceContract, as_of: int, interruptions: Sequence[Interruption]) -> None:
        self.ticket, self.closed = episode.ticket, episode.closed
        self.contract, self.as_of, self.interruptions = contract, as_of, interruptions
        self._steady = self._one_regime()

    def measure(self, commitment: Commitment) -> Result:
        """One commitment, or why it has no verdict."""
        try:
            return self._measure(commitment)
        except (NotCountableError, NoCalendarError, NeverOpenError, NotInForceError) as error:
            return _uncountable(self.ticket, commitment, error)

    def _measure(self, commitment: Commitment) -> Result:
        regime = (self._steady or self._regimes(commitment, self._end(self._reached(commitment))))[-1]
        promised = self.contract.promise(regime.terms, commitment, regime.priority)
        told = partial(
            Result, ticket=self.ticket.key, commitment=commitment, priority=regime.priority, clause=promised.clause,
            evidence=self.ticket.evidence, span=promised.span, opened_at=self.ticket.opened_at, service=self.ticket.service,
        )  # fmt: skip
        if promised.span is None and promised.known:
            return told(verdict=Verdict.NO_COMMITMENT)
        if promised.span is None:
            return told(verdict=Verdict.NOT_COMPUTABLE, reason="ce délai n’est pas encore convenu")
        if not self._starts_a_clock:
            return told(verdict=Verdict.NO_COMMITMENT, reason=_NO_CHANNEL, clause=ClauseRef("support_channels", ("support_channels",)))
        if commitment.reached_by[0] not in self.ticket.records:
            return told(verdict=Verdict.NOT_COMPUTABLE, reason=_UNTOLD[commitment])
        one = limit(promised.span, self.contract.open_time(self.ticket), self.contract.always)
        counting = partial(told, clock=one.clock, hours=one.hours, spells=self._spells)
        start = self._start(one, regime)
        if commitment is Commitment.UPDATE:
            return self._silence(counting, one, start)
        reached = self._reached(commitment)
        return self._judged(partial(counting, start=start, reached=reached), commitment, one, start, reached)

    def _judged(self, told: Callable[..., Result], commitment: Commitment, one: Limit, start: int, reached: int | None) -> Result:
        """The result with what was consumed, the target, the due moment and the verdict."""
        end = self._end(reached)
        target = one.seconds_from(start)
        due = self._due(one.clock, start, target)
        notes: list[str] = []
        for floor in self._floors(commitment, end):
            if due is not None and floor > due:
                due, target = floor, self._consumed(one.clock, start, floor)
                notes.append("après le relèvement de priorité, le temps minimal laissé repousse l’échéance")
        consumed = self._consumed(one.clock, start, end)
        if self._was_missed_before(commitment, end):
            notes.append("la limite de la priorité précédente était déjà dépassée avant son changement")
        reason = self._doubt(consumed, target, reached=reached is not None)
        if reason:
            verdict = Verdict.NOT_COMPUTABLE
        elif consumed > target:
            verdict = Verdict.MISSED
        else:
            verdict = Verdict.RUNNING if reached is None else Verdict.MET
        return told(target=target, due=due, until=end, consumed=consumed, notes=tuple(notes), verdict=verdict, reason=reason)

    def _doubt(self, consumed: int, target: int, *, reached: bool) -> str:
        """Why what was recorded does not decide, empty when it does."""
        if consumed > target and self.ticket.evidence is Evidence.COUNTERS and consumed - (self.ticket.paused_seconds or 0) <= target:
            return "seule la durée de suspension comptée par l’outil ferait tenir ce délai : l’historique dirait si elle vaut"
        if consumed <= target and not reached and self._closed_unrestored is not None:
            return "ticket clos sans rétablissement"
        return ""

    def _silence(self, told: Callable[..., Result], one: Limit, start: int) -> Result:
        """The longest time without news to the caller, up to the end of the ticket."""
        ended = next((event.at for event in reversed(self.ticket.events) if event.kind in _END), None)
        end = self.as_of if ended is None else ended
        news = [event.at for event in self.ticket.events if event.kind in Commitment.UPDATE.reached_by and start < event.at <= end]
        silences = [(self._consumed(one.clock, *between), *between) for between in pairwise([start, *news, max(end, start)])]
        consumed, left, right = max(silences, key=lambda silence: (silence[0], -silence[1]))
        target = one.seconds_from(left)
        late = Verdict.MISSED if consumed > target else None
        return told(
            start=left, reached=None if ended is None else right, until=right, due=self._due(one.clock, left, target), target=target,
            consumed=consumed, verdict=late or (Verdict.RUNNING if ended is None else Verdict.MET),
        )  # fmt: skip

    def _reached(self, commitment: Commitment) -> int | None:
        """When the commitment was reached; a restoration undone by a reopening is not one."""
        found: int | None = None
        for event in self.ticket.events:
            if event.kind in commitment.reached_by:
                if commitment not in (Commitment.RESTORATION, Commitment.REQUEST):
                    return max(event.at, self.ticket.opened_at)
                found = event.at if found is None else found
            elif event.kind is EventKind.REOPENED:
                found = None
        return found

    def _end(self, reached: int | None) -> int:
        """Until when the clock of a commitment counts."""
        return self.as_of if reached is None else reached

    def _start(self, one: Limit, regime: _Regime) -> int:
        """The call itself in the service hours, or when the on-call service covers it; else the next opening."""
        opened = self.ticket.opened_at
        return opened if not one.span.in_service_time and self._on_call(regime) else one.hours.opening(opened)

    @property
    def _starts_a_clock(self) -> bool:
        """Whether the call came by a channel that the terms let start a clock; nobody knows by which one some came."""
        if not self.ticket.channel:
            return True
        terms = self.contract.terms_at(self.ticket, self.ticket.opened_at)
        channels = terms.support_channels.value
        if not channels:
            return True
        if self.ticket.channel == ChannelKind.ON_CALL_PHONE and terms.on_call.value not in (None, OnCall.NONE):
            return True
        return any(channel.starts_clock and channel.kind == self.ticket.channel for channel in channels)

    def _on_call(self, regime: _Regime) -> bool:
        if self.ticket.channel != ChannelKind.ON_CALL_PHONE:
            return False
        match regime.terms.on_call.value:
            case OnCall.P1:
                return regime.priority == "P1"
            case OnCall.PER_SERVICE:
                named = {name.casefold() for name in regime.terms.on_call_services.value or ()}
                return self.ticket.service.casefold() in named
            case _:
                return False

    def _regimes(self, commitment: Commitment, end: int) -> list[_Regime]:
        """Each priority and terms that the clock ran under, in order."""
        opened = self.ticket.opened_at
        if self._steady is not None:
            return self._steady
        changes: list[tuple[int, str, Terms | None]] = [
            (max(opened, event.at), event.priority, None)
            for event in self.ticket.events
            if event.kind is EventKind.PRIORITY and event.priority and event.at <= end
        ]
        versions = self.contract.versions(self.ticket, opened, max(opened, end))
        changes += [(since, "", terms) for since, terms in versions[1:]]
        if commitment is Commitment.RESTORATION and self._lowered is not None and self._lowered <= end:
            changes.append((self._lowered, "-", None))
        regimes = [_Regime(opened, self.ticket.priority, versions[0][1])]
        for since, priority, terms in sorted(changes, key=lambda change: change[0]):
            last = regimes[-1]
            named = _lower(last.priority) if priority == "-" else priority or last.priority
            regimes.append(_Regime(since, named, terms or last.terms, raised=named < last.priority))
        return regimes

    def _one_regime(self) -> list[_Regime] | None:
        """The one regime of a ticket that no change of priority, workaround or amendment touches."""
        if not self.contract.single:
            return None
        for event in self.ticket.events:
            if event.kind is EventKind.PRIORITY or event.kind is EventKind.WORKED_AROUND:
                return None
        return [_Regime(self.ticket.opened_at, self.ticket.priority, self.contract.terms_at(self.ticket, self.ticket.opened_at))]

    def _floors(self, commitment: Commitment, end: int) -> Iterable[int]:
        """For each time the priority was raised, the earliest moment when the new limit may fall due."""
        for regime in self._regimes(commitment, end):
            left = regime.terms.upgrade_time_left
            if regime.raised and left.unknown:
                raise NotCountableError("le temps laissé après un relèvement de priorité n’est pas encore convenu")
            if regime.raised and left.value is not None:
                one = limit(left.value, self.contract.open_time(self.ticket), self.contract.always)
                floor = self._due(one.clock, regime.since, one.seconds_from(regime.since))
                if floor is not None:
                    yield floor

    def _was_missed_before(self, commitment: Commitment, end: int) -> bool:
        """Whether a limit that a later change replaced had already passed at that change."""
        regimes = self._regimes(commitment, end)
        for regime, following in pairwise(regimes):
            span = self.contract.promise(regime.terms, commitment, regime.priority).span
            if span is not None and not following.raised:
                one = limit(span, self.contract.open_time(self.ticket), self.contract.always)
                start = self._start(one, regime)
                if following.since > start and self._consumed(one.clock, start, following.since) > one.seconds_from(start):
                    return True
        return False

    @cached_property
    def _lowered(self) -> int | None:
        """When a workaround without objection lowers the priority by one: the end of the following open day.

        A source that changes the priority by itself after the workaround has already said so.
        """
        done = next((event for event in self.ticket.events if event.kind is EventKind.WORKED_AROUND), None)
        if done is None:
            return None
        next_day = Span.of(1, SpanUnit.BUSINESS_DAYS)
        hours = self.contract.open_time(self.ticket)
        accepted = hours.after(done.at, limit(next_day, hours, self.contract.always).seconds_from(done.at))
        for event in self.ticket.events:
            if event.kind is EventKind.OBJECTED and done.at <= event.at <= accepted:
                return None
            if event.kind is EventKind.PRIORITY and event.at >= done.at:
                return None
        return accepted

    @cached_property
    def _closed_unrestored(self) -> int | None:
        """When the ticket was closed without any restoration."""
        if any(event.kind is EventKind.RESTORED for event in self.ticket.events):
            return None
        return next((event.at for event in self.ticket.events if event.kind is EventKind.CLOSED), None)

    @cached_property
    def _spells(self) -> tuple[Spell, ...]:
        """Every pause, interruption and closed time, counted or not, in order."""
        found = [*self.closed, *pauses(self.ticket, self.contract), *interrupted(self.ticket, self.interruptions, self.contract)]
        if self._closed_unrestored is not None:
            found.append(Spell(self._closed_unrestored, None, counted=False, reason="ticket clos", clause=ClauseRef("service_clock")))
        return tuple(sorted(found, key=lambda spell: spell.start))

    @cached_property
    def _uncounted(self) -> tuple[Spell, ...]:
        return disjoint(self._spells)

    def _consumed(self, clock: OpenTime, start: int, end: int) -> int:
        return counted(clock, start, end, self._uncounted)

    def _due(self, clock: OpenTime, start: int, seconds: int) -> int | None:
        return due_after(clock, start, seconds, self._uncounted)


def counted(clock: OpenTime, start: int, end: int, uncounted: Sequence[Spell]) -> int:
    """Seconds of a clock between two instants, outside spells in order and without overlap."""
    if end <= start:
        return 0
    passed = clock.between(start, end)
    for spell in uncounted:
        left, right = max(start, spell.start), end if spell.end is None else min(end, spell.end)
        if left < right:
            passed -= clock.between(left, right)
    return passed


def due_after(clock: OpenTime, start: int, seconds: int, uncounted: Sequence[Spell]) -> int | None:
    """The first moment when so many seconds were counted since the start; None when a spell without end comes before."""
    cursor, left = start, seconds
    for spell in uncounted:
        if spell.end is not None and spell.end <= cursor:
            continue
        free = clock.between(cursor, max(cursor, spell.start))
        if free >= left:
            break
        if spell.end is None:
            return None
        left, cursor = left - free, max(cursor, spell.end)
    return clock.after(cursor, left)


_END = (EventKind.RESTORED, EventKind.CLOSED)
_NO_CHANNEL = "demande reçue par un canal qui ne fait partir aucun délai"
_UNTOLD = {
    Commitment.ACKNOWLEDGEMENT: "la source ne dit pas quand l’accusé de réception est parti",
    Commitment.RESPONSE: "la source ne dit pas quand une personne a pris le ticket en charge",
    Commitment.WORKAROUND: "la source ne dit pas quand un contournement a été donné",
    Commitment.RESTORATION: "la source ne dit pas quand le service a été rétabli",
    Commitment.REQUEST: "la source ne dit pas quand la demande a été traitée",
    Commitment.UPDATE: "la source ne dit pas quand l’appelant a eu des nouvelles",
}


def _lower(priority: str) -> str:
    """The priority one rank below; the last one stays."""
    return f"P{min(LOWEST, int(priority[1:]) + 1)}"
