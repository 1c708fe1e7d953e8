"""What the note to the lawyer says of a contract."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from convenu.actions.contract_view import OpenTerm, open_terms, sections_of
from convenu.actions.current_terms import answers_of, base_terms
from convenu.actions.drafted import Draft
from convenu.actions.promises_past import DraftPast, past_of_draft
from convenu.actions.standing import Standing, findings_of
from convenu.agreement.derived import DERIVED
from convenu.agreement.library import Library
from convenu.agreement.positions import value_in_words
from convenu.agreement.term_words import lines_of
from convenu.agreement.wording import in_words
from convenu.documents.note_content import Deviation, Dismissal, NoteContent, OpenPoint, Reply, Tried
from convenu.store.models import Contract
from convenu.terms.contract import TERM_KEYS, Terms, label_of
from convenu.vocabulary import french

IN_BRIEF = ("services", "effective_date", "initial_duration", "notice_period", "payment_days", "liability_cap", "court")
FIGURES = ("monthly_fee", "end_date", "notice_deadline", "cap_amount")


def note_of(contract: Contract, draft: Draft) -> NoteContent:
    """The deal, what is open, what was found or put aside, and what departs from the values proposed."""
    findings = findings_of(contract, draft.terms, draft.findings)
    past = past_of_draft(contract, draft.terms)
    shown = (*findings.active, *findings.questions, *findings.not_verifiable)
    return NoteContent(
        provider=draft.text.provider,
        client=draft.text.client,
        reference=draft.text.reference,
        deal=tuple(_deal(draft.terms)),
        open_points=tuple(_open_point(point) for point in open_terms(draft, sections_of(draft.terms, draft.library))),
        findings=tuple(one.finding for one in shown),
        dismissed=tuple(_dismissals((*findings.dismissed, *findings.blocking))),
        replies=tuple(_replies(findings.replied)),
        deviations=tuple(deviations(base_terms(contract, answers_of(contract)), draft.terms, draft.library)),
        tried=tuple(Tried(one.promise, one.said) for one in past.promises) if past else (),
        tried_on=_tried_on(past) if past else "",
        law_day=french.day(draft.on),
        release=draft.text.release,
        text_hash=draft.text.hash,
    )


def _tried_on(past: DraftPast) -> str:
    day = french.day(timezone.localtime(past.at).date())
    told = f"Essai du {day}, sur les tickets passés du Prestataire. Ces chiffres restent hors du contrat et ne promettent rien."
    return f"{told} {past.caution}".strip()


def deviations(usual: Terms, chosen: Terms, library: Library) -> Iterator[Deviation]:
    """The values that are not those proposed by the segment, a sector or the house; a value that nobody proposed departs from nothing."""
    for key in TERM_KEYS:
        proposed, said = usual.term(key), chosen.term(key)
        if proposed.unknown or said.unknown or (proposed.state, proposed.value) == (said.state, said.value):
            continue
        yield Deviation(
            label=label_of(key), usual=_in_words(usual, key, library), chosen=_in_words(chosen, key, library), origin=said.origin.label
        )


def _in_words(terms: Terms, key: str, library: Library) -> str:
    return _one_line(value_in_words(terms, key, library))


def _deal(terms: Terms) -> Iterator[tuple[str, str]]:
    for key in IN_BRIEF:
        if not terms.term(key).unknown:
            yield label_of(key), _one_line(lines_of(terms.term(key)))
    for name in FIGURES:
        value = DERIVED[name].compute(terms)
        if value is not None:
            yield DERIVED[name].label, in_words(value)


def _open_point(point: OpenTerm) -> OpenPoint:
    return OpenPoint(point.label, point.who or "", french.day(point.before) if point.before else "")


def _dismissals(standing: tuple[Standing, ...]) -> Iterator[Dismissal]:
    for one in standing:
        if one.said is not None and not one.came_back:
            yield Dismissal(one.finding, one.said.reason, one.said.by.display_name)


def _replies(standing: tuple[Standing, ...]) -> Iterator[Reply]:
    for one in standing:
        if one.reply is not None:
            yield Reply(one.finding, one.reply.words, one.reply.author, french.short_day(timezone.localdate(one.reply.at)))


def _one_line(lines: tuple[str, ...]) -> str:
    return " ; ".join(lines)
