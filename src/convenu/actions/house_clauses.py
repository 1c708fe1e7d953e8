"""The house's own clauses and wordings: written, kept as versions, settled when the library moves, tried on a contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from convenu.actions.contract_library import layer_of
from convenu.actions.current_terms import current_terms
from convenu.actions.look_up import NotFoundError
from convenu.actions.mistakes import refuse, refuse_any
from convenu.actions.permissions import Permission, require
from convenu.agreement.assemble import assemble
from convenu.agreement.clause import Clause
from convenu.agreement.clause_mistakes import ClauseMistake
from convenu.agreement.coherence import faults
from convenu.agreement.house import HouseLayer, mistakes_with
from convenu.agreement.house_clause import PREFIX, Base, HouseClause
from convenu.agreement.house_words import place_of_definitions
from convenu.agreement.library import Library
from convenu.agreement.positions import choosing
from convenu.agreement.scoping import read_answers, scope
from convenu.library import loader
from convenu.library.demonstration import deal_answers
from convenu.store import audit
from convenu.store.models import Contract, HouseDraft, HouseVersion, Membership
from convenu.terms.contract import Terms
from convenu.vocabulary.contract_text import Section
from convenu.vocabulary.mistakes import Mistake
from convenu.vocabulary.three_way import Merge, Side, merge


class Upkeep(StrEnum):
    """Where a wording of the house stands with regard to the library's clause it replaces."""

    CURRENT = "current"
    BEHIND = "behind"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A clause of the house as its page lists it."""

    clause: HouseClause
    upkeep: Upkeep
    draft: bool


@dataclass(frozen=True, slots=True)
class Other:
    """Another text of a clause as it would read: what it changes, its section."""

    summary: str
    section: Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A clause tried on a contract: the section it gives, all that is to be mended first, and what does not hold with these answers."""

    section: Section | None
    mistakes: tuple[Mistake, ...]
    remarks: tuple[str, ...] = ()
    others: tuple[Other, ...] = ()


def newest_house() -> HouseVersion | None:
    """The house's latest version, in the tenant's scope."""
    return HouseVersion.objects.first()


def house_clauses(member: Membership) -> tuple[Shown, ...]:
    """The house's clauses, those in draft included, its own first."""
    require(member, Permission.SEE)
    drafts = {draft.key: HouseClause.model_validate(draft.clause) for draft in HouseDraft.objects.all()}
    kept = {clause.key: clause for clause in layer_of(newest_house()).clauses}
    shown = [Shown(clause=one, upkeep=upkeep_of(one), draft=one.key in drafts) for one in {**kept, **drafts}.values()]
    return tuple(sorted(shown, key=lambda one: (not one.clause.own, one.clause.title.lower(), one.clause.key)))


def find_house_clause(member: Membership, key: str) -> HouseClause:
    """The clause of that key as it is being written: its draft, else what the house has, else the library's words to start from."""
    require(member, Permission.SEE)
    draft = HouseDraft.objects.filter(key=key).first()
    if draft is not None:
        return HouseClause.model_validate(draft.clause)
    kept = layer_of(newest_house()).clause(key)
    if kept is not None:
        return kept
    ours = _library_clause(key)
    if ours is None:
        raise NotFoundError(HouseVersion)
    return HouseClause(key=key, title=ours.title, text=ours.text, base=base_of(ours))


def upkeep_of(clause: HouseClause) -> Upkeep:
    """Whether the library changed the clause since the house reworded it, or took it out."""
    if clause.own:
        return Upkeep.CURRENT
    ours = _library_clause(clause.key)
    if ours is None:
        return Upkeep.GONE
    return Upkeep.CURRENT if clause.base and (clause.base.title, clause.base.text) == (ours.title, ours.text) else Upkeep.BEHIND


def wordings_behind(version: HouseVersion | None, library: Library) -> tuple[str, ...]:
    """The titles of the clauses in a house's words that a release has changed since they were written."""
    ours = {clause.key: clause for clause in (*library.clauses, *library.replaced.values())}
    rows = (row for row in layer_of(version).clauses if row.base and row.key in ours)
    return tuple(row.title for row in rows if row.base and (row.base.title, row.base.text) != (ours[row.key].title, ours[row.key].text))


def base_of(clause: Clause) -> Base:
    """The library's clause as a wording of the house starts from it."""
    return Base(release=loader.current().release, title=clause.title, text=clause.text)


def new_key(title: str) -> str:
    """A key for a clause of the house's own, from its title, that none has yet."""
    words = slugify(title).replace("-", "_")[:40] or "clause"
    taken = {draft.key for draft in HouseDraft.objects.all()} | {clause.key for clause in layer_of(newest_house()).clauses}
    tries = (f"{PREFIX}{words}{f'_{number}' if number > 1 else ''}" for number in range(1, len(taken) + 2))
    return next(key for key in tries if key not in taken)


@transaction.atomic
def keep_clause(member: Membership, clause: HouseClause, *, now: datetime) -> HouseVersion:
    """Make a clause one of the house: its next version. Every mistake stops it, told together."""
    require(member, Permission.CHANGE_HOUSE)
    latest = _latest_to_follow()
    before = layer_of(latest).clause(clause.key)
    clause = clause.model_copy(update={"version": before.version + 1 if before else 1})
    layer = layer_of(latest).with_clause(clause)
    refuse_any(told(mistakes_with(loader.current(), layer), clause.key))
    HouseDraft.objects.filter(key=clause.key).delete()
    if before is not None and before.model_copy(update={"version": clause.version}) == clause and latest is not None:
        return latest
    return _add(member, layer, action="house_clause_kept", key=clause.key, now=now)


