"""The offers side by side: what each segment proposes, where each clause then stands, and what differs from the offer taken as measure.

Each segment's own values are drafted with no answer, so that only the offers differ. A clause differs when it stands in one contract
only, stands in another wording, or says other words once the values are set apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Any

from convenu.agreement.assemble import assemble
from convenu.agreement.clause import Place
from convenu.agreement.library import Library
from convenu.agreement.positions import chosen_wordings
from convenu.agreement.question import SegmentPack
from convenu.agreement.scoping import read_answers, scope
from convenu.agreement.term_words import lines_of
from convenu.terms.closed_lists import ClientSegment
from convenu.terms.contract import TERM_KEYS, Terms, group_of, label_of
from convenu.terms.states import Term
from convenu.vocabulary.contract_text import Block, Bullets, ContractText, Paragraph, RunKind, Runs, Section, Subtitle, Table

MEASURE = ClientSegment.PME
# Terms that name the offer or its wordings: a clause tells them, they are no value of the deal.
NOT_VALUES = ("client_segment", "clause_wordings")
_VALUE = "…"


class Difference(StrEnum):
    """How a clause of one offer differs from the same clause of another."""

    ONLY_HERE = "only_here"
    ONLY_THERE = "only_there"
    OTHER_WORDING = "other_wording"
    OTHER_WORDS = "other_words"

    @property
    def label(self) -> str:
        """In French, beside the clause."""
        return {
            "only_here": "ajoutée",
            "only_there": "absente",
            "other_wording": "autre rédaction",
            "other_words": "autres mots",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a clause stands in one offer's contract, in which of its wordings; `wording` is None for its own words."""

    number: str
    wording: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    """A term that the offers do not all propose alike: its value in each, and the offers that differ from the measure."""

    key: str
    label: str
    group: str
    values: Mapping[str, Term[Any]]
    differs: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRow:
    """A clause that stands in at least one offer: its place in each, and how each differs from the measure."""

    key: str
    title: str
    standing: Mapping[str, Standing | None]
    differs: Mapping[str, Difference]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Every offer of a library beside the others."""

    release: str
    measure: str
    packs: tuple[SegmentPack, ...]
    terms: tuple[TermRow, ...]
    clauses: tuple[ClauseRow, ...]

    def terms_changed(self, segment: str) -> int:
        """How many terms an offer proposes otherwise than the measure."""
        return sum(segment in row.differs for row in self.terms)

    def clauses_changed(self, segment: str) -> int:
        """How many clauses an offer has, lacks or words otherwise than the measure."""
        return sum(segment in row.differs for row in self.clauses)

    def as_json(self) -> dict[str, Any]:
        """The shape shared by the command line and the API."""
        return {
            "release": self.release,
            "measure": self.measure,
            "segments": [
                {
                    "key": pack.segment,
                    "label": pack.label,
                    "based_on": pack.based_on,
                    "terms_changed": self.terms_changed(pack.segment),
                    "clauses_changed": self.clauses_changed(pack.segment),
                    "requests": [
                        {"request": one.request, "answer": one.answer.value, "offer": one.offer, "why": one.why} for one in pack.requests
                    ],
                }
                for pack in self.packs
            ],
            "terms": [
                {
                    "key": row.key,
                    "label": row.label,
                    "values": {segment: list(lines_of(term)) for segment, term in row.values.items()},
                    "differs": sorted(row.differs),
                }
                for row in self.terms
            ],
            "clauses": [
                {
                    "key": row.key,
                    "title": row.title,
                    "standing": {
                        segment: {"number": there.number, "wording": there.wording} if there else None
                        for segment, there in row.standing.items()
                    },
                    "differs": {segment: how.value for segment, how in row.differs.items()},
                }
                for row in self.clauses
            ],
        }


def compare_segments(library: Library, *, on: date) -> Comparison:
    """Draft each segment's own values with the law of a day and set them against the measure's."""
    terms = {segment: scope(read_answers(f"client_segment: {segment}\n"), library) for segment in library.segments}
    texts = {segment: assemble(one, library, on=on) for segment, one in terms.items()}
    return Comparison(
        release=library.release,
        measure=MEASURE,
        packs=tuple(library.segments.values()),
        terms=tuple(term_rows(terms, MEASURE)),
        clauses=tuple(clause_rows(terms, texts, library, MEASURE)),
    )


def term_rows(terms: Mapping[str, Terms], measure: str) -> Iterator[TermRow]:
    """The terms that the contracts named do not all state alike, each with the names that differ from the measure."""
    for key in TERM_KEYS:
        values = {segment: one.term(key) for segment, one in terms.items()}
        differs = frozenset(segment for segment, term in values.items() if _said(term) != _said(values[measure]))
        if differs and key not in NOT_VALUES:
            yield TermRow(key=key, label=label_of(key), group=group_of(key), values=values, differs=differs)


def _said(term: Term[Any]) -> tuple[Any, Any]:
    return term.state, term.value


def clause_rows(terms: Mapping[str, Terms], texts: Mapping[str, ContractText], library: Library, measure: str) -> Iterator[ClauseRow]:
    """Each clause of the contracts named: where it stands in each, and how it differs from the measure's, values apart."""
    wordings = {segment: chosen_wordings(one) for segment, one in terms.items()}
    in_order = sorted(library.clauses, key=lambda clause: (list(Place).index(clause.place), clause.provision, clause.order, clause.key))
    for clause in in_order:
        sections = {segment: text.section(clause.key) for segment, text in texts.items()}
        if not any(sections.values()):
            continue
        standing = {
            segment: Standing(section.number, wordings[segment].get(clause.key)) if section else None
            for segment, section in sections.items()
        }
        differs = {
            segment: how
            for segment in sections
            if (how := _difference(standing[segment], sections[segment], standing[measure], sections[measure])) is not None
        }
        yield ClauseRow(key=clause.key, title=clause.title, standing=standing, differs=differs)


def _difference(here: Standing | None, section: Section | None, there: Standing | None, measure: Section | None) -> Difference | None:
    if section is None or measure is None:
        return None if section is measure else Difference.ONLY_HERE if section else Difference.ONLY_THERE
    if here and there and here.wording != there.wording:
        return Difference.OTHER_WORDING
    return Difference.OTHER_WORDS if words_apart(section) != words_apart(measure) else None


def words_apart(section: Section) -> tuple[str, ...]:
    """The words of a clause with its values set apart: « dans un délai de … », the items of a list of values told once."""
    return tuple(line for block in section.blocks for line in _once(_lines(block)))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(runs) | Subtitle(runs):
            yield _apart(runs)
        case Bullets(items):
            yield from (_apart(item) for item in items)
        case Table(header, rows):
            yield from (" | ".join(_apart(cell) for cell in row) for row in (header, *rows))


def _once(lines: Iterator[str]) -> Iterator[str]:
    return (line for line, _same in groupby(lines))


def _apart(runs: Runs) -> str:
    said = "".join(_VALUE if run.kind in (RunKind.VALUE, RunKind.TO_CONFIRM) else run.target or run.text for run in runs)
    return re.sub(r"[\s;.]+$", "", _together(said))


def _together(said: str) -> str:
    """Several values in a row told as one: « …, … et … » is « … »."""
    return re.sub(rf"{_VALUE}(?:\W*(?:\b(?:et|ou)\b)?\W*{_VALUE})+", _VALUE, said)
