"""Files damaged at random are read or refused, and nothing else: no crash, no hang, whatever was damaged."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
import typst
from docx import Document

from convenu.documents.word import write_docx
from tests.documents import sample
from tests.documents.reading.test_reading_other_formats import ODT, PAGE
from tests.documents.reading.test_reading_pdf import TABLE
from tests.documents.reading.test_reading_text import LETTER
from tests.documents.reading.test_reading_word import OUTLINE
from tests.documents.reading.word_files import numbered, packed, saved, word_file

FORMATS = ("docx", "odt", "pdf", "html", "md", "txt")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two documents or so of each format."""
    folder = tmp_path_factory.mktemp("whole")
    document = Document()
    document.add_heading("Durée", 1)
    document.add_paragraph("douze mois ;", style="List Bullet")
    document.add_table(2, 2).cell(0, 0).text = "P1"
    files = {
        "a.docx": saved(document),
        "b.docx": word_file("".join(numbered(f"clause {rank}", rank % 3) for rank in range(9)), numbering=OUTLINE),
        "c.docx": write_docx(sample.contract(), brand=sample.BRAND, edition=sample.FINAL),
        "a.odt": packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": ODT.encode()}),
        "a.pdf": typst.compile(TABLE.encode()),
        "b.pdf": typst.compile(b"#set page(width: 8cm, height: 8cm)\n= Contrat\n+ un\n+ deux\n\n#outline()"),
        "a.html": PAGE.encode(),
        "a.md": f"---\ntitle: x\n---\n# Contrat\n\n{LETTER}\n\n| P | D |\n|---|---|\n| P1 | 4 h |\n".encode(),
        "a.txt": LETTER.encode(),
        "b.txt": LETTER.encode("utf-16"),
        "c.txt": LETTER.encode("cp1252"),
    }
    for name, content in files.items():
        assert isinstance(content, bytes)
        (folder / name).write_bytes(content)
    return folder


def run(ending: str, seed: int, count: int, folder: Path) -> None:
    sys.stdout.write(f"{count} damaged .{ending} files from seed {seed}\n")
    command = [sys.executable, "-m", "tests.documents.reading.mutating", ending, str(seed), str(count), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    outcomes = done.stdout.splitlines()
    faults = [line for line in outcomes if not line.endswith((" read", " refused"))]
    assert not faults, f"{faults[:5]}\n{done.stderr[-3000:]}"
    assert done.returncode == 0, f"ended with {done.returncode} after {outcomes[-1:]}\n{done.stderr[-3000:]}"
    assert len(outcomes) == count
    assert any(line.endswith(" read") for line in outcomes)


@pytest.mark.parametrize("ending", FORMATS)
def test_two_hundred_damaged_files_are_read_or_refused(ending: str, whole: Path) -> None:
    run(ending, random.SystemRandom().randrange(10**9), 200, whole)


@pytest.mark.thorough
@pytest.mark.timeout(900)
@pytest.mark.parametrize("ending", FORMATS)
def test_five_thousand_damaged_files_are_read_or_refused(ending: str, whole: Path) -> None:
    run(ending, random.SystemRandom().randrange(10**9), 5_000, whole)
