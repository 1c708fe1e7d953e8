"""Exports of tickets: what is certain is read, what is not is asked, what is wrong is told and kept aside."""

from __future__ import annotations

import io
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from convenu.connectors.importing import Imported
from convenu.connectors.mapping import Mapping, WorkUnit
from convenu.connectors.table_file import table_of
from convenu.connectors.tickets_file import read_tickets, suggested
from convenu.connectors.worked import minutes_of
from convenu.facts.tickets import Event, EventKind, Evidence, Ticket, TicketKind, WaitCause, tickets_hash
from convenu.facts.worked_time import Level, WorkDecision, WorkedTime, WorkPlace
from convenu.vocabulary import yaml_text
from convenu.vocabulary.mistakes import MistakesError

UCI = Path("examples/uci498")

TICKETS = """\
Numéro;Ouvert le;Résolu le;Priorité
1;31/01/2026 09:00;31/01/2026 10:00;Haute
2;01/02/2026 09:00;02/02/2026 10:00;Basse
"""
MAPPING = """\
timezone: Europe/Paris
columns: {ticket: Numéro, opened_at: Ouvert le, restored_at: Résolu le, priority: Priorité}
priorities: {Haute: P1, Basse: P3}
"""


def mapping(text: str) -> Mapping:
    return Mapping.read(yaml_text.read(text))


def read(content: str | bytes, written: str = MAPPING, name: str = "export.csv") -> Imported:
    return read_tickets(name, content.encode() if isinstance(content, str) else content, mapping(written))


def asked(content: str | bytes, written: str = MAPPING, name: str = "export.csv") -> str:
    with pytest.raises(MistakesError) as caught:
        read(content, written, name)
    return "\n".join(str(mistake) for mistake in caught.value.mistakes)


def paris(written: str) -> int:
    return int(datetime.fromisoformat(f"{written}+01:00").timestamp())


def test_a_row_a_ticket_is_read_with_its_ends() -> None:
    first, second = read(TICKETS).tickets
    assert (first.key, first.opened_at, first.priority) == ("1", paris("2026-01-31T09:00"), "P1")
    assert first.events == (Event(paris("2026-01-31T10:00"), EventKind.RESTORED),)
    assert first.evidence is Evidence.END_POINTS
    assert first.records == {EventKind.RESTORED}
    assert second.priority == "P3"


def test_the_order_of_day_and_month_is_asked_when_no_day_passes_twelve() -> None:
    vague = TICKETS.replace("31/01", "03/01")
    assert "day_first" in asked(vague)
    assert read(vague, MAPPING + "dates: day_first\n").tickets[0].opened_at == paris("2026-01-03T09:00")
    assert read(vague, MAPPING + "dates: month_first\n").tickets[0].opened_at == paris("2026-03-01T09:00")


def test_both_orders_in_one_file_are_a_contradiction() -> None:
    assert "les deux ordres" in asked(TICKETS.replace("02/02/2026 10:00", "02/28/2026 10:00"))


def test_the_zone_is_asked_when_times_have_none() -> None:
    assert "timezone" in asked(TICKETS, MAPPING.replace("timezone: Europe/Paris\n", "encoding: utf-8\n"))
    own = "ticket,opened_at,priority\n1,2026-01-31T09:00:00+01:00,P1\n"
    assert read(own, "layout: tickets\n").tickets[0].opened_at == paris("2026-01-31T09:00")


def test_the_encoding_is_asked_when_it_is_not_utf_8() -> None:
    old = TICKETS.encode("cp1252")
    assert "encoding" in asked(old)
    assert len(read(old, MAPPING + "encoding: cp1252\n").tickets) == 2


def test_the_delimiter_is_asked_when_two_would_do() -> None:
    both = "a;b,c\n1;2,3\n"
    assert "séparateur incertain" in asked(both)
    assert len(read(TICKETS, MAPPING + 'delimiter: ";"\n').tickets) == 2


