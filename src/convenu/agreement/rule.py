"""A rule: what it looks at, on what law, since when, how grave, how to mend it; and the eyes it looks with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar, cast

from convenu.agreement.conditions import Condition
from convenu.law.book import LawBook
from convenu.terms.contract import TERM_KEYS, Terms
from convenu.terms.states import Term
from convenu.vocabulary.contract_text import ContractText
from convenu.vocabulary.findings import Change, Citation, Severity, Status

T = TypeVar("T")


class RuleKind(StrEnum):
    """What a rule looks at, or why it gives no verdict."""

    VALUES = "values"
    TEXT = "text"
    QUESTION = "question"
    PENDING = "pending"

    @property
    def label(self) -> str:
        """The kind in French."""
        return {
            "values": "contrôle des valeurs",
            "text": "contrôle du texte",
            "question": "question à l’avocat",
            "pending": "en attente, désactivée",
        }[self.value]


class RuleState(StrEnum):
    """What a rule is on a day; a rule is in one state and no other."""

    PENDING = "pending"
    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The state in French."""
        return {
            "pending": "texte en attente, règle désactivée",
            "not_yet": "pas encore en vigueur",
            "in_force": "en vigueur",
            "ended": "n’est plus en vigueur",
        }[self.value]


class MissingTermError(LookupError):
    """A rule needs a term that is unknown; the check says « non vérifiable »."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"the term {key} is unknown")


class UndeclaredReadError(AttributeError):
    """A rule looked at a term that its file does not declare under `reads`."""

    def __init__(self, rule: str, key: str) -> None:
        super().__init__(f"rule {rule} reads {key!r}: add it to `reads` in its rule.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One problem a rule saw: the sentence, the terms concerned, and what differs from the rule's own file.

    `title`: of a rule that sees several problems, the name of this one.
    """

    message: str
    terms: tuple[str, ...]
    title: str | None = None
    change: Change | None = None
    remedy: str | None = None
    severity: Severity | None = None
    clause: str | None = None
    status: Status = Status.FOUND


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of the pack.

    `exception_to`: the general rules that it takes the place of wherever its condition holds. `told_by`: the rules that already
    tell the same fact; it then has no eyes of its own, so that a fact is told once.
    """

    id: str
    title: str
    kind: RuleKind
    severity: Severity
    law: tuple[Citation, ...]
    start: date | None
    end: date | None
    reads: tuple[str, ...]
    applies_when: Condition
    looks_at: str
    sanction: str
    remedy: str
    confidence: str
    last_checked: date | None
    ask: str
    reviewed_by: str | None
    reviewed_on: date | None
    look: Callable[[Look], Iterator[Hit]] | None
    exception_to: tuple[str, ...] = ()
    told_by: tuple[str, ...] = ()

    def state(self, on: date) -> RuleState:
        """What the rule is on a day; its end is the first day that it no longer covers."""
        if self.kind is RuleKind.PENDING:
            return RuleState.PENDING
        if self.start is not None and on < self.start:
            return RuleState.NOT_YET
        return RuleState.ENDED if self.end is not None and self.end <= on else RuleState.IN_FORCE

    def speaks(self, on: date) -> bool:
        """Whether the rule looks at a contract on a day: in force, and told by no other."""
        return not self.silent and self.state(on) is RuleState.IN_FORCE

    @property
    def silent(self) -> bool:
        """Whether the rule says nothing on any day: its text is pending, another rule tells its fact, or nothing looks for it."""
        return self.kind is RuleKind.PENDING or (self.look is None and self.kind is not RuleKind.QUESTION)

    @property
    def legal(self) -> bool:
        """Whether the rule rests on a text or a decision, and not on the trade: its id then is that of the text."""
        return "_" not in self.id

    def as_json(self) -> dict[str, Any]:
        """The shape shared by the command line and the API."""
        return {
            "id": self.id,
            "title": self.title,
            "kind": self.kind.value,
            "severity": self.severity.value,
            "law": [{"citation": cited.citation, "source": cited.source} for cited in self.law],
            "in_force": {"from": self.start.isoformat() if self.start else None, "to": self.end.isoformat() if self.end else None},
            "reads": list(self.reads),
            "exception_to": list(self.exception_to),
            "told_by": list(self.told_by),
            "looks_at": self.looks_at,
            "sanction": self.sanction,
            "remedy": self.remedy,
            "last_checked": self.last_checked.isoformat() if self.last_checked else None,
            "confidence": self.confidence,
            "ask": self.ask,
            "reviewed": {"by": self.reviewed_by, "on": self.reviewed_on.isoformat() if self.reviewed_on else None},
        }


class _DeclaredTerms:
    """The terms as one rule may see them: those its file declares, and no other."""

    def __init__(self, rule: str, terms: Terms, reads: frozenset[str]) -> None:
        self._rule = rule
        self._terms = terms
        self._reads = reads

    def __getattr__(self, key: str) -> Term[Any]:
        if key in TERM_KEYS and key not in self._reads:
            raise UndeclaredReadError(self._rule, key)
        return cast("Term[Any]", getattr(self._terms, key))


@dataclass(slots=True)
class Seen:
    """What a rule looked at beside its terms: the day itself, the words of the contract, and the figures of the day of the check."""

    day: bool = False
    text: bool = False
    figures: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Look:
    """What a rule looks at: the terms it declares, the text, the day, and the law of that day.

    `words` may be a function, for a text that is written only when somebody reads it. `seen` notes what the rule looked at.
    """

    rule: Rule
    every_term: Terms
    words: ContractText | Callable[[], ContractText] | None
    book: LawBook
    day: date
    seen: Seen = field(default_factory=Seen)

    @property
    def terms(self) -> Terms:
        """The declared terms; reading another raises."""
        return cast("Terms", _DeclaredTerms(self.rule.id, self.every_term, frozenset(self.rule.reads)))

    @property
    def on(self) -> date:
        """The day of the check."""
        self.seen.day = True
        return self.day

    @property
    def text(self) -> ContractText | None:
        """The contract's words; None when only its values are checked."""
        self.seen.text = True
        return self.words() if callable(self.words) else self.words

    def number(self, name: str, day: date | None = None) -> Decimal:
        """A legal figure on the day of the check, or on another."""
        if day is None:
            self.seen.figures.add(name)
        return self.book.number(name, day or self.day)


def known(term: Term[T]) -> T | None:
    """The value of a term; None when there is none; unknown raises and the check says « non vérifiable »."""
    if term.unknown:
        raise MissingTermError(term.key)
    return term.value


CHECKS: dict[str, Callable[[Look], Iterator[Hit]]] = {}


def checks(rule_id: str) -> Callable[[Callable[[Look], Iterator[Hit]]], Callable[[Look], Iterator[Hit]]]:
    """Tie a function to the rule whose file bears that id."""

    def tie(function: Callable[[Look], Iterator[Hit]]) -> Callable[[Look], Iterator[Hit]]:
        if rule_id in CHECKS:
            raise ValueError(f"two functions check {rule_id}")
        CHECKS[rule_id] = function
        return function

    return tie
