"""The estate of contracts on its page: a passage asked for, followed slice by slice, and read by contract and article."""

from __future__ import annotations

import pytest
from django.test import Client

from convenu.actions import estate as deeds
from convenu.actions.interview import answer
from convenu.store.models import EstatePass
from convenu.store.tenancy import tenant_scope
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


def begun(house: House) -> EstatePass:
    with tenant_scope(house.argoat):
        return EstatePass.objects.get()


def page(client: Client) -> str:
    answer = client.get(ESTATE)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_passage_on_a_rule_shows_the_contract_its_article_and_the_amendment(house: House, alice: Client) -> None:
    asked = alice.post(ESTATE, {"regle": DELAY_RULE, "chiffre": "", "jour": ""})
    assert asked.headers["Location"] == f"{ESTATE}?en_cours=1"
    assert alice.post(f"{ESTATE}/{begun(house).pk}").status_code == 302
    shown = page(alice)
    for words in ("Valdrène", "Avenant", "article", "441-10", "2 contrats parcourus", "un concerné"):
        assert words in shown
    assert "Autre" not in shown.split("<tbody>")[1]


def test_a_passage_goes_on_by_itself_and_can_be_left(house: House, alice: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deeds, "SLICE", 1)
    alice.post(ESTATE, {})
    address = f"{ESTATE}/{begun(house).pk}"
    part = alice.post(address, headers={"HX-Request": "true"}).content.decode()
    assert "parcourus" in part
    assert "1 sur 2" in part
    assert "load delay" in part
    left = page(alice)
    assert "Reprendre le passage" in left
    assert "load delay" not in left
    alice.post(address, headers={"HX-Request": "true"})
    last = alice.post(address, headers={"HX-Request": "true"})
    assert last.headers["HX-Redirect"] == ESTATE
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
    address = f"{ESTATE}/{begun(house).pk}"
    alice.post(address)
    charlie = signed_in(house.charlie)
    assert charlie.post(address).status_code == 404
    assert "Valdrène" not in page(charlie)


def test_a_rule_and_a_figure_lead_to_the_estate(alice: Client) -> None:
    assert f"{ESTATE}?regle={DELAY_RULE}" in alice.get(f"/bibliotheque/regles/{DELAY_RULE}").content.decode()
    assert f"{ESTATE}?chiffre=recovery_fee" in alice.get("/bibliotheque/droit/recovery_fee").content.decode()
    asked = alice.get(f"{ESTATE}?chiffre=late_rate_floor").content.decode()
    assert 'value="late_rate_floor" selected>Plancher du taux des pénalités de retard<' in asked
