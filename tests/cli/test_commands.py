"""The command line as a person uses it: what it prints, writes and exits with."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from convenu.cli.main import main
from convenu.cli.verbs import VERBS
from convenu.library.loader import french

VALDRENE = str(Path("examples/valdrene.answers.yaml").resolve())


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


@pytest.fixture(scope="module")
def terms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "terms.yaml"
    assert run("scope", VALDRENE, "-o", str(path)).exit_code == 0
    return path


def test_scope_writes_terms_and_tells_the_open_points(tmp_path: Path) -> None:
    path = tmp_path / "terms.yaml"
    result = run("scope", VALDRENE, "-o", str(path), "--json")
    told: dict[str, Any] = json.loads(result.stdout)
    assert result.exit_code == 0
    assert set(told) == {"open", "errors", "sectors"}
    (cloud,) = told["sectors"]
    assert (cloud["key"], cloud["because"], cloud["clauses"]) == (
        "cloud",
        [{"term": "cloud_sold", "label": "Services en ligne revendus"}],
        ["cloud_switching"],
    )
    assert all(set(point) >= {"question", "terms", "who"} for point in told["open"])
    assert "client_name" in path.read_text("utf-8")


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html", ".md"])
def test_draft_writes_the_contract_in_each_format(terms: Path, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"contrat{suffix}"
    result = run("draft", str(terms), "-o", str(path), "--on", "2026-11-23")
    assert result.exit_code == 0, result.output
    assert path.stat().st_size > 20_000
    assert "articles" in result.output


def test_check_finds_nothing_blocking_in_the_demo_deal(terms: Path) -> None:
    result = run("check", str(terms), "--on", "2026-11-23", "--json")
    told: dict[str, Any] = json.loads(result.stdout)
    assert result.exit_code == 0
    assert told["on"] == "2026-11-23"
    assert told["findings"], "the demo deal has known weak points"
    for finding in told["findings"]:
        assert set(finding) >= {"rule", "severity", "status", "message", "where", "law", "remedy", "change"}


def test_a_blocking_finding_exits_with_1_and_names_the_article(terms: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(terms.read_text("utf-8").replace("payment_days:\n  value: 30 days", "payment_days:\n  value: 90 days"), "utf-8")
    result = run("check", str(wrong), "--on", "2026-11-23")
    assert result.exit_code == 1
    assert "BLOQUANT" in result.output
    assert "L. 441-10" in result.output.replace("\u00a0", " ")


def test_the_same_check_next_year_says_what_is_not_published_yet(terms: Path) -> None:
    told = json.loads(run("check", str(terms), "--on", "2027-02-01", "--json").stdout)
    gaps = [finding for finding in told["findings"] if finding["status"] == "not_verifiable" and "2027" in finding["message"]]
    assert gaps or all(finding["status"] == "found" for finding in told["findings"])


def test_rules_and_clauses_are_listed() -> None:
    rules = json.loads(run("rules", "--json").stdout)
    assert len(rules) >= 30
    assert all(
        set(rule) >= {"id", "title", "kind", "severity", "law", "in_force", "reads", "last_checked", "confidence", "reviewed"}
        for rule in rules
    )
    clauses = json.loads(run("clauses", "--json").stdout)
    assert len(clauses) >= 40
    wanted = {"key", "title", "version", "provision", "audit_type", "states", "mentions", "law", "alternatives", "reviewed"}
    assert all(set(clause) >= wanted for clause in clauses)
    assert run("rules").exit_code == run("clauses").exit_code == 0


def test_the_law_answers_on_a_day_with_its_source() -> None:
    told = json.loads(run("law", "late_rate_floor", "--on", "2026-08-01", "--json").stdout)
    assert (told["value"], told["unit"], told["from"], told["to"]) == ("8.25", "%", "2026-07-01", "2027-01-01")
    assert told["source"]
    assert "40" in run("law", "recovery_fee", "--on", "2026-11-23").output


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["law", "legal_interest_professional", "--on", "2027-02-01"], "non publié"),
        (["law", "recovery_fee", "--on", "2012-01-01"], "première valeur connue"),
        (["law", "smic", "--on", "2026-01-01"], "Noms connus"),
        (["law", "recovery_fee", "--on", "31/12/2026"], "2026-11-23"),
        (["scope", "absent.yaml", "-o", "x.yaml"], "fichier illisible"),
        (["check", "absent.yaml"], "fichier illisible"),
        (["draft", VALDRENE, "-o", "x.odt"], "Formats"),
    ],
)
def test_wrong_use_exits_with_2_and_says_what_to_do(arguments: list[str], expected: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert expected in result.output.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "content",
    [
        b"client_segment: pme\nnotice_perod: 3 months\n",
        b"\xff\xfe\x00",
        b"a: [",
        b"[" * 9000,
        b"client_segment: !!python/name:os.system x\n",
        b"x" * 10_000_000,
        b"",
    ],
)
def test_bad_answers_write_nothing_and_never_show_a_traceback(tmp_path: Path, content: bytes) -> None:
    answers, output = tmp_path / "answers.yaml", tmp_path / "terms.yaml"
    answers.write_bytes(content)
    result = run("scope", str(answers), "-o", str(output))
    assert result.exit_code == 2
    assert "rien n’a été écrit" in result.output
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == [answers]


def test_terms_that_contradict_each_other_are_told_before_they_are_drafted(terms: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(terms.read_text("utf-8").replace("effective_date: '2027-01-01'", "effective_date: '2020-01-01'"), "utf-8")
    for arguments in (("check", str(wrong)), ("draft", str(wrong), "-o", str(tmp_path / "c.md"))):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "précède la signature" in result.output
    assert list(tmp_path.iterdir()) == [wrong]


def test_answers_given_where_terms_are_asked_for_are_told_with_the_verb_that_makes_terms_of_them(tmp_path: Path) -> None:
    result = run("draft", VALDRENE, "-o", str(tmp_path / "contrat.docx"))
    assert result.exit_code == 2
    assert f"convenu scope {VALDRENE} -o termes.yaml" in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_told(terms: Path) -> None:
    result = run("draft", str(terms), "-o", "/nulle/part/contrat.md")
    assert result.exit_code == 2
    assert "écriture impossible" in result.output


def test_the_schema_is_printed() -> None:
    assert json.loads(run("schema").stdout)["title"].startswith("Termes")


@pytest.mark.parametrize("name", ["", "/", "x" * 250 + ".md"])
def test_a_name_that_is_no_file_is_told(terms: Path, tmp_path: Path, name: str) -> None:
    result = run("scope", VALDRENE, "-o", name if len(name) < 2 else str(tmp_path / name))
    assert result.exit_code == 2
    assert "rien n’a été écrit" in result.output
    assert not list(tmp_path.iterdir())
    assert run("scope", VALDRENE, "-o", str(terms / "termes.yaml")).exit_code == 2


def test_a_device_without_end_is_not_read_to_its_end(tmp_path: Path) -> None:
    result = run("scope", "/dev/zero", "-o", str(tmp_path / "termes.yaml"))
    assert result.exit_code == 2
    assert "dépasse 2 Mo" in result.output.replace("\u00a0", " ")


def test_the_kind_of_document_may_be_written_in_capitals(terms: Path, tmp_path: Path) -> None:
    assert run("draft", str(terms), "-o", str(tmp_path / "CONTRAT.MD"), "--on", "2026-11-23").exit_code == 0


@pytest.mark.parametrize("day", ["0001-01-01", "1981-12-31", "9999-06-30", "9999-12-31"])
def test_no_figure_of_the_law_crashes_on_a_far_day(day: str) -> None:
    for name in french().law.names:
        result = run("law", name, "--on", day)
        assert result.exit_code in (0, 2)
        assert "rien n’a été écrit" in result.output or result.exit_code == 0
    assert run("law", "public_holidays", "--on", day).exit_code == 2


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("chek", "Le verbe « chek » n’existe pas. Vouliez-vous dire « check »"),
        ("facture", "Verbes : audit, check, clauses, clock, draft"),
        ("draft", "Il manque l’argument TERMS."),
        ("draft terms.yaml", "Il manque l’option « --output »."),
        ("law syntec --onn 2", "L’option « --onn » n’existe pas. Vouliez-vous dire « --on »"),
        ("law syntec --on", "L’option « --on » attend une valeur."),
        ("law syntec --on demain", "« demain » n’est pas une date : écrivez par exemple 2026-11-23."),
        ("rules --json=oui", "L’option « --json » ne prend pas de valeur."),
        ("rules de trop", "De trop dans la commande : de trop."),
        ("serve --port 70000", "« 70000 » n’est pas un port : écrivez un nombre de 1 à 65535."),
        ("--pas-une-option", "L’option « --pas-une-option » n’existe pas."),
    ],
)
def test_a_command_typed_wrong_is_told_in_french_with_what_to_type(typed: str, told: str) -> None:
    result = run(*typed.split())
    assert result.exit_code == 2
    assert result.stdout == ""
    assert told in plain(result.stderr)
    assert not {"Error", "Usage:", "Try"} & set(result.stderr.split())


def test_a_draft_in_pdf_names_the_characters_that_its_fonts_lack(terms: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd.yaml"
    odd.write_text(terms.read_text("utf-8").replace("client_name: Valdrène Ingénierie", "client_name: Valdrène 🚀 Ingénierie"), "utf-8")
    result = run("draft", str(odd), "-o", str(tmp_path / "odd.pdf"), "--on", "2026-11-23")
    assert result.exit_code == 0
    assert "« 🚀 » (U+1F680), dans : Dénomination du Client" in plain(result.stderr)
    assert run("draft", str(odd), "-o", str(tmp_path / "odd.docx"), "--on", "2026-11-23").stderr == ""


def plain(told: str) -> str:
    return told.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("verb", [[], ["check"], ["serve"], ["law"]])
def test_the_help_is_in_french(verb: list[str]) -> None:
    told = run(*verb, "--help").stdout.split()
    assert not {"Usage:", "Options:", "Commands:", "Show", "exit."} & set(told)
    assert {"Usage", "Options", "Montrer"} <= set(told)


def test_each_verb_told_by_the_help_has_its_module_and_its_own_help() -> None:
    for name, said in VERBS.items():
        told = plain(run(name, "--help").stdout)
        assert f"Usage : main {name} [OPTIONS]" in told
        assert " ".join(plain(said).split()) in " ".join(told.split())


@pytest.mark.parametrize(
    ("typed", "needless"),
    [
        ("--help", ["pydantic", "yaml", "convenu.terms", "convenu.library"]),
        ("serve --help", ["pydantic", "django", "convenu.terms"]),
        ("clock --help", ["jinja2", "convenu.terms.contract", "convenu.agreement", "convenu.library"]),
        ("law --help", ["docx", "typst", "duckdb", "convenu.documents"]),
        ("check --help", ["docx", "typst", "duckdb", "convenu.documents", "convenu.agreement.audit"]),
        ("price --help", ["docx", "typst", "convenu.documents", "convenu.agreement.audit"]),
    ],
)
def test_a_verb_loads_only_what_it_stands_on(typed: str, needless: list[str]) -> None:
    look = f"import sys; from convenu.cli.main import main; main({typed.split()}, standalone_mode=False); print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert "Usage" in done.stdout
    assert [name for name in needless if name in done.stdout.splitlines()] == []
