"""A contract in the format that a file name asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from convenu.agreement.wording import in_words
from convenu.documents.brand import Brand
from convenu.documents.edition import Edition
from convenu.documents.html import write_html
from convenu.documents.markdown import write_markdown
from convenu.documents.pdf import write_pdf
from convenu.documents.word import write_docx
from convenu.terms.contract import Terms
from convenu.terms.files import agreed, write_json
from convenu.terms.states import Term
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import ContractText
from convenu.vocabulary.money import Money

T = TypeVar("T")

FORMATS = (".docx", ".pdf", ".html", ".md")
FIRST_VERSION = "v0.1"


def write_draft(suffix: str, terms: Terms, text: ContractText) -> bytes:
    """The first draft of a contract as a file: dated of the day of its law, so that it can be made again to the byte."""
    brand = Brand(name=text.provider, legal_footer=legal_footer(terms))
    edition = Edition(version=FIRST_VERSION, day=date.fromisoformat(text.law_day))
    match suffix:
        case ".docx":
            return write_docx(text, brand=brand, edition=edition)
        case ".pdf":
            return write_pdf(text, brand=brand, edition=edition, attachments={"terms.json": write_json(agreed(terms)).encode()})
        case ".html":
            return write_html(text, brand=brand, edition=edition).encode()
        case ".md":
            return write_markdown(text).encode()
        case _:
            raise ValueError(f"no format for « {suffix} »: choose one of {', '.join(FORMATS)}")


def legal_footer(terms: Terms) -> str:
    """« Martin Info, société par actions simplifiée au capital de 50 000 €, 12 rue…, RCS Rennes 123 456 789 »: what is known of it."""
    parts = [
        _said(terms.provider_name, in_words),
        " ".join(filter(None, [_said(terms.provider_legal_form, in_words), _said(terms.provider_capital, _capital)])),
        _said(terms.provider_address, in_words),
        " ".join(filter(None, [_said(terms.provider_rcs_city, lambda city: f"RCS {city}"), _said(terms.provider_siren, _in_threes)])),
    ]
    return french.typography(", ".join(part for part in parts if part))


def _said(term: Term[T], write: Callable[[T], str]) -> str:
    return write(term.value) if term.stated and term.value is not None else ""


def _capital(amount: Money) -> str:
    return f"au capital de {in_words(amount)}"


def _in_threes(number: str) -> str:
    return french.NBSP.join(number[start : start + 3] for start in range(0, len(number), 3))
