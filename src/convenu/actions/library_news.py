"""What the library changes from one release to another, and the contracts of the organisation that each change concerns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from convenu.actions.contract_library import library_of
from convenu.actions.current_terms import current_terms
from convenu.actions.permissions import Permission, require
from convenu.agreement.library import Library
from convenu.agreement.library_changes import LibraryChange, changes_between, clauses_called
from convenu.store.contracts import ContractStatus
from convenu.store.models import Contract, Membership


@dataclass(frozen=True, slots=True)
class News:
    """A change, why and on what law in the words of its authors, and the contracts of the older release that it would touch."""

    change: LibraryChange
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


def _notes(change: LibraryChange, library: Library) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((note.why, tuple(library.citation(one) for one in note.law)) for note in change.notes)


def _called(old: Library, new: Library) -> Iterator[tuple[Contract, frozenset[str], frozenset[str]]]:
    """Each draft of the older release: the clauses it has, and those it would have."""
    drafts = Contract.objects.filter(status=ContractStatus.DRAFT, library_release=old.release).select_related("client")
    for contract in drafts.order_by("client__name", "reference"):
        terms = current_terms(contract)
        yield contract, clauses_called(terms, library_of(contract)), clauses_called(terms, new)
