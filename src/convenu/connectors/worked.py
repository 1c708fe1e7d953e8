"""The time spent as exports write it: minutes, hours or seconds, with decimals, « 1:30 » or « 1h30 »."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from convenu.connectors.mapping import WorkUnit

# Past this, in one entry, the unit is what is wrong: two months without a stop.
MOST_MINUTES = 60 * 24 * 60
_CLOCK = re.compile(r"(\d{1,4})\s*[:h]\s*(\d{2})(?:\s*[:m]\s*(\d{2})\s*s?)?\s*(?:min|mn|m)?", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d{1,9}(?:[.,]\d{1,6})?")


def minutes_of(written: str, unit: WorkUnit) -> int:
    """Whole minutes, rounded half-up, and one at least for any time at all; what cannot be read raises `ValueError` with the reason."""
    shown = written.strip()
    if clock := _CLOCK.fullmatch(shown):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        exact = Fraction(hours * 60 + minutes) + Fraction(seconds, 60)
    elif _NUMBER.fullmatch(shown):
        exact = Fraction(shown.replace(",", ".")) * unit.in_minutes
    else:
        raise ValueError(f"temps passé « {shown[:40]} » illisible : un nombre, « 1:30 » ou « 1h30 »")
    if exact < 0:
        raise ValueError(f"temps passé « {shown[:40]} » : il ne peut pas être négatif")
    if exact > MOST_MINUTES:
        raise ValueError(f"temps passé « {shown[:40]} » : plus de soixante jours sans arrêt, l’unité est-elle la bonne ?")
    if not exact:
        return 0
    rounded = Decimal(exact.numerator) / Decimal(exact.denominator)
    return max(1, int(rounded.quantize(Decimal(1), ROUND_HALF_UP)))
