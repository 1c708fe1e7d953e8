"""French as it is printed: numbers, amounts, dates, spans and the spaces that go with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, time
from decimal import Decimal
from functools import lru_cache

from convenu.vocabulary.money import Money
from convenu.vocabulary.percent import Percent
from convenu.vocabulary.span import Span, SpanUnit

NBSP = "\u00a0"
NNBSP = "\u202f"
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
# What a reader in each place calls the hour on the wall.
_PLACES = {
    "Europe/Paris": "de Paris",
    "America/Guadeloupe": "de Guadeloupe",
    "America/Martinique": "de Martinique",
    "America/Cayenne": "de Guyane",
    "America/St_Barthelemy": "de Saint-Barthélemy",
    "America/Marigot": "de Saint-Martin",
    "America/Miquelon": "de Saint-Pierre-et-Miquelon",
    "Indian/Reunion": "de La Réunion",
    "Indian/Mayotte": "de Mayotte",
    "Pacific/Noumea": "de Nouméa",
    "Pacific/Tahiti": "de Tahiti",
}
_UNITS: dict[SpanUnit, tuple[str, str]] = {
    SpanUnit.MINUTES: ("minute", "minutes"),
    SpanUnit.HOURS: ("heure", "heures"),
    SpanUnit.BUSINESS_MINUTES: ("minute ouvrée", "minutes ouvrées"),
    SpanUnit.BUSINESS_HOURS: ("heure ouvrée", "heures ouvrées"),
    SpanUnit.BUSINESS_DAYS: ("jour ouvré", "jours ouvrés"),
    SpanUnit.WORKING_DAYS: ("jour ouvrable", "jours ouvrables"),
    SpanUnit.DAYS: ("jour", "jours"),
    SpanUnit.WEEKS: ("semaine", "semaines"),
    SpanUnit.MONTHS: ("mois", "mois"),
    SpanUnit.YEARS: ("an", "ans"),
}


def number(value: Decimal | int, *, decimals: int | None = None) -> str:
    """« 12 345,5 »: decimal comma, narrow no-break space between thousands."""
    exact = Decimal(value)
    plain = f"{exact:,.{decimals}f}" if decimals is not None else f"{exact.normalize():,f}"
    return plain.replace(",", NNBSP).replace(".", ",")


def euros(amount: Money) -> str:
    """« 12 345,50 € », cents left out when there are none."""
    whole = amount.amount == amount.amount.to_integral_value()
    return f"{number(amount.amount, decimals=0 if whole else 2)}{NBSP}€"


def percent(value: Percent) -> str:
    """« 99,5 % »."""
    return f"{number(value.value)}{NBSP}%"


def day(value: date) -> str:
    """« 1er mars 2026 », as a contract writes a date in a sentence."""
    return f"{'1er' if value.day == 1 else value.day}{NBSP}{MONTHS[value.month - 1]}{NBSP}{value.year}"


def short_day(value: date) -> str:
    """« 15/12/2026 », for tables."""
    return f"{value:%d/%m/%Y}"


def month(value: date) -> str:
    """« août 2026 »."""
    return f"{MONTHS[value.month - 1]}{NBSP}{value.year}"


def clock(value: time) -> str:
    """« 8 h 30 », « 18 h »."""
    minutes = f"{NBSP}{value.minute:02d}" if value.minute else ""
    return f"{value.hour}{NBSP}h{minutes}"


def span(value: Span) -> str:
    """« 4 heures ouvrées », « 3 mois »."""
    singular, plural = _UNITS[value.unit]
    word = plural if value.count >= 2 else singular
    return f"{number(value.count)}{NBSP}{word}"


def length(seconds: int) -> str:
    """« 4 h 30 min » of seconds counted; seconds only when there are some."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    parts = [f"{number(hours)} h" if hours else "", f"{minutes} min" if minutes else "", f"{left} s" if left else ""]
    return " ".join(part for part in parts if part) or "0 s"


def share(part: float) -> str:
    """« 92,3 % » of a share between 0 and 1."""
    return f"{part * 100:.1f} %".replace(".", ",")


def grouped_by_three(digits: str) -> str:
    """« 000 120 261 »: the number of a company, to be read aloud."""
    return NNBSP.join(digits[start : start + 3] for start in range(0, len(digits), 3))


def local_time(zone: str) -> str:
    """« heure de La Réunion » for « Indian/Reunion »; a zone outside France keeps its name."""
    return f"heure {_PLACES[zone]}" if zone in _PLACES else f"fuseau {zone}"


def inside_a_sentence(label: str) -> str:
    """« durée » for « Durée », but « SIREN » stays as it is."""
    return label if label[1:2].isupper() else label[0].lower() + label[1:]


def enumeration(items: Sequence[str], *, last: str = "et") -> str:
    """« a, b et c »."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"«\s*"), f"«{NBSP}"),
    (re.compile(r"\s*»"), f"{NBSP}»"),
    (re.compile(r"(?<=[^\s\u00a0\u202f])[ \u00a0\u202f]+([;!?])"), NNBSP + r"\1"),
    (re.compile(r"(?<=[^\s\u00a0\u202f])[ \u00a0\u202f]+:(?=\s|$)"), f"{NBSP}:"),
    (re.compile(r"(?<=\d)[ \u00a0\u202f](?=%|€|h\b|j\b|km\b|To\b|Go\b)"), NBSP),
    (re.compile(r"\b([Aa]rticles?|[Aa]rt\.|n°|[Aa]nnexes?|L\.|R\.|D\.) (?=[A-Z0-9])"), r"\1" + NBSP),
    (re.compile(r"(?<=\d) (?=\d{3}\b)"), NNBSP),
    (re.compile(r"(?<=\b\d\d) (?=\d\d\b)"), NBSP),
    (re.compile(r"\.\.\."), "…"),
)


def listed(items: Iterable[str]) -> str:
    """Items set apart by semicolons, none of which begins a line: « 12 mois ; 30 jours »."""
    return f"{NNBSP}; ".join(items)


# Labels, titles and values are set again in every clause that prints them.
@lru_cache(maxsize=16384)
def typography(text: str) -> str:
    """Set the spaces, quotes and apostrophes of French print on text typed with ordinary ones; running it twice changes nothing."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def plain_spaces(text: str) -> str:
    """Undo the no-break spaces, so that two texts can be searched and compared."""
    return text.replace(NBSP, " ").replace(NNBSP, " ").replace("’", "'")
