"""Versions of a contract: kept under a number, compared with each other and with the draft."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from convenu.actions.comparing import Comparison, as_rows, clause_words, compare, from_rows
from convenu.actions.contract_library import library_of
from convenu.actions.current_terms import answers_of, current_terms, read, reading_of
from convenu.actions.drafted import Draft, draft_of, law_day
from convenu.actions.look_up import NotFoundError, row
from convenu.actions.mistakes import refuse, refuse_any
from convenu.actions.permissions import Permission, require
from convenu.store import audit
from convenu.store.contracts import ContractStatus
from convenu.store.models import Contract, Membership, Version
from convenu.terms.contract import Terms
from convenu.terms.files import as_data

LONGEST_LABEL = 100
LONGEST_COMMENT = 2000


@transaction.atomic
def save_version(member: Membership, contract: Contract, *, label: str = "", comment: str = "", now: datetime) -> Version:
    """Keep the contract as it stands, under the next number: 0.1, then 0.2. Answers that contradict each other stop it."""
    require(member, Permission.WRITE_CONTRACTS)
    kept = row(Contract, contract.pk, to_change=True)
    if kept.status != ContractStatus.DRAFT:
        refuse("", _("Ce contrat est archivé."), _("Restaurez-le d’abord."))
    if len(label) > LONGEST_LABEL or len(comment) > LONGEST_COMMENT:
        refuse("comment", _("Ce texte est trop long."))
    reading = reading_of(kept, answers_of(kept))
    library = library_of(kept)
    refuse_any(list(reading.contradictions(library)))
    draft = draft_of(reading.terms, library, on=law_day(kept, now))
    version = _keep(member, kept, draft, label=label, comment=comment, now=now)
    audit.append(action="version_saved", subject=kept, actor=member.user, now=now, number=version.number)
    return version


def versions_of(member: Membership, contract: Contract) -> tuple[Version, ...]:
    """The versions of a contract, the latest first."""
    require(member, Permission.SEE)
    return tuple(Version.objects.filter(contract=row(Contract, contract.pk)).select_related("by"))


def compare_versions(member: Membership, before: Version, after: Version) -> Comparison:
    """What the second version changes in the first, as both were written."""
    require(member, Permission.SEE)
    old, new = row(Version, before.pk), row(Version, after.pk)
    if old.contract_id != new.contract_id:
        raise NotFoundError(Version)
    return compare(
        (terms_of(old), from_rows(old.clauses)), (terms_of(new), from_rows(new.clauses)), library_of(row(Contract, new.contract_id))
    )


def compare_with_draft(member: Membership, version: Version, *, now: datetime) -> Comparison:
    """What the draft changes in a version."""
    require(member, Permission.SEE)
    old = row(Version, version.pk)
    contract = row(Contract, old.contract_id)
    draft = draft_of(current_terms(contract), library_of(contract), on=law_day(contract, now))
    return compare((terms_of(old), from_rows(old.clauses)), (draft.terms, clause_words(draft.text)), draft.library)


def terms_of(version: Version) -> Terms:
    """The terms that a version kept."""
    return read(version.terms, over=Terms()).terms


def _keep(member: Membership, contract: Contract, draft: Draft, *, label: str, comment: str, now: datetime) -> Version:
    latest = Version.objects.filter(contract=contract).first()
    return Version.objects.create(
        contract=contract,
        rank=latest.rank + 1 if latest else 1,
        label=" ".join(label.split()),
        comment=comment.strip(),
        terms=as_data(draft.terms),
        clauses=as_rows(clause_words(draft.text)),
        text_hash=draft.text.hash,
        library_release=contract.library_release,
        library_hash=contract.library_hash,
        house_version=contract.house_version,
        law_day=draft.on,
        at=now,
        by=member.user,
    )
