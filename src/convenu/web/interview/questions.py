"""A question as its page shows it: each term with its inputs, its origin and its default; the articles and rules it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from convenu.actions.contract_view import AskedQuestion, ContractView, Progress, SectionProgress
from convenu.actions.current_terms import base_terms
from convenu.agreement.library import Library
from convenu.agreement.question import Question
from convenu.agreement.rule import Rule
from convenu.agreement.term_words import lines_of
from convenu.library import loader
from convenu.store.models import Answer
from convenu.terms.closed_lists import ClientSegment
from convenu.terms.contract import label_of, stops_signature
from convenu.terms.states import Origin, State, Term
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import label
from convenu.vocabulary.mistakes import Mistake
from convenu.web.interview.answering import Disagreement, Taken
from convenu.web.interview.inputs import Input, Kind, input_of
from convenu.web.interview.posting import SEEN, Posted, mark_of, typed_again
from convenu.web.templatetags.convenu import origin_word

NARROW = frozenset({Kind.NUMBER, Kind.MONEY, Kind.PERCENT, Kind.SPAN, Kind.DAY, Kind.TIME, Kind.CHOICE, Kind.YES_NO})
FEW = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTerm:
    """One term of a question."""

    key: str
    label: str
    input: Input
    mark: str
    state: State
    origin: str
    value: str
    who: str
    before: date | None
    default: str
    can_reset: bool
    stops_signature: bool
    mistakes: tuple[Mistake, ...]
    conflict: Disagreement | None
    redrawn: bool
    told_anew: bool

    @property
    def as_choices(self) -> bool:
        """Whether a short closed list is shown whole, one digit a choice."""
        return self.input.kind is Kind.YES_NO or (self.input.kind is Kind.CHOICE and len(self.input.options) <= FEW)

    @property
    def labelled(self) -> bool:
        """Whether the input shows no label of its own."""
        return self.input.kind in (Kind.ROWS, Kind.WEEK, Kind.MATRIX)

    @property
    def narrow(self) -> bool:
        """Whether two of them go on one line."""
        return self.input.kind in NARROW

    @property
    def is_none(self) -> bool:
        """Whether it is stated that there is none."""
        return self.state is State.NONE

    @property
    def is_later(self) -> bool:
        """Whether somebody will confirm it."""
        return self.state is State.UNKNOWN and bool(self.who)


@dataclass(frozen=True, slots=True)
class Place:
    """An article that a question writes."""

    clause: str
    words: str
    title: str


def asked_terms(view: ContractView, question: Question, *, taken: Taken | None = None, posted: Posted | None = None) -> list[AskedTerm]:
    """The terms of a question, with what went wrong in the form and what was typed."""
    defaults = base_terms(view.contract, view.answers)
    return [
        _asked(view.terms.term(key), defaults.term(key), view.answers.get(key), view.contract.segment, taken=taken, posted=posted)
        for key in question.fills
    ]


def _asked(
    term: Term[object], default: Term[object], kept: Answer | None, segment: str, *, taken: Taken | None, posted: Posted | None
) -> AskedTerm:
    drawn, mark = input_of(term), mark_of(term, kept.version if kept else 0)
    refused = taken is not None and term.key in taken.refusals
    answered = kept is not None and kept.value is not None
    seen = (posted.get(f"{SEEN}{term.key}") or [""])[-1] if posted is not None else ""
    return AskedTerm(
        key=term.key,
        label=label_of(term.key),
        input=typed_again(drawn, posted) if refused and posted is not None else drawn,
        # A refused value stays on screen: so does the mark of what it was typed over.
        mark=seen if refused and seen else mark,
        state=term.state,
        origin=_origin(term, segment),
        value=french.listed(lines_of(term)),
        who=term.who or "",
        before=term.before,
        default="" if default.unknown else french.listed(lines_of(default)),
        can_reset=answered and (default.state, default.value) != (term.state, term.value),
        stops_signature=stops_signature(term.key),
        mistakes=tuple(taken.mistakes.get(term.key, ())) if taken else (),
        conflict=taken.conflicts.get(term.key) if taken else None,
        redrawn=taken is not None and term.key in taken.redrawn,
        # What somebody else changed meanwhile waits: the input on screen still shows the value of before.
        told_anew=taken is not None and (term.key in taken.touched or seen == mark),
    )


def _origin(term: Term[object], segment: str) -> str:
    if term.unknown:
        return ""
    if term.origin is Origin.SEGMENT:
        return f"{origin_word(term.origin)} {ClientSegment(segment).label}"
    return origin_word(term.origin)


def places_of(view: ContractView, question: Question) -> tuple[Place, ...]:
    """The articles of this contract that say what the question asks."""
    wanted = frozenset(question.fills)
    sections = list(view.text.sections())
    stating = [one for one in sections if wanted & frozenset(one.states)]
    showing = [one for one in sections if one not in stating and wanted & one.terms]
    return tuple(Place(one.clause, french.typography(label(one.number)), one.title) for one in (*stating, *showing))


def rules_of(question: Question) -> tuple[Rule, ...]:
    """The rules that read what the question asks."""
    wanted = set(question.fills)
    return tuple(rule for rule in loader.current().rules if not rule.silent and wanted & set(rule.reads))


def in_order(sections: Sequence[SectionProgress]) -> Iterator[AskedQuestion]:
    """The questions that apply, in the order in which they are asked."""
    for section in sections:
        yield from (one for one in section.questions if one.progress is not Progress.SKIPPED)


def neighbours(view: ContractView, question: Question) -> tuple[Question | None, Question | None]:
    """The questions before and after this one."""
    asked = [one.question for one in in_order(view.sections)]
    at = next((number for number, one in enumerate(asked) if one.key == question.key), None)
    if at is None:
        return None, asked[0] if asked else None
    return asked[at - 1] if at else None, asked[at + 1] if at + 1 < len(asked) else None


def next_after(view: ContractView, question: Question) -> Question | None:
    """The next question that still needs something, looking forward first; none when nothing but this one does."""
    asked = list(in_order(view.sections))
    at = next((number for number, one in enumerate(asked) if one.question.key == question.key), -1)
    ahead = next((one.question for one in asked[at + 1 :] if one.progress is Progress.MISSING), None)
    first = ahead or view.next_question
    return first if first is not None and first.key != question.key else None


def question_of(term: str, library: Library) -> Question | None:
    """The question that fills a term."""
    return next((question for question in library.questions if term in question.fills), None)
