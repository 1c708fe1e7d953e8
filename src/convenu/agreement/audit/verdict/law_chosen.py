"""What a finding rests on, beside the law that the contract chooses: the regulations of the Union stand in each of its States."""

from __future__ import annotations

import re
from collections.abc import Iterable

from convenu.agreement.audit.said.reading import Reading
from convenu.vocabulary.findings import Citation

_REGULATION = re.compile(r"RGPD\b|Règlement \(UE\)")


def stands(law: Iterable[Citation], reading: Reading) -> bool:
    """Whether texts of law stand for a contract: any under French law, regulations alone under that of another State of the Union."""
    if reading.law is None:
        return True
    return all(reading.law.in_union and _REGULATION.match(one.citation) is not None for one in law)
