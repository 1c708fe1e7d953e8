"""Price and costing of a client with some 2,000 assets, ten thousand years drawn; a true-up and a year of its invoices by the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bench.measure import Line, median
from convenu.agreement.costing.costs import read_costs
from convenu.agreement.costing.quote import costing, offer
from convenu.agreement.scoping import read_answers, scope
from convenu.library import loader
from convenu.library.costing import assumptions
from convenu.service.proration import fee_between
from convenu.service.quantities import Population
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
