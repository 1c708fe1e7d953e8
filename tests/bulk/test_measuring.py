"""Many tickets at once count as each ticket alone, on any engine of tables."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import ibis
import pytest
import sqlglot

from convenu.bulk.measuring import BulkMeasure, rows_of, sql
from convenu.facts.tickets import Event, EventKind, Ticket, WaitCause
from convenu.service.clock import Result, Verdict, measured
from convenu.service.commitments import Commitment
from convenu.service.contract import ServiceContract
from convenu.service.open_time import OpenTime
from convenu.service.tables import SLOTS, TICKETS, CalendarTable, calendar_table, consumed, histogram, summary
from convenu.terms.contract import Terms
from convenu.terms.values import ServiceCalendar

WEEK = ("mon", "tue", "wed", "thu", "fri")
EVERY = (*WEEK, "sat", "sun")
HOURS = [
    {"name": "Bureau", "hours": {day: ["08:30-12:30", "14:00-18:00"] for day in WEEK}, "holidays": "FR"},
    {"name": "Nuit", "hours": {day: ["22:00-06:00"] for day in EVERY}, "holidays": "none"},
    {"name": "Toujours", "hours": {day: ["00:00-24:00"] for day in EVERY}, "holidays": "none"},
    {
        "name": "Saint-Denis", "timezone": "Indian/Reunion", "holidays": "FR-RE",
        "hours": {day: ["07:00-12:00", "13:00-19:00"] for day in WEEK},
    },
]  # fmt: skip
TERMS = Terms.model_validate(
    {
        "service_hours": HOURS, "on_call": "no_on_call", "client_reply": "complete", "same_symptom_reopening": "none",
        "restoration_time": {"P1": "4 business_hours", "P2": "8 hours", "P3": "2 business_days", "P4": "5 days"},
        "clock_pauses": ["client_answer", "supplier"], "upgrade_time_left": "none",
    }
)  # fmt: skip
NAMES = ("Bureau", "Nuit", "Toujours", "Saint-Denis")
START = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp())
END = int(datetime(2026, 12, 31, tzinfo=UTC).timestamp())
CAUSES = tuple(WaitCause)


def tickets(count: int) -> list[Ticket]:
    """Random tickets over three years, most short, some for months, with pauses of every cause that may overlap their ends."""
    draw = random.Random(11)
    found = []
    for number in range(count):
        opened = draw.randint(START, END)
        length = min(90 * 86_400, int(draw.lognormvariate(10, 2)))
        events = [Event(opened + length, EventKind.RESTORED)]
        for _ in range(draw.choice((0, 0, 1, 2, 4))):
            began = opened + draw.randint(0, length)
            events += [
                Event(began, EventKind.PAUSED, cause=draw.choice(CAUSES)),
                Event(began + draw.randint(1, 1 + length), EventKind.RESUMED),
            ]
        found.append(
            Ticket(
                key=str(number), opened_at=opened, priority=draw.choice(("P1", "P2", "P3", "P4")),
                service=draw.choice(NAMES), events=tuple(events),
            )
        )  # fmt: skip
    return found


def one_by_one(count: int) -> list[Result]:
    contract = ServiceContract.of(TERMS)
    return [
        result
        for ticket in tickets(count)
        for result in measured(ticket, contract, as_of=END + 200 * 86_400, commitments=[Commitment.RESTORATION])
    ]


def together(results: list[Result]) -> tuple[CalendarTable, list[tuple[int, ...]], list[tuple[int, ...]]]:
    clocks: dict[int, OpenTime] = {id(one.clock): one.clock for one in results if one.clock is not None}
    numbers = {clock: number for number, clock in enumerate(clocks)}
    table = calendar_table({number: clocks[clock] for clock, number in numbers.items()}, START, END + 200 * 86_400)
    return table, *rows_of(results, numbers)


def disagreements(count: int) -> list[Result]:
    results = one_by_one(count)
    table, rows, parts = together(results)
    bulk = BulkMeasure(table)
    bulk.rows(rows, parts)
    counted = {row["ticket"]: row for row in bulk.ask(consumed(table))}
    bulk.close()
    assert len(counted) == len(results) == count
    assert parts, "some tickets paused more often than a row holds"
    return [
        one
        for number, one in enumerate(results)
        if counted[number]["consumed"] != one.consumed or counted[number]["met"] != (one.verdict is Verdict.MET)
    ]


def test_each_ticket_counts_the_same_alone_and_among_many() -> None:
    assert disagreements(2000) == []


@pytest.mark.slow
@pytest.mark.thorough
@pytest.mark.timeout(900)
def test_a_hundred_thousand_tickets_count_the_same_alone_and_together() -> None:
    assert disagreements(100_000) == []


@pytest.fixture(scope="module")
def small() -> tuple[list[Result], CalendarTable, list[tuple[int, ...]], list[tuple[int, ...]]]:
    results = one_by_one(400)
    return results, *together(results)


def test_the_summary_and_the_histogram_add_up_to_the_tickets(
    small: tuple[list[Result], CalendarTable, list[tuple[int, ...]], list[tuple[int, ...]]], tmp_path: Path
) -> None:
    results, table, rows, parts = small
    bulk = BulkMeasure(table, threads=1, memory="1GB")
    bulk.rows(rows, parts)
    files = bulk.save(tmp_path)
    bulk.close()
    again = BulkMeasure(table)
    again.files(*files)
    totals = again.ask(summary(table))
    assert sum(row["tickets"] for row in totals) == len(results)
    assert sum(row["met"] for row in totals) == sum(one.verdict is Verdict.MET for one in results)
    assert sum(row["consumed"] for row in totals) == sum(one.consumed or 0 for one in results)
    buckets: Counter[int] = Counter()
    for row in again.ask(histogram(table, 3600)):
        buckets[row["at_least"]] += row["tickets"]
    assert buckets == Counter(3600 * min((one.consumed or 0) // 3600, 999) for one in results)
    again.close()


def test_tickets_that_the_calendars_do_not_hold_are_refused(
    small: tuple[list[Result], CalendarTable, list[tuple[int, ...]], list[tuple[int, ...]]],
) -> None:
    _, _, rows, parts = small
    hours = dict.fromkeys(range(len(NAMES)), OpenTime.of(ServiceCalendar.model_validate(HOURS[0])))
    bulk = BulkMeasure(calendar_table(hours, START, START + 86_400))
    with pytest.raises(ValueError, match="calendar_table"):
        bulk.rows(rows, parts)
    bulk.close()


def test_another_engine_gives_the_same_answer_to_the_same_expression(
    small: tuple[list[Result], CalendarTable, list[tuple[int, ...]], list[tuple[int, ...]]],
) -> None:
    results, table, rows, parts = small
    base = sqlite3.connect(":memory:")
    for name, columns, content in (("slots", SLOTS, table.rows), ("tickets", TICKETS, rows), ("parts", TICKETS, parts)):
        base.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
        base.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' for _ in columns)})", content)  # noqa: S608 - our own names
    question = str(ibis.to_sql(consumed(table).select("ticket", "consumed"), dialect="sqlite"))
    assert dict(base.execute(question)) == {number: one.consumed for number, one in enumerate(results)}
    base.close()


def test_the_expression_joins_on_equality_alone_and_knows_no_dates() -> None:
    calendars = CalendarTable(length=3600, first=0, slots=24, calendars=1, rows=())
    for question in (consumed(calendars), summary(calendars), histogram(calendars, 900)):
        text = sql(question)
        joins = list(sqlglot.parse_one(text, dialect="duckdb").find_all(sqlglot.exp.Join))
        assert joins
        assert all(type(join.args["on"]) is sqlglot.exp.EQ and not join.method for join in joins)
        for absent in ("TIMESTAMP", "DATE", "OVER", "DOUBLE", "FLOAT", "DECIMAL"):
            assert absent not in text.upper()
