"""The service clock: one ticket explained, an export read, millions of tickets at once, beside what others take."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import businesstimedelta
import duckdb
import pytz
import workclock

from bench.measure import Line, median
from convenu.bulk.measuring import BulkMeasure, sql
from convenu.connectors.mapping import Mapping
from convenu.connectors.tickets_file import read_tickets
from convenu.facts.tickets import Event, EventKind, Ticket, WaitCause
from convenu.service.clock import measured
from convenu.service.commitments import Commitment
from convenu.service.contract import ServiceContract
from convenu.service.explanation import explain
from convenu.service.open_time import OpenTime
from convenu.service.tables import PAUSES_A_ROW, TICKETS, calendar_table, summary
from convenu.terms.contract import Terms
from convenu.terms.values import ServiceCalendar
from convenu.vocabulary import yaml_text

WEEK = ("mon", "tue", "wed", "thu", "fri")
EVERY = (*WEEK, "sat", "sun")
OFFICE = {"hours": {day: ["08:30-12:30", "14:00-18:00"] for day in WEEK}, "holidays": "none"}
CALENDARS = (
    OFFICE,
    {"hours": {**{day: ["08:00-19:00"] for day in WEEK}, "sat": ["09:00-12:00"]}, "holidays": "FR"},
    {"hours": {day: ["00:00-24:00"] for day in EVERY}, "holidays": "none"},
    {"hours": {day: ["22:00-06:00"] for day in EVERY}, "holidays": "none"},
)
START = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp())
END = int(datetime(2026, 12, 1, tzinfo=UTC).timestamp())
LONGEST = 60 * 86_400
THREADS = 2
SIZES = (1_000_000, 10_000_000)
SLOW_INTERVALS, FAST_INTERVALS = 1000, 50_000


def measure() -> Iterator[Line]:
    """Every speed of the clock."""
    yield from _one_ticket()
    yield from _import()
    with tempfile.TemporaryDirectory() as folder:
        each = [line for size in SIZES for line in _bulk(Path(folder), size)]
    yield from each
    calendars = calendar_table(_clocks(), START, END + LONGEST)
    seconds = median(lambda: sql.__wrapped__(summary(calendars)), runs=10)
    yield Line(what="That question in the words of DuckDB, once however many tickets", seconds=seconds, runs=10)
    yield from _peers(each[0].seconds / SIZES[0])


def _one_ticket() -> Iterator[Line]:
    terms = Terms.model_validate(
        {
            "service_hours": [{"name": "Plage", **OFFICE}], "on_call": "no_on_call", "restoration_time": {"P2": "8 business_hours"},
            "clock_pauses": ["client_answer"], "client_reply": "complete", "same_symptom_reopening": "none", "upgrade_time_left": "none",
        }
    )  # fmt: skip
    contract = ServiceContract.of(terms)
    opened = int(datetime(2026, 11, 23, 9, 0, tzinfo=UTC).timestamp())
    ticket = Ticket(
        key="1", opened_at=opened, priority="P2",
        events=(
            Event(opened + 7200, EventKind.PAUSED, cause=WaitCause.CLIENT_ANSWER), Event(opened + 100_000, EventKind.RESUMED),
            Event(opened + 200_000, EventKind.RESTORED),
        ),
    )  # fmt: skip

    def work() -> None:
        (result,) = measured(ticket, contract, as_of=END, commitments=[Commitment.RESTORATION])
        assert explain(result)

    seconds = median(work, runs=200, warm=20)
    yield Line(what="One ticket measured and explained", seconds=seconds, runs=200, promise="under 1 ms", kept=seconds < 0.001)


def _import() -> Iterator[Line]:
    draw = random.Random(3)
    lines = ["ticket,at,status,priority"]
    for number in range(50_000):
        moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=draw.randrange(20_000_000))
        for status in ("open", "paused:client_answer", "open", "restored"):
            lines.append(f"T{number},{moment.isoformat()},{status},P2")
            moment += timedelta(seconds=draw.randrange(100_000))
    content, mapping = "\n".join(lines).encode(), Mapping.read(yaml_text.read("layout: events\n"))
    seconds = median(lambda: read_tickets("export.csv", content, mapping), runs=3)
    yield Line(what="200,000 rows of CSV into 50,000 tickets", seconds=seconds, runs=3, promise="under 60 s", kept=seconds < 60)


def _clocks() -> dict[int, OpenTime]:
    return {
        number: OpenTime.of(ServiceCalendar.model_validate({"name": str(number), **calendar})) for number, calendar in enumerate(CALENDARS)
    }


def _bulk(folder: Path, size: int) -> Iterator[Line]:
    calendars = calendar_table(_clocks(), START, END + LONGEST)
    files = _files(folder, size)
    bulk = BulkMeasure(calendars, threads=THREADS, memory="2GiB")
    bulk.files(*files)
    runs = 5 if size <= SIZES[0] else 3
    with duckdb.connect(config={"threads": THREADS}) as base:
        floor = median(lambda: _read_all(base, files), runs=runs)
    question = summary(calendars)
    seconds = median(lambda: bulk.ask(question), runs=runs)
    bulk.close()
    speed = size / seconds / 1e6
    what = f"{size:,} tickets with their pauses, {speed:.1f} million a second, under 2 GiB"
    yield Line(what=what, seconds=seconds, runs=runs, promise="3 million tickets a second", kept=speed >= 3)
    times = seconds / floor
    what = f"Only reading the columns of the same files ({times:.1f} times less)"
    yield Line(what=what, seconds=floor, runs=runs, promise="goal: at most 3.5 times less", kept=times <= 3.5)


def _files(folder: Path, size: int) -> tuple[Path, Path]:
    """Tickets over three years, their lengths log-normal (median 6 h, at most 60 days), with up to four pauses each."""
    paths = (folder / f"tickets{size}.parquet", folder / f"parts{size}.parquet")
    with duckdb.connect() as base:
        base.execute("SELECT setseed(0.5)")
        base.execute(
            "CREATE TABLE drawn AS SELECT ticket::BIGINT AS ticket, calendar, priority, 14400::BIGINT AS target, started, "
            "started + least(exp(9.98 + 1.5 * sqrt(-2 * ln(one)) * cos(6.2832 * two)), ?)::BIGINT AS reached FROM ("
            "SELECT ticket, (CASE WHEN kind < 0.6 THEN 0 WHEN kind < 0.8 THEN 1 WHEN kind < 0.92 THEN 2 ELSE 3 END)::INTEGER AS calendar, "
            "priority, started, one, two FROM (SELECT range AS ticket, random() AS kind, (1 + floor(random() * 4))::INTEGER AS priority, "
            "(? + floor(random() * ?))::BIGINT AS started, 1 - random() AS one, random() AS two FROM range(?)))",
            [LONGEST, START, END - START, size],
        )
        base.execute(
            "CREATE TABLE paused AS SELECT *, list_transform(list_filter([1, 2, 3, 4], lambda part: "
            "hash(ticket * 5 + part) % 100 < [45, 35, 25, 18][part]), lambda part: started + (reached - started) * part // 5) AS pauses "
            "FROM drawn"
        )
        pauses = ", ".join(
            f"coalesce(pauses[skipped + {number}], started) AS began{number}, "
            f"coalesce(pauses[skipped + {number}] + (reached - started) // 8, started) AS ended{number}"
            for number in range(1, PAUSES_A_ROW + 1)
        )
        for path, of_which in zip(paths, ("<=", ">"), strict=True):
            base.sql(
                f"SELECT ticket, calendar, priority, target, started, if(skipped = 0, reached, started) AS reached, {pauses} "  # noqa: S608
                f"FROM paused, unnest(range(0, greatest(len(pauses), 1), {PAUSES_A_ROW})) AS rows(skipped) "
                f"WHERE len(pauses) {of_which} {PAUSES_A_ROW}"
            ).write_parquet(str(path))
    return paths


def _read_all(base: duckdb.DuckDBPyConnection, files: Iterable[Path]) -> None:
    for path in files:
        base.execute(f"SELECT sum({' + '.join(TICKETS)}) FROM read_parquet(?)", [str(path)]).fetchall()  # noqa: S608


def _peers(ours: float) -> Iterator[Line]:
    """Plain intervals without pauses in the hours of an office, as the peers know them, against whole tickets of ours."""
    draw = random.Random(5)
    starts = [draw.randrange(START, END) for _ in range(FAST_INTERVALS)]
    intervals = [(start, start + draw.randrange(10 * 86_400)) for start in starts]
    clock = OpenTime.of(ServiceCalendar.model_validate({"name": "office", **OFFICE}))
    expected = [clock.between(start, end) for start, end in intervals]
    paris = pytz.timezone("Europe/Paris")
    shown = [(datetime.fromtimestamp(start, paris), datetime.fromtimestamp(end, paris)) for start, end in intervals]
    slow = shown[:SLOW_INTERVALS]
    halves = ((time(8, 30), time(12, 30)), (time(14), time(18)))
    rules = businesstimedelta.Rules(
        [businesstimedelta.WorkDayRule(start_time=start, end_time=end, working_days=[0, 1, 2, 3, 4], tz=paris) for start, end in halves]
    )
    office = workclock.Schedule(
        [workclock.WorkDay(time(8, 30), time(18)), workclock.Break(time(12, 30), time(14))], time_zone="Europe/Paris"
    )
    assert [_seconds(rules.difference(start, end)) for start, end in slow] == expected[:SLOW_INTERVALS]
    begins, ends = [start for start, _ in shown], [end for _, end in shown]
    assert [int(found.total_seconds()) for found in office.between_many(begins, ends)] == expected
    for name, work, count, times in (
        ("businesstimedelta", lambda: [rules.difference(start, end) for start, end in slow], SLOW_INTERVALS, 1000),
        ("workclock", lambda: office.between_many(begins, ends), FAST_INTERVALS, 5),
    ):
        taken = median(work, runs=3)
        ratio = taken / count / ours
        promise = f"at least {times:,} times ours: {ratio:,.1f}"
        yield Line(what=f"{count:,} intervals by {name}", seconds=taken, runs=3, promise=promise, kept=ratio >= times)


def _seconds(found: businesstimedelta.BusinessTimeDelta) -> int:
    return int(found.hours * 3600 + found.seconds)
