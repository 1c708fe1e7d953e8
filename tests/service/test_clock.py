"""The clocks of a ticket, by the sentences of the contract; an MSP or a lawyer may read each test as a case."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from convenu.facts.interruptions import Interruption, InterruptionKind
from convenu.facts.tickets import Event, EventKind, Evidence, Ticket, TicketKind, WaitCause
from convenu.service.clock import Result, Verdict, measured
from convenu.service.commitments import Commitment
from convenu.service.contract import ServiceContract
from convenu.service.explanation import explain
from convenu.terms.closed_lists import PauseReason
from convenu.terms.contract import Terms
from convenu.vocabulary.clause_ref import ClauseRef

WEEK = ("mon", "tue", "wed", "thu", "fri")
OFFICE = {"name": "Plage de service", "hours": {day: ["09:00-18:00"] for day in WEEK}, "holidays": "FR"}
LATER = "2026-12-31T00:00"


def moment(written: str) -> int:
    """An instant of Paris in winter: « 2026-11-27T16:00 »."""
    return int(datetime.fromisoformat(f"{written}+01:00").timestamp())


def terms(**changes: Any) -> Terms:
    usual: dict[str, Any] = {
        "service_hours": [OFFICE], "on_call": "no_on_call",
        "acknowledgement_time": "none",
        "response_time": {"P1": "1 business_hours", "P2": "2 business_hours", "P3": "8 business_hours"},
        "workaround_time": {"P1": "4 business_hours"},
        "restoration_time": {"P1": "4 business_hours", "P2": "8 business_hours", "P3": "3 business_days"},
        "update_time": "4 business_hours", "request_time": "3 business_days",
        "clock_pauses": ["client_answer", "client_request", "supplier", "maintenance_window", "site_closed", "force_majeure"],
        "client_reply": "complete", "same_symptom_reopening": "5 business_days", "upgrade_time_left": "30 minutes",
        "maintenance_notice": "5 days", "force_majeure_notice": "1 days", "closing_notice": "15 days",
    }  # fmt: skip
    return Terms.model_validate({**usual, **changes})


def event(written: str, kind: str, **details: Any) -> Event:
    if "cause" in details:
        details["cause"] = WaitCause(details["cause"])
    return Event(moment(written), EventKind(kind), **details)


def ticket(opened: str, *events: Event, priority: str = "P1", **details: Any) -> Ticket:
    return Ticket(key="T-1", opened_at=moment(opened), priority=priority, events=events, **details)


def measure(one: Ticket, commitment: str = "restoration", *, as_of: str = LATER, **changes: Any) -> Result:
    (result, *_) = measured(one, ServiceContract.of(terms(**changes)), as_of=moment(as_of), commitments=[Commitment(commitment)])
    return result


WAIT = event("2026-11-27T17:00", "paused", cause="client_answer")
BACK = event("2026-11-30T10:00", "resumed")


# What the field's engines get wrong, each with the answer that the contract's words give.


def test_a_pause_subtracts_only_the_service_time_it_covers() -> None:
    """Friday 16:00, four hours, paused from Friday 17:00 to Monday 10:00: due on Monday at 13:00, neither at 11:00 nor on Thursday."""
    result = measure(ticket("2026-11-27T16:00", WAIT, BACK))
    assert result.due == moment("2026-11-30T13:00")
    assert measure(ticket("2026-11-27T16:00")).due == moment("2026-11-30T11:00")


def test_a_pause_and_the_time_consumed_survive_a_change_of_priority() -> None:
    lower = event("2026-11-30T10:30", "priority", priority="P2")
    result = measure(ticket("2026-11-27T16:00", WAIT, BACK, lower, event("2026-11-30T17:30", "restored")))
    assert (result.priority, result.consumed, result.due) == ("P2", 8 * 3600 + 1800, moment("2026-11-30T17:00"))
    assert result.verdict is Verdict.MISSED


def test_a_pause_and_the_time_consumed_survive_an_amendment() -> None:
    contract = ServiceContract({date.min: terms(), date(2026, 11, 30): terms(restoration_time={"P1": "6 business_hours"})})
    (result,) = measured(ticket("2026-11-27T16:00", WAIT, BACK), contract, as_of=moment(LATER), commitments=[Commitment.RESTORATION])
    assert result.due == moment("2026-11-30T15:00")


def test_new_hours_leave_past_verdicts_as_they_were() -> None:
    longer = {**OFFICE, "hours": {day: ["07:00-20:00"] for day in WEEK}}
    contract = ServiceContract({date.min: terms(), date(2026, 12, 1): terms(service_hours=[longer])})
    one = ticket("2026-11-27T16:00", event("2026-11-30T11:00", "restored"))
    (before,) = measured(one, ServiceContract.of(terms()), as_of=moment(LATER), commitments=[Commitment.RESTORATION])
    (after,) = measured(one, contract, as_of=moment(LATER), commitments=[Commitment.RESTORATION])
    assert (before.consumed, before.verdict) == (after.consumed, after.verdict) == (4 * 3600, Verdict.MET)


def test_news_given_to_the_caller_are_no_response_and_no_response_is_a_restoration() -> None:
    one = ticket("2026-11-27T09:00", event("2026-11-27T09:10", "updated"), event("2026-11-27T09:40", "responded"))
    assert measure(one, "response").consumed == 40 * 60
    assert measure(one).reached is None


def test_a_pause_shown_is_a_pause_not_counted() -> None:
    result = measure(ticket("2026-11-27T16:00", WAIT), as_of="2026-12-15T00:00")
    assert (result.consumed, result.due, result.verdict) == (3600, None, Verdict.RUNNING)


@pytest.mark.parametrize("given", ["none", {"P2": "8 business_hours"}])
def test_no_commitment_is_an_answer_with_its_clause(given: Any) -> None:
    result = measure(ticket("2026-11-27T16:00"), restoration_time=given)
    assert (result.verdict, result.clause) == (Verdict.NO_COMMITMENT, ClauseRef("time_targets", ("restoration_time",)))


def test_an_open_point_of_the_contract_is_told_and_not_guessed() -> None:
    assert measure(ticket("2026-11-27T16:00"), restoration_time="unknown").verdict is Verdict.NOT_COMPUTABLE
    assert "suspension" in measure(ticket("2026-11-27T16:00", WAIT), clock_pauses="unknown").reason


def test_a_lunch_break_stops_the_clock() -> None:
    lunch = {**OFFICE, "hours": {day: ["09:00-12:30", "14:00-18:00"] for day in WEEK}}
    assert measure(ticket("2026-11-27T11:00"), service_hours=[lunch]).due == moment("2026-11-27T16:30")


# Start, end, pauses.


def test_a_call_out_of_hours_starts_at_the_next_opening_even_for_a_limit_at_any_hour() -> None:
    result = measure(ticket("2026-11-27T22:00", channel="phone"), restoration_time={"P1": "4 hours"})
    assert (result.start, result.due) == (moment("2026-11-30T09:00"), moment("2026-11-30T13:00"))


def test_a_call_to_the_on_call_number_starts_at_once_for_what_it_covers() -> None:
    night: dict[str, Any] = {"on_call": "p1", "restoration_time": {"P1": "4 hours", "P2": "4 hours"}}
    assert measure(ticket("2026-11-27T22:00", channel="on_call_phone"), **night).due == moment("2026-11-28T02:00")
    assert measure(ticket("2026-11-27T22:00", channel="email"), **night).due == moment("2026-11-30T13:00")
    assert measure(ticket("2026-11-27T22:00", channel="on_call_phone", priority="P2"), **night).due == moment("2026-11-30T13:00")


def test_a_call_by_a_channel_that_starts_no_clock_is_promised_nothing() -> None:
    channels = [{"kind": "portal"}, {"kind": "chat", "starts_clock": False}]
    said = measure(ticket("2026-11-27T11:00", channel="chat"), support_channels=channels)
    assert (said.verdict, said.clause.key) == (Verdict.NO_COMMITMENT, "support_channels")
    assert "canal" in said.reason
    assert measure(ticket("2026-11-27T11:00", channel="email"), support_channels=channels).verdict is Verdict.NO_COMMITMENT
    for channel in ("portal", ""):
        assert measure(ticket("2026-11-27T11:00", channel=channel), support_channels=channels).due is not None
    assert measure(ticket("2026-11-27T11:00", channel="chat"), support_channels="none").due is not None
    assert measure(ticket("2026-11-27T11:00", channel="on_call_phone"), support_channels=channels, on_call="p1").due is not None


def test_an_on_call_service_by_name_covers_that_service() -> None:
    night: dict[str, Any] = {"on_call": "per_service", "on_call_services": ["Portail"], "restoration_time": {"P1": "4 hours"}}
    assert measure(ticket("2026-11-27T22:00", channel="on_call_phone", service="portail"), **night).due == moment("2026-11-28T02:00")
    assert measure(ticket("2026-11-27T22:00", channel="on_call_phone", service="Paie"), **night).due == moment("2026-11-30T13:00")


def test_a_limit_in_business_days_ends_at_the_closing_of_the_last_one() -> None:
    assert measure(ticket("2026-11-26T10:00", priority="P3")).due == moment("2026-12-01T18:00")
    assert measure(ticket("2026-11-28T10:00", priority="P3")).due == moment("2026-12-03T18:00")


def test_a_limit_in_days_counts_every_day_and_one_in_working_days_all_but_sundays_and_holidays() -> None:
    assert measure(ticket("2026-11-27T10:00"), restoration_time={"P1": "3 days"}).due == moment("2026-12-01T00:00")
    assert measure(ticket("2026-12-24T10:00"), restoration_time={"P1": "2 working_days"}).due == moment("2026-12-29T00:00")


@pytest.mark.parametrize(
    ("rule", "reply", "due"),
    [
        ("complete", True, "2026-11-30T14:00"),
        ("complete", False, None),
        ("any", False, "2026-11-30T14:00"),
        ("none", True, None),
    ],
)
def test_the_contract_decides_whether_a_reply_of_the_client_ends_a_pause(rule: str, reply: bool, due: str | None) -> None:
    replied = event("2026-11-30T11:00", "client_replied", complete=reply)
    result = measure(ticket("2026-11-27T16:00", WAIT, replied), client_reply=rule)
    assert result.due == (moment(due) if due else None)


def test_a_reply_of_the_client_does_not_bring_a_supplier_back() -> None:
    supplier = event("2026-11-27T17:00", "paused", cause="supplier")
    assert measure(ticket("2026-11-27T16:00", supplier, event("2026-11-30T11:00", "client_replied"))).due is None


def test_a_pause_until_a_time_set_ends_then() -> None:
    until = event("2026-11-27T17:00", "paused", cause="client_request", until=moment("2026-11-30T10:00"))
    assert measure(ticket("2026-11-27T16:00", until)).due == moment("2026-11-30T13:00")


@pytest.mark.parametrize(("cause", "admitted"), [("supplier", True), ("spare_part", False), ("other", False), ("provider", False)])
def test_only_the_reasons_of_the_contract_stop_the_clock(cause: str, admitted: bool) -> None:
    result = measure(ticket("2026-11-27T16:00", event("2026-11-27T17:00", "paused", cause=cause), BACK))
    assert result.due == moment("2026-11-30T13:00" if admitted else "2026-11-30T11:00")


def test_an_open_list_admits_every_reason_but_the_provider_s_own_waits() -> None:
    for cause, due in (("other", "2026-11-30T13:00"), ("provider", "2026-11-30T11:00")):
        one = ticket("2026-11-27T16:00", event("2026-11-27T17:00", "paused", cause=cause), BACK)
        assert measure(one, clock_pauses=["open_list"]).due == moment(due)


def test_the_causes_recorded_are_those_that_a_contract_may_admit() -> None:
    assert {cause.value for cause in WaitCause} - {"provider", "other"} == {reason.value for reason in PauseReason} - {"open_list"}


# Priority, workaround, reopening.


def test_a_raised_priority_leaves_at_least_the_time_agreed() -> None:
    raised = event("2026-11-27T15:00", "priority", priority="P1")
    result = measure(ticket("2026-11-27T09:00", raised, priority="P2"))
    assert result.due == moment("2026-11-27T15:30")
    assert result.notes
    early = event("2026-11-27T10:00", "priority", priority="P1")
    assert measure(ticket("2026-11-27T09:00", early, priority="P2")).due == moment("2026-11-27T13:00")


def test_a_limit_already_passed_before_the_priority_was_lowered_is_told() -> None:
    lowered = event("2026-11-27T15:00", "priority", priority="P2")
    result = measure(ticket("2026-11-27T09:00", lowered, event("2026-11-27T16:00", "restored")))
    assert result.verdict is Verdict.MET
    assert "déjà dépassée" in result.notes[0]


def test_a_workaround_accepted_in_silence_lowers_the_priority_by_one_and_keeps_the_clock() -> None:
    done = event("2026-11-26T10:00", "worked_around")
    restored = event("2026-11-30T10:00", "restored")
    result = measure(ticket("2026-11-26T09:00", done, restored))
    assert (result.priority, result.target) == ("P2", 8 * 3600)
    objected = event("2026-11-27T12:00", "objected")
    assert measure(ticket("2026-11-26T09:00", done, objected, restored)).priority == "P1"
    assert measure(ticket("2026-11-26T09:00", done, event("2026-11-27T12:00", "restored"))).priority == "P1"
    assert measure(ticket("2026-11-26T09:00", done, restored), "workaround").verdict is Verdict.MET


REOPENED = (event("2026-11-27T10:00", "restored"), event("2026-11-27T10:00", "closed"))


def test_the_same_symptom_in_time_goes_on_with_the_same_clock_without_the_time_it_was_closed() -> None:
    one = ticket("2026-11-27T09:00", *REOPENED, event("2026-12-01T09:00", "reopened"), event("2026-12-01T12:30", "restored"))
    result = measure(one)
    assert (result.consumed, result.due, result.verdict) == (4 * 3600 + 1800, moment("2026-12-01T12:00"), Verdict.MISSED)


def test_a_reopening_too_late_is_a_new_ticket() -> None:
    one = ticket("2026-11-27T09:00", *REOPENED, event("2026-12-07T09:00", "reopened"), event("2026-12-07T12:00", "restored"))
    first, second = measured(one, ServiceContract.of(terms()), as_of=moment(LATER), commitments=[Commitment.RESTORATION])
    assert (first.ticket, first.consumed, first.verdict) == ("T-1", 3600, Verdict.MET)
    assert (second.ticket, second.consumed, second.verdict) == ("T-1/2", 3 * 3600, Verdict.MET)


def test_a_ticket_closed_without_being_restored_has_no_verdict_unless_it_was_already_late() -> None:
    assert measure(ticket("2026-11-27T09:00", event("2026-11-27T11:00", "closed"))).verdict is Verdict.NOT_COMPUTABLE
    assert measure(ticket("2026-11-27T09:00", event("2026-11-27T15:00", "closed"))).verdict is Verdict.MISSED


# Windows, closings, force majeure.


def interruption(kind: str, start: str, end: str, announced: str | None, **details: Any) -> Interruption:
    return Interruption(InterruptionKind(kind), moment(start), moment(end), moment(announced) if announced else None, **details)


@pytest.mark.parametrize(
    ("kind", "announced", "due"),
    [
        ("maintenance_window", "2026-11-20T09:00", "2026-11-27T15:00"),
        ("maintenance_window", "2026-11-24T09:00", "2026-11-27T13:00"),
        ("maintenance_window", None, "2026-11-27T13:00"),
        ("closing", "2026-11-11T09:00", "2026-11-27T15:00"),
        ("closing", "2026-11-13T09:00", "2026-11-27T13:00"),
        ("force_majeure", "2026-11-27T20:00", "2026-11-27T15:00"),
        ("force_majeure", "2026-11-29T09:00", "2026-11-27T13:00"),
    ],
)
def test_a_window_a_closing_or_force_majeure_is_excluded_only_when_its_notice_was_kept(kind: str, announced: str | None, due: str) -> None:
    one = interruption(kind, "2026-11-27T10:00", "2026-11-27T12:00", announced)
    (result,) = measured(
        ticket("2026-11-27T09:00"), ServiceContract.of(terms()), as_of=moment(LATER),
        interruptions=[one], commitments=[Commitment.RESTORATION],
    )  # fmt: skip
    assert result.due == moment(due)


def test_a_window_of_another_site_changes_nothing() -> None:
    one = interruption("maintenance_window", "2026-11-27T10:00", "2026-11-27T12:00", "2026-11-20T09:00", site="Rennes")
    contract = ServiceContract.of(terms())
    (here,) = measured(
        ticket("2026-11-27T09:00", site="rennes"), contract, as_of=moment(LATER), interruptions=[one], commitments=[Commitment.RESTORATION]
    )
    (there,) = measured(
        ticket("2026-11-27T09:00", site="Le Mans"), contract, as_of=moment(LATER), interruptions=[one], commitments=[Commitment.RESTORATION]
    )
    assert (here.due, there.due) == (moment("2026-11-27T15:00"), moment("2026-11-27T13:00"))


# News, requests, sites, evidence.


def test_the_longest_silence_is_what_the_promise_of_news_is_judged_by() -> None:
    told = event("2026-11-26T10:00", "responded"), event("2026-11-26T16:00", "updated")
    one = ticket("2026-11-26T09:00", *told, event("2026-11-27T09:30", "restored"))
    result = measure(one, "update")
    assert (result.consumed, result.start, result.verdict) == (6 * 3600, moment("2026-11-26T10:00"), Verdict.MISSED)


def test_a_request_has_its_own_limit_and_no_other() -> None:
    one = ticket("2026-11-27T10:00", priority="P4", kind=TicketKind.REQUEST)
    assert measure(one, "request").due == moment("2026-12-02T18:00")
    assert measure(one, "request", request_time="unknown").verdict is Verdict.NOT_COMPUTABLE
    assert measure(one, "request", request_time="none").clause.key == "time_targets"
    every = measured(one, ServiceContract.of(terms()), as_of=moment(LATER))
    assert [result.commitment.value for result in every] == ["request", "update"]


def test_the_clock_is_that_of_the_site_of_the_asset() -> None:
    sites = [{"name": "Saint-Denis", "timezone": "Indian/Reunion", "holidays": "FR-RE"}]
    result = measure(ticket("2026-11-27T06:00", site="saint-denis"), sites=sites)
    assert result.due == moment("2026-11-27T10:00")


def test_what_a_source_cannot_tell_is_not_counted_against_anybody() -> None:
    one = ticket("2026-11-27T09:00", event("2026-11-27T10:00", "restored"), records=frozenset({EventKind.RESTORED}))
    assert measure(one).verdict is Verdict.MET
    assert measure(one, "response").verdict is Verdict.NOT_COMPUTABLE
    assert "source" in measure(one, "update").reason


def test_a_counter_of_pauses_that_alone_would_save_a_limit_leaves_it_without_verdict() -> None:
    late = event("2026-11-27T15:00", "restored")
    one = ticket("2026-11-27T09:00", late, evidence=Evidence.COUNTERS, paused_seconds=3 * 3600)
    assert measure(one).verdict is Verdict.NOT_COMPUTABLE
    assert measure(ticket("2026-11-27T09:00", late, evidence=Evidence.COUNTERS, paused_seconds=3600)).verdict is Verdict.MISSED
    assert measure(ticket("2026-11-27T09:00", late, evidence=Evidence.END_POINTS)).verdict is Verdict.MISSED


# The explanation.


def test_every_second_is_counted_or_not_with_its_reason_and_its_clause() -> None:
    part = event("2026-11-30T10:30", "paused", cause="spare_part")
    result = measure(ticket("2026-11-27T16:00", WAIT, BACK, part, event("2026-11-30T12:00", "restored")))
    told = [(one.seconds, one.counted, one.reason, one.clause.key) for one in explain(result)]
    assert told == [
        (3600, True, "Plage de service", "service_hours"),
        (65 * 3600, False, "attente du Client", "service_clock"),
        (1800, True, "Plage de service", "service_hours"),
        (5400, True, "attente d’une pièce : motif que le contrat n’admet pas", "service_clock"),
    ]


def test_nights_week_ends_and_holidays_each_give_their_reason() -> None:
    result = measure(ticket("2026-12-24T17:00", event("2026-12-28T10:00", "restored")))
    assert [(one.seconds // 3600, one.counted, one.reason) for one in explain(result)] == [
        (1, True, "Plage de service"),
        (6, False, "hors de la Plage de service"),
        (24, False, "jour férié"),
        (57, False, "hors de la Plage de service"),
        (1, True, "Plage de service"),
    ]


MINUTES = some.integers(min_value=0, max_value=20 * 1440)
PAUSES = some.lists(some.tuples(MINUTES, some.integers(min_value=1, max_value=3000)), max_size=4)
CAUSES = some.sampled_from(list(WaitCause))


def lived(opened: int, paused: list[tuple[int, int]], causes: list[WaitCause], restored: int) -> Ticket:
    base = moment("2026-03-16T00:00")
    events = [Event(base + 60 * (opened + restored), EventKind.RESTORED)]
    for (start, length), cause in zip(paused, causes, strict=False):
        events += [Event(base + 60 * start, EventKind.PAUSED, cause=cause), Event(base + 60 * (start + length), EventKind.RESUMED)]
    return Ticket(key="T-2", opened_at=base + 60 * opened, priority="P2", events=tuple(events))


CONTRACT = ServiceContract.of(terms())


def restoration(one: Ticket) -> Result:
    (result,) = measured(one, CONTRACT, as_of=moment("2026-12-31T00:00"), commitments=[Commitment.RESTORATION])
    return result


@given(opened=MINUTES, paused=PAUSES, causes=some.lists(CAUSES, min_size=4, max_size=4), restored=MINUTES)
def test_a_pause_never_advances_a_due_moment_nor_adds_to_what_was_consumed(
    opened: int, paused: list[tuple[int, int]], causes: list[WaitCause], restored: int
) -> None:
    calm, waiting = restoration(lived(opened, [], [], restored)), restoration(lived(opened, paused, causes, restored))
    assert waiting.due is None or (calm.due is not None and waiting.due >= calm.due)
    assert (waiting.consumed or 0) <= (calm.consumed or 0)


@given(opened=MINUTES, paused=PAUSES, causes=some.lists(CAUSES, min_size=4, max_size=4), restored=MINUTES, data=some.data())
def test_the_order_in_which_events_arrive_changes_nothing(
    opened: int, paused: list[tuple[int, int]], causes: list[WaitCause], restored: int, data: some.DataObject
) -> None:
    one = lived(opened, paused, causes, restored)
    assert restoration(one.with_events(data.draw(some.permutations(one.events)))) == restoration(one)


@given(opened=MINUTES, paused=PAUSES, causes=some.lists(CAUSES, min_size=4, max_size=4), restored=MINUTES)
def test_the_stretches_of_an_explanation_follow_one_another_and_add_up(
    opened: int, paused: list[tuple[int, int]], causes: list[WaitCause], restored: int
) -> None:
    result = restoration(lived(opened, paused, causes, restored))
    stretches = explain(result)
    assert sum(one.seconds for one in stretches if one.counted) == result.consumed
    assert all(left.end == right.start for left, right in pairwise(stretches))


@given(opened=MINUTES, paused=PAUSES, causes=some.lists(CAUSES, min_size=4, max_size=4), restored=MINUTES)
def test_a_limit_is_kept_exactly_until_its_due_moment(
    opened: int, paused: list[tuple[int, int]], causes: list[WaitCause], restored: int
) -> None:
    result = restoration(lived(opened, paused, causes, restored))
    if result.due is not None and result.reached is not None and result.reached <= result.due:
        assert result.verdict is Verdict.MET
    if result.verdict is Verdict.MISSED and result.due is not None:
        assert result.reached is not None
        assert result.reached > result.due
