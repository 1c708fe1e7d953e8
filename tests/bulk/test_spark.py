"""The same expression on a Spark cluster: `pytest -m spark`, in an environment that has pyspark and Java 17 (`make spark`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from convenu.bulk.measuring import BulkMeasure
from convenu.bulk.spark import SparkMeasure
from convenu.service.clock import Verdict
from convenu.service.tables import consumed, histogram, summary
from tests.bulk.test_measuring import one_by_one, together

pytestmark = [pytest.mark.spark, pytest.mark.timeout(600)]
# Two executors of one core, each a process of its own: rows travel between them as on several machines.
CLUSTER = "local-cluster[2,1,2048]"


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    begun = (
        SparkSession.builder.master(CLUSTER)
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.executor.memory", "1g")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    begun.sparkContext.setLogLevel("ERROR")
    yield begun
    begun.stop()


def test_a_cluster_counts_each_ticket_as_the_clock_does_and_as_duckdb(session: Any) -> None:
    results = one_by_one(2000)
    table, rows, parts = together(results)
    cluster, here = SparkMeasure(table, session), BulkMeasure(table)
    for engine in (cluster, here):
        engine.rows(rows, parts)
    counted = {row["ticket"]: row for row in cluster.ask(consumed(table))}
    assert len(counted) == len(results)
    assert {number: (row["consumed"], bool(row["met"])) for number, row in counted.items()} == {
        number: (one.consumed, one.verdict is Verdict.MET) for number, one in enumerate(results)
    }
    for question in (summary(table), histogram(table, 3600)):
        assert as_set(cluster.ask(question)) == as_set(here.ask(question))
    here.close()


def as_set(rows: list[dict[str, Any]]) -> Counter[tuple[tuple[str, int], ...]]:
    return Counter(tuple(sorted((name, int(value)) for name, value in row.items())) for row in rows)
