"""Numbers, lengths of time, shares and amounts as French contracts write them, in figures and in letters, read in the shadow of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from convenu.agreement.audit.words.letters import LETTERS, in_letters, last_in_letters
from convenu.vocabulary.span import Span, SpanUnit

FIGURES = r"\d{1,4}(?:[.,]\d{1,2})?"
# « trente (30) », « 30 (trente) », « 30 », « trente ». What repeats a number is loose here, for it stands in a hundred patterns: letters
# written in full take long to make into one.
_REPEATED = r"[a-z][a-z -]{1,30}"
NUMBER = rf"(?:{LETTERS}(?: ?\( ?{FIGURES} ?\))?|{FIGURES}(?: ?\( ?{_REPEATED}\))?)"
UNITS: dict[str, SpanUnit] = {
    "minutes": SpanUnit.MINUTES, "minute": SpanUnit.MINUTES, "min": SpanUnit.MINUTES, "mn": SpanUnit.MINUTES,
    "heures": SpanUnit.HOURS, "heure": SpanUnit.HOURS, "hrs": SpanUnit.HOURS, "h": SpanUnit.HOURS,
    "jours": SpanUnit.DAYS, "jour": SpanUnit.DAYS, "j": SpanUnit.DAYS,
    "semaines": SpanUnit.WEEKS, "semaine": SpanUnit.WEEKS,
    "mois": SpanUnit.MONTHS, "trimestres": SpanUnit.MONTHS, "trimestre": SpanUnit.MONTHS,
    "semestres": SpanUnit.MONTHS, "semestre": SpanUnit.MONTHS,
    "annees": SpanUnit.YEARS, "annee": SpanUnit.YEARS, "ans": SpanUnit.YEARS, "an": SpanUnit.YEARS,
}  # fmt: skip
_TIMES = {"trimestres": 3, "trimestre": 3, "semestres": 6, "semestre": 6}
_UNIT = "(?:" + "|".join(sorted(UNITS, key=len, reverse=True)) + ")"
_COUNTED = r"(?: (?:ouvre|ouvrable|calendaire|franc|plein|entier|consecutif)[a-z]*)?"
# « [trois] mois »: a draft sets what is still discussed between brackets; one that drops the letters leaves « (15) jours ».
_IN_BRACKETS = rf"(?:(?:\[ ?)?{NUMBER}(?: ?\])?|\( ?{FIGURES} ?\))"
DURATION = rf"(?<![a-z0-9.,]){_IN_BRACKETS} ?{_UNIT}(?: ?\( ?{FIGURES} ?\))?(?![a-z0-9])(?: et demie?(?![a-z]))?{_COUNTED}"
# « deux virgule sept pour cent (2,7 %) »: the decimals in letters, the figures that repeat them.
_OF_A_HUNDRED = r"(?: pour ?cents?(?![a-z])| ?%| p\.? ?100)"
_SHARE_IN_FIGURES = r"\d{1,4}(?:[.,]\d{1,4})?"
PERCENT = (
    rf"(?<![a-z0-9.,])(?:{_SHARE_IN_FIGURES}|{LETTERS}(?: virgule {_REPEATED}?| et demie?)?){_OF_A_HUNDRED}"
    rf"(?: ?\( ?{_SHARE_IN_FIGURES} ?%? ?\))?"
)
AMOUNT = r"(?<![a-z0-9.,])\d{1,3}(?:[ .]?\d{3}){0,3}(?:,\d{1,2})?(?: ?\( ?[a-z][a-z -]{2,70}\))? ?\)? ?(?:k ?)?(?:€|euros?\b|eur\b)"
# Any sum, however it is written: to see that there is one, never to read which.
SUM = (
    r"(?<![a-z0-9.,])(?:(?:€|eur|chf) ?\d{1,3}(?:[ .,']?\d{1,3}){0,3}"
    r"|\d{1,3}(?:[ .,']?\d{1,3}){0,3}(?:[.,]-)?-? ?\)? ?(?:k ?)?(?:€|euros?\b|eur\b|chf\b|(?:ht|ttc|htva)\b)"
    rf"|{LETTERS} euros?\b)"
)
# « cent vingt mille euros »: thousands in letters; smaller sums are hardly ever without their figures.
_LETTERED_AMOUNT = (
    rf"(?<![a-z0-9-])(?:(?P<figures>\d{{1,3}}(?:,\d{{1,2}})?) |(?P<count>{LETTERS})[- ])?(?P<scale>mille|millions?)(?: d')? ?euros?\b"
)
MONTH_NAMES = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre")
_MONTH = f"(?:{'|'.join(MONTH_NAMES)})"
# The days of a month, and the years of a century that contracts bear, in letters.
_DAY_IN_LETTERS = f"(?:premier|{LETTERS})"
_YEAR_IN_LETTERS = rf"deux[- ]mille(?:[- ]{LETTERS})?"
# « 1er mars 2026 », « 01/03/2026 », « premier mars deux mille vingt-six ».
DATE = (
    rf"(?<![a-z0-9])(?:\d{{1,2}}\s?(?:er)?\s+{_MONTH}\s+(?:19|20)\d\d|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)\d\d"
    rf"|{_DAY_IN_LETTERS}\s+{_MONTH}\s+(?:{_YEAR_IN_LETTERS}|(?:19|20)\d\d))"
)
# « du 1er mars 2025 au 29 février 2028 inclus ».
_ENDS = (
    r"(?:et|pour) (?:expire|prend fin|se termine|s'acheve|s'arrete|finit|cesse"
    r"|se terminer|prendre fin|expirer|finir|s'achever|cesser)(?:ra)?(?: le)?"
)
DATES = rf"{DATE}(?: inclus)?,? (?:(?:jusqu')?au|-|{_ENDS}) {DATE}"
TIME = r"(?<![a-z0-9.,])\d{1,2} ?(?:h(?:eures?)?(?: ?\d{2})?|: ?\d{2})(?![a-z0-9])"
_IN_LETTERS = re.compile(rf"(?<![a-z]){LETTERS}(?![a-z])")
_IN_FIGURES = re.compile(FIGURES)
_PARTS = re.compile(rf"(?P<number>{NUMBER}) ?[\])]? ?(?P<unit>{_UNIT})(?![a-z0-9])(?P<after>.*)", re.DOTALL)
_HALF = re.compile(r"et demie?(?![a-z])")
_SHARE = re.compile(rf"(?P<whole>{LETTERS})(?: virgule (?P<part>{LETTERS})|(?P<half> et demie?(?![a-z])))?")
_DAY = re.compile(
    rf"(?P<day>\d{{1,2}}|[a-z][a-z -]*?)(?:(?<=\d) ?er)?(?:\s+|[/.-])(?P<month>\d{{1,2}}|{_MONTH})"
    r"(?:\s+|[/.-])(?P<year>\d{4}|[a-z -]+)"
)
_FIRST_AND_LAST = 2
_THOUSAND = re.compile(r"k ?(?:€|eur)")


def number_in(words: str) -> Decimal | None:
    """The number that a few words of a shadow write: the figures when both are there, nothing when they say two different numbers."""
    figures = _IN_FIGURES.search(words)
    letters = _IN_LETTERS.search(words)
    written = last_in_letters(letters[0]) if letters is not None else None
    if figures is None:
        return None if written is None else Decimal(written)
    number = Decimal(figures[0].replace(",", "."))
    return number if written is None or _ends_in(number, written) else None


def _ends_in(number: Decimal, written: int) -> bool:
    """Whether letters say a number or its end: of « deux cent quarante (240) » the last words alone may have been kept."""
    return number == written or (number > written and number % 10 ** len(str(written)) == written)


def span_in(words: str) -> Span | None:
    """The length of time that a few words of a shadow write."""
    parts = _PARTS.search(words)
    if parts is None:
        return None
    count = number_in(parts["number"])
    if count is None:
        return None
    unit = UNITS[parts["unit"]]
    after = parts["after"].lstrip()
    if (half := _HALF.match(after)) is not None:
        count, after = count + Decimal("0.5"), after[half.end() :].lstrip()
    if after.startswith("ouvrable") and unit is SpanUnit.DAYS:
        unit = SpanUnit.WORKING_DAYS
    elif after.startswith("ouvr"):
        unit = {
            SpanUnit.DAYS: SpanUnit.BUSINESS_DAYS,
            SpanUnit.HOURS: SpanUnit.BUSINESS_HOURS,
            SpanUnit.MINUTES: SpanUnit.BUSINESS_MINUTES,
        }.get(unit, unit)
    return Span(count * _TIMES.get(parts["unit"], 1), unit)


def months_between(words: str) -> int | None:
    """The whole months from the first to the last of two days that a few words of a shadow write, the last one counted."""
    days = [day for found in re.finditer(DATE, words) if (day := day_in(found[0])) is not None]
    return months_from(*days) if len(days) == _FIRST_AND_LAST else None


def months_from(first: date, last: date) -> int:
    """The whole months from a day to another, that one counted."""
    after = last + timedelta(days=1)
    return (after.year - first.year) * 12 + after.month - first.month - (after.day < first.day)


def day_in(words: str) -> date | None:
    """The day that a few words of a shadow write; None for one that no calendar has."""
    parts = _DAY.match(words)
    if parts is None:
        return None
    year, day = _year(parts["year"]), _day_of_month(parts["day"])
    if year is None or day is None:
        return None
    try:
        return date(year, _month(parts["month"]), day)
    except ValueError:
        return None


def _year(words: str) -> int | None:
    return int(words) if words.isdigit() else in_letters(words)


def _day_of_month(words: str) -> int | None:
    return int(words) if words.isdigit() else 1 if words == "premier" else in_letters(words)


def _month(words: str) -> int:
    return MONTH_NAMES.index(words) + 1 if words in MONTH_NAMES else int(words)


def percent_in(words: str) -> Decimal | None:
    """The share that a few words of a shadow write, as a number of hundredths."""
    if (figures := re.search(_SHARE_IN_FIGURES, words)) is not None:
        return Decimal(figures[0].replace(",", "."))
    found = _SHARE.search(words)
    if found is None:
        return None
    whole = number_in(found["whole"])
    if found["half"] is not None and whole is not None:
        return whole + Decimal("0.5")
    return Decimal(f"{whole}.{number_in(found['part'])}") if found["part"] else whole


@cache
def _in_letters() -> re.Pattern[str]:
    return re.compile(_LETTERED_AMOUNT)


def lettered_amounts(words: str) -> Iterator[Decimal]:
    """The thousands and millions of euros whose scale a few words of a shadow write in letters: « cent mille », « 1,5 million »."""
    for found in _in_letters().finditer(words):
        figures, letters = found["figures"], found["count"]
        count = Decimal(figures.replace(",", ".")) if figures else Decimal((letters and last_in_letters(letters)) or 1)
        yield count * (1000 if found["scale"] == "mille" else 1_000_000)


def amount_in(words: str) -> Decimal | None:
    """The euros that a few words of a shadow write."""
    digits = re.match(r"[\d .]+(?:,\d{1,2})?", words)
    if digits is None:
        return None
    euros = Decimal(re.sub(r"[ .]", "", digits[0]).replace(",", "."))
    return euros * 1000 if _THOUSAND.search(words) else euros
