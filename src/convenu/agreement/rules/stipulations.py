"""Stipulations that a deal carries beyond its values, and the same list without some of them."""

from __future__ import annotations

from convenu.agreement.rule import Look, known
from convenu.agreement.rules import changes
from convenu.terms.closed_lists import ContractPart
from convenu.vocabulary.findings import Change


def lifting(look: Look, *parts: ContractPart) -> tuple[tuple[ContractPart, ...], Change | None]:
    """Which of these stipulations the deal carries, and the change that takes them out; None when it carries none."""
    stated = known(look.terms.special_stipulations) or ()
    carried = tuple(part for part in stated if part in parts)
    change = changes.words("special_stipulations", [other for other in stated if other not in parts]) if carried else None
    return carried, change
