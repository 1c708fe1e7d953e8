"""The contract's text as a tree of our own: articles, paragraphs, lists, tables, references, annexes.

Each node knows the clause it comes from and the terms it states, so that a change of one answer touches only the nodes that say it,
and so that a result of the service can name its article. Word, PDF, HTML and Markdown are all written from this tree.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cached_property
from types import NoneType
from typing import Any


class RunKind(StrEnum):
    """What a piece of a sentence is."""

    TEXT = "text"
    VALUE = "value"
    REFERENCE = "reference"
    CITATION = "citation"
    TO_CONFIRM = "to_confirm"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a sentence: plain words, a value of the terms, a reference to an article, a proper name declared as one."""

    text: str
    kind: RunKind = RunKind.TEXT
    bold: bool = False
    terms: tuple[str, ...] = ()
    target: str | None = None


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without numbers."""

    items: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one header row, then rows of as many cells."""

    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True)
class Subtitle:
    """A heading inside a clause or an annex."""

    runs: Runs


Block = Paragraph | Bullets | Table | Subtitle


# Without slots, for it keeps the words that every rule on text reads; a section never changes, so they hold as long as it does.
@dataclass(frozen=True, kw_only=True)
class Section:
    """A clause as written: its number, its blocks, the terms it states."""

    clause: str
    version: int
    number: str
    title: str
    blocks: tuple[Block, ...]
    states: tuple[str, ...]

    def __hash__(self) -> int:
        """From its place and its words, so that what was seen in a section is cheap to remember."""
        return hash((self.clause, self.number, self.plain))

    @cached_property
    def terms(self) -> frozenset[str]:
        """Every term that a run of this section shows."""
        return frozenset(key for run in self.runs for key in run.terms)

    @cached_property
    def runs(self) -> Runs:
        """The runs of the section in reading order."""
        return tuple([run for block in self.blocks for run in runs_of(block)])

    @cached_property
    def plain(self) -> str:
        """The words of the section, one line a block."""
        return "\n".join([plain_text(block) for block in self.blocks])

    @cached_property
    def small(self) -> str:
        """The same in small letters, to be searched."""
        return self.plain.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A numbered article; with one clause only it has no sections of its own number."""

    number: str
    title: str
    sections: tuple[Section, ...]

    @property
    def single(self) -> bool:
        """Whether the article is one clause, written without a second level of numbers."""
        return len(self.sections) == 1


@dataclass(frozen=True, slots=True)
class Signatory:
    """One side of the signature page."""

    side: str
    name: str
    person: str
    quality: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractText:
    """A whole contract as words; the summary goes with it and is no part of what is agreed."""

    title: str
    provider: str
    client: str
    reference: str
    front: tuple[Section, ...]
    articles: tuple[Article, ...]
    annexes: tuple[Section, ...]
    signatories: tuple[Signatory, ...]
    release: str
    law_day: str
    open_points: tuple[str, ...] = field(default=())
    summary: Section | None = None

    def sections(self) -> Iterator[Section]:
        """Every clause in reading order: front matter, articles, annexes."""
        yield from self.front
        for article in self.articles:
            yield from article.sections
        yield from self.annexes

    def section(self, clause: str) -> Section | None:
        """The section of a clause, if the contract or its summary has it."""
        if self.summary and self.summary.clause == clause:
            return self.summary
        return next((section for section in self.sections() if section.clause == clause), None)

    def stating(self, term: str) -> Section | None:
        """The section that states a term, else the first that shows it."""
        sections = list(self.sections())
        return next((section for section in sections if term in section.states), None) or next(
            (section for section in sections if term in section.terms), None
        )

    @property
    def hash(self) -> str:
        """SHA-256 of the tree: identical for ever for the same terms and the same library release."""
        canonical = json.dumps(_canonical(self), ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def _canonical(node: Any) -> Any:
    """A tree of lists that says all a node says: its kind, then its fields in their order."""
    if isinstance(node, tuple):
        return [_canonical(item) for item in node]
    if isinstance(node, str | int | NoneType):
        return node
    return [type(node).__name__, *(_canonical(getattr(node, part.name)) for part in fields(node))]


def runs_of(block: Block) -> Iterator[Run]:
    """The runs of a block in reading order."""
    match block:
        case Paragraph(runs) | Subtitle(runs):
            yield from runs
        case Bullets(items):
            for item in items:
                yield from item
        case Table(header, rows):
            for cells in (header, *rows):
                for cell in cells:
                    yield from cell


def with_runs(block: Block, change: Callable[[Runs], Runs]) -> Block:
    """The same block, each of its sentences changed."""
    match block:
        case Paragraph(runs):
            return Paragraph(change(runs))
        case Subtitle(runs):
            return Subtitle(change(runs))
        case Bullets(items):
            return Bullets(tuple(map(change, items)))
        case Table(header, rows):
            return Table(tuple(map(change, header)), tuple(tuple(map(change, row)) for row in rows))


def words(runs: Runs) -> str:
    """The words of some runs."""
    return "".join([run.text for run in runs])


def plain_text(block: Block) -> str:
    """The words of a block, items and rows on lines of their own."""
    match block:
        case Paragraph(runs) | Subtitle(runs):
            return words(runs)
        case Bullets(items):
            return "\n".join([f"- {words(item)}" for item in items])
        case Table(header, rows):
            return "\n".join([" | ".join([words(cell) for cell in row]) for row in (header, *rows)])


def label(number: str) -> str:
    """« article 9.2 », « annexe B », or « exposé préalable » for what stands before the first article."""
    if not number:
        return "exposé préalable"
    return f"annexe {number}" if number.isalpha() else f"article {number}"
