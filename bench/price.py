"""Price and costing of a client with some 2,000 assets, ten thousand years drawn; a true-up and a year of its invoices by the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench.measure import Line, median
from convenu.agreement.costing.costs import read_costs
from convenu.agreement.costing.quote import costing, offer
from convenu.agreement.scoping import read_answers, scope
from convenu.facts.tickets import Ticket
from convenu.facts.worked_time import Level, WorkDecision, WorkedTime
from convenu.library import loader
from convenu.library.costing import assumptions
from convenu.service.proration import fee_between
from convenu.service.quantities import Population
from convenu.service.time_statement import sums, time_statement
from convenu.service.true_up import true_up
from convenu.terms.closed_lists import ClientSegment
from convenu.vocabulary import yaml_text

RUNS = 10
EXAMPLES = Path(__file__).parents[1] / "examples"
START = date(2027, 1, 1)


def measure() -> Iterator[Line]:
    """The largest example: 1,900 users, 2,007 assets, six lines."""
    terms = scope(read_answers((EXAMPLES / "brevandre.answers.yaml").read_bytes()), loader.french())
    costs = read_costs(yaml_text.read((EXAMPLES / "couts.yaml").read_bytes()))
    assumed, population = assumptions()[ClientSegment.GRANDE_ENTREPRISE], Population.declared(terms)
    assert sum(population.assets.values()) > 2000

    def quoted() -> None:
        offer(terms)
        assert costing(terms, costs=costs, assumptions=assumed).margin is not None

    whole = median(quoted, runs=RUNS)
    yield Line(what="2,000 assets priced and costed, 10,000 draws", seconds=whole, runs=RUNS, promise="under 1 s", kept=whole < 1)
    yield Line(what="A true-up of every line", seconds=median(lambda: true_up(terms, population, on=START), runs=RUNS), runs=RUNS)
    fee = offer(terms).monthly
    days = [START + timedelta(days=rank) for rank in range(366)]
    by_day = median(lambda: [fee_between(fee, day, day + timedelta(days=1)) for day in days], runs=RUNS)
    yield Line(what="A year invoiced day by day", seconds=by_day, runs=RUNS)
    worked = median(lambda: sums(time_statement(terms, _tickets(), on=START).entries), runs=RUNS)
    yield Line(what="A year of 1,000 interventions cut, priced and summed", seconds=worked, runs=RUNS)


def _tickets() -> list[Ticket]:
    """A thousand of them, at every hour of a year, each some hours long."""
    since = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
    moments = [since + rank * 31_357 for rank in range(1_000)]
    return [
        Ticket(
            key=str(at), opened_at=at, priority="P3",
            worked=(WorkedTime(minutes=10 + at % 290, at=at, level=Level.N2, decision=WorkDecision.BILLED),),
        )
        for at in moments
    ]  # fmt: skip
