"""Taking an organisation out whole, and bringing it in: the same content, whoever hosts it."""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError as FieldError
from django.core.validators import validate_email
from django.db import DatabaseError, models, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from pydantic import ValidationError

from convenu.actions.accounts import mistakes_in_password
from convenu.actions.archive import Archive, read_archive, write_archive
from convenu.actions.company import house_terms
from convenu.actions.exchange_format import (
    FORMAT,
    FORMAT_VERSION,
    AnswerRow,
    ClientRow,
    ColumnsRow,
    ContractRow,
    DismissalRow,
    EntryRow,
    FileRow,
    HistoryRow,
    HourPackRow,
    HouseDraftRow,
    HouseRow,
    HouseVersionRow,
    InventoryRow,
    LinkRow,
    Manifest,
    MembershipRow,
    OrganisationRow,
    PersonRow,
    ProvisionalRow,
    ReadingRow,
    RemarkRow,
    ReplayRow,
    Row,
    StoredAuditRow,
    StoredTicketRow,
    TicketImportRow,
    TicketSourceRow,
    VersionRow,
)
from convenu.actions.mistakes import refuse_any
from convenu.actions.organisations import nothing_opened_yet
from convenu.actions.permissions import Permission, require
from convenu.agreement.house import HouseLayer, mistakes_with
from convenu.connectors.tickets_file import ticket_from
from convenu.documents.reading.reader import read_text
from convenu.library import loader
from convenu.library.shelf import ReleaseNotShippedError
from convenu.store import audit
from convenu.store.audit import FIRST_HASH
from convenu.store.credentials import token_digest
from convenu.store.models import (
    AccessLink,
    Answer,
    AnswerHistory,
    AuditEntry,
    Client,
    ClientInventory,
    ColumnsMapping,
    Contract,
    Dismissal,
    HourPackPurchase,
    House,
    HouseDraft,
    HouseVersion,
    Membership,
    Organisation,
    ProvisionalContract,
    Remark,
    ReplayRun,
    RuleReading,
    StoredAudit,
    StoredFile,
    StoredTicket,
    TicketImport,
    TicketSource,
    User,
    Version,
)
from convenu.store.people import Role, plain_email
from convenu.store.tenancy import OtherTenantError, TenantModel, tenant_scope
from convenu.store.versions import MEDIA_TYPES, FileKind
from convenu.store.work import OVER
from convenu.vocabulary.mistakes import Mistake, MistakesError

R = TypeVar("R", bound=Row)
# Of rows written together.
A_BATCH = 2000


@dataclass(frozen=True, slots=True)
class FirstSignIn:
    """The owner of an imported organisation who opens it first, with a new password: none travels."""

    email: str
    password: str


@transaction.atomic
def export_organisation(member: Membership, *, now: datetime) -> bytes:
    """Everything of the organisation in one zip file, journal and files included; neither passwords nor secrets."""
    require(member, Permission.EXPORT)
    organisation = Organisation.objects.get(pk=member.organisation_id)
    manifest = _manifest(organisation, now=now)
    files = {kept.sha256: bytes(kept.content) for kept in StoredFile.objects.iterator(chunk_size=50)}
    files |= {kept.sha256: bytes(kept.content) for kept in StoredAudit.objects.filter(state__in=OVER).iterator(chunk_size=20)}
    content = write_archive(Archive(manifest.model_dump(mode="json"), files))
    audit.append(action="organisation_exported", subject=organisation, actor=member.user, now=now)
    return content


def import_organisation(content: bytes, *, now: datetime, first: FirstSignIn | None = None) -> Organisation:
    """Bring an exported organisation in. Only whoever runs the installation calls this: an empty one's first page, or its command line.

    An empty installation keeps every key and asks for the owner's new password. Beside other organisations it becomes a new one, with
    new keys; people already known by their address keep their account, the others ask for a password by « mot de passe oublié ».
    """
    archive = read_archive(content)
    manifest = _read_manifest(archive.manifest)
    looks = (_mistakes_in_people, _mistakes_in_journal, _mistakes_in_library, _mistakes_in_past, _mistakes_in_inventories)
    refuse_any([*_mistakes_in_files(manifest, archive.files), *(mistake for look in looks for mistake in look(manifest))])
    empty = nothing_opened_yet()
    if empty:
        refuse_any(_mistakes_in_first(manifest, first))
    try:
        with transaction.atomic():
            return _Import(manifest, archive.files, keep_keys=empty, first=first if empty else None, now=now).run()
    except (DatabaseError, FieldError, KeyError, OtherTenantError) as error:
        raise MistakesError([_damaged(_("ses lignes ne vont pas ensemble"))]) from error


