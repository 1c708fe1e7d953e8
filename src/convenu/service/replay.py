"""Terms tried on past tickets: what would have been kept, what would have been missed, and what it would have cost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from convenu.facts.interruptions import Interruption
from convenu.facts.tickets import Evidence, Ticket, tickets_hash
from convenu.service.clock import Result, Verdict, measured
from convenu.service.commitments import Commitment
from convenu.service.contract import ServiceContract
from convenu.service.credits import Credits, credits_due
from convenu.service.limits import limit
from convenu.service.proportion import wilson
from convenu.terms.contract import Terms
from convenu.terms.files import terms_hash
from convenu.vocabulary.money import Money
from convenu.vocabulary.span import Span

# Told of each ticket measured; what it raises stops the work.
Watch = Callable[[], None]
# A distribution has a bar for each tenth of the target, up to twice it, and one for all that is longer.
TENTHS = 20


def unwatched() -> None:
    """Nobody waits for this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attainment:
    """What became of one commitment at one priority; `target` is in seconds when it does not depend on the date.

    `computed` are the results that count.
    """

    commitment: Commitment
    priority: str
    span: Span | None
    target: int | None
    promised: float | None
    results: tuple[Result, ...]
    computed: tuple[Result, ...]

    @property
    def breaches(self) -> tuple[Result, ...]:
        """The limits missed, the latest ones first."""
        missed = [result for result in self.results if result.verdict is Verdict.MISSED]
        return tuple(sorted(missed, key=lambda one: ((one.target or 0) - (one.consumed or 0), one.ticket)))

    @property
    def met(self) -> int:
        """How many were kept."""
        return sum(result.verdict is Verdict.MET for result in self.results)

    @property
    def attainment(self) -> float | None:
        """The share kept; None without any ticket."""
        of = len(self.computed)
        return self.met / of if of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of that share."""
        of = len(self.computed)
        return wilson(self.met, of) if of else None

    @property
    def times(self) -> tuple[int, ...]:
        """How many consumed up to each tenth of their target, from one tenth to twice the target, then more."""
        counts = [0] * (TENTHS + 1)
        for result in self.computed:
            if result.target:
                counts[min(TENTHS, max(0, (result.consumed or 0) * 10 - 1) // result.target)] += 1
        return tuple(counts)

    @property
    def evidence(self) -> Counter[Evidence]:
        """How many of the tickets that count are known by each level of evidence."""
        return Counter(result.evidence for result in self.computed)

    @property
    def not_computed(self) -> Counter[str]:
        """Why some have no verdict."""
        return Counter(result.reason for result in self.results if result.verdict is Verdict.NOT_COMPUTABLE)

    @property
    def running(self) -> int:
        """How many were not over and not late."""
        return sum(result.verdict is Verdict.RUNNING for result in self.results)

    @property
    def out_of_hours(self) -> int:
        """Seconds outside the service hours that the limits would have asked somebody to work or watch."""
        return sum(_out_of_hours(result) for result in self.results)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """One proposal tried on past tickets."""

    tickets: int
    results: tuple[Result, ...]
    attainments: tuple[Attainment, ...]
    not_computed: Counter[str]
    computed: int
    evidence: Counter[Evidence]
    credits: Credits
    as_of: int
    hashes: dict[str, object]

    def of(self, commitment: Commitment, priority: str) -> Attainment | None:
        """The attainment of one commitment at one priority."""
        return next((one for one in self.attainments if (one.commitment, one.priority) == (commitment, priority)), None)


def replay(
    terms: Terms,
    tickets: Sequence[Ticket],
    *,
    as_of: int,
    interruptions: Sequence[Interruption] = (),
    left_out: Iterable[str] = (),
    monthly_fee: Money | None = None,
    watch: Watch = unwatched,
) -> Replay:
    """Try terms on tickets as they were known at an instant; `left_out` gives the reason of each ticket that could not be read."""
    contract = ServiceContract.of(terms)
    results: list[Result] = []
    not_computed = Counter(left_out)
    left = not_computed.total()
    computed = 0
    for ticket in tickets:
        found = measured(ticket, contract, as_of=as_of, interruptions=interruptions)
        results += found
        if any(result.computed for result in found):
            computed += 1
        else:
            not_computed[_why(found)] += 1
        watch()
    return Replay(
        tickets=len(tickets) + left, results=tuple(results), attainments=_attainments(terms, results, contract),
        not_computed=not_computed, computed=computed, evidence=Counter(ticket.evidence for ticket in tickets),
        credits=credits_due(terms, results, monthly_fee=monthly_fee), as_of=as_of,
        hashes={"terms": terms_hash(terms), "calendars": contract.calendar_hashes, "tickets": tickets_hash(tickets)},
    )  # fmt: skip


def _why(results: Sequence[Result]) -> str:
    """Why a ticket has no verdict at all: that it is not over, else what its record lacks, else that nothing is promised."""
    if any(result.verdict is Verdict.RUNNING for result in results):
        return "ticket en cours, dans ses délais"
    lacking = [result for result in results if result.verdict is Verdict.NOT_COMPUTABLE]
    judged = next((result for result in lacking if result.start is not None), None)
    if lacking:
        return (judged or lacking[0]).reason
    return next((result.reason for result in results if result.reason), "aucun engagement pour ce ticket")


def _attainments(terms: Terms, results: Iterable[Result], contract: ServiceContract) -> tuple[Attainment, ...]:
    """One for each commitment and priority that promises something, in their order; days of silence have one for all priorities."""
    grouped: dict[tuple[Commitment, str], list[Result]] = defaultdict(list)
    for result in results:
        if result.span is not None:
            grouped[result.commitment, result.priority].append(result)
    shares = dict(terms.attainment_target.value.items()) if terms.attainment_target.value else {}
    order = list(Commitment)
    found = []
    for (commitment, priority), group in sorted(grouped.items(), key=lambda item: (order.index(item[0][0]), item[0][1])):
        span, promised = group[0].span, shares.get(priority) if commitment.by_priority else None
        one = None if span is None else limit(span, contract.always, contract.always)
        found.append(
            Attainment(
                commitment=commitment,
                priority=priority,
                span=span,
                target=one.seconds if one else None,
                promised=float(promised.value) / 100 if promised is not None else None,
                results=tuple(group),
                computed=tuple(result for result in group if result.computed),
            )
        )
    return tuple(found)


def _out_of_hours(result: Result) -> int:
    """Seconds outside the service hours between the start of a limit at any hour and its end, or its due moment when that is earlier."""
    if result.clock is None or result.hours is None or result.clock is result.hours or result.start is None or result.until is None:
        return 0
    end = result.until if result.due is None else min(result.until, result.due)
    return max(0, end - result.start - result.hours.between(result.start, max(end, result.start)))
