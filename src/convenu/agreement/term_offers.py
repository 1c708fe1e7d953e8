"""Figures typed in a clause, each with the terms that say the same in a deal: what to put in its place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from convenu.agreement.clause_checks import label_of_name
from convenu.agreement.derived import DERIVED
from convenu.agreement.language import NUMBER_WORDS, TYPED_FIGURE
from convenu.agreement.wording import in_words
from convenu.terms.contract import TERM_KEYS, Terms
from convenu.terms.types import type_of
from convenu.vocabulary.french import plain_spaces
from convenu.vocabulary.money import Money
from convenu.vocabulary.percent import Percent
from convenu.vocabulary.span import Span

SHOWN = 4
_IN_BRACES = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_FIGURES = {
    "deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "six": "6", "sept": "7", "huit": "8", "neuf": "9", "dix": "10", "onze": "11",
    "douze": "12", "quinze": "15", "vingt": "20", "trente": "30", "quarante": "40", "quarante-cinq": "45", "soixante": "60",
    "quatre-vingt-dix": "90", "cent": "100", "mille": "1000",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offer:
    """A figure as it is typed, and the terms whose value reads the same, the nearest first."""

    typed: str
    terms: tuple[tuple[str, str], ...]


def offers(text: str, terms: Terms) -> tuple[Offer, ...]:
    """For each figure typed outside braces, the terms to put in its place; none when no value of the deal says it."""
    said = _said(terms)
    plain = _IN_BRACES.sub(lambda braces: " " * len(braces[0]), text)
    typed = dict.fromkeys(figure for line in plain.split("\n") for figure in _figures(line))
    return tuple(Offer(figure, tuple((name, label_of_name(name)) for name in said.get(_reads(figure), ())[:SHOWN])) for figure in typed)


def replaced(text: str, typed: str, name: str) -> str:
    """The text with a term in place of the first figure typed so."""
    if name not in TERM_KEYS and name not in DERIVED:
        return text
    return re.sub(rf"(?<![\w{{]){re.escape(typed)}(?!\w)", f"{{{{ {name} }}}}", text, count=1)


def _figures(line: str) -> Iterator[str]:
    """« 30 jours », « deux mois », « 12 % », in the order of the line."""
    found = [match for pattern in (TYPED_FIGURE, NUMBER_WORDS) for match in pattern.finditer(line)]
    yield from (match[0].strip() for match in sorted(found, key=lambda match: match.start()))


def _reads(figure: str) -> str:
    first, _space, unit = plain_spaces(figure).lower().partition(" ")
    return f"{_FIGURES.get(first, first)} {unit}".strip()


def _said(terms: Terms) -> dict[str, list[str]]:
    """Each amount, span and share of the deal as it reads, with the names that say it."""
    found: dict[str, list[str]] = defaultdict(list)
    for key in TERM_KEYS:
        kind, term = type_of(key), terms.term(key)
        if isinstance(kind, type) and issubclass(kind, Money | Span | Percent | int) and kind is not bool and term.stated:
            found[plain_spaces(in_words(term.value)).lower()].append(key)
    for name, derived in DERIVED.items():
        value = derived.compute(terms)
        if isinstance(value, Money | Span | Percent):
            found[plain_spaces(in_words(value)).lower()].append(name)
    return found
