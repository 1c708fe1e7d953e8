"""What Debian's agents write of this very machine is read, and nothing of who uses it."""

from __future__ import annotations

import json
import platform
import re
import subprocess
from pathlib import Path

import pytest

from convenu.connectors.asset_files import NamedFile, read_inventory_apart
from convenu.connectors.asset_importing import ImportedAssets

pytestmark = [pytest.mark.agents, pytest.mark.slow]


def by_fusioninventory() -> NamedFile:
    done = subprocess.run(["fusioninventory-inventory"], capture_output=True, check=True, timeout=60)
    return NamedFile("machine.xml", done.stdout)


def by_ocs(folder: Path) -> NamedFile:
    command = ["ocsinventory-agent", f"--local={folder}", "--nosoftware"]
    subprocess.run(command, capture_output=True, check=True, timeout=60)
    (written,) = folder.glob("*.ocs")
    return NamedFile(written.name, written.read_bytes())


def imported(file: NamedFile) -> ImportedAssets:
    read = read_inventory_apart([file])
    assert read.imported is not None, read.mistakes
    return read.imported


def test_the_machine_of_these_tests_is_read_the_same_from_both_agents(tmp_path: Path) -> None:
    one, other = imported(by_fusioninventory()), imported(by_ocs(tmp_path))
    (seen,), (again,) = one.assets, other.assets
    assert seen.name == again.name == platform.node().split(".")[0]
    assert seen.last_seen is not None
    assert again.last_seen is None, "OCS Inventory writes no day of its own"
    assert "Debian" in seen.operating_system
    assert not one.rejected
    assert not other.rejected


def test_accounts_and_processes_and_addresses_stay_in_the_agents_file() -> None:
    file = by_fusioninventory()
    found = imported(file)
    assert {"local_users", "processes", "networks"} <= set(found.personal)
    told = json.dumps(found.as_json())
    assert b"/bin/bash" in file.content
    assert "/bin/bash" not in told
    assert not re.search(r"\b(?:\d{1,3}\.){3}\d{1,3}\b", told)
