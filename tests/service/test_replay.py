"""A promise tried on the past: shares and how sure they are, credits, and what could have been promised."""

from __future__ import annotations

from dataclasses import replace as changed
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from convenu.facts.tickets import Event, EventKind, Evidence, Ticket, TicketKind
from convenu.service.clock import Verdict
from convenu.service.commitments import Commitment
from convenu.service.proportion import wilson
from convenu.service.replay import Replay, replay
from convenu.service.resampling import Likeness, resampled
from convenu.service.solver import gains, tightest
from convenu.terms.contract import Terms
from convenu.vocabulary.money import Money
from tests.service.test_clock import moment, terms

FEE = Money(Decimal(1000))
AS_OF = moment("2026-12-31T00:00")


def promised(**changes: object) -> Terms:
    usual: dict[str, object] = {
        "attainment_target": {"P1": "90 %", "P2": "90 %"}, "minimum_sample": {"tickets": 4, "period": "monthly"},
        "service_credit_steps": [{"missed_by": "2 %", "credit": "5 %"}, {"missed_by": "20 %", "credit": "30 %"}],
        "service_credit_cap": "10 %", "services": [{"key": "support", "name": "Assistance", "content": "aide"}],
        "response_time": "none", "workaround_time": "none", "update_time": "none",
    }  # fmt: skip
    return terms(**{**usual, **changes})


def past(month: str, hours: list[int], *, service: str = "", priority: str = "P1") -> list[Ticket]:
    """Tickets called in at nine on the second Tuesday of a month, each restored after so many hours."""
    opened = moment(f"2026-{month}-10T09:00")
    return [
        Ticket(
            key=f"{month}-{service}{number}", opened_at=opened, priority=priority, service=service,
            events=(Event(opened + 3600 * length, EventKind.RESTORED),),
        )
        for number, length in enumerate(hours)
    ]  # fmt: skip


def tried(tickets: list[Ticket], given: Terms | None = None) -> Replay:
    return replay(given or promised(), tickets, as_of=AS_OF, monthly_fee=FEE)


def test_the_share_kept_is_given_with_the_breaches_the_worst_first() -> None:
    done = tried(past("03", [1, 4, 5, 8]))
    one = done.of(Commitment.RESTORATION, "P1")
    assert one is not None
    assert (len(one.computed), one.met, one.attainment, one.target) == (4, 2, 0.5, 4 * 3600)
    assert [breach.ticket for breach in one.breaches] == ["03-3", "03-2"]
    assert all(breach.verdict is Verdict.MISSED for breach in one.breaches)


def test_each_share_says_by_what_evidence_its_tickets_are_known() -> None:
    whole = past("03", [1, 4])
    ends = [changed(ticket, key=f"{ticket.key}-ends", evidence=Evidence.END_POINTS) for ticket in past("04", [1])]
    one = tried([*whole, *ends]).of(Commitment.RESTORATION, "P1")
    assert one is not None
    assert one.evidence == {Evidence.FULL_HISTORY: 2, Evidence.END_POINTS: 1}


def test_an_interval_is_that_of_wilson() -> None:
    low, high = wilson(45, 50)
    assert (round(low, 4), round(high, 4)) == (0.7864, 0.9565)
    assert wilson(0, 0) == (0.0, 1.0)


@given(of=some.integers(min_value=1, max_value=5000), data=some.data())
def test_an_interval_holds_its_share_and_stays_between_nothing_and_all(of: int, data: some.DataObject) -> None:
    met = data.draw(some.integers(min_value=0, max_value=of))
    low, high = wilson(met, of)
    assert 0 <= low <= met / of <= high <= 1


def test_a_ticket_without_any_verdict_is_counted_with_its_reason() -> None:
    opened = moment("2026-03-10T09:00")
    done = replay(
        promised(), [Ticket(key="x", opened_at=opened, priority="P4")], as_of=AS_OF, left_out=["statut inconnu", "statut inconnu"]
    )
    assert (done.tickets, done.computed) == (3, 0)
    assert done.not_computed == {"statut inconnu": 2, "aucun engagement pour ce ticket": 1}


def test_the_credit_of_a_month_is_the_step_reached_under_the_cap() -> None:
    done = tried([*past("03", [1, 1, 1, 1, 1, 1, 1, 5]), *past("04", [1, 1, 5, 5]), *past("05", [1, 1, 1, 1])])
    assert {f"{month:%m}": str(amount) for month, amount in done.credits.by_month.items()} == {
        "03": "50.00 EUR", "04": "100.00 EUR", "05": "0.00 EUR",
    }  # fmt: skip


