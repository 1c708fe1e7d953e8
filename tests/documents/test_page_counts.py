"""A contract is as long as its client can read: 8 to 12 pages for a very small company, 12 to 25 for a small one, summary included."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from convenu.agreement.assemble import assemble
from convenu.agreement.scoping import read_answers, scope
from convenu.documents.drafting import write_draft
from convenu.library.loader import french

EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = date(2026, 11, 23)


SIGNED_AT_HOME_BY_FOUR = {"client_headcount": 4, "withdrawal_kit": True}


@pytest.mark.parametrize(
    ("deal", "changes", "least", "most"),
    [("moulin-carre", {}, 8, 12), ("moulin-carre", SIGNED_AT_HOME_BY_FOUR, 8, 12), ("valdrene", {}, 12, 25)],
    ids=["tpe", "tpe with the right to withdraw", "pme"],
)
def test_the_contract_has_the_pages_of_its_segment(deal: str, changes: dict[str, Any], least: int, most: int) -> None:
    library = french()
    terms = scope(read_answers((EXAMPLES / f"{deal}.answers.yaml").read_bytes()), library).replace(**changes)
    pdf = write_draft(".pdf", terms, assemble(terms, library, on=DAY))
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
    assert least <= pages <= most
