"""One contract looked at again from what is kept of it: by the rules whose verdict no longer holds, with what became of each finding."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from convenu.agreement.check import place_of
from convenu.agreement.rule import Rule
from convenu.agreement.verdicts import Cause, Move, Moved, Pack, Places, Sources, Verdict, figures_in, moves
from convenu.law.words import figure_in_words
from convenu.terms.contract import Terms, label_of
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import ContractText, Section
from convenu.vocabulary.kept_text import unpacked
from convenu.vocabulary.member_lines import MemberLines

NO_TERMS = Terms()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The rules and figures that a passage is about; none of either means all that changed."""

    rules: tuple[str, ...]
    figures: tuple[str, ...]

    @property
    def chosen(self) -> bool:
        """Whether it is about chosen rules or figures."""
        return bool(self.rules or self.figures)


class Printed(NamedTuple):
    """A figure that a contract's words print: what they say, what the law said when it was last told, and the clauses that print it."""

    said: str
    told: str
    clauses: tuple[str, ...]

    @classmethod
    def first(cls, said: str, clauses: tuple[str, ...], before: Printed | None) -> Printed:
        """A figure as it is first read, or read again."""
        return cls(said, before.told if before else said, clauses)

    def is_news(self, name: str, pack: Pack, on: date) -> bool:
        """Whether today's law says something else than what was last told; a contract may well be written with an older library."""
        return self.told != (pack.said(name, on.isoformat()) or self.told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of a contract, each part read only if a rule asks for it: its terms, the place of each, its words, the verdicts.

    `rewritten` holds the sections written again since its words were packed; `printed` the figures of the law that they print; `now` is
    what the rules look at; `news` whether something of it is to be kept though no rule looks again; `at_hand` the terms and the text of a
    contract that was just read, which then need not be read from what is kept.
    """

    terms: str
    places: str
    words: bytes
    rewritten: Mapping[str, str]
    printed: Mapping[str, Printed]
    verdicts: str
    now: Sources
    news: bool
    at_hand: tuple[Terms, ContractText] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """How many rules looked, the lines to tell, and the verdicts to keep with the figures that they read; none when all stays.

    `told` names the printed figures among what is told.
    """

    looks: int
    lines: tuple[dict[str, Any], ...]
    verdicts: str | None
    figures: Mapping[str, Mapping[str, str]]
    told: frozenset[str] = frozenset()


def look_again(pack: Pack, asked: Asked, kept: Kept) -> Again:
    """Let each rule look whose verdict no longer holds; what no longer holds together raises what its reading raises."""
    return _Contract(pack, asked, kept).look()


class _Contract:
    """One contract while its rules look again."""

    def __init__(self, pack: Pack, asked: Asked, kept: Kept) -> None:
        self.pack, self.asked, self.kept = pack, asked, kept

    def look(self) -> Again:
        pack, now, before = self.pack, self.kept.now, self.verdicts
        stale = {
            rule.id: cause
            for rule in pack.looking
            if self._may_be_asked(rule) and (cause := pack.stale(rule, before.get(rule.id), now, lambda: self.data))
        }
        terms = self._terms_of(stale)
        drawn: dict[str, Verdict] = {}
        lines: list[dict[str, Any]] = []
        for rule in pack.looking if self.asked.chosen else [rule for rule in pack.looking if rule.id in stale]:
            old = new = before.get(rule.id)
            if rule.id in stale:
                new = pack.verdict(rule, lambda: self.data, terms, self, lambda: self.text, now)
            if new is not None and self._is_asked(rule, old, new):
                drawn[rule.id] = new
                lines += [self._line(rule, one, stale.get(rule.id)) for one in moves(old, new) if self._tells(one)]
        told = frozenset(name for name, one in self.kept.printed.items() if self._is_printed_news(name, one))
        lines = [line for name in sorted(told) for line in self._printed_lines(name, self.kept.printed[name])] + lines
        if not (stale or lines or self.kept.news):
            return Again(looks=0, lines=(), verdicts=None, figures={})
        after = before | drawn
        said = json.dumps(after, ensure_ascii=False, separators=(",", ":"))
        return Again(looks=len(stale), lines=tuple(lines), verdicts=said, figures=figures_in(after.values()), told=told)

    def _is_printed_news(self, name: str, printed: Printed) -> bool:
        """Whether the passage is about this figure; one that is not stays to be told."""
        return name in self.asked.figures or (not self.asked.chosen and printed.is_news(name, self.pack, self.kept.now.on))

    def _printed_lines(self, name: str, printed: Printed) -> Iterator[dict[str, Any]]:
        """The articles that print a figure, with what it said and what the law says of it now."""
        says, moved = self.pack.said(name, self.kept.now.on.isoformat()), printed.is_news(name, self.pack, self.kept.now.on)
        before, now = _in_words(printed.told if moved else printed.said), _in_words(says)
        label = self.pack.law.label(name)
        for clause in printed.clauses:
            section = self.section(clause)
            yield {
                "rule": "",
                "figure": name,
                "move": (Move.CHANGED if moved else Move.UNCHANGED).value,
                "cause": Cause.FIGURE.value if moved else "",
                "where": french.typography(place_of(section) if section else "ensemble du contrat"),
                "about": section.title if section and section.number else "",
                "message": french.typography(f"{label} : {now}." if before == now else f"{label} : {before} jusqu’ici, {now} désormais."),
                "before": before,
                "now": now,
            }

    def _may_be_asked(self, rule: Rule) -> bool:
        return not self.asked.rules or bool(self.asked.figures) or rule.id in self.asked.rules

    def _is_asked(self, rule: Rule, before: Verdict | None, after: Verdict) -> bool:
        """Whether the passage is about this rule, or about a figure that it reads or read; a verdict that is not stays to be told."""
        figures = self.asked.figures
        if not self.asked.chosen or rule.id in self.asked.rules:
            return True
        return after.reads_figure(figures) or (before is not None and before.reads_figure(figures))

    def _tells(self, moved: Moved) -> bool:
        return self.asked.chosen or moved.move is not Move.UNCHANGED

    def _line(self, rule: Rule, moved: Moved, cause: Cause | None) -> dict[str, Any]:
        found = moved.found
        section = self.section(found.clause) if found.clause else None
        where = place_of(section) if section else label_of(found.terms[0]) if found.terms else "ensemble du contrat"
        return {
            "rule": rule.id,
            "figure": "",
            "move": moved.move.value,
            "cause": cause.value if cause else "",
            "where": french.typography(where),
            "about": section.title if section and section.number else "",
            "message": found.message,
            "status": found.status,
            "severity": found.severity,
            "remedy": found.remedy,
        }

    def section(self, clause: str) -> Section | None:
        """The section of a clause, without its words."""
        return self._places.section(clause)

    def stating(self, term: str) -> Section | None:
        """The section that states a term, without its words."""
        return self._places.stating(term)

    def _terms_of(self, stale: Iterable[str]) -> Terms:
        """The terms that these rules may read, and no other: reading all three hundred takes longer than most rules."""
        if self.kept.at_hand:
            return self.kept.at_hand[0]
        chosen = set(stale)
        wanted = frozenset().union(*(self.pack.terms_of(rule) for rule in self.pack.looking if rule.id in chosen))
        return Terms.model_validate({key: self.data[key] for key in wanted if key in self.data}) if wanted else NO_TERMS

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """The verdicts as kept; those of rules that left the pack are dropped."""
        looking = self.pack.bases(self.kept.now.on)
        return {key: Verdict._make(one) for key, one in json.loads(self.kept.verdicts).items() if key in looking}

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """The terms as plain data."""
        return terms_in(self.kept.terms)

    @cached_property
    def text(self) -> ContractText:
        """The contract's words: what they come from has not moved, save the day."""
        if self.kept.at_hand:
            return self.kept.at_hand[1]
        return replace(unpacked(self.kept.words, self.kept.rewritten), law_day=self.kept.now.on.isoformat())

    @cached_property
    def _places(self) -> Places:
        return places_in(self.kept.places)


# The same contract is written again, then looked at.
@lru_cache(maxsize=2)
def terms_in(kept: str) -> MemberLines:
    """A contract's terms as they are kept, each read when it is asked for."""
    return MemberLines(kept)


@lru_cache(maxsize=2)
def places_in(kept: str) -> Places:
    """The index of a contract's places as it is kept."""
    sections, stated = json.loads(kept)
    return Places({clause: (number, title) for clause, (number, title) in sections.items()}, stated)


def _in_words(said: str) -> str:
    """What a printed figure said, as a reader writes it: « 40 € », « 3 fois »; « non publié » for a day that has none."""
    value, _, unit = said.partition(" ")
    if value == "?" or not value:
        return "non publié"
    return figure_in_words(Decimal(value), unit)
