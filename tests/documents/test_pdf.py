"""The PDF: what it declares, what it carries, and that it is the same every time."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest

from convenu.documents.outline import headings
from convenu.documents.pdf import write_pdf
from convenu.documents.pdf_workers import PdfWorkers
from convenu.documents.typesetting import TypesettingError
from tests.documents import sample

ROOT = Path(__file__).parents[2]
MADE = datetime(2026, 11, 23, tzinfo=UTC)
TERMS = '{\n "client_name": "Valdrène & Fils <SARL>"\n}\n'.encode()


def flat(text: str) -> str:
    """Words without the spaces and line ends that a PDF may or may not keep."""
    return re.sub(r"[\s\u00a0\u202f\u200b]+", "", text)


@pytest.fixture(scope="module")
def content() -> bytes:
    return write_pdf(sample.contract(), brand=sample.BRAND, edition=sample.DRAFT, attachments={"terms.json": TERMS})


@pytest.fixture(scope="module")
def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages]


def test_it_declares_pdf_a_3a_and_pdf_ua_1(content: bytes) -> None:
    with pikepdf.open(BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
        declared = {name: metadata.get(name) for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")}
    assert declared == {"pdfaid:part": "3", "pdfaid:conformance": "A", "pdfuaid:part": "1"}


def test_it_has_the_structures_that_these_levels_ask_for(content: bytes) -> None:
    with pikepdf.open(BytesIO(content)) as pdf:
        root = pdf.Root
        assert str(root.Lang).lower().startswith("fr")
        assert bool(root.MarkInfo.Marked)
        assert root.OutputIntents[0].S == "/GTS_PDFA1"
        assert root.ViewerPreferences.DisplayDocTitle
        kinds = {str(node.S) for node in structure(root.StructTreeRoot)}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/LI", "/Link", "/TOC", "/TOCI", "/P"} <= kinds


def structure(node: Any) -> list[Any]:
    children = node.get("/K", [])
    children = list(children) if isinstance(children, pikepdf.Array) else [children]
    found = []
    for child in children:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            found += [child, *structure(child)]
    return found


def test_every_font_is_inside(content: bytes) -> None:
    with pikepdf.open(BytesIO(content)) as pdf:
        fonts = [font for font in pdf.objects if isinstance(font, pikepdf.Dictionary) and font.get("/Type") == "/FontDescriptor"]
        assert fonts
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)
        assert {re.sub(r"^/[A-Z]+\+", "", str(font.FontName)).split("-")[0] for font in fonts} <= {"LibertinusSerif", "DejaVuSansMono"}


def test_the_terms_travel_inside_to_the_byte(content: bytes) -> None:
    with pikepdf.open(BytesIO(content)) as pdf:
        assert list(pdf.attachments) == ["terms.json"]
        assert pdf.attachments["terms.json"].get_file().read_bytes() == TERMS
        (attached,) = pdf.Root.AF
        assert attached.AFRelationship == "/Source"


def test_it_is_dated_of_its_edition_and_not_of_the_machine(content: bytes) -> None:
    with pikepdf.open(BytesIO(content)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261123")
        assert str(pdf.docinfo["/Title"]) == sample.contract().title


def test_its_bookmarks_are_the_headings(content: bytes) -> None:
    with pikepdf.open(BytesIO(content)) as pdf, pdf.open_outline() as outline:
        titles = [flat(title) for item in outline.root for title in (item.title, *(child.title for child in item.children))]
    assert titles == [flat(heading.words) for heading in headings(sample.contract())]


def test_the_contents_give_the_page_on_which_each_heading_stands(pages: list[str]) -> None:
    lines = [flat(line) for line in pages[0].splitlines()]
    for heading in headings(sample.contract()):
        (page,) = [number for line in lines for number in re.findall(f"^{re.escape(flat(heading.words))}(\\d+)$", line)]
        assert flat(heading.words) in flat(pages[int(page) - 1])


def test_references_are_links_to_pages_of_the_contract(content: bytes) -> None:
    with pikepdf.open(BytesIO(content)) as pdf:
        links = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    assert len(links) > 20 + len(list(headings(sample.contract())))


def test_a_draft_says_so_on_every_page(pages: list[str]) -> None:
    assert all("projet" in page for page in pages)
    assert all("v0.3" in page for page in pages)
    assert f"page {len(pages)} / {len(pages)}" in pages[-1].replace("\u00a0", " ")


def test_a_final_copy_no_longer_says_projet() -> None:
    reader = pypdf.PdfReader(BytesIO(write_pdf(sample.contract(), brand=sample.BRAND, edition=sample.FINAL)))
    assert not [page for page in reader.pages if "projet" in page.extract_text()]


def test_the_header_of_a_table_comes_back_on_each_page(pages: list[str]) -> None:
    assert len([page for page in pages if flat("ClasseNombreFabricantsRemarque") in flat(page)]) >= 2


def test_both_sides_have_their_place_to_sign(pages: list[str]) -> None:
    last = flat(pages[-1])
    assert all(flat(words) in last for words in ("Pour le Prestataire", "Maëlle Kervadec", "Pour le Client", "Valdrène & Fils <SARL>"))


def test_the_same_contract_gives_the_same_bytes_in_other_processes(content: bytes) -> None:
    with PdfWorkers(workers=1) as workers:
        assert workers.write_pdf(sample.contract(), brand=sample.BRAND, edition=sample.DRAFT, attachments={"terms.json": TERMS}) == content
    code = (
        "import hashlib; from tests.documents import sample, test_pdf; from convenu.documents.pdf import write_pdf; "
        "pdf = write_pdf(sample.contract(), brand=sample.BRAND, edition=sample.DRAFT, attachments={'terms.json': test_pdf.TERMS}); "
        "print(hashlib.sha256(pdf).hexdigest())"
    )
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)
    assert answer.stdout.strip() == hashlib.sha256(content).hexdigest()


def test_a_worker_is_replaced_after_its_jobs_and_after_a_job_without_end() -> None:
    page = {"main.typ": b'#set document(title: "essai")\nbonjour'}
    endless = {"main.typ": b'#set document(title: "essai")\n#for x in range(100000) { for y in range(100000) { let z = x * y } }'}
    with PdfWorkers(workers=1, jobs_each=2, seconds=3) as workers:
        first = [workers.typeset(page, made=MADE) for _ in range(3)]
        assert len(set(first)) == 1
        with pytest.raises(TypesettingError, match="no PDF after 3 s"):
            workers.typeset(endless, made=MADE)
        assert workers.typeset(page, made=MADE) == first[0]


def test_a_refused_file_is_told_and_the_worker_goes_on() -> None:
    with PdfWorkers(workers=1) as workers:
        with pytest.raises(TypesettingError):
            workers.typeset({"main.typ": b"#unknown"})
        assert workers.typeset({"main.typ": b'#set document(title: "essai")\nbonjour'}).startswith(b"%PDF")


def test_a_file_can_read_nothing_outside_its_own_folder() -> None:
    with PdfWorkers(workers=1) as workers, pytest.raises(TypesettingError):
        workers.typeset({"main.typ": b'#set document(title: "essai")\n#read("../../../../etc/hostname")'})


def test_the_logo_is_described(logo: bytes) -> None:
    content = write_pdf(sample.contract(), brand=sample.branded(logo), edition=sample.DRAFT)
    with pikepdf.open(BytesIO(content)) as pdf:
        figures = [node for node in structure(pdf.Root.StructTreeRoot) if str(node.S) == "/Figure"]
        assert [str(figure.Alt) for figure in figures] == [sample.BRAND.name]


def test_several_threads_share_the_workers() -> None:
    pages = [{"main.typ": f'#set document(title: "essai")\npage {number}'.encode()} for number in range(8)]
    with PdfWorkers(workers=2, jobs_each=3) as workers, ThreadPoolExecutor(4) as threads:
        set_together = list(threads.map(lambda page: workers.typeset(page, made=MADE), pages))
        assert set_together == [workers.typeset(page, made=MADE) for page in pages]
        assert len(set(set_together)) == 8


def test_a_worker_killed_from_outside_is_told_and_replaced() -> None:
    page = {"main.typ": b'#set document(title: "essai")\nbonjour'}
    with PdfWorkers(workers=1) as workers:
        first = workers.typeset(page, made=MADE)
        (process,) = [worker._process for worker in workers._all]
        assert process is not None
        process.kill()
        process.wait()
        assert workers.typeset(page, made=MADE) == first
