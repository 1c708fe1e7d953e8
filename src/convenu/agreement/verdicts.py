"""The verdict of one rule on one contract, with all that it was drawn from, so that it is drawn again only when that changed."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from convenu.agreement import check
from convenu.agreement.exceptions import set_aside
from convenu.agreement.rule import Look, Rule
from convenu.law.book import LawBook, said_of, watched
from convenu.terms.contract import Terms
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import ContractText, Section
from convenu.vocabulary.dated import NotInForceError
from convenu.vocabulary.findings import Finding, Status


class Cause(StrEnum):
    """Why a rule looked again."""

    FIRST = "first"
    RULE = "rule"
    FIGURE = "figure"
    CONTRACT = "contract"
    DAY = "day"

    @property
    def label(self) -> str:
        """The cause in French."""
        return {
            "first": "premier passage",
            "rule": "règle changée",
            "figure": "chiffre de la loi changé",
            "contract": "contrat changé",
            "day": "jour changé",
        }[self.value]


class Move(StrEnum):
    """What became of a finding since the verdict before."""

    NEW = "new"
    LIFTED = "lifted"
    CHANGED = "changed"
    UNCHANGED = "unchanged"

    @property
    def label(self) -> str:
        """The move in French."""
        return {"new": "nouveau", "lifted": "levé", "changed": "changé", "unchanged": "inchangé"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is kept of a finding; the rest is the rule's own file."""

    status: str
    severity: str
    message: str
    clause: str | None
    terms: tuple[str, ...]
    remedy: str

    @classmethod
    def of(cls, finding: Finding) -> Found:
        """The part of a finding that is its own."""
        return cls(
            status=finding.status.value,
            severity=finding.severity.value,
            message=finding.message,
            clause=finding.clause,
            terms=finding.terms,
            remedy=finding.remedy,
        )

    @property
    def verifiable(self) -> bool:
        """Whether the problem was seen, and not only suspected for want of a value."""
        return self.status == Status.FOUND.value

    def says(self, on: date) -> tuple[Any, ...]:
        """What it says, the day of the check left out of its sentence."""
        day = french.typography(french.day(on))
        return self.status, self.severity, self.message.replace(day, "…"), self.terms, self.remedy.replace(day, "…")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What the rules look at on a contract as it stands: the day, a digest of all its terms and one of what its words come from.

    `reprinted`: only the figures that its words print moved since it was last looked at.
    """

    on: date
    terms: str
    text: str
    reprinted: bool = False


class Verdict(NamedTuple):
    """What a rule found on a contract and what it was drawn from.

    It is made of plain values in a fixed order, and is kept as such: a passage holds hundreds a contract against what changed, and
    spells out only those that no longer hold. `basis` is the rule; `on` the day of the check, `terms` and `text` its sources then,
    `text` empty when the rule did not look at the words; `read` a digest of the terms it may read; `of_day` and `of_text` whether the
    rule looked at the day itself, or at the words; `figures` each look-up of the law by name and day, with what it said; `of_the_day`
    those asked for the day of the check; `said` what was found.
    """

    basis: str
    on: str
    terms: str
    text: str
    read: str
    of_day: int
    of_text: int
    figures: Mapping[str, Mapping[str, str]]
    of_the_day: Sequence[str]
    said: Sequence[Sequence[Any]]

    @property
    def found(self) -> tuple[Found, ...]:
        """What was found."""
        return tuple(
            Found(status=status, severity=severity, message=message, clause=clause, terms=tuple(keys), remedy=remedy)
            for status, severity, message, clause, keys, remedy in self.said
        )

    @property
    def day(self) -> date:
        """The day of the check."""
        return date.fromisoformat(self.on)

    def reads_figure(self, names: Iterable[str]) -> bool:
        """Whether one of these figures was looked up, by the rule or behind a figure that it asked for."""
        return any(name in self.figures for name in names)


@dataclass(frozen=True, slots=True)
class Places:
    """Where each term stands in a contract, kept so that a rule on values needs no text: the sections without their words."""

    sections: Mapping[str, tuple[str, str]]
    stated: Mapping[str, str]

    @classmethod
    def of(cls, text: ContractText) -> Places:
        """The index of a text."""
        stated: dict[str, str] = {}
        for section in text.sections():
            stated |= {key: section.clause for key in section.states if key not in stated}
        for section in text.sections():
            stated |= {key: section.clause for key in sorted(section.terms) if key not in stated}
        sections = [*text.sections(), *([text.summary] if text.summary else [])]
        return cls({section.clause: (section.number, section.title) for section in sections}, stated)

    def section(self, clause: str) -> Section | None:
        """The section of a clause, if the contract has it."""
        if clause not in self.sections:
            return None
        number, title = self.sections[clause]
        return Section(clause=clause, version=0, number=number, title=title, blocks=(), states=())

    def stating(self, term: str) -> Section | None:
        """The section that states a term, else the first that shows it."""
        return self.section(self.stated[term]) if term in self.stated else None


@dataclass(slots=True)
class Pack:
    """The rules that look, what each depends on, and the figures of the law as asked during one passage."""

    rules: tuple[Rule, ...]
    law: LawBook
    fingerprints: Mapping[str, str]
    looking: tuple[Rule, ...] = ()
    _said: dict[tuple[str, str], str] = field(default_factory=dict)
    _bases: dict[date, dict[str, str]] = field(default_factory=dict)
    _editions: dict[date, str] = field(default_factory=dict)
    _exceptions: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
    _terms: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        by_general: dict[str, list[Rule]] = defaultdict(list)
        for rule in self.rules:
            for general in rule.exception_to:
                by_general[general].append(rule)
        self.looking = tuple(rule for rule in self.rules if not rule.silent)
        self._exceptions = {rule.id: _exceptions_of(rule, by_general) for rule in self.rules}
        self._terms = {
            rule.id: frozenset(rule.reads).union(*(one.applies_when.terms for one in (rule, *self._exceptions[rule.id])))
            for rule in self.rules
        }

    def terms_of(self, rule: Rule) -> frozenset[str]:
        """The terms that a rule reads, and those that decide whether it or its exception applies."""
        return self._terms[rule.id]

    def bases(self, on: date) -> Mapping[str, str]:
        """Of each rule that looks: itself and its exceptions as they stand, and which of them are in force that day."""
        if on not in self._bases:
            self._bases[on] = {rule.id: self._basis(rule, on) for rule in self.looking}
        return self._bases[on]

    def edition(self, on: date) -> str:
        """A digest of all the rules that look, as they stand that day."""
        if on not in self._editions:
            self._editions[on] = digest([self.bases(on), on.isoformat()])
        return self._editions[on]

    def _basis(self, rule: Rule, on: date) -> str:
        concerned = (rule, *self._exceptions[rule.id])
        return " ".join(f"{self.fingerprints[one.id][:12]}{'' if one.speaks(on) else '-'}" for one in concerned)

    def said(self, name: str, day: str) -> str:
        """What the law says of a figure on a day written « 2026-11-25 »."""
        key = (name, day)
        if key not in self._said:
            self._said[key] = what_law_says(self.law, name, date.fromisoformat(day))
        return self._said[key]

    def still_says(self, figures: Mapping[str, Mapping[str, str]]) -> bool:
        """Whether the law says of these figures, on these days, what it said."""
        return all(self.said(name, day) == said for name, days in figures.items() for day, said in days.items())

    def set_aside(self, rule: Rule, terms: Terms, on: date) -> bool:
        """Whether an exception takes the place of the rule on this deal."""
        return rule.id in set_aside(self._exceptions[rule.id], terms, on=on)

    def digest_of_terms(self, rule: Rule, data: Callable[[], Mapping[str, Any]]) -> str:
        """A digest of the terms that a rule may read; `data` gives the plain data of a contract's terms, if it reads any."""
        keys = sorted(self.terms_of(rule))
        every = data() if keys else {}
        return digest({key: every[key] for key in keys if key in every})

    def stale(self, rule: Rule, kept: Verdict | None, now: Sources, data: Callable[[], Mapping[str, Any]]) -> Cause | None:
        """Why a kept verdict no longer holds, if it does not; `data` gives the terms, read only when some of them changed."""
        if kept is None:
            return Cause.FIRST
        basis = self.bases(now.on)[rule.id]
        if kept.basis != basis:
            return Cause.DAY if kept.basis.replace("-", "") == basis.replace("-", "") else Cause.RULE
        if kept.terms != now.terms and kept.read != self.digest_of_terms(rule, data):
            return Cause.CONTRACT
        if kept.figures and self._figures_moved(kept, now.on):
            return Cause.FIGURE
        if kept.of_text and kept.text != now.text:
            return Cause.FIGURE if now.reprinted else Cause.CONTRACT
        return Cause.DAY if kept.of_day and kept.on != now.on.isoformat() else None

    def _figures_moved(self, kept: Verdict, on: date) -> bool:
        today = on.isoformat()
        if any(self.said(name, today) != kept.figures[name].get(kept.on) for name in kept.of_the_day):
            return True
        return not self.still_says(kept.figures)

    def verdict(
        self,
        rule: Rule,
        data: Callable[[], Mapping[str, Any]],
        terms: Terms,
        places: check.Places,
        write: Callable[[], ContractText],
        now: Sources,
    ) -> Verdict:
        """Let a rule look at the terms, of which `data` gives the plain form; `write` gives the words, if the rule reads them."""
        book = watched(self.law)
        look = Look(rule, terms, write, book, now.on)
        speaks = rule.speaks(now.on) and not self.set_aside(rule, terms, now.on)
        found = [Found.of(one) for one in check.looked_by(look, places)] if speaks else []
        figures: dict[str, dict[str, str]] = defaultdict(dict)
        for (name, day), said in book.asked.items():
            figures[name][day.isoformat()] = said
        return Verdict(
            basis=self.bases(now.on)[rule.id],
            on=now.on.isoformat(),
            terms=now.terms,
            text=now.text if look.seen.text else "",
            read=self.digest_of_terms(rule, data),
            of_day=int(look.seen.day),
            of_text=int(look.seen.text),
            figures=dict(figures),
            of_the_day=sorted(look.seen.figures),
            said=[[one.status, one.severity, one.message, one.clause, one.terms, one.remedy] for one in found],
        )


