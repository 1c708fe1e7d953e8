"""What an MSP's own tickets say of a client's demand: how many a month by priority, and the credits that the replay would have owed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from convenu.agreement.costing.assumptions import Range
from convenu.facts.tickets import Ticket
from convenu.facts.worked_time import Level
from convenu.vocabulary.money import Money

_LOW, _HIGH = 10, 90


# Fewer tickets than this make no mean.
ENOUGH = 30


@dataclass(frozen=True, slots=True)
class Spent:
    """The mean minutes of a ticket by level, over so many tickets that tell them."""

    minutes: Mapping[Level, Decimal]
    tickets: int


@dataclass(frozen=True, slots=True)
class History:
    """The tickets of each whole month by priority, and the credits of each month replayed (empty when none was replayed).

    `spent` is what a ticket of a priority took, measured by the tool, where enough of them tell it.
    """

    months: Mapping[date, Counter[str]]
    credits: tuple[Money, ...] = ()
    spent: Mapping[str, Spent] = field(default_factory=dict)

    def by_priority(self) -> dict[str, Range]:
        """For each priority, the tickets of a month: the lowest tenth of the months, their mean, the highest tenth."""
        every = sorted({priority for month in self.months.values() for priority in month})
        return {priority: _range([Decimal(month[priority]) for month in self.months.values()]) for priority in every}


def history_of(tickets: Iterable[Ticket], *, credits_by_month: Sequence[Money] = ()) -> History:
    """Count tickets by the UTC month they were opened in; the first and last months, seldom whole, are left out when others remain."""
    months: dict[date, Counter[str]] = {}
    told: dict[str, list[Counter[Level]]] = {}
    for ticket in tickets:
        if spent := _levels(ticket):
            told.setdefault(ticket.priority, []).append(spent)
        opened = datetime.fromtimestamp(ticket.opened_at, UTC).date().replace(day=1)
        months.setdefault(opened, Counter())[ticket.priority] += 1
    every = list(_every_month(months))
    whole = every[1:-1] if len(every) > 2 else every
    return History({month: months.get(month, Counter()) for month in whole}, tuple(credits_by_month), dict(_spent(told)))


def _levels(ticket: Ticket) -> Counter[Level]:
    """The minutes of a ticket by level; nothing when some of them have no level, for the others would pass for the whole."""
    found: Counter[Level] = Counter()
    for one in ticket.worked:
        if one.level is None:
            return Counter()
        found[one.level] += one.minutes
    return found


def _spent(told: Mapping[str, list[Counter[Level]]]) -> Iterator[tuple[str, Spent]]:
    """The means of each priority that enough tickets tell."""
    for priority, every in told.items():
        if len(every) >= ENOUGH:
            levels = [level for level in Level if any(one[level] for one in every)]
            yield priority, Spent({level: Decimal(sum(one[level] for one in every)) / len(every) for level in levels}, len(every))


def _every_month(months: Iterable[date]) -> Iterator[date]:
    """From the first to the last, those without a ticket included."""
    ordered = sorted(months)
    month = ordered[0] if ordered else None
    while month is not None and month <= ordered[-1]:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _range(counts: list[Decimal]) -> Range:
    ordered = sorted(counts)
    mean = sum(ordered, Decimal(0)) / len(ordered)

    def place(hundredth: int) -> Decimal:
        return ordered[max(0, -(-len(ordered) * hundredth // 100) - 1)]

    return Range(min(place(_LOW), mean), mean, max(place(_HIGH), mean))
