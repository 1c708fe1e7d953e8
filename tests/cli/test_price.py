"""`convenu price` on the deals of the examples."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from convenu.cli.main import main
from convenu.terms.files import write_yaml
from convenu.vocabulary.french import plain_spaces
from tests.examples.deals import terms_of

COSTS = str(Path("examples/couts.yaml").resolve())
UCI = Path("examples/uci498").resolve()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["price", *arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def valdrene(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("price") / "valdrene.yaml"
    file.write_text(write_yaml(terms_of("valdrene")), "utf-8")
    return str(file)


def told(*arguments: str) -> dict[str, Any]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_price_has_its_lines_its_totals_and_the_cost_with_its_formulas(valdrene: str) -> None:
    found = told(valdrene, "--costs", COSTS, "--on", "2027-02-01")
    assert (found["monthly"], found["yearly"], found["set_up"]) == ("4204.00 EUR", "50448.00 EUR", "6300.00 EUR")
    assert len(found["lines"]) == 7
    assert found["vat"]["rate"] == "20"
    assert found["cost"]["missing"] == []
    assert all(item["how"] for item in found["cost"]["items"])
    assert set(found["margin"]) == {"p10", "p50", "p90", "loss_percent", "draws", "seed", "estimate"}
    assert found["drivers"]


def test_the_same_seed_gives_the_same_margin(valdrene: str) -> None:
    one, again, other = (told(valdrene, "--costs", COSTS, "--seed", seed)["margin"] for seed in ("7", "7", "8"))
    assert one == again
    assert one["p10"] != other["p10"]


def test_without_costs_the_price_stands_and_what_lacks_is_named(valdrene: str) -> None:
    found = told(valdrene)
    assert found["monthly"] == "4204.00 EUR"
    assert found["margin"] is None
    assert "coût d’une heure N1 non renseigné" in [one["message"] for one in found["cost"]["missing"]]
    assert (found["cost"]["monthly"], found["cost"]["yearly"], found["cost"]["overheads"]) == (None, None, None)
    text = plain_spaces(run(valdrene).output)
    assert "Coût par mois : non calculé" in text
    assert "Marge : non calculée. Donnez vos coûts avec --costs" in text


def test_the_client_s_price_holds_no_cost(valdrene: str) -> None:
    found = told(valdrene, "--costs", COSTS, "--client")
    assert set(found) == {"lines", "monthly", "yearly", "set_up", "remarks", "vat"}
    text = plain_spaces(run(valdrene, "--costs", COSTS, "--client").output)
    assert "4 204 €" in text
    assert not any(word in text for word in ("Coût", "Marge", "de l'heure (N"))


def test_variants_are_set_side_by_side(valdrene: str, tmp_path: Path) -> None:
    other = tmp_path / "astreinte.yaml"
    other.write_text(Path(valdrene).read_text("utf-8").replace("on_call: no_on_call", "on_call: p1"), "utf-8")
    found = told(valdrene, str(other), "--costs", COSTS)
    assert [one["name"] for one in found["options"]] == [valdrene, str(other)]
    assert all(one["margin"]["p50"] for one in found["options"])
    assert "Face à" in run(valdrene, str(other), "--client").output


def test_the_price_is_written_as_a_workbook_and_the_clients_holds_no_cost(valdrene: str, tmp_path: Path) -> None:
    mine, theirs = tmp_path / "chiffrage.xlsx", tmp_path / "prix.xlsx"
    assert run(valdrene, "--costs", COSTS, "-o", str(mine)).exit_code == 0
    assert run(valdrene, "--costs", COSTS, "--client", "-o", str(theirs)).exit_code == 0
    assert load_workbook(mine).sheetnames == ["Prix", "Coûts", "Marge"]
    assert load_workbook(theirs).sheetnames == ["Prix"]
    for wrong, said in (([valdrene, "-o", str(tmp_path / "x.csv")], ".xlsx"), ([valdrene, COSTS, "-o", str(mine)], "un seul contrat")):
        assert said in plain_spaces(run(*wrong).output)


def test_a_file_given_twice_is_no_variant_of_itself(valdrene: str, tmp_path: Path) -> None:
    again = f"{Path(valdrene).parent}/../{Path(valdrene).parent.name}/valdrene.yaml"
    for twice, said in ((valdrene, "ce fichier est donné deux fois"), (again, f"le même fichier que « {valdrene} »")):
        result = run(valdrene, twice)
        assert (result.exit_code, said in plain_spaces(result.output)) == (2, True), result.output
    copy = tmp_path / "copie.yaml"
    copy.write_text(Path(valdrene).read_text("utf-8"), "utf-8")
    assert "aucune différence de termes ni de clauses" in run(valdrene, str(copy), "--client").output


def test_the_msp_s_own_tickets_replace_the_hours_assumed(valdrene: str) -> None:
    tickets = ("--tickets", str(UCI / "incidents.csv"), "--mapping", str(UCI / "correspondance.yaml"))
    found = told(valdrene, "--costs", COSTS, *tickets)
    labels = [item["label"] for item in found["cost"]["items"]]
    assert "Tickets P1" in labels
    assert not any(label.startswith("Support, ") for label in labels)


def test_bad_input_is_told_with_its_place_and_nothing_else(valdrene: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("price_lines:\n  - {label: Postes, unit: poste, quantity: -3, unit_price: 30 USD}\n", "utf-8")
    result = run(str(bad))
    assert result.exit_code == 2
    for told_word in ("poste", "minimum 0", "autre monnaie"):
        assert told_word in result.output
    assert "février 2027 a 28 jours" in run(valdrene, "--on", "2027-02-31").output
    wrong_costs = tmp_path / "couts.yaml"
    wrong_costs.write_text("hour_n1: beaucoup\n", "utf-8")
    assert "hour_n1" in run(valdrene, "--costs", str(wrong_costs)).output


def test_the_help_shows_a_file_of_costs_that_the_command_reads(valdrene: str, tmp_path: Path) -> None:
    shown = run("--help").output.split("pour zéro) :")[1]
    file = tmp_path / "couts.yaml"
    file.write_text(dedent(shown.replace("\n  ", "\n")), "utf-8")
    found = told(valdrene, "--costs", str(file))
    assert found["cost"]["missing"] == []
    assert found["margin"]["p50"].endswith(" EUR")
