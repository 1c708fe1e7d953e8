"""A figure of the law as a reader writes it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from convenu.vocabulary import french

_SIGNS = {"EUR": "€", "EUR HT": "€ HT", "EUR TTC": "€ TTC", "nombre": ""}


def figure_in_words(value: Any, unit: str) -> str:
    """« 40 € », « 2 mois », « 1 000 », « 1er septembre 2026 », or a list of days or names."""
    match value:
        case Decimal():
            return f"{french.number(value)} {_SIGNS.get(unit, unit)}".strip()
        case list() | tuple():
            return ", ".join(french.day(one) if isinstance(one, date) else str(one) for one in value)
        case _ if unit == "date":
            return french.day(date.fromisoformat(str(value)))
        case _:
            return str(value)
