"""The rows of an exported organisation, as the manifest writes them: one class a table, under the names of its columns."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from convenu.agreement.house_clause import HouseClause

FORMAT: Literal["convenu-organisation"] = "convenu-organisation"
FORMAT_VERSION: Literal[1] = 1


class Row(BaseModel):
    """A row read from its table or from a manifest."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class OrganisationRow(Row):
    """The MSP."""

    id: UUID
    name: str
    house_terms: dict[str, Any]
    hourly_cost: Decimal | None
    # Absent from what an older release exported.
    costs: dict[str, Any] = {}
    opened_at: AwareDatetime


class PersonRow(Row):
    """Somebody who works in it or did something there; no password and no secret ever leaves."""

    id: UUID
    email: str
    display_name: str
    language: str
    theme: str
    single_letter_keys: bool


class MembershipRow(Row):
    """A person's place."""

    id: UUID
    user_id: UUID
    role: str
    is_active: bool
    joined_at: AwareDatetime


class ClientRow(Row):
    """A client."""

    id: UUID
    name: str
    siren: str
    archived_at: AwareDatetime | None
    created_at: AwareDatetime


class HouseVersionRow(Row):
    """A version of the house's own clauses and wordings."""

    id: UUID
    number: int
    clauses: tuple[HouseClause, ...]
    hash: str
    at: AwareDatetime
    by_id: UUID


class HouseDraftRow(Row):
    """A clause of the house being written."""

    id: UUID
    key: str
    clause: HouseClause
    updated_at: AwareDatetime
    updated_by_id: UUID


class ContractRow(Row):
    """A contract and the defaults it started from."""

    id: UUID
    client_id: UUID
    reference: str
    segment: str
    status: str
    library_release: str
    library_hash: str
    house_version_id: UUID | None = None
    segment_terms: dict[str, Any]
    # Absent from what an older release exported.
    sector_packs: dict[str, Any] = {}
    house_terms: dict[str, Any]
    on_day: date | None
    created_at: AwareDatetime
    updated_at: AwareDatetime
    duplicated_from_id: UUID | None


class AnswerRow(Row):
    """An answer."""

    id: UUID
    contract_id: UUID
    term: str
    value: dict[str, Any] | None
    version: int
    updated_at: AwareDatetime
    updated_by_id: UUID


class HistoryRow(Row):
    """A change of an answer."""

    id: UUID
    contract_id: UUID
    step: UUID
    term: str
    old: dict[str, Any] | None
    new: dict[str, Any] | None
    version: int
    at: AwareDatetime
    by_id: UUID
    undone_at: AwareDatetime | None


class DismissalRow(Row):
    """A finding put aside."""

    id: UUID
    contract_id: UUID
    finding: str
    rule: str
    reason: str
    digest: str
    at: AwareDatetime
    by_id: UUID


class ClauseRow(Row):
    """The words of a clause in a version."""

    clause: str
    number: str
    title: str
    words: str


class VersionRow(Row):
    """A version."""

    id: UUID
    contract_id: UUID
    rank: int
    label: str
    comment: str
    terms: dict[str, Any]
    clauses: tuple[ClauseRow, ...]
    text_hash: str
    library_release: str
    library_hash: str
    house_version_id: UUID | None = None
    law_day: date
    at: AwareDatetime
    by_id: UUID


class FileRow(Row):
    """A kept file; its bytes are beside the manifest, under its SHA-256."""

    id: UUID
    version_id: UUID | None
    kind: str
    name: str
    media_type: str
    sha256: str
    at: AwareDatetime
    by_id: UUID


class LinkRow(Row):
    """A contract opened to somebody by a link. Its secret stays behind: brought in elsewhere, the link is ended, and its holder named."""

    id: UUID
    contract_id: UUID
    version_id: UUID | None
    role: str
    name: str
    email: str
    with_word: bool
    with_positions: bool = False
    at: AwareDatetime
    by_id: UUID
    expires_at: AwareDatetime
    withdrawn_at: AwareDatetime | None
    last_opened_at: AwareDatetime | None
    told_at: AwareDatetime | None


class RemarkRow(Row):
    """Something said of a contract by the holder of a link, or an answer to it."""

    id: UUID
    contract_id: UUID
    kind: str
    link_id: UUID | None
    by_id: UUID | None
    answers_id: UUID | None
    clause: str
    place: str
    finding: str
    digest: str
    words: str
    at: AwareDatetime
    closed_at: AwareDatetime | None
    closed_by_id: UUID | None


class ProvisionalRow(Row):
    """A provisional contract and the client's answer."""

    id: UUID
    version_id: UUID
    valid_until: date
    status: str
    at: AwareDatetime
    by_id: UUID
    sent_at: AwareDatetime | None
    decided_at: AwareDatetime | None
    decided_by: str
    decided_link_id: UUID | None
    decided_words: str
    converted_at: AwareDatetime | None


