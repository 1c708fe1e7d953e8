from __future__ import annotations

import json
from datetime import date

import pytest

from convenu.actions.current_terms import current_terms
from convenu.actions.interview import answer, undo
from convenu.actions.inventories import (
    covered_inventory,
    inventories_of,
    leave_files,
    look_at,
    receive_files,
    remove_inventory,
    take_counts,
    take_inventory,
    waiting_files,
)
from convenu.actions.permissions import NotAllowedError
from convenu.connectors.asset_files import NamedFile
from convenu.service.coverage import Reason, coverage
from convenu.store.models import AuditEntry, ClientInventory, ColumnsMapping, Contract, InventoryFile
from convenu.store.people import Role
from convenu.vocabulary.mistakes import MistakesError
from tests.actions.deals import TODAY, a_contract, a_full_contract
from tests.web.people import NOW, House, add_member

FLEET = """\
Nom;Type;Fabricant;Utilisateur;Fin de garantie
PC-001;Portable;Dell;Jeanne Martin;13/03/2029
PC-002;Portable;Dell;Paul Durand;12/03/2023
SRV-01;Serveur;Dell;;25/06/2029
IMP-01;Machin;HP;;
PC-001;Portable;Dell;Jeanne Martin;
"""


@pytest.fixture
def contract(argoat: House) -> Contract:
    contract = a_full_contract(argoat.alice)
    answer(argoat.alice, contract, {"approved_makers": ["Dell", "HP"]}, now=NOW)
    return contract


def received(house: House, contract: Contract, content: str = FLEET, name: str = "parc.csv") -> InventoryFile:
    return receive_files(house.bob, contract, [NamedFile(name, content.encode())], now=NOW)


def taken(house: House, contract: Contract, content: str = FLEET, day: date = TODAY) -> ClientInventory:
    return take_inventory(house.bob, received(house, contract, content), day=day, now=NOW)


def test_a_look_writes_no_asset_and_files_left_are_dropped(argoat: House, contract: Contract) -> None:
    waiting = received(argoat, contract)
    read = look_at(argoat.bob, waiting)
    assert read.imported is not None
    assert (len(read.imported.assets), ClientInventory.objects.count(), ColumnsMapping.objects.count()) == (4, 0, 0)
    leave_files(argoat.bob, waiting)
    assert waiting_files(argoat.bob, contract) is None


def test_an_inventory_taken_keeps_the_assets_and_the_reasons_and_nothing_of_people(argoat: House, contract: Contract) -> None:
    kept = taken(argoat, contract)
    assert (kept.asset_count, kept.rows, kept.personal) == (4, 5, ["Utilisateur"])
    assert "déjà ligne 2" in kept.rejected
    assert "Jeanne" not in kept.assets + kept.rejected
    assert not InventoryFile.objects.exists()
    assert AuditEntry.objects.filter(action="inventory_taken").count() == 1


def test_answers_are_remembered_for_the_next_file_with_these_columns_of_any_client(argoat: House, contract: Contract) -> None:
    waiting = received(argoat, contract)
    chosen = {**look_at(argoat.bob, waiting).mapping, "classes": {"Portable": "workstation", "Serveur": "server", "Machin": "printer"}}
    look_at(argoat.bob, waiting, chosen)
    take_inventory(argoat.bob, waiting, day=TODAY, now=NOW)
    other = a_contract(argoat.alice, name="Helionde", siren="")
    read = look_at(argoat.bob, received(argoat, other, "Type;Nom;Fabricant;Utilisateur;Fin de garantie\nMachin;X;HP;;\n"))
    assert read.imported is not None
    assert [one.asset_class for one in read.imported.assets] == ["printer"]


def test_each_asset_is_held_against_the_contract_with_its_clause(argoat: House, contract: Contract) -> None:
    taken(argoat, contract)
    found = covered_inventory(argoat.alice, contract, current_terms(contract))
    assert found is not None
    told = {one.asset.key: (one.cover.value, one.deciding.clause.key) for one in found.listed}
    assert told == {
        "PC-001": ("covered", "services_and_perimeter"),
        "PC-002": ("excluded", "unsupported_assets"),
        "SRV-01": ("covered", "services_and_perimeter"),
        "IMP-01": ("unknown", "services_and_perimeter"),
    }
    assert found.on == date(2027, 1, 1)


