"""What the library hands to the agreement: clauses, definitions, questions, segments, sectors, rules, the law; under one release name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from convenu.agreement.clause import Clause, DefinedTerm, Provision
from convenu.agreement.house import HouseLayer, lay_over
from convenu.agreement.part_notes import PartNote
from convenu.agreement.question import Question, SegmentPack
from convenu.agreement.rule import Rule
from convenu.agreement.sector import SectorPack
from convenu.law.book import LawBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """One release of the library; `release` names it and `hash` proves it."""

    release: str
    hash: str
    provisions: tuple[Provision, ...]
    clauses: tuple[Clause, ...]
    definitions: tuple[DefinedTerm, ...]
    questions: tuple[Question, ...]
    segments: Mapping[str, SegmentPack]
    sectors: tuple[SectorPack, ...]
    rules: tuple[Rule, ...]
    law: LawBook
    # Why its parts other than clauses changed, since the first release.
    notes: tuple[PartNote, ...] = ()
    # The version of the house laid over it, and the clauses whose words that house replaced.
    house: int | None = None
    replaced: Mapping[str, Clause] = field(default_factory=dict)
    _citations: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_citations", {rule.id: rule.law[0].citation for rule in self.rules if rule.law})

    @property
    def label(self) -> str:
        """« 2026.11 », or « 2026.11, maison 3 »: what a document says it was written with."""
        return self.release if self.house is None else f"{self.release}, maison {self.house}"

    def with_house(self, layer: HouseLayer) -> Library:
        """The library as a house words it; `ClauseSyntaxError` tells all that does not hold together."""
        return lay_over(self, layer)

    def clause(self, key: str) -> Clause:
        """The clause of that key."""
        return next(clause for clause in self.clauses if clause.key == key)

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id."""
        return next(rule for rule in self.rules if rule.id == rule_id)

    def citation(self, words: str) -> str:
        """The text of law behind a rule's id, or the words themselves when they already are a citation."""
        return self._citations.get(words, words)
