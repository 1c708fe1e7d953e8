"""Deals of every kind as files: pages within range, and the same values read back from the marks of the Word file."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from io import BytesIO

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from convenu.agreement.assemble import assemble
from convenu.documents.characters import shown
from convenu.documents.drafting import write_draft
from convenu.documents.pdf import is_short
from convenu.documents.word import CLAUSE_TAG
from convenu.library.loader import french
from convenu.vocabulary.contract_text import ContractText, RunKind
from tests.deals.drawing import Deal, Offer, drawn

LIBRARY = french()
ON = date(2026, 11, 23)
FEW, MANY = 6, 64
# Pages in all: title, contents, summary, annexes and signatures included. Without a range: as measured.
PAGES = {"tpe": (8, 12), "pme": (12, 25)}
MEASURED = (20, 31)
# The provision of the sectors' annexes, which come on top: two pages each at most.
SECTORS = 32
# The articles of the law that a client who may end a renewed contract must be given word for word: a page more.
REPRODUCED = "annex_renewal_articles"


@cache
def offer() -> Offer:
    return Offer(LIBRARY)


@cache
def deal(number: int) -> Deal:
    return drawn(offer(), number)


def contract(number: int) -> ContractText:
    return assemble(deal(number).terms, LIBRARY, on=ON)


def numbers() -> list[object]:
    return [*range(FEW), *(pytest.param(number, marks=pytest.mark.thorough) for number in range(FEW, MANY))]


@pytest.mark.parametrize("number", numbers())
def test_the_values_read_back_from_the_word_file_are_those_of_the_terms(number: int) -> None:
    text = contract(number)
    document = docx.Document(BytesIO(write_draft(".docx", deal(number).terms, text)))
    read: dict[str, list[str]] = defaultdict(list)
    for mark in document.element.body.iter(qn("w:sdt")):
        tag = mark.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        if tag is None:
            continue
        key = tag.get(qn("w:val")).removeprefix(CLAUSE_TAG)
        read[key] += [
            "".join(run.itertext(qn("w:t")))
            for run in mark.iter(qn("w:r"))
            if (style := run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")) is not None and style.get(qn("w:val")) == "Value"
        ]
    sections = [*([text.summary] if text.summary else []), *text.sections()]
    assert list(read) == [section.clause for section in sections]
    for section in sections:
        written = "".join(shown(run.text) for run in section.runs if run.kind is RunKind.VALUE)
        assert "".join(read[section.clause]) == written, section.clause


def keeps_its_wordings(one: Deal) -> bool:
    """Whether the texts that its segment proposes are taken: other wordings drawn for a very small company replace the plain ones."""
    return one.terms.client_segment.value != "tpe" or "clause_wordings" not in one.changed


@pytest.mark.parametrize("number", numbers())
def test_a_contract_summary_and_annexes_included_has_as_many_pages_as_its_segment_allows(number: int) -> None:
    text = contract(number)
    pages = len(pypdf.PdfReader(BytesIO(write_draft(".pdf", deal(number).terms, text))).pages)
    # A very small company that takes the usual wordings has a contract as long as a small one's.
    segment = str(deal(number).terms.client_segment.value) if keeps_its_wordings(deal(number)) else "pme"
    fewest, most = PAGES.get(segment, MEASURED)
    most += 2 * sum(LIBRARY.clause(section.clause).provision == SECTORS for section in text.sections())
    most += text.section(REPRODUCED) is not None
    assert fewest <= pages <= most, f"{pages} pages"


@pytest.mark.parametrize("segment", sorted(LIBRARY.segments))
def test_the_summary_fits_one_page_and_each_line_leads_to_its_article(segment: str) -> None:
    number = next(number for number in range(500) if deal(number).terms.client_segment.value == segment)
    text = contract(number)
    assert text.summary
    pdf = pypdf.PdfReader(BytesIO(write_draft(".pdf", deal(number).terms, text)))
    said = [page.extract_text() for page in pdf.pages]
    (page,) = [rank for rank, words in enumerate(said) if "Résumé en clair" in words and "Où le lire" in words]
    # Under it in a contract short enough to be read in one sitting, on the next page in another.
    assert "Conditions particulières" in said[page if is_short(text) else page + 1]
    assert "valeur contractuelle" in said[page]
    targets = [run.target for run in text.summary.runs if run.kind is RunKind.REFERENCE]
    told = {clause.key for clause in LIBRARY.clauses if clause.summary}
    assert set(targets) == told & {section.clause for section in text.sections()}
    assert len(pdf.pages[page].get("/Annots", [])) >= len(targets)
