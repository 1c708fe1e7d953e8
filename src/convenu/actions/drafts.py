"""The files of a contract: of the draft as it stands, or of a version, kept as they were first made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from convenu.actions.brand import brand_of
from convenu.actions.comparing import clause_words, from_rows
from convenu.actions.contract_library import library_of
from convenu.actions.current_terms import current_terms
from convenu.actions.drafted import Draft, draft_of, law_day
from convenu.actions.lawyer_note import note_of
from convenu.actions.look_up import row
from convenu.actions.mistakes import refuse
from convenu.actions.permissions import Permission, require
from convenu.actions.versions import terms_of
from convenu.agreement.provisional import provisional_text, quote_of
from convenu.documents.brand import Brand
from convenu.documents.edition import Edition, EditionStatus
from convenu.documents.html import write_html
from convenu.documents.lawyer_note import write_lawyer_note
from convenu.documents.markdown import write_markdown
from convenu.documents.pdf_workers import PdfWorkers
from convenu.documents.word import write_docx
from convenu.library.provisional import acceptance
from convenu.store import audit
from convenu.store.models import Contract, Membership, Organisation, ProvisionalContract, StoredFile, User, Version
from convenu.store.versions import MEDIA_TYPES, FileKind, digest_of
from convenu.terms.files import agreed, write_json, write_yaml

ENDINGS = {FileKind.TERMS: "-termes.yaml", FileKind.NOTE: "-note-avocat.docx"}
DOWNLOADS = tuple(kind for kind in FileKind if kind is not FileKind.LOGO)


@dataclass(frozen=True, slots=True)
class Download:
    """A file to hand over."""

    name: str
    media_type: str
    content: bytes


def draft_file(member: Membership, contract: Contract, kind: FileKind, *, now: datetime) -> Download:
    """The draft as it stands, in a format; nothing is kept of it."""
    require(member, Permission.SEE)
    return made_of(row(Contract, contract.pk), kind, now=now)


def made_of(kept: Contract, kind: FileKind, *, now: datetime) -> Download:
    """The draft of a contract in a format, for whoever was let through to it."""
    draft = draft_of(current_terms(kept), library_of(kept), on=law_day(kept, now))
    edition = Edition(version=_draft_mark(kept, draft), day=timezone.localdate(now))
    return _download(kept, draft, kind, edition)


@transaction.atomic
def version_file(member: Membership, version: Version, kind: FileKind, *, now: datetime) -> StoredFile:
    """A version in a format: made the first time, the same bytes ever after."""
    require(member, Permission.SEE)
    return version_file_of(row(Version, version.pk, to_change=True), kind, by=member.user, now=now)


def version_file_of(of: Version, kind: FileKind, *, by: User, now: datetime) -> StoredFile:
    """The kept file of a version, made in this person's name when there is none yet."""
    kept = StoredFile.objects.filter(version=of, kind=kind).first()
    if kept is not None:
        return kept
    contract = row(Contract, of.contract_id)
    offered = ProvisionalContract.objects.filter(version=of).exists()
    status = EditionStatus.PROVISIONAL if offered else EditionStatus.DRAFT
    made = _download(contract, as_offered(of), kind, Edition(version=f"v{of.number}", day=_day(of), status=status))
    audit.append(action="file_kept", subject=of, actor=by, now=now, kind=kind.value)
    return StoredFile.objects.create(
        version=of,
        kind=kind,
        name=made.name,
        media_type=made.media_type,
        sha256=digest_of(made.content),
        content=made.content,
        at=now,
        by=by,
    )


def as_it_was(version: Version) -> Draft:
    """The contract of a version, word for word; refused when the library has since learnt to say it otherwise."""
    draft = draft_of(terms_of(version), library_of(version), on=version.law_day)
    if from_rows(version.clauses) != clause_words(draft.text):
        refuse(
            "",
            _("La version %(number)s a été écrite avec la bibliothèque %(release)s, et ce fichier n’a pas été fait alors.")
            % {"number": version.number, "release": version.library_release},
            _("Enregistrez une nouvelle version."),
        )
    return draft


def as_offered(version: Version) -> Draft:
    """The contract of a version; where it is a provisional contract, with its quote and its open points."""
    draft, offered = as_it_was(version), ProvisionalContract.objects.filter(version=version).first()
    quote = quote_of(draft.terms, on=draft.on) if offered else None
    if offered is None or quote is None:
        return draft
    return replace(draft, text=provisional_text(draft.text, quote, valid_until=offered.valid_until, acceptance=acceptance()))


def _draft_mark(contract: Contract, draft: Draft) -> str:
    latest = Version.objects.filter(contract=contract).first()
    if latest is None:
        return "sans numéro"
    same = from_rows(latest.clauses) == clause_words(draft.text)
    return f"v{latest.number}" if same else f"v{latest.number} modifiée"


def _download(contract: Contract, draft: Draft, kind: FileKind, edition: Edition) -> Download:
    content = _content(contract, draft, kind, edition, brand_of(Organisation.objects.get(pk=contract.organisation_id)))
    mark = slugify(edition.version.replace(".", "-"))
    stem = "-".join(part for part in (slugify(contract.reference), slugify(draft.text.client), mark) if part)
    return Download(f"{stem[:150]}{ENDINGS.get(kind, f'.{kind.value}')}", MEDIA_TYPES[kind][0], content)


def _content(contract: Contract, draft: Draft, kind: FileKind, edition: Edition, brand: Brand) -> bytes:
    match kind:
        case FileKind.WORD:
            return write_docx(draft.text, brand=brand, edition=edition)
        case FileKind.PDF:
            attached = {"terms.json": write_json(agreed(draft.terms)).encode()}
            return pdf_workers().write_pdf(draft.text, brand=brand, edition=edition, attachments=attached)
        case FileKind.HTML:
            return write_html(draft.text, brand=brand, edition=edition).encode()
        case FileKind.MARKDOWN:
            return write_markdown(draft.text).encode()
        case FileKind.TERMS:
            return write_yaml(draft.terms).encode()
        case FileKind.NOTE:
            return write_lawyer_note(note_of(contract, draft), brand=brand, edition=edition)
        case FileKind.LOGO:
            raise ValueError("a logo is no download of a contract")


def _day(version: Version) -> date:
    return timezone.localdate(version.at)


@cache
def pdf_workers() -> PdfWorkers:
    """The processes that set PDF files for this server."""
    return PdfWorkers()
