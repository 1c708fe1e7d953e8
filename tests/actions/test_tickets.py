"""Past tickets: an export is looked at, asked about, imported without doubles, stopped and begun again, inside its organisation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from convenu.actions import background, tickets
from convenu.actions.past_tickets import Taken, client_names, past_of
from convenu.actions.permissions import NotAllowedError
from convenu.connectors import reading_apart
from convenu.connectors.mapping import Mapping
from convenu.connectors.tickets_file import read_tickets
from convenu.documents.strangers import StrangerError
from convenu.facts.tickets import tickets_hash
from convenu.store.models import StoredTicket, TicketImport, TicketSource
from convenu.store.people import Role
from convenu.store.tenancy import tenant_scope
from convenu.store.work import WorkState
from convenu.vocabulary import yaml_text
from convenu.vocabulary.mistakes import MistakesError
from tests.web.people import NOW, House, add_member

UCI = Path("examples/uci498").resolve()
ROWS = """\
Numéro;Ouvert le;Résolu le;Priorité;Société
1;31/01/2026 09:00;31/01/2026 10:00;Haute;Valdrène
2;01/02/2026 09:00;02/02/2026 10:00;Basse;Autre
3;01/02/2026 09:00;02/02/2026 10:00;Étrange;Autre
"""
ANSWERS: dict[str, Any] = {
    "timezone": "Europe/Paris",
    "columns": {"ticket": "Numéro", "opened_at": "Ouvert le", "restored_at": "Résolu le", "priority": "Priorité", "client": "Société"},
    "priorities": {"Haute": "P1", "Basse": "P3"},
}


@pytest.fixture(autouse=True)
def read_at_hand(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process for each look takes half a second: the tests that are about it say so."""
    if "apart" not in request.node.name:
        monkeypatch.setattr(reading_apart, "lines_apart", lambda _module, given, **_bounds: reading_apart.answers(BytesIO(given)))


@pytest.fixture
def argoat(house: House, settings: Any) -> Iterator[House]:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with tenant_scope(house.argoat):
        yield house


def received(house: House, content: str | bytes = ROWS, name: str = "export.csv") -> TicketImport:
    given = content.encode() if isinstance(content, str) else content
    return tickets.receive_export(house.alice, source_name="GLPI", file_name=name, content=given, now=NOW)


def brought(house: House, content: str | bytes = ROWS, answers: dict[str, Any] | None = None) -> TicketImport:
    prepared = received(house, content)
    tickets.look(house.alice, prepared, answers or ANSWERS)
    tickets.begin_import(house.alice, prepared, now=NOW)
    return TicketImport.objects.get(pk=prepared.pk)


def test_looking_at_an_export_writes_no_ticket_and_asks_what_is_not_certain(argoat: House) -> None:
    seen = tickets.look(argoat.alice, received(argoat))
    assert seen.columns == ("Numéro", "Ouvert le", "Résolu le", "Priorité", "Société")
    assert seen.sample[0]["Société"] == "Valdrène"
    assert {mistake.where for mistake in seen.asked} == {"timezone"}
    assert seen.words == {"priorities": ["Haute", "Basse", "Étrange"]}
    assert not StoredTicket.objects.exists()


def test_an_answered_export_is_shown_as_it_will_be_read(argoat: House) -> None:
    seen = tickets.look(argoat.alice, received(argoat), ANSWERS)
    assert seen.read is not None
    assert (seen.read["tickets"], seen.read["rejected"], seen.read["left_out"]) == (2, 1, 1)
    assert not StoredTicket.objects.exists()


def test_an_import_keeps_the_tickets_and_says_what_it_refused(argoat: House) -> None:
    done = brought(argoat)
    assert (done.state, done.added, done.left_out, done.rejected_count) == (WorkState.DONE, 2, 1, 1)
    assert done.content is None
    (refused,) = tickets.refused_rows(done)
    assert (refused["row"], refused["reason"]) == (4, "priorité « Étrange » sans correspondance")
    assert refused["cells"][3] == "Étrange"
    assert client_names() == ["Autre", "Valdrène"]


