"""The layers and the purity of the core are held by the tools: each forbidden thing, tried, is refused."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(sys.executable).parent
PURE_LAYERS = ("vocabulary", "law", "facts", "terms", "service", "agreement")
EDGES = ("library", "documents", "signing", "bulk", "connectors", "store", "actions", "web", "api", "cli")

IMPURE_LINES = [
    "import os",
    "import random",
    "import secrets",
    "from pathlib import Path",
    "from os import environ",
    "import datetime\n\ndatetime.datetime.now(datetime.UTC)",
    "from datetime import datetime\n\ndatetime.utcnow()",
    "from datetime import date\n\ndate.today()",
    "import time\n\ntime.time()",
    "from time import monotonic\n\nmonotonic()",
    "from uuid import uuid4\n\nuuid4()",
    'open("/etc/hostname")',
    'from io import open as read\n\nread("/etc/hostname")',
]


def ruff_refuses(code: str, *, layer: str) -> bool:
    """Whether ruff, under the project's rules, refuses these lines in a module of the layer for reaching outside."""
    command = [
        str(PROGRAMS / "ruff"),
        "check",
        "--quiet",
        "--select",
        "TID251,DTZ,PTH123",
        "--stdin-filename",
        f"src/convenu/{layer}/tried.py",
        "-",
    ]
    answer = subprocess.run(command, cwd=ROOT, input=f"{code}\n", capture_output=True, check=False, text=True)
    assert answer.returncode in {0, 1}, answer.stderr
    return answer.returncode == 1


def import_linter_answer(tmp_path: Path, modules: dict[str, str]) -> tuple[bool, str]:
    """Whether import-linter keeps every contract over a package of these modules, and what it says."""
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    package = tmp_path / "src" / "convenu"
    present = dict.fromkeys([*contract("purity")["source_modules"], *contract("audit")["containers"]], "")
    for name, code in {"convenu": "", **present, **modules}.items():
        folder = package.joinpath(*name.split(".")[1:])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "__init__.py").write_text(code, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "src")}
    command = [str(PROGRAMS / "lint-imports"), "--no-logo", "--no-cache"]
    answer = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False, text=True)
    return answer.returncode == 0, answer.stdout + answer.stderr


def contract(identifier: str) -> dict[str, list[str]]:
    """A contract of import-linter, from the project's settings."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return next(found for found in settings["tool"]["importlinter"]["contracts"] if found["id"] == identifier)


@pytest.mark.parametrize("code", IMPURE_LINES)
def test_the_core_cannot_reach_for_the_clock_chance_or_the_disk(code: str) -> None:
    assert ruff_refuses(code, layer="terms")


@pytest.mark.parametrize("layer", PURE_LAYERS)
def test_every_layer_of_the_core_is_held_pure(layer: str) -> None:
    assert ruff_refuses("import os", layer=layer)


@pytest.mark.parametrize("layer", EDGES)
def test_every_edge_may_see_the_machine(layer: str) -> None:
    assert not ruff_refuses("import os", layer=layer)


def test_a_layer_may_import_those_before_it(tmp_path: Path) -> None:
    kept, answer = import_linter_answer(tmp_path, {"convenu.terms": "import convenu.law"})
    assert kept, answer


def test_a_layer_cannot_import_a_later_one(tmp_path: Path) -> None:
    kept, answer = import_linter_answer(tmp_path, {"convenu.law": "import convenu.terms"})
    assert not kept
    assert "convenu.law is not allowed to import convenu.terms" in answer


def test_the_three_faces_do_not_import_one_another(tmp_path: Path) -> None:
    kept, answer = import_linter_answer(tmp_path, {"convenu.web": "", "convenu.cli": "import convenu.web"})
    assert not kept
    assert "convenu.cli is not allowed to import convenu.web" in answer


def test_what_reads_a_contract_cannot_ask_for_a_verdict_on_it(tmp_path: Path) -> None:
    audit = "convenu.agreement.audit"
    modules = {audit: "", f"{audit}.verdict": "", f"{audit}.said": f"import {audit}.verdict"}
    kept, answer = import_linter_answer(tmp_path, modules)
    assert not kept
    assert f"{audit}.said is not allowed to import {audit}.verdict" in " ".join(answer.split())


def test_a_folder_without_a_place_among_the_layers_is_refused(tmp_path: Path) -> None:
    kept, answer = import_linter_answer(tmp_path, {"convenu.helpers": ""})
    assert not kept
    assert "helpers" in answer


@pytest.mark.parametrize("forbidden", ["django.db", "sqlite3", "duckdb", "httpx", "requests", "socket", "subprocess"])
def test_the_core_cannot_import_a_framework_a_database_or_the_network(tmp_path: Path, forbidden: str) -> None:
    kept, answer = import_linter_answer(tmp_path, {"convenu.terms": f"import {forbidden}"})
    assert not kept
    assert f"convenu.terms is not allowed to import {forbidden.split('.', maxsplit=1)[0]}" in answer


def test_every_folder_of_the_core_is_under_the_purity_contract() -> None:
    present = {f"convenu.{layer}" for layer in PURE_LAYERS if (ROOT / "src" / "convenu" / layer / "__init__.py").is_file()}
    assert present == set(contract("purity")["source_modules"])