def _manifest(organisation: Organisation, *, now: datetime) -> Manifest:
    members = _rows(MembershipRow, Membership.objects.order_by("joined_at", "id"))
    tables: dict[str, tuple[Row, ...]] = {
        "house_versions": _rows(HouseVersionRow, HouseVersion.objects.order_by("number")),
        "house_drafts": _rows(HouseDraftRow, HouseDraft.objects.order_by("key")),
        "clients": _rows(ClientRow, Client.objects.order_by("created_at", "id")),
        "contracts": _rows(ContractRow, Contract.objects.order_by("created_at", "id")),
        "answers": _rows(AnswerRow, Answer.objects.order_by("contract__created_at", "contract_id", "term")),
        "history": _rows(HistoryRow, AnswerHistory.objects.order_by("at", "contract_id", "term", "version")),
        "dismissals": _rows(DismissalRow, Dismissal.objects.order_by("at", "contract_id", "finding")),
        "versions": _rows(VersionRow, Version.objects.order_by("at", "contract_id", "rank")),
        "links": _rows(LinkRow, AccessLink.objects.order_by("at", "contract_id", "id")),
        # What answers comes after what it answers, as it will be written.
        "remarks": _rows(RemarkRow, Remark.objects.order_by(F("answers").asc(nulls_first=True), "at", "id")),
        "provisionals": _rows(ProvisionalRow, ProvisionalContract.objects.order_by("at", "id")),
        "inventories": _rows(InventoryRow, ClientInventory.objects.order_by("at", "id")),
        "hour_packs": _rows(HourPackRow, HourPackPurchase.objects.order_by("at", "id")),
        "columns": _rows(ColumnsRow, ColumnsMapping.objects.order_by("columns_key")),
        "readings": _rows(ReadingRow, RuleReading.objects.order_by("rule")),
        "ticket_sources": _rows(TicketSourceRow, TicketSource.objects.order_by("name")),
        # What is not over stays: nobody does it elsewhere.
        "ticket_imports": _rows(TicketImportRow, TicketImport.objects.filter(state__in=OVER).defer("content").order_by("at", "id")),
        "tickets": _rows(StoredTicketRow, StoredTicket.objects.order_by("source__name", "key").iterator(chunk_size=2000)),
        "audits": _rows(StoredAuditRow, StoredAudit.objects.filter(state__in=OVER).defer("content").order_by("at", "id")),
        "replays": _rows(ReplayRow, ReplayRun.objects.filter(state__in=OVER).order_by("at", "id")),
        "files": _rows(FileRow, StoredFile.objects.defer("content").order_by("at", "sha256", "id")),
        "house": _rows(HouseRow, House.objects.all()),
        "journal": _rows(EntryRow, AuditEntry.objects.order_by("number")),
    }
    named = {key for rows in (members, *tables.values()) for row in rows for key in _people_in(row)}
    return Manifest(
        format=FORMAT,
        format_version=FORMAT_VERSION,
        exported_at=now,
        library_release=loader.current().release,
        organisation=OrganisationRow.model_validate(organisation),
        people=_rows(PersonRow, User.objects.filter(pk__in=named).order_by("email")),
        members=members,
        **tables,  # type: ignore[arg-type]
    )


def _rows(kind: type[R], found: Iterable[models.Model]) -> tuple[R, ...]:
    return tuple(kind.model_validate(one) for one in found)


def _people_in(row: Row) -> Iterator[uuid.UUID]:
    for name in ("user_id", "by_id", "updated_by_id", "closed_by_id", "recorded_by_id", "actor_id"):
        key = getattr(row, name, None)
        if key is not None:
            yield key