def test_everything_that_lacks_is_asked_at_once_with_the_header_that_looks_like_it() -> None:
    told = asked(TICKETS, "timezone: Europe/Paris\n")
    assert "Écrivez « ticket: Numéro »" in told
    assert "Écrivez « opened_at: Ouvert le »" in told
    assert "Écrivez « priority: Priorité »" in told


def test_a_row_that_cannot_be_read_is_kept_with_its_reason_and_leaves_its_ticket_out() -> None:
    found = read(TICKETS + "3;hier;;Haute\n4;03/02/2026 09:00;;\n;03/02/2026 09:00;;Haute\n")
    assert [(row.row, row.ticket) for row in found.rejected] == [(4, "3"), (5, "4"), (6, "")]
    assert "illisible" in found.rejected[0].reason
    assert "sans correspondance" in found.rejected[1].reason
    assert [blocked.ticket for blocked in found.blocked] == ["3", "4"]
    assert len(found.tickets) == 2


def test_an_end_before_the_opening_leaves_its_ticket_out() -> None:
    (blocked,) = read(TICKETS.replace("02/02/2026 10:00", "01/01/2026 10:00")).blocked
    assert (blocked.ticket, blocked.reason) == ("2", "un événement précède l’ouverture")


def test_a_time_that_its_zone_skips_is_refused_and_one_shown_twice_is_counted() -> None:
    rows = "Numéro;Ouvert le;Résolu le;Priorité\n1;29/03/2026 02:30;;Haute\n2;25/10/2026 02:30;;Haute\n"
    found = read(rows)
    assert "n’existe pas" in found.rejected[0].reason
    assert found.shown_twice == 1
    assert found.tickets[0].opened_at == int(datetime.fromisoformat("2026-10-25T02:30+02:00").timestamp())


def test_a_pause_that_the_tool_counted_makes_an_evidence_of_counters() -> None:
    rows = "ticket,opened_at,restored_at,priority,paused_seconds\n1,2026-01-31T09:00:00Z,2026-01-31T12:00:00Z,P1,3600\n"
    (one,) = read(rows, "layout: tickets\n").tickets
    assert (one.evidence, one.paused_seconds) == (Evidence.COUNTERS, 3600)


EVENTS = """\
ticket,at,order,status,priority
A,2026-01-05T09:00:00Z,0,open,P3
A,2026-01-05T10:00:00Z,1,responded,P3
A,2026-01-05T11:00:00Z,2,paused:client_answer,P2
A,2026-01-05T11:00:00Z,3,open,P2
A,2026-01-05T12:00:00Z,4,restored,P2
A,2026-01-06T12:00:00Z,5,closed,P2
A,2026-01-07T12:00:00Z,6,open,P2
B,2026-01-05T09:00:00Z,0,mystery,P3
"""


def test_rows_of_a_history_become_the_events_that_they_tell_in_their_order() -> None:
    found = read(EVENTS, "layout: events\n")
    (one,) = found.tickets
    assert [event.kind.value for event in one.events] == [
        "responded", "priority", "paused", "resumed", "restored", "closed", "reopened",
    ]  # fmt: skip
    assert one.events[2].cause is WaitCause.CLIENT_ANSWER
    assert one.evidence is Evidence.FULL_HISTORY


def test_an_unknown_status_blocks_its_ticket_and_not_the_file() -> None:
    found = read(EVENTS, "layout: events\n")
    assert [(blocked.ticket, blocked.reason) for blocked in found.blocked] == [("B", "statut « mystery » sans correspondance")]


def test_the_same_history_in_another_order_gives_the_same_tickets() -> None:
    header, *rows = EVENTS.splitlines()
    backwards = "\n".join([header, *reversed(rows)])
    assert tickets_hash(read(backwards, "layout: events\n").tickets) == tickets_hash(read(EVENTS, "layout: events\n").tickets)


