"""The deal that the benchmarks run on: the demo company's contract with its client, in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from convenu.agreement.assemble import assemble
from convenu.agreement.library import Library
from convenu.agreement.scoping import read_answers, scope
from convenu.documents.brand import Brand
from convenu.documents.edition import Edition
from convenu.library import loader
from convenu.terms.contract import Terms
from convenu.vocabulary.contract_text import ContractText

ANSWERS = Path(__file__).parents[1] / "examples" / "valdrene.answers.yaml"
# The demo holds three deals; this one is the PME's.
CLIENT = "Valdrène"
DAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """Terms, library and text of one contract, with the look of its documents."""

    terms: Terms
    library: Library
    text: ContractText
    brand: Brand
    edition: Edition


@cache
def deal() -> Deal:
    """The deal, drafted once."""
    library = loader.french()
    terms = scope(read_answers(ANSWERS.read_bytes()), library)
    text = assemble(terms, library, on=DAY)
    footer = f"{text.provider}, SAS au capital de 50 000 €"
    brand = Brand(name=text.provider, legal_footer=footer)
    return Deal(terms=terms, library=library, text=text, brand=brand, edition=Edition(version="v0.1", day=DAY))
