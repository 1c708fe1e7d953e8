"""A contract priced and costed: its price for every member, its cost and its margin for those who may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from convenu.actions.brand import brand_of
from convenu.actions.contract_library import library_of
from convenu.actions.current_terms import current_terms
from convenu.actions.drafted import Draft
from convenu.actions.drafts import Download, pdf_workers
from convenu.actions.inventories import held_against
from convenu.actions.own_costs import costs_of
from convenu.actions.past_tickets import past_of
from convenu.actions.permissions import Permission, require
from convenu.actions.replays import last_replay, result_of, taken_by
from convenu.agreement.costing.history import History, history_of
from convenu.agreement.costing.options import Options, compare
from convenu.agreement.costing.quote import Costing, Offer, costing, offer
from convenu.agreement.revision_letter import revision_letter
from convenu.documents.edition import Edition, EditionStatus
from convenu.documents.notes import Chapter, Note, note_pdf_files, write_note_word
from convenu.documents.pdf import made_on
from convenu.documents.price_sheet import write_price_sheet
from convenu.library.costing import assumptions
from convenu.service.coverage import coverage_day
from convenu.service.indexation import Revision
from convenu.service.inventory_terms import counted_by_class
from convenu.service.quantities import Population
from convenu.store.models import ClientInventory, Contract, Membership
from convenu.store.versions import MEDIA_TYPES, FileKind
from convenu.terms.closed_lists import ClientSegment
from convenu.terms.contract import Terms
from convenu.vocabulary import french
from convenu.vocabulary.money import Money

_INVENTORIES = 2


@dataclass(frozen=True, slots=True)
class Held:
    """What an inventory of a day counts; users, sites and classes that its files do not hold are those declared."""

    day: date
    population: Population


@dataclass(frozen=True, slots=True)
class Compared:
    """Variants side by side, with the costing of each for those who may see it."""

    options: Options
    costings: dict[str, Costing]


def offer_of(member: Membership, terms: Terms, *, on: date | None = None) -> Offer:
    """The price of a contract's terms on a day; a grid not agreed yet is told as a mistake."""
    require(member, Permission.SEE)
    return offer(terms, on=on)


def costing_of(member: Membership, terms: Terms, *, on: date, history: History | None = None) -> Costing:
    """What a contract's terms cost and leave on a day, with the organisation's costs."""
    require(member, Permission.SEE_COSTS)
    segment = terms.client_segment.value or ClientSegment.PME
    return costing(terms, costs=costs_of(member), assumptions=assumptions()[segment], on=on, history=history)


def has_history(member: Membership, contract: Contract) -> bool:
    """Whether a replay of the contract has ended, so that its tickets may tell the hours."""
    require(member, Permission.SEE_COSTS)
    return last_replay(contract) is not None


def history_for(member: Membership, contract: Contract) -> History | None:
    """The demand and the credits of the last replay of a contract; None when none has ended."""
    require(member, Permission.SEE_COSTS)
    run = last_replay(contract)
    if run is None:
        return None
    months = result_of(run)[0]["credits"]["by_month"]
    return history_of(past_of(taken_by(run)).tickets, credits_by_month=[Money.parse(one["amount"]) for one in months])


def held_by(member: Membership, contract: Contract, terms: Terms) -> list[Held]:
    """What the two latest inventories of the client count under this contract, the older first; empty when there is none."""
    require(member, Permission.SEE)
    declared = Population.declared(terms)
    latest = list(ClientInventory.objects.filter(client=contract.client_id)[:_INVENTORIES])
    found = []
    for kept in reversed(latest):
        assets = counted_by_class(held_against(kept, terms, on=coverage_day(terms, kept.day))[1])
        found.append(Held(kept.day, replace(declared, assets={**declared.assets, **assets})))
    return found


def letter_of(
    member: Membership, contract: Contract, draft: Draft, revision: Revision, kind: FileKind, *, now: datetime
) -> Download:  # fmt: skip
    """The letter of a revision, in Word or PDF; it is written anew each time and nothing is sent."""
    require(member, Permission.SEE)
    today = timezone.localdate(now)
    letter = revision_letter(draft.terms, draft.text, revision, today=today)
    note = Note(letter.title, letter.subject, (Chapter(letter.head, letter.blocks),))
    edition = Edition(version=french.day(today), day=today, status=EditionStatus.LETTER)
    brand = brand_of(member.organisation)
    if kind is FileKind.PDF:
        content = pdf_workers().typeset(note_pdf_files(note, brand=brand, edition=edition), made=made_on(edition))
    else:
        content = write_note_word(note, brand=brand, edition=edition, marks={})
    return Download(f"revision-{revision.on:%Y-%m-%d}-{contract.reference}.{kind}", MEDIA_TYPES[kind][0], content)


def sheet_of(
    member: Membership, contract: Contract, terms: Terms, *, on: date, private: bool, history: History | None = None
) -> tuple[str, bytes]:
    """The price as an Excel file, with its name; `private` adds the cost and the margin, from the hours that the page shows."""
    require(member, Permission.SEE_COSTS if private else Permission.SEE)
    content = write_price_sheet(offer(terms, on=on), costing_of(member, terms, on=on, history=history) if private else None)
    return f"{'chiffrage' if private else 'prix'}-{contract.reference}.xlsx", content


def variants_of(member: Membership, contract: Contract) -> list[Contract]:
    """The other contracts of the same client that may be set beside this one, the latest first."""
    require(member, Permission.SEE)
    return list(Contract.objects.filter(client_id=contract.client_id).exclude(pk=contract.pk).order_by("-created_at"))


def compared(member: Membership, contracts: Sequence[Contract], *, on: date, private: bool) -> Compared:
    """Contracts side by side, the first one being the measure; `private` adds the costing of each."""
    require(member, Permission.SEE_COSTS if private else Permission.SEE)
    terms = {one.reference: current_terms(one) for one in contracts}
    options = compare(terms, library_of(contracts[0]), on=on)
    return Compared(options, {name: costing_of(member, one, on=on) for name, one in terms.items()} if private else {})
