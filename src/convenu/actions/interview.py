"""Answering: one value or several at once, put back, confirmed later, undone."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convenu.actions.contract_library import library_of
from convenu.actions.current_terms import Reading, answers_of, long_form, reading_of, segment_snapshot
from convenu.actions.drafted import Draft, draft_of, law_day
from convenu.actions.look_up import NotFoundError, row
from convenu.actions.mistakes import refuse
from convenu.actions.permissions import Permission, require
from convenu.agreement.library import Library
from convenu.store import audit
from convenu.store.contracts import ContractStatus
from convenu.store.models import Answer, AnswerHistory, Contract, Membership
from convenu.terms.contract import TERM_KEYS, label_of
from convenu.terms.files import as_data, terms_from
from convenu.terms.states import State
from convenu.vocabulary.contract_text import ContractText, Section
from convenu.vocabulary.findings import Finding, Status
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.vocabulary.yaml_text import YamlText

UNDO_LASTS = timedelta(days=30)


class Move(StrEnum):
    """What became of a clause."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RENUMBERED = "renumbered"


@dataclass(frozen=True, slots=True)
class MovedClause:
    """A clause that an answer touched; the number is the one it has now, or had when it left."""

    clause: str
    number: str
    title: str
    move: Move


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Somebody else changed this answer in the meantime; `theirs` is None when they put it back to its default."""

    term: str
    label: str
    theirs: Mapping[str, Any] | None
    version: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an answer did: kept, refused, or held back; and what it changed in the document and in the findings."""

    saved: tuple[str, ...]
    mistakes: tuple[Mistake, ...]
    conflicts: tuple[Conflict, ...]
    contradictions: tuple[Mistake, ...]
    changed_terms: tuple[str, ...]
    changed_clauses: tuple[MovedClause, ...]
    raised: tuple[Finding, ...]
    lifted: tuple[Finding, ...]
    versions: Mapping[str, int]
    undo: uuid.UUID | None
    draft: Draft


@transaction.atomic
def answer(
    member: Membership, contract: Contract, given: Mapping[str, Any], *, now: datetime, seen_versions: Mapping[str, int] | None = None
) -> Outcome:
    """Keep what was answered, each term in the short or long form of a terms file.

    A value that cannot be read is told and not kept; the others are. When somebody changed one of these answers since the version
    seen, nothing is kept. Answers that contradict each other are kept and told: no version is made until they agree.
    """
    readable, mistakes = readable_answers(given)
    return _change(member, contract, readable, now=now, seen_versions=seen_versions or {}, mistakes=mistakes)


@transaction.atomic
def reset_answer(
    member: Membership, contract: Contract, terms: Collection[str], *, now: datetime, seen_versions: Mapping[str, int] | None = None
) -> Outcome:
    """Put answers back to the value of the house or of the segment."""
    _refuse_unknown(terms)
    return _change(member, contract, dict.fromkeys(terms), now=now, seen_versions=seen_versions or {})


@transaction.atomic
def confirm_later(
    member: Membership, contract: Contract, terms: Collection[str], *, who: str, before: date | None = None, note: str = "", now: datetime
) -> Outcome:
    """Leave values to be confirmed: by whom, and before when."""
    _refuse_unknown(terms)
    if not who.strip():
        refuse("who", _("Dites qui doit confirmer."))
    if before is not None and before < timezone.localdate(now):
        refuse("before", _("Cette date est passée."), _("Choisissez un jour à venir."))
    details = {"who": who.strip(), "before": before, "note": note.strip() or None}
    later = {"state": State.UNKNOWN.value, **{name: detail for name, detail in details.items() if detail is not None}}
    return answer(member, contract, dict.fromkeys(terms, later), now=now)


@transaction.atomic
def state_none(member: Membership, contract: Contract, terms: Collection[str], *, now: datetime) -> Outcome:
    """State that there is none: a value in itself, not a missing answer."""
    _refuse_unknown(terms)
    return answer(member, contract, dict.fromkeys(terms, State.NONE.value), now=now)


