"""Strangers' contracts read and audited: a Word file of 24 pages, a PDF of 60, a folder of a hundred; the memory of what reads.

The files are our own deal as other programs would hand it over. A single audit is a new `convenu audit`, from the shell to its answer.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from bench.deal import deal
from bench.measure import Line, median
from convenu.cli.audit_folder import audited_folder
from convenu.documents.pdf import write_pdf
from convenu.documents.reading.reader import read
from convenu.documents.word import write_docx

RUNS = 5
CONTRACTS = 100
PAGES = 60


def measure() -> Iterator[Line]:
    """Reading, one audit, a folder."""
    it = deal()
    word = write_docx(it.text, brand=it.brand, edition=it.edition)
    pdf = of_pages(write_pdf(it.text, brand=it.brand, edition=it.edition), PAGES)
    reading_word = median(lambda: read("contrat.docx", word), runs=RUNS)
    yield Line(what="A Word contract of 24 pages, read", seconds=reading_word, runs=RUNS)
    reading_pdf = median(lambda: read("contrat.pdf", pdf), runs=RUNS)
    yield Line(what="A PDF of 60 pages, read", seconds=reading_pdf, runs=RUNS)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Line(
        what=f"Most memory of the process that reads: {memory:.0f} MiB", seconds=0, runs=1, promise="under 512 MiB", kept=memory < 512
    )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "contrat.docx").write_bytes(word)
        (Path(folder) / "contrat.pdf").write_bytes(pdf)
        for name, what, most in (("contrat.docx", "Word, 24 pages", 2.0), ("contrat.pdf", "PDF, 60 pages", 5.0)):
            command = [str(Path(sys.executable).with_name("convenu")), "audit", str(Path(folder) / name), "--json"]
            seconds = median(lambda command=command: subprocess.run(command, capture_output=True, check=False), runs=3)  # type: ignore[misc]
            yield Line(what=f"`convenu audit`, {what}", seconds=seconds, runs=3, promise=f"under {most:g} s", kept=seconds < most)
    yield a_hundred(word)


def a_hundred(word: bytes) -> Line:
    """A hundred contracts of 24 pages in one folder."""
    with tempfile.TemporaryDirectory() as folder:
        for rank in range(CONTRACTS):
            (Path(folder) / f"contrat {rank}.docx").write_bytes(word)
        start = time.perf_counter()
        audited_folder(Path(folder), on=deal().edition.day, segment="pme")
        seconds = time.perf_counter() - start
    return Line(what="A hundred Word contracts of 24 pages", seconds=seconds, runs=1, promise="under 2 min", kept=seconds < 120)


def of_pages(content: bytes, count: int) -> bytes:
    """The same pages again and again, up to so many."""
    with pypdfium2.PdfDocument(content) as source, pypdfium2.PdfDocument.new() as made:
        while len(made) < count:
            made.import_pages(source, list(range(min(len(source), count - len(made)))))
        buffer = io.BytesIO()
        made.save(buffer)
    return buffer.getvalue()
