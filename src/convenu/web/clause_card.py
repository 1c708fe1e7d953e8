"""The library's card of a clause: what it fixes, on what law, which rules read it."""

from __future__ import annotations

from dataclasses import dataclass

from convenu.agreement.clause import Clause
from convenu.agreement.derived import DERIVED
from convenu.agreement.library import Library
from convenu.agreement.rule import Rule
from convenu.library import loader
from convenu.terms.contract import label_of
from convenu.vocabulary import french
from convenu.web.position_cards import Proposal, proposals


@dataclass(frozen=True, slots=True)
class ClauseCard:
    """A clause as the library tells it."""

    clause: Clause
    title: str
    states: tuple[str, ...]
    law: tuple[str, ...]
    rules: tuple[Rule, ...]
    proposals: tuple[Proposal, ...]


def card_of_clause(library: Library, clause: Clause) -> ClauseCard:
    """The card of a clause of this library; the rules that look at it are those of today."""
    stated = set(clause.states)
    return ClauseCard(
        clause,
        french.typography(clause.title),
        tuple(DERIVED[name].label if name in DERIVED else label_of(name) for name in clause.states),
        tuple(french.typography(library.citation(one)) for one in clause.law),
        tuple(rule for rule in loader.current().rules if not rule.silent and stated & set(rule.reads)),
        tuple(proposals(clause)),
    )
