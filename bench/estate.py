"""Ten thousand contracts on SQLite: a first passage, then one after nothing and one after each kind of change.

`BENCH_CONTRACTS` says how many. `BENCH_KEEP` names a folder where they stay with what the first passage kept of them: the next measure
begins from a copy, brought up to date with whatever changed in the code since.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.deal import CLIENT
from bench.measure import Line

CONTRACTS = int(os.environ.get("BENCH_CONTRACTS", "10000"))
KEEP = os.environ.get("BENCH_KEEP", "")
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
ON = date(2027, 2, 1)
# What changes: figures that rules read and clauses print, and a rule of each kind.
RATE, PRINTED = "legal_interest_professional", "cyber_complaint_hours"
RULES = {"on values": "com-l441-10-penalites", "on the words": "undefined_term", "a question": "trav-l8254-1"}
LIMIT = 60.0
BATCH = 500


def measure() -> Iterator[Line]:
    """The passages, in the order in which an MSP meets them."""
    with _kept_folder() as kept, tempfile.TemporaryDirectory(dir=kept) as scratch:
        prepared, folder = kept / f"estate-{CONTRACTS}", Path(scratch) / "data"
        if prepared.is_dir():
            shutil.copytree(prepared, folder)
        with _database(folder):
            from convenu.library import loader  # noqa: PLC0415 - Django is ready only now
            from convenu.store.tenancy import tenant_scope  # noqa: PLC0415

            with tenant_scope(_organisation()):
                first = "first passage" if not prepared.is_dir() else "kept from before, brought up to date"
                if not prepared.is_dir():
                    _write_contracts()
                yield _line(f"{CONTRACTS} contracts, {first}", _passage())
                if not prepared.is_dir():
                    _keep(folder, prepared)
                yield _line("After nothing changed", _passage(), promise=True)
                _publish(RATE, "3.90")
                yield _line("After a changed figure that rules read", _passage(), promise=True)
                _publish(PRINTED, "48")
                yield _line("After a changed figure that clauses print", _passage(), promise=True)
                yield from _rules_changed(loader)


def _rules_changed(loader: Any) -> Iterator[Line]:
    library = loader.current()
    for what, rule_id in RULES.items():
        # One change after the other: put back, the first would be another change.
        rules = tuple(replace(rule, remedy=f"{rule.remedy} Bis.") if rule.id == rule_id else rule for rule in library.rules)
        library = replace(library, rules=rules)
        with _current(loader, library):
            yield _line(f"After a changed rule: {what}", _passage(), promise=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A passage: how long it took, on the clock and of processor, and what it saw."""

    seconds: float
    processor: float
    looks: int
    concerned: int


def _line(what: str, passed: Passed, *, promise: bool = False) -> Line:
    seen = f"{passed.looks} looks of a rule, {passed.concerned} contracts concerned, {passed.processor:.1f} s of processor"
    return Line(
        what=f"{what} ({seen})", seconds=passed.seconds, runs=1, promise=f"under {LIMIT:.0f} s" if promise else "",
        kept=passed.seconds < LIMIT if promise else None,
    )  # fmt: skip


def _passage() -> Passed:
    from convenu.actions.estate import begin_pass, concerned, estate  # noqa: PLC0415
    from convenu.actions.estate_workers import on_every_core  # noqa: PLC0415
    from convenu.store.models import Membership  # noqa: PLC0415

    member = Membership.objects.order_by("joined_at")[0]
    start, spent = time.perf_counter(), sum(os.times()[:4])
    with on_every_core() as looking:
        done = list(estate(member, begin_pass(member, on=ON, now=NOW), now=NOW, looking=looking))[-1]
    seconds, processor = time.perf_counter() - start, sum(os.times()[:4]) - spent
    return Passed(seconds=seconds, processor=processor, looks=done.looks, concerned=concerned(member, done).count())


def _write_contracts() -> None:
    """Copies of the demo's contract with its PME, each with its own client, assets, prices, dates, rate, delay and duration."""
    from convenu.store.models import Answer, Contract  # noqa: PLC0415

    model = Contract.objects.get(client__name__startswith=CLIENT)
    wanted = CONTRACTS - Contract.objects.count()
    answers = {one.term: one for one in Answer.objects.filter(contract=model)}
    any_answer = next(iter(answers.values()))
    for first in range(0, wanted, BATCH):
        ranks = range(first, min(first + BATCH, wanted))
        copies = [_copy(model, reference=f"B-{rank:05d}") for rank in ranks]
        Contract.objects.bulk_create(copies)
        rows = []
        for rank, contract in zip(ranks, copies, strict=True):
            own = {**{key: one.value for key, one in answers.items()}, **_varied(rank, answers)}
            rows += [
                Answer(contract=contract, term=key, value=value, version=1, updated_at=NOW, updated_by_id=any_answer.updated_by_id)
                for key, value in own.items()
                if value is not None
            ]
        _insert(Answer, rows)


