"""Ten thousand contracts on SQLite: a first passage, one after a changed figure, one after a changed rule, one after nothing."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.deal import CLIENT
from bench.measure import Line

CONTRACTS = int(os.environ.get("BENCH_CONTRACTS", "10000"))
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
ON = date(2027, 2, 1)
RATE, RULE, TEXT_RULE = "legal_interest_professional", "com-l441-10-penalites", "undefined_term"
LIMIT = 60.0
BATCH = 500


def measure() -> Iterator[Line]:
    """The passages, in the order in which an MSP meets them."""
    with tempfile.TemporaryDirectory() as folder, _database(Path(folder)):
        from convenu.actions.demo import open_demo_company  # noqa: PLC0415 - Django is ready only now
        from convenu.library import loader  # noqa: PLC0415
        from convenu.store.models import Contract, Membership  # noqa: PLC0415
        from convenu.store.tenancy import tenant_scope  # noqa: PLC0415

        open_demo_company(NOW)
        organisation = _organisation()
        with tenant_scope(organisation):
            member = Membership.objects.order_by("joined_at")[0]
            _write_contracts(Contract.objects.get(client__name__startswith=CLIENT), CONTRACTS - Contract.objects.count())
            yield _line(f"{CONTRACTS} contracts, first passage", *_passage(member))
            yield _line("The same after nothing changed", *_passage(member), promise=True)
            _publish_the_rate()
            yield _line("After one changed figure", *_passage(member), promise=True)
            library = loader.current()
            for what, rule_id in (("values", RULE), ("text", TEXT_RULE)):
                rules = tuple(replace(rule, remedy=f"{rule.remedy} Bis.") if rule.id == rule_id else rule for rule in library.rules)
                # One change after the other: put back, the first would be another change.
                library = replace(library, rules=rules)
                with _current(loader, library):
                    yield _line(f"After one changed rule on {what}", *_passage(member), promise=True)


def _line(what: str, seconds: float, looks: int, *, promise: bool = False) -> Line:
    return Line(
        what=f"{what} ({looks} looks of a rule)", seconds=seconds, runs=1, promise="under 60 s" if promise else "",
        kept=seconds < LIMIT if promise else None,
    )  # fmt: skip


def _passage(member: Any) -> tuple[float, int]:
    from convenu.actions.estate import begin_pass, estate  # noqa: PLC0415
    from convenu.actions.estate_workers import on_every_core  # noqa: PLC0415

    start = time.perf_counter()
    with on_every_core() as looking:
        done = list(estate(member, begin_pass(member, on=ON, now=NOW), now=NOW, looking=looking))[-1]
    return time.perf_counter() - start, done.looks


def _write_contracts(model: Any, wanted: int) -> None:
    """Copies of the demo's contract with its PME, each with its own client, assets, prices, dates, rate, delay and duration."""
    from convenu.store.models import Answer, Contract  # noqa: PLC0415

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
        "client_headcount": {"value": 4 + rank % 400},
        "client_name": {"value": f"Client {rank:05d}"},
        "client_signatory": {"value": f"Signataire {rank:05d}"},
        "client_address": {"value": {"street": f"{rank} rue des Essais", "postcode": "72000", "city": "Le Mans", "country": "France"}},
        "effective_date": {"value": f"2027-{1 + rank % 12:02d}-01"},
        "inventory": {"value": [{**line, "count": line["count"] + rank % 17} for line in answers["inventory"].value["value"]]},
        "price_lines": {"value": [{**line, "quantity": str(1 + rank % 90)} for line in answers["price_lines"].value["value"]]},
    }


def _publish_the_rate() -> None:
    from convenu.law.series import Published  # noqa: PLC0415
    from convenu.library import law_overlay, loader  # noqa: PLC0415

    rate = Published(date(2027, 1, 1), Decimal("3.90"), "banc d’essai")
    law_overlay.keep(loader.current().law.values[RATE], [rate], known_until=date(2027, 7, 1), today=NOW.date())


@contextmanager
def _current(loader: Any, library: Any) -> Iterator[None]:
    kept = loader.current
    loader.current = lambda: library
    try:
        yield
    finally:
        loader.current = kept


def _organisation() -> Any:
    from convenu.store.models import Organisation  # noqa: PLC0415

    return Organisation.objects.get()


@contextmanager
def _database(folder: Path) -> Iterator[None]:
    """An application of its own, on SQLite in a folder that is thrown away."""
    os.environ |= {"CONVENU_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "convenu.web.settings", "CONVENU_DEMO": "1"}
    os.environ.pop("CONVENU_DATABASE_URL", None)
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    yield
    connections.close_all()
