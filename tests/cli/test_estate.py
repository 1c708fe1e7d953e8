"""`convenu estate` on the database of a data folder."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from convenu.actions.interview import answer
from convenu.cli.main import main
from convenu.store.tenancy import tenant_scope
from convenu.vocabulary.french import plain_spaces
from tests.actions.deals import FORBIDDEN_PAYMENT, a_contract
from tests.web.people import NOW, House

RULE = "com-l441-10-delai"


@pytest.fixture
def late(house: House) -> House:
    """Argoat with a contract that pays too late."""
    with tenant_scope(house.argoat):
        contract = a_contract(house.alice)
        answer(house.alice, contract, {"client_kind": "commercial_company", **FORBIDDEN_PAYMENT}, now=NOW)
    return house


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["estate", *arguments])


def test_the_contracts_a_rule_concerns_are_listed_with_article_and_amendment(late: House) -> None:
    name = late.argoat.name
    result = run("--rule", RULE, "--organisation", name, "--on", "2026-11-25", "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert (told["on"], told["checked"], told["unread"]) == ("2026-11-25", 1, [])
    first = told["contracts"][0]
    assert (first["rule"], first["status"], first["client"]) == (RULE, "new", "Valdrène Ingénierie")
    assert first["where"].startswith("article")
    assert first["subject"].startswith("Avenant")
    words = plain_spaces(run("--rule", RULE, "--organisation", name.upper()).stdout)
    assert "inchangé, article" in words
    assert "1 contrat parcouru, 1 concerné" in words


@pytest.mark.usefixtures("late")
def test_the_organisation_is_to_be_named_when_there_are_several() -> None:
    result = run()
    assert result.exit_code == 2
    assert "« Brocel Réseaux »" in plain_spaces(result.stderr)
    assert run("--organisation", "Inconnue").exit_code == 2


def test_an_unknown_rule_is_told(late: House) -> None:
    result = run("--rule", "civ-9999", "--organisation", late.argoat.name, "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["errors"][0]["where"] == "civ-9999"


@pytest.mark.usefixtures("db")
def test_a_data_folder_without_organisation_says_what_to_open() -> None:
    result = run()
    assert result.exit_code == 2
    assert "convenu serve" in plain_spaces(result.stderr)