class InventoryRow(Row):
    """A client's inventory of a day; its assets are JSON kept as text."""

    id: UUID
    client_id: UUID
    day: date
    name: str
    rows: int
    assets: str
    asset_count: int
    rejected: str
    dropped: tuple[str, ...]
    personal: tuple[str, ...]
    hash: str
    at: AwareDatetime
    by_id: UUID


class HourPackRow(Row):
    """Prepaid packs bought under a contract."""

    id: UUID
    contract_id: UUID
    day: date
    packs: int
    at: AwareDatetime
    by_id: UUID


class ColumnsRow(Row):
    """How the columns of an inventory were answered."""

    id: UUID
    columns_key: str
    mapping: dict[str, Any]
    updated_at: AwareDatetime


class ReadingRow(Row):
    """A rule of the library that somebody has read."""

    id: UUID
    rule: str
    fingerprint: str
    reader: str
    recorded_by_id: UUID
    at: AwareDatetime


class TicketSourceRow(Row):
    """A source of past tickets."""

    id: UUID
    name: str
    mapping: dict[str, Any]
    assets: int | None
    interruptions: list[dict[str, Any]]
    created_at: AwareDatetime
    updated_at: AwareDatetime


class WorkRow(Row):
    """A work that ended."""

    id: UUID
    state: str
    done: int
    total: int
    stop_asked: bool
    trouble: str
    at: AwareDatetime
    by_id: UUID
    seen_at: AwareDatetime | None
    finished_at: AwareDatetime | None


class TicketImportRow(WorkRow):
    """An export that was read; its file is not kept."""

    source_id: UUID
    file_name: str
    mapping: dict[str, Any]
    form: dict[str, str]
    added: int
    updated: int
    unchanged: int
    left_out: int
    shown_twice: int
    rejected_count: int
    rejected: str


class StoredAuditRow(WorkRow):
    """A contract of any origin that was audited; its bytes stand beside the manifest, by their digest."""

    file_name: str
    sha256: str
    text: str
    segment: str
    on_day: date
    summary: dict[str, Any]
    confirmed: dict[str, Any]
    contract_id: UUID | None


class StoredTicketRow(Row):
    """A past ticket, its facts as they were told last."""

    id: UUID
    source_id: UUID
    key: str
    client: str
    facts: str
    reason: str


class ReplayRow(WorkRow):
    """Proposals tried on past tickets, with their result."""

    contract_id: UUID
    proposals: list[dict[str, Any]]
    sources: list[str]
    client_name: str
    drawn: dict[str, int] | None
    library_release: str
    library_hash: str
    house_version_id: UUID | None
    law_day: date
    result: str
    result_hash: str
    as_of: int | None
    tickets_hash: str


class HouseRow(Row):
    """What the MSP's documents look like."""

    id: UUID
    logo_id: UUID | None
    colour: str
    legal_footer: str


class EntryRow(Row):
    """An entry of the journal."""

    number: int
    at: AwareDatetime
    actor_id: UUID | None
    action: str
    subject: str
    details: dict[str, Any]
    previous_hash: str
    hash: str


class Manifest(Row):
    """Everything of an organisation but the bytes of its files.

    Invitations still open are not carried, for their links would die, nor the files of an inventory that nobody has taken.
    """

    format: Literal["convenu-organisation"]
    format_version: Literal[1]
    exported_at: AwareDatetime
    library_release: str
    organisation: OrganisationRow
    people: tuple[PersonRow, ...]
    members: tuple[MembershipRow, ...]
    house_versions: tuple[HouseVersionRow, ...] = ()
    house_drafts: tuple[HouseDraftRow, ...] = ()
    clients: tuple[ClientRow, ...]
    contracts: tuple[ContractRow, ...]
    answers: tuple[AnswerRow, ...]
    history: tuple[HistoryRow, ...]
    dismissals: tuple[DismissalRow, ...]
    versions: tuple[VersionRow, ...]
    # An archive made before there were links has none.
    links: tuple[LinkRow, ...] = ()
    remarks: tuple[RemarkRow, ...] = ()
    # Nor provisional contracts, nor inventories.
    provisionals: tuple[ProvisionalRow, ...] = ()
    inventories: tuple[InventoryRow, ...] = ()
    hour_packs: tuple[HourPackRow, ...] = ()
    columns: tuple[ColumnsRow, ...] = ()
    # Nor any rule read.
    readings: tuple[ReadingRow, ...] = ()
    # Nor any past.
    ticket_sources: tuple[TicketSourceRow, ...] = ()
    ticket_imports: tuple[TicketImportRow, ...] = ()
    tickets: tuple[StoredTicketRow, ...] = ()
    replays: tuple[ReplayRow, ...] = ()
    audits: tuple[StoredAuditRow, ...] = ()
    files: tuple[FileRow, ...]
    house: tuple[HouseRow, ...]
    journal: tuple[EntryRow, ...]
