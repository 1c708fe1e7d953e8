"""Audits of contracts of any origin: files read behind the pages, terms confirmed beside their words, a contract opened on them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convenu.actions import background
from convenu.actions.background import Progress
from convenu.actions.brand import brand_of
from convenu.actions.contracts import open_contract
from convenu.actions.drafts import Download, pdf_workers
from convenu.actions.interview import answer, readable_answers
from convenu.actions.look_up import NotFoundError, row
from convenu.actions.mistakes import refuse
from convenu.actions.permissions import Permission, require
from convenu.agreement.audit.audit import Audit
from convenu.agreement.audit.audit import audit as audit_of_text
from convenu.agreement.audit.confirmable import Confirmable, confirmable_in
from convenu.agreement.audit.portfolio import PortfolioLine, line_of
from convenu.documents.audit_report import edition_of, report_pdf_files, write_audit_report
from convenu.documents.pdf import made_on
from convenu.documents.portfolio_table import write_portfolio
from convenu.documents.reading.reader import as_json, read, read_text
from convenu.documents.reading.refusals import MAX_FILE
from convenu.library import loader
from convenu.library.recognition import recognition
from convenu.store import audit as journal
from convenu.store.audits import StoredAudit
from convenu.store.models import Client, Contract, Membership, Organisation
from convenu.store.versions import WORD_FILE
from convenu.store.work import WorkState
from convenu.terms.closed_lists import ClientSegment
from convenu.terms.contract import TERM_KEYS, Terms, label_of
from convenu.terms.files import terms_from
from convenu.terms.states import Origin, State, Term
from convenu.vocabulary.findings import Severity
from convenu.vocabulary.mistakes import MistakesError
from convenu.vocabulary.yaml_text import YamlText

MOST_FILES = 20
# What the deadlines of a contract are computed from: of an old contract, our offer's values would give false ones.
_DATING_TERMS = ("effective_date", "initial_duration", "renewal_mode", "renewal_duration", "notice_period", "provider_notice_period")
_TABLES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
}
_REPORTS = {"pdf": "application/pdf", "docx": WORD_FILE}
_ANY_FILE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class DroppedFile:
    """A file as somebody dropped it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTerm:
    """A term as read, None where the file does not say it, and what somebody said of it: that it is so, or what it is instead."""

    key: str
    label: str
    read: Confirmable | None
    kept: Term[Any] | None

    @property
    def confirmed(self) -> bool:
        """Whether somebody said what it is, as it is read today or otherwise."""
        return self.kept is not None

    @property
    def corrected(self) -> bool:
        """Whether what somebody wrote stands in place of what was read."""
        return self.kept is not None and self.kept.origin is not Origin.READ


@transaction.atomic
def drop_files(member: Membership, files: Iterable[DroppedFile], *, segment: str = "", now: datetime) -> tuple[StoredAudit, ...]:
    """Keep files as they are and have them read behind the pages; all that is wrong with them is told before any is kept.

    A file that is there already, under its name and for the same offer, is not kept twice: a button is often pressed twice.
    """
    require(member, Permission.WRITE_CONTRACTS)
    dropped = tuple(files)
    if not dropped:
        refuse("contracts", _("Choisissez au moins un fichier."))
    if len(dropped) > MOST_FILES:
        refuse("contracts", _("Déposez %(most)s fichiers au plus à la fois.") % {"most": MOST_FILES})
    if segment and segment not in list(ClientSegment):
        refuse("segment", _("Choisissez un segment de la liste."))
    heavy = [file.name for file in dropped if len(file.content) > MAX_FILE]
    if heavy:
        refuse("contracts", _("%(files)s : ce fichier dépasse 25 Mo.") % {"files": ", ".join(heavy)}, _("Déposez le contrat seul."))
    kept = [_keep(member, file, segment=segment, now=now) for file in dropped]
    return tuple(one for one in kept if one is not None)


def _keep(member: Membership, file: DroppedFile, *, segment: str, now: datetime) -> StoredAudit | None:
    same = {"file_name": file.name[-200:], "sha256": hashlib.sha256(file.content).hexdigest(), "segment": segment}
    if StoredAudit.objects.filter(**same).exclude(state=WorkState.FAILED).exists():
        return None
    kept = StoredAudit.objects.create(
        **same,
        content=file.content,
        on_day=timezone.localdate(now),
        at=now,
        by=member.user,
    )
    journal.append(action="audit_begun", subject=kept, actor=member.user, now=now, file=kept.file_name, sha256=kept.sha256)
    background.begin(kept)
    return kept


def read_stored(work: Any, progress: Progress) -> None:
    """Read the file of an audit and keep its words; what the worker does."""
    progress.expect(1)
    text = read(work.file_name, bytes(work.content))
    work.text = json.dumps(as_json(text), ensure_ascii=False)
    work.summary = _summary(audit_of(work))
    work.save(update_fields=["text", "summary"])
    progress()


