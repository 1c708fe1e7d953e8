"""A contract follows a newer release of the library, or a newer version of the house: shown first, taken only when asked."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction

from convenu.actions.comparing import Comparison, clause_words, compare
from convenu.actions.contract_changes import contract_to_write, save_fields
from convenu.actions.contract_library import layer_of, library_of
from convenu.actions.current_terms import current_terms, sector_snapshot, segment_snapshot, snapshot
from convenu.actions.drafted import draft_of, law_day
from convenu.actions.house_clauses import newest_house, told, wordings_behind
from convenu.actions.look_up import row
from convenu.actions.mistakes import refuse_any
from convenu.actions.permissions import Permission, require
from convenu.agreement.house import mistakes_with
from convenu.agreement.library import Library
from convenu.library import loader
from convenu.store import audit
from convenu.store.models import Contract, HouseVersion, Membership, Organisation
from convenu.terms.states import Origin
from convenu.vocabulary.mistakes import Mistake


class Followed(StrEnum):
    """What a contract follows."""

    LIBRARY = "library"
    HOUSE = "house"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What following would do to a contract: its words before and after, or what keeps it from following."""

    what: Followed
    before: str
    after: str
    comparison: Comparison | None
    mistakes: tuple[Mistake, ...]


def library_to_open() -> tuple[Library, HouseVersion | None]:
    """The library of a new contract, with the house's latest version.

    The newest release that goes with the house: when a release takes out or rewrites what the house rests on, contracts
    go on as before until the owner has settled it.
    """
    house = newest_house()
    shelf = loader.shelf()
    older = (loader.release(name) for name in reversed(shelf.names))
    mistakes: list[Mistake] = []
    for library in (loader.current(), *older):
        found = told(mistakes_with(library, layer_of(house)), "")
        if not found:
            return library, house
        mistakes = mistakes or found
    refuse_any(mistakes)
    raise AssertionError("mistakes were found and not raised")


def house_snapshot(organisation: Any) -> dict[str, Any]:
    """The house's values in the form kept with a contract."""
    return snapshot(Organisation.objects.get(pk=organisation).house_terms, Origin.HOUSE)


def offer(member: Membership, contract: Contract, what: Followed, *, now: datetime) -> Offer:
    """What the contract would become, article by article; nothing is changed."""
    require(member, Permission.SEE)
    kept = row(Contract, contract.pk)
    on, library = law_day(kept, now), library_of(kept)
    old = draft_of(current_terms(kept), library, on=on)
    moved, mistakes = _moved(kept, what)
    if mistakes:
        return Offer(what=what, before=library.label, after="", comparison=None, mistakes=tuple(mistakes))
    newer = library_of(moved)
    new = draft_of(current_terms(moved), newer, on=on)
    comparison = compare((old.terms, clause_words(old.text)), (new.terms, clause_words(new.text)), newer)
    return Offer(what=what, before=library.label, after=newer.label, comparison=comparison, mistakes=())


@transaction.atomic
def follow(member: Membership, contract: Contract, what: Followed, *, now: datetime) -> Contract:
    """Take the newer release, or the house as it is now; answers stay."""
    kept = contract_to_write(member, contract)
    before = library_of(kept).label
    moved, mistakes = _moved(kept, what)
    refuse_any(mistakes)
    save_fields(moved, "library_release", "library_hash", "house_version", "segment_terms", "sector_packs", "house_terms", now=now)
    audit.append(action=f"{what}_followed", subject=moved, actor=member.user, now=now, before=before, after=library_of(moved).label)
    return moved


def _moved(contract: Contract, what: Followed) -> tuple[Contract, list[Mistake]]:
    """The contract as it would be pinned, in memory only, or what keeps it from that."""
    moved = copy(contract)
    if what is Followed.HOUSE:
        library, houses = loader.pinned(contract.library_release, contract.library_hash), [newest_house()]
        moved.house_terms = {**contract.house_terms, **house_snapshot(contract.organisation_id)}
    else:
        # The house's words as they are in the contract, unless those settled since go better with the newer release.
        library, houses = loader.current(), [contract.house_version, newest_house()]
        moved.segment_terms, moved.sector_packs = segment_snapshot(library, contract.segment), sector_snapshot(library)
    moved.library_release, moved.library_hash = library.release, library.hash
    fit = {house: mistakes_with(library, layer_of(house)) for house in dict.fromkeys(houses)}
    sound = [house for house, mistakes in fit.items() if not mistakes]
    if not sound:
        return moved, told(fit[houses[-1]], "")
    moved.house_version = next((house for house in sound if not wordings_behind(house, library)), sound[0])
    return moved, []