def _read_manifest(data: Any) -> Manifest:
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise MistakesError([_damaged(_("ce n’est pas un fichier d’export lisible"))])
    if data.get("format_version") != FORMAT_VERSION:
        told = str(data.get("format_version"))[:20]
        raise MistakesError(
            [
                Mistake(
                    "archive",
                    _("Cette archive est au format %(version)s, que cette version de Convenu ne connaît pas.") % {"version": told},
                    _("Mettez Convenu à jour."),
                )
            ]
        )
    try:
        return Manifest.model_validate(data)
    except ValidationError as error:
        places = [".".join(str(part) for part in detail["loc"]) for detail in error.errors(include_url=False)]
        raise MistakesError([_damaged(_("« %(place)s » ne se lit pas") % {"place": place[:120]}) for place in places[:20]]) from error


def _damaged(reason: str) -> Mistake:
    return Mistake("archive", _("Cette archive est refusée : %(reason)s.") % {"reason": reason}, _("Faites un nouvel export."))


def _mistakes_in_files(manifest: Manifest, files: Mapping[str, bytes]) -> list[Mistake]:
    missing = [row.name for row in manifest.files if row.sha256 not in files]
    missing += [row.file_name for row in manifest.audits if row.sha256 not in files or not _is_read(row.text)]
    kinds = set(FileKind.values)
    strange = [row.name for row in manifest.files if row.kind not in kinds or row.media_type not in MEDIA_TYPES[FileKind(row.kind)]]
    strange += [row.name for row in manifest.files if "/" in row.name or "\\" in row.name]
    return [_damaged(_("le fichier « %(name)s » manque ou n’est pas ce qu’il dit") % {"name": name[:80]}) for name in [*missing, *strange]]


def _is_read(text: str) -> bool:
    """Whether the words kept of an audited file are a document."""
    try:
        return not text or read_text("", json.loads(text)) is not None
    except (ValueError, KeyError, TypeError):
        return False


def _mistakes_in_people(manifest: Manifest) -> list[Mistake]:
    found: list[Mistake] = []
    for person in manifest.people:
        try:
            validate_email(person.email)
        except FieldError:
            found.append(_damaged(_("l’adresse « %(email)s » n’en est pas une") % {"email": person.email[:80]}))
    if not any(row.role == Role.OWNER and row.is_active for row in manifest.members):
        found.append(_damaged(_("l’entreprise n’a pas de propriétaire")))
    return found


def _mistakes_in_journal(manifest: Manifest) -> list[Mistake]:
    """The chain of the journal, read with the keys it was written with."""
    before = FIRST_HASH
    for number, row in enumerate(manifest.journal, start=1):
        entry = AuditEntry(organisation_id=manifest.organisation.id, **row.model_dump())
        if row.number != number or row.previous_hash != before or entry.computed_hash() != row.hash:
            return [_damaged(_("son journal a été modifié à l’entrée %(number)s") % {"number": number})]
        before = row.hash
    return []


def _mistakes_in_past(manifest: Manifest) -> list[Mistake]:
    """Tickets that are no facts, and results of a replay that are not as they were kept."""
    found = [row.key for row in manifest.tickets if row.facts and not _are_facts(row.facts)]
    told = [_damaged(_("le ticket « %(key)s » ne se lit pas") % {"key": key[:80]}) for key in found[:20]]
    changed = [row for row in manifest.replays if row.result and hashlib.sha256(row.result.encode()).hexdigest() != row.result_hash]
    return [*told, *(_damaged(_("le résultat d’un rejeu a été modifié")) for _row in changed)]


def _are_facts(written: str) -> bool:
    try:
        ticket_from(json.loads(written))
    except (KeyError, TypeError, ValueError, AttributeError):
        return False
    return True


def _mistakes_in_library(manifest: Manifest) -> list[Mistake]:
    """Contracts pinned to a release that this installation does not have, and versions of the house that are not as they were kept."""
    return [*_unknown_releases(manifest), *_damaged_houses(manifest)]


def _unknown_releases(manifest: Manifest) -> Iterator[Mistake]:
    pinned: list[ContractRow | VersionRow | ReplayRow] = [*manifest.contracts, *manifest.versions, *manifest.replays]
    for name, content_hash in sorted({(row.library_release, row.library_hash) for row in pinned}):
        try:
            loader.pinned(name, content_hash)
        except ReleaseNotShippedError:
            told = _("Cette archive emploie la version %(release)s de la bibliothèque, que cette version de Convenu ne connaît pas.")
            yield Mistake("archive", told % {"release": name[:40]}, _("Mettez Convenu à jour."))


