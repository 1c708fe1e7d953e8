"""What a deal costs and leaves; the small deal of these tests is recomputed by hand beside each figure."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenu.agreement.costing.assumptions import Assumptions, Effort, Range
from convenu.agreement.costing.costs import Costs, read_costs
from convenu.agreement.costing.draws import Draws
from convenu.agreement.costing.estimate import ItemKind, estimate
from convenu.agreement.costing.history import history_of
from convenu.agreement.costing.margin import break_even, drivers, simulated
from convenu.agreement.costing.quote import costing, offer
from convenu.facts.tickets import Ticket
from convenu.facts.worked_time import Level, WorkedTime
from convenu.library.costing import assumptions
from convenu.library.front_matter import FrontMatterError
from convenu.service.quantities import Population
from convenu.terms.closed_lists import ClientSegment, UserKind
from convenu.terms.contract import Terms
from convenu.vocabulary.french import plain_spaces
from convenu.vocabulary.mistakes import MistakesError
from convenu.vocabulary.money import Money
from tests.examples.deals import terms_of


def euros(amount: str) -> Money:
    return Money(Decimal(amount))


def span(low: str, likely: str, high: str) -> Range:
    return Range(Decimal(low), Decimal(likely), Decimal(high))


SMALL = Assumptions(
    efforts=(Effort(UserKind.FULL, span("0.1", "0.3", "0.6"), {Level.N1: Decimal("0.5"), Level.N2: Decimal("0.5")}),),
    temper=span("1", "1", "1"),
    on_call_calls=span("0", "2", "4"),
    on_call_hours=Decimal("1.5"),
    visit_hours=Decimal(3),
    ticket_minutes={"P3": {Level.N1: Decimal(20), Level.N2: Decimal(40)}},
    source="cet exemple",
)
TEN = Population(users={UserKind.FULL: 10})
COSTS = read_costs({"hour_n1": "30 EUR", "hour_n2": "40 EUR", "hour_n3": "50 EUR", "overheads": "20 %"})
DEAL: dict[str, Any] = {"price_lines": [{"label": "Utilisateurs", "unit": "full_user", "quantity": 10, "unit_price": "30 EUR"}]}


def terms(**given: Any) -> Terms:
    return Terms.model_validate({**DEAL, **given})


def costs(**given: Any) -> Costs:
    return read_costs({**COSTS.as_json(), **given})


def test_the_hours_of_ten_users_cost_their_blended_hour_and_their_share_of_overheads() -> None:
    found = estimate(terms(), TEN, costs=COSTS, assumptions=SMALL)
    # 10 × 0.3 h = 3 h at (30 + 40) / 2 = 35 €: 105.00; overheads 20 %: 21.00.
    assert (found.direct, found.overheads_amount, found.total) == (euros("105"), euros("21"), euros("126"))
    assert found.hours == {Level.N1: Decimal("1.5"), Level.N2: Decimal("1.5"), Level.N3: 0}
    assert plain_spaces(found.items[0].how) == "10 × 0,3 h par mois (de 0,1 à 0,6 h) × 35 € de l'heure (N1 50 %, N2 50 %)".replace(
        "de 0,1 à", "de 0,1 h à"
    )


def test_on_call_visits_tools_and_tasks_each_have_their_formula() -> None:
    deal = terms(
        on_call="p1",
        onsite_visits=4,
        preventive_tasks=[{"kind": "restore_test", "label": "Test de restauration", "frequency": "quarterly", "effort": "90 minutes"}],
    )
    paid = costs(
        on_call_month="500 EUR", travel="60 EUR", tools=[{"label": "Protection", "unit": "full_user", "monthly": "3.50 EUR"}],
        fixed=[{"label": "Console", "monthly": "12 EUR"}],
    )  # fmt: skip
    found = estimate(deal, TEN, costs=paid, assumptions=SMALL)
    amounts = {item.label: item.likely for item in found.items}
    assert amounts == {
        "Support, utilisateur complet": euros("105"),
        "Test de restauration": euros("20"),  # 1.5 h × 4 ÷ 12 × 40
        "Astreinte, roulement": euros("500"),
        "Astreinte, appels": euros("120"),  # 2 × 1.5 h × 40
        "Visites comprises": euros("60"),  # 4 ÷ 12 × (60 + 3 × 40)
        "Protection": euros("35"),
        "Console": euros("12"),
    }
    assert found.missing == ()
    assert all(item.how for item in found.items)


def test_the_margin_of_a_year_with_nothing_left_to_chance_is_exact() -> None:
    certain = Assumptions(
        efforts=(Effort(UserKind.FULL, Range.exactly(Decimal("0.3")), {Level.N1: Decimal(1)}),), temper=Range.exactly(Decimal(1)),
        on_call_calls=Range.exactly(Decimal(0)), on_call_hours=Decimal(1), visit_hours=Decimal(1), ticket_minutes={}, source="",
    )  # fmt: skip
    margin = simulated(estimate(terms(), TEN, costs=COSTS, assumptions=certain), euros("300"), seed=1, draws=50)
    # 12 × (300 - 10 × 0.3 × 30 × 1.2) = 12 × 192
    assert margin.p10 == margin.p50 == margin.p90 == euros("2304")
    assert margin.loss == 0


def test_the_same_seed_gives_the_same_years_and_another_seed_others() -> None:
    found = estimate(terms(), TEN, costs=COSTS, assumptions=SMALL)
    one, again, other = (simulated(found, euros("300"), seed=seed, draws=500) for seed in (7, 7, 8))
    assert one == again
    assert one.drawn != other.drawn
    assert one.p10 < one.p50 < one.p90


def test_a_year_drawn_stays_between_its_best_and_its_worst() -> None:
    found = estimate(terms(), TEN, costs=COSTS, assumptions=SMALL)
    margin = simulated(found, euros("300"), seed=3, draws=4000)
    # Hours of 0.1 and 0.6 a user: 12 × (300 - 1 × 35 × 1.2) = 3 096 and 12 × (300 - 6 × 35 × 1.2) = 576.
    assert 576 <= margin.drawn[0] <= margin.drawn[-1] <= 3096
    # A triangular range has the mean of its three bounds: 0.3333 h, hence 12 × (300 - 3.333 × 42) = 1 920.
    assert sum(margin.drawn) / len(margin.drawn) == pytest.approx(1920, rel=0.01)
    assert sum(height for _, _, height in margin.bars(20)) == 4000


def test_what_moves_the_margin_most_comes_first() -> None:
    found = estimate(terms(on_call="p1"), TEN, costs=costs(on_call_month="10 EUR"), assumptions=SMALL)
    moved = drivers(found, euros("300"))
    # Calls from 0 to 4: 12 × 4 × 1.5 × 40 × 1.2 = 3 456; hours of users: 12 × 5 × 35 × 1.2 = 2 520.
    assert [(one.label, one.width) for one in moved[:2]] == [
        ("Astreinte, appels", euros("3456")),
        ("Support, utilisateur complet", euros("2520")),
    ]
    assert all(one.worst <= one.best for one in moved)


def test_a_deal_pays_for_itself_from_a_number_of_users() -> None:
    found = estimate(terms(), TEN, costs=costs(fixed=[{"label": "Console", "monthly": "100 EUR"}]), assumptions=SMALL)
    # A user leaves 30 - 0.3 × 35 × 1.2 = 17.40; the console costs 120 with overheads: 6.9 users, hence 7.
    point = break_even(terms(), found)
    assert point is not None
    assert (point.label, point.quantity) == ("Utilisateurs", 7)


def test_a_deal_sold_under_its_cost_never_pays_for_itself() -> None:
    cheap = terms(price_lines=[{"label": "Utilisateurs", "unit": "full_user", "quantity": 10, "unit_price": "5 EUR"}])
    point = break_even(cheap, estimate(cheap, TEN, costs=COSTS, assumptions=SMALL))
    assert point is not None
    assert point.quantity is None


def test_every_cost_that_lacks_is_named_and_no_margin_is_told() -> None:
    done = costing(terms(on_call="p1", onsite_visits=2), costs=Costs(), assumptions=SMALL, population=TEN)
    assert [one.message for one in done.estimate.missing] == [
        "coût d’une heure N1 non renseigné", "coût d’une heure N2 non renseigné", "coût mensuel de l’astreinte non renseigné",
        "coût d’un déplacement non renseigné", "frais généraux non renseignés",
    ]  # fmt: skip
    assert done.margin is None
    assert done.drivers == ()


def test_users_that_nobody_counted_are_named() -> None:
    done = costing(terms(), costs=COSTS, assumptions=SMALL, population=Population())
    assert [one.message for one in done.estimate.missing] == ["utilisateur complet : nombre inconnu"]


def test_a_tool_that_nothing_counts_is_told_apart_and_stops_nothing() -> None:
    paid = costs(tools=[{"label": "Stockage", "unit": "backup_volume", "monthly": "11 EUR"}])
    done = costing(terms(), costs=paid, assumptions=SMALL, population=TEN)
    assert done.margin is not None
    assert "n’est pas compté" in done.estimate.left_out[0].message


def test_an_msp_s_own_hours_replace_those_assumed() -> None:
    own = costs(efforts=[{"population": "full_user", "low": "0.2", "likely": "0.2", "high": "0.2"}])
    assert estimate(terms(), TEN, costs=own, assumptions=SMALL).direct == euros("70")


def test_the_single_hourly_cost_of_the_first_step_stands_for_every_level() -> None:
    assert Costs().with_hourly(Decimal("33.50")).hour(Level.N3) == euros("33.50")
    assert COSTS.with_hourly(Decimal("33.50")).hour(Level.N3) == euros("50")


def test_past_tickets_take_the_place_of_assumed_hours_and_replayed_credits_are_a_cost() -> None:
    tickets = [
        Ticket(key=f"{month}-{rank}", opened_at=int(datetime(2026, month, 10, tzinfo=UTC).timestamp()), priority="P3")
        for month, count in ((1, 5), (2, 12), (3, 18), (4, 30), (5, 1))
        for rank in range(count)
    ]
    history = history_of(tickets, credits_by_month=[euros("0"), euros("90")])
    # January and May are left out: 12, 18 and 30 tickets, 20 a month, an hour each: 20 min at 30 €, 40 min at 40 €.
    found = estimate(terms(), TEN, costs=COSTS, assumptions=SMALL, history=history)
    support, credit = found.items
    assert support.units == span("12", "20", "30")
    assert support.likely == Money(Decimal(20) * (Decimal(30) / 3 + Decimal(80) / 3))
    assert (credit.kind, credit.likely) == (ItemKind.CREDITS, euros("45"))
    # Credits are money given back: they bear no overheads.
    assert found.overheads_amount == Money(support.units.likely * support.unit_cost * Decimal("0.2"))


def test_the_time_that_tickets_tell_takes_the_place_of_the_minutes_assumed() -> None:
    def ticket(month: int, rank: int, *worked: WorkedTime) -> Ticket:
        opened = int(datetime(2026, month, 10, tzinfo=UTC).timestamp())
        return Ticket(key=f"{month}-{rank}", opened_at=opened, priority="P3", worked=worked)

    both = (WorkedTime(minutes=30, level=Level.N1), WorkedTime(minutes=60, level=Level.N2))
    tickets = [ticket(month, rank, *both) for month in (1, 2, 3) for rank in range(12)]
    (support,) = estimate(terms(), TEN, costs=COSTS, assumptions=SMALL, history=history_of(tickets)).items
    # February alone is whole: 12 tickets of 30 min at 30 € and 60 min at 40 €.
    assert support.likely == Money(Decimal(12) * (15 + 40))
    assert "mesurées sur 36 tickets" in support.how
    # A time without a level is no measure by level, and under thirty tickets nothing is a mean: the minutes assumed stand.
    untold = [ticket(month, rank, WorkedTime(minutes=90)) for month in (1, 2, 3) for rank in range(12)]
    for few in (tickets[:29], untold):
        (assumed,) = estimate(terms(), TEN, costs=COSTS, assumptions=SMALL, history=history_of(few)).items
        assert "supposées" in assumed.how


def test_a_priority_that_says_nothing_of_its_length_is_named() -> None:
    history = history_of([Ticket(key="1", opened_at=0, priority="urgent")])
    found = estimate(terms(), TEN, costs=COSTS, assumptions=SMALL, history=history)
    assert [one.where for one in found.missing] == ["Historique"]


def test_a_quantity_of_zero_is_told_with_its_line() -> None:
    done = offer(terms(price_lines=[{"label": "Utilisateurs", "unit": "full_user", "quantity": 0, "unit_price": "30 EUR"}]))
    assert done.remarks[0].where == "price_lines, ligne 1"
    assert "quantité zéro" in done.remarks[0].message


def test_a_deal_without_a_grid_says_what_to_answer() -> None:
    with pytest.raises(MistakesError, match="pas encore connue"):
        offer(Terms())


def test_wrong_costs_are_all_told_with_their_place() -> None:
    with pytest.raises(MistakesError) as told:
        read_costs({"hour_n1": "30 USD", "overheads": "120 %", "tools": [{"label": "RMM", "unit": "ordinateur", "monthly": "2 EUR"}]})
    messages = " ; ".join(str(one) for one in told.value.mistakes)
    assert len(told.value.mistakes) == 3
    assert "autre monnaie" in messages
    assert "ordinateur" in messages


@pytest.mark.parametrize("deal", ["moulin-carre", "valdrene", "pelouan", "brevandre"])
def test_each_deal_of_the_demo_is_costed_with_the_assumptions_of_its_segment(deal: str) -> None:
    agreed = terms_of(deal)
    segment = agreed.client_segment.value
    assert segment is not None
    done = costing(agreed, costs=costs(on_call_month="900 EUR", travel="45 EUR"), assumptions=assumptions()[segment])
    assert done.estimate.missing == ()
    assert done.margin is not None
    assert done.margin.p10 < done.margin.p50 < done.margin.p90


def test_the_assumptions_of_the_library_say_that_they_are_assumptions() -> None:
    every = assumptions()
    assert set(every) == set(ClientSegment)
    assert all("hypothèse" in one.source for one in every.values())


def test_assumptions_that_do_not_hold_together_are_refused() -> None:
    from convenu.library.costing import read_assumptions

    with pytest.raises(FrontMatterError, match="is missing"):
        read_assumptions({"source": "x"})


@given(st.integers(0, 2**64 - 1))
def test_a_draw_stays_within_its_range(seed: int) -> None:
    draws = Draws(seed)
    assert all(0 <= draws.unit() < 1 for _ in range(20))
    assert all(2 <= draws.triangular(2, 3, 7) <= 7 for _ in range(20))
    assert draws.triangular(4, 4, 4) == 4


def test_the_draws_are_those_published_for_splitmix64() -> None:
    # First output of SplitMix64 from the state 0: 0xE220A8397B1DCDAF.
    assert Draws(0).unit() == (0xE220A8397B1DCDAF >> 11) / 2**53
