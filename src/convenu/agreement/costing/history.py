"""What an MSP's own tickets say of a client's demand: how many a month by priority, and the credits that the replay would have owed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from convenu.agreement.costing.assumptions import Range
from convenu.facts.tickets import Ticket
from convenu.vocabulary.money import Money

_LOW, _HIGH = 10, 90


@dataclass(frozen=True, slots=True)
class History:
    """The tickets of each whole month by priority, and the credits of each month replayed (empty when none was replayed)."""

    months: Mapping[date, Counter[str]]
    credits: tuple[Money, ...] = ()

    def by_priority(self) -> dict[str, Range]:
        """For each priority, the tickets of a month: the lowest tenth of the months, their mean, the highest tenth."""
        every = sorted({priority for month in self.months.values() for priority in month})
        return {priority: _range([Decimal(month[priority]) for month in self.months.values()]) for priority in every}


def history_of(tickets: Iterable[Ticket], *, credits_by_month: Sequence[Money] = ()) -> History:
    """Count tickets by the UTC month they were opened in; the first and last months, seldom whole, are left out when others remain."""
    months: dict[date, Counter[str]] = {}
    for ticket in tickets:
        opened = datetime.fromtimestamp(ticket.opened_at, UTC).date().replace(day=1)
        months.setdefault(opened, Counter())[ticket.priority] += 1
    every = list(_every_month(months))
    whole = every[1:-1] if len(every) > 2 else every
    return History({month: months.get(month, Counter()) for month in whole}, tuple(credits_by_month))


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
