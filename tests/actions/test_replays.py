"""Proposals tried on the past behind the pages: kept with their hashes, the same when made again, compared, and explained by ticket."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest

from convenu.actions import replays, tickets
from convenu.actions.interview import answer
from convenu.actions.look_up import NotFoundError
from convenu.actions.past_tickets import Taken
from convenu.actions.permissions import NotAllowedError
from convenu.actions.replay_proposals import DRAFT, choices
from convenu.actions.versions import save_version
from convenu.connectors import reading_apart
from convenu.service.clock import Verdict
from convenu.service.explanation import explain
from convenu.service.resampling import Likeness
from convenu.store.models import Contract, ReplayRun, StoredTicket, TicketSource
from convenu.store.people import Role
from convenu.store.tenancy import tenant_scope
from convenu.store.work import WorkState
from convenu.vocabulary.mistakes import MistakesError
from tests.web.people import NOW, House, add_member

HEADER = "ticket,opened_at,acknowledged_at,responded_at,restored_at,priority,client\n"


def a_past() -> bytes:
    """Forty tickets of two clients, opened on working days at nine, each restored after so many hours."""
    rows = []
    for number in range(40):
        day = f"2026-{1 + number % 9:02d}-12T"
        times = [f"{day}{hour}:00+01:00" for hour in ("09:00", "09:05", "09:20", f"{10 + number % 8}:00")]
        rows.append(",".join((str(number), *times, f"P{1 + number % 3}", "Valdrène" if number % 2 else "Autre")))
    return (HEADER + "\n".join(rows) + "\n").encode()


@pytest.fixture
def argoat(house: House, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    monkeypatch.setattr(reading_apart, "lines_apart", lambda _module, given, **_bounds: reading_apart.answers(BytesIO(given)))
    with tenant_scope(house.argoat):
        prepared = tickets.receive_export(house.alice, source_name="GLPI", file_name="x.csv", content=a_past(), now=NOW)
        tickets.look(house.alice, prepared, {"layout": "tickets"})
        tickets.begin_import(house.alice, prepared, now=NOW)
        yield house


def taken(**changes: Any) -> Taken:
    return Taken(sources=(TicketSource.objects.get().pk,), **changes)


def tried(house: House, contract: Contract, *keys: str, **changes: Any) -> ReplayRun:
    run = replays.begin_replay(house.alice, contract, keys=keys or (DRAFT,), taken=taken(**changes), now=NOW)
    return ReplayRun.objects.get(pk=run.pk)


def test_a_replay_keeps_its_result_with_the_hashes_of_terms_calendars_and_tickets(argoat: House, contract: Contract) -> None:
    run = tried(argoat, contract)
    assert (run.state, run.done, run.total) == (WorkState.DONE, 80, 80)
    (found,) = replays.result_of(run)
    assert (found["name"], found["tickets"], found["computed"]) == ("Le projet actuel", 40, 40)
    assert set(found["hashes"]) == {"terms", "calendars", "tickets"}
    assert found["hashes"]["tickets"] == run.tickets_hash
    assert found["tightest"]
    assert found["longer_hours"]
    response = next(one for one in found["commitments"] if (one["kind"], one["priority"]) == ("response", "P1"))
    assert sum(response["tenths_of_target"]) == response["tickets"]


def test_a_replay_made_again_gives_the_same_figures_though_the_draft_moved(argoat: House, contract: Contract) -> None:
    first = tried(argoat, contract)
    answer(argoat.alice, contract, {"response_time": {"P1": "2 business_minutes"}}, now=NOW)
    ReplayRun.objects.filter(pk=first.pk).update(state=WorkState.STOPPED, result="", result_hash="")
    replays.replay_again(argoat.alice, first, now=NOW)
    again = ReplayRun.objects.get(pk=first.pk)
    assert again.result_hash == first.result_hash
    assert again.result == first.result
    assert tried(argoat, contract).result_hash != first.result_hash


def test_a_corrected_past_is_seen_by_the_hash_of_its_tickets(argoat: House, contract: Contract) -> None:
    first = tried(argoat, contract)
    StoredTicket.objects.filter(key="3").delete()
    assert tried(argoat, contract).tickets_hash != first.tickets_hash


def test_a_draft_a_version_an_offer_and_a_position_are_compared_on_the_same_tickets(argoat: House, contract: Contract) -> None:
    save_version(argoat.alice, contract, now=NOW)
    position = next(one.key for one in choices(argoat.alice, contract, None) if one.key.startswith("position-service_clock"))
    run = tried(argoat, contract, DRAFT, "version-1", "offre-eti", position)
    found = replays.result_of(run)
    assert [one["name"] for one in found][:3] == ["Le projet actuel", "La version 0.1", "Les engagements de l’offre ETI"]
    assert len({one["hashes"]["tickets"] for one in found}) == 1
    assert found[0]["hashes"]["terms"] == found[1]["hashes"]["terms"]
    assert len({one["hashes"]["terms"] for one in found}) == 3


def test_more_than_four_proposals_or_none_are_refused(argoat: House, contract: Contract) -> None:
    for keys in ((), (DRAFT, "offre-tpe", "offre-pme", "offre-eti", "offre-grande_entreprise"), ("version-9",)):
        with pytest.raises(MistakesError):
            replays.begin_replay(argoat.alice, contract, keys=keys, taken=taken(), now=NOW)


def test_the_limits_that_the_past_kept_can_be_tried_next_and_are_kept(argoat: House, contract: Contract) -> None:
    assert not [one for one in choices(argoat.alice, contract, None) if one.key.startswith("tenu-")]
    tried(argoat, contract)
    (found,) = replays.result_of(tried(argoat, contract, "tenu-90"))
    shares = [one["attainment"] for one in found["commitments"] if one["kind"] in ("response", "restoration")]
    assert shares
    assert min(shares) >= 0.9


def test_a_client_without_history_is_told_on_a_draw_of_the_others(argoat: House, contract: Contract) -> None:
    run = tried(argoat, contract, like=Likeness(assets=10, among=40, seed=2))
    (found,) = replays.result_of(run)
    assert found["tickets"] == 10
    assert run.drawn == {"assets": 10, "among": 40, "seed": 2}
    assert tried(argoat, contract, like=Likeness(assets=10, among=40, seed=2)).result_hash == run.result_hash


def test_one_client_s_own_tickets_are_taken_when_named(argoat: House, contract: Contract) -> None:
    (found,) = replays.result_of(tried(argoat, contract, client_name="Valdrène"))
    assert found["tickets"] == 20
    with pytest.raises(MistakesError):
        tried(argoat, contract, client_name="Personne")


def test_each_minute_of_one_ticket_is_told_under_each_proposal(argoat: House, contract: Contract) -> None:
    run = tried(argoat, contract)
    told = replays.explain_ticket(argoat.alice, run, 0, "3")
    response = next(one for one in told.results if one.commitment == "response")
    assert response.verdict in (Verdict.MET, Verdict.MISSED)
    stretches = explain(response)
    assert sum(one.seconds for one in stretches if one.counted) == response.consumed
    assert all(told.article(one.clause) for one in stretches)
    for rank, key in ((0, "unknown"), (4, "3")):
        with pytest.raises(NotFoundError):
            replays.explain_ticket(argoat.alice, run, rank, key)


def test_a_replay_belongs_to_its_contract_and_its_organisation(argoat: House, contract: Contract) -> None:
    run = tried(argoat, contract)
    with tenant_scope(argoat.brocel), pytest.raises(NotFoundError):
        replays.find_replay(argoat.charlie, contract, run.pk)
    reader = add_member(argoat.argoat, "Rémi", "remi@argoat.example", Role.READ_ONLY)
    assert replays.find_replay(reader, contract, run.pk) == run
    with pytest.raises(NotAllowedError):
        replays.begin_replay(reader, contract, keys=[DRAFT], taken=taken(), now=NOW)
