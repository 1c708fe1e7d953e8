"""`convenu inventory`: the rows, the verdicts with their articles, the counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from convenu.cli.main import main
from convenu.vocabulary.french import plain_spaces

FLEET = """\
Nom;Type;Fabricant;Utilisateur;Fin de garantie
PC-001;Portable;Dell;Jeanne Martin;13/03/2029
PC-002;Portable;Dell;Paul Durand;12/03/2023
IMP-01;Imprimante;HP;;
"""


@pytest.fixture
def fleet(tmp_path: Path) -> str:
    path = tmp_path / "parc.csv"
    path.write_text(FLEET, encoding="utf-8")
    return str(path)


@pytest.fixture
def terms(tmp_path: Path) -> str:
    path = tmp_path / "terms.yaml"
    assert run("scope", "examples/valdrene.answers.yaml", "-o", str(path)).exit_code == 0
    return str(path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def test_without_terms_the_file_is_shown_with_the_mapping_to_look_over(fleet: str) -> None:
    told = json.loads(run("inventory", fleet).stdout)
    assert told["mapping"]["classes"] == {"Portable": "workstation", "Imprimante": "printer"}
    assert told["personal"] == ["Utilisateur"]


def test_each_asset_comes_with_its_verdict_and_the_article_that_decides(fleet: str, terms: str) -> None:
    told = json.loads(run("inventory", fleet, "--terms", terms, "--on", "2026-11-25", "--json").stdout)
    found = {one["key"]: (one["cover"], one["grounds"][0]["reason"], plain_spaces(one["grounds"][0]["article"])) for one in told["assets"]}
    assert found == {
        "PC-001": ("covered", "subscribed", "article 4.1"),
        "PC-002": ("excluded", "out_of_warranty", "article 4.3"),
        "IMP-01": ("excluded", "class_not_subscribed", "article 4.1"),
    }
    assert told["counts"]["workstation"] == {"covered": 1, "excluded": 1, "unknown": 0}
    assert "Jeanne" not in json.dumps(told)


def test_the_gaps_with_the_contract_are_said_in_words(fleet: str, terms: str) -> None:
    shown = plain_spaces(run("inventory", fleet, "--terms", terms, "--on", "2026-11-25").stdout)
    assert "écart, postes de travail : 50 au contrat, 6 au prix (0 par la règle de décompte), 2 à l'inventaire" in shown
    assert "laissé dans le fichier, car cela touche des personnes : Utilisateur" in shown


def test_a_file_of_another_kind_is_told_and_nothing_else_is_shown(tmp_path: Path, terms: str) -> None:
    path = tmp_path / "parc.pdf"
    path.write_bytes(b"%PDF-1.7")
    result = run("inventory", str(path), "--terms", terms)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "ni tableau ni fichier d'agent" in plain_spaces(result.stderr)