def test_an_end_that_no_status_tells_is_read_from_its_column() -> None:
    rows = "ticket,at,status,priority,restored_at\nA,2026-01-05T09:00:00Z,open,P3,2026-01-05T12:00:00Z\n"
    (one,) = read(rows, "layout: events\nstatuses: {open: open}\n").tickets
    assert [event.kind for event in one.events] == [EventKind.RESTORED]
    assert EventKind.RESTORED in one.records


def test_a_column_that_the_mapping_does_not_name_is_not_read() -> None:
    rows = "id,opened_at,priority,kind\n1,2026-01-31T09:00:00Z,P1,whatever\n"
    named = "columns: {ticket: id, opened_at: opened_at, priority: priority}\n"
    assert len(read(rows, named).tickets) == 1


def workbook(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ROWS: list[list[Any]] = [
    ["Numéro", "Ouvert le", "Résolu le", "Priorité"],
    [1, datetime(2026, 1, 31, 9, 0), datetime(2026, 1, 31, 10, 0), "Haute"],  # noqa: DTZ001 - a workbook knows no zone
]


def test_a_workbook_is_read_with_its_own_dates() -> None:
    (one,) = read(workbook(("Export", ROWS)), name="export.xlsx").tickets
    assert (one.key, one.opened_at) == ("1", paris("2026-01-31T09:00"))


def test_the_sheet_is_asked_when_several_have_rows() -> None:
    two = workbook(("Tickets", ROWS), ("Autre", [["x"], [1]]))
    assert "sheet" in asked(two, name="export.xlsx")
    assert len(read(two, MAPPING + "sheet: Tickets\n", "export.xlsx").tickets) == 1
    assert "classeur illisible" in asked(b"not a workbook", name="export.xlsx")


def test_a_parquet_file_is_read_as_the_same_rows(tmp_path: Path) -> None:
    path = tmp_path / "export.parquet"
    with duckdb.connect() as base:
        base.execute(
            'COPY (SELECT 1 AS "Numéro", TIMESTAMP \'2026-01-31 09:00\' AS "Ouvert le", TIMESTAMP \'2026-01-31 10:00\' AS "Résolu le",'
            f" 'Haute' AS \"Priorité\") TO '{path}' (FORMAT parquet)"
        )
    (one,) = read_tickets(path.name, path.read_bytes(), mapping(MAPPING)).tickets
    assert (one.key, one.opened_at) == ("1", paris("2026-01-31T09:00"))


def test_our_json_gives_back_the_tickets_it_was_written_from() -> None:
    waiting = Event(1_700_000_100, EventKind.PAUSED, cause=WaitCause.SUPPLIER, until=1_700_000_900)
    ours = Ticket(
        key="J-1", opened_at=1_700_000_000, priority="P2", kind=TicketKind.REQUEST, channel="phone", site="Rennes",
        events=(waiting, Event(1_700_001_000, EventKind.RESTORED)),
    )  # fmt: skip
    stopped = [{"kind": "force_majeure", "start": "2026-01-01T00:00:00Z", "end": "2026-01-02T00:00:00Z"}]
    found = read(json.dumps({"tickets": [ours.as_json()], "interruptions": stopped}), name="tickets.json")
    assert found.tickets == (ours,)
    assert found.interruptions[0].announced_at is None


@pytest.mark.parametrize(
    ("ticket", "reason"),
    [
        ({"key": "1", "opened_at": "2026-01-01T00:00:00Z"}, "« priority » manque"),
        ({"key": "1", "opened_at": "2026-01-01T00:00:00", "priority": "P1"}, "sans décalage"),
        ({"key": "1", "opened_at": "2026-01-01T00:00:00Z", "priority": "haute"}, "P1, P2, P3 ou P4"),
        ({"key": "1", "opened_at": 10**14, "priority": "P1"}, "hors de propos"),
        ({"key": "1", "opened_at": "2026-01-01T00:00:00Z", "priority": "P1", "kind": "panne"}, "incident, request"),
        ({"key": "1", "opened_at": "2026-01-01T00:00:00Z", "priority": "P1", "paused_seconds": "1 h"}, "nombre entier"),
        ("text", ""),
    ],
)
def test_a_ticket_of_a_json_file_that_cannot_be_read_is_left_out(ticket: Any, reason: str) -> None:
    found = read(json.dumps([ticket]), name="tickets.json")
    assert found.tickets == ()
    assert reason in found.blocked[0].reason
    assert "JSON illisible" in asked("{", name="tickets.json")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("colums: {}\n", "columns"),
        ("columns: {tickett: Numéro}\n", "ticket"),
        ("priorities: {Haute: P9}\n", "P1, P2, P3, P4"),
        ("statuses: {Ouvert: ouvert}\n", "statuses"),
        ("preset: itop\n", "uci498"),
        ("timezone: Europe/Pari\n", "Europe/Paris"),
        ("timezone: ../etc\n", "Europe/Paris"),
        ("delimiter: '::'\n", "séparateur"),
        ("interruptions: [{kind: closing, start: hier, end: demain}]\n", "ISO 8601"),
    ],
)
def test_a_mapping_written_wrong_says_what_to_write(written: str, told: str) -> None:
    with pytest.raises(MistakesError, match=told):
        mapping(written)