def _insert(model: Any, rows: list[Any]) -> None:
    """Without the guard's look at each row pointed to, which would take longer than the passages."""
    from django.db.models import QuerySet  # noqa: PLC0415

    from convenu.store.tenancy import current_tenant  # noqa: PLC0415

    for one in rows:
        one.organisation_id = current_tenant()
    QuerySet(model).bulk_create(rows, batch_size=2000)


def _copy(model: Any, **fields: Any) -> Any:
    names = [field.attname for field in model._meta.concrete_fields if field.name not in ("id", "reference")]
    return type(model)(**{name: getattr(model, name) for name in names}, **fields)


def _varied(rank: int, answers: dict[str, Any]) -> dict[str, Any]:
    rates = [
        {"value": {"kind": "fixed", "rate": f"{9 + rank % 7} %"}},
        {"value": {"kind": "ecb_plus", "points": "10 %", "at_least_legal_floor": True}},
        {"value": {"kind": "legal_multiple", "multiple": 3}},
    ]
    return {
        "late_rate": rates[rank % 3],
        "payment_days": {"value": f"{30 + rank % 40} days"},
        "initial_duration": {"value": f"{12 + 12 * (rank % 5)} months"},
        "onsite_visits": {"value": rank % 100},
        "client_headcount": {"value": 4 + rank % 400},
        "client_name": {"value": f"Client {rank:05d}"},
        "client_signatory": {"value": f"Signataire {rank:05d}"},
        "client_address": {"value": {"street": f"{rank} rue des Essais", "postcode": "72000", "city": "Le Mans", "country": "France"}},
        "effective_date": {"value": f"2027-{1 + rank % 12:02d}-01"},
        "inventory": {"value": [{**line, "count": line["count"] + rank % 17} for line in answers["inventory"].value["value"]]},
        "price_lines": {"value": [{**line, "quantity": str(1 + rank % 90)} for line in answers["price_lines"].value["value"]]},
    }


def _publish(figure: str, value: str) -> None:
    """Import a value in force on the day of the passages."""
    from convenu.law.series import Published  # noqa: PLC0415
    from convenu.library import law_overlay, loader  # noqa: PLC0415

    known = loader.current().law.values[figure]
    until = date(2027, 7, 1) if known.dated.known_until else None
    law_overlay.keep(known, [Published(date(2027, 1, 1), Decimal(value), "banc d’essai")], known_until=until, today=NOW.date())


@contextmanager
def _current(loader: Any, library: Any) -> Iterator[None]:
    kept = loader.current
    loader.current = lambda: library
    try:
        yield
    finally:
        loader.current = kept


@contextmanager
def _kept_folder() -> Iterator[Path]:
    """Where the contracts stay from one measure to the next; thrown away when nobody named a folder."""
    if KEEP:
        Path(KEEP).mkdir(parents=True, exist_ok=True)
        yield Path(KEEP).resolve()
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _keep(folder: Path, prepared: Path) -> None:
    """Keep the data folder as it is, whole or not at all."""
    from django.db import connections  # noqa: PLC0415

    # Closed, the database has all of it in its file.
    connections.close_all()
    draft = prepared.with_suffix(".partial")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(folder, draft)
    draft.replace(prepared)


def _organisation() -> Any:
    from convenu.actions.demo import open_demo_company  # noqa: PLC0415
    from convenu.store.models import Organisation  # noqa: PLC0415

    if not Organisation.objects.exists():
        open_demo_company(NOW)
    return Organisation.objects.get()


@contextmanager
def _database(folder: Path) -> Iterator[None]:
    """An application of its own, on SQLite in that folder."""
    folder.mkdir(exist_ok=True)
    os.environ |= {"CONVENU_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "convenu.web.settings", "CONVENU_DEMO": "1"}
    os.environ.pop("CONVENU_DATABASE_URL", None)
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    yield
    connections.close_all()