def audits(member: Membership) -> tuple[StoredAudit, ...]:
    """Every audit of the organisation, the latest first, those of one day's drop by name, without their bytes."""
    require(member, Permission.SEE)
    return tuple(StoredAudit.objects.defer("content", "text").select_related("by", "contract__client").order_by("-at", "file_name"))


def audit_of(stored: StoredAudit) -> Audit:
    """The audit of a stored file, as of its day; refused until its words are read."""
    if not stored.text:
        refuse("", _("Ce fichier n’est pas encore lu."))
    return _audited(stored.file_name, stored.text, stored.segment, stored.on_day, loader.current().hash)


def find_audit(member: Membership, key: Any) -> StoredAudit:
    """An audit of the organisation."""
    require(member, Permission.SEE)
    found = StoredAudit.objects.defer("content").select_related("by", "contract__client").filter(pk=key).first()
    if found is None:
        raise NotFoundError(StoredAudit)
    return found


@transaction.atomic
def look_again(member: Membership, stored: StoredAudit, *, now: datetime) -> StoredAudit:
    """Judge the same words by the law of today; a file that was not read is read again."""
    require(member, Permission.WRITE_CONTRACTS)
    kept = row(StoredAudit, stored.pk, to_change=True)
    kept.on_day = timezone.localdate(now)
    if not kept.text:
        background.begin_again(kept, now=now)
        return kept
    kept.summary = _summary(audit_of(kept))
    kept.save(update_fields=["on_day", "summary"])
    journal.append(action="audit_again", subject=kept, actor=member.user, now=now, on=kept.on_day.isoformat())
    return kept


def read_terms(stored: StoredAudit) -> tuple[ReadTerm, ...]:
    """The terms to confirm, side by side with the words they were read in; those that date a contract stand there even unread."""
    read_here = {one.term: one for one in confirmable_in(audit_of(stored))}
    offered = [key for key in TERM_KEYS if key in read_here or (read_here and key in _DATING_TERMS)]
    return tuple(_read_term(key, read_here.get(key), stored.confirmed.get(key)) for key in offered)


def _read_term(key: str, read_here: Confirmable | None, written: dict[str, Any] | None) -> ReadTerm:
    """What was confirmed of a term is no longer when it is read otherwise since; what somebody wrote stays."""
    kept = None if written is None else terms_from(YamlText({key: written})).term(key)
    if kept is not None and kept.origin is Origin.READ and (read_here is None or read_here.written != written):
        kept = None
    return ReadTerm(key=key, label=label_of(key), read=read_here, kept=kept)


def terms_shown(stored: StoredAudit) -> Terms:
    """The terms to confirm with the value shown of each: what somebody wrote, else what was read."""
    read = {one.key: one.read.written for one in read_terms(stored) if one.read is not None}
    kept = {one.key: stored.confirmed[one.key] for one in read_terms(stored) if one.corrected}
    return terms_from(YamlText(read | kept))


@transaction.atomic
def confirm_terms(
    member: Membership, stored: StoredAudit, terms: Collection[str], *, written: Mapping[str, Any] | None = None, now: datetime
) -> StoredAudit:
    """Say of some terms that they are what the contract says; those left out are no longer confirmed.

    `written`: terms of which what was read is wrong or lacks, with what the contract says, in a form of a terms file; None takes it
    back. When one of them cannot be read, all are told and nothing is kept.
    """
    require(member, Permission.WRITE_CONTRACTS)
    kept = row(StoredAudit, stored.pk, to_change=True)
    offered = {one.key: one for one in read_terms(kept)}
    corrections = written or {}
    if unknown := sorted({*terms, *corrections} - offered.keys()):
        refuse("terms", _("Ce fichier ne dit rien de : %(terms)s.") % {"terms": ", ".join(unknown)})
    readable, mistakes = readable_answers({key: raw for key, raw in corrections.items() if raw is not None})
    if mistakes:
        raise MistakesError(mistakes)
    before = {key: kept.confirmed[key] for key, one in offered.items() if one.corrected and key not in corrections and key in terms}
    as_read = {key: one.read.written for key, one in offered.items() if one.read is not None and key in terms}
    said = as_read | before | readable
    kept.confirmed = {key: said[key] for key in offered if key in said}
    kept.save(update_fields=["confirmed"])
    journal.append(
        action="audit_confirmed", subject=kept, actor=member.user, now=now,
        terms=", ".join(sorted(kept.confirmed)), corrected=", ".join(sorted(readable)),
    )  # fmt: skip
    return kept