def test_a_preview_proposes_a_mapping_to_complete_and_takes_nothing_for_granted() -> None:
    proposed = suggested(table_of("export.csv", TICKETS.encode(), Mapping()))
    assert proposed["columns"] == {"ticket": "Numéro", "opened_at": "Ouvert le", "priority": "Priorité", "restored_at": "Résolu le"}
    assert proposed["timezone"] == "?"
    assert proposed["dates"] == "day_first"
    assert proposed["priorities"] == {"Haute": "?", "Basse": "?"}


def test_the_real_log_is_read_whole_but_for_the_ticket_of_an_unknown_status() -> None:
    given = mapping((UCI / "correspondance.yaml").read_text("utf-8"))
    found = read_tickets("incidents.csv", (UCI / "incidents.csv").read_bytes(), given)
    assert (len(found.tickets), len(found.rejected)) == (310, 2)
    assert [(one.ticket, one.reason) for one in found.blocked] == [("0028089", "statut « -100 » sans correspondance")]
    assert found.tickets[0].records >= {EventKind.RESTORED, EventKind.PAUSED}
    assert EventKind.RESPONDED not in found.tickets[0].records


KNOWN = {
    "zammad": (
        "number,created_at,first_response_at,close_at,priority_id,organization_id",
        "22001,2026-02-02T09:00:00.123Z,2026-02-02T09:10:00Z,,2,1",
    ),
    "glpi": (
        "id,date,solvedate,closedate,priority,type,waiting_duration,entities_id,locations_id",
        "13123,2026-02-02 09:00:00,2026-02-02 11:00:00,,3,1,600,149,0",
    ),
    "atera": (
        "TicketNumber,TicketCreatedDate,TechnicianFirstCommentDate,TicketResolvedDate,TicketPriority,TicketSource,CustomerName",
        "1001,2026-02-02T09:00:00Z,2026-02-02T09:05:00Z,2026-02-02T12:00:00Z,High,Portal,Valdrène",
    ),
}  # fmt: skip


@pytest.mark.parametrize("tool", sorted(KNOWN))
def test_a_tool_whose_columns_are_known_is_proposed_and_leaves_its_own_words_to_be_answered(tool: str) -> None:
    header, row = KNOWN[tool]
    content = f"{header}\n{row}\n".encode()
    proposed = suggested(table_of("export.csv", content, Mapping()))
    assert proposed["source"] == Mapping.preset(tool)["source"]
    assert "?" in proposed["priorities"].values()
    answered = {"preset": tool, "priorities": dict.fromkeys(proposed["priorities"], "P2"), "timezone": "Europe/Paris"}
    (ticket,) = read_tickets("export.csv", content, Mapping.read(yaml_text.read(json.dumps(answered)))).tickets
    assert ticket.priority == "P2"
    assert ticket.events


