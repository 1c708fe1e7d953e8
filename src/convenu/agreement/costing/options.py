"""Up to four variants of one deal side by side: price, promises, perimeter, clauses, and for the MSP alone the margin and the risk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from convenu.agreement.assemble import assemble
from convenu.agreement.costing.quote import Costing, Offer, offer
from convenu.agreement.library import Library
from convenu.agreement.segments import ClauseRow, TermRow, clause_rows, term_rows
from convenu.agreement.term_words import lines_of
from convenu.terms.contract import Terms
from convenu.vocabulary.mistakes import Mistake, MistakesError

MOST = 4
# What a client compares: the price, what is promised and when, what is covered. Who signs and where is the same for all.
COMPARED = ("perimeter", "support", "service_levels", "maintenance", "backup", "security", "price", "duration", "liability")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The variants by name, in order, the first one being the measure. What the client may read of them: no cost stands here."""

    offers: Mapping[str, Offer]
    terms: tuple[TermRow, ...]
    clauses: tuple[ClauseRow, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The variants in order."""
        return tuple(self.offers)

    def as_json(self, costings: Mapping[str, Costing] | None = None) -> dict[str, Any]:
        """The comparison; the costs of each variant only for who gives them."""
        return {
            "options": [
                {"name": name, **one.as_json(), **(costings[name].as_json() if costings else {})} for name, one in self.offers.items()
            ],
            "terms": [
                {"key": row.key, "label": row.label, "values": {name: list(lines_of(term)) for name, term in row.values.items()}}
                for row in self.terms
            ],
            "clauses": [
                {"key": row.key, "title": row.title, "differs": {name: how.value for name, how in row.differs.items()}}
                for row in self.clauses
            ],
        }


def compare(variants: Mapping[str, Terms], library: Library, *, on: date) -> Options:
    """Set variants side by side; more than four, or a variant without a price, are mistakes told together."""
    if len(variants) > MOST:
        raise MistakesError([Mistake("variantes", f"{len(variants)} variantes", f"Comparez-en {MOST} au plus.")])
    offers: dict[str, Offer] = {}
    mistakes: list[Mistake] = []
    for name, terms in variants.items():
        try:
            offers[name] = offer(terms)
        except MistakesError as error:
            mistakes += [Mistake(f"{name}, {one.where}", one.message, one.suggestion) for one in error.mistakes]
    if mistakes:
        raise MistakesError(mistakes)
    measure = next(iter(variants))
    texts = {name: assemble(terms, library, on=on) for name, terms in variants.items()}
    return Options(
        offers=offers,
        terms=tuple(row for row in term_rows(variants, measure) if row.group in COMPARED),
        clauses=tuple(row for row in clause_rows(variants, texts, library, measure) if row.differs),
    )
