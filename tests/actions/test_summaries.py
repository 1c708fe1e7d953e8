from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from convenu.actions import summaries
from convenu.actions.contract_view import contract_view
from convenu.actions.contracts import archive_contract, choose_law_day
from convenu.actions.findings import dismiss_finding, restore_finding
from convenu.actions.interview import answer, undo
from convenu.actions.summaries import summaries_of
from convenu.store.models import Contract, ContractSummary
from tests.actions.deals import FORBIDDEN_PAYMENT, a_contract, a_full_contract, view
from tests.web.people import NOW, House


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Contract]:
    """The contracts that a list wrote and checked again."""
    seen: list[Contract] = []
    whole = contract_view

    def counted(member: Any, contract: Contract, *, on: date) -> Any:
        seen.append(contract)
        return whole(member, contract, on=on)

    monkeypatch.setattr(summaries, "contract_view", counted)
    return seen


def test_a_list_says_of_a_contract_what_its_page_says(argoat: House) -> None:
    contract = a_full_contract(argoat.alice)
    answer(argoat.alice, contract, FORBIDDEN_PAYMENT, now=NOW)
    (told,) = summaries_of(argoat.alice, [Contract.objects.get()], now=NOW)
    assert told is not None
    page = view(argoat.alice, contract)
    assert (told.answered, told.applicable) == (page.answered, page.applicable)
    assert (told.blocking, told.alerts, told.advice) == (
        page.findings.tally.blocking,
        page.findings.tally.alerts,
        page.findings.tally.advice,
    )
    assert told.open_points == len(page.open_points)
    assert told.has_next_question == (page.next_question is not None)
    assert "Délai de paiement au-delà du maximum légal" in told.blocking_titles


def test_a_contract_that_nobody_changed_is_not_written_again_for_a_list(argoat: House, written: list[Contract]) -> None:
    contracts = [a_contract(argoat.alice), a_contract(argoat.alice, "Autre", "")]
    first = [one for one in summaries_of(argoat.alice, contracts, now=NOW) if one]
    second = [one for one in summaries_of(argoat.alice, contracts, now=NOW) if one]
    assert written == contracts
    assert [one.contract for one in second] == contracts
    assert [(one.answered, one.blocking) for one in first] == [(one.answered, one.blocking) for one in second]
    assert ContractSummary.objects.count() == 2


def test_whatever_changes_a_contract_makes_its_line_anew(argoat: House, written: list[Contract]) -> None:
    alice, contract = argoat.alice, a_full_contract(argoat.alice)
    summaries_of(alice, [Contract.objects.get()], now=NOW)
    key = next(one.finding.key for one in view(alice, contract).findings.active if one.finding.severity != "blocking")
    entry: Any = None

    def give_an_answer() -> None:
        nonlocal entry
        entry = answer(alice, contract, {"payment_days": "25 days"}, now=NOW).undo

    changes: list[Callable[[], object]] = [
        give_an_answer,
        lambda: undo(alice, contract, entry, now=NOW),
        lambda: dismiss_finding(alice, contract, key, reason="vu avec le client", now=NOW),
        lambda: restore_finding(alice, contract, key, now=NOW),
        lambda: choose_law_day(alice, contract, on=date(2026, 3, 1), now=NOW),
        lambda: archive_contract(alice, contract, now=NOW.replace(hour=10)),
    ]
    for number, change in enumerate(changes, start=2):
        change()
        summaries_of(alice, [Contract.objects.get()], now=NOW)
        assert len(written) == number
    assert ContractSummary.objects.count() == 1


def test_the_law_of_tomorrow_makes_every_line_anew(argoat: House, written: list[Contract]) -> None:
    contract = a_contract(argoat.alice)
    for now in (NOW, NOW.replace(hour=18), NOW.replace(day=24)):
        summaries_of(argoat.alice, [contract], now=now)
    assert len(written) == 2
