"""A contract as the holder of a link reads it: its words, its files and, for a lawyer, the findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from convenu.actions.contract_library import library_of
from convenu.actions.current_terms import current_terms
from convenu.actions.drafted import Draft, draft_of, law_day
from convenu.actions.drafts import Download, as_offered, made_of, version_file_of
from convenu.actions.links import count_request
from convenu.actions.look_up import NotFoundError, row
from convenu.actions.permissions import Permission, link_may, require_link, shared_files
from convenu.actions.standing import Findings, findings_of
from convenu.store import audit
from convenu.store.models import AccessLink, Contract, StoredFile, Version
from convenu.store.versions import FileKind
from convenu.vocabulary.contract_text import ContractText


@dataclass(frozen=True, slots=True)
class SharedContract:
    """What a link opens; `findings` is for a lawyer only."""

    link: AccessLink
    contract: Contract
    version: Version | None
    draft: Draft
    findings: Findings | None

    @property
    def text(self) -> ContractText:
        """The words of the contract."""
        return self.draft.text


def shared_contract(link: AccessLink, *, now: datetime) -> SharedContract:
    """Read what a link opens: the draft as it stands now, or a version as it stood."""
    require_link(link, Permission.READ_SHARED, now=now)
    contract = row(Contract, link.contract_id)
    version = row(Version, link.version_id) if link.version_id else None
    draft = as_offered(version) if version else draft_of(current_terms(contract), library_of(contract), on=law_day(contract, now))
    findings = findings_of(contract, draft.terms, draft.findings) if link_may(link, Permission.READ_SHARED_FINDINGS) else None
    return SharedContract(link, contract, version, draft, findings)


@transaction.atomic
def shared_file(link: AccessLink, kind: FileKind, *, now: datetime) -> Download | StoredFile:
    """A file that the link hands over: the bytes kept of a version, or the draft as it stands."""
    require_link(link, Permission.READ_SHARED, now=now)
    if kind not in shared_files(link):
        raise NotFoundError(StoredFile)
    count_request(link, now=now)
    audit.append(action="link_downloaded", subject=link, actor=None, now=now, kind=kind.value)
    if link.version_id:
        return version_file_of(row(Version, link.version_id, to_change=True), kind, by=link.by, now=now)
    return made_of(row(Contract, link.contract_id), kind, now=now)
