"""`convenu law`: a figure with its source and history, and a newer publication seen before it is kept."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from convenu.cli.main import main
from convenu.library import loader
from convenu.vocabulary.french import plain_spaces

RATE = "legal_interest_professional"
PUBLISHED = "from,value,source\n2027-01-01,2.90,arrêté du 18 décembre 2026\n"


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CONVENU_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["law", *arguments])


def publication(folder: Path, content: str, name: str = "taux.csv") -> str:
    file = folder / name
    file.write_text(content, "utf-8")
    return str(file)


def test_a_figure_is_given_with_its_source_and_the_day_it_was_checked() -> None:
    shown = plain_spaces(run(RATE, "--on", "2026-08-15").output)
    assert "2,75 %" in shown
    assert "source :" in shown
    assert "vérifié le 23/11/2026" in shown


def test_the_history_of_a_figure_lists_each_value_with_its_source() -> None:
    shown = plain_spaces(run(RATE, "--history").output)
    assert "01/01/2023" in shown
    assert "2,06 %" in shown
    assert "connu jusqu'au 01/01/2027 exclu" in shown


def test_the_history_of_a_computed_figure_sends_to_those_it_comes_from() -> None:
    result = run("late_rate_floor", "--history")
    assert result.exit_code == 2
    assert "calculé à partir d'autres" in plain_spaces(result.output)


def test_a_publication_is_seen_first_and_nothing_is_written(tmp_path: Path, own_data: Path) -> None:
    result = run(RATE, "--import", publication(tmp_path, PUBLISHED), "--known-until", "2027-07-01")
    assert result.exit_code == 0
    assert "+ 01/01/2027 2,9 %" in " ".join(plain_spaces(result.output).split())
    assert "Rien n'a été écrit" in plain_spaces(result.output)
    assert not (own_data / "law").exists()
    assert run(RATE, "--on", "2027-02-01").exit_code == 2


def test_a_publication_that_is_kept_answers_the_rates_and_the_floor_of_its_half_year(tmp_path: Path, own_data: Path) -> None:
    before = loader.french()
    result = run(RATE, "--import", publication(tmp_path, PUBLISHED), "--known-until", "2027-07-01", "--apply", "--json")
    assert json.loads(result.output)["written"] == str(own_data / "law" / f"{RATE}.yaml")
    answer = json.loads(run("late_rate_floor", "--on", "2027-02-01", "--json").output)
    assert (answer["value"], answer["to"]) == ("8.70", "2027-07-01")
    assert "arrêté du 18 décembre 2026" in answer["source"]
    assert run(RATE, "--on", "2027-07-01").exit_code == 2
    after = loader.french()
    assert after.law.number(RATE, date(2026, 8, 1)) == Decimal("2.75")
    assert after.hash == before.hash
    assert after.law.edition != before.law.edition


def test_a_second_publication_keeps_the_first(tmp_path: Path) -> None:
    run(RATE, "--import", publication(tmp_path, PUBLISHED), "--known-until", "2027-07-01", "--apply")
    later = publication(tmp_path, "from;value;source\n2027-07-01;3,10;arrêté du 20 juin 2027\n", "suite.csv")
    assert run(RATE, "--import", later, "--known-until", "2028-01-01", "--apply").exit_code == 0
    assert json.loads(run(RATE, "--on", "2027-02-01", "--json").output)["value"] == "2.90"
    assert json.loads(run(RATE, "--on", "2027-08-01", "--json").output)["value"] == "3.10"


def test_a_published_value_is_not_changed_unless_it_is_said(tmp_path: Path, own_data: Path) -> None:
    file = publication(tmp_path, "from,value,source\n2026-07-01,2.80,erratum\n")
    refused = run(RATE, "--import", file, "--apply")
    assert refused.exit_code == 2
    assert "la valeur publiée est 2,75, le fichier dit 2,8" in plain_spaces(refused.output)
    assert not (own_data / "law").exists()
    assert run(RATE, "--import", file, "--apply", "--replace").exit_code == 0
    assert json.loads(run(RATE, "--on", "2026-08-01", "--json").output)["value"] == "2.80"


def test_what_is_already_known_adds_nothing(tmp_path: Path, own_data: Path) -> None:
    result = run(RATE, "--import", publication(tmp_path, "from,value,source\n2026-07-01,2.75,arrêté\n"), "--apply")
    assert result.exit_code == 0
    assert "1 valeur inchangée" in plain_spaces(result.output)
    assert not (own_data / "law").exists()


def test_every_mistake_of_a_publication_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    bad = "from,value,source\n1er janvier,2.90,arrêté\n2027-01-01,deux,arrêté\n2027-01-01,2.9,\n1990-01-01,3,arrêté\n"
    result = run(RATE, "--import", publication(tmp_path, bad), "--known-until", "2027-07-01", "--apply")
    shown = plain_spaces(result.output)
    assert result.exit_code == 2
    for words in ("ligne 2", "n'est pas une date", "ligne 3", "n'est pas un nombre", "ligne 4", "aucune source", "ligne 5", "précède"):
        assert words in shown
    assert "est déjà donné" in shown


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        ("jour,taux\n2027-01-01,2.9\n", "taux.csv", "les titres attendus"),
        ("", "taux.csv", "les titres attendus"),
        ("from,value,source\n", "taux.csv", "aucune valeur"),
        ("values: 3\n", "taux.yaml", "il manque « values »"),
        (PUBLISHED, "taux.csv", "jusqu'à quel jour"),
    ],
)
def test_a_file_that_is_no_publication_says_what_to_write(tmp_path: Path, content: str, name: str, words: str) -> None:
    result = run(RATE, "--import", publication(tmp_path, content, name), "--apply")
    assert result.exit_code == 2
    assert words in plain_spaces(result.output)


def test_a_monthly_index_takes_the_first_of_each_month(tmp_path: Path) -> None:
    good = publication(tmp_path, "values:\n  2025-02-01: {value: 315.5, source: Fédération Syntec}\n", "syntec.yaml")
    assert run("syntec", "--import", good, "--apply").exit_code == 0
    assert json.loads(run("syntec", "--on", "2025-02-15", "--json").output)["value"] == "315.5"
    assert run("syntec", "--on", "2025-03-15").exit_code == 2
    wrong = publication(tmp_path, "from,value,source\n2025-03-10,316,Fédération Syntec\n", "mars.csv")
    assert "premier d'un mois" in plain_spaces(run("syntec", "--import", wrong).output)


def test_a_figure_that_is_no_number_is_not_imported(tmp_path: Path) -> None:
    result = run("e_invoicing_issue", "--import", publication(tmp_path, PUBLISHED))
    assert result.exit_code == 2
    assert "n'est pas une série de nombres" in plain_spaces(result.output)


def test_a_contract_of_next_year_is_not_verifiable_until_the_rate_is_imported(tmp_path: Path) -> None:
    terms = tmp_path / "terms.yaml"
    terms.write_text("client_kind: commercial_company\nlate_rate: {kind: fixed, rate: 12 %}\nrecovery_fee: 40 EUR\n", "utf-8")

    def status() -> set[str]:
        shown = CliRunner().invoke(main, ["check", str(terms), "--on", "2027-02-01", "--json"]).output
        return {one["status"] for one in json.loads(shown)["findings"] if one["rule"] == "com-l441-10-penalites"}

    assert status() == {"not_verifiable"}
    run(RATE, "--import", publication(tmp_path, PUBLISHED), "--known-until", "2027-07-01", "--apply")
    assert status() == set()
