"""What a release of the library changes in another, told for lawyers: clause by clause, why, and on what law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from convenu.agreement.assemble import included_clauses
from convenu.agreement.clause import ChangeNote, Clause
from convenu.agreement.library import Library
from convenu.terms.contract import Terms
from convenu.vocabulary.word_diff import DiffRun, word_diff


class Fate(StrEnum):
    """What became of a clause."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"

    @property
    def label(self) -> str:
        """The fate in French."""
        return {"added": "ajoutée", "removed": "retirée", "reworded": "réécrite"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryChange:
    """One clause that two releases do not share; `before` or `after` is missing when it came or left."""

    before: Clause | None
    after: Clause | None
    parts: tuple[str, ...]
    runs: tuple[DiffRun, ...]

    @property
    def clause(self) -> Clause:
        """The clause to name it by: the newer where there is one."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change has a clause before or after")
        return found

    @property
    def fate(self) -> Fate:
        """What became of it."""
        if self.before is None:
            return Fate.ADDED
        return Fate.REMOVED if self.after is None else Fate.REWORDED

    @property
    def notes(self) -> tuple[ChangeNote, ...]:
        """Why, in the words of its authors: the notes of the versions that came in between."""
        known = self.before.version if self.before else 0
        return tuple(note for note in self.after.changes if note.version > known) if self.after else ()

    @property
    def unexplained(self) -> bool:
        """Whether a lawyer would read what changed and not why: a clause rewritten under the same version, or with no note."""
        return self.before is not None and self.after is not None and not (self.after.version > self.before.version and self.notes)

    def concerns(self, now: frozenset[str], then: frozenset[str]) -> bool:
        """Whether a contract that has these clauses now, and would have those with the newer release, is touched."""
        return bool((self.before and self.before.key in now) or (self.after and self.after.key in then))

    def as_json(self) -> dict[str, Any]:
        """The shape shared by the command line and the API."""
        return {
            "key": self.clause.key,
            "title": self.clause.title,
            "fate": self.fate.value,
            "version": {"before": self.before.version if self.before else None, "after": self.after.version if self.after else None},
            "parts": list(self.parts),
            "notes": [note.as_json() for note in self.notes],
            "law": list(self.clause.law),
            "words": [{"kind": run.kind.value, "text": run.text} for run in self.runs],
        }


def clauses_called(terms: Terms, library: Library) -> frozenset[str]:
    """The keys of the clauses that a contract on these terms has."""
    return frozenset(clause.key for clause in included_clauses(terms, library))


def changes_between(old: Library, new: Library) -> tuple[LibraryChange, ...]:
    """What the second release changes in the first, in the order of the contract; what left comes last."""
    return tuple(_changes(old, new))


def _changes(old: Library, new: Library) -> Iterator[LibraryChange]:
    before = {clause.key: clause for clause in old.clauses}
    for after in sorted(new.clauses, key=lambda clause: (clause.provision, clause.order, clause.key)):
        was = before.pop(after.key, None)
        parts = _parts_changed(was, after) if was else ()
        if was is None or parts:
            yield LibraryChange(before=was, after=after, parts=parts, runs=word_diff(was.text if was else "", after.text))
    for gone in before.values():
        yield LibraryChange(before=gone, after=None, parts=(), runs=word_diff(gone.text, ""))


def _parts_changed(before: Clause, after: Clause) -> tuple[str, ...]:
    """The parts of a clause that differ, as a lawyer calls them."""
    told = (
        ("titre", before.title != after.title),
        ("texte", before.text != after.text),
        ("place", (before.provision, before.order, before.place) != (after.provision, after.order, after.place)),
        ("cas où elle joue", (before.applies_when, before.excludes) != (after.applies_when, after.excludes)),
        ("termes énoncés", before.states != after.states),
        ("fondement", before.law != after.law),
        ("autres rédactions", [one.as_json() for one in before.alternatives] != [one.as_json() for one in after.alternatives]),
    )
    return tuple(name for name, differs in told if differs)
