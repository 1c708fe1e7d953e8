"""What Ctrl-K finds. A kind of record joins by adding its function to `SOURCES`."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from convenu.actions.permissions import Permission, may
from convenu.store.contracts import ContractStatus
from convenu.store.models import Client, Contract, Membership
from convenu.web.navigation import PAGES, SETTINGS_PAGES, open_to

SHOWN = 20
LATEST = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the palette; `mark` is the sign that narrows to its kind: `>` action, `#` number, `@` client."""

    group: str
    label: str
    href: str
    mark: str = ""


def pages(member: Membership) -> Iterator[Entry]:
    """The pages this member can open."""
    for destination in open_to(member, (*PAGES, *SETTINGS_PAGES)):
        yield Entry(_("Pages"), str(destination.label), destination.href)


def deeds(member: Membership) -> Iterator[Entry]:
    """What this member can start from anywhere."""
    if may(member, Permission.WRITE_CONTRACTS):
        yield Entry(_("Actions"), _("Nouveau contrat"), reverse("new_contract"), ">")
        yield Entry(_("Actions"), _("Ajouter un client"), reverse("add_client"), ">")
    if may(member, Permission.MANAGE_MEMBERS):
        yield Entry(_("Actions"), _("Inviter une personne"), f"{reverse('members')}#inviter", ">")


def records(_member: Membership) -> Iterator[Entry]:
    """The contracts being written, the last changed first, then the clients."""
    for contract in Contract.objects.filter(status=ContractStatus.DRAFT).select_related("client")[:LATEST]:
        yield Entry(_("Contrats"), f"{contract.reference}, {contract.client.name}", reverse("interview", args=[contract.pk]), "#")
    for client in Client.objects.filter(archived_at__isnull=True)[:LATEST]:
        yield Entry(_("Clients"), client.name, reverse("client", args=[client.pk]), "@")


SOURCES: list[Callable[[Membership], Iterator[Entry]]] = [pages, deeds, records]


def found(member: Membership, typed: str) -> list[dict[str, str]]:
    """The entries that hold every word typed, accents and capitals aside."""
    mark = typed[:1] if typed[:1] in (">", "#", "@") else ""
    words = _plain(typed.removeprefix(mark)).split()
    entries = (entry for source in SOURCES for entry in source(member))
    matching = [entry for entry in entries if mark in ("", entry.mark) and all(word in _plain(entry.label) for word in words)]
    return [asdict(entry) for entry in matching[:SHOWN]]


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