def test_a_second_export_brings_tickets_up_to_date_without_doubles(argoat: House) -> None:
    brought(argoat)
    mended = ROWS.replace("02/02/2026 10:00;Basse", "03/02/2026 10:00;Basse").replace("Étrange", "Haute")
    done = brought(argoat, mended)
    assert (done.added, done.updated, done.unchanged, done.left_out) == (0, 2, 1, 0)
    assert StoredTicket.objects.filter(reason="").count() == 3


def test_a_ticket_that_can_no_longer_be_read_leaves_the_figures_until_it_can(argoat: House) -> None:
    brought(argoat)
    brought(argoat, ROWS.replace("Basse", "Inconnue"))
    aside = StoredTicket.objects.get(key="2")
    assert aside.reason == "priorité « Inconnue » sans correspondance"
    assert aside.facts
    brought(argoat)
    assert StoredTicket.objects.get(key="2").reason == ""


def test_the_answers_given_once_are_proposed_to_the_next_export(argoat: House) -> None:
    brought(argoat)
    again = received(argoat)
    seen = tickets.look(argoat.alice, again)
    assert seen.asked == ()
    assert seen.read is not None
    assert again.mapping == ANSWERS


def test_the_past_read_apart_is_the_past_of_the_file(argoat: House) -> None:
    answers = {**Mapping.preset("uci498"), "timezone": "UTC"}
    content = (UCI / "incidents.csv").read_bytes()
    done = brought(argoat, content, answers)
    assert (done.added, done.left_out, done.rejected_count) == (310, 1, 2)
    past = past_of(Taken(sources=(done.source_id,)))
    straight = read_tickets("incidents.csv", content, Mapping.read(yaml_text.read((UCI / "correspondance.yaml").read_bytes())))
    assert tickets_hash(past.tickets) == tickets_hash(straight.tickets)
    assert past.left_out == ("statut « -100 » sans correspondance",)


def test_one_client_s_tickets_are_taken_by_the_name_of_its_tool(argoat: House) -> None:
    done = brought(argoat)
    past = past_of(Taken(sources=(done.source_id,), client_name="Valdrène"))
    assert [ticket.key for ticket in past.tickets] == ["1"]


def test_tickets_of_two_tools_that_number_alike_stay_apart(argoat: House) -> None:
    first = brought(argoat)
    prepared = tickets.receive_export(argoat.alice, source_name="Zammad", file_name="x.csv", content=ROWS.encode(), now=NOW)
    tickets.look(argoat.alice, prepared, ANSWERS)
    tickets.begin_import(argoat.alice, prepared, now=NOW)
    past = past_of(Taken(sources=(first.source_id, prepared.source_id)))
    assert [ticket.key for ticket in past.tickets] == ["GLPI 1", "GLPI 2", "Zammad 1", "Zammad 2"]


def test_what_must_still_be_answered_stops_the_import_with_its_reason(argoat: House) -> None:
    done = brought(argoat, answers={**ANSWERS, "timezone": None})
    assert done.state == WorkState.FAILED
    assert "sans fuseau" in done.trouble
    assert not StoredTicket.objects.exists()


def test_an_import_stops_where_asked_and_begins_again_to_the_same_end(argoat: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tickets, "A_BATCH", 1)
    monkeypatch.setattr(background, "A_SIGN", timedelta(0))
    prepared = received(argoat)
    tickets.look(argoat.alice, prepared, ANSWERS)
    expect = background.Progress.expect

    def expect_and_ask(self: background.Progress, total: int) -> None:
        expect(self, total)
        TicketImport.objects.filter(pk=prepared.pk).update(stop_asked=True)

    with monkeypatch.context() as patched:
        patched.setattr(background.Progress, "expect", expect_and_ask)
        tickets.begin_import(argoat.alice, prepared, now=NOW)
    stopped = TicketImport.objects.get(pk=prepared.pk)
    assert (stopped.state, StoredTicket.objects.count()) == (WorkState.STOPPED, 1)
    tickets.import_again(argoat.alice, stopped, now=NOW)
    done = TicketImport.objects.get(pk=prepared.pk)
    assert (done.state, StoredTicket.objects.filter(reason="").count()) == (WorkState.DONE, 2)


