"""A contract as PDF and Word, beside WeasyPrint, docxtpl and LibreOffice with the same content.

Each run sets another contract: every paragraph of it has changed, so that nothing is answered from memory.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import docx
from docxtpl import DocxTemplate
from weasyprint import HTML

from bench.deal import Deal, deal
from bench.measure import Line, median
from convenu.documents.html import write_html
from convenu.documents.pdf import write_pdf
from convenu.documents.pdf_workers import PdfWorkers
from convenu.documents.word import write_docx
from convenu.terms.files import write_json
from convenu.vocabulary.contract_text import Block, Bullets, ContractText, Paragraph, Run, Section, Subtitle, Table, plain_text, words

RUNS = 7
_NUMBERS = count(1)


def measure() -> Iterator[Line]:
    """Our PDF and Word, then those of the others."""
    it = deal()
    terms = write_json(it.terms).encode()
    pdf = median(lambda: _our_pdf(it, another(it.text), terms), runs=RUNS)
    word = median(lambda: write_docx(another(it.text), brand=it.brand, edition=it.edition), runs=RUNS)
    weasyprint = median(lambda: _weasyprint(it, another(it.text)), runs=3)
    yield Line(what="PDF, another contract, warm", seconds=pdf, runs=RUNS, promise="under 600 ms", kept=pdf < 0.6)
    yield _in_a_worker(it, terms)
    ratio = weasyprint / pdf
    yield Line(what="PDF by WeasyPrint", seconds=weasyprint, runs=3, promise=f"3.5 times ours: {ratio:.1f}", kept=ratio >= 3.5)
    yield Line(what="Word", seconds=word, runs=RUNS, promise="under 150 ms", kept=word < 0.15)
    yield Line(what="Word and PDF", seconds=word + pdf, runs=RUNS)
    if shutil.which("soffice"):
        yield _docxtpl_and_libreoffice(it, word + pdf)


def another(text: ContractText) -> ContractText:
    """The same contract with a number more in every paragraph."""
    mark = f"{next(_NUMBERS)}. "
    articles = tuple(replace(article, sections=tuple(_marked(section, mark) for section in article.sections)) for article in text.articles)
    return replace(text, articles=articles, annexes=tuple(_marked(section, mark) for section in text.annexes))


def _marked(section: Section, mark: str) -> Section:
    return replace(section, blocks=tuple(_marked_block(block, mark) for block in section.blocks))


def _marked_block(block: Block, mark: str) -> Block:
    match block:
        case Paragraph(runs):
            return Paragraph((Run(mark), *runs))
        case Bullets(items):
            return Bullets(tuple((Run(mark), *item) for item in items))
        case Table(header, rows):
            return Table(header, tuple(tuple((Run(mark), *cell) for cell in row) for row in rows))
        case Subtitle():
            return block


def _our_pdf(it: Deal, text: ContractText, terms: bytes) -> bytes:
    return write_pdf(text, brand=it.brand, edition=it.edition, attachments={"terms.json": terms})


def _in_a_worker(it: Deal, terms: bytes) -> Line:
    with PdfWorkers(workers=1, jobs_each=RUNS + 2) as workers:
        seconds = median(
            lambda: workers.write_pdf(another(it.text), brand=it.brand, edition=it.edition, attachments={"terms.json": terms}), runs=RUNS
        )
    return Line(what="PDF, another contract, in a warm worker", seconds=seconds, runs=RUNS)


def _weasyprint(it: Deal, text: ContractText) -> bytes:
    page = write_html(text, brand=it.brand, edition=it.edition)
    content: bytes = HTML(string=page).write_pdf(pdf_variant="pdf/a-3a")
    return content


def _docxtpl_and_libreoffice(it: Deal, ours: float) -> Line:
    with tempfile.TemporaryDirectory() as folder:
        template = _template(Path(folder))
        seconds = median(lambda: _filled_and_converted(template, another(it.text)), runs=3)
    ratio = seconds / ours
    return Line(what="Word by docxtpl, PDF by LibreOffice", seconds=seconds, runs=3, promise=f"2 times ours: {ratio:.1f}", kept=ratio >= 2)


def _template(folder: Path) -> Path:
    """A template as one writes it for docxtpl: headings, paragraphs, items and tables in loops."""
    document = docx.Document()
    document.add_heading("{{ title }}", 0)
    document.add_paragraph("{%p for part in parts %}")
    document.add_heading("{{ part.title }}", 1)
    for loop, style in (("paragraphs", "Normal"), ("bullets", "List Bullet")):
        document.add_paragraph(f"{{%p for line in part.{loop} %}}")
        document.add_paragraph("{{ line }}", style=style)
        document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p for table in part.tables %}")
    table = document.add_table(rows=3, cols=1)
    table.cell(0, 0).text, table.cell(1, 0).text, table.cell(2, 0).text = "{%tr for row in table %}", "{{ row }}", "{%tr endfor %}"
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")
    path = folder / "template.docx"
    document.save(str(path))
    return path


def _filled_and_converted(template: Path, text: ContractText) -> bytes:
    filled = DocxTemplate(template)
    filled.render(_context(text), autoescape=True)
    content = BytesIO()
    filled.save(content)
    document = template.with_name("filled.docx")
    document.write_bytes(content.getvalue())
    profile = f"-env:UserInstallation=file://{template.parent}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(template.parent), str(document)]
    subprocess.run(command, capture_output=True, check=True)
    pdf = template.with_name("filled.pdf").read_bytes()
    assert pdf.startswith(b"%PDF")
    return pdf


def _context(text: ContractText) -> dict[str, Any]:
    return {"title": text.title, "parts": [_part(section) for section in text.sections()]}


def _part(section: Section) -> dict[str, Any]:
    return {
        "title": f"{section.number} {section.title}",
        "paragraphs": [plain_text(block) for block in section.blocks if isinstance(block, Paragraph | Subtitle)],
        "bullets": [words(item) for block in section.blocks if isinstance(block, Bullets) for item in block.items],
        "tables": [
            [" | ".join(words(cell) for cell in row) for row in (block.header, *block.rows)]
            for block in section.blocks
            if isinstance(block, Table)
        ],
    }
