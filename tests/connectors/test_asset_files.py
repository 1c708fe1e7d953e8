"""Inventories: what a file says is read, what touches people stays in it, what is wrong is told and kept aside."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from convenu.connectors.asset_files import NamedFile, ReadInventory, columns_key, read_inventory, read_inventory_apart
from convenu.connectors.asset_importing import MAX_ASSETS, ImportedAssets
from convenu.connectors.asset_mapping import AssetMapping
from convenu.documents.strangers import StrangerError
from convenu.facts.assets import AssetStatus
from convenu.vocabulary import yaml_text

FLEET = """\
Nom;Type;Fabricant;Numéro de série;Utilisateur;Adresse IP;Lieu;Fin de garantie;Système d'exploitation;Statut
PC-001;Portable;Dell Inc.;ABC1;Jeanne Martin;10.0.0.4;Lyon;13/03/2029;Windows 11;En service
PC-002;Portable;Lenovo;To be filled by O.E.M.;Paul Durand;10.0.0.5;Lyon;12/03/2023;Windows 10 Pro;En service
SRV-01;Serveur;Dell;ABC3;;10.0.0.2;Lyon;;Windows Server 2022;En stock
"""
AGENT = """<?xml version="1.0" encoding="UTF-8"?>
<REQUEST><CONTENT>
<HARDWARE><NAME>pc-7</NAME><CHASSIS_TYPE>Notebook</CHASSIS_TYPE><VMSYSTEM>Physical</VMSYSTEM><USERID>jmartin</USERID></HARDWARE>
<BIOS><SMANUFACTURER>LENOVO</SMANUFACTURER><SMODEL>21HM</SMODEL><SSN>PF3X</SSN></BIOS>
<OPERATINGSYSTEM><FULL_NAME>Microsoft Windows 11 Professionnel</FULL_NAME></OPERATINGSYSTEM>
<LOCAL_USERS><LOGIN>jmartin</LOGIN></LOCAL_USERS><VERSIONCLIENT>agent 1</VERSIONCLIENT>
<ACCESSLOG><LOGDATE>2026-11-20 09:00:00</LOGDATE><USERID>jmartin</USERID></ACCESSLOG>
</CONTENT><DEVICEID>pc-7-2024-03-01-09-00-00</DEVICEID><QUERY>INVENTORY</QUERY></REQUEST>
"""


def read(content: str | bytes, name: str = "parc.csv", mapping: dict[str, Any] | None = None) -> ReadInventory:
    return read_inventory([NamedFile(name, content.encode() if isinstance(content, str) else content)], mapping=mapping)


def imported(found: ReadInventory) -> ImportedAssets:
    assert found.imported is not None, found.mistakes
    return found.imported


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_file_is_read_under_the_columns_and_words_that_are_likely() -> None:
    found = read(FLEET)
    laptop, other, server = imported(found).assets
    assert (laptop.key, laptop.asset_class, laptop.maker, laptop.warranty_end) == ("ABC1", "workstation", "Dell Inc.", date(2029, 3, 13))
    assert (other.key, other.serial) == ("PC-002", "")
    assert (server.status, server.warranty_end) == (AssetStatus.IN_STOCK, None)
    assert found.mapping["classes"] == {"Portable": "workstation", "Serveur": "server"}


def test_what_touches_people_stays_in_the_file_and_is_named() -> None:
    found = imported(read(FLEET))
    assert found.personal == found.dropped == ("Utilisateur", "Adresse IP")
    told = json.dumps(found.as_json())
    assert "Jeanne" not in told
    assert "10.0.0" not in told


def test_a_row_left_out_says_nothing_of_people_either() -> None:
    twice = FLEET + "PC-009;Portable;Dell;ABC1;Marie Petit;10.0.0.9;Lyon;;;\n"
    (rejected,) = imported(read(twice)).rejected
    assert (rejected.row, rejected.reason) == (5, "« ABC1 » est déjà ligne 2")
    assert "Marie Petit" not in rejected.cells.values()


def test_an_order_of_day_and_month_that_nothing_settles_is_asked() -> None:
    unsure = "Nom;Fin de garantie\nPC-1;01/02/2027\n"
    assert [one.where for one in read(unsure).mistakes] == ["dates"]
    (asset,) = imported(read(unsure, mapping={"dates": "day_first", "columns": {"name": "Nom", "warranty_end": "Fin de garantie"}})).assets
    assert asset.warranty_end == date(2027, 2, 1)


def test_a_word_without_a_class_is_counted_and_leaves_its_assets_without_one() -> None:
    found = imported(read("Nom;Type\nA;Bidule\nB;Bidule\nC;Serveur\n"))
    assert found.unmeant == {"Bidule": 2}
    assert [one.asset_class for one in found.assets] == ["", "", "server"]


def test_quantities_of_a_hand_written_list_become_as_many_assets_and_wrong_ones_are_told() -> None:
    found = imported(read("Nom;Type;Quantité\nPostes;Poste;3\nNAS;NAS;0\nÉcrans;Écran;-2\nServeurs;Serveur;deux\n"))
    assert [one.key for one in found.assets] == ["Postes/1", "Postes/2", "Postes/3"]
    assert [row.row for row in found.rejected] == [3, 4, 5]
    assert "de 1 à" in found.rejected[0].reason
    assert "nombre entier" in found.rejected[2].reason


def test_a_workbook_keeps_its_dates_and_numbers() -> None:
    rows: list[list[object]] = [["Nom", "Type", "Date d'achat", "Numéro de série"], ["PC-1", "Portable", date(2024, 5, 6), 123456]]
    (asset,) = imported(read(workbook(rows), "parc.xlsx")).assets
    assert (asset.purchased_on, asset.serial) == (date(2024, 5, 6), "123456")


def test_a_mapping_remembered_for_these_columns_is_taken_again() -> None:
    remembered = {columns_key(["Ce truc", "Quoi"]): {"columns": {"name": "Ce truc", "asset_class": "Quoi"}, "classes": {"Boîte": "server"}}}
    found = read_inventory([NamedFile("x.csv", b"Ce truc;Quoi\nA;Bo\xc3\xaete\n")], remembered=remembered)
    (asset,) = imported(found).assets
    assert (asset.name, asset.asset_class) == ("A", "server")


def test_the_end_of_support_that_the_provider_knows_applies_to_the_systems_it_names() -> None:
    mapping = AssetMapping.read(
        yaml_text.read("columns: {name: Nom, operating_system: Système d'exploitation}\nsupport_ends: {Windows 10: 2025-10-14}\n")
    )
    found = imported(read(FLEET, mapping=mapping.model_dump(mode="json")))
    assert [one.support_end for one in found.assets] == [None, date(2025, 10, 14), None]


@pytest.mark.parametrize("name", AssetMapping.presets())
def test_the_export_of_a_known_tool_is_recognised_by_its_columns(name: str) -> None:
    preset = AssetMapping.preset(name)
    columns = list(dict.fromkeys(preset["columns"].values()))
    found = read(f"{';'.join([*columns, 'Autre'])}\n{';'.join(['x'] * (len(columns) + 1))}\n")
    assert found.mapping["source"] == preset["source"]
    assert found.mapping["columns"] == preset["columns"]


def test_agents_tell_the_machine_and_not_who_uses_it() -> None:
    found = read(AGENT, "pc-7.xml")
    (asset,) = imported(found).assets
    assert (asset.key, asset.name, asset.maker, asset.model) == ("PF3X", "pc-7", "LENOVO", "21HM")
    assert (asset.asset_class, asset.virtual, asset.last_seen) == ("workstation", False, date(2026, 11, 20))
    assert found.columns == ()
    assert imported(found).personal == ("local_users",)
    assert "jmartin" not in json.dumps(imported(found).as_json())


def test_the_json_of_the_glpi_agent_is_read_like_the_xml() -> None:
    told = {
        "action": "inventory", "deviceid": "srv-2024-03-01-09-00-00", "itemtype": "Computer",
        "content": {
            "hardware": {"name": "srv", "chassis_type": "Rack Mount Chassis"}, "bios": {"smanufacturer": "Dell Inc.", "ssn": "S1"},
            "operatingsystem": {"full_name": "Debian GNU/Linux 12"}, "users": [{"login": "root"}],
            "accesslog": {"logdate": "2026-11-20 09:00:00"},
        },
    }  # fmt: skip
    found = imported(read(json.dumps(told), "srv.json"))
    assert [(one.key, one.asset_class, one.maker, one.last_seen) for one in found.assets] == [
        ("S1", "server", "Dell Inc.", date(2026, 11, 20))
    ]
    assert found.personal == ("users",)


BODY = "<REQUEST><CONTENT><HARDWARE><NAME>&x;</NAME></HARDWARE></CONTENT></REQUEST>"


@pytest.mark.parametrize(
    "hostile",
    [
        f'<!DOCTYPE REQUEST [<!ENTITY x SYSTEM "file:///etc/passwd">]>{BODY}',
        f'<!DOCTYPE REQUEST [<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;">]>{BODY}',
        "<REQUEST><CONTENT>",
        "<html/>",
        "",
    ],
    ids=["file", "expansion", "cut", "another document", "empty"],
)
def test_an_xml_made_to_harm_or_cut_is_left_aside_and_nothing_of_this_machine_is_read(hostile: str) -> None:
    found = read_inventory([NamedFile("piege.xml", hostile.encode()), NamedFile("pc-7.xml", AGENT.encode())])
    assert [one.key for one in imported(found).assets] == ["PF3X"]
    assert len(imported(found).rejected) == 1
    assert "root:" not in json.dumps(imported(found).as_json())


def test_a_name_of_file_opens_nothing_of_this_machine(tmp_path: Path) -> None:
    (tmp_path / "secret.parquet").write_bytes(b"PAR1")
    found = read_inventory([NamedFile(str(tmp_path / "secret.parquet"), b"PAR1")])
    assert found.imported is None
    assert "ni tableau" in found.mistakes[0].message


def test_more_rows_than_the_limit_are_refused_by_name_and_nothing_is_lost_below_it() -> None:
    rows = "".join(f"PC-{rank};Portable\n" for rank in range(MAX_ASSETS))
    assert len(imported(read("Nom;Type\n" + rows)).assets) == MAX_ASSETS
    found = read("Nom;Type\n" + rows + "PC-x;Portable\n")
    assert found.imported is None
    assert str(MAX_ASSETS) in found.mistakes[0].message


def test_a_strangers_file_is_read_in_a_process_of_its_own_with_the_same_result() -> None:
    files = [NamedFile("parc.csv", FLEET.encode())]
    assert read_inventory_apart(files) == read_inventory(files)
    agents = [NamedFile("pc-7.xml", AGENT.encode())]
    assert read_inventory_apart(agents) == read_inventory(agents)


def test_a_process_that_does_not_end_well_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("convenu.connectors.asset_files._SECONDS", 0.001)
    with pytest.raises(StrangerError):
        read_inventory_apart([NamedFile("parc.csv", FLEET.encode())])
