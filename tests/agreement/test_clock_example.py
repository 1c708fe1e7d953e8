"""The worked example of the service clock that the annex of service levels prints."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from convenu.agreement.clock_example import ClockExample, clock_example
from convenu.terms.contract import Terms
from convenu.vocabulary import french

OFFICE = {day: ["08:30-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
LIMITS = {"P1": "1 business_hours", "P2": "2 business_hours"}
REPAIRS = {"P1": "8 business_hours", "P2": "2 business_days"}


def example_of(*, hours: dict[str, list[str]] = OFFICE, on_call: str = "no_on_call", **terms: object) -> ClockExample | None:
    calendar = {"name": "Plage de service", "hours": hours, "holidays": "FR"}
    return clock_example(
        Terms.model_validate(
            {"service_hours": [calendar], "on_call": on_call, "response_time": LIMITS, "restoration_time": REPAIRS, **terms}
        )
    )


def due(example: ClockExample | None) -> dict[str, str]:
    assert example is not None
    return {row.promise: french.plain_spaces(row.due) for row in example.rows}


def test_an_incident_of_friday_evening_is_due_on_monday() -> None:
    example = example_of()
    assert example is not None
    assert (example.priority, french.plain_spaces(example.opened)) == ("P1", "vendredi à 17 h")
    assert due(example) == {"Prise en charge": "vendredi à 18 h", "Rétablissement": "lundi suivant à 15 h 30"}


def test_the_lunch_break_does_not_count() -> None:
    example = example_of(hours={day: ["09:00-12:30", "14:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")})
    assert due(example)["Rétablissement"] == "lundi suivant à 17 h 30"


def test_a_limit_in_business_days_is_left_out_for_it_needs_a_date() -> None:
    assert "Rétablissement" not in due(example_of(restoration_time={"P1": "1 business_days"}))


def test_with_an_on_call_service_the_example_is_an_incident_that_waits_for_the_morning() -> None:
    example = example_of(on_call="p1")
    assert example is not None
    assert example.priority == "P2"


def test_a_service_that_never_closes_has_no_example() -> None:
    always = {day: ["00:00-24:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    assert example_of(hours=always) is None


def test_without_any_limit_in_business_hours_there_is_no_example() -> None:
    assert example_of(response_time={"P1": "1 hours"}, restoration_time="none") is None


def test_an_unknown_on_call_service_leaves_the_example_out() -> None:
    assert example_of(on_call="unknown") is None


@given(hours=some.integers(min_value=1, max_value=120))
def test_the_open_time_between_the_call_and_the_due_moment_is_the_limit(hours: int) -> None:
    example = example_of(response_time={"P1": f"{hours} business_hours"}, restoration_time="none")
    weeks, days, minutes = 0, 4, 60
    left = hours * 60
    while left > minutes:
        left -= minutes
        weeks, days, minutes = (weeks + 1, 0, 570) if days == 4 else (weeks, days + 1, 570)
    opening = 17 * 60 if (weeks, days) == (0, 4) else 8 * 60 + 30
    hour, past = divmod(opening + left, 60)
    day = french.WEEKDAYS[days] + (("", " suivant")[weeks] if weeks < 2 else f" de la semaine {weeks + 1}")
    assert due(example)["Prise en charge"] == f"{day} à {hour} h" + (f" {past:02d}" if past else "")


def test_hours_written_twice_over_count_once() -> None:
    twice = {day: ["08:30-18:00", "09:00-12:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
    assert due(example_of(hours=twice)) == due(example_of())


def test_an_absurd_limit_has_no_example() -> None:
    narrow = {"mon": ["08:00-09:01"]}
    assert example_of(hours=narrow, response_time={"P1": "999999 business_hours"}, restoration_time="none") is None
