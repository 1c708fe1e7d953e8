"""The Word files opened by a program that did not write them: it counts the same numbers and follows the same references."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from convenu.agreement.audit.audit import audit
from convenu.documents.audit_report import write_audit_report
from convenu.documents.lawyer_note import write_lawyer_note
from convenu.documents.outline import headings
from convenu.documents.reading.formats import reader_for
from convenu.documents.rule_pack import RuleSheet, write_rule_pack
from convenu.documents.word import write_docx
from convenu.library import loader
from convenu.vocabulary.contract_text import Article, ContractText, RunKind
from tests.agreement.audit.proven import all_proven
from tests.cli.test_audit import CONTRACT
from tests.documents import sample
from tests.documents.test_lawyer_note import NOTE

pytestmark = [pytest.mark.libreoffice, pytest.mark.poppler]


def shortened() -> ContractText:
    """The contract without its second article: Word must count anew, and so must our text."""
    text = sample.contract()
    kept = (text.articles[0], replace(text.articles[2], number="2", sections=text.articles[2].sections[:1]))
    one = replace(kept[1].sections[0], number="2")
    return replace(text, articles=(kept[0], Article(number="2", title="Redevance", sections=(one,))))


def reported() -> bytes:
    """The report of an old contract with more faults than its first page tells."""
    given = CONTRACT.encode()
    text = reader_for("contrat.txt", given)("contrat.txt", given)
    found = audit(text, loader.current(), all_proven(), on=date(2026, 11, 25), segment=None)
    assert len(found.findings) > 8
    return write_audit_report(".docx", found)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, logo: bytes) -> dict[str, list[str]]:
    """The pages of each Word file as LibreOffice lays them out, all opened at once."""
    folder = tmp_path_factory.mktemp("word")
    files = {
        "contract": write_docx(sample.contract(), brand=sample.branded(logo), edition=sample.DRAFT),
        "shortened": write_docx(shortened(), brand=sample.BRAND, edition=sample.FINAL),
        "rules": write_rule_pack(
            {"Règles de droit": [RuleSheet("Délai de paiement", (("Droit", "C. com., art. L. 441-10"), ("Avis du lecteur", "…")))]},
            release="2026.11",
            brand=sample.BRAND,
            edition=sample.DRAFT,
        ),
        "report": reported(),
        "note": write_lawyer_note(NOTE, brand=sample.BRAND, edition=sample.DRAFT),
    }
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, sorted(folder.glob("*.docx")))]
    subprocess.run(command, capture_output=True, check=True, timeout=150)
    return {name: pages_of(folder / f"{name}.pdf") for name in files}


def pages_of(pdf: Path) -> list[str]:
    answer = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True, text=True)
    return answer.stdout.rstrip("\f").split("\f")


def flat(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", "", text).lower()


def body(pages: list[str]) -> str:
    """The pages after the contents, without what stands above and below each."""
    return flat("".join("\n".join(page.splitlines()[1:]) for page in pages[2:]))


@pytest.mark.parametrize(("name", "fewest"), [("contract", 8), ("shortened", 5), ("note", 2)])
def test_each_file_opens_and_fills_its_pages(name: str, fewest: int, opened: dict[str, list[str]]) -> None:
    assert len(opened[name]) >= fewest
    assert all(page.strip() for page in opened[name])


@pytest.mark.parametrize(("name", "text"), [("contract", sample.contract()), ("shortened", shortened())])
def test_the_numbers_counted_are_those_of_the_text(name: str, text: ContractText, opened: dict[str, list[str]]) -> None:
    written = body(opened[name])
    position = 0
    for heading in headings(text):
        position = written.find(flat(heading.words), position)
        assert position >= 0, heading.words


def test_the_references_followed_are_those_of_the_text(opened: dict[str, list[str]]) -> None:
    written = body(opened["contract"])
    sentences = [
        flat("".join(run.text for run in block.runs))
        for section in sample.contract().sections()
        for block in section.blocks
        if hasattr(block, "runs") and any(run.kind is RunKind.REFERENCE for run in block.runs)
    ]
    assert len(sentences) > 10
    assert [sentence for sentence in sentences if sentence not in written] == []


def test_the_contents_are_seen_without_any_update(opened: dict[str, list[str]]) -> None:
    contents = flat(opened["contract"][1])
    assert all(flat(heading.words) in contents for heading in headings(sample.contract()))


def test_every_page_says_its_version_and_its_number(opened: dict[str, list[str]]) -> None:
    pages = opened["contract"]
    for number, page in enumerate(pages, start=1):
        assert f"page {number} / {len(pages)}" in page
        assert "projet" in page
    assert not [page for page in opened["shortened"] if "projet" in page]


def test_what_a_person_typed_is_seen_as_typed(opened: dict[str, list[str]]) -> None:
    written = flat("".join(opened["contract"]))
    latin = [text for text in sample.HOSTILE if text.isascii()]
    assert [text for text in latin if flat(text) not in written] == []


def test_the_pack_of_rules_opens_with_its_table(opened: dict[str, list[str]]) -> None:
    words = "\n".join(opened["rules"])
    for expected in ("Règles de contrôle", "Délai de paiement", "441-10", "Avis du lecteur"):
        assert expected in words


def test_the_report_of_an_audit_tells_what_matters_on_its_first_page_and_the_rest_after(opened: dict[str, list[str]]) -> None:
    first, second = opened["report"][:2]
    for expected in ("L’essentiel", "À regarder d’abord", "Et 4 autres, à la suite", "Ne se trouve pas dans ce contrat"):
        assert expected in first, expected
    assert [line.strip() for line in second.splitlines() if line.strip()][1] == "Constats"
