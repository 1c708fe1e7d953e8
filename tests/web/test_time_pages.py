"""The page of the time spent for a client, its prepaid hours, and who may read what that time cost."""

from __future__ import annotations

import io
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from convenu.actions import tickets
from convenu.actions.interview import answer
from convenu.actions.own_costs import set_costs
from convenu.connectors import reading_apart
from convenu.store.models import AuditEntry, Contract, HourPackPurchase
from convenu.store.people import Role
from convenu.store.tenancy import tenant_scope
from tests.actions.deals import a_full_contract
from tests.web.people import NOW, House, add_member, signed_in, words
from tests.web.test_price_pages import COSTS

ROWS = """\
ticket,opened_at,priority,client,worked,worked_at,level,place,billing
T1,2026-10-01T09:00:00+02:00,P3,Valdrène Ingénierie,90,2026-10-01T17:30:00+02:00,n2,remote,billed
T2,2026-10-02T09:00:00+02:00,P3,Valdrène Ingénierie,30,2026-10-02T10:00:00+02:00,n1,remote,included
T3,2026-10-05T09:00:00+02:00,P3,Valdrène Ingénierie,45,,n2,,
T4,2026-10-06T09:00:00+02:00,P3,Autre client,600,2026-10-06T10:00:00+02:00,n2,remote,billed
T5,2026-09-07T09:00:00+02:00,P3,Valdrène Ingénierie,60,2026-09-07T10:00:00+02:00,n3,remote,billed
"""