def test_a_sample_too_small_joins_the_next_period() -> None:
    done = tried([*past("03", [1, 5]), *past("04", [1, 1])])
    (credit,) = done.credits.due
    assert (f"{credit.month:%m}", credit.tickets, credit.attainment) == ("04", 4, Decimal(75))


def test_one_fact_gives_one_credit_for_each_service_and_a_share_of_the_fee() -> None:
    two = promised(
        services=[{"key": "aa", "name": "A", "content": "a"}, {"key": "bb", "name": "B", "content": "b"}],
        response_time={"P1": "1 business_hours"},
    )
    done = tried([*past("03", [5, 5, 5, 5], service="A"), *past("03", [1, 1, 1, 1], service="B")], two)
    assert [(credit.service, str(credit.amount)) for credit in done.credits.due] == [("A", "50.00 EUR")]


def test_a_service_with_a_line_of_its_own_in_the_grid_owes_its_credit_on_that_line() -> None:
    lines = [
        {"label": "Sauvegarde", "unit": "server", "quantity": 3, "unit_price": "40 EUR"},
        {"label": "Postes", "unit": "workstation", "quantity": 10, "unit_price": "50 EUR"},
    ]
    two = promised(
        services=[{"key": "backup", "name": "Sauvegarde", "content": "s"}, {"key": "desk", "name": "Assistance", "content": "a"}],
        price_lines=lines,
    )
    done = tried([*past("03", [5] * 4, service="backup"), *past("03", [5] * 4, service="Assistance")], two)
    # A tenth of 3 × 40 €, and of half the fee.
    assert [(credit.service, str(credit.amount)) for credit in done.credits.due] == [("Assistance", "50.00 EUR"), ("backup", "12.00 EUR")]


def test_a_late_request_or_a_silence_counts_in_no_share_and_gives_no_credit() -> None:
    opened = moment("2026-03-10T09:00")
    asked = Ticket(
        key="r", opened_at=opened, priority="P1", kind=TicketKind.REQUEST, events=(Event(opened + 40 * 86_400, EventKind.RESTORED),)
    )
    done = tried([asked], promised(minimum_sample="none", update_time="1 business_hours"))
    assert {(one.commitment.value, one.attainment, one.promised) for one in done.attainments} == {("request", 0, None), ("update", 0, None)}
    assert done.credits.due == ()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"service_credit_steps": "none"}, "aucun avoir"),
        ({"service_credit_cap": "unknown"}, "pas encore convenus"),
        ({"attainment_target": "none"}, "aucun avoir"),
    ],
)
def test_without_credits_the_reason_is_given(changes: dict[str, object], reason: str) -> None:
    assert reason in tried(past("03", [9] * 8), promised(**changes)).credits.reason
    assert "prix" in replay(promised(), past("03", [9]), as_of=AS_OF).credits.reason


def test_a_limit_at_every_hour_tells_the_hours_it_asks_outside_the_service_hours() -> None:
    night = promised(on_call="p1", restoration_time={"P1": "24 hours"})
    one = tried(past("03", [30]), night).of(Commitment.RESTORATION, "P1")
    assert one is not None
    assert one.out_of_hours == 15 * 3600
    usual = tried(past("03", [30])).of(Commitment.RESTORATION, "P1")
    assert usual is not None
    assert usual.out_of_hours == 0


def test_the_same_facts_and_terms_give_the_same_hashes_and_others_do_not() -> None:
    first, again, other = tried(past("03", [1, 5])), tried(past("03", [1, 5])[::-1]), tried(past("03", [1, 6]))
    assert first.hashes == again.hashes
    assert first.hashes["tickets"] != other.hashes["tickets"]
    assert first.hashes["terms"] == other.hashes["terms"]


def test_the_tightest_limit_is_kept_by_the_share_asked_and_an_hour_less_is_not() -> None:
    tickets = past("03", [1, 1, 1, 2, 2, 2, 3, 3, 6, 8])
    at_90 = next(one for one in tightest(promised(), tickets, as_of=AS_OF) if (one.commitment, one.level) == (Commitment.RESTORATION, 90))
    assert (at_90.seconds, str(at_90.written)) == (6 * 3600, "6 business_hours")
    kept = tried(tickets, promised(restoration_time={"P1": "6 business_hours"})).of(Commitment.RESTORATION, "P1")
    less = tried(tickets, promised(restoration_time={"P1": "5 business_hours"})).of(Commitment.RESTORATION, "P1")
    assert kept is not None
    assert less is not None
    assert kept.attainment == 0.9
    assert less.attainment == 0.8


