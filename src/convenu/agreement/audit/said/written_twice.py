"""Numbers written twice, in letters and in figures, that do not agree: « trente-six (24) mois »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from convenu.agreement.audit.looking.looking import Quote
from convenu.agreement.audit.text.segmentation import Document
from convenu.agreement.audit.words.letters import WORD, in_letters

# A hyphen may be lost at the end of a line.
_LETTERS = rf"{WORD}(?:(?:[- ]?| et |-et-){WORD})*"
_UNITS = (
    ("%", r"pour ?cents?|%"), ("euros", r"euros?|eur|€"), ("jours", r"jours?"), ("mois", r"mois"), ("ans", r"ans?|annees?"),
    ("heures", r"heures?|h"), ("semaines", r"semaines?"), ("minutes", r"minutes?|min|mn"),
    ("postes", r"postes?|utilisateurs?|exemplaires?"),
)  # fmt: skip
_UNIT = rf"(?:{'|'.join(pattern for _, pattern in _UNITS)})(?![a-z])"
_FIGURES = r"\d{1,3}(?:[ .]\d{3})+(?:,\d{1,2})?|\d{1,7}(?:,\d{1,2})?"
_LETTERS_FIRST = re.compile(
    rf"(?<![a-z0-9-])(?P<letters>{_LETTERS})(?: (?P<before>{_UNIT}))? ?\( ?(?P<figures>{_FIGURES}) ?(?P<inside>{_UNIT})? ?\)"
    rf"(?: ?(?P<after>{_UNIT}))?"
)
_FIGURES_FIRST = re.compile(
    rf"(?<![a-z0-9.,-])(?P<figures>{_FIGURES})(?: ?(?P<before>{_UNIT}))? ?\( ?(?P<letters>{_LETTERS})(?: (?P<inside>{_UNIT}))? ?\)"
    rf"(?: ?(?P<after>{_UNIT}))?"
)
# What stands before the letters and is a part of their number that is not read here, or of another one.
_GOES_ON = re.compile(rf"(?:(?:virgule|pour|demie?|[a-z]ieme|\d) ?|{WORD}[^a-z0-9]{{1,6}})$")
_NEAR = 20


@dataclass(frozen=True, slots=True)
class WrittenTwice:
    """A number that its letters and its figures write otherwise, and the words."""

    letters: Decimal
    figures: Decimal
    quote: Quote


def written_otherwise(document: Document) -> Iterator[WrittenTwice]:
    """Each number of a text whose letters and figures count the same unit and are not equal."""
    plain = document.shadow.plain
    for pattern in (_LETTERS_FIRST, _FIGURES_FIRST):
        for found in pattern.finditer(plain):
            letters, figures = in_letters(found["letters"]), Decimal(re.sub(r"[ .]", "", found["figures"]).replace(",", "."))
            if (
                letters is None
                or letters == figures
                or not _one_unit(found)
                or _GOES_ON.search(plain, max(0, found.start() - _NEAR), found.start())
            ):
                continue
            start, end = document.shadow.span(*found.span())
            yield WrittenTwice(Decimal(letters), figures, Quote(document.text[start:end], start, end))


def _one_unit(found: re.Match[str]) -> bool:
    """Whether both are surely one number: a unit stands after them, or with each of them, and no other unit with either."""
    units = [_unit(found[name]) for name in ("before", "inside", "after")]
    named = [unit for unit in units if unit]
    return len(set(named)) == 1 and (bool(units[2]) or bool(units[0] and units[1]))


def _unit(words: str | None) -> str:
    return next((unit for unit, pattern in _UNITS if words and re.fullmatch(pattern, words)), "")