@transaction.atomic
def keep_draft(member: Membership, clause: HouseClause, *, now: datetime) -> HouseDraft:
    """Keep a clause on the workbench, mistakes and all; the house does not have it yet."""
    require(member, Permission.CHANGE_HOUSE)
    draft, _created = HouseDraft.objects.update_or_create(
        key=clause.key, defaults={"clause": clause.model_dump(mode="json"), "updated_at": now, "updated_by": member.user}
    )
    return draft


@transaction.atomic
def drop_clause(member: Membership, key: str, *, now: datetime) -> None:
    """Take a clause off: its draft when it has one, else the clause itself, in the house's next version."""
    require(member, Permission.CHANGE_HOUSE)
    dropped, _by_model = HouseDraft.objects.filter(key=key).delete()
    latest = _latest_to_follow()
    layer = layer_of(latest)
    if dropped or layer.clause(key) is None:
        return
    without = layer.without(key)
    refuse_any(told(mistakes_with(loader.current(), without), key))
    _add(member, without, action="house_clause_dropped", key=key, now=now)


def three_way(clause: HouseClause) -> Merge:
    """The library's words when the house reworded them, the house's, and the library's now, put together sentence by sentence."""
    ours = _library_clause(clause.key)
    if clause.base is None or ours is None:
        raise NotFoundError(HouseVersion)
    return merge(clause.base.text, clause.text, ours.text)


def settled(clause: HouseClause, chosen: Mapping[int, Side]) -> HouseClause:
    """The house's wording once each choice is made, resting on the library's clause as it is now."""
    ours = _library_clause(clause.key)
    found = three_way(clause)
    if ours is None or set(chosen) != set(range(len(found.choices))):
        refuse("", _("Choisissez une rédaction à chaque endroit."))
    return clause.model_copy(update={"text": found.text(chosen), "base": base_of(ours)})


def preview(member: Membership, clause: HouseClause, contract: Contract | None, *, on: date) -> Preview:
    """A clause as it would read in a contract, or in the example deal; the mistakes of the whole house that it makes."""
    require(member, Permission.SEE)
    library = loader.current() if contract is None else loader.pinned(contract.library_release, contract.library_hash)
    terms = example_terms() if contract is None else current_terms(contract)
    layer = layer_of(newest_house()).with_clause(clause)
    mistakes = mistakes_with(library, layer)
    if mistakes:
        return Preview(section=None, mistakes=tuple(told(mistakes, clause.key)))
    worded = library.with_house(layer)
    text = assemble(terms, worded, on=on)
    remarks = tuple(fault.reason for fault in faults(terms, text, worded) if fault.clause == clause.key)
    return Preview(section=text.section(clause.key), mistakes=(), remarks=remarks, others=tuple(_others(clause, terms, worded, on)))


def _others(clause: HouseClause, terms: Terms, library: Library, on: date) -> Iterator[Other]:
    """The other texts of a clause in the contract it is tried on."""
    for one in clause.alternatives:
        chosen = terms.replace(clause_wordings=choosing(terms, clause.key, one.key))
        section = assemble(chosen, library, on=on).section(clause.key)
        if section:
            yield Other(one.summary, section)


def told(mistakes: Iterable[ClauseMistake], key: str) -> list[Mistake]:
    """Mistakes as an editor shows them: those of its clause beside the text, the others under the name of theirs."""
    return [_told(mistake, key) for mistake in mistakes]


def _told(mistake: ClauseMistake, key: str) -> Mistake:
    """A mistake of the text, of the words that the clause defines, of another text of it, or of another clause."""
    own, _slash, part = mistake.clause.partition("/")
    if own != key:
        return Mistake("", f"{mistake.clause} : {mistake.message}", mistake.suggestion)
    if not part:
        return mistake.as_mistake()
    place = _("mots définis") if mistake.clause == place_of_definitions(key) else _("rédaction « %(part)s »") % {"part": part}
    line = mistake.as_mistake().where
    return Mistake(f"{place}, {line}" if line else place, mistake.message, mistake.suggestion)


@cache
def example_terms() -> Terms:
    """The deal of the demo, on which a clause is tried when no contract is chosen."""
    return scope(read_answers(deal_answers("valdrene")), loader.current())


def _library_clause(key: str) -> Clause | None:
    return next((clause for clause in loader.current().clauses if clause.key == key), None)


def _latest_to_follow() -> HouseVersion | None:
    """The version that the next one comes after; two people never make the same number."""
    return HouseVersion.objects.select_for_update().first()


def _add(member: Membership, layer: HouseLayer, *, action: str, key: str, now: datetime) -> HouseVersion:
    rows = [clause.model_dump(mode="json") for clause in layer.clauses]
    version = HouseVersion.objects.create(number=layer.number, clauses=rows, hash=layer.hash, at=now, by=member.user)
    audit.append(action=action, subject=version, actor=member.user, now=now, clause=key, number=layer.number)
    return version
