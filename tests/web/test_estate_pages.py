"""The estate of contracts on its page: a passage asked for, followed slice by slice, and read by contract and article."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from convenu.actions.interview import answer
from convenu.store.models import EstatePass
from convenu.store.tenancy import tenant_scope
from convenu.store.work import WorkState
from tests.actions.deals import FORBIDDEN_PAYMENT, a_contract
from tests.web.people import NOW, House, signed_in

pytestmark = pytest.mark.django_db
ESTATE = "/bibliotheque/parc"
DELAY_RULE = "com-l441-10-delai"


@pytest.fixture
def alice(house: House) -> Client:
    """Alice at her desk, with two contracts of which one pays too late."""
    with tenant_scope(house.argoat):
        late = a_contract(house.alice, "Valdrène", "")
        answer(house.alice, late, {"client_kind": "commercial_company", **FORBIDDEN_PAYMENT}, now=NOW)
        a_contract(house.alice, "Autre", "")
    return signed_in(house.alice)


def at_hand(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture(autouse=True)
def work_at_hand(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the worker does is done at once, in this process."""
    at_hand(settings)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0})


def begun(house: House) -> EstatePass:
    with tenant_scope(house.argoat):
        return EstatePass.objects.get()


def page(client: Client) -> str:
    answer = client.get(ESTATE)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_passage_on_a_rule_shows_the_contract_its_article_and_the_amendment(alice: Client) -> None:
    asked = alice.post(ESTATE, {"regle": DELAY_RULE, "chiffre": "", "jour": ""})
    assert asked.headers["Location"] == ESTATE
    shown = page(alice)
    for words in ("Valdrène", "Avenant", "article", "441-10", "2 contrats parcourus", "un concerné"):
        assert words in shown
    assert "Autre" not in shown.split("<tbody>")[1]


def test_a_passage_on_a_figure_shows_the_article_that_prints_it(alice: Client) -> None:
    alice.post(ESTATE, {"regle": "", "chiffre": "late_rate_floor_multiple", "jour": ""})
    shown = page(alice)
    assert 'href="/bibliotheque/droit/late_rate_floor_multiple"' in shown
    assert "Chiffre écrit dans le contrat" in shown


def test_a_passage_is_followed_stopped_and_gone_on_with(house: House, alice: Client, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    alice.post(ESTATE, {})
    assert "En attente du travail de fond" in page(alice)
    with tenant_scope(house.argoat):
        EstatePass.objects.update(state=WorkState.RUNNING, done=1, seen_at=timezone.now())
    part = alice.get(ESTATE, headers={"HX-Request": "true"}).content.decode()
    assert "1 sur 2" in part
    assert "load delay" in part
    assert "<table" not in part
    with tenant_scope(house.argoat):
        EstatePass.objects.update(state=WorkState.WAITING)
    alice.post(ESTATE, {"faire": "arreter"})
    stopped = page(alice)
    assert "Reprendre le passage" in stopped
    assert "load delay" not in stopped
    at_hand(settings)
    alice.post(ESTATE, {"faire": "reprendre"})
    assert begun(house).state == WorkState.DONE
    assert alice.get(ESTATE, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "Reprendre le passage" not in page(alice)


@pytest.mark.parametrize("wrong", [{"regle": "civ-9999"}, {"chiffre": "taux"}, {"jour": "demain"}])
def test_what_does_not_exist_is_told_and_nothing_begins(house: House, alice: Client, wrong: dict[str, str]) -> None:
    answer = alice.post(ESTATE, wrong)
    assert answer.status_code == 422
    assert next(iter(wrong.values())) in answer.content.decode() or "date" in answer.content.decode()
    with tenant_scope(house.argoat):
        assert not EstatePass.objects.exists()


def test_another_organisation_sees_neither_the_passage_nor_its_contracts(house: House, alice: Client) -> None:
    alice.post(ESTATE, {})
    charlie = signed_in(house.charlie)
    assert "Valdrène" not in page(charlie)
    assert "Reprendre le passage" not in page(charlie)
    charlie.post(ESTATE, {"faire": "arreter"})
    assert begun(house).state == WorkState.DONE


def test_a_rule_and_a_figure_lead_to_the_estate(alice: Client) -> None:
    assert f"{ESTATE}?regle={DELAY_RULE}" in alice.get(f"/bibliotheque/regles/{DELAY_RULE}").content.decode()
    assert f"{ESTATE}?chiffre=recovery_fee" in alice.get("/bibliotheque/droit/recovery_fee").content.decode()
    asked = alice.get(f"{ESTATE}?chiffre=late_rate_floor").content.decode()
    assert 'value="late_rate_floor" selected>Plancher du taux des pénalités de retard<' in asked
