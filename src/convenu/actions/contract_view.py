"""A contract as its page shows it: words, findings, what is still open, and the next question to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from convenu.actions.contract_library import library_of
from convenu.actions.current_terms import answers_of, reading_of
from convenu.actions.drafted import Draft, draft_of
from convenu.actions.house_clauses import newest_house, wordings_behind
from convenu.actions.permissions import Permission, require
from convenu.actions.standing import Findings, findings_of
from convenu.agreement.assemble import included_clauses
from convenu.agreement.language import sources_of
from convenu.agreement.library import Library
from convenu.agreement.question import Question, QuestionSection
from convenu.agreement.rule import Rule
from convenu.agreement.scoping import applies
from convenu.agreement.sector import Overlay, overlays
from convenu.library import loader
from convenu.store.models import Answer, Contract, Membership
from convenu.terms.contract import TERM_KEYS, Terms, label_of, stops_signature
from convenu.terms.states import State
from convenu.vocabulary.contract_text import ContractText
from convenu.vocabulary.mistakes import Mistake


class Progress(StrEnum):
    """How far a question is."""

    SKIPPED = "skipped"
    MISSING = "missing"
    TO_CONFIRM = "to_confirm"
    PROPOSED = "proposed"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question and how far it is: `proposed` when every value comes from the house, a sector or the segment."""

    question: Question
    progress: Progress

    @property
    def settled(self) -> bool:
        """Whether every value it fills is known."""
        return self.progress in (Progress.PROPOSED, Progress.ANSWERED)


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """A section of the interview: how many of its applicable questions have their values."""

    section: QuestionSection
    questions: tuple[AskedQuestion, ...]

    @property
    def applicable(self) -> int:
        """How many questions are to be asked with these answers."""
        return sum(one.progress is not Progress.SKIPPED for one in self.questions)

    @property
    def answered(self) -> int:
        """How many of these need nothing more."""
        return sum(one.settled for one in self.questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTerm:
    """A value still to come: who must give it, before when, and whether signature waits for it."""

    term: str
    label: str
    question: str | None
    who: str | None
    before: date | None
    note: str | None
    stops_signature: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractView:
    """Everything the page of a contract needs, read at one moment."""

    contract: Contract
    draft: Draft
    answers: Mapping[str, Answer]
    findings: Findings
    open_points: tuple[OpenTerm, ...]
    sections: tuple[SectionProgress, ...]
    next_question: Question | None
    sectors: tuple[Overlay, ...]
    contradictions: tuple[Mistake, ...]
    unreadable: tuple[Mistake, ...]
    library_moved: bool
    house_moved: bool
    behind: tuple[str, ...]

    @property
    def terms(self) -> Terms:
        """The terms of the contract."""
        return self.draft.terms

    @property
    def text(self) -> ContractText:
        """The words of the contract."""
        return self.draft.text

    @property
    def applicable(self) -> int:
        """How many questions are to be asked."""
        return sum(section.applicable for section in self.sections)

    @property
    def answered(self) -> int:
        """How many of these need nothing more."""
        return sum(section.answered for section in self.sections)

    @property
    def seen_versions(self) -> dict[str, int]:
        """The version of each answer this view shows, to hand back with the next answer; 0 where nobody answered yet."""
        return {key: self.answers[key].version if key in self.answers else 0 for key in TERM_KEYS}


def contract_view(member: Membership, contract: Contract, *, on: date) -> ContractView:
    """Read a contract as of a day of the law."""
    require(member, Permission.SEE)
    library = library_of(contract)
    answers = answers_of(contract)
    reading = reading_of(contract, answers)
    draft = draft_of(reading.terms, library, on=on)
    sections = sections_of(draft.terms, library)
    return ContractView(
        contract=contract,
        draft=draft,
        answers=answers,
        findings=findings_of(contract, draft.terms, draft.findings),
        open_points=open_terms(draft, sections),
        sections=sections,
        next_question=next_question(draft, put_off=_put_off(draft.terms, answers)),
        contradictions=reading.contradictions(library),
        sectors=overlays(draft.terms, library.sectors, included_clauses(draft.terms, library)),
        unreadable=reading.unreadable,
        library_moved=contract.library_hash != loader.current().hash,
        house_moved=contract.house_version_id != getattr(newest_house(), "pk", None),
        behind=wordings_behind(contract.house_version, library),
    )


def sections_of(terms: Terms, library: Library) -> tuple[SectionProgress, ...]:
    """The interview's sections with the progress of each question."""
    by_section = groupby(library.questions, key=lambda question: question.section)
    return tuple(
        SectionProgress(section, tuple(AskedQuestion(question, progress_of(question, terms)) for question in questions))
        for section, questions in by_section
    )


def progress_of(question: Question, terms: Terms) -> Progress:
    """How far one question is with these terms."""
    if not applies(question, terms):
        return Progress.SKIPPED
    filled = [terms.term(key) for key in question.fills]
    missing = [term for term in filled if term.unknown]
    if missing:
        return Progress.TO_CONFIRM if all(term.who for term in missing) else Progress.MISSING
    proposed = all(term.origin.proposed for term in filled)
    return Progress.PROPOSED if proposed else Progress.ANSWERED


def open_terms(draft: Draft, sections: Iterable[SectionProgress]) -> tuple[OpenTerm, ...]:
    """Each value still to come: those of the questions that apply, then any other that the text shows as « à confirmer »."""
    asked = {key: one.question for section in sections for one in section.questions if not one.settled for key in one.question.fills}
    applicable = [
        key for section in sections for one in section.questions if one.progress is not Progress.SKIPPED for key in one.question.fills
    ]
    wanted = dict.fromkeys([*applicable, *draft.text.open_points])
    return tuple(_open_term(key, asked.get(key), draft.terms) for key in wanted if draft.terms.term(key).unknown)


def next_question(draft: Draft, *, put_off: frozenset[str]) -> Question | None:
    """The first question that still lacks a value which a clause or a rule needs; what was put off is not asked again."""
    needed = needed_terms(draft.terms, draft.library, loader.current().rules, draft.on) - put_off
    for question in draft.library.questions:
        lacking = [key for key in question.fills if key in needed and draft.terms.term(key).unknown]
        if lacking and applies(question, draft.terms):
            return question
    return None


def needed_terms(terms: Terms, library: Library, rules: Iterable[Rule], on: date) -> frozenset[str]:
    """The terms that the contract's clauses print, that decide which clauses and questions there are, and that rules read."""
    needed: set[str] = set()
    for clause in library.clauses:
        needed |= clause.applies_when.terms
    for clause in included_clauses(terms, library):
        needed |= {source for name in clause.parsed.names for source in sources_of(name)}
    for question in library.questions:
        needed |= question.skip_when.terms if question.skip_when else set()
    for rule in rules:
        if rule.speaks(on) and (rule.applies_when.holds(terms) or rule.applies_when.undecided(terms)):
            needed |= {*rule.reads, *rule.applies_when.terms}
    return frozenset(needed)


def _put_off(terms: Terms, answers: Mapping[str, Answer]) -> frozenset[str]:
    """The terms about which somebody said « à confirmer »."""
    said = {key for key, answer in answers.items() if answer.value is not None and answer.value.get("state") == State.UNKNOWN}
    return frozenset(said | {key for key in TERM_KEYS if terms.term(key).unknown and terms.term(key).who})


def _open_term(key: str, question: Question | None, terms: Terms) -> OpenTerm:
    term = terms.term(key)
    return OpenTerm(
        term=key,
        label=label_of(key),
        question=question.key if question else None,
        who=term.who,
        before=term.before,
        note=term.note,
        stops_signature=stops_signature(key),
    )
