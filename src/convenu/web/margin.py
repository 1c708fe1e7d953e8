"""The margin of the document: what each clause states and where to change it, its law, what else is negotiated, its plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from convenu.actions.drafted import Draft
from convenu.actions.promises_past import DraftPast, PromisePast
from convenu.agreement.assemble import included_clauses
from convenu.agreement.clause import Clause
from convenu.agreement.term_words import lines_of
from convenu.terms.contract import TERM_KEYS, label_of
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import Section, label
from convenu.web.interview.questions import question_of


@dataclass(frozen=True, slots=True)
class Said:
    """A value that a clause states."""

    term: str
    label: str
    value: str
    asked: bool


@dataclass(frozen=True, slots=True)
class Note:
    """What the margin says of a clause."""

    clause: Clause
    place: str
    title: str
    says: tuple[Said, ...]
    law: tuple[str, ...]
    past: tuple[PromisePast, ...] = ()


def notes_of(draft: Draft, past: DraftPast | None = None) -> tuple[Note, ...]:
    """A note for each clause of this contract, in its order; `past` is for the MSP's own eyes, and for nobody who reads by a link."""
    said = {one.clause: tuple(other for other in past.promises if other.clause == one.clause) for one in past.promises} if past else {}
    return tuple(replace(one, past=said.get(one.clause.key, ())) for one in _notes(draft))


def _notes(draft: Draft) -> Iterator[Note]:
    worded = {clause.key: clause for clause in included_clauses(draft.terms, draft.library)}
    # The annex of a provisional contract comes from no clause.
    return (_note(draft, worded[section.clause], section) for section in draft.text.sections() if section.clause in worded)


def _note(draft: Draft, clause: Clause, section: Section) -> Note:
    library = draft.library
    # A clause may also state a figure derived from several terms, which no question asks.
    asked = [key for key in clause.states if key in TERM_KEYS]
    shown = [key for key in asked if key in section.terms or not draft.terms.term(key).unknown]
    says = tuple(
        Said(key, label_of(key), french.listed(lines_of(draft.terms.term(key))), question_of(key, draft.library) is not None)
        for key in shown
    )
    law = tuple(french.typography(library.citation(one)) for one in clause.law)
    return Note(clause, french.typography(label(section.number)), section.title, says, law)