@transaction.atomic
def open_from_audit(member: Membership, stored: StoredAudit, client: Client, *, effective: date | None, now: datetime) -> Contract:
    """Open a contract on the terms confirmed, each « lu dans un document »; `effective` where the file does not say its first day.

    What was read and not confirmed, and what dates a contract, is left open there: never the value of our offer.
    """
    require(member, Permission.WRITE_CONTRACTS)
    kept = row(StoredAudit, stored.pk, to_change=True)
    if not kept.confirmed:
        refuse("", _("Aucun terme n’est confirmé."), _("Confirmez au moins un terme lu."))
    if kept.contract_id is not None:
        refuse("", _("Ce fichier a déjà ouvert un contrat."))
    contract = open_contract(member, client, segment=audit_of(kept).segment, now=now)
    given = dict(kept.confirmed)
    if effective is not None and "effective_date" not in given:
        given["effective_date"] = effective.isoformat()
    unsure = {one.key for one in read_terms(kept)}.union(_DATING_TERMS) - given.keys()
    note = _("À lire dans le fichier audité : %(file)s.") % {"file": kept.file_name[:120]}
    given |= {term: {"state": State.UNKNOWN.value, "note": note} for term in sorted(unsure)}
    answer(member, contract, given, now=now)
    kept.contract = contract
    kept.save(update_fields=["contract"])
    journal.append(action="audit_became_contract", subject=kept, actor=member.user, now=now, contract=str(contract.pk))
    return contract


@transaction.atomic
def forget_waiting(member: Membership, *, now: datetime) -> int:
    """Remove the files that nobody has begun to read; how many."""
    require(member, Permission.WRITE_CONTRACTS)
    waiting = list(StoredAudit.objects.select_for_update().defer("content").filter(state=WorkState.WAITING))
    for one in waiting:
        journal.append(action="audit_forgotten", subject=one, actor=member.user, now=now, file=one.file_name, sha256=one.sha256)
        one.delete()
    return len(waiting)


@transaction.atomic
def forget_audit(member: Membership, stored: StoredAudit, *, now: datetime) -> None:
    """Remove a file with all that was read in it; the contract it may have opened stays."""
    require(member, Permission.WRITE_CONTRACTS)
    kept = row(StoredAudit, stored.pk, to_change=True)
    if kept.state == WorkState.RUNNING and not kept.left_alone(now):
        refuse("", _("Ce fichier est en cours de lecture."), _("Attendez qu’il soit lu."))
    journal.append(action="audit_forgotten", subject=kept, actor=member.user, now=now, file=kept.file_name, sha256=kept.sha256)
    kept.delete()


def audit_file(member: Membership, stored: StoredAudit, kind: str) -> Download | None:
    """The report as `pdf` or `docx`, or the `original` as it was dropped; None for another kind."""
    require(member, Permission.SEE)
    if kind == "original":
        return Download(stored.file_name, _ANY_FILE, bytes(stored.content))
    if kind not in _REPORTS:
        return None
    one = audit_of(stored)
    brand = brand_of(Organisation.objects.get(pk=stored.organisation_id))
    if kind == "pdf":
        content = pdf_workers().typeset(report_pdf_files(one, brand=brand), made=made_on(edition_of(one)))
    else:
        content = write_audit_report(".docx", one, brand=brand)
    stem = stored.file_name.rsplit(".", 1)[0][:120]
    return Download(f"{stem}-audit.{kind}", _REPORTS[kind], content)


def table_file(member: Membership, kind: str, *, now: datetime) -> Download | None:
    """Every contract read, side by side, as `csv` or `xlsx`, or their deadlines as `ics`; None for another kind."""
    require(member, Permission.SEE)
    if kind not in _TABLES:
        return None
    on = timezone.localdate(now)
    stored = StoredAudit.objects.exclude(text="", trouble="").defer("content").order_by("file_name", "id")
    lines = [_line(one, on=on) for one in stored.iterator(chunk_size=20)]
    return Download(f"contrats-{on.isoformat()}.{kind}", _TABLES[kind], write_portfolio(f".{kind}", lines, on=on))


def _line(stored: StoredAudit, *, on: date) -> PortfolioLine:
    if not stored.text:
        return PortfolioLine(file=stored.file_name, not_read=(stored.trouble,))
    return line_of(_audited(stored.file_name, stored.text, stored.segment, on, loader.current().hash))


@lru_cache(maxsize=16)
def _audited(name: str, text: str, segment: str, on: date, library: str) -> Audit:  # noqa: ARG001 - the same words under another library are judged again
    """Kept for a while: a page, its report and its terms ask for the same."""
    return audit_of_text(read_text(name, json.loads(text)), loader.current(), recognition(), on=on, segment=segment or None)


def _summary(one: Audit) -> dict[str, Any]:
    counts = {severity.value: 0 for severity in Severity}
    for found in one.findings:
        counts[found.finding.severity.value] += 1
    line = line_of(one)
    running = line.running
    return {
        "is_service_contract": one.reading.is_service_contract,
        "language": one.reading.language,
        "counts": counts,
        "missing": len(line.missing),
        "index": line.price_index,
        "ends": running.ends.isoformat() if running else None,
        "expired": line.expired.isoformat() if line.expired else None,
        "notice_by": running.notice_by.isoformat() if running and running.notice_by else None,
    }
