"""What one posted form does to a contract: values kept, put back, stated as none or left for later; what it refuses, and says."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from convenu.actions.current_terms import answers_of, base_terms, read
from convenu.actions.interview import Conflict, Move, MovedClause, Outcome, answer, confirm_later, reset_answer, state_none
from convenu.agreement.term_words import lines_of
from convenu.store.models import Answer, Contract, Membership
from convenu.terms.contract import TERM_KEYS, Terms
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import label
from convenu.vocabulary.days import parse_day
from convenu.vocabulary.findings import Finding
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.web.interview.inputs import Kind, input_of
from convenu.web.interview.posting import Given, Posted, given_by

SHORT = 4
UNREADABLE = {
    Kind.SPAN: gettext_lazy("Écrivez un nombre, par exemple 30, et choisissez son unité."),
    Kind.MONEY: gettext_lazy("Écrivez un montant, par exemple 1 250,50."),
    Kind.PERCENT: gettext_lazy("Écrivez un pourcentage, par exemple 95 ou 99,5."),
    Kind.NUMBER: gettext_lazy("Écrivez un nombre entier, par exemple 12."),
}


@dataclass(slots=True)
class Taken:
    """What became of a form."""

    outcomes: list[Outcome] = field(default_factory=list)
    mistakes: dict[str, list[Mistake]] = field(default_factory=lambda: defaultdict(list))
    conflicts: dict[str, Disagreement] = field(default_factory=dict)
    # The terms whose inputs are to be drawn again, for a button changed them.
    redrawn: set[str] = field(default_factory=set)

    @property
    def refused(self) -> bool:
        """Whether something of the form was not kept."""
        return bool(self.refusals)

    @property
    def refusals(self) -> set[str]:
        """The terms whose value was not kept."""
        return {*self.mistakes, *self.conflicts}

    @property
    def touched(self) -> set[str]:
        """The terms of which something is to be told."""
        return {*self.refusals, *self.redrawn, *(term for outcome in self.outcomes for term in outcome.saved)}

    @property
    def saved(self) -> bool:
        """Whether something was."""
        return any(outcome.saved for outcome in self.outcomes)

    @property
    def undo(self) -> uuid.UUID | None:
        """What takes back the last thing done."""
        return next((outcome.undo for outcome in reversed(self.outcomes) if outcome.undo), None)

    @property
    def sentence(self) -> str:
        """What a person hears: « Modifié : article 6. 1 constat levé. »."""
        return sentence_of(self.outcomes)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Somebody else answered meanwhile: who, when, and the two answers in words."""

    conflict: Conflict
    theirs: str
    ours: str


def take(member: Membership, contract: Contract, keys: Iterable[str], posted: Posted, *, terms: Terms, now: datetime) -> Taken:
    """Do what a form about these terms asks for."""
    taken, known = Taken(), list(keys)
    deed, about, version = _deed(posted, known)
    kept_theirs = {about} if deed in ("keep", "reset", "none", "later") else set()
    given = given_by(posted, [key for key in known if key not in kept_theirs], terms)
    if deed == "force" and version is not None:
        given.seen[about] = version
    _keep(member, contract, given, taken, now=now)
    if deed in _DEEDS and about:
        try:
            taken.outcomes.append(_DEEDS[deed](member, contract, about, posted, now))
        except MistakesError as error:
            taken.mistakes[about] += error.mistakes
        else:
            taken.redrawn.add(about)
    if deed in ("keep", "force") and about:
        taken.redrawn.add(about)
    return taken


def sentence_of(outcomes: Iterable[Outcome]) -> str:
    """What a person hears of what an answer did."""
    done = list(outcomes)
    said = [*_articles(one for outcome in done for one in outcome.changed_clauses), *_verdicts(done)]
    if not said and any(outcome.saved for outcome in done):
        said = [_("Réponse enregistrée.")]
    return " ".join(said)


def words_of(key: str, value: Mapping[str, Any] | None, contract: Contract) -> str:
    """A kept value in words; nothing kept stands for the default."""
    term = base_terms(contract, answers_of(contract)).term(key) if value is None else read({key: value}, over=Terms()).terms.term(key)
    return french.listed(lines_of(term))


def _keep(member: Membership, contract: Contract, given: Given, taken: Taken, *, now: datetime) -> None:
    """Keep values and clearings; one's own earlier answer is no conflict, and another person's holds back only its own term."""
    for way, wanted in (("values", given.values), ("cleared", dict.fromkeys(given.cleared))):
        if wanted:
            _keep_some(member, contract, wanted, given.seen, taken, now=now, cleared=way == "cleared")


