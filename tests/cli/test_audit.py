"""`convenu audit` tells what a contract of any origin says and what is wrong with it; every quote is in the text."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document
from icalendar import Calendar
from openpyxl import load_workbook
from pypdf import PdfReader

from convenu.agreement.audit.audit import Audit, audit
from convenu.cli import audit_folder
from convenu.cli.audit import _REPORTS, _TABLES
from convenu.cli.audit_folder import Audited
from convenu.cli.main import main
from convenu.documents import audit_report, portfolio_table
from convenu.vocabulary import french
from convenu.vocabulary.read_text import ReadText

CONTRACT = """CONTRAT D'INFOGÉRANCE

Entre la société Brévane Informatique, SAS au capital de 40 000 euros, dont le siège est à Laval, et le Client.

Article 1 – Objet

Le présent contrat a pour objet l'infogérance des serveurs et des postes de travail du Client. Une sauvegarde des
serveurs est faite chaque nuit.

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
    assert {"com-l441-10-penalites", "rgpd-28-3", "repealed_article"} <= rules
    assert "broken_reference" in {question["rule"] for question in audited["to_verify"]}
    late = next(finding for finding in audited["findings"] if finding["rule"] == "com-l441-10-penalites")
    assert "40" in late["message"]


def test_what_is_missing_comes_with_our_clause(audited: dict[str, Any]) -> None:
    missing = {position["provision"]: position for position in audited["comparison"] if position["stance"] == "missing"}
    assert missing["reversibility"]["clauses"][0]["text"]


def test_a_blocking_finding_ends_with_one_and_a_file_that_is_not_there_with_two(contract: Path) -> None:
    assert _audit(str(contract)).exit_code == 1
    missing = _audit(str(contract.with_name("absent.txt")))
    assert missing.exit_code == 2
    assert "rien ne porte ce nom" in missing.output


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
    assert {finding["rule"] for finding in said["findings"]} <= {
        "broken_reference", "long_commitment", "missing_provision", "no_liability_cap", "rgpd-28-3",
    }  # fmt: skip


def test_a_price_list_is_not_judged(tmp_path: Path) -> None:
    file = tmp_path / "grille.txt"
    file.write_text("Grille de maintenance\n\nFormule simple : 30 euros par mois.\nFormule complète : 60 euros par mois.\n", "utf-8")
    said = json.loads(_audit(str(file), "--json").stdout)
    assert (said["is_service_contract"], said["findings"]) == (False, [])


def test_a_folder_gives_a_line_a_contract(tmp_path: Path, contract: Path) -> None:
    (tmp_path / "autre.txt").write_bytes(contract.read_bytes())
    shown = _audit(str(tmp_path), "--on", "2026-11-25")
    assert [line.split("\u00a0:")[0] for line in shown.stdout.splitlines()] == ["autre.txt", "contrat.txt"]
    (tmp_path / "~$autre.docx").write_bytes(b"x")
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "autre.txt").write_bytes(contract.read_bytes())
    named = [one["file"] for one in json.loads(_audit(str(tmp_path), "--json").stdout)["audits"]]
    assert named == ["2024/autre.txt", "autre.txt", "contrat.txt"]
    (tmp_path / "2024" / "autre.txt").unlink()
    assert len(json.loads(_audit(str(tmp_path), "--json").stdout)["audits"]) == 2


FIRST_DAY = "Le contrat prend effet le 1er janvier 2024 et il est conclu pour une durée de trois ans."

# One year, and nothing that renews it.
EXPIRED = re.sub(
    r"Le contrat est conclu pour.*?\n\n",
    "Le contrat prend effet le 1er juillet 2021 pour une durée de douze mois.\n\n",
    CONTRACT,
    flags=re.DOTALL,
)


