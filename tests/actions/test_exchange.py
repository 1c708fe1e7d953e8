from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.apps import apps
from django.db import connection
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from convenu.actions import archive as archive_module
from convenu.actions import audits
from convenu.actions.archive import read_archive, write_archive
from convenu.actions.brand import change_brand
from convenu.actions.clients import add_client, archive_client
from convenu.actions.contracts import duplicate_contract
from convenu.actions.drafts import version_file
from convenu.actions.exchange import FirstSignIn, export_organisation, import_organisation
from convenu.actions.findings import dismiss_finding
from convenu.actions.house_clauses import keep_clause, keep_draft
from convenu.actions.interview import answer, last_answers, undo
from convenu.actions.inventories import receive_files, take_inventory
from convenu.actions.links import Reader, give_access, withdraw_access
from convenu.actions.past_tickets import Taken
from convenu.actions.permissions import NotAllowedError
from convenu.actions.provisional import decide
from convenu.actions.remarks import answer_remark, leave_remark, threads_of
from convenu.actions.replay_proposals import DRAFT
from convenu.actions.replays import begin_replay
from convenu.actions.rule_readings import record_reading
from convenu.actions.tickets import begin_import, look, receive_export
from convenu.actions.versions import save_version
from convenu.agreement.house_clause import HouseClause
from convenu.connectors import reading_apart
from convenu.connectors.asset_files import NamedFile
from convenu.documents.reading.plain import read_plain
from convenu.library import loader
from convenu.store import audit
from convenu.store.house import House as HouseRow
from convenu.store.models import (
    AccessLink,
    Answer,
    AnswerHistory,
    AuditEntry,
    Client,
    ClientInventory,
    ColumnsMapping,
    Contract,
    ContractSummary,
    ContractVerdicts,
    Dismissal,
    EstatePass,
    HourPackPurchase,
    HouseDraft,
    HouseVersion,
    InventoryFile,
    Invitation,
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
from convenu.store.people import Role
from convenu.store.tenancy import TenantModel, tenant_scope
from convenu.store.versions import FileKind
from convenu.vocabulary.mistakes import MistakesError
from tests.actions.audited import OLD_CONTRACT
from tests.actions.deals import FORBIDDEN_PAYMENT, LATER, a_full_contract, view
from tests.actions.test_drafts import a_logo
from tests.houses import staying
from tests.web.people import NOW, PASSWORD, House, open_house

KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
NEXT_DAY = NOW + timedelta(days=1)
# No other contract is answered at that hour: rows that differ by their keys alone could not be put in order.
AT_NOON = NOW + timedelta(hours=3)
ALICE = FirstSignIn("alice@argoat.example", "une toute autre phrase de passe")


PAST = b"ticket,opened_at,responded_at,priority\n1,2026-02-02T09:00Z,2026-02-02T10:00Z,P1\n2,2026-02-02T09:00Z,,P9\n"


def a_past(member: Membership, contract: Contract) -> None:
    """Two tickets, of which one cannot be read, and a replay on them."""
    immediate = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with override_settings(TASKS=immediate), patch.object(reading_apart, "lines_apart", at_hand):
        prepared = receive_export(member, source_name="GLPI", file_name="glpi.csv", content=PAST, now=NOW)
        look(member, prepared, {"layout": "tickets"})
        source = begin_import(member, prepared, now=NOW).source_id
        begin_replay(member, contract, keys=[DRAFT], taken=Taken(sources=(source,)), now=NOW)


def an_audit(member: Membership) -> None:
    """A file read in this process, its terms confirmed, the contract opened on them."""
    immediate = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with override_settings(TASKS=immediate), patch.object(audits, "read", read_plain):
        (kept,) = audits.drop_files(member, [audits.DroppedFile("ancien.txt", OLD_CONTRACT.encode())], now=AT_NOON)
    confirmed = audits.confirm_terms(member, kept, ["notice_period", "initial_duration"], now=AT_NOON)
    audits.open_from_audit(member, confirmed, add_client(member, name="Repris", now=AT_NOON), effective=NOW.date(), now=AT_NOON)


def at_hand(_module: str, given: bytes, **_bounds: float) -> Iterator[bytes]:
    return reading_apart.answers(io.BytesIO(given))


def fill(house: House) -> None:
    """A little of everything that an organisation keeps."""
    with tenant_scope(house.argoat):
        keep_clause(house.alice, HouseClause(key="house_visit", title="Visite", provision=26, text="Une visite.\n"), now=NOW)
        keep_draft(house.alice, HouseClause(key="house_later", title="À finir", text="15 jours"), now=NOW)
        contract = a_full_contract(house.alice)
        answer(house.bob, contract, FORBIDDEN_PAYMENT, now=LATER)
        a_past(house.alice, contract)
        an_audit(house.alice)
        done = answer(house.alice, contract, {"notice_period": {"value": "2 months", "origin": "negotiated", "note": "demandé"}}, now=LATER)
        assert done.undo is not None
        undo(house.alice, contract, done.undo, now=LATER)
        key = next(one.finding.key for one in view(house.alice, contract).findings.active if one.finding.rule == "com-l441-10-delai")
        dismiss_finding(house.alice, contract, key, reason="Usage de la profession.", now=LATER)
        change_brand(house.alice, colour="#8a1c1c", legal_footer="Argoat", logo=a_logo(), now=LATER)
        version = save_version(house.alice, contract, comment="envoi", now=LATER)
        offered = {"valid_until": LATER.date() + timedelta(days=9), "status": "sent", "sent_at": LATER, "at": LATER, "by": house.alice.user}
        ProvisionalContract.objects.create(version=version, **offered)
        version_file(house.alice, version, FileKind.WORD, now=LATER)
        reader = Reader(role="client", name="Hervé Maupertuis", email="herve@valdrene.example", until=LATER.date() + timedelta(days=9))
        link = give_access(house.alice, contract, reader, version=1, link_of=str, now=LATER).link
        decide(link, accepted=True, name="Hervé Maupertuis", now=LATER)
        said = leave_remark(link, kind="question", clause="liability_cap", words="Pourquoi ce plafond ?", now=LATER)
        answer_remark(house.alice, contract, said.pk, words="C’est l’usage.", close=True, now=LATER)
        withdraw_access(house.alice, contract, link.pk, now=LATER)
        fleet = receive_files(house.bob, contract, [NamedFile("parc.csv", b"Nom;Type\nPC-1;Portable\n")], now=LATER)
        take_inventory(house.bob, fleet, day=LATER.date(), now=LATER)
        HourPackPurchase.objects.create(contract=contract, day=LATER.date(), packs=1, at=LATER, by=house.bob.user)
        record_reading(house.alice, loader.french().rule("rgpd-33"), "Me Claire Autun", now=LATER)
        gone = add_client(house.alice, name="Parti", now=NOW)
        duplicate_contract(house.alice, contract, add_client(house.alice, name="Suivant", now=NOW), now=NEXT_DAY)
        archive_client(house.alice, gone, now=NEXT_DAY)
    with tenant_scope(house.brocel):
        add_client(house.charlie, name="Le secret de Brocel", now=NOW)


def export(member: Membership) -> bytes:
    with tenant_scope(member.organisation):
        return export_organisation(member, now=NEXT_DAY)


@pytest.fixture
def exported_here(house: House) -> bytes:
    """The export of an organisation that is here."""
    fill(house)
    return export(house.alice)


@pytest.fixture(scope="module")
def exported(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> bytes:  # noqa: ARG001 - pytest's way to ask for the database
    """The export of an organisation that is here no more."""
    with staying(django_db_blocker):
        house = open_house()
        fill(house)
        return export(house.alice)


@pytest.fixture
def exported_from_elsewhere(exported: bytes, db: None) -> bytes:  # noqa: ARG001 - pytest's way to ask for the database
    """The export of an installation that is not this one: here nothing was opened yet."""
    assert not Organisation.objects.exists()
    return exported


def owner_of(organisation: Organisation) -> Membership:
    with tenant_scope(organisation):
        return Membership.objects.filter(role=Role.OWNER).select_related("organisation", "user").get()


def content_of(exported: bytes) -> tuple[str, dict[str, bytes]]:
    """What an export says, its keys renamed by order of appearance, without what each import or export adds about itself."""
    archive = read_archive(exported)
    manifest = {**archive.manifest, "exported_at": None}
    manifest["journal"] = [
        {**entry, "hash": None, "previous_hash": None}
        for entry in manifest["journal"]
        if entry["action"] not in ("organisation_exported", "organisation_imported")
    ]
    for table in ("answers", "contracts", "clients", "history", "files", "dismissals", "people", "members", "links", "remarks", "readings"):
        manifest[table] = sorted(
            manifest[table], key=lambda row: json.dumps({k: v for k, v in row.items() if not _is_key(v)}, sort_keys=True)
        )
    keys: dict[str, str] = {}
    text = KEY.sub(lambda found: keys.setdefault(found[0], f"key {len(keys)}"), json.dumps(manifest, ensure_ascii=False))
    return text, dict(archive.files)


def _is_key(value: Any) -> bool:
    return isinstance(value, str) and KEY.fullmatch(value) is not None


def test_an_empty_installation_takes_an_organisation_whole_with_its_keys_and_its_journal(exported_from_elsewhere: bytes) -> None:
    organisation = import_organisation(exported_from_elsewhere, now=NEXT_DAY, first=ALICE)
    before, after = read_archive(exported_from_elsewhere).manifest, read_archive(export(owner_of(organisation))).manifest
    *entries, imported = after.pop("journal")
    assert entries == before.pop("journal")
    assert (imported["action"], imported["details"]) == ("organisation_imported", {"entries": len(entries)})
    assert after == before
    with tenant_scope(organisation):
        assert audit.verify() == ()
        assert Client.objects.count() == 4


def test_remarks_travel_with_their_authors_and_a_link_still_open_arrives_ended(exported_from_elsewhere: bytes) -> None:
    archive = read_archive(exported_from_elsewhere)
    assert "token" not in json.dumps(archive.manifest["links"])
    archive.manifest["links"][0]["withdrawn_at"] = None
    organisation = import_organisation(write_archive(archive), now=NEXT_DAY, first=ALICE)
    alice = owner_of(organisation)
    with tenant_scope(organisation):
        link = AccessLink.objects.get()
        assert link.withdrawn_at == NEXT_DAY
        (thread,) = threads_of(alice, link.contract)
        assert (thread.remark.author, thread.remark.words) == ("Hervé Maupertuis", "Pourquoi ce plafond ?")
        assert [(one.author, one.words) for one in thread.answers] == [("Alice Kerven", "C’est l’usage.")]
        assert not thread.open


# What each table of an organisation is called in an export, and what stays: links that would die, and what is computed again.
TABLES: dict[type[TenantModel], str] = {
    Membership: "members", Client: "clients", Contract: "contracts", Answer: "answers", AnswerHistory: "history", Dismissal: "dismissals",
    HouseVersion: "house_versions", HouseDraft: "house_drafts", Version: "versions", AccessLink: "links", Remark: "remarks",
    ProvisionalContract: "provisionals", ClientInventory: "inventories", HourPackPurchase: "hour_packs", ColumnsMapping: "columns",
    RuleReading: "readings", StoredAudit: "audits", TicketSource: "ticket_sources",
    TicketImport: "ticket_imports", StoredTicket: "tickets", ReplayRun: "replays",
    StoredFile: "files", HouseRow: "house", AuditEntry: "journal",
}  # fmt: skip
STAY = {Invitation, InventoryFile, ContractSummary, ContractVerdicts, EstatePass}
# The bytes of files and the digest of a link stay out of the manifest; groups and places are told again from the assets.
APART = {"organisation_id", "content", "token_digest", "groups", "places"}


def test_every_column_of_every_table_travels_or_is_named_here(exported: bytes) -> None:
    ours = {model for model in apps.get_models() if issubclass(model, TenantModel) and model.__module__.startswith("convenu.")}
    assert ours == {*TABLES, *STAY}
    manifest = read_archive(exported).manifest
    for model, name in TABLES.items():
        columns = {field.attname for field in model._meta.concrete_fields} - APART - ({"id"} if model is AuditEntry else set())
        assert set(manifest[name][0]) == columns, name


def test_an_archive_made_before_there_were_links_is_read(exported_from_elsewhere: bytes) -> None:
    archive = read_archive(exported_from_elsewhere)
    for later in ("links", "remarks", "provisionals", "inventories", "hour_packs", "columns"):
        del archive.manifest[later]
    with tenant_scope(import_organisation(write_archive(archive), now=NEXT_DAY, first=ALICE)):
        assert Contract.objects.exists()


def tampered(exported: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """The same archive with its manifest changed by somebody."""
    archive = read_archive(exported)
    change(archive.manifest)
    return write_archive(archive)


@pytest.mark.usefixtures("house")
def test_a_house_that_was_changed_and_a_release_not_installed_are_refused(exported: bytes) -> None:
    def reword(manifest: dict[str, Any]) -> None:
        manifest["house_versions"][0]["clauses"][0]["text"] = "Une visite et un gâteau.\n"

    def repin(manifest: dict[str, Any]) -> None:
        manifest["contracts"][0]["library_release"] = "2031.01"

    for change, told in ((reword, "la version 1 de ses clauses a été modifiée"), (repin, "la version 2031.01 de la bibliothèque")):
        with pytest.raises(MistakesError, match=told):
            import_organisation(tampered(exported, change), now=NEXT_DAY)


def test_the_imported_contract_reads_as_it_did_and_its_answers_are_still_undone(exported_from_elsewhere: bytes) -> None:
    organisation = import_organisation(exported_from_elsewhere, now=NEXT_DAY, first=ALICE)
    alice = owner_of(organisation)
    with tenant_scope(organisation):
        contract = Contract.objects.get(reference="HEL-2026-017")
        shown = view(alice, contract)
        assert shown.text.client == "Valdrène Ingénierie"
        assert [one.said.reason for one in shown.findings.blocking if one.said] == ["Usage de la profession."]
        entry = next(one for one in last_answers(alice, contract, now=NEXT_DAY) if one.term == "payment_days")
        assert undo(alice, contract, entry.pk, now=NEXT_DAY).lifted


def test_beside_other_organisations_an_import_is_a_new_one_with_the_same_content(house: House, exported_here: bytes) -> None:
    copy = import_organisation(exported_here, now=NEXT_DAY)
    assert copy.pk != house.argoat.pk
    assert content_of(export(owner_of(copy))) == content_of(exported_here)
    with tenant_scope(copy):
        assert audit.verify() == ()
        mine = {row.pk for model in (Client, Contract, Answer, Version, StoredFile) for row in model.objects.all()}
    with tenant_scope(house.argoat):
        theirs = {row.pk for model in (Client, Contract, Answer, Version, StoredFile) for row in model.objects.all()}
    assert mine
    assert not mine & theirs


def test_people_already_known_keep_their_account_and_nobodys_password_travels(house: House, exported_here: bytes) -> None:
    import_organisation(exported_here, now=NEXT_DAY)
    assert User.objects.count() == 3
    assert User.objects.get(pk=house.alice.user_id).check_password(PASSWORD)
    manifest = json.dumps(read_archive(exported_here).manifest)
    assert "alice@argoat.example" in manifest
    assert [word for word in ("password", "argon2", "md5", "totp", "seed", "token") if word in manifest] == []


def test_an_empty_installations_owner_chooses_a_new_password_and_the_others_ask_for_theirs(exported_from_elsewhere: bytes) -> None:
    import_organisation(exported_from_elsewhere, now=NEXT_DAY, first=ALICE)
    assert User.objects.get(email=ALICE.email).check_password(ALICE.password)
    assert not User.objects.get(email="bob@argoat.example").has_usable_password()


@pytest.mark.parametrize(
    ("first", "where"),
    [
        (None, "email"),
        (FirstSignIn("bob@argoat.example", ALICE.password), "email"),
        (FirstSignIn("inconnu@argoat.example", ALICE.password), "email"),
        (FirstSignIn(ALICE.email, "court"), "password"),
    ],
)
def test_an_empty_installation_is_opened_by_an_owner_with_a_good_password(
    exported_from_elsewhere: bytes, first: FirstSignIn | None, where: str
) -> None:
    with pytest.raises(MistakesError) as refused:
        import_organisation(exported_from_elsewhere, now=NEXT_DAY, first=first)
    assert {mistake.where for mistake in refused.value.mistakes} == {where}
    assert not Organisation.objects.exists()


def test_an_export_holds_nothing_of_another_organisation(exported: bytes) -> None:
    words = json.dumps(read_archive(exported).manifest, ensure_ascii=False)
    assert [name for name in ("Brocel", "charlie", "Le secret") if name in words] == []


def test_the_same_content_gives_the_same_bytes(exported: bytes) -> None:
    assert write_archive(read_archive(exported)) == write_archive(read_archive(exported)) == exported


def test_only_an_owner_exports_and_the_journal_says_so(house: House) -> None:
    with tenant_scope(house.argoat):
        with pytest.raises(NotAllowedError):
            export_organisation(house.bob, now=NOW)
        export_organisation(house.alice, now=NOW)
        assert audit.AuditEntry.objects.latest("number").action == "organisation_exported"


def zipped(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def twice(exported: bytes) -> bytes:
    buffer = io.BytesIO(exported)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(buffer, "a") as packed:
        packed.writestr("manifest.json", b"{}")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda _exported: b"", "lisible"),
        (lambda _exported: b"PK\x03\x04 rien", "lisible"),
        (lambda exported: exported[: len(exported) // 2], "lisible"),
        (lambda _exported: zipped({"manifest.json": b"{}"}), "lisible"),
        (lambda _exported: zipped({"manifest.json": b'{"format": "convenu-organisation", "format_version": 2}'}), "au format 2"),
        (lambda _exported: zipped({"manifest.json": b"[" * 100_000}), "imbriqué"),
        (lambda _exported: zipped({"manifest.json": b"\xff"}), "lisible"),
        (lambda _exported: zipped({"manifest.json": b"{}", "../../etc/passwd": b"x"}), "fichier inattendu"),
        (lambda _exported: zipped({"manifest.json": b"{}", "/files/" + "a" * 64: b"x"}), "fichier inattendu"),
        (lambda _exported: zipped({"manifest.json": b"{}", "files\\..\\x": b"x"}), "inattendu|lisible"),
        (lambda _exported: zipped({"manifest.json": b"{}", "files/" + "a" * 64: b"x"}), "joint a été modifié"),
        (twice, "lisible"),
    ],
)
@pytest.mark.usefixtures("house")
def test_a_file_that_is_no_export_is_refused_in_french_and_writes_nothing(
    exported: bytes, damage: Callable[[bytes], bytes], reason: str
) -> None:
    before = Organisation.objects.count()
    with pytest.raises(MistakesError, match=reason) as refused:
        import_organisation(damage(exported), now=NEXT_DAY)
    assert {mistake.where for mistake in refused.value.mistakes} == {"archive"}
    assert Organisation.objects.count() == before


def test_a_bomb_is_stopped_by_the_size_it_announces_and_by_the_size_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped({"manifest.json": b"{" + b" " * 5_000_000})
    assert len(bomb) < 50_000
    monkeypatch.setattr(archive_module, "MAX_MANIFEST", 1_000_000)
    with pytest.raises(MistakesError, match="trop gros"):
        read_archive(bomb)
    monkeypatch.setattr(archive_module, "MAX_MANIFEST", 10_000_000)
    monkeypatch.setattr(archive_module, "MAX_EXPANDED", 1_000_000)
    with pytest.raises(MistakesError, match="trop gros"):
        read_archive(bomb)
    monkeypatch.setattr(archive_module, "MAX_ARCHIVE", 10)
    with pytest.raises(MistakesError, match="trop gros"):
        read_archive(bomb)


def _unknown_person(manifest: dict[str, Any]) -> None:
    manifest["answers"][0]["updated_by_id"] = "00000000-0000-4000-8000-000000000000"


def _another_tenants_client(manifest: dict[str, Any]) -> None:
    manifest["contracts"][0]["client_id"] = manifest["organisation"]["id"]


def _the_same_term_twice(manifest: dict[str, Any]) -> None:
    manifest["answers"][1] = {
        **manifest["answers"][1],
        "term": manifest["answers"][0]["term"],
        "contract_id": manifest["answers"][0]["contract_id"],
    }


def _a_word_too_long(manifest: dict[str, Any]) -> None:
    manifest["clients"][0]["name"] = "x" * 400


def _a_stranger_key(manifest: dict[str, Any]) -> None:
    manifest["clients"][0]["password"] = "x"


def _a_count_as_words(manifest: dict[str, Any]) -> None:
    manifest["versions"][0]["rank"] = "beaucoup"


def _a_page_passed_off_as_a_picture(manifest: dict[str, Any]) -> None:
    manifest["files"][0]["media_type"] = "text/html; charset=utf-7"


def _a_missing_file(manifest: dict[str, Any]) -> None:
    manifest["files"][0]["sha256"] = "0" * 64


def _a_rewritten_journal(manifest: dict[str, Any]) -> None:
    manifest["journal"][3]["action"] = "nothing_happened"


def _no_owner(manifest: dict[str, Any]) -> None:
    for row in manifest["members"]:
        row["role"] = "read_only"


def _a_ticket_that_is_none(manifest: dict[str, Any]) -> None:
    manifest["tickets"][0]["facts"] = '{"key": 1}'


def _a_better_replay(manifest: dict[str, Any]) -> None:
    manifest["replays"][0]["result"] = manifest["replays"][0]["result"].replace('"met":1', '"met":2')


def _an_audit_of_nothing(manifest: dict[str, Any]) -> None:
    manifest["audits"][0]["text"] = '{"text": 1}'


def _a_role_of_their_own(manifest: dict[str, Any]) -> None:
    manifest["members"][1]["role"] = "god"


def _an_asset_more(manifest: dict[str, Any]) -> None:
    manifest["inventories"][0]["assets"] = '[{"key": "PC-1"}, {"key": "PC-2"}]'


def _assets_that_are_none(manifest: dict[str, Any]) -> None:
    manifest["inventories"][0]["assets"] = '{"key": 3}'


@pytest.mark.parametrize(
    "change",
    [
        _an_asset_more,
        _assets_that_are_none,
        _unknown_person,
        _another_tenants_client,
        _the_same_term_twice,
        _a_word_too_long,
        _a_stranger_key,
        _a_count_as_words,
        _a_page_passed_off_as_a_picture,
        _a_missing_file,
        _a_rewritten_journal,
        _no_owner,
        _a_role_of_their_own,
        _a_ticket_that_is_none,
        _a_better_replay,
        _an_audit_of_nothing,
    ],
)
@pytest.mark.usefixtures("house")
def test_an_export_that_somebody_changed_is_refused_whole(exported: bytes, change: Callable[[dict[str, Any]], None]) -> None:
    before = Organisation.objects.count()
    with pytest.raises(MistakesError) as refused:
        import_organisation(tampered(exported, change), now=NEXT_DAY)
    assert {mistake.where for mistake in refused.value.mistakes} == {"archive"}
    assert Organisation.objects.count() == before


@pytest.fixture(autouse=True)
def no_transaction_left_open() -> Iterator[None]:
    yield
    assert not connection.needs_rollback