def _keep_some(
    member: Membership,
    contract: Contract,
    wanted: Mapping[str, Any],
    seen: Mapping[str, int],
    taken: Taken,
    *,
    now: datetime,
    cleared: bool,
) -> None:
    outcome = _try(member, contract, wanted, seen, now=now, cleared=cleared)
    if outcome.conflicts:
        mine = _answered_by(member, contract, outcome.conflicts)
        real = {one.term: one for one in outcome.conflicts if one.term not in mine}
        for key, conflict in real.items():
            taken.conflicts[key] = Disagreement(
                conflict, theirs=words_of(key, conflict.theirs, contract), ours=_words_given(key, wanted[key], contract)
            )
        left = {key: value for key, value in wanted.items() if key not in real}
        newer = {**seen, **{one.term: one.version for one in outcome.conflicts}}
        outcome = _try(member, contract, left, newer, now=now, cleared=cleared)
    for mistake in outcome.mistakes:
        key = mistake.where.partition(".")[0]
        taken.mistakes[key].append(_at_the_field(key, mistake))
    taken.outcomes.append(outcome)


def _try(
    member: Membership, contract: Contract, wanted: Mapping[str, Any], seen: Mapping[str, int], *, now: datetime, cleared: bool
) -> Outcome:
    if cleared:
        return reset_answer(member, contract, list(wanted), now=now, seen_versions=seen)
    return answer(member, contract, wanted, now=now, seen_versions=seen)


def _answered_by(member: Membership, contract: Contract, conflicts: Iterable[Conflict]) -> set[str]:
    keys = [one.term for one in conflicts]
    mine = Answer.objects.filter(contract=contract, term__in=keys, updated_by=member.user)
    return set(mine.values_list("term", flat=True))


def _at_the_field(key: str, mistake: Mistake) -> Mistake:
    """The mistake in the words of the form, where the number and its unit are typed apart."""
    kind = input_of(Terms().term(key)).kind if key in TERM_KEYS else None
    if kind in UNREADABLE and "illisible" in mistake.message:
        return Mistake(mistake.where, str(UNREADABLE[kind]), "")
    return mistake


def _words_given(key: str, raw: Any, contract: Contract) -> str:
    if raw is None:
        return words_of(key, None, contract)
    reading = read({key: {"value": raw} if not isinstance(raw, dict) else raw}, over=Terms())
    return french.listed(lines_of(reading.terms.term(key))) if not reading.unreadable else _("votre réponse")


def _deed(posted: Posted, known: list[str]) -> tuple[str, str, int | None]:
    """The button pressed: what it does, about which term, against which version."""
    for deed in ("none", "later", "reset", "keep", "force"):
        pressed = (posted.get(deed) or [""])[-1]
        key, _colon, version = pressed.partition(":")
        if key in known:
            return deed, key, int(version) if version.isdigit() else None
    return "", "", None


def _none(member: Membership, contract: Contract, key: str, _posted: Posted, now: datetime) -> Outcome:
    return state_none(member, contract, [key], now=now)


def _reset(member: Membership, contract: Contract, key: str, _posted: Posted, now: datetime) -> Outcome:
    return reset_answer(member, contract, [key], now=now)


def _later(member: Membership, contract: Contract, key: str, posted: Posted, now: datetime) -> Outcome:
    who = (posted.get(f"later.{key}.who") or [""])[-1]
    typed = (posted.get(f"later.{key}.before") or [""])[-1]
    return confirm_later(member, contract, [key], who=who, before=_day(typed), now=now)


def _day(typed: str) -> date | None:
    if not typed:
        return None
    try:
        return parse_day(typed)
    except ValueError as error:
        raise MistakesError([Mistake("before", f"{error}.", _("Écrivez-la jj/mm/aaaa."))]) from error


_MOVES = {Move.CHANGED: gettext_lazy("Modifié"), Move.ADDED: gettext_lazy("Ajouté"), Move.REMOVED: gettext_lazy("Retiré")}
_DEEDS = {"none": _none, "reset": _reset, "later": _later}


def _articles(moved: Iterable[MovedClause]) -> Iterator[str]:
    """« Modifié : article 6 et article 7.2. », the clauses only renumbered left out."""
    by_move: dict[Move, dict[str, str]] = defaultdict(dict)
    for one in moved:
        by_move[one.move][one.clause] = french.typography(label(one.number))
    for move, said in _MOVES.items():
        places = list(by_move.get(move, {}).values())
        many = len(places) > SHORT
        shown = _("%(number)s articles") % {"number": len(places)} if many else french.enumeration(places, last=_("et"))
        if places:
            yield f"{said} : {shown}."


def _verdicts(outcomes: Iterable[Outcome]) -> Iterator[str]:
    raised: dict[str, Finding] = {}
    lifted: dict[str, Finding] = {}
    for outcome in outcomes:
        for finding in outcome.raised:
            raised[finding.key] = finding
            lifted.pop(finding.key, None)
        for finding in outcome.lifted:
            lifted[finding.key] = finding
            raised.pop(finding.key, None)
    if lifted:
        yield ngettext("%(number)s constat levé.", "%(number)s constats levés.", len(lifted)) % {"number": len(lifted)}
    if raised:
        yield ngettext("%(number)s nouveau constat.", "%(number)s nouveaux constats.", len(raised)) % {"number": len(raised)}
