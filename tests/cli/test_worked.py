"""`convenu worked` on the deal of the example."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from convenu.cli.main import main
from convenu.terms.files import write_yaml
from convenu.vocabulary.french import plain_spaces
from tests.examples.deals import changed_terms, terms_of

COSTS = str(Path("examples/couts.yaml").resolve())
ROWS = """\
ticket,opened_at,priority,worked,worked_at,level,place,billing
T1,2027-03-02T09:00:00+01:00,P3,90,2027-03-02T17:30:00+01:00,n2,remote,billed
T2,2027-03-03T09:00:00+01:00,P3,30,2027-03-03T10:00:00+01:00,n1,remote,included
T3,2027-02-05T09:00:00+01:00,P3,45,,n2,,
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("worked")
    (made / "valdrene.yaml").write_text(write_yaml(terms_of("valdrene")), "utf-8")
    (made / "sans.yaml").write_text(write_yaml(changed_terms("valdrene", hour_pack="none")), "utf-8")
    (made / "t.csv").write_text(ROWS, "utf-8")
    (made / "vide.csv").write_text("ticket,opened_at,priority\n1,2027-03-02T09:00:00+01:00,P3\n", "utf-8")
    return made


def run(folder: Path, *arguments: str, terms: str = "valdrene.yaml", tickets: str = "t.csv") -> Result:
    given = ["worked", str(folder / terms), "--tickets", str(folder / tickets), "--on", "2027-04-01", *arguments]
    return CliRunner().invoke(main, given, catch_exceptions=False)


def told(folder: Path, *arguments: str, **files: str) -> dict[str, Any]:
    result = run(folder, *arguments, "--json", **files)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_month_is_told_with_its_periods_its_price_its_article_and_the_pack(folder: Path) -> None:
    found = told(folder, "--pack", "2027-03-01", "--costs", COSTS)
    assert (found["month"], found["months"], found["minutes"]) == ("2027-03", ["2027-03", "2027-02"], 120)
    assert found["by_period"] == {
        "service": {"included": 30, "billed": 30, "undecided": 0}, "evening": {"included": 0, "billed": 60, "undecided": 0},
    }  # fmt: skip
    # Half an hour comes from the pack, the evening does not: 85 × 1.5.
    assert (found["billed"], found["hour_pack"]["balance"], found["hour_pack"]["until"]) == ("127.50 EUR", 1170, "2028-03-01")
    assert found["entries"][0]["article"].startswith("article")
    assert found["cost"]["amount"] is not None
    assert "cost" not in told(folder)


def test_the_text_says_what_is_to_be_decided_and_that_a_contract_has_no_pack(folder: Path) -> None:
    said = plain_spaces(run(folder, "--month", "2027-02").output)
    assert "février 2027 : 45 min en 1 intervention, 0 € à facturer" in said
    assert "à décider, 1 : le ticket ne dit pas la ligne retenue" in said
    assert "aucun n'est acheté" in said
    assert "le contrat n'en a aucun" in plain_spaces(run(folder, terms="sans.yaml").output)
    assert "des carnets sont achetés, mais" in plain_spaces(run(folder, "--pack", "2027-03-01", terms="sans.yaml").output)


def test_the_month_is_written_in_excel(folder: Path) -> None:
    assert run(folder, "-o", str(folder / "mars.xlsx"), "--costs", COSTS).exit_code == 0
    assert load_workbook(folder / "mars.xlsx").sheetnames == ["Temps passé", "Par période", "Carnet d’heures", "Coût"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--pack", "2027-02-31"), "février 2027 a 28 jours"),
        (("--pack", "2027-01-05x0"), "de 1 à 500"), (("--pack", "x"), "n’est pas une date"),
        (("--month", "mars"), "« mars » n’est pas un mois"), (("-o", "t.csv"), "Écrivez un nom en .xlsx"),
    ],
)  # fmt: skip
def test_bad_input_is_told_with_its_place(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run(folder, *arguments)
    assert (result.exit_code, said.replace("’", "'") in plain_spaces(result.output)) == (2, True), result.output


def test_an_export_that_tells_no_time_says_which_columns_to_give(folder: Path) -> None:
    result = run(folder, tickets="vide.csv")
    assert result.exit_code == 2
    assert "worked_at" in result.output
