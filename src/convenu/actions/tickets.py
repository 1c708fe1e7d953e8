"""Past tickets: an export looked at without writing any, its answers remembered, then read behind the pages into facts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from pydantic import ValidationError

from convenu.actions import background
from convenu.actions.background import Progress
from convenu.actions.look_up import row
from convenu.actions.mistakes import refuse
from convenu.actions.permissions import Permission, require
from convenu.connectors.mapping import Mapping as Correspondence
from convenu.connectors.reading_apart import Look, look_apart, tickets_apart
from convenu.connectors.tickets_file import ENDINGS, certain
from convenu.documents.strangers import StrangerError
from convenu.store import audit
from convenu.store.models import Membership, StoredTicket, TicketImport, TicketSource
from convenu.store.work import WorkState
from convenu.terms.refused_values import mistakes_of
from convenu.vocabulary.mistakes import MistakesError
from convenu.vocabulary.yaml_text import YamlText

MAX_FILE = 200_000_000
# Rows written together: short enough for the others to write in between.
A_BATCH = 2000
LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source with what it holds."""

    source: TicketSource
    tickets: int
    left_out: int
    last: TicketImport | None


def sources(member: Membership) -> tuple[SourceLine, ...]:
    """The sources of the organisation, each with its tickets and its last import."""
    require(member, Permission.SEE)
    counted = (
        StoredTicket.objects.order_by()
        .values("source_id")
        .annotate(tickets=Count("pk", filter=Q(reason="")), left_out=Count("pk", filter=~Q(reason="")))
    )
    held = {one["source_id"]: (one["tickets"], one["left_out"]) for one in counted}
    last: dict[Any, TicketImport] = {}
    for one in TicketImport.objects.defer("content", "rejected").select_related("by").order_by("at"):
        last[one.source_id] = one
    return tuple(
        SourceLine(source, tickets, left_out, last.get(source.pk))
        for source in TicketSource.objects.all()
        for tickets, left_out in [held.get(source.pk, (0, 0))]
    )


@transaction.atomic
def receive_export(member: Membership, *, source_name: str, file_name: str, content: bytes, now: datetime) -> TicketImport:
    """Take an export in, to be looked at; the answers given to the last export of this source are proposed again. No ticket is written."""
    require(member, Permission.IMPORT_TICKETS)
    name = " ".join(source_name.split())
    if not 0 < len(name) <= 120:
        refuse("source", _("Nommez l’outil d’où viennent ces tickets, en 120 caractères au plus."))
    if not file_name.lower().endswith(ENDINGS):
        refuse("file", _("Convenu ne sait pas lire ce fichier."), _("Il lit : %(endings)s.") % {"endings": ", ".join(ENDINGS)})
    if not 0 < len(content) <= MAX_FILE:
        refuse("file", _("Ce fichier est vide ou dépasse 200 Mo."), _("Coupez l’export par année."))
    source, _made = TicketSource.objects.get_or_create(name=name, defaults={"created_at": now, "updated_at": now})
    TicketImport.objects.filter(source=source, state=WorkState.PREPARED).delete()
    return TicketImport.objects.create(
        source=source, state=WorkState.PREPARED, file_name=file_name[-200:], content=content, mapping=source.mapping, at=now, by=member.user
    )


def look(member: Membership, prepared: TicketImport, answers: Mapping[str, Any] | None = None) -> Look:
    """Look at an export under some answers, those remembered when none are given; nothing is written but the answers themselves."""
    require(member, Permission.IMPORT_TICKETS)
    kept = _prepared(prepared)
    given = dict(kept.mapping if answers is None else answers)
    try:
        seen = look_apart(kept.file_name, bytes(kept.content or b""), correspondence(given))
    except StrangerError:
        refuse("file", _("Ce fichier n’a pas pu être lu : abîmé, trop grand une fois ouvert, ou trop long à lire."))
    if not given.get("columns") and seen.suggestion is not None:
        given = {**certain(seen.suggestion), **given}
    if given != kept.mapping:
        TicketImport.objects.filter(pk=kept.pk).update(mapping=given)
        prepared.mapping = given
    return seen


def correspondence(given: Mapping[str, Any]) -> Correspondence:
    """The answers as a mapping; what is wrong in them is told all at once."""
    try:
        return Correspondence.model_validate(given)
    except ValidationError as error:
        raise MistakesError(mistakes_of(error, YamlText(dict(given)), Correspondence)) from error


def known_tools() -> list[str]:
    """The tools whose export is known from a source."""
    return Correspondence.presets()


def answers_of_tool(name: str) -> dict[str, Any]:
    """The answers of a tool whose export is known, to start from."""
    return Correspondence.preset(name)


@transaction.atomic
def begin_import(member: Membership, prepared: TicketImport, *, now: datetime) -> TicketImport:
    """Read the export behind the pages; its answers are remembered for the next export of this source."""
    require(member, Permission.IMPORT_TICKETS)
    kept = _prepared(prepared)
    kept.at, kept.by = now, member.user
    TicketSource.objects.filter(pk=kept.source_id).update(mapping=kept.mapping, updated_at=now)
    audit.append(action="tickets_import_begun", subject=kept.source, actor=member.user, now=now, file=kept.file_name)
    background.begin(kept)
    return kept


@transaction.atomic
def drop_export(member: Membership, prepared: TicketImport) -> None:
    """Forget an export that was only looked at; a source that never had any ticket goes with it."""
    require(member, Permission.IMPORT_TICKETS)
    kept = _prepared(prepared)
    source = kept.source
    kept.delete()
    if not source.imports.exists() and not source.tickets.exists():
        source.delete()


