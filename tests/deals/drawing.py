"""Deals of every kind, drawn from what the library offers: the same seed gives the same deals, and a new pack, sector, wording or
clause is drawn as soon as its files are there.

A deal is one of the example answers with its segment's values, some answers changed: those that call clauses cover every pair of
their values; the scenarios beside the clauses, the alternatives and the other wordings come on top, and answers are taken away.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from convenu.agreement.library import Library
from convenu.agreement.positions import WORDINGS
from convenu.agreement.scoping import Answers, read_answers, scope
from convenu.terms.closed_lists import Choice
from convenu.terms.contract import TERM_KEYS, Terms, stops_signature
from convenu.terms.types import item_type, type_of
from convenu.vocabulary import yaml_text
from convenu.vocabulary.mistakes import MistakesError
from convenu.vocabulary.yaml_text import YamlText

ROOT = Path(__file__).parents[2]
CLAUSES = ROOT / "src/convenu/library/fr/clauses"
SEED = "convenu"
OPEN = ("none", "unknown")
GIVING_UP = 12


Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """Some terms, the example that they start from and what was changed, so that a fault can be made again."""

    number: int
    example: str
    changed: Given
    terms: Terms

    def __str__(self) -> str:
        return f"deal {self.number} ({self.example}, then {self.changed})"


def deals(library: Library, count: int) -> Iterator[Deal]:
    """So many deals: first random ones, then those that bring the pairs of values that no earlier deal had."""
    offer = Offer(library)
    missing = offer.pairs()
    made = 0
    while made < count or missing:
        wanted = min(missing, key=repr) if made >= count else ()
        deal = drawn(offer, made, dict(wanted))
        missing -= offer.pairs_of(deal.terms)
        if wanted and wanted in missing:
            missing.remove(wanted)  # two answers that contradict one another: no contract has both
        made += 1
        yield deal


class Offer:
    """What may be answered: examples to start from, values to choose, sets of answers that go together."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.examples = _examples()
        calling = {term for clause in library.clauses for term in clause.applies_when.terms}
        read = calling | {name for clause in library.clauses for name in clause.parsed.names if name in TERM_KEYS}
        values = {key: _values(key, library) for key in sorted(read)}
        self.values = {key: several for key, several in values.items() if len(several) > len(OPEN)}
        self.calling = {key: self.values[key] for key in sorted(calling) if key in self.values}
        self.together = tuple(_together(library))
        self.open = tuple(key for key in TERM_KEYS if key != "client_segment")

    def pairs(self) -> set[tuple[tuple[str, Any], ...]]:
        """Every pair of values of two answers that call clauses."""
        return {
            ((one, first), (other, second))
            for one, other in combinations(self.calling, 2)
            for first in self.calling[one]
            for second in self.calling[other]
        }

    def pairs_of(self, terms: Terms) -> set[tuple[tuple[str, Any], ...]]:
        """The pairs of values that some terms have."""
        return set(combinations([(key, _plain(terms, key)) for key in self.calling], 2))


@cache
def _examples() -> dict[str, Answers]:
    every = {file.name: read_answers(file.read_bytes()) for file in sorted((ROOT / "examples").glob("*.answers.yaml"))}
    return {name: answers for name, answers in every.items() if answers.use_defaults}


def _values(key: str, library: Library) -> tuple[Any, ...]:
    """The values worth drawing for a term: the members of its list, and the bounds that a clause sets."""
    if key == "client_segment":
        return tuple(sorted(library.segments))
    kind = type_of(key)
    listed = item_type(kind) or kind
    if kind is bool:
        return (False, True, *OPEN)
    if isinstance(listed, type) and issubclass(listed, Choice):
        members = tuple(member.value for member in listed)
        return (*members, *OPEN) if listed is kind else (*((member,) for member in members), members, *OPEN)
    return (*_around_bounds(key, library), *OPEN)


def _around_bounds(key: str, library: Library) -> Iterator[int]:
    """The numbers just within and just beyond the bounds of the clauses' conditions."""
    wanted = [case[key] for clause in library.clauses for case in clause.applies_when.cases if key in case]
    for bound in sorted({one for one in wanted if isinstance(one, str) and one[:1] in "<>"}):
        number = int(bound.strip("<>= "))
        yield from (number, number + 1)


def _plain(terms: Terms, key: str) -> Any:
    """A value as it was drawn."""
    term = terms.term(key)
    if not term.stated:
        return "unknown" if term.unknown else "none"
    value = term.value
    if isinstance(value, tuple):
        return tuple(getattr(one, "value", one) for one in value)
    return getattr(value, "value", value)


def _together(library: Library) -> Iterator[Given]:
    """Answers that go together: what the scenarios beside the clauses are given, and the alternatives that change answers or words."""
    for file in sorted(CLAUSES.glob("*/scenarios.yaml")):
        for scenario in yaml_text.read(file.read_text("utf-8")).data:
            yield scenario.get("given", {})
    for clause in library.clauses:
        for alternative in clause.alternatives:
            if alternative.wording:
                yield {WORDINGS: [{"clause": clause.key, "wording": alternative.key}]} | dict.fromkeys(
                    alternative.wording.leaves_out, "none"
                )
            elif alternative.change:
                yield alternative.change


def drawn(offer: Offer, number: int, wanted: Given | None = None) -> Deal:
    """The deal of a number, with the answers wanted; answers that contradict one another are drawn again, fewer."""
    draw = random.Random(f"{SEED} {number}")
    example = sorted(offer.examples)[number % len(offer.examples)]
    for tries in range(20):
        boldness = 0.85**tries
        # In turn, so that nothing that goes together is left to chance; given up when it contradicts all that is drawn beside it.
        due = offer.together[number % len(offer.together)] if tries < GIVING_UP else {}
        changed = _changes(offer, draw, boldness, due, wanted or {})
        try:
            return Deal(number=number, example=example, changed=changed, terms=_terms(offer, example, changed))
        except MistakesError:
            continue
    return Deal(number=number, example=example, changed={}, terms=_terms(offer, example, {}))


def _changes(offer: Offer, draw: random.Random, boldness: float, due: Given, wanted: Given) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for key, values in offer.values.items():
        if draw.random() < (0.6 if key in offer.calling else 0.2) * boldness:
            changed[key] = draw.choice(values)
    for key in draw.sample(offer.open, int(draw.randrange(8) * boldness)):
        changed[key] = "unknown" if stops_signature(key) else draw.choice(OPEN)
    wordings: list[Any] = []
    for given in (*draw.sample(offer.together, int(draw.randrange(6) * boldness)), due):
        wordings += given.get(WORDINGS, ())
        changed |= given
    if wordings:
        changed[WORDINGS] = wordings
    changed["client_segment"] = draw.choice(sorted(offer.library.segments))
    changed |= wanted
    if changed.get("personal_data") is False:
        changed["processings"] = "none"
    return changed


def _terms(offer: Offer, example: str, changed: Given) -> Terms:
    """The terms of an example once answers are changed; another segment's values take the place of the example's own."""
    start = offer.examples[example]
    given = dict(start.given)
    if changed.get("client_segment", given["client_segment"]) != given["client_segment"]:
        pack = offer.library.segments[changed["client_segment"]].defaults
        given = {key: value for key, value in given.items() if key not in pack}
    given |= changed
    given = {key: list(value) if isinstance(value, tuple) else value for key, value in given.items()}
    return scope(Answers(given, start.house, use_defaults=True, text=YamlText(given, {})), offer.library)
