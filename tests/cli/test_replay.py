"""`convenu replay` and `convenu tickets` on the real incidents of the examples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from convenu.cli.main import main
from convenu.vocabulary.french import plain_spaces

UCI = Path("examples/uci498").resolve()
TERMS, TICKETS, MAPPING = (str(UCI / name) for name in ("proposition.yaml", "incidents.csv", "correspondance.yaml"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    result = run("replay", "--terms", TERMS, "--tickets", TICKETS, "--mapping", MAPPING, "--solve", "--explain", "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_every_ticket_of_the_file_is_computed_or_has_its_reason(told: dict[str, Any]) -> None:
    assert told["tickets"] == told["computed"] + sum(one["count"] for one in told["not_computed"]) == 311
    assert told["evidence"] == {"full_history": 310}
    assert [row["reason"] for row in told["rejected_rows"]] == ["statut « -100 » sans correspondance"] * 2


def test_each_commitment_has_its_share_its_interval_and_its_breaches_explained(told: dict[str, Any]) -> None:
    kinds = [(one["kind"], one["priority"]) for one in told["commitments"]]
    assert kinds == [("restoration", priority) for priority in ("P1", "P2", "P3", "P4")]
    for one in told["commitments"]:
        assert one["tickets"] == one["met"] + len(one["breaches"])
        assert one["ci95"][0] <= one["attainment"] <= one["ci95"][1]
        for breach in one["breaches"]:
            assert breach["consumed_seconds"] > breach["target_seconds"]
            assert breach["consumed_seconds"] == sum(part["seconds"] for part in breach["stretches"] if part["counted"])
            assert all(part["article"] for part in breach["stretches"])
    assert [one["target_seconds"] for one in told["commitments"]] == [8 * 3600, 16 * 3600, None, None]


def test_what_was_read_is_pinned_by_hashes(told: dict[str, Any]) -> None:
    assert set(told["hashes"]) == {"terms", "calendars", "tickets"}
    again = json.loads(run("replay", "--terms", TERMS, "--tickets", TICKETS, "--mapping", MAPPING, "--json").stdout)
    assert again["hashes"] == told["hashes"]
    assert again["credits"] == told["credits"]


def test_each_share_says_by_what_evidence_its_tickets_are_known_where_they_differ(told: dict[str, Any], tmp_path: Path) -> None:
    assert [one["evidence"] for one in told["commitments"]] == [{"full_history": one["tickets"]} for one in told["commitments"]]
    export = tmp_path / "ends.csv"
    rows = "ticket,opened_at,restored_at,priority,paused_seconds\n"
    rows += "".join(f"{key},2026-11-23T08:00Z,2026-11-23T09:00Z,P1,{paused}\n" for key, paused in ((1, "60"), (2, ""), (3, "")))
    export.write_text(rows, encoding="utf-8")
    shown = plain_spaces(run("replay", "--terms", TERMS, "--tickets", str(export)).stdout)
    counted, ends = (
        "début, fin et durée de suspension comptée par l'outil, 1 ticket",
        "début et fin seulement, suspensions inconnues, 2 tickets",
    )
    assert f"      preuve : {counted} ; {ends}\n" in shown
    whole = plain_spaces(run("replay", "--terms", TERMS, "--tickets", TICKETS, "--mapping", MAPPING).stdout)
    assert whole.count("preuve : ") == 1


def test_the_tightest_limits_and_longer_hours_are_given_when_asked(told: dict[str, Any]) -> None:
    assert {one["level"] for one in told["tightest"]} == {90, 95, 99}
    assert all(one["met"] >= one["met_before"] and one["estimate"] for one in told["longer_hours"])


def test_the_text_says_the_same_in_french() -> None:
    result = run("replay", "--terms", TERMS, "--tickets", TICKETS, "--mapping", MAPPING)
    text = plain_spaces(result.stdout)
    assert result.exit_code == 0
    assert "310 tickets calculés sur 311" in text
    assert "Rétablissement P1 (8 heures ouvrées)" in text
    assert "Avoirs qui auraient été dus" in text


def test_one_ticket_is_explained_with_its_articles() -> None:
    result = run("replay", "--terms", TERMS, "--tickets", TICKETS, "--mapping", MAPPING, "--ticket", "0001046")
    text = plain_spaces(result.stdout)
    assert "manqué" in text
    assert "Plage de service (article 7.3)" in text
    assert "non compté" in text


@pytest.mark.parametrize(("key", "expected"), [("0028089", "laissé de côté"), ("9999999", "aucun ticket de ce numéro")])
def test_a_ticket_that_is_not_there_is_told(key: str, expected: str) -> None:
    result = run("replay", "--terms", TERMS, "--tickets", TICKETS, "--mapping", MAPPING, "--ticket", key)
    assert result.exit_code == 2
    assert expected in result.stderr


def test_up_to_four_proposals_are_compared(tmp_path: Path) -> None:
    arguments = ["replay", "--tickets", TICKETS, "--mapping", MAPPING, "--json"]
    proposals = [tmp_path / f"{number}.yaml" for number in range(5)]
    for proposal in proposals:
        proposal.write_bytes(Path(TERMS).read_bytes())
    given = [word for proposal in proposals for word in ("--terms", str(proposal))]
    two = json.loads(run(*arguments, *given[:4]).stdout)
    assert [one["computed"] for one in two["proposals"]] == [310, 310]
    assert "5 propositions" in run(*arguments, *given).stderr


def test_without_a_mapping_what_must_be_answered_is_asked_all_at_once() -> None:
    result = run("replay", "--terms", TERMS, "--tickets", TICKETS)
    assert result.exit_code == 2
    for asked in ("timezone", "columns.ticket"):
        assert asked in result.stderr


def test_a_look_at_an_export_proposes_a_mapping_then_says_what_it_reads() -> None:
    seen = json.loads(run("tickets", TICKETS).stdout)
    assert seen["mapping"]["columns"]["ticket"] == "number"
    assert seen["mapping"]["timezone"] == "?"
    assert seen["mapping"]["layout"] == "events"
    read = json.loads(run("tickets", TICKETS, "--mapping", MAPPING).stdout)
    assert (read["tickets"], len(read["rejected_rows"]), read["left_out"][0]["ticket"]) == (310, 2, "0028089")


def test_a_client_without_history_is_tried_on_a_draw_that_says_what_it_is() -> None:
    arguments = ["replay", "--terms", TERMS, "--tickets", TICKETS, "--mapping", MAPPING]
    drawn = run(*arguments, "--like", "25/100:3")
    assert "C'est une supposition" in plain_spaces(drawn.stdout)
    told = json.loads(run(*arguments, "--like", "25/100:3", "--json").stdout)
    assert told["tickets"] == 78
    assert {name: told["drawn"][name] for name in ("assets", "among", "seed")} == {"assets": 25, "among": 100, "seed": 3}
    assert run(*arguments, "--like", "25").exit_code == 2
