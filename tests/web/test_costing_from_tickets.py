"""The hours of a costing taken from the last trial of the contract."""

from __future__ import annotations

import io
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from convenu.actions import replays, tickets
from convenu.actions.current_terms import current_terms
from convenu.actions.demo import DEMO_COSTS
from convenu.actions.own_costs import set_costs
from convenu.actions.past_tickets import Taken
from convenu.actions.quotes import costing_of, has_history, history_for
from convenu.actions.replay_proposals import DRAFT
from convenu.connectors import reading_apart
from convenu.store.models import Contract, TicketSource
from convenu.store.tenancy import tenant_scope
from tests.actions.deals import a_full_contract
from tests.actions.test_replays import a_past
from tests.web.people import NOW, House, signed_in


@pytest.fixture
def argoat(house: House, settings: Any, monkeypatch: pytest.MonkeyPatch) -> House:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    monkeypatch.setattr(reading_apart, "lines_apart", lambda _module, given, **_bounds: reading_apart.answers(BytesIO(given)))
    with tenant_scope(house.argoat):
        set_costs(house.alice, DEMO_COSTS, now=NOW)
        prepared = tickets.receive_export(house.alice, source_name="GLPI", file_name="x.csv", content=a_past(), now=NOW)
        tickets.look(house.alice, prepared, {"layout": "tickets"})
        tickets.begin_import(house.alice, prepared, now=NOW)
    return house


def test_past_tickets_give_the_hours_once_a_trial_has_ended(argoat: House) -> None:
    client = signed_in(argoat.alice)
    with tenant_scope(argoat.argoat):
        contract: Contract = a_full_contract(argoat.alice)
        assert not has_history(argoat.alice, contract)
        assert history_for(argoat.alice, contract) is None
        taken = Taken(sources=(TicketSource.objects.get().pk,), client_name="Valdrène")
        replays.begin_replay(argoat.alice, contract, keys=[DRAFT], taken=taken, now=NOW)
        history = history_for(argoat.alice, contract)
        assert history is not None
        # Twenty tickets from January to September, two or three a month; the first and the last month are left out.
        assert len(history.months) == 7
        assert sum(month.total() for month in history.months.values()) == 16
        labels = [
            item.label for item in costing_of(argoat.alice, current_terms(contract), on=date(2026, 12, 1), history=history).estimate.items
        ]
        assert "Tickets P1" in labels
        assert not any(label.startswith("Support, ") for label in labels)
    address = reverse("costing", args=[contract.pk])
    assert "Tickets P1" not in client.get(address).content.decode()
    assert "Tickets P1" in client.get(f"{address}?heures=tickets").content.decode()
    sheet = reverse("costing_sheet", args=[contract.pk])
    for query, expected in (("", False), ("?heures=tickets", True)):
        book = load_workbook(io.BytesIO(client.get(sheet + query).content), read_only=True)
        assert expected == any(row[0] == "Tickets P1" for row in book["Coûts"].iter_rows(values_only=True))
