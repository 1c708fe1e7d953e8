"""Two states of a contract side by side: the terms that changed, and the words, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from convenu.agreement.library import Library
from convenu.agreement.positions import value_in_words
from convenu.terms.contract import TERM_KEYS, Terms, label_of
from convenu.terms.states import Origin
from convenu.vocabulary.contract_text import ContractText, label
from convenu.vocabulary.word_diff import DiffKind, DiffRun, word_diff


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """A clause as written in one state of the contract."""

    clause: str
    number: str
    title: str
    words: str

    @property
    def label(self) -> str:
        """« article 9.2 »."""
        return label(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChange:
    """A term that changed: each value one line an item, and who put the new one there."""

    term: str
    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    origin: Origin
    runs: tuple[DiffRun, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseChange:
    """A clause that was added, removed, moved or rewritten; `before` or `after` is missing when it came or left."""

    before: ClauseWords | None
    after: ClauseWords | None
    runs: tuple[DiffRun, ...]

    @property
    def shown(self) -> ClauseWords:
        """The clause to name it by: the newer one where there is one."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change has a clause before or after")
        return found

    @property
    def only_renumbered(self) -> bool:
        """Whether nothing but the number moved."""
        return all(run.kind is DiffKind.SAME for run in self.runs)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two states of a contract."""

    terms: tuple[TermChange, ...]
    clauses: tuple[ClauseChange, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.terms and not self.clauses


def compare(before: tuple[Terms, Sequence[ClauseWords]], after: tuple[Terms, Sequence[ClauseWords]], library: Library) -> Comparison:
    """What the second state changes in the first; the library names the wordings chosen."""
    return Comparison(tuple(_term_changes(before[0], after[0], library)), tuple(_clause_changes(before[1], after[1])))


def clause_words(text: ContractText) -> tuple[ClauseWords, ...]:
    """The words of each clause, in reading order."""
    return tuple(ClauseWords(section.clause, section.number, section.title, section.plain) for section in text.sections())


def as_rows(clauses: Sequence[ClauseWords]) -> list[dict[str, Any]]:
    """The form in which a version keeps its words."""
    return [{"clause": one.clause, "number": one.number, "title": one.title, "words": one.words} for one in clauses]


def from_rows(rows: Sequence[dict[str, Any]]) -> tuple[ClauseWords, ...]:
    """The words that a version kept."""
    return tuple(ClauseWords(**row) for row in rows)


def _term_changes(before: Terms, after: Terms, library: Library) -> Iterator[TermChange]:
    for key in TERM_KEYS:
        old, new = before.term(key), after.term(key)
        if (old.state, old.value) != (new.state, new.value):
            was, now = value_in_words(before, key, library), value_in_words(after, key, library)
            runs = word_diff("\n".join(was), "\n".join(now))
            yield TermChange(term=key, label=label_of(key), before=was, after=now, origin=new.origin, runs=runs)


def _clause_changes(before: Sequence[ClauseWords], after: Sequence[ClauseWords]) -> Iterator[ClauseChange]:
    old = {one.clause: one for one in before}
    for new in after:
        was = old.pop(new.clause, None)
        if was is None:
            yield ClauseChange(before=None, after=new, runs=(DiffRun(DiffKind.INSERTED, new.words),))
        elif was != new:
            yield ClauseChange(before=was, after=new, runs=word_diff(was.words, new.words))
    for gone in old.values():
        yield ClauseChange(before=gone, after=None, runs=(DiffRun(DiffKind.DELETED, gone.words),))
