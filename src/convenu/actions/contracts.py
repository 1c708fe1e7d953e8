"""Opening a contract, duplicating it for the next client, and its archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convenu.actions.contract_changes import contract_to_write, save_fields
from convenu.actions.current_terms import answers_of, sector_snapshot, segment_snapshot
from convenu.actions.following import house_snapshot, library_to_open
from convenu.actions.interview import answer
from convenu.actions.look_up import row
from convenu.actions.mistakes import refuse
from convenu.actions.next_client import LEFT_OUT
from convenu.actions.permissions import Permission, require
from convenu.library import loader
from convenu.store import audit
from convenu.store.contracts import ContractStatus
from convenu.store.models import Answer, Client, Contract, Membership
from convenu.terms.closed_lists import ClientSegment
from convenu.terms.states import State

LONGEST_VARIANT = 40


@dataclass(frozen=True, slots=True)
class Segment:
    """A kind of client for which the library has an offer."""

    key: str
    label: str


def segments() -> tuple[Segment, ...]:
    """The segments that a contract can be opened for, smallest clients first."""
    known = loader.current().segments
    return tuple(Segment(key, known[key].label) for key in ClientSegment if key in known)


@transaction.atomic
def open_contract(member: Membership, client: Client, *, segment: str, now: datetime) -> Contract:
    """Open a contract: the segment's and the house's values are proposed, and what the client's card says is answered."""
    contract = _open(member, client, segment=segment, now=now)
    answer(member, contract, dict(_said_already(contract)), now=now)
    return contract


@transaction.atomic
def duplicate_contract(member: Membership, contract: Contract, client: Client, *, now: datetime, variant: str = "") -> Contract:
    """Open a contract on the answers of this one: a variant for the same client; for another, without what belongs to the first.

    `variant` is the name of a variant, which follows its reference: « 2026-003 Confort ».
    """
    source = row(Contract, contract.pk)
    name = " ".join(variant.split()) if client.pk == source.client_id else ""
    if len(name) > LONGEST_VARIANT:
        refuse("variant", _("Nommez la variante en %(most)s caractères au plus.") % {"most": LONGEST_VARIANT})
    copy = _open(member, client, segment=source.segment, now=now, duplicated_from=source, variant=name)
    kept = _carried_over(answers_of(source))
    if copy.client_id == source.client_id:
        _stand_where(copy, source, now=now)
        kept = _stated(answers_of(source))
    answer(member, copy, {**kept, **dict(_said_already(copy))}, now=now)
    return copy


def _stand_where(copy: Contract, source: Contract, *, now: datetime) -> None:
    """A variant keeps the release, the day and the proposed values of what it varies: the two differ by their answers alone."""
    same = ("library_release", "library_hash", "house_version", "segment_terms", "sector_packs", "house_terms", "on_day")
    for name in same:
        setattr(copy, name, getattr(source, name))
    save_fields(copy, *same, now=now)


@transaction.atomic
def archive_contract(member: Membership, contract: Contract, *, now: datetime) -> Contract:
    """Put a contract out of the lists; it is read as before and changes no more."""
    return _set_status(member, contract, ContractStatus.ARCHIVED, action="contract_archived", now=now)


@transaction.atomic
def restore_contract(member: Membership, contract: Contract, *, now: datetime) -> Contract:
    """Take a contract out of the archive."""
    return _set_status(member, contract, ContractStatus.DRAFT, action="contract_restored", now=now)


@transaction.atomic
def choose_law_day(member: Membership, contract: Contract, *, on: date | None, now: datetime) -> Contract:
    """Read the contract with the law of a given day; none means the law of today."""
    kept = contract_to_write(member, contract)
    if kept.on_day != on:
        kept.on_day = on
        save_fields(kept, "on_day", now=now)
        audit.append(action="law_day_chosen", subject=kept, actor=member.user, now=now, on=on.isoformat() if on else None)
    return kept


def _open(
    member: Membership, client: Client, *, segment: str, now: datetime, duplicated_from: Contract | None = None, variant: str = ""
) -> Contract:
    require(member, Permission.WRITE_CONTRACTS)
    owner = row(Client, client.pk, to_change=True)
    library, house_version = library_to_open()
    if segment not in library.segments:
        refuse("segment", _("Choisissez un segment de la liste."))
    if owner.archived_at is not None:
        refuse("client", _("Ce client est archivé."), _("Restaurez-le d’abord."))
    contract = Contract.objects.create(
        client=owner,
        reference=f"{_next_reference(now)} {variant}".strip(),
        segment=segment,
        library_release=library.release,
        library_hash=library.hash,
        house_version=house_version,
        segment_terms=segment_snapshot(library, segment),
        sector_packs=sector_snapshot(library),
        house_terms=house_snapshot(member.organisation_id),
        created_at=now,
        updated_at=now,
        duplicated_from=duplicated_from,
    )
    source = str(duplicated_from.pk) if duplicated_from else None
    audit.append(action="contract_opened", subject=contract, actor=member.user, now=now, segment=segment, duplicated_from=source)
    return contract


def _said_already(contract: Contract) -> Iterator[tuple[str, Any]]:
    yield "client_segment", contract.segment
    yield "contract_reference", contract.reference
    yield "client_name", contract.client.name
    if contract.client.siren:
        yield "client_siren", contract.client.siren


def _stated(answers: Mapping[str, Answer]) -> dict[str, dict[str, Any]]:
    """The answers that say something; an open point is open in the copy as any question without an answer."""
    return {term: kept.value for term, kept in answers.items() if kept.value is not None and kept.value.get("state") != State.UNKNOWN}


def _carried_over(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """The values that hold for the next client too; notes and open points stay with the client they are about."""
    return {
        term: {name: part for name, part in value.items() if name in ("value", "state", "origin")}
        for term, value in _stated(answers).items()
        if term not in LEFT_OUT
    }


def _next_reference(now: datetime) -> str:
    year = timezone.localdate(now).year
    references = Contract.objects.filter(reference__startswith=f"{year}-").values_list("reference", flat=True)
    # A variant bears its name after its number.
    taken = {reference.partition(" ")[0] for reference in references}
    return next(reference for number in range(1, len(taken) + 2) if (reference := f"{year}-{number:03d}") not in taken)


def _set_status(member: Membership, contract: Contract, status: ContractStatus, *, action: str, now: datetime) -> Contract:
    require(member, Permission.WRITE_CONTRACTS)
    kept = row(Contract, contract.pk, to_change=True)
    if kept.status != status:
        kept.status = status
        save_fields(kept, "status", now=now)
        audit.append(action=action, subject=kept, actor=member.user, now=now)
    return kept