def figures_in(kept: Iterable[Verdict]) -> dict[str, dict[str, str]]:
    """Every figure that some verdicts looked up: by name and day, what it said."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for one in kept:
        for name, days in one.figures.items():
            found[name] |= days
    return dict(found)


def digest(data: Any) -> str:
    """A short digest of plain data, to see that it changed; proves nothing."""
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def _exceptions_of(rule: Rule, by_general: Mapping[str, list[Rule]]) -> tuple[Rule, ...]:
    """The exceptions to a rule, and theirs in turn."""
    found: dict[str, Rule] = {}
    ahead = list(by_general.get(rule.id, ()))
    while ahead:
        one = ahead.pop()
        if one.id not in found:
            found[one.id] = one
            ahead += by_general.get(one.id, ())
    return tuple(found[key] for key in sorted(found))


def what_law_says(law: LawBook, name: str, day: date) -> str:
    """What a look-up says, or why it says nothing; a figure that no longer exists says nothing."""
    if name not in law.names:
        return ""
    try:
        return said_of(law.on(name, day))
    except NotInForceError as gap:
        return said_of(gap)


@dataclass(frozen=True, slots=True)
class Moved:
    """One finding, from a verdict to the next; the one after, else the one that was lifted."""

    move: Move
    found: Found


def moves(before: Verdict | None, after: Verdict) -> Iterator[Moved]:
    """What became of each finding of a rule from a verdict to the next; findings are paired by the terms they are about."""
    remaining = list(before.found) if before else []
    alone = len(remaining) == len(after.found) == 1
    days = ((before or after).day, after.day)
    for one in after.found:
        pair = next((other for other in remaining if alone or (other.terms, other.clause) == (one.terms, one.clause)), None)
        if pair is None:
            yield Moved(Move.NEW, one)
            continue
        remaining.remove(pair)
        yield Moved(Move.UNCHANGED if pair.says(days[0]) == one.says(days[1]) else Move.CHANGED, one)
    for other in remaining:
        yield Moved(Move.LIFTED, other)
