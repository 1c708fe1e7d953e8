"""Who may open what: every address is declared with a policy, and the matrix is made from those declarations."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from convenu.actions.audits import DroppedFile, drop_files
from convenu.actions.house_clauses import keep_draft
from convenu.actions.interview import answer as answer_to
from convenu.actions.links import Given, Reader, give_access, withdraw_access
from convenu.actions.members import invite_member
from convenu.actions.permissions import ROLES, Permission
from convenu.actions.remarks import leave_remark
from convenu.actions.tickets import receive_export
from convenu.actions.versions import save_version
from convenu.agreement.house_clause import HouseClause
from convenu.store.links import LinkRole
from convenu.store.models import AccessLink, ClientInventory, Contract, Membership, ProvisionalContract, ReplayRun
from convenu.store.people import Role
from convenu.store.tenancy import tenant_scope
from convenu.web.routes import PUBLIC, Kind, Policy, member, policy_of, route
from tests.actions.deals import a_contract
from tests.houses import staying
from tests.web.people import NOW, House, add_member, open_house, signed_in

PATTERNS: list[URLPattern] = [pattern for pattern in get_resolver().url_patterns if isinstance(pattern, URLPattern)]
NAMES = [str(pattern.name) for pattern in PATTERNS]
OTHER_ROLES = (Role.SALES, Role.BILLING, Role.READ_ONLY)


@dataclass
class Sample:
    """What fills an address: rows of Argoat, and a body that its POST takes as far as the permission."""

    kwargs: dict[str, str] = field(default_factory=dict)
    holds_a_row: bool = False
    # How the row is reached where the page takes no POST.
    method: str = "post"


def samples(house: House) -> dict[str, Sample]:
    """One for each address with a part to fill. An address without one here fails the test below."""
    with tenant_scope(house.argoat):
        invited = invite_member(house.alice, email="denis@argoat.example", role=Role.SALES, link_of=str, now=NOW)
        contract = a_contract(house.alice)
        entry = answer_to(house.alice, contract, {"payment_days": "30 days"}, now=NOW).undo
        version = save_version(house.alice, contract, now=NOW)
        offer = ProvisionalContract.objects.create(version=version, valid_until=NOW.date(), at=NOW, by=house.alice.user)
        inventory = ClientInventory.objects.create(
            client=contract.client, day=NOW.date(), name="parc.csv", rows=0, assets="[]", asset_count=0, at=NOW, by=house.alice.user
        )
        link = a_link(house.alice, contract, LinkRole.LAWYER).link
        (audited,) = drop_files(house.alice, [DroppedFile("contrat.txt", b"Article 1")], now=NOW)
        remark = leave_remark(link, kind="remark", clause="", words="Relu.", now=timezone.now())
        prepared = receive_export(house.alice, source_name="GLPI", file_name="x.csv", content=b"ticket\n1\n", now=NOW)
        run = ReplayRun.objects.create(
            contract=contract, proposals=[], library_release="", library_hash="", law_day=NOW.date(), at=NOW, by=house.alice.user
        )
        keep_draft(house.alice, HouseClause(key="house_visit", title="Visite", text="Une visite.\n"), now=NOW)
    client, one = {"key": str(contract.client_id)}, {"key": str(contract.pk)}
    question = {**one, "section": "prix", "question": "invoicing"}
    opened = {"key": str(link.pk)}
    return {
        **{name: Sample(opened) for name in SHARED},
        **{name: Sample({**opened, "clause": "liability_cap"}) for name in ("shared_clause", "shared_remark")},
        "shared_download": Sample({**opened, "kind": "pdf"}),
        "take_link": Sample({"token": "x"}),
        "change_provisional": Sample({**one, "entry": str(offer.pk)}, holds_a_row=True),
        "remove_inventory": Sample({**one, "entry": str(inventory.pk)}, holds_a_row=True),
        "answer_remark": Sample({**one, "entry": str(remark.pk)}, holds_a_row=True),
        "withdraw_link": Sample({**one, "entry": str(link.pk)}, holds_a_row=True),
        **{name: Sample(client, holds_a_row=True) for name in ("archive_client", "edit_client")},
        "client": Sample(client, holds_a_row=True, method="get"),
        "rule": Sample({"rule": "rgpd-33"}),
        **{name: Sample({"key": str(prepared.pk)}, holds_a_row=True, method="get") for name in ("ticket_export", "refused_rows")},
        "ticket_import": Sample({"key": str(prepared.pk)}, holds_a_row=True),
        "ticket_source": Sample({"key": str(prepared.source_id)}, holds_a_row=True),
        "replay": Sample({**one, "entry": str(run.pk)}, holds_a_row=True),
        **{name: Sample({**one, "entry": str(run.pk)}, method="get") for name in ("replay_breaches", "replay_ticket")},
        "audit": Sample({"key": str(audited.pk)}, holds_a_row=True, method="get"),
        **{name: Sample({"key": str(audited.pk)}, holds_a_row=True) for name in CHANGES_OF_AN_AUDIT},
        "audit_file": Sample({"key": str(audited.pk), "kind": "original"}, holds_a_row=True, method="get"),
        "audits_table": Sample({"kind": "csv"}),
        "figure": Sample({"name": "recovery_fee"}),
        **{name: Sample(one, holds_a_row=True, method="get") for name in READ_OF_A_CONTRACT},
        **{name: Sample(one, holds_a_row=True) for name in CHANGES_OF_A_CONTRACT},
        **{name: Sample({**one, "entry": str(entry)}, holds_a_row=True) for name in ("undo", "undo_finding")},
        "positions": Sample({**one, "clause": "suspension"}, holds_a_row=True, method="get"),
        "take_position": Sample({**one, "clause": "suspension"}, holds_a_row=True),
        "undo_position": Sample({**one, "clause": "suspension", "entry": str(entry)}, holds_a_row=True),
        "question": Sample(question, holds_a_row=True),
        "news": Sample(question, holds_a_row=True, method="get"),
        "section": Sample({**one, "section": "prix"}, holds_a_row=True),
        "term": Sample({**one, "term": "payment_days"}, holds_a_row=True, method="get"),
        "download": Sample({**one, "kind": "md"}, holds_a_row=True, method="get"),
        "download_version": Sample({**one, "rank": "1", "kind": "md"}, holds_a_row=True, method="get"),
        "clause": Sample({"clause": "liability_cap"}),
        **{name: Sample({"key": "house_visit"}, holds_a_row=True) for name in ("house_clause", "try_house_clause")},
        "settle": Sample({"key": "non_solicitation"}),
        "section_values": Sample({"section": "prix"}),
        "follow": Sample({**one, "what": "house"}, holds_a_row=True),
        "revision_letter": Sample({**one, "kind": "docx"}, holds_a_row=True, method="get"),
        "set_up_step": Sample({"step": "entreprise"}),
        "reset_password": Sample({"uid": "AAAA", "token": "x"}),
        "invitation": Sample({"token": "x"}),
        "change_member": Sample({"key": str(house.bob.pk)}, holds_a_row=True),
        "withdraw_invitation": Sample({"key": str(invited.invitation.pk)}, holds_a_row=True),
    }


SHARED = ("shared", "shared_choice", "shared_decision", "shared_findings", "shared_reply", "shared_remarks")
READ_OF_A_CONTRACT = (
    "price", "costing", "variants", "time_spent", "time_sheet", "time_costs", "quantities", "revision", "price_sheet", "costing_sheet",
    "finding_days", "contract", "interview", "answers", "findings", "preview_finding", "comparison",
)  # fmt: skip
CHANGES_OF_AN_AUDIT = ("confirm_audit", "open_from_audit", "audit_again", "forget_audit")
CHANGES_OF_A_CONTRACT = (
    "change_contract",
    "duplicate_contract",
    "apply_here",
    "apply_finding",
    "put_aside",
    "take_up",
    "versions",
    "fleet",
    "fleet_preview",
    "provisional",
    "law_day",
    "sharing",
    "replays",
)


def a_link(member: Membership, contract: Contract, role: LinkRole) -> Given:
    # The pages read the clock of the day on which the tests are run.
    until = timezone.localdate() + timedelta(days=30)
    reader = Reader(role=role, name="Solenn Cadiou", email=f"{role}@cadiou.example", until=until, with_word=True)
    return give_access(member, contract, reader, link_of=str, now=timezone.now())


def holder_of(given: Given) -> Client:
    """A browser on which a link was opened, nobody signed in."""
    client = Client()
    assert client.get(reverse("take_link", args=[given.address])).status_code == 302
    return client


def policy(pattern: URLPattern) -> Policy:
    declared = policy_of(pattern)
    assert declared is not None
    return declared


@dataclass(frozen=True)
class Town:
    """Two MSPs, a member of Argoat a role, and what fills the addresses."""

    house: House
    staff: dict[Role, Membership]
    samples: dict[str, Sample]

    def sample(self, pattern: URLPattern) -> Sample:
        return self.samples.get(str(pattern.name), Sample())

    def address(self, pattern: URLPattern) -> str:
        return reverse(str(pattern.name), kwargs=self.sample(pattern).kwargs)


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:  # noqa: ARG001 - pytest's way to ask for the database
    """Made once: each test takes back what it changes."""
    with staying(django_db_blocker):
        house = open_house()
        others = {role: add_member(house.argoat, str(role.label), f"{role}@argoat.example", role) for role in OTHER_ROLES}
        yield Town(house, {Role.OWNER: house.alice, Role.TECHNICIAN: house.bob, **others}, samples(house))


@pytest.fixture
def house(town: Town, db: None) -> House:  # noqa: ARG001 - pytest's way to ask for the database
    """The MSPs of the town."""
    return town.house


def test_every_address_declares_its_policy() -> None:
    assert not [pattern for pattern in get_resolver().url_patterns if isinstance(pattern, URLResolver)]
    assert undeclared(PATTERNS) == []


def test_an_address_without_policy_would_be_found() -> None:
    assert undeclared([path("secret", lambda _request: None, name="secret")]) == ["secret"]  # type: ignore[arg-type, return-value]
    assert undeclared([route("open", lambda _request: None, name="open", policy=PUBLIC)]) == []  # type: ignore[arg-type, return-value]


def undeclared(patterns: list[URLPattern]) -> list[str]:
    return [str(pattern.name) for pattern in patterns if policy_of(pattern) is None]


def test_every_address_with_a_part_to_fill_has_a_sample(town: Town) -> None:
    wanting = [str(pattern.name) for pattern in PATTERNS if pattern.pattern.converters and str(pattern.name) not in town.samples]
    assert wanting == []


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("pattern", PATTERNS, ids=NAMES)
@pytest.mark.usefixtures("db")
def test_the_matrix_of_access(pattern: URLPattern, method: str, town: Town) -> None:
    address = town.address(pattern)
    declared = policy(pattern)
    assert answer(Client(), method, address) in anonymous_answers(declared)
    for role, who in town.staff.items():
        allowed = declared.kind is not Kind.MEMBER or role in ROLES[declared.needed(method.upper()) or Permission.SEE]
        status = answer(signed_in(who), method, address)
        assert (status != 403) == allowed, f"{role} {method} {address}: {status}"


@pytest.mark.parametrize("pattern", PATTERNS, ids=NAMES)
def test_a_stranger_never_reaches_a_row_of_another_msp(pattern: URLPattern, town: Town, house: House) -> None:
    known = town.sample(pattern)
    if not known.holds_a_row:
        return
    client = signed_in(house.charlie)
    send: Callable[..., Any] = getattr(client, known.method)
    body = {"do": "deactivate", "role": "owner"}
    theirs = send(town.address(pattern), body)
    nowhere = {key: str(uuid.uuid4()) if key in ("key", "entry") else value for key, value in known.kwargs.items()}
    missing = send(reverse(str(pattern.name), kwargs=nowhere), body)
    assert (theirs.status_code, missing.status_code) == (404, 404)
    assert same_words(theirs.content.decode(), known.kwargs) == same_words(missing.content.decode(), nowhere)
    with tenant_scope(house.argoat):
        bob = Membership.objects.get(pk=house.bob.pk)
    assert (bob.is_active, bob.role) == (True, Role.TECHNICIAN)


BY_LINK = [pattern for pattern in PATTERNS if policy(pattern).kind is Kind.SHARED]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("pattern", BY_LINK, ids=[str(pattern.name) for pattern in BY_LINK])
def test_the_matrix_of_links(pattern: URLPattern, method: str, town: Town, house: House) -> None:
    known, declared = town.sample(pattern), policy(pattern)
    for role in LinkRole:
        with tenant_scope(house.argoat):
            given = a_link(house.alice, Contract.objects.get(), role)
        mine = reverse(str(pattern.name), kwargs={**known.kwargs, "key": str(given.link.pk)})
        holder = holder_of(given)
        status = answer(holder, method, mine)
        allowed = role in ROLES[declared.needed(method.upper()) or Permission.READ_SHARED]
        assert (status != 403) == allowed, f"{role} {method} {mine}: {status}"
        assert status in ({200, 302, 404, 405, 422} if allowed else {403})


@pytest.mark.parametrize("pattern", BY_LINK, ids=[str(pattern.name) for pattern in BY_LINK])
def test_a_link_of_another_msp_or_one_that_ended_opens_nothing_and_says_the_same(pattern: URLPattern, town: Town, house: House) -> None:
    known = town.sample(pattern)
    with tenant_scope(house.argoat):
        contract = Contract.objects.get()
        withdrawn, past = a_link(house.alice, contract, LinkRole.LAWYER), a_link(house.alice, contract, LinkRole.CLIENT)
    with tenant_scope(house.brocel):
        theirs = a_link(house.charlie, a_contract(house.charlie), LinkRole.LAWYER)
    stranger, was_lawyer, was_client = holder_of(theirs), holder_of(withdrawn), holder_of(past)
    with tenant_scope(house.argoat):
        withdraw_access(house.alice, contract, withdrawn.link.pk, now=timezone.now())
        AccessLink.objects.filter(pk=past.link.pk).update(expires_at=timezone.now() - timedelta(days=1))
    asked = [(stranger, withdrawn), (stranger, past), (was_lawyer, withdrawn), (was_client, past), (Client(), past), (stranger, None)]
    answers = set()
    for browser, given in asked:
        kwargs = {**known.kwargs, "key": str(given.link.pk if given else uuid.uuid4())}
        response = browser.get(reverse(str(pattern.name), kwargs=kwargs))
        answers.add((response.status_code, same_words(response.content.decode(), kwargs)))
    assert {status for status, _words in answers} == {404}
    assert len(answers) == 1


def test_the_holder_of_a_link_opens_no_page_of_the_msp(town: Town, house: House) -> None:
    with tenant_scope(house.argoat):
        holder = holder_of(a_link(house.alice, Contract.objects.get(), LinkRole.LAWYER))
    for pattern in PATTERNS:
        if policy(pattern).kind in (Kind.MEMBER, Kind.SIGNED_IN):
            address = town.address(pattern)
            assert answer(holder, "get", address) == 302, address


PAGES_OF_CHARLIE = [str(pattern.name) for pattern in PATTERNS if not pattern.pattern.converters]


@pytest.mark.parametrize("name", PAGES_OF_CHARLIE)
def test_no_page_of_another_msp_shows_a_word_of_this_one(name: str, house: House) -> None:
    text = signed_in(house.charlie).get(reverse(name)).content.decode(errors="replace")
    assert not [canary for canary in ("Argoat", "argoat.example", "Alice", "Le Goff", "Valdrène", str(house.bob.pk)) if canary in text]


def test_a_member_put_aside_is_out_at_the_next_page(house: House) -> None:
    client = signed_in(house.bob)
    assert client.get("/").status_code == 200
    with tenant_scope(house.argoat):
        Membership.objects.filter(pk=house.bob.pk).update(is_active=False)
    assert client.get("/").status_code == 403


def test_a_form_without_its_token_is_refused(house: House) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.alice.user)
    assert client.post("/profil", {"display_name": "x"}).status_code == 403
    assert client.post("/deconnexion").status_code == 403


@pytest.mark.usefixtures("house")
def test_a_part_of_a_page_asked_without_session_sends_htmx_to_the_sign_in_page() -> None:
    refused = Client().get("/", headers={"HX-Request": "true"})
    assert (refused.status_code, refused.headers["HX-Redirect"]) == (401, "/connexion")


def test_reading_and_changing_may_need_different_permissions() -> None:
    declared = member(Permission.SEE, to_change=Permission.MANAGE_MEMBERS)
    assert (declared.needed("GET"), declared.needed("POST")) == (Permission.SEE, Permission.MANAGE_MEMBERS)


def same_words(page: str, asked: dict[str, str]) -> str:
    """The page without what differs each time: the form's token and the address asked."""
    for key, value in asked.items():
        page = page.replace(value, "") if key in ("key", "entry") else page
    return re.sub(r"[A-Za-z0-9]{64}", "", page)


def anonymous_answers(declared: Policy) -> set[int]:
    if declared.kind in (Kind.MEMBER, Kind.SIGNED_IN):
        return {302}
    if declared.kind is Kind.SHARED:
        return {404}
    # A public page, a dead link, or a method that the page does not take; never a refusal for want of a role.
    return {200, 302, 404, 405, 422}


def answer(client: Client, method: str, address: str) -> int:
    send: Callable[..., Any] = getattr(client, method)
    return int(send(address).status_code)
