"""The time spent on tickets: by period, by what becomes of it, and what is left of the prepaid hours."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenu.facts.tickets import Ticket, TicketKind
from convenu.facts.worked_time import Level, WorkDecision, WorkedTime, WorkPlace
from convenu.service.contract import NoCalendarError, ServiceContract
from convenu.service.hour_packs import PackPurchase
from convenu.service.open_time import OpenTime
from convenu.service.time_statement import TimeEntry, TimeStatement, sums, time_statement
from convenu.service.work_periods import Period, WorkPeriods
from convenu.terms.contract import Terms
from convenu.vocabulary.french import plain_spaces
from convenu.vocabulary.money import ZERO, Money
from tests.examples.deals import changed_terms, terms_of

# Valdrène works on weekdays from 8:30 to 18:00 in Paris, closed on holidays; its night costs 100 % more, its evenings and Saturdays 50 %.
VALDRENE = terms_of("valdrene")
PARIS = ZoneInfo("Europe/Paris")
ON = date(2027, 12, 31)


def at(day: int, hour: int, minute: int = 0, *, month: int = 3) -> int:
    return int(datetime(2027, month, day, hour, minute, tzinfo=PARIS).timestamp())


def a_ticket(*worked: WorkedTime, key: str = "T1", **given: Any) -> Ticket:
    return Ticket(**{"key": key, "opened_at": at(2, 9), "priority": "P3", "worked": worked, **given})


def billed(minutes: int, moment: int | None = None, **given: Any) -> WorkedTime:
    return WorkedTime(**{"minutes": minutes, "at": moment, "level": Level.N2, "decision": WorkDecision.BILLED, **given})


def statement(*tickets: Ticket, terms: Terms = VALDRENE, **given: Any) -> TimeStatement:
    return time_statement(terms, tickets, on=ON, **given)


def the_entry(worked: WorkedTime, terms: Terms = VALDRENE, **given: Any) -> TimeEntry:
    (found,) = statement(a_ticket(worked, **given), terms=terms).entries
    return found


@pytest.mark.parametrize(
    ("moment", "minutes", "periods"),
    [
        (at(2, 10), 60, {Period.SERVICE: 60}),
        # From half past five in the afternoon: half an hour of service, then the evening.
        (at(2, 17, 30), 90, {Period.SERVICE: 30, Period.EVENING: 60}),
        (at(2, 20, 30), 60, {Period.EVENING: 30, Period.NIGHT: 30}),
        # From the night to an hour before the opening: that hour is neither.
        (at(3, 5), 120, {Period.NIGHT: 60, Period.OTHER: 60}),
        (at(6, 10), 60, {Period.SATURDAY: 60}),
        (at(6, 20), 120, {Period.SATURDAY: 60, Period.NIGHT: 60}),
        (at(6, 23), 120, {Period.NIGHT: 60, Period.SUNDAY: 60}),
        # Easter Monday, from eight in the morning.
        (at(29, 8), 90, {Period.HOLIDAY: 90}),
        # The night when the clocks go forward: two hours of work from one in the morning end at four.
        (at(28, 1), 120, {Period.SUNDAY: 120}),
    ],
)  # fmt: skip
def test_work_is_cut_by_the_contracts_own_calendar(moment: int, minutes: int, periods: dict[Period, int]) -> None:
    assert dict(the_entry(billed(minutes, moment)).periods) == periods


HOURS = ServiceContract.of(VALDRENE).open_time(a_ticket())


@settings(max_examples=40)
@given(st.integers(at(1, 0, month=1), at(31, 0, month=12)), st.integers(1, 1440))
def test_the_parts_of_any_period_sum_to_it_and_each_minute_is_where_a_clerk_would_put_it(start: int, minutes: int) -> None:
    periods = WorkPeriods(VALDRENE)
    stretches = periods.split(HOURS, start, start + minutes * 60)
    assert sum(one.seconds for one in stretches) == minutes * 60
    moment = start
    for one in stretches:
        for second in {moment, moment + one.seconds - 1}:
            assert one.period is _clerk(second)
        moment += one.seconds
    found = the_entry(billed(minutes, start))
    assert sum(count for _period, count in found.periods) == minutes


def _clerk(moment: int) -> Period:
    """The period of an instant by the wall clock alone."""
    here = datetime.fromtimestamp(moment, UTC).astimezone(PARIS)
    if HOURS.is_open(moment):
        return Period.SERVICE
    if HOURS.versions.is_holiday(here.date()):
        return Period.HOLIDAY
    if here.weekday() == 6:
        return Period.SUNDAY
    if here.hour >= 21 or here.hour < 6:
        return Period.NIGHT
    if here.weekday() == 5:
        return Period.SATURDAY
    return Period.EVENING if here.hour >= 18 else Period.OTHER


def test_each_part_bears_the_uplift_that_names_it() -> None:
    # 90 min, 30 in the hours and 60 in the evening: 85 × 0.5 + 85 × 1.5.
    assert the_entry(billed(90, at(2, 17, 30))).amount == Money(Decimal(170))
    # Two hours of a Saturday night: the night's uplift, 85 × 2 × 2 hours.
    assert the_entry(billed(120, at(6, 21))).amount == Money(Decimal(340))
    # Early in the morning no uplift is agreed: the plain rate.
    assert the_entry(billed(60, at(2, 7))).amount == Money(Decimal(85))


def test_the_hours_that_an_uplift_names_are_those_of_its_period() -> None:
    uplifts = [{"period": "la nuit, de 22 h à 7 h", "uplift": "100 %"}, {"period": "hors de la plage", "uplift": "25 %"}]
    terms = changed_terms("valdrene", uplifts=uplifts)
    assert dict(the_entry(billed(120, at(2, 21)), terms).periods) == {Period.EVENING: 60, Period.NIGHT: 60}
    # 85 × 1.25 + 85 × 2
    assert the_entry(billed(120, at(2, 21)), terms).amount == Money(Decimal("276.25"))
    assert the_entry(billed(60, at(7, 10)), terms).amount == Money(Decimal("106.25"))


def test_an_uplift_that_names_no_period_is_told_and_never_applied() -> None:
    terms = changed_terms("valdrene", uplifts=[{"period": "en période rouge", "uplift": "100 %"}])
    found = statement(a_ticket(billed(60, at(7, 10))), terms=terms)
    assert "« en période rouge »" in found.mistakes[0].message
    assert found.entries[0].amount == Money(Decimal(85))


def test_what_the_ticket_says_decides_and_what_it_does_not_say_is_never_invoiced() -> None:
    included = the_entry(billed(60, at(2, 10), decision=WorkDecision.INCLUDED))
    assert (included.decision, included.amount) == (WorkDecision.INCLUDED, ZERO)
    silent = the_entry(billed(300, at(2, 10), decision=WorkDecision.UNDECIDED))
    assert (silent.decision, silent.amount, silent.clause.key) == (WorkDecision.UNDECIDED, ZERO, "coverage_and_exclusions")
    request = the_entry(billed(300, at(2, 10), decision=WorkDecision.UNDECIDED), kind=TicketKind.REQUEST)
    assert "une demande de plus de" in request.reason
    assert "une demande" not in silent.reason
    on_call = changed_terms("valdrene", on_call="p1", on_call_included_calls=4)
    called = the_entry(billed(60, at(7, 3), decision=WorkDecision.UNDECIDED), on_call, channel="on_call_phone")
    assert "l’astreinte comprend 4 appels par mois" in called.reason


def test_a_level_that_no_rate_names_leaves_the_price_to_be_decided() -> None:
    assert the_entry(billed(60, at(2, 10), level=Level.N3)).amount == Money(Decimal(110))
    untold = the_entry(billed(60, at(2, 10), level=None))
    assert (untold.decision, untold.amount) == (WorkDecision.UNDECIDED, ZERO)
    assert "le niveau n’est pas dit" in untold.reason
    one_rate = changed_terms("valdrene", hourly_rates=[{"label": "technicien", "rate": "90 EUR"}])
    assert the_entry(billed(60, at(2, 10), level=None), one_rate).amount == Money(Decimal(90))
    none = changed_terms("valdrene", hourly_rates="none")
    assert "aucun taux horaire" in the_entry(billed(60, at(2, 10)), none).reason


def test_a_time_without_its_hour_bears_no_uplift_and_says_so() -> None:
    found = the_entry(billed(60))
    assert (found.periods, found.amount, found.day) == (((Period.UNTOLD, 60),), Money(Decimal(85)), date(2027, 3, 2))
    # A total of several days is no single visit.
    assert the_entry(billed(3000, at(2, 10))).periods == ((Period.UNTOLD, 3000),)


def test_a_journey_is_invoiced_only_where_the_contract_leaves_none_free() -> None:
    on_site = billed(60, at(2, 10), place=WorkPlace.ON_SITE)
    free = the_entry(on_site)
    assert "déplacement à décider (gratuit jusqu’à" in free.reason
    assert len(free.lines) == 1
    every_trip = changed_terms("valdrene", travel_zone="none", onsite_visits="none", travel_fee="60 EUR")
    assert the_entry(on_site, every_trip).amount == Money(Decimal(145))


def test_prepaid_hours_are_drawn_in_the_order_of_the_days_and_the_balance_is_that_of_the_day() -> None:
    terms = changed_terms("valdrene", hour_pack={"hours": 2, "price": "150 EUR", "validity": "12 months"})
    tickets = (a_ticket(billed(60, at(9, 10)), key="T2"), a_ticket(billed(90, at(2, 10)), key="T1"))
    found = statement(*tickets, terms=terms, purchases=[PackPurchase(date(2027, 3, 1), 1)])
    assert [(one.ticket, one.drawn, one.amount) for one in found.entries] == [
        ("T1", 90, ZERO), ("T2", 30, Money(Decimal("42.50"))),
    ]  # fmt: skip
    assert (found.balance, found.until) == (0, date(2028, 3, 1))
    assert time_statement(terms, tickets, purchases=[PackPurchase(date(2027, 3, 1), 1)], on=date(2027, 3, 5)).balance == 30


def test_without_a_pack_in_the_contract_there_is_no_book_and_a_purchase_is_a_mistake() -> None:
    none = changed_terms("valdrene", hour_pack="none")
    found = statement(a_ticket(billed(60, at(2, 10))), terms=none)
    assert (found.book, found.balance, found.mistakes) == (None, 0, ())
    bought = statement(a_ticket(billed(60, at(2, 10))), terms=none, purchases=[PackPurchase(date(2027, 3, 1), 1)])
    assert "le contrat n’en prévoit aucun" in bought.mistakes[0].message
    assert bought.entries[0].amount == Money(Decimal(85))


@pytest.mark.parametrize("validity", ["30 business_days", "1.5 months"])
def test_a_pack_whose_validity_leads_to_no_day_is_told_and_not_kept(validity: str) -> None:
    terms = changed_terms("valdrene", hour_pack={"hours": 20, "price": "1600 EUR", "validity": validity})
    found = statement(a_ticket(billed(60, at(2, 10))), terms=terms, purchases=[PackPurchase(date(2027, 3, 1), 1)])
    assert "ne mène à aucun jour" in found.mistakes[0].message
    assert (found.book, found.entries[0].drawn) == (None, 0)


def test_the_sums_lose_no_minute() -> None:
    found = statement(
        a_ticket(billed(90, at(2, 17, 30)), billed(30, at(3, 10), decision=WorkDecision.INCLUDED)),
        a_ticket(billed(60, level=None), key="T2"),
    )
    told = sums(found.entries)
    assert told.minutes == 180 == sum(count.total() for count in told.by_period.values()) == told.by_level.total()
    assert told.decided == {WorkDecision.BILLED: 90, WorkDecision.INCLUDED: 30, WorkDecision.UNDECIDED: 60}
    assert told.amount == Money(Decimal(170))
    assert [plain_spaces(one.label) for one in told.by_period] == ["plage de service", "soir", "heure non dite"]
    assert found.months == (date(2027, 3, 1),)
    assert len(found.of_month(date(2027, 3, 1))) == 3


def test_without_service_hours_nothing_is_cut() -> None:
    with pytest.raises(NoCalendarError):
        statement(a_ticket(billed(60, at(2, 10))), terms=Terms())


def test_a_service_open_day_and_night_has_no_evening() -> None:
    (calendar,) = VALDRENE.service_hours.value or ()
    always = OpenTime.of(calendar.model_copy(update={"hours": dict.fromkeys(("mon", "tue"), ("00:00-24:00",))}))
    assert [one.period for one in WorkPeriods(VALDRENE).split(always, at(2, 3), at(2, 23))] == [Period.SERVICE]