@transaction.atomic
def undo(member: Membership, contract: Contract, entry: uuid.UUID, *, now: datetime) -> Outcome:
    """Take back what was answered in one go, for thirty days, unless somebody answered since."""
    require(member, Permission.ANSWER)
    kept = row(Contract, contract.pk, to_change=True)
    first = AnswerHistory.objects.filter(contract=kept, pk=entry).first()
    if first is None:
        raise NotFoundError(AnswerHistory)
    step = list(AnswerHistory.objects.filter(contract=kept, step=first.step))
    _refuse_undo(kept, step, now=now)
    outcome = _change(member, kept, {change.term: change.old for change in step}, now=now, seen_versions={})
    AnswerHistory.objects.filter(contract=kept, step=first.step).update(undone_at=now)
    return outcome


def last_answers(member: Membership, contract: Contract, *, now: datetime) -> tuple[AnswerHistory, ...]:
    """What was answered in the last thirty days, the latest first, with who did it."""
    require(member, Permission.SEE)
    recent = AnswerHistory.objects.filter(contract=row(Contract, contract.pk), at__gte=now - UNDO_LASTS)
    return tuple(recent.select_related("by").order_by("-at", "term"))


def _refuse_unknown(terms: Collection[str]) -> None:
    unknown = [key for key in terms if key not in TERM_KEYS]
    if unknown:
        raise KeyError(f"no term is called {unknown[0]!r}")


def readable_answers(given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Mistake]]:
    """Each value in the form that is kept, and the mistakes of those that cannot be read."""
    readable: dict[str, Any] = {}
    mistakes: list[Mistake] = []
    for key, raw in given.items():
        try:
            term = terms_from(YamlText({key: raw})).term(key)
        except MistakesError as error:
            mistakes += error.mistakes
            continue
        if term.state is State.ABSENT:
            mistakes.append(Mistake(key, _("« absent » ne se dit que d’un document lu."), _("Choisissez « aucun » ou « à confirmer ».")))
        else:
            readable[key] = long_form(term)
    return readable, mistakes


def _change(
    member: Membership,
    contract: Contract,
    changes: Mapping[str, Any],
    *,
    now: datetime,
    seen_versions: Mapping[str, int],
    mistakes: Collection[Mistake] = (),
) -> Outcome:
    require(member, Permission.ANSWER)
    kept = row(Contract, contract.pk, to_change=True)
    if kept.status != ContractStatus.DRAFT:
        refuse("", _("Ce contrat est archivé."), _("Restaurez-le pour y répondre."))
    answers = answers_of(kept)
    before = reading_of(kept, answers)
    real = {term: value for term, value in changes.items() if value != (answers[term].value if term in answers else None)}
    conflicts = tuple(_conflicts(answers, real, seen_versions))
    entries = [] if conflicts else _write(member, kept, answers, real, now=now)
    after = reading_of(kept, answers)
    return _outcome(entries, before, after, library_of(kept), on=law_day(kept, now), mistakes=tuple(mistakes), conflicts=conflicts)


def _conflicts(answers: Mapping[str, Answer], changes: Mapping[str, Any], seen: Mapping[str, int]) -> Iterator[Conflict]:
    for term in changes:
        theirs = answers.get(term)
        if theirs is not None and term in seen and seen[term] != theirs.version:
            yield Conflict(
                term=term,
                label=label_of(term),
                theirs=theirs.value,
                version=theirs.version,
                by=theirs.updated_by.display_name,
                at=theirs.updated_at,
            )


def _write(
    member: Membership, contract: Contract, answers: dict[str, Answer], changes: Mapping[str, Any], *, now: datetime
) -> list[AnswerHistory]:
    """Keep each change and what it replaces; `answers` is brought up to date."""
    if not changes:
        return []
    step, entries = uuid.uuid4(), []
    for term, value in changes.items():
        kept = answers.get(term) or Answer(contract=contract, term=term, value=None, version=0)
        entries.append(
            AnswerHistory(
                contract=contract, step=step, term=term, old=kept.value, new=value, version=kept.version + 1, at=now, by=member.user
            )
        )
        kept.value, kept.version, kept.updated_at, kept.updated_by = value, kept.version + 1, now, member.user
        kept.save()
        answers[term] = kept
    AnswerHistory.objects.bulk_create(entries)
    _note_on_contract(contract, changes, now=now)
    audit.append(action="answered", subject=contract, actor=member.user, now=now, terms=",".join(changes))
    return entries