def test_an_import_that_nobody_does_any_more_can_be_begun_again(argoat: House, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    prepared = received(argoat)
    tickets.look(argoat.alice, prepared, ANSWERS)
    left = tickets.begin_import(argoat.alice, prepared, now=NOW)
    TicketImport.objects.filter(pk=left.pk).update(state=WorkState.RUNNING, seen_at=NOW)
    with pytest.raises(MistakesError):
        tickets.import_again(argoat.alice, left, now=NOW + timedelta(seconds=30))
    tickets.import_again(argoat.alice, left, now=NOW + timedelta(minutes=5))
    assert TicketImport.objects.get(pk=left.pk).state == WorkState.WAITING


def test_a_fault_is_told_to_whoever_asked_and_not_swallowed(argoat: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def harmful(*_given: Any) -> None:
        raise StrangerError("no answer after 120 s")

    monkeypatch.setattr(tickets, "tickets_apart", harmful)
    done = brought(argoat)
    assert done.state == WorkState.FAILED
    assert "trop long à lire" in done.trouble


def test_a_file_that_is_no_export_is_refused_with_what_is_read(argoat: House) -> None:
    with pytest.raises(MistakesError) as caught:
        received(argoat, b"%PDF-1.7", "export.pdf")
    assert ".parquet" in str(caught.value)


def test_a_damaged_workbook_read_apart_is_told_as_a_mistake(argoat: House) -> None:
    with pytest.raises(MistakesError) as caught:
        tickets.look(argoat.alice, received(argoat, b"PK\x03\x04broken", "export.xlsx"))
    assert "classeur illisible" in str(caught.value)


def test_only_those_who_work_with_the_tools_bring_tickets(argoat: House) -> None:
    seller = add_member(argoat.argoat, "Sonia", "sonia@argoat.example", Role.SALES)
    with pytest.raises(NotAllowedError):
        tickets.receive_export(seller, source_name="GLPI", file_name="x.csv", content=b"a,b\n", now=NOW)
    taken = tickets.receive_export(argoat.bob, source_name="GLPI", file_name="x.csv", content=b"a,b\n", now=NOW)
    assert taken.state == WorkState.PREPARED


def test_an_export_only_looked_at_is_forgotten_whole(argoat: House) -> None:
    tickets.drop_export(argoat.alice, received(argoat))
    assert not TicketSource.objects.exists()


def test_a_source_goes_with_all_of_its_tickets(argoat: House) -> None:
    done = brought(argoat)
    tickets.remove_source(argoat.alice, done.source, now=NOW)
    assert not StoredTicket.objects.exists()
    assert not TicketImport.objects.exists()


def test_another_organisation_sees_none_of_it(argoat: House) -> None:
    brought(argoat)
    with tenant_scope(argoat.brocel):
        assert tickets.sources(argoat.charlie) == ()
        assert not StoredTicket.objects.exists()


def test_a_file_all_of_whose_rows_are_refused_is_told_by_its_number_and_keeps_the_first_ones(
    argoat: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_apart, "MOST_REFUSED", 2)
    rows = "".join(f"{number};31/01/2026 09:00;31/01/2026 10:00;Étrange;Autre\n" for number in range(5))
    done = brought(argoat, ROWS.splitlines()[0] + "\n" + rows)
    assert (done.state, done.added, done.left_out, done.rejected_count) == (WorkState.DONE, 0, 5, 5)
    assert [one["row"] for one in tickets.refused_rows(done)] == [2, 3]
    assert set(StoredTicket.objects.values_list("key", flat=True)) == set("01234")


def test_an_answer_read_apart_longer_than_its_export_comes_whole_a_line_at_a_time(argoat: House) -> None:
    rows = "ticket;opened_at;priority\n" + "".join(f"{number};2026-01-31T09:00Z;P1\n" for number in range(3000))
    done = brought(argoat, rows, {"layout": "tickets"})
    assert (done.state, done.added, done.total) == (WorkState.DONE, 3000, 3000)
    again = brought(argoat, rows, {"layout": "tickets"})
    assert (again.added, again.updated, again.unchanged) == (0, 0, 3000)


def test_a_ticket_brought_up_to_date_keeps_its_own_row(argoat: House) -> None:
    brought(argoat)
    before = set(StoredTicket.objects.values_list("pk", "key"))
    done = brought(argoat, ROWS.replace("10:00;Basse", "11:00;Basse"))
    assert done.updated == 1
    assert set(StoredTicket.objects.values_list("pk", "key")) == before
