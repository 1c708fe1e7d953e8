"""What the library changes from one release to another, and the contracts of the organisation that each change concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from convenu.actions.contract_library import library_of
from convenu.actions.current_terms import current_terms
from convenu.actions.permissions import Permission, require
from convenu.agreement.assemble import assemble
from convenu.agreement.library import Library
from convenu.agreement.library_changes import LibraryChange, changes_between, clauses_called
from convenu.agreement.part_changes import PartChange, Reach, part_changes
from convenu.agreement.sentences import definitions_in
from convenu.store.contracts import ContractStatus
from convenu.store.models import Contract, Membership
from convenu.terms.contract import Terms


@dataclass(frozen=True, slots=True)
class News:
    """A change, why and on what law in the words of its authors, and the contracts of the older release that it would touch."""

    change: LibraryChange
    notes: tuple[tuple[str, tuple[str, ...]], ...]
    contracts: tuple[Contract, ...]


@dataclass(frozen=True, slots=True)
class PartNews:
    """A change of another part of the library, why, and the drafts that it would touch."""

    change: PartChange
    notes: tuple[tuple[str, tuple[str, ...]], ...]
    contracts: tuple[Contract, ...]


def library_news(member: Membership, old: Library, new: Library) -> tuple[News, ...]:
    """What changed between two releases, each change with the contracts it concerns."""
    require(member, Permission.SEE)
    called = list(_called(old, new))
    return tuple(
        News(change, _notes(change, new), tuple(contract for contract, now, then in called if change.concerns(now, then)))
        for change in changes_between(old, new)
    )


def part_news(member: Membership, old: Library, new: Library, *, on: date) -> tuple[PartNews, ...]:
    """What changed beside the clauses, each change with the drafts of the older release that it concerns."""
    require(member, Permission.SEE)
    changes = part_changes(old, new)
    worded = any(change.reach is Reach.WORDS for change in changes)
    drafts = [(contract, current_terms(contract)) for contract in _drafts(old)]
    read = [(contract, terms, _defined(terms, contract, on) if worded else frozenset()) for contract, terms in drafts]
    return tuple(
        PartNews(
            change,
            tuple((note.why, tuple(new.citation(one) for one in note.law)) for note in change.notes),
            tuple(contract for contract, terms, words in read if change.concerns(terms, words)),
        )
        for change in changes
    )


def _defined(terms: Terms, contract: Contract, on: date) -> frozenset[str]:
    """The words that a contract defines."""
    return frozenset(definitions_in(assemble(terms, library_of(contract), on=on)))


def _notes(change: LibraryChange, library: Library) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((note.why, tuple(library.citation(one) for one in note.law)) for note in change.notes)


def _called(old: Library, new: Library) -> Iterator[tuple[Contract, frozenset[str], frozenset[str]]]:
    """Each draft of the older release: the clauses it has, and those it would have."""
    for contract in _drafts(old):
        terms = current_terms(contract)
        yield contract, clauses_called(terms, library_of(contract)), clauses_called(terms, new)


def _drafts(old: Library) -> Iterable[Contract]:
    drafts = Contract.objects.filter(status=ContractStatus.DRAFT, library_release=old.release).select_related("client")
    return drafts.order_by("client__name", "reference")
