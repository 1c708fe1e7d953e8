"""The time spent on tickets, by period and by what becomes of it: in the flat fee, invoiced, or still to be decided.

What the record of a ticket says decides; what it does not say is never invoiced. Prices are those of the contract, prepaid hours first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from convenu.facts.tickets import Ticket, TicketKind
from convenu.facts.worked_time import Level, WorkDecision, WorkedTime, WorkPlace
from convenu.service.contract import ServiceContract
from convenu.service.hour_packs import HourBook, LedgerLine, PackPurchase
from convenu.service.open_time import OpenTime
from convenu.service.work import Part, Work, WorkLine, work_lines, work_mistakes
from convenu.service.work_periods import Period, Stretch, WorkPeriods
from convenu.terms.closed_lists import ChannelKind
from convenu.terms.contract import Terms
from convenu.terms.values import HourPack
from convenu.vocabulary import french
from convenu.vocabulary.clause_ref import ClauseRef
from convenu.vocabulary.mistakes import Mistake
from convenu.vocabulary.money import Money, total

DECIDES = ClauseRef("coverage_and_exclusions")
_WORK = ClauseRef("billable_work", ("hourly_rates", "uplifts"))
# One entry longer than this is the sum of several visits: when each took place is not told.
_LONGEST_STRETCH = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeEntry:
    """One piece of work on a ticket: when, how long by period, what becomes of it and why, and its lines when it is invoiced."""

    ticket: str
    day: date
    minutes: int
    level: Level | None
    place: WorkPlace | None
    periods: tuple[tuple[Period, int], ...]
    decision: WorkDecision
    reason: str
    clause: ClauseRef
    lines: tuple[WorkLine, ...] = ()

    @property
    def amount(self) -> Money:
        """What is invoiced for it."""
        return total([line.amount for line in self.lines])

    @property
    def drawn(self) -> int:
        """The minutes taken on the prepaid hours."""
        return sum(line.drawn for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStatement:
    """The entries in the order of their days; the prepaid hours through time (None: the contract has no pack); what could not be read."""

    entries: tuple[TimeEntry, ...]
    book: tuple[LedgerLine, ...] | None
    balance: int
    until: date | None
    mistakes: tuple[Mistake, ...]

    def of_month(self, month: date) -> tuple[TimeEntry, ...]:
        """The entries of a month."""
        return tuple(one for one in self.entries if one.day.replace(day=1) == month)

    @property
    def months(self) -> tuple[date, ...]:
        """The months that hold some work, the latest first."""
        return tuple(sorted({one.day.replace(day=1) for one in self.entries}, reverse=True))


@dataclass(frozen=True, slots=True)
class TimeSums:
    """Minutes by period and decision, by level, and what is invoiced, of some entries."""

    by_period: dict[Period, Counter[WorkDecision]]
    by_level: Counter[Level | None]
    decided: Counter[WorkDecision]
    amount: Money
    drawn: int

    @property
    def minutes(self) -> int:
        """All of them."""
        return self.decided.total()


def sums(entries: Iterable[TimeEntry]) -> TimeSums:
    """The totals of some entries; the minutes of the periods sum to those of the entries."""
    found: dict[Period, Counter[WorkDecision]] = {}
    levels: Counter[Level | None] = Counter()
    decided: Counter[WorkDecision] = Counter()
    amounts, drawn = [], 0
    for one in entries:
        for period, minutes in one.periods:
            found.setdefault(period, Counter())[one.decision] += minutes
        levels[one.level] += one.minutes
        decided[one.decision] += one.minutes
        amounts.append(one.amount)
        drawn += one.drawn
    ordered = {period: found[period] for period in Period if period in found}
    return TimeSums(ordered, levels, decided, total(amounts), drawn)


def time_statement(terms: Terms, tickets: Iterable[Ticket], *, purchases: Sequence[PackPurchase] = (), on: date) -> TimeStatement:
    """What becomes of the time spent on tickets; `purchases` are the packs bought, and the balance is that of the day `on`.

    Terms without service hours raise `NoCalendarError`.
    """
    contract, periods = ServiceContract.of(terms), WorkPeriods(terms)
    pack = terms.hour_pack.value
    mistakes = list(periods.unread)
    book = HourBook(pack, purchases) if pack and _has_an_end(pack, mistakes) else None
    if purchases and pack is None:
        told = "Répondez à « Carnet d’heures », ou retirez ces achats."
        mistakes.append(Mistake("hour_pack", "des carnets sont achetés, mais le contrat n’en prévoit aucun", told))
    entries = tuple(_entry(terms, one, periods, book) for one in _in_order(contract, tickets))
    # What was drawn later than a day does not change that day's balance: the ledger tells it.
    balance = _balance(book, on) if book else 0
    return TimeStatement(
        entries=entries, book=tuple(book.ledger) if book else None, balance=balance, until=book.until if book and book.ledger else None,
        mistakes=tuple(mistakes),
    )  # fmt: skip


def _has_an_end(pack: HourPack, mistakes: list[Mistake]) -> bool:
    """Whether the validity of a pack leads to a day; one in working hours, or in parts of a month, is told."""
    try:
        pack.validity.after(date.min)
    except ValueError:
        told = f"une validité de {french.span(pack.validity)} ne mène à aucun jour : le carnet n’est pas tenu"
        mistakes.append(Mistake("hour_pack", told, "Donnez-la en jours, en semaines, en mois ou en années entiers."))
        return False
    return True


def _balance(book: HourBook, on: date) -> int:
    book.go_to(on)
    before = [line for line in book.ledger if line.day <= on]
    return before[-1].balance if before else 0


@dataclass(frozen=True, slots=True)
class _Done:
    """Some work with its ticket, the hours that it is counted in and its day."""

    ticket: Ticket
    worked: WorkedTime
    hours: OpenTime
    day: date


def _in_order(contract: ServiceContract, tickets: Iterable[Ticket]) -> list[_Done]:
    found = [
        _Done(ticket, worked, hours, hours.local(worked.at if worked.at is not None else ticket.opened_at).date())
        for ticket in tickets
        if ticket.worked
        for hours in [contract.open_time(ticket)]
        for worked in ticket.worked
    ]
    return sorted(found, key=lambda one: (one.day, one.worked.at or one.ticket.opened_at, one.ticket.key))


def _entry(terms: Terms, done: _Done, periods: WorkPeriods, book: HourBook | None) -> TimeEntry:
    stretches = _stretches(done, periods)
    minutes = _whole_minutes(stretches)
    by_period: Counter[Period] = Counter()
    for stretch, count in zip(stretches, minutes, strict=True):
        by_period[stretch.period] += count
    decision, reason, clause, lines = _decided(terms, done, periods, list(zip(stretches, minutes, strict=True)), book)
    return TimeEntry(
        ticket=done.ticket.key, day=done.day, minutes=done.worked.minutes, level=done.worked.level, place=done.worked.place,
        periods=tuple(by_period.items()), decision=decision, reason=reason, clause=clause, lines=lines,
    )  # fmt: skip


def _stretches(done: _Done, periods: WorkPeriods) -> tuple[Stretch, ...]:
    at, minutes = done.worked.at, done.worked.minutes
    if at is None or minutes > _LONGEST_STRETCH:
        return (Stretch(Period.UNTOLD, minutes * 60),)
    return periods.split(done.hours, at, at + minutes * 60)


def _whole_minutes(stretches: Sequence[Stretch]) -> list[int]:
    """The minutes of each stretch, which sum to those of the work: each is cut at the minutes gone by since its beginning."""
    gone, found = 0, []
    for stretch in stretches:
        found.append((gone + stretch.seconds) // 60 - gone // 60)
        gone += stretch.seconds
    return found


def _decided(
    terms: Terms, done: _Done, periods: WorkPeriods, stretches: Sequence[tuple[Stretch, int]], book: HourBook | None
) -> tuple[WorkDecision, str, ClauseRef, tuple[WorkLine, ...]]:  # fmt: skip
    """What becomes of some work, why, by which clause, and its lines."""
    if done.worked.decision is WorkDecision.INCLUDED:
        return WorkDecision.INCLUDED, "compris, dit le ticket", DECIDES, ()
    if done.worked.decision is WorkDecision.UNDECIDED:
        return WorkDecision.UNDECIDED, _hint(terms, done), DECIDES, ()
    rate, why = _rate(terms, done.worked.level)
    if rate is None:
        return WorkDecision.UNDECIDED, f"facturé, dit le ticket, mais {why}", _WORK, ()
    travel, told = _travel(terms, done.worked.place)
    parts = tuple(_parts(periods, stretches))
    work = Work(day=done.day, what=done.ticket.key, rate=rate, parts=parts, travel=travel)
    wrong = work_mistakes(terms, work, done.ticket.key)
    if wrong:
        return WorkDecision.UNDECIDED, "; ".join(one.message for one in wrong), _WORK, ()
    return WorkDecision.BILLED, f"facturé, dit le ticket{told}", _WORK, work_lines(terms, work, book)


def _travel(terms: Terms, place: WorkPlace | None) -> tuple[bool, str]:
    """Whether the journey is invoiced; where the contract leaves some free, what the record does not tell is left to be decided."""
    if place is not WorkPlace.ON_SITE or terms.travel_fee.value is None:
        return False, ""
    free = [f"gratuit jusqu’à {terms.travel_zone.value} km"] if terms.travel_zone.value is not None else []
    free += [f"{terms.onsite_visits.value} visites par an comprises"] if terms.onsite_visits.value is not None else []
    if free or terms.travel_zone.unknown or terms.onsite_visits.unknown:
        return False, f" ; déplacement à décider ({', '.join(free) or 'conditions à convenir'})"
    return True, ""


def _hint(terms: Terms, done: _Done) -> str:
    """Why nothing is invoiced yet, and the line of the contract's table that may apply."""
    limit = terms.small_request_limit.value
    told = "le ticket ne dit pas la ligne retenue"
    if done.ticket.kind is TicketKind.REQUEST and limit is not None and done.worked.minutes > limit.minutes():
        return f"{told} ; une demande de plus de {french.span(limit)} se facture si aucune ligne précédente ne convient"
    calls = terms.on_call_included_calls.value
    if done.ticket.channel == ChannelKind.ON_CALL_PHONE and calls is not None:
        return f"{told} ; l’astreinte comprend {calls} appels par mois"
    return told


def _rate(terms: Terms, level: Level | None) -> tuple[str | None, str]:
    """The rate of a level: the only one, or the one whose label names it; else why there is none."""
    labels = [one.label for one in terms.hourly_rates.value or ()]
    if not labels:
        return None, "le contrat n’a aucun taux horaire"
    if len(labels) == 1:
        return labels[0], ""
    if level is None:
        return None, "le niveau n’est pas dit et le contrat a plusieurs taux"
    named = [label for label in labels if level.label.casefold() in label.casefold()]
    return (named[0], "") if len(named) == 1 else (None, f"aucun taux du contrat ne nomme le seul niveau {level.label}")


def _parts(periods: WorkPeriods, stretches: Iterable[tuple[Stretch, int]]) -> Iterator[Part]:
    """The minutes of each uplift, together."""
    found: Counter[tuple[str, bool]] = Counter()
    for stretch, minutes in stretches:
        uplift = periods.uplift(stretch)
        found[uplift.period if uplift else "", stretch.period in (Period.SERVICE, Period.UNTOLD)] += minutes
    yield from (Part(minutes, uplift, in_hours) for (uplift, in_hours), minutes in found.items() if minutes)