def test_a_limit_that_too_many_tickets_never_reached_is_not_invented() -> None:
    open_one = Ticket(key="open", opened_at=moment("2026-12-28T09:00"), priority="P1")
    found = [one for one in tightest(promised(), [*past("03", [1]), open_one], as_of=AS_OF) if one.commitment is Commitment.RESTORATION]
    assert [one.seconds for one in found] == [None, None, None]


@pytest.mark.parametrize("restored_in", ["4 business_hours", "18 hours", "2 business_days"])
def test_what_a_replay_counted_is_not_counted_again_and_gives_the_same_limits(restored_in: str) -> None:
    given = promised(restoration_time={"P1": restored_in}, same_symptom_reopening="3 business_days")
    restored, again = Event(moment("2026-03-11T12:00"), EventKind.RESTORED), Event(moment("2026-03-30T12:00"), EventKind.RESTORED)
    waited = Ticket(key="w", opened_at=moment("2026-03-10T17:00"), priority="P1", events=(restored,))
    back = Event(moment("2026-03-27T10:00"), EventKind.REOPENED)
    reopened = Ticket(key="r", opened_at=waited.opened_at, priority="P1", events=(restored, back, again))
    tickets = [waited, reopened, Ticket(key="open", opened_at=moment("2026-12-28T09:00"), priority="P1"), *past("03", [1, 3, 6, 30])]
    assert tightest(given, tickets, as_of=AS_OF, done=tried(tickets, given)) == tightest(given, tickets, as_of=AS_OF)


def test_a_shift_more_never_loses_a_ticket_and_wins_those_that_waited_for_the_morning() -> None:
    opened = moment("2026-03-10T17:00")
    waited = Ticket(key="w", opened_at=opened, priority="P1", events=(Event(moment("2026-03-11T12:00"), EventKind.RESTORED),))
    given = promised(restoration_time={"P1": "18 hours"})
    done = tried([waited, *past("03", [1])], given)
    calendars = given.service_hours.value
    assert calendars is not None
    found = {one.hours: (one.met_before, one.met) for one in gains(done, calendars[0])}
    assert found["une astreinte à toute heure"] == (1, 2)
    assert all(after >= before for before, after in found.values())


def test_the_distribution_counts_each_tenth_of_the_target() -> None:
    one = tried(past("03", [1, 4, 5, 9])).of(Commitment.RESTORATION, "P1")
    assert one is not None
    # 1 of 4 hours, the target itself, 5 of 4, and over twice.
    assert [tenth for tenth, count in enumerate(one.times) for _ in range(count)] == [2, 9, 12, 20]


def test_whoever_watches_a_replay_is_told_of_each_ticket_and_may_stop_it() -> None:
    class StopError(Exception):
        pass

    seen: list[int] = []

    def watch() -> None:
        seen.append(1)
        if len(seen) == 3:
            raise StopError

    with pytest.raises(StopError):
        replay(promised(), past("03", [1, 2, 3, 4]), as_of=AS_OF, watch=watch)


def test_a_client_without_history_is_lent_that_of_others_by_its_share_of_assets() -> None:
    history = [*past("03", [1, 2, 3, 4]), *past("04", [5, 6, 7, 8], service="support")]
    drawn = resampled(history, Likeness(assets=30, among=40, seed=7))
    assert len(drawn) == 6
    assert len({ticket.key for ticket in drawn}) == 6
    assert not any(ticket.service or ticket.site or ticket.client for ticket in drawn)
    assert {ticket.key.split("~")[0] for ticket in drawn} <= {ticket.key for ticket in history}
    assert drawn == resampled(history[::-1], Likeness(assets=30, among=40, seed=7))
    assert drawn != resampled(history, Likeness(assets=30, among=40, seed=8))
    assert "supposition" in Likeness(assets=30, among=40).told


@given(assets=some.integers(min_value=1, max_value=300), seed=some.integers(min_value=0, max_value=10_000))
def test_the_number_of_tickets_drawn_is_in_proportion_of_the_assets(assets: int, seed: int) -> None:
    history = past("03", [1, 2, 3, 4, 5, 6, 7])
    assert abs(len(resampled(history, Likeness(assets, 100, seed))) - len(history) * assets / 100) <= 0.5
