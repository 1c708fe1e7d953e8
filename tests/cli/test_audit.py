"""`convenu audit` tells what a contract of any origin says and what is wrong with it; every quote is in the text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from convenu.cli.main import main

CONTRACT = """CONTRAT D'INFOGÉRANCE

Entre la société Brévane Informatique, SAS au capital de 40 000 euros, dont le siège est à Laval, et le Client.

Article 1 – Objet

Le présent contrat a pour objet l'infogérance des serveurs et des postes de travail du Client.

Article 2 – Durée

Le contrat est conclu pour une durée de trois ans. Il est reconduit tacitement par périodes d'un an, sauf dénonciation par lettre
recommandée trois mois avant l'échéance.

Article 3 – Prix et paiement

La redevance est de 900 euros HT par mois. Chaque facture est payable à quarante-cinq jours date de facture.

Article 4 – Retard

Tout retard de paiement entraîne une pénalité au taux de trois fois le taux d'intérêt légal.

Article 5 – Support

Le support répond du lundi au vendredi, de 8h30 à 18h00. Un incident bloquant est pris en charge sous 2 heures et résolu sous 8 heures.

Article 6 – Responsabilité

La responsabilité du prestataire ne saurait excéder le montant payé au cours des six derniers mois.

Article 7 – Force majeure

Au sens de l'article 1148 du Code civil, la force majeure suspend le contrat. Au-delà de soixante jours, chaque partie peut le résilier.

Article 8 – Litiges

Le contrat est soumis au droit français. Le tribunal de commerce de Laval est seul compétent, comme le dit l'article 14.
"""


def _audit(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["audit", *arguments])


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    file = tmp_path / "contrat.txt"
    file.write_text(CONTRACT, "utf-8")
    return file


@pytest.fixture
def audited(contract: Path) -> dict[str, Any]:
    said = json.loads(_audit(str(contract), "--on", "2026-11-25", "--json").stdout)
    assert isinstance(said, dict)
    return said


def test_a_text_file_is_known_as_a_french_contract_of_services(audited: dict[str, Any]) -> None:
    assert (audited["file"], audited["language"], audited["is_service_contract"]) == ("contrat.txt", "fr", True)
    assert audited["provisions"]["termination"]["status"] == "present"
    assert audited["provisions"]["reversibility"] == {"status": "absent", "quotes": []}


def test_the_values_are_those_that_the_contract_says(audited: dict[str, Any]) -> None:
    values = audited["values"]
    said = {
        "initial_duration_months": 36,
        "renewal_duration_months": 12,
        "notice_period_days": 90,
        "payment_terms_days": 45,
        "late_penalty_rate": "3 x intérêt légal",
        "indemnity_40_eur": False,
        "liability_cap_months": 6,
        "jurisdiction_city": "Laval",
        "force_majeure_exit_days": 60,
        "availability_pct": None,
        "service_hours": "8h30-18h lun-ven",
        "sla": [{"priority": "Bloquante", "response": "2 h", "restoration": "8 h"}],
    }
    assert {key: values[key] for key in said} == said


def test_every_quote_is_in_the_text_at_its_place(audited: dict[str, Any], contract: Path) -> None:
    text = _audit(str(contract), "--text").stdout
    quotes = [quote for provision in audited["provisions"].values() for quote in provision["quotes"]]
    quotes += [finding["quote"] for finding in audited["findings"] if finding["quote"]]
    quotes += list(audited["value_quotes"].values())
    assert quotes
    assert text == CONTRACT
    assert all(text[quote["start"] : quote["end"]] == quote["text"] for quote in quotes)


def test_the_findings_are_those_of_our_rules_and_of_the_slips(audited: dict[str, Any]) -> None:
    rules = {finding["rule"] for finding in audited["findings"]}
    assert {"com-l441-10-penalites", "rgpd-28-3", "repealed_article", "broken_reference"} <= rules
    late = next(finding for finding in audited["findings"] if finding["rule"] == "com-l441-10-penalites")
    assert "40" in late["message"]


def test_what_is_missing_comes_with_our_clause(audited: dict[str, Any]) -> None:
    missing = {position["provision"]: position for position in audited["comparison"] if position["stance"] == "missing"}
    assert missing["reversibility"]["clauses"][0]["text"]


def test_a_blocking_finding_ends_with_one_and_a_file_that_is_not_there_with_two(contract: Path) -> None:
    assert _audit(str(contract)).exit_code == 1
    assert _audit(str(contract.with_name("absent.txt"))).exit_code == 2


def test_a_document_in_english_is_out_of_reach_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "terms.txt"
    file.write_text(
        "The Provider shall host the software for the Customer. Either party may terminate this agreement at any time. " * 5, "utf-8"
    )
    said = json.loads(_audit(str(file), "--json").stdout)
    assert (said["language"], said["provisions"], said["findings"]) == ("en", {}, [])
    assert any("anglais" in remark for remark in said["remarks"])


def test_a_contract_under_another_law_gets_no_finding_of_french_law(tmp_path: Path, contract: Path) -> None:
    file = tmp_path / "belge.txt"
    file.write_text(contract.read_text("utf-8").replace("droit français", "droit belge"), "utf-8")
    said = json.loads(_audit(str(file), "--json").stdout)
    assert said["law"] == "belge"
    assert said["values"]["payment_terms_days"] == 45
    assert {finding["rule"] for finding in said["findings"]} <= {"broken_reference", "missing_provision", "no_liability_cap"}


def test_a_price_list_is_not_judged(tmp_path: Path) -> None:
    file = tmp_path / "grille.txt"
    file.write_text("Grille de maintenance\n\nFormule simple : 30 euros par mois.\nFormule complète : 60 euros par mois.\n", "utf-8")
    said = json.loads(_audit(str(file), "--json").stdout)
    assert (said["is_service_contract"], said["findings"]) == (False, [])


def test_a_folder_gives_a_line_a_contract(tmp_path: Path, contract: Path) -> None:
    (tmp_path / "autre.txt").write_bytes(contract.read_bytes())
    shown = _audit(str(tmp_path), "--on", "2026-11-25")
    assert [line.split("\u00a0:")[0] for line in shown.stdout.splitlines()] == ["autre.txt", "contrat.txt"]
    assert len(json.loads(_audit(str(tmp_path), "--json").stdout)["audits"]) == 2
