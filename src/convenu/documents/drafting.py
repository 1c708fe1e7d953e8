"""A contract in the format that a file name asks for."""

from __future__ import annotations

from datetime import date

from convenu.documents.brand import Brand
from convenu.documents.edition import Edition
from convenu.documents.html import write_html
from convenu.documents.markdown import write_markdown
from convenu.documents.pdf import write_pdf
from convenu.documents.word import write_docx
from convenu.terms.contract import Terms
from convenu.terms.files import write_json
from convenu.vocabulary.contract_text import ContractText

FORMATS = (".docx", ".pdf", ".html", ".md")
FIRST_VERSION = "v0.1"


def write_draft(suffix: str, terms: Terms, text: ContractText) -> bytes:
    """The first draft of a contract as a file: dated of the day of its law, so that it can be made again to the byte."""
    brand = Brand(name=text.provider)
    edition = Edition(version=FIRST_VERSION, day=date.fromisoformat(text.law_day))
    match suffix:
        case ".docx":
            return write_docx(text, brand=brand, edition=edition)
        case ".pdf":
            return write_pdf(text, brand=brand, edition=edition, attachments={"terms.json": write_json(terms).encode()})
        case ".html":
            return write_html(text, brand=brand, edition=edition).encode()
        case ".md":
            return write_markdown(text).encode()
        case _:
            raise ValueError(f"no format for « {suffix} »: choose one of {', '.join(FORMATS)}")
