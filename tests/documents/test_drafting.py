"""`convenu draft`: one format a file name, the same bytes for the same terms."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from convenu.documents.drafting import FORMATS, write_draft
from convenu.terms.contract import Terms
from convenu.terms.files import read_terms, write_json
from tests.documents import sample

STARTS = {".docx": b"PK", ".pdf": b"%PDF-", ".html": b"<!DOCTYPE html>", ".md": "# Contrat de services managés".encode()}


@pytest.fixture(scope="module")
def terms() -> Terms:
    return read_terms("client_name: Valdrène & Fils <SARL>\nprovider_name: Hélionde Infogérance\n")


@pytest.mark.parametrize("suffix", FORMATS)
def test_each_format_is_written_and_written_again_the_same(suffix: str, terms: Terms) -> None:
    content = write_draft(suffix, terms, sample.contract())
    assert content.startswith(STARTS[suffix])
    assert write_draft(suffix, terms, sample.contract()) == content


def test_the_terms_inside_the_pdf_can_be_read_again(terms: Terms) -> None:
    with pikepdf.open(BytesIO(write_draft(".pdf", terms, sample.contract()))) as pdf:
        attached = pdf.attachments["terms.json"].get_file().read_bytes()
    assert attached.decode() == write_json(terms)
    assert read_terms(attached) == terms


def test_an_unknown_format_names_the_known_ones(terms: Terms) -> None:
    with pytest.raises(ValueError, match=r"\.docx, \.pdf, \.html, \.md"):
        write_draft(".odt", terms, sample.contract())