def test_the_counts_are_taken_in_one_go_and_undone_like_an_answer(argoat: House, contract: Contract) -> None:
    taken(argoat, contract)
    before = current_terms(contract)
    done = take_counts(argoat.bob, contract, now=NOW)
    assert done.mistakes == ()
    terms = current_terms(contract)
    lines = {(line.asset_class.value, line.status.value): line.count for line in terms.inventory.value or () if line.maker == "Dell"}
    assert lines[("workstation", "covered")] == lines[("workstation", "repair_excluded")] == lines[("server", "covered")] == 1
    with pytest.raises(MistakesError):
        take_counts(argoat.bob, contract, now=NOW)
    assert done.undo is not None
    undo(argoat.bob, contract, done.undo, now=NOW)
    assert current_terms(contract) == before


def test_the_latest_inventory_counts_and_one_that_is_removed_leaves_the_one_before(argoat: House, contract: Contract) -> None:
    taken(argoat, contract, day=date(2026, 11, 1))
    latest = taken(argoat, contract, "Nom;Type\nA;Serveur\n")
    assert [one.asset_count for one in inventories_of(argoat.alice, contract)] == [1, 4]
    remove_inventory(argoat.alice, latest, now=NOW)
    found = covered_inventory(argoat.alice, contract, current_terms(contract))
    assert found is not None
    assert found.kept.asset_count == 4


def test_the_assets_are_read_by_the_page_and_those_that_a_derogation_names_apart(argoat: House, contract: Contract) -> None:
    rows = "".join(f"PC-{rank:03d};Portable;Dell;2020-01-01\n" for rank in range(300))
    kept = taken(argoat, contract, f"Nom;Type;Fabricant;Fin de garantie\n{rows}")
    until = {"asset": "pc-007", "reason": "logiciel métier", "until": "2029-01-01"}
    answer(argoat.bob, contract, {"derogations": [until]}, now=NOW)
    terms = current_terms(contract)
    found = covered_inventory(argoat.alice, contract, terms)
    assert found is not None
    assert list(found.listed) == list(coverage(terms, kept.inventory(), on=found.on))
    assert sum(one.count for one in found.covers) == 300
    derogations = found.listed.narrowed(lambda one: one.deciding.reason is Reason.DEROGATION)
    assert [one.asset.name for one in derogations] == ["PC-007"]
    # An inventory kept before there were groups, or that an export brought back, is grouped the first time it is looked at.
    ClientInventory.objects.update(groups="", places=None, assets=json.dumps([one.as_json() for one in kept.inventory().assets]))
    again = covered_inventory(argoat.alice, contract, terms)
    assert again is not None
    assert list(again.listed[7:8]) == list(found.listed[7:8])
    renewed = ClientInventory.objects.get()
    assert renewed.groups
    assert renewed.inventory().hash == kept.hash


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("parc.pdf", b"%PDF-1.7", "ni tableau"),
        ("parc.xlsx", b"PK\x03\x04 rompu", "classeur illisible"),
        ("pc.xml", b"<REQUEST>", "actif"),
        ("parc.csv", b"\xff\xfe\x00", "CSV|encodage|colonne|actif|séparateur"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_nothing_is_kept(
    argoat: House, contract: Contract, name: str, content: bytes, told: str
) -> None:
    waiting = receive_files(argoat.bob, contract, [NamedFile(name, content)], now=NOW)
    with pytest.raises(MistakesError, match=told):
        take_inventory(argoat.bob, waiting, day=TODAY, now=NOW)
    assert not ClientInventory.objects.exists()


def test_more_than_the_server_takes_is_refused_before_it_is_stored(
    argoat: House, contract: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("convenu.actions.inventories.MAX_BYTES", 10)
    with pytest.raises(MistakesError, match="au plus"):
        received(argoat, contract)
    assert not InventoryFile.objects.exists()


def test_an_inventory_of_tomorrow_is_refused(argoat: House, contract: Contract) -> None:
    with pytest.raises(MistakesError, match="aujourd’hui"):
        taken(argoat, contract, day=date(2030, 1, 1))


def test_who_only_reads_brings_nothing_in_and_a_technician_removes_nothing(argoat: House, contract: Contract) -> None:
    reader = add_member(argoat.argoat, "Lise", "lise@argoat.example", Role.READ_ONLY)
    with pytest.raises(NotAllowedError):
        receive_files(reader, contract, [NamedFile("parc.csv", b"Nom\nA\n")], now=NOW)
    with pytest.raises(NotAllowedError):
        remove_inventory(argoat.bob, taken(argoat, contract), now=NOW)
