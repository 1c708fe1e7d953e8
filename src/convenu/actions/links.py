"""A contract opened by a link to somebody without an account: given, taken by whoever received it, withdrawn."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convenu.actions import throttle
from convenu.actions.drafts import version_file
from convenu.actions.look_up import find_version, row
from convenu.actions.mail import send_after_commit
from convenu.actions.mistakes import refuse, refuse_any
from convenu.actions.permissions import Permission, require, shared_files
from convenu.store import audit
from convenu.store.contracts import ContractStatus
from convenu.store.credentials import token_digest
from convenu.store.links import LinkRole
from convenu.store.models import AccessLink, Contract, Membership
from convenu.store.people import plain_email
from convenu.store.tenancy import every_tenant, tenant_scope
from convenu.vocabulary.mistakes import Mistake

LONGEST = timedelta(days=366)
LONGEST_NAME = 150
# What one link may ask of the server in a quarter of an hour: files, and things said.
REQUESTS_PER_LINK = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody to whom a contract is opened, as whom, until the end of which day, and which of its files."""

    role: str
    name: str
    email: str
    until: date
    with_word: bool = False
    with_positions: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A link and the address that opens it, known at this moment only."""

    link: AccessLink
    address: str


@transaction.atomic
def give_access(
    member: Membership, contract: Contract, reader: Reader, *, version: int | None = None, link_of: Callable[[str], str], now: datetime
) -> Given:
    """Open a contract, or its version of this rank, to somebody; an earlier link of the same person to it ends.

    What is sent is kept: the files of a version are made here, and handed over as these bytes ever after.
    """
    require(member, Permission.WRITE_CONTRACTS)
    kept = row(Contract, contract.pk, to_change=True)
    if kept.status != ContractStatus.DRAFT:
        refuse("", _("Ce contrat est archivé."), _("Restaurez-le d’abord."))
    refuse_any(_mistakes(reader, now=now))
    email, of_version = plain_email(reader.email), find_version(member, kept, version) if version else None
    earlier = AccessLink.objects.filter(contract=kept, role=reader.role, email=email, withdrawn_at__isnull=True, expires_at__gt=now)
    ended = earlier.update(withdrawn_at=now)
    token = secrets.token_urlsafe(32)
    link = AccessLink.objects.create(
        contract=kept,
        version=of_version,
        role=reader.role,
        name=" ".join(reader.name.split()),
        email=email,
        with_word=reader.with_word and reader.role == LinkRole.CLIENT,
        with_positions=reader.with_positions and reader.role == LinkRole.LAWYER,
        token_digest=token_digest(token),
        at=now,
        by=member.user,
        expires_at=_end_of(reader.until),
    )
    if of_version is not None:
        for kind in shared_files(link):
            version_file(member, of_version, kind, now=now)
    audit.append(action="link_given", subject=link, actor=member.user, now=now, role=link.role, contract=str(kept.pk), replaced=ended)
    address = link_of(token)
    send_after_commit(to=email, subject=_subject(member, kept), body=_body(member, link, address))
    return Given(link, address)


@transaction.atomic
def withdraw_access(member: Membership, contract: Contract, key: uuid.UUID, *, now: datetime) -> AccessLink:
    """End a link at once; what its holder said stays."""
    require(member, Permission.WRITE_CONTRACTS)
    link = row(AccessLink, key, to_change=True)
    if link.contract_id == contract.pk and link.withdrawn_at is None:
        link.withdrawn_at = now
        link.save(update_fields=["withdrawn_at"])
        audit.append(action="link_withdrawn", subject=link, actor=member.user, now=now)
    return link


def links_of(member: Membership, contract: Contract) -> tuple[AccessLink, ...]:
    """The links to a contract, the latest first."""
    require(member, Permission.SEE)
    return tuple(AccessLink.objects.filter(contract=row(Contract, contract.pk)).select_related("version", "by"))


def take_link(token: str, *, remote: str, now: datetime) -> AccessLink | None:
    """The link that this token opens, its opening noted; none when it was withdrawn, is past its day, or never was."""
    counted = [(throttle.address("link", remote), throttle.PER_ADDRESS)]
    throttle.refuse_too_many(counted, now=now, remedy=_("Attendez un quart d’heure."))
    link = _open(now=now, token_digest=token_digest(token))
    if link is None:
        throttle.record(counted, now=now)
        return None
    with transaction.atomic(), tenant_scope(link.organisation_id):
        AccessLink.objects.filter(pk=link.pk).update(last_opened_at=now)
        audit.append(action="link_opened", subject=link, actor=None, now=now)
    return link


def opened_link(key: uuid.UUID, digest: str, *, now: datetime) -> AccessLink | None:
    """A link opened before on the same browser, while it still opens something."""
    return _open(now=now, pk=key, token_digest=digest)


@transaction.atomic
def note_told(link: AccessLink, *, now: datetime) -> None:
    """Note that the lawyer read what Convenu is not."""
    if AccessLink.objects.filter(pk=link.pk, told_at__isnull=True).update(told_at=now):
        audit.append(action="link_told", subject=link, actor=None, now=now)


def count_request(link: AccessLink, *, now: datetime) -> None:
    """Let a link ask for so many things in a quarter of an hour, and no more."""
    counted = [(throttle.account("link", str(link.pk), ""), REQUESTS_PER_LINK)]
    throttle.refuse_too_many(counted, now=now, remedy=_("Attendez un quart d’heure."))
    throttle.record(counted, now=now)


def _open(*, now: datetime, **named: object) -> AccessLink | None:
    with every_tenant():
        links = AccessLink.objects.filter(withdrawn_at__isnull=True, expires_at__gt=now, **named)
        return links.select_related("organisation", "contract__client", "version", "by").first()


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _mistakes(reader: Reader, *, now: datetime) -> list[Mistake]:
    today = timezone.localdate(now)
    found = []
    if reader.role not in LinkRole.values:
        found.append(Mistake("role", _("Choisissez dans la liste.")))
    if not reader.name.strip() or len(reader.name) > LONGEST_NAME:
        found.append(Mistake("name", _("Dites le nom de cette personne, en 150 caractères au plus.")))
    try:
        validate_email(plain_email(reader.email))
    except ValidationError:
        found.append(Mistake("email", _("Cette adresse n’est pas complète."), _("Elle a la forme prenom.nom@entreprise.fr.")))
    if not today <= reader.until <= today + LONGEST:
        found.append(Mistake("until", _("Choisissez un jour à venir, dans un an au plus.")))
    return found


def _subject(member: Membership, contract: Contract) -> str:
    return _("%(organisation)s vous ouvre le contrat %(reference)s") % {
        "organisation": " ".join(member.organisation.name.split()),
        "reference": " ".join(contract.reference.split()),
    }


def _body(member: Membership, link: AccessLink, address: str) -> str:
    last_day = timezone.localtime(link.expires_at - timedelta(seconds=1)).date()
    return _(
        "Bonjour,\n\n%(person)s, de %(organisation)s, vous ouvre un contrat à lire et à commenter :\n%(address)s\n\n"
        "Ce lien est personnel, sans compte à créer. Il vaut jusqu’au %(day)s inclus."
    ) % {
        "person": member.user.display_name,
        "organisation": member.organisation.name,
        "address": address,
        "day": f"{last_day:%d/%m/%Y}",
    }
