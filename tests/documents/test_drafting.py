"""`convenu draft`: one format a file name, the same bytes for the same terms."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from convenu.documents.drafting import FORMATS, legal_footer, write_draft
from convenu.terms.contract import Terms
from convenu.terms.files import read_terms, write_json
from convenu.vocabulary.french import plain_spaces
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


def attached_to(terms: Terms) -> bytes:
    with pikepdf.open(BytesIO(write_draft(".pdf", terms, sample.contract()))) as pdf:
        return pdf.attachments["terms.json"].get_file().read_bytes()


def test_the_terms_inside_the_pdf_can_be_read_again(terms: Terms) -> None:
    assert attached_to(terms).decode() == write_json(terms)
    assert read_terms(attached_to(terms)) == terms


def test_the_pdf_carries_what_was_agreed_and_nothing_of_how_the_msp_came_to_it() -> None:
    told = read_terms(
        "client_name: {value: Valdrène, origin: house_default, note: client difficile}\n"
        "payment_days: {state: unknown, who: Soizic, note: voir avec la banque}\n"
    )
    carried = attached_to(told).decode()
    assert read_terms(carried).client_name.value == "Valdrène"
    assert not [word for word in ("house_default", "difficile", "Soizic", "banque", "payment_days") if word in carried]


def test_an_unknown_format_names_the_known_ones(terms: Terms) -> None:
    with pytest.raises(ValueError, match=r"\.docx, \.pdf, \.html, \.md"):
        write_draft(".odt", terms, sample.contract())


def test_the_legal_footer_says_what_is_known_of_the_msp(terms: Terms) -> None:
    assert legal_footer(terms) == "Hélionde Infogérance"
    whole = read_terms(
        "provider_name: Hélionde Infogérance\nprovider_legal_form: sas\nprovider_capital: 50000 EUR\nprovider_siren: '000120261'\n"
        "provider_rcs_city: Rennes\nprovider_address: {street: 4 allée des Forges, postcode: '35000', city: Rennes}\n"
    )
    assert plain_spaces(legal_footer(whole)) == (
        "Hélionde Infogérance, société par actions simplifiée au capital de 50 000 €, "
        "4 allée des Forges, 35000 Rennes, RCS Rennes 000 120 261"
    )