def _damaged_houses(manifest: Manifest) -> Iterator[Mistake]:
    layers = {row.id: HouseLayer(row.number, row.clauses) for row in manifest.house_versions}
    changed = {row.id for row in manifest.house_versions if layers[row.id].hash != row.hash}
    pinned: list[ContractRow | VersionRow] = [*manifest.contracts, *manifest.versions]
    for row in pinned:
        layer = layers.get(row.house_version_id) if row.house_version_id else None
        with suppress(ReleaseNotShippedError):
            if layer and row.house_version_id and mistakes_with(loader.pinned(row.library_release, row.library_hash), layer):
                changed.add(row.house_version_id)
    for key in changed:
        yield _damaged(_("la version %(number)s de ses clauses a été modifiée") % {"number": layers[key].number})


def _mistakes_in_inventories(manifest: Manifest) -> list[Mistake]:
    """Inventories whose assets are not those that were kept."""
    changed = [row.name for row in manifest.inventories if not _is_whole(row)]
    return [_damaged(_("l’inventaire « %(name)s » a été modifié") % {"name": name[:80]}) for name in changed]


def _is_whole(row: InventoryRow) -> bool:
    try:
        return ClientInventory(day=row.day, assets=row.assets).inventory().hash == row.hash and isinstance(json.loads(row.rejected), list)
    except (ValueError, TypeError, KeyError):
        return False


def _mistakes_in_first(manifest: Manifest, first: FirstSignIn | None) -> list[Mistake]:
    if first is None:
        return [Mistake("email", _("Dites quel propriétaire ouvre l’entreprise, et son nouveau mot de passe."))]
    owners = {row.user_id for row in manifest.members if row.role == Role.OWNER and row.is_active}
    person = next((one for one in manifest.people if one.id in owners and one.email == plain_email(first.email)), None)
    if person is None:
        return [Mistake("email", _("Cette adresse n’est pas celle d’un propriétaire de l’entreprise."))]
    return mistakes_in_password(first.password, User(email=person.email, display_name=person.display_name))


