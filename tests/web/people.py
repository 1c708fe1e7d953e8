"""Alice and Bob of one MSP, Charlie of another: who most tests are about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.test import Client

from convenu.actions.demo import DEMO_TERMS
from convenu.actions.organisations import FirstOwner, open_organisation
from convenu.store.models import Membership, Organisation, User
from convenu.store.people import Role
from convenu.store.tenancy import tenant_scope

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSWORD = "la pluie tombe sur le quai"
# Drawn anew for each page: sixty-four letters and figures in which any two may be the name that a test says is not there.
FORM_TOKEN = re.compile(r"""(?<=X-CSRFToken": ")\w{64}|(?<=csrfmiddlewaretoken" value=")\w{64}""")
TERMS: dict[str, Any] = {**DEMO_TERMS, "provider_name": "Argoat Informatique"}


@dataclass(frozen=True)
class House:
    """Two MSPs and their people."""

    alice: Membership
    bob: Membership
    charlie: Membership

    @property
    def argoat(self) -> Organisation:
        return self.alice.organisation

    @property
    def brocel(self) -> Organisation:
        return self.charlie.organisation


def open_house() -> House:
    """Alice owns Argoat, where Bob is a technician; Charlie owns Brocel."""
    alice = open_msp("Argoat Informatique", "Alice Kerven", "alice@argoat.example")
    charlie = open_msp("Brocel Réseaux", "Charlie Brien", "charlie@brocel.example")
    return House(alice, add_member(alice.organisation, "Bob Le Goff", "bob@argoat.example", Role.TECHNICIAN), charlie)


def open_msp(name: str, owner: str, email: str) -> Membership:
    return open_organisation(
        terms={**TERMS, "provider_name": name}, hourly_cost=Decimal(46), owner=FirstOwner(owner, email, PASSWORD), now=NOW
    )


def add_member(organisation: Organisation, name: str, email: str, role: Role) -> Membership:
    user = User.objects.create_user(email, PASSWORD, display_name=name)
    with tenant_scope(organisation):
        return Membership.objects.create(user=user, role=role, joined_at=NOW)


def signed_in(who: Membership) -> Client:
    """A browser without scripts in which somebody is signed in."""
    client = Client()
    client.force_login(who.user)
    return client


def text_of(response: Any) -> str:
    """A page as it is read: line breaks and spaces of the template are one space, as in a browser; form tokens are left out."""
    return re.sub(r"[ \t\r\n]+", " ", FORM_TOKEN.sub("", response.content.decode()))


def words_of(response: Any) -> str:
    """A page as `text_of` reads it, with plain spaces where French typography puts narrow or unbreakable ones."""
    return re.sub(r"\s+", " ", text_of(response).replace("\u00a0", " ").replace("\u202f", " "))


def words(client: Client, address: str, status: int = 200) -> str:
    """The words of the page at an address, which must answer with that status."""
    answered = client.get(address)
    assert answered.status_code == status, answered.content.decode()[:500]
    return words_of(answered)
