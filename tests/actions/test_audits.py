"""A contract of any origin is kept as it was dropped, read behind the pages, confirmed term by term, and enters the estate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from convenu.actions import audits
from convenu.actions.audits import DroppedFile
from convenu.actions.clients import add_client
from convenu.actions.current_terms import current_terms
from convenu.actions.estate import begin_pass, estate
from convenu.actions.permissions import NotAllowedError
from convenu.agreement.derived import notice_deadline
from convenu.store import audit as journal
from convenu.store.audits import StoredAudit
from convenu.store.models import AuditEntry, ContractVerdicts
from convenu.store.tenancy import tenant_scope
from convenu.store.work import WorkState
from convenu.terms.states import Origin
from convenu.vocabulary.mistakes import MistakesError
from tests.actions.audited import OLD_CONTRACT
from tests.web.people import NOW, House


@pytest.fixture
def argoat(house: House, settings: Any) -> Iterator[House]:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with tenant_scope(house.argoat):
        yield house


def dropped(house: House, *files: tuple[str, bytes]) -> tuple[StoredAudit, ...]:
    kept = audits.drop_files(house.alice, [DroppedFile(*file) for file in files], now=NOW)
    return tuple(StoredAudit.objects.get(pk=one.pk) for one in kept)


@pytest.fixture
def old(argoat: House) -> StoredAudit:
    (kept,) = dropped(argoat, ("ancien.txt", OLD_CONTRACT.encode("cp1252")))
    return kept


def test_files_are_kept_to_the_byte_and_read_behind_the_pages_each_on_its_own(argoat: House) -> None:
    read, refused = dropped(argoat, ("ancien.txt", OLD_CONTRACT.encode()), ("abîmé.pdf", b"%PDF-1.7\nrien"))
    assert bytes(read.content) == OLD_CONTRACT.encode()
    assert (read.state, read.summary["is_service_contract"], read.summary["notice_by"]) == (WorkState.DONE, True, "2027-09-30")
    assert refused.state == WorkState.FAILED
    assert "ne se lit pas comme un PDF" in refused.trouble
    with pytest.raises(MistakesError, match="pas encore lu"):
        audits.audit_of(refused)


def test_each_term_stands_beside_the_words_it_was_read_in(old: StoredAudit) -> None:
    read = {one.key: one.read for one in audits.read_terms(old) if one.read}
    assert {"effective_date", "initial_duration", "renewal_duration", "notice_period", "late_rate", "court"} <= read.keys()
    assert read["effective_date"].written == {"value": "2025-01-01", "origin": "read_from_file"}
    assert "1er janvier 2025" in read["effective_date"].quote.text
    source = audits.audit_of(old).reading.document.source.text
    assert all(source[one.quote.start : one.quote.end] == one.quote.text for one in read.values())


def test_terms_are_confirmed_one_by_one_and_taken_back(argoat: House, old: StoredAudit) -> None:
    kept = audits.confirm_terms(argoat.alice, old, ["notice_period", "court"], now=NOW)
    assert [one.key for one in audits.read_terms(kept) if one.confirmed] == ["notice_period", "court"]
    kept = audits.confirm_terms(argoat.alice, old, ["court"], now=NOW)
    assert [one.key for one in audits.read_terms(kept) if one.confirmed] == ["court"]
    with pytest.raises(MistakesError, match="ne dit rien de"):
        audits.confirm_terms(argoat.alice, old, ["price_lines"], now=NOW)


def test_what_is_badly_read_or_not_read_is_written_beside_its_words_and_dates_the_contract(argoat: House, old: StoredAudit) -> None:
    kept = audits.confirm_terms(
        argoat.alice, old, ["court"], written={"initial_duration": "2 years", "provider_notice_period": "6 months"}, now=NOW
    )
    said = {one.key: one for one in audits.read_terms(kept) if one.confirmed}
    assert {key: one.corrected for key, one in said.items()} == {
        "initial_duration": True,
        "provider_notice_period": True,
        "court": False,
    }
    assert said["initial_duration"].read is not None
    assert said["provider_notice_period"].read is None
    client = add_client(argoat.alice, name="Menuiserie Kerlou", now=NOW)
    terms = current_terms(audits.open_from_audit(argoat.alice, kept, client, effective=None, now=NOW))
    assert (str(terms.initial_duration.value), terms.initial_duration.origin) == ("2 years", Origin.ASKED)
    assert terms.court.origin is Origin.READ


def test_a_term_written_anew_stays_until_it_is_taken_back(argoat: House, old: StoredAudit) -> None:
    kept = audits.confirm_terms(argoat.alice, old, [], written={"initial_duration": "2 years"}, now=NOW)
    kept = audits.confirm_terms(argoat.alice, kept, ["initial_duration", "court"], now=NOW)
    assert [one.key for one in audits.read_terms(kept) if one.corrected] == ["initial_duration"]
    kept = audits.confirm_terms(argoat.alice, kept, ["initial_duration"], written={"initial_duration": None}, now=NOW)
    (back,) = (one for one in audits.read_terms(kept) if one.confirmed)
    assert (back.key, back.corrected) == ("initial_duration", False)
    with pytest.raises(MistakesError, match="initial_duration"):
        audits.confirm_terms(argoat.alice, kept, ["court"], written={"initial_duration": "bientôt"}, now=NOW)
    assert [one.key for one in audits.read_terms(kept) if one.confirmed] == ["initial_duration"]


def test_a_confirmed_contract_enters_the_estate_with_its_deadlines(argoat: House, old: StoredAudit) -> None:
    client = add_client(argoat.alice, name="Menuiserie Kerlou", now=NOW)
    with pytest.raises(MistakesError, match="Aucun terme n’est confirmé"):
        audits.open_from_audit(argoat.alice, old, client, effective=None, now=NOW)
    everything = [one.key for one in audits.read_terms(old) if one.read]
    contract = audits.open_from_audit(
        argoat.alice, audits.confirm_terms(argoat.alice, old, everything, now=NOW), client, effective=None, now=NOW
    )
    terms = current_terms(contract)
    assert {key: terms.term(key).origin for key in everything} == dict.fromkeys(everything, Origin.READ)
    assert notice_deadline(terms) == date(2027, 9, 30)
    list(estate(argoat.alice, begin_pass(argoat.alice, now=NOW), now=NOW))
    assert ContractVerdicts.objects.filter(contract=contract).exists()
    with pytest.raises(MistakesError, match="déjà ouvert un contrat"):
        audits.open_from_audit(argoat.alice, old, client, effective=None, now=NOW)


def test_what_was_read_and_not_confirmed_stays_open_and_dates_nothing(argoat: House, old: StoredAudit) -> None:
    client = add_client(argoat.alice, name="Menuiserie Kerlou", now=NOW)
    kept = audits.confirm_terms(argoat.alice, old, ["effective_date", "court"], now=NOW)
    terms = current_terms(audits.open_from_audit(argoat.alice, kept, client, effective=None, now=NOW))
    left = [one.key for one in audits.read_terms(old) if one.key not in ("effective_date", "court")]
    assert {"initial_duration", "notice_period"} <= set(left)
    assert all(terms.term(key).unknown and "ancien.txt" in (terms.term(key).note or "") for key in left)
    # Our offer has a duration and a notice: they are not those of an old contract.
    assert terms.provider_notice_period.unknown
    assert notice_deadline(terms) is None


def test_a_file_dropped_twice_is_there_once_and_one_that_waits_can_be_withdrawn(argoat: House, old: StoredAudit, settings: Any) -> None:
    again = DroppedFile(old.file_name, OLD_CONTRACT.encode("cp1252"))
    assert audits.drop_files(argoat.alice, [again], now=NOW) == ()
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    (waits,) = audits.drop_files(argoat.alice, [DroppedFile("autre.txt", again.content)], now=NOW)
    audits.forget_audit(argoat.alice, waits, now=NOW)
    assert [one.file_name for one in StoredAudit.objects.all()] == [old.file_name]


def test_all_the_files_that_wait_are_withdrawn_at_once_and_those_read_stay(argoat: House, old: StoredAudit, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    audits.drop_files(argoat.alice, [DroppedFile(f"{one}.txt", OLD_CONTRACT.encode()) for one in range(3)], now=NOW)
    assert audits.forget_waiting(argoat.alice, now=NOW) == 3
    assert [one.file_name for one in StoredAudit.objects.all()] == [old.file_name]
    assert AuditEntry.objects.filter(action="audit_forgotten").count() == 3


def test_a_file_that_was_not_read_has_its_line_in_the_table(argoat: House, old: StoredAudit) -> None:
    dropped(argoat, ("abîmé.pdf", b"%PDF-1.7\nrien"))
    table = audits.table_file(argoat.bob, "csv", now=NOW)
    assert table is not None
    lines = table.content.decode("utf-8-sig").splitlines()
    assert [line.split(";")[:2] for line in lines[1:]] == [["abîmé.pdf", "non lu"], [old.file_name, "oui"]]
    assert "ne se lit pas comme un PDF" in lines[1]


def test_the_first_day_that_a_file_does_not_say_is_asked(argoat: House) -> None:
    (kept,) = dropped(argoat, ("sans date.txt", OLD_CONTRACT.replace("prend effet le 1er janvier 2025 et il ", "").encode()))
    kept = audits.confirm_terms(argoat.alice, kept, ["initial_duration", "notice_period"], now=NOW)
    client = add_client(argoat.alice, name="Menuiserie Kerlou", now=NOW)
    contract = audits.open_from_audit(argoat.alice, kept, client, effective=date(2024, 5, 1), now=NOW)
    assert notice_deadline(current_terms(contract)) == date(2027, 1, 31)
    assert current_terms(contract).effective_date.origin is Origin.ASKED


def test_the_same_words_are_judged_again_on_another_day(argoat: House, old: StoredAudit) -> None:
    later = NOW + timedelta(days=500)
    again = audits.look_again(argoat.alice, old, now=later)
    assert again.on_day == later.date()
    assert audits.audit_of(again).on == later.date()


def test_reports_and_the_table_of_every_contract_are_handed_over(argoat: House, old: StoredAudit) -> None:
    for kind, begins in (("pdf", b"%PDF"), ("docx", b"PK"), ("original", OLD_CONTRACT[:20].encode("cp1252"))):
        file = audits.audit_file(argoat.bob, old, kind)
        assert file is not None
        assert file.content.startswith(begins)
    for kind, words in (("csv", "ancien.txt;oui;fr;01/01/2025"), ("ics", "DTSTART;VALUE=DATE:20270930")):
        table = audits.table_file(argoat.bob, kind, now=NOW)
        assert table is not None
        assert words in table.content.decode("utf-8-sig")
    assert audits.audit_file(argoat.bob, old, "exe") is None
    assert audits.table_file(argoat.bob, "exe", now=NOW) is None


def test_a_file_is_removed_with_what_was_read_and_the_journal_says_so(argoat: House, old: StoredAudit) -> None:
    audits.forget_audit(argoat.alice, old, now=NOW)
    assert not StoredAudit.objects.exists()
    actions = list(AuditEntry.objects.order_by("number").values_list("action", flat=True))
    assert actions[-2:] == ["audit_begun", "audit_forgotten"]
    assert journal.verify() == ()


def test_whoever_does_not_write_contracts_reads_and_changes_nothing(argoat: House, old: StoredAudit) -> None:
    assert audits.audits(argoat.bob) == (old,)
    for deed in (
        lambda: audits.drop_files(argoat.bob, [DroppedFile("x.txt", b"x")], now=NOW),
        lambda: audits.confirm_terms(argoat.bob, old, [], now=NOW),
        lambda: audits.forget_waiting(argoat.bob, now=NOW),
        lambda: audits.forget_audit(argoat.bob, old, now=NOW),
        lambda: audits.look_again(argoat.bob, old, now=NOW),
    ):
        with pytest.raises(NotAllowedError):
            deed()


@pytest.mark.parametrize(
    ("files", "reason"),
    [([], "au moins un fichier"), ([DroppedFile("x.txt", b"x")] * 21, "20 fichiers"), ([DroppedFile("x.txt", b"x" * 25_000_001)], "25 Mo")],
)
def test_what_cannot_be_taken_is_refused_before_anything_is_kept(argoat: House, files: list[DroppedFile], reason: str) -> None:
    with pytest.raises(MistakesError, match=reason):
        audits.drop_files(argoat.alice, files, now=NOW)
    assert not StoredAudit.objects.exists()