def test_every_known_tool_names_where_its_columns_were_read_and_when() -> None:
    for tool in Mapping.presets():
        assert re.search(r"20\d\d|498", str(Mapping.preset(tool)["source"])), tool


WORKED = """\
Numéro;Ouvert le;Priorité;Temps;Début;Qui;Lieu;Facturable
1;31/01/2026 09:00;Haute;1,5;31/01/2026 17:45;Marie D.;Chez le client;Oui
2;01/02/2026 09:00;Basse;0h20;;n1;;Non
3;01/02/2026 09:00;Basse;;;;;
4;01/02/2026 09:00;Basse;-2;;;;
5;01/02/2026 09:00;Basse;beaucoup;;;;
6;01/02/2026 09:00;Basse;2000;;;;
"""
WORKED_MAPPING = """\
timezone: Europe/Paris
columns:
  {ticket: Numéro, opened_at: Ouvert le, priority: Priorité, worked: Temps, worked_at: Début, level: Qui, place: Lieu, billing: Facturable}
priorities: {Haute: P1, Basse: P3}
worked_unit: hours
levels: {Marie D.: n3}
work_places: {Chez le client: on_site}
decisions: {Oui: billed, Non: included}
"""


def test_the_time_spent_is_read_with_its_level_its_place_and_what_becomes_of_it_and_no_name_is_kept() -> None:
    found = read(WORKED, WORKED_MAPPING)
    told = {ticket.key: ticket.worked for ticket in found.tickets}
    assert told["1"] == (
        WorkedTime(
            minutes=90, at=paris("2026-01-31T17:45"), level=Level.N3, place=WorkPlace.ON_SITE, decision=WorkDecision.BILLED
        ),
    )  # fmt: skip
    assert told["2"] == (WorkedTime(minutes=20, level=Level.N1, decision=WorkDecision.INCLUDED),)
    assert told["3"] == ()
    refused = {one.ticket: one.reason for one in found.rejected}
    assert set(refused) == {"4", "5", "6"}
    assert "négatif" in refused["4"]
    assert "illisible" in refused["5"]
    assert "l’unité est-elle la bonne" in refused["6"]
    assert "Marie" not in json.dumps([ticket.as_json() for ticket in found.tickets])


@pytest.mark.parametrize(
    ("written", "unit", "minutes"),
    [
        ("90", "minutes", 90), ("1.5", "hours", 90), ("1,25", "hours", 75), ("5400", "seconds", 90), ("29", "seconds", 1),
        ("0", "hours", 0), ("01:30", "minutes", 90), ("1h05", "seconds", 65), ("01:30:30", "minutes", 91), ("0.5", "minutes", 1),
    ],
)  # fmt: skip
def test_a_time_is_whole_minutes_and_one_at_least(written: str, unit: str, minutes: int) -> None:
    assert minutes_of(written, WorkUnit(unit)) == minutes


def test_each_row_of_events_may_tell_some_work_and_it_comes_back_from_our_json() -> None:
    rows = """\
ticket,at,status,priority,worked,worked_at,level
1,2026-01-05T09:00:00+01:00,open,P1,,,
1,2026-01-05T10:00:00+01:00,responded,P1,15,2026-01-05T09:45:00+01:00,n1
1,2026-01-05T12:00:00+01:00,restored,P1,60,2026-01-05T11:00:00+01:00,n2
"""
    (ticket,) = read(rows, "layout: events\n").tickets
    assert [(one.minutes, one.level) for one in ticket.worked] == [(15, Level.N1), (60, Level.N2)]
    (again,) = read(json.dumps([ticket.as_json()]), name="t.json").tickets
    assert again == ticket
    assert "worked" not in read(TICKETS).tickets[0].as_json()
