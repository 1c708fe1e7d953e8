"""A value read in somebody's contract, as a person says it."""

from __future__ import annotations

import re

from convenu.vocabulary import french

_AMOUNT = re.compile(r"(\d+) EUR")


def said_value(key: str, value: object) -> str:
    """A value with its unit: « 12 mois », « 60 jours », « 4 % », « 75 000 € »."""
    if value is True:
        return "oui"
    if key.endswith("_months"):
        return f"{value} mois"
    if key.endswith("_days"):
        return "à réception" if value == 0 and key == "payment_terms_days" else f"{value} jours"
    if key.endswith("_pct"):
        return f"{str(value).replace('.', ',')} %"
    return _AMOUNT.sub(lambda amount: f"{french.number(int(amount[1]))} €", str(value))