def _note_on_contract(contract: Contract, changes: Mapping[str, Any], *, now: datetime) -> None:
    reference = (changes.get("contract_reference") or {}).get("value")
    contract.reference = reference or contract.reference
    contract.updated_at = now
    contract.save(update_fields=["reference", *_follow_segment(contract, changes), "updated_at"])


def _follow_segment(contract: Contract, changes: Mapping[str, Any]) -> Iterator[str]:
    """Another offer proposes its own values from now on, whatever is answered staying; yields the fields that changed."""
    chosen, library = (changes.get("client_segment") or {}).get("value"), library_of(contract)
    if chosen is not None and chosen in library.segments and chosen != contract.segment:
        contract.segment, contract.segment_terms = chosen, segment_snapshot(library, chosen)
        yield from ("segment", "segment_terms")


def _outcome(
    entries: list[AnswerHistory],
    before: Reading,
    after: Reading,
    library: Library,
    *,
    on: date,
    mistakes: tuple[Mistake, ...],
    conflicts: tuple[Conflict, ...],
) -> Outcome:
    old, new = draft_of(before.terms, library, on=on), draft_of(after.terms, library, on=on)
    return Outcome(
        saved=tuple(entry.term for entry in entries),
        mistakes=mistakes,
        conflicts=conflicts,
        contradictions=after.contradictions(library),
        changed_terms=tuple(changed_paths(as_data(before.terms), as_data(after.terms))),
        changed_clauses=tuple(moved_clauses(old.text, new.text)),
        raised=_only_in(new.findings, old.findings),
        lifted=_only_in(old.findings, new.findings),
        versions={entry.term: entry.version for entry in entries},
        undo=entries[0].pk if entries else None,
        draft=new,
    )


def changed_paths(before: Any, after: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    """« client_address.city » for each place where two readings differ; a list of another length differs as a whole."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict) and (not path or before.keys() == after.keys()):
        for key in dict.fromkeys([*before, *after]):
            yield from changed_paths(before.get(key), after.get(key), (*path, key) if key != "value" else path)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from changed_paths(one, other, (*path, str(index)))
    else:
        yield ".".join(path)


def moved_clauses(before: ContractText, after: ContractText) -> Iterator[MovedClause]:
    """The clauses that two texts do not share word for word, in reading order; those that left come last."""
    old = {section.clause: section for section in before.sections()}
    for section in after.sections():
        move = _move(old.pop(section.clause, None), section)
        if move is not None:
            yield MovedClause(section.clause, section.number, section.title, move)
    for section in old.values():
        yield MovedClause(section.clause, section.number, section.title, Move.REMOVED)


def _move(old: Section | None, new: Section) -> Move | None:
    if old is None:
        return Move.ADDED
    if old.blocks != new.blocks or old.title != new.title:
        return Move.CHANGED
    return Move.RENUMBERED if old.number != new.number else None


def _only_in(findings: tuple[Finding, ...], others: tuple[Finding, ...]) -> tuple[Finding, ...]:
    known = {finding.key for finding in others}
    return tuple(finding for finding in findings if finding.status is Status.FOUND and finding.key not in known)


def _refuse_undo(contract: Contract, step: list[AnswerHistory], *, now: datetime) -> None:
    if step[0].undone_at is not None:
        refuse("", _("C’est déjà annulé."))
    if step[0].at < now - UNDO_LASTS:
        refuse("", _("Une réponse s’annule pendant trente jours."), _("Répondez de nouveau à la question."))
    rows = {found.term: found for found in Answer.objects.filter(contract=contract).select_related("updated_by")}
    for change in step:
        since = rows[change.term]
        if since.version != change.version:
            refuse(
                change.term,
                _("%(person)s a changé cette réponse depuis.") % {"person": since.updated_by.display_name},
                _("Annulez d’abord cette réponse."),
            )