@transaction.atomic
def remove_source(member: Membership, source: TicketSource, *, now: datetime) -> None:
    """Remove a source with all of its tickets; the replays already made keep their results."""
    require(member, Permission.IMPORT_TICKETS)
    kept = row(TicketSource, source.pk, to_change=True)
    if kept.imports.filter(state__in=(WorkState.WAITING, WorkState.RUNNING)).exists():
        refuse("", _("Un import de cette source est en cours."), _("Arrêtez-le d’abord."))
    audit.append(action="tickets_removed", subject=kept, actor=member.user, now=now, tickets=kept.tickets.count())
    kept.delete()


@transaction.atomic
def count_assets(member: Membership, source: TicketSource, assets: int | None, *, now: datetime) -> None:
    """Say how many assets the tickets of a source come from."""
    require(member, Permission.IMPORT_TICKETS)
    if assets is not None and not 0 < assets < 10_000_000:
        refuse("assets", _("Écrivez un nombre d’équipements."))
    kept = row(TicketSource, source.pk, to_change=True)
    kept.assets, kept.updated_at = assets, now
    kept.save(update_fields=["assets", "updated_at"])


@transaction.atomic
def stop_import(member: Membership, work: TicketImport, *, now: datetime) -> None:
    """Stop an import; what it already wrote stays, and the same export read again goes on from there."""
    require(member, Permission.IMPORT_TICKETS)
    background.ask_to_stop(work, now=now)


@transaction.atomic
def import_again(member: Membership, work: TicketImport, *, now: datetime) -> None:
    """Begin again an import that failed or was stopped."""
    require(member, Permission.IMPORT_TICKETS)
    if work.content is None:
        refuse("", _("Le fichier n’est plus là : envoyez l’export de nouveau."))
    background.begin_again(work, now=now)


def refused_rows(work: TicketImport) -> list[dict[str, Any]]:
    """The rows that could not be read, each with its number, its ticket, its reason and its cells."""
    found: list[dict[str, Any]] = json.loads(work.rejected)
    return found


def import_tickets(work: TicketImport, progress: Progress) -> None:
    """Read the export and write its tickets: new ones added, known ones brought up to date, none twice."""
    read, lines = tickets_apart(work.file_name, bytes(work.content or b""), correspondence(work.mapping))
    progress.expect(read.tickets + read.left_out)
    work.form, work.shown_twice = read.form, read.shown_twice
    work.rejected_count, work.rejected = read.rejected_count, json.dumps(read.rejected, ensure_ascii=False)
    work.left_out = read.left_out
    work.added = work.updated = work.unchanged = 0
    facts = (_row(work, line) for line in islice(lines, read.tickets))
    aside = (_row_aside(work, line) for line in lines)
    for rows in (facts, aside):
        for batch in _batches(rows):
            _write(work, batch)
            progress(len(batch))
    with transaction.atomic():
        if read.interruptions:
            TicketSource.objects.filter(pk=work.source_id).update(interruptions=list(read.interruptions))
        work.content = None
        work.save(update_fields=_BROUGHT)


_BROUGHT = ("form", "shown_twice", "rejected_count", "rejected", "left_out", "added", "updated", "unchanged", "content")


def _row(work: TicketImport, line: bytes) -> StoredTicket:
    told = json.loads(line)
    key, client = told["key"][:LONGEST_KEY], told.get("client", "")[:200]
    return StoredTicket(source_id=work.source_id, key=key, client=client, facts=line.decode().rstrip())


def _row_aside(work: TicketImport, line: bytes) -> StoredTicket:
    told = json.loads(line)
    return StoredTicket(source_id=work.source_id, key=told["ticket"][:LONGEST_KEY], reason=told["reason"][:300])


def _batches(rows: Iterable[StoredTicket]) -> Iterator[list[StoredTicket]]:
    left = iter(rows)
    while batch := list(islice(left, A_BATCH)):
        yield batch


@transaction.atomic
def _write(work: TicketImport, batch: list[StoredTicket]) -> None:
    """Write one batch. A ticket that can no longer be read keeps its facts aside, and enters no figure until it can."""
    known = {one.key: one for one in _of_keys(work, batch)}
    added, changed = [], []
    for one in {one.key: one for one in batch}.values():
        before = known.get(one.key)
        if before is None:
            added.append(one)
        elif (one.facts or before.facts, one.reason) != (before.facts, before.reason):
            before.facts, before.client, before.reason = one.facts or before.facts, one.client or before.client, one.reason
            changed.append(before)
    # A changed row is written anew under its own key: an update of many different rows by one statement takes longer than their import.
    StoredTicket.objects.filter(pk__in=[one.pk for one in changed]).delete()
    StoredTicket.objects.bulk_create([*added, *changed], A_BATCH)
    if batch[0].facts:
        work.added, work.updated = work.added + len(added), work.updated + len(changed)
        work.unchanged += len(batch) - len(added) - len(changed)


def _of_keys(work: TicketImport, batch: list[StoredTicket]) -> QuerySet[StoredTicket]:
    return StoredTicket.objects.filter(source_id=work.source_id, key__in=[one.key for one in batch])


def _prepared(given: TicketImport) -> TicketImport:
    kept = row(TicketImport, given.pk)
    if kept.state != WorkState.PREPARED:
        refuse("", _("Cet export est déjà lu ou en cours de lecture."))
    return kept
