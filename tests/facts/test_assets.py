"""An inventory is what a client had on a day."""

from __future__ import annotations

from datetime import date

import pytest

from convenu.facts.assets import Asset, AssetStatus, Inventory, asset_from_json

DAY = date(2026, 11, 25)
LAPTOP = Asset(key="PF3X", asset_class="workstation", name="LT-014", maker="Lenovo", model="T14", warranty_end=date(2028, 1, 31))
SERVER = Asset(key="SRV-1", asset_class="server", maker="Dell", model="R750", support_end=date(2031, 10, 14))


def test_the_order_of_a_file_changes_neither_the_inventory_nor_its_hash() -> None:
    assert Inventory(DAY, (LAPTOP, SERVER)) == Inventory(DAY, (SERVER, LAPTOP))
    assert Inventory(DAY, (LAPTOP, SERVER)).hash == Inventory(DAY, (SERVER, LAPTOP)).hash
    assert Inventory(DAY, (LAPTOP,)).hash != Inventory(date(2026, 11, 26), (LAPTOP,)).hash


def test_an_asset_stands_once_in_an_inventory() -> None:
    with pytest.raises(ValueError, match="PF3X"):
        Inventory(DAY, (LAPTOP, LAPTOP))


def test_an_asset_is_written_and_read_back_the_same() -> None:
    spare = Asset(key="A", virtual=True, status=AssetStatus.IN_STOCK, last_seen=DAY, purchased_on=DAY)
    for one in (LAPTOP, SERVER, spare):
        assert asset_from_json(one.as_json()) == one
    assert "serial" not in LAPTOP.as_json()


def test_an_asset_is_called_by_its_name_else_by_what_it_is() -> None:
    assert [LAPTOP.label, SERVER.label, Asset(key="K").label] == ["LT-014", "Dell R750", "K"]
