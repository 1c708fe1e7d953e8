"""What a release of the library changes beside its clauses: definitions, segments, sectors, questions, rules, figures of the law."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from convenu.agreement.clause import DefinedTerm
from convenu.agreement.conditions import Condition
from convenu.agreement.library import Library
from convenu.agreement.library_changes import Fate
from convenu.agreement.part_notes import PartKind, PartNote
from convenu.agreement.question import Question, SegmentPack
from convenu.agreement.rule import Rule
from convenu.agreement.sector import SectorPack
from convenu.agreement.term_words import lines_of
from convenu.law.book import LawValue
from convenu.terms.contract import Terms, label_of
from convenu.vocabulary import french


class Reach(StrEnum):
    """Which contracts a change concerns: those that some terms call, those that use a word, those that the estate tells."""

    TERMS = "terms"
    WORDS = "words"
    ESTATE = "estate"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that reads otherwise; empty where there was, or is, nothing."""

    label: str
    before: str
    after: str

    def as_json(self) -> dict[str, str]:
        """The shape shared by the command line and the API."""
        return {"label": self.label, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartChange:
    """One part of the library that two releases do not share: what, why and on what law in the words of its authors."""

    kind: PartKind
    key: str
    title: str
    fate: Fate
    lines: tuple[Line, ...]
    law: tuple[str, ...]
    notes: tuple[PartNote, ...]
    reach: Reach
    _called: Callable[[Terms], bool] | None = None

    @property
    def what(self) -> str:
        """What became of it, in French."""
        return {Fate.ADDED: "ajout", Fate.REMOVED: "retrait", Fate.REWORDED: "changement"}[self.fate]

    @property
    def unexplained(self) -> bool:
        """Whether a lawyer would read what changed and not why; what is new explains itself."""
        return self.fate is not Fate.ADDED and not self.notes

    def concerns(self, terms: Terms, words: frozenset[str]) -> bool:
        """Whether a contract on these terms, that defines these words, is touched; the estate tells it for rules and figures."""
        if self.reach is Reach.WORDS:
            return self.key in words
        return self._called is not None and self._called(terms)

    def as_json(self) -> dict[str, Any]:
        """The shape shared by the command line and the API."""
        return {
            "kind": self.kind.value,
            "key": self.key,
            "title": self.title,
            "fate": self.fate.value,
            "lines": [line.as_json() for line in self.lines],
            "law": list(self.law),
            "notes": [note.as_json() for note in self.notes],
            "reach": self.reach.value,
        }


@dataclass(frozen=True, slots=True)
class _Part:
    """A part as it is compared: its name, what it says by label, its law, and the contracts that it is for."""

    title: str
    said: Mapping[str, str]
    law: tuple[str, ...] = ()
    called: Callable[[Terms], bool] | None = None


def part_changes(old: Library, new: Library) -> tuple[PartChange, ...]:
    """What the second release changes in the first, kind by kind, in the order of the newer; what left comes last."""
    fresh = [note for note in new.notes if note not in old.notes]
    return tuple(change for kind in PartKind for change in _changes(kind, _parts(old, kind), _parts(new, kind), fresh))


def _changes(kind: PartKind, old: Mapping[str, _Part], new: Mapping[str, _Part], notes: Iterable[PartNote]) -> Iterator[PartChange]:
    reach = {PartKind.DEFINITION: Reach.WORDS, PartKind.RULE: Reach.ESTATE, PartKind.LAW: Reach.ESTATE}.get(kind, Reach.TERMS)
    for key in (*new, *(key for key in old if key not in new)):
        before, after = old.get(key), new.get(key)
        lines = tuple(_lines(before.said if before else {}, after.said if after else {}))
        known = after or before
        if known is None or not lines:
            continue
        calls = [part.called for part in (before, after) if part and part.called]
        yield PartChange(
            kind=kind,
            key=key,
            title=french.typography(known.title),
            fate=Fate.ADDED if before is None else Fate.REMOVED if after is None else Fate.REWORDED,
            lines=lines,
            law=known.law,
            notes=tuple(note for note in notes if (note.kind, note.key) == (kind, key)),
            reach=reach,
            _called=_any_of(calls) if calls else None,
        )


def _any_of(calls: list[Callable[[Terms], bool]]) -> Callable[[Terms], bool]:
    return lambda terms: any(call(terms) for call in calls)


def _lines(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Line]:
    for label in dict.fromkeys((*before, *after)):
        one, other = before.get(label, ""), after.get(label, "")
        if one != other:
            yield Line(label, one, other)


def _parts(library: Library, kind: PartKind) -> dict[str, _Part]:
    match kind:
        case PartKind.DEFINITION:
            return {term.name: _definition(term) for term in library.definitions}
        case PartKind.SEGMENT:
            return {key: _segment(pack) for key, pack in library.segments.items()}
        case PartKind.SECTOR:
            return {pack.key: _sector(pack) for pack in library.sectors}
        case PartKind.QUESTION:
            return {question.key: _question(question) for question in library.questions}
        case PartKind.RULE:
            return {rule.id: _rule(rule) for rule in library.rules}
        case PartKind.LAW:
            return {name: _figure(series) for name, series in library.law.values.items()}


def _definition(term: DefinedTerm) -> _Part:
    return _Part(term.name, {"Sens": french.typography(term.meaning.words), "Formes": ", ".join(term.forms)})


def _segment(pack: SegmentPack) -> _Part:
    said = {label_of(key): " ; ".join(lines_of(term)) for key, term in pack.proposed.items()}
    asked = {one.request: f"{one.answer.label} : {one.offer} {one.why}" for one in pack.requests}
    return _Part(pack.label, said | asked, called=lambda terms: terms.client_segment.value == pack.segment)


def _sector(pack: SectorPack) -> _Part:
    said = {label_of(key): _value(key, value) for key, value in pack.defaults.items()}
    facts = {"Appelé par": _condition(pack.applies_when), "Pourquoi": pack.why, "Fondement": " ; ".join(pack.law)}
    pending = {"En préparation": f"{pack.pending.text} ({french.day(pack.pending.looked_on)})"} if pack.pending else {}
    return _Part(pack.label, facts | pending | said, pack.law, called=pack.applies_when.holds)


def _question(question: Question) -> _Part:
    skipped = question.skip_when
    said = {
        "Question": question.text,
        "Aide": question.help,
        "Pourquoi": question.why,
        "Remplit": ", ".join(label_of(key) for key in question.fills),
        "Passée quand": _condition(skipped) if skipped else "",
    }
    return _Part(question.text, said, called=lambda terms: skipped is None or not skipped.holds(terms))


def _rule(rule: Rule) -> _Part:
    said = {
        "Titre": rule.title,
        "Nature": rule.kind.value,
        "Gravité": rule.severity.value,
        "Droit": " ; ".join(one.citation for one in rule.law),
        "En vigueur depuis": french.day(rule.start) if rule.start else "",
        "Jusqu’au": french.day(rule.end) if rule.end else "",
        "S’applique quand": "" if rule.applies_when.always else _condition(rule.applies_when),
        "Regarde": rule.looks_at,
        "Termes lus": ", ".join(label_of(key) for key in rule.reads),
        "Sanction": rule.sanction,
        "Remède": rule.remedy,
        "Question à l’avocat": rule.ask,
        "Remplace": ", ".join(rule.exception_to),
        "Dite par": ", ".join(rule.told_by),
    }
    return _Part(rule.title, said, tuple(one.citation for one in rule.law))


def _figure(series: LawValue) -> _Part:
    values = {f"Depuis le {french.day(start)}": f"{one.value} {series.unit} ({one.source})" for start, one in series.dated.values.items()}
    return _Part(series.label, values)


def _value(key: str, value: Any) -> str:
    term = Terms.model_validate({key: value}).term(key)
    return " ; ".join(lines_of(term))


def _condition(condition: Condition) -> str:
    """« Nature du Client : public, ou … »."""
    cases = (", ".join(f"{label_of(key)} : {_wanted(value)}" for key, value in case.items()) for case in condition.cases)
    return " ; ou ".join(cases)


def _wanted(value: Any) -> str:
    return " ou ".join(map(str, value)) if isinstance(value, list) else str(value)