def test_a_contract_that_has_ended_is_said_to_have_expired(tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text(EXPIRED, "utf-8")
    assert "Contrat échu : le 30 juin 2022" in _audit(str(tmp_path / "c.txt"), "--on", "2026-11-25").output.replace("\u00a0", " ")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "contrats"
    inside.mkdir()
    (inside / "=brévane, 2024.txt").write_text(CONTRACT.replace("Le contrat est conclu pour une durée de trois ans.", FIRST_DAY), "utf-8")
    (inside / "sans date.txt").write_text(CONTRACT, "utf-8")
    (inside / "échu.txt").write_text(EXPIRED, "utf-8")
    (inside / "abîmé.pdf").write_bytes(b"%PDF-1.7\nrien")
    return inside


def test_a_folder_is_told_alike_and_in_order_whoever_reads_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(cores: int) -> tuple[list[str], list[tuple[int, int, str]]]:
        monkeypatch.setattr(audit_folder, "cores", lambda: cores)
        heard: list[tuple[int, int, str]] = []
        read = audit_folder.audited_folder(folder, on=date(2026, 11, 25), segment=None, tell=lambda *said: heard.append(said))
        return [json.dumps(one.as_json()) for one in read.audits] + list(map(str, read.mistakes)), heard

    by_two, heard = told(2)
    assert len(by_two) == 4
    assert heard == [(done, 4, file.name) for done, file in enumerate(sorted(folder.iterdir()), start=1)]
    assert (by_two, heard) == told(1)


def _audited_by_copies(folder: Path, monkeypatch: pytest.MonkeyPatch, *, ends: Callable[[str], bool]) -> Audited:
    """A folder audited by copies, of which each ends without a word at a text of whose name `ends` says so."""
    first = os.getpid()

    def judged(text: ReadText, *said: Any, **asked: Any) -> Audit:
        if os.getpid() != first and ends(text.name):
            os._exit(1)
        return audit(text, *said, **asked)

    monkeypatch.setattr(audit_folder, "cores", lambda: 2)
    monkeypatch.setattr(audit_folder, "audit", judged)
    return audit_folder.audited_folder(folder, on=date(2026, 11, 25), segment=None)


def test_the_file_that_ends_what_judges_it_is_told_and_the_others_are_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = _audited_by_copies(folder, monkeypatch, ends=lambda name: name == "sans date.txt")
    assert [one.name for one in read.audits] == ["=brévane, 2024.txt", "échu.txt"]
    assert [one.where for one in read.mistakes] == ["abîmé.pdf", "sans date.txt"]
    assert read.mistakes[1].message == "l’audit de ce fichier s’est arrêté net, deux fois"


def test_a_file_whose_copy_ended_once_is_judged_by_another(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def once(_name: str) -> bool:
        try:
            (tmp_path / "ended").touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    read = _audited_by_copies(folder, monkeypatch, ends=once)
    assert [one.name for one in read.audits] == ["=brévane, 2024.txt", "sans date.txt", "échu.txt"]
    assert [one.where for one in read.mistakes] == ["abîmé.pdf"]


def test_a_folder_of_which_every_file_ends_what_judges_it_is_told_file_by_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = _audited_by_copies(folder, monkeypatch, ends=lambda _name: True)
    assert read.audits == ()
    assert [one.where for one in read.mistakes] == ["=brévane, 2024.txt", "abîmé.pdf", "sans date.txt", "échu.txt"]


def test_a_folder_gives_a_table_that_spreadsheets_open(folder: Path, tmp_path: Path) -> None:
    for name in ("table.csv", "table.xlsx"):
        done = _audit(str(folder), "--on", "2026-11-25", "-o", str(tmp_path / name))
        assert done.exit_code == 2
        assert "Ce fichier ne se lit pas comme un PDF" in done.output
    rows = list(csv.reader((tmp_path / "table.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    sheet = load_workbook(tmp_path / "table.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == rows[0]
    dated = dict(zip(rows[0], rows[1], strict=True))
    unread = dict(zip(rows[0], rows[2], strict=True))
    assert (unread["Fichier"], unread["Contrat de services"], unread["Alertes"]) == ("abîmé.pdf", "non lu", "")
    assert "ne se lit pas comme un PDF" in unread["À savoir"]
    assert dated["Fichier"] == "'=brévane, 2024.txt"
    assert dated["Date d’effet"] == "01/01/2024"
    assert dated["Fin de la période en cours"] == "31/12/2026"
    assert dated["Dernier jour du préavis"] == "30/09/2026"
    assert int(dated["Constats bloquants"]) >= 1
    assert dict(zip(rows[0], rows[3], strict=True))["Fin de la période en cours"] == ""
    assert dict(zip(rows[0], rows[4], strict=True))["Fin de la période en cours"] == "échu le 30/06/2022"
    cells = dict(zip(rows[0], [cell.value for cell in sheet[2]], strict=True))
    assert cells["Fichier"] == "=brévane, 2024.txt"
    assert cells["Fin de la période en cours"] == datetime(2026, 12, 31)  # noqa: DTZ001 - a sheet has no zone


def test_the_deadlines_of_a_folder_enter_a_calendar(folder: Path, tmp_path: Path) -> None:
    _audit(str(folder), "--on", "2026-02-01", "-o", str(tmp_path / "dates.ics"))
    content = (tmp_path / "dates.ics").read_bytes()
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    events = Calendar.from_ical(content).walk("VEVENT")
    found = [(str(event["SUMMARY"]), event.decoded("DTSTART"), event.decoded("DTEND")) for event in events]
    assert found == [
        ("Dernier jour du préavis : =brévane, 2024.txt", date(2026, 9, 30), date(2026, 10, 1)),
        ("Fin de la période : =brévane, 2024.txt", date(2026, 12, 31), date(2027, 1, 1)),
    ]
    assert len(events[0].walk("VALARM")) == 1
    assert "31/12/2026" in str(events[0]["DESCRIPTION"])
    assert "reconduit pour 12 mois" in str(events[1]["DESCRIPTION"])


def test_the_report_of_a_contract_opens_with_one_page_of_what_matters(contract: Path, tmp_path: Path) -> None:
    assert _audit(str(contract), "--on", "2026-11-25", "-o", str(tmp_path / "rapport.pdf")).exit_code == 1
    pages = [page.extract_text() for page in PdfReader(tmp_path / "rapport.pdf").pages]
    assert "L’essentiel" in pages[0]
    assert "À regarder d’abord" in pages[0]
    assert "Que faire" in pages[0]
    assert len(pages[0].splitlines()) > 30
    assert "Constats" in pages[1]
    _audit(str(contract), "--on", "2026-11-25", "-o", str(tmp_path / "rapport.docx"))
    words = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "rapport.docx")).paragraphs)
    titles = ("L’essentiel", "Constats", "Valeurs lues", "Stipulations, à côté de notre offre", "Ce qui n’a pas été compris")
    assert [words.index(title) for title in titles] == sorted(words.index(title) for title in titles)
    found = json.loads(_audit(str(contract), "--on", "2026-11-25", "--json").output)
    assert all(french.typography(one["message"]) in words for one in found["findings"])


def test_the_report_writes_our_clauses_for_what_is_missing_as_our_contracts_do(contract: Path, tmp_path: Path) -> None:
    _audit(str(contract), "--on", "2026-11-25", "-o", str(tmp_path / "rapport.docx"))
    report = Document(str(tmp_path / "rapport.docx"))
    paragraphs = [paragraph.text for paragraph in report.paragraphs]
    missing = [
        one for one in json.loads(_audit(str(contract), "--on", "2026-11-25", "--json").output)["comparison"] if one["stance"] == "missing"
    ]
    assert missing
    for one in missing:
        assert all(french.typography(f"{one['label']} : {clause['title']}") in paragraphs for clause in one["clauses"])
    # A list or a table of ours is one there too, and not its signs on one line.
    assert not [words for words in paragraphs if " | " in words or re.search(r"; - ", words)]


def test_what_is_to_negotiate_is_told_with_its_reason_on_screen_and_in_the_report(contract: Path, tmp_path: Path) -> None:
    without_figure = CONTRACT.replace("La redevance est de 900 euros HT par mois", "Les prix sont ceux du devis signé, exprimés hors taxes")
    contract.write_text(without_figure, "utf-8")
    shown = french.plain_spaces(_audit(str(contract), "--on", "2026-11-25").stdout).splitlines()
    assert "  Prix : ne chiffre aucun prix" in shown[shown.index("À négocier") :]
    _audit(str(contract), "--on", "2026-11-25", "-o", str(tmp_path / "rapport.docx"))
    rows = [[cell.text for cell in row.cells] for table in Document(str(tmp_path / "rapport.docx")).tables for row in table.rows]
    assert ["Prix", "partielle", french.typography("à négocier : ne chiffre aucun prix")] in [row[:3] for row in rows]


def test_a_report_is_not_written_in_another_format(contract: Path, tmp_path: Path) -> None:
    done = _audit(str(contract), "-o", str(tmp_path / "rapport.csv"))
    assert done.exit_code == 2
    assert ".pdf, .docx" in done.output
    refused = _audit(str(contract.parent), "-o", str(tmp_path / "parc.pdf"))
    assert refused.exit_code == 2
    assert ".csv, .xlsx, .ics" in refused.output


def test_the_formats_told_before_reading_are_those_that_are_written() -> None:
    assert (_REPORTS, _TABLES) == (audit_report.FORMATS, portfolio_table.FORMATS)


def test_a_person_reads_values_with_their_units(contract: Path) -> None:
    shown = _audit(str(contract), "--on", "2026-11-25").stdout.replace("\u00a0", " ")
    assert "Durée initiale : 36 mois" in shown
    assert "Délai de paiement : 45 jours" in shown
