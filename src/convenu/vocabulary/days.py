"""A day as a person types it, and what is said of one that does not exist."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from convenu.vocabulary.french import MONTHS

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_IN_WORDS = re.compile(r"(?:le )?(\d{1,2})(?:er)? ([^\W\d]+) (\d{4})")
_NUMBERS = {name: rank for rank, name in enumerate(MONTHS, start=1)} | {"fevrier": 2, "aout": 8, "decembre": 12}
_SHOWN = 40
_MONTHS_OF_A_YEAR = 12


def parse_day(written: str) -> date:
    """The day of « 2027-01-31 »; what is no day raises `ValueError` with the reason, in French."""
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        raise ValueError(f"« {written.strip()[:_SHOWN]} » {missing_day(written) or 'n’est pas une date'}") from None


def missing_day(written: str, *, month_first: bool = False) -> str:
    """« n’existe pas : février 2027 a 28 jours », empty when the words show no such day; `month_first` when 02/31 is one of February."""
    found = _parts(" ".join(written.lower().split()), month_first=month_first)
    if found is None or not found[0]:
        return ""
    year, month, day = found
    if not 1 <= month <= _MONTHS_OF_A_YEAR:
        return f"n’existe pas : il n’y a pas de mois {month}"
    last = monthrange(year, month)[1]
    return "" if 1 <= day <= last else f"n’existe pas : {MONTHS[month - 1]} {year} a {last} jours"


def _parts(written: str, *, month_first: bool) -> tuple[int, int, int] | None:
    """The year, the month and the day that some words show, whether such a day exists or not."""
    if iso := _ISO.match(written):
        return int(iso[1]), int(iso[2]), int(iso[3])
    if slashed := _SLASHED.match(written):
        first, second, year = (int(part) for part in slashed.groups())
        return (year, first, second) if month_first else (year, second, first)
    in_words = _IN_WORDS.match(written)
    if in_words is None or in_words[2] not in _NUMBERS:
        return None
    return int(in_words[3]), _NUMBERS[in_words[2]], int(in_words[1])
