"""The clients of the MSP: added, corrected, put in the archive."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError

from convenu.actions.look_up import row
from convenu.actions.mistakes import refuse_any
from convenu.actions.permissions import Permission, require
from convenu.store import audit
from convenu.store.models import Client, Membership
from convenu.terms.values import Line, Siren
from convenu.vocabulary.mistakes import Mistake

NAME: TypeAdapter[str] = TypeAdapter(Line)
SIREN: TypeAdapter[str] = TypeAdapter(Siren)


@transaction.atomic
def add_client(member: Membership, *, name: str, siren: str = "", now: datetime) -> Client:
    """Add a client; two of them never share a SIREN."""
    require(member, Permission.WRITE_CONTRACTS)
    refuse_any(_mistakes(name, siren, but=None))
    client = Client.objects.create(name=NAME.validate_python(name), siren=_plain_siren(siren), created_at=now)
    audit.append(action="client_added", subject=client, actor=member.user, now=now)
    return client


@transaction.atomic
def edit_client(member: Membership, client: Client, *, name: str, siren: str = "", now: datetime) -> Client:
    """Correct a client's name or SIREN; the contracts already opened keep what they say."""
    require(member, Permission.WRITE_CONTRACTS)
    kept = row(Client, client.pk, to_change=True)
    refuse_any(_mistakes(name, siren, but=kept))
    kept.name, kept.siren = NAME.validate_python(name), _plain_siren(siren)
    kept.save(update_fields=["name", "siren"])
    audit.append(action="client_changed", subject=kept, actor=member.user, now=now)
    return kept


@transaction.atomic
def archive_client(member: Membership, client: Client, *, now: datetime) -> Client:
    """Put a client out of the lists; nothing is lost."""
    return _set_archived(member, client, at=now, action="client_archived", now=now)


@transaction.atomic
def restore_client(member: Membership, client: Client, *, now: datetime) -> Client:
    """Take a client out of the archive."""
    return _set_archived(member, client, at=None, action="client_restored", now=now)


def _set_archived(member: Membership, client: Client, *, at: datetime | None, action: str, now: datetime) -> Client:
    require(member, Permission.WRITE_CONTRACTS)
    kept = row(Client, client.pk, to_change=True)
    if (kept.archived_at is None) != (at is None):
        kept.archived_at = at
        kept.save(update_fields=["archived_at"])
        audit.append(action=action, subject=kept, actor=member.user, now=now)
    return kept


def _plain_siren(siren: str) -> str:
    return SIREN.validate_python(siren) if siren.strip() else ""


def _mistakes(name: str, siren: str, *, but: Client | None) -> list[Mistake]:
    return [*_mistakes_in_name(name), *_mistakes_in_siren(siren, but=but)]


def _mistakes_in_name(name: str) -> list[Mistake]:
    if not name.strip():
        return [Mistake("name", _("Cette réponse manque."))]
    try:
        NAME.validate_python(name)
    except ValidationError:
        return [Mistake("name", _("Ce nom ne convient pas : une ligne de 300 caractères au plus."))]
    return []


def _mistakes_in_siren(siren: str, *, but: Client | None) -> list[Mistake]:
    if not siren.strip():
        return []
    try:
        plain = SIREN.validate_python(siren)
    except ValidationError as error:
        return [Mistake("siren", str(error.errors()[0]["ctx"]["error"]))]
    others = Client.objects.filter(siren=plain)
    same = others.exclude(pk=but.pk).first() if but else others.first()
    return [Mistake("siren", _("« %(client)s » a déjà ce SIREN.") % {"client": same.name})] if same else []