class _Import:
    """One import: each row under its key here, old ones pointing to their new places."""

    def __init__(
        self, manifest: Manifest, files: Mapping[str, bytes], *, keep_keys: bool, first: FirstSignIn | None, now: datetime
    ) -> None:
        self.manifest = manifest
        self.files = files
        self.keep_keys = keep_keys
        self.first = first
        self.now = now
        self.keys: dict[uuid.UUID, uuid.UUID] = {}

    def run(self) -> Organisation:
        """Write everything, in the order in which rows point to each other."""
        rows = self.manifest
        organisation = self._organisation()
        for person in rows.people:
            self._person(person)
        with tenant_scope(organisation):
            self._write(Membership, rows.members)
            self._write(HouseVersion, rows.house_versions)
            self._write(HouseDraft, rows.house_drafts)
            self._write(Client, rows.clients)
            self._write(Contract, rows.contracts)
            self._write(Answer, rows.answers)
            self._write(AnswerHistory, rows.history)
            self._write(Dismissal, rows.dismissals)
            self._write(Version, rows.versions)
            self._write(AccessLink, rows.links)
            self._write(Remark, rows.remarks)
            self._write(ProvisionalContract, rows.provisionals)
            self._write(ClientInventory, rows.inventories)
            self._write(HourPackPurchase, rows.hour_packs)
            self._write(ColumnsMapping, rows.columns)
            self._write(RuleReading, rows.readings)
            self._write(TicketSource, rows.ticket_sources)
            self._write(TicketImport, rows.ticket_imports)
            self._write_many(StoredTicket, rows.tickets)
            self._write(ReplayRun, rows.replays)
            self._write(StoredAudit, rows.audits)
            self._write(StoredFile, rows.files)
            self._write(House, rows.house)
            self._journal(organisation)
            audit.append(action="organisation_imported", subject=organisation, actor=None, now=self.now, entries=len(rows.journal))
        return organisation

    def _organisation(self) -> Organisation:
        row = self.manifest.organisation
        fields = {**row.model_dump(), "id": self._new_key(row.id), "house_terms": house_terms(row.house_terms).as_json()}
        organisation = Organisation(**fields)
        organisation.clean_fields(exclude=_unchecked(organisation))
        organisation.save(force_insert=True)
        return organisation

    def _person(self, row: PersonRow) -> None:
        known = User.objects.filter(email=plain_email(row.email)).first()
        if known is not None:
            self.keys[row.id] = known.pk
            return
        user = User(**{**row.model_dump(), "id": self._new_key(row.id)})
        user.set_unusable_password()
        if self.first is not None and plain_email(self.first.email) == user.email:
            user.set_password(self.first.password)
        user.clean_fields(exclude=_unchecked(user))
        user.save(force_insert=True)

    def _write(self, model: type[TenantModel], rows: Iterable[Row]) -> None:
        for row in rows:
            self._new_key(row.id)  # type: ignore[attr-defined]
        for row in rows:
            made = model(**self._fields(row))
            made.clean_fields(exclude=_unchecked(made))
            made.save(force_insert=True)

    def _write_many(self, model: type[TenantModel], rows: Sequence[Row]) -> None:
        """Write rows that none other points to, many at once."""
        for start in range(0, len(rows), A_BATCH):
            batch = []
            for row in rows[start : start + A_BATCH]:
                self._new_key(row.id)  # type: ignore[attr-defined]
                batch.append(model(**self._fields(row)))
            for made in batch:
                made.clean_fields(exclude=_unchecked(made))
            model.objects.bulk_create(batch)

    def _fields(self, row: Row) -> dict[str, Any]:
        if isinstance(row, HistoryRow):
            self._new_key(row.step)
        fields = {name: self._key(value) if isinstance(value, uuid.UUID) else value for name, value in row.model_dump().items()}
        if isinstance(row, FileRow | StoredAuditRow):
            fields["content"] = self.files[row.sha256]
        if isinstance(row, LinkRow):
            # Nobody holds the secret of this one: the addresses that were sent lead to where it comes from.
            fields |= {"token_digest": token_digest(secrets.token_urlsafe(32)), "withdrawn_at": row.withdrawn_at or self.now}
        if isinstance(row, ReplayRow):
            # A source removed since the replay has no key here either.
            fields["sources"] = [self._renamed(f"source:{key}").removeprefix("source:") for key in row.sources]
        if isinstance(row, VersionRow | HouseVersionRow):
            fields["clauses"] = [clause.model_dump(mode="json") for clause in row.clauses]
        return fields

    def _key(self, old: uuid.UUID) -> uuid.UUID:
        return self.keys[old]

    def _new_key(self, old: uuid.UUID) -> uuid.UUID:
        return self.keys.setdefault(old, old if self.keep_keys else uuid.uuid4())

    def _journal(self, organisation: Organisation) -> None:
        """The entries as they were, chained anew under the keys of here: the same hashes when the keys are the same."""
        before = FIRST_HASH
        for row in self.manifest.journal:
            entry = AuditEntry(organisation=organisation, **{**row.model_dump(), "previous_hash": before})
            entry.actor_id = self._key(row.actor_id) if row.actor_id else None
            entry.subject = self._renamed(row.subject)
            entry.details = {name: self._renamed(value) if isinstance(value, str) else value for name, value in row.details.items()}
            entry.hash = before = entry.computed_hash()
            entry.clean_fields(exclude=_unchecked(entry))
            entry.save(force_insert=True)

    def _renamed(self, words: str) -> str:
        """« contract:<key> » with the key of here; words without a key of the archive stay."""
        kind, colon, key = words.rpartition(":")
        try:
            return f"{kind}{colon}{self.keys[uuid.UUID(key)]}"
        except (ValueError, KeyError):
            return words


def _unchecked(made: models.Model) -> set[str]:
    """The columns that pydantic or the tenant guard have already looked at, and those left empty as they may be."""
    fields = made._meta.concrete_fields
    elsewhere = {field.name for field in fields if isinstance(field, models.ForeignKey | models.JSONField | models.BinaryField)}
    return elsewhere | {field.name for field in fields if field.null and getattr(made, field.attname) is None}
