"""The first of the two thousand deals that `tests/deals` writes: a clause that breaks a draft is told at once."""

from __future__ import annotations

from datetime import date

from convenu.agreement.assemble import assemble
from convenu.agreement.coherence import faults
from convenu.library.loader import french
from tests.deals.drawing import Offer, drawn

ON = date(2026, 11, 23)


def test_every_draft_of_a_first_sample_holds_together() -> None:
    library = french()
    offer = Offer(library)
    for number in range(120):
        deal = drawn(offer, number)
        found = faults(deal.terms, assemble(deal.terms, library, on=ON), library)
        assert not found, f"{found} in {deal}"