@pytest.fixture
def contract(house: House, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Contract:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    monkeypatch.setattr(reading_apart, "lines_apart", lambda _module, given, **_bounds: reading_apart.answers(BytesIO(given)))
    with tenant_scope(house.argoat):
        set_costs(house.alice, COSTS, now=NOW)
        prepared = tickets.receive_export(house.alice, source_name="GLPI", file_name="x.csv", content=ROWS.encode(), now=NOW)
        tickets.look(house.alice, prepared, {"layout": "tickets"})
        tickets.begin_import(house.alice, prepared, now=NOW)
        return a_full_contract(house.alice)


def address(contract: Contract, query: str = "", name: str = "time_spent") -> str:
    return f"{reverse(name, args=[contract.pk])}{query}"


def test_the_time_of_a_month_is_cut_by_period_with_what_is_invoiced_and_what_is_to_be_decided(house: House, contract: Contract) -> None:
    told = words(signed_in(house.bob), address(contract, "?client=Valdrène Ingénierie"))
    # October is the latest: 90 + 30 + 45 min; T1 ran from 17:30 to 19:00, half an hour of it in the hours: 42.50 + 85 × 1.5.
    for said in ("2 h 45 min", "1 h 30 min", "170 €", "Soir", "Plage de service", "Heure non dite", "À décider", "octobre 2026"):
        assert said in told, said
    assert "le ticket ne dit pas la ligne retenue" in told.lower()
    assert "T4" not in told
    assert "T5" not in told
    september = words(signed_in(house.bob), address(contract, "?client=Valdrène Ingénierie&mois=2026-09"))
    assert "110 €" in september


def test_a_client_that_the_tools_do_not_name_is_asked_for_and_no_other_stands_in(house: House, contract: Contract) -> None:
    told = words(signed_in(house.bob), address(contract, "?client=Inconnu"))
    assert "dites lequel c’est" in told
    assert "T1" not in told


def test_what_the_time_cost_is_read_by_the_owner_and_the_sales_alone(house: House, contract: Contract) -> None:
    query = "?client=Valdrène Ingénierie"
    for role in Role:
        who = add_member(house.argoat, str(role.label), f"{role}@argoat.example", role)
        private = role in (Role.OWNER, Role.SALES)
        told = words(signed_in(who), address(contract, query))
        assert ("36,37 €" in told) == private, role
        assert signed_in(who).get(address(contract, query, "time_costs")).status_code == (200 if private else 403)
    # 30 min of N1 at 29.37 and 135 min of N2 at 36.37.
    assert "96,52 €" in words(signed_in(house.alice), address(contract, query))


def test_the_month_is_an_excel_file_whose_sums_are_formulas(house: House, contract: Contract) -> None:
    content = signed_in(house.bob).get(address(contract, "?client=Valdrène Ingénierie", "time_sheet")).content
    values, formulas = load_workbook(io.BytesIO(content), data_only=True), load_workbook(io.BytesIO(content))
    assert values.sheetnames == ["Temps passé", "Par période", "Carnet d’heures"]
    sheet = values["Temps passé"]
    assert [sheet.cell(row, 2).value for row in (2, 3, 4)] == ["T1", "T2", "T3"]
    last = sheet.max_column - 1
    assert sheet.cell(5, last).value == 170
    letter = get_column_letter(last)
    assert formulas["Temps passé"].cell(5, last).value == f"=SUM({letter}2:{letter}4)"
    private = signed_in(house.alice).get(address(contract, "?client=Valdrène Ingénierie", "time_costs")).content
    assert load_workbook(io.BytesIO(private), data_only=True)["Coût"]["C4"].value == pytest.approx(96.52)
    assert signed_in(house.bob).get(address(contract, "?client=Inconnu", "time_sheet")).status_code == 404


def buy(client: Client, contract: Contract, day: str, packs: str) -> Any:
    return client.post(address(contract, "?client=Valdrène Ingénierie"), {"do": "buy", "day": day, "packs": packs})


def test_packs_bought_are_noted_drawn_on_and_taken_back(house: House, contract: Contract) -> None:
    bob = signed_in(house.bob)
    assert "Aucun carnet acheté." in words(bob, address(contract))
    assert buy(bob, contract, "2026-10-01", "1").status_code == 302
    told = words(bob, address(contract, "?client=Valdrène Ingénierie"))
    # 20 hours, half an hour of T1 was in the service hours; the evening is never prepaid: 85 × 1.5.
    assert "Reste aujourd’hui : 19 h 30 min" in told
    assert "127,50 €" in told
    with tenant_scope(house.argoat):
        purchase = HourPackPurchase.objects.get()
        assert (purchase.day, purchase.packs) == (date(2026, 10, 1), 1)
        assert AuditEntry.objects.filter(action="hour_packs_bought").exists()
    bob.post(address(contract), {"do": "remove", "purchase": str(purchase.pk)})
    assert "Aucun carnet acheté." in words(bob, address(contract))


@pytest.mark.parametrize(
    ("day", "packs", "said"),
    [("2027-02-31", "1", "février 2027 a 28 jours"), ("2090-01-01", "1", "au plus tôt"), ("2026-10-01", "0", "de 1 à 500"),
     ("2026-10-01", "deux", "nombre entier"), ("2026-10-01", "-3", "de 1 à 500")],
)  # fmt: skip
def test_a_purchase_that_cannot_be_is_refused_at_its_field(house: House, contract: Contract, day: str, packs: str, said: str) -> None:
    refused = buy(signed_in(house.bob), contract, day, packs)
    assert refused.status_code == 422
    assert said in refused.content.decode()
    with tenant_scope(house.argoat):
        assert not HourPackPurchase.objects.exists()


def test_a_contract_without_a_pack_says_so_and_notes_no_purchase(house: House, contract: Contract) -> None:
    with tenant_scope(house.argoat):
        answer(house.alice, contract, {"hour_pack": "none"}, now=NOW)
    bob = signed_in(house.bob)
    assert "Le contrat n’a aucun carnet d’heures." in words(bob, address(contract))
    assert buy(bob, contract, "2026-10-01", "1").status_code == 422
    reader = add_member(house.argoat, "Lise", "lise@argoat.example", Role.READ_ONLY)
    assert buy(signed_in(reader), contract, "2026-10-01", "1").status_code == 403
