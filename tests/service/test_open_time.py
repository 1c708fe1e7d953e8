"""Service time, counted exactly: against a clerk who walks every minute, and by properties that hold of any clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from convenu.service.calendar import CalendarVersions, DayRule, at_site, calendar_hash, open_day
from convenu.service.calendar_file import calendar_from, versions_of
from convenu.service.local_time import DAY, instant
from convenu.service.open_time import NeverOpenError, OpenTime
from convenu.terms.values import ServiceCalendar, Site
from convenu.vocabulary import yaml_text
from convenu.vocabulary.dated import NotInForceError
from convenu.vocabulary.mistakes import MistakesError
from tests.service.cases import cases

OFFICE = {day: ["09:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
NIGHTS = {day: ["22:00-06:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
ALWAYS = {day: ["00:00-24:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


def calendar(**content: Any) -> ServiceCalendar:
    return ServiceCalendar.model_validate({"name": "Plage", **content})


def open_time(**content: Any) -> OpenTime:
    return OpenTime.of(calendar(**content))


def moment(written: str) -> int:
    return int(datetime.fromisoformat(written).timestamp())


def disagreements(*, calendars: int, each: int, seed: int) -> list[Any]:
    found, compiled, last = [], open_time(hours=OFFICE), None
    for case in cases(calendars=calendars, each=each, seed=seed):
        if case.calendar is not last:
            compiled, last = open_time(**case.calendar), case.calendar
        paused = _union(case.pauses, case.start, case.end)
        net = compiled.between(case.start, case.end) - sum(compiled.between(*pause) for pause in paused)
        if net != case.clerk.net(case.start, case.end, case.pauses):
            found.append(case)
    return found


def _union(pauses: tuple[tuple[int, int], ...], start: int, end: int) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for began, ended in sorted((max(start, began), min(end, ended)) for began, ended in pauses):
        if began < ended:
            if merged and began <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], ended))
            else:
                merged.append((began, ended))
    return merged


def test_the_clock_and_a_clerk_who_walks_every_minute_never_disagree() -> None:
    assert disagreements(calendars=25, each=80, seed=20261125) == []


@pytest.mark.slow
@pytest.mark.thorough
@pytest.mark.timeout(1200)
def test_they_do_not_disagree_on_twenty_thousand_cases_either() -> None:
    assert disagreements(calendars=400, each=50, seed=7) == []


def test_the_night_of_the_change_to_summer_time_has_seven_hours_and_that_to_winter_time_nine() -> None:
    night = open_time(hours=NIGHTS, holidays="none")
    assert night.between(moment("2026-03-28T12:00:00+01:00"), moment("2026-03-29T12:00:00+02:00")) == 7 * 3600
    assert night.between(moment("2026-10-24T12:00:00+02:00"), moment("2026-10-25T12:00:00+01:00")) == 9 * 3600


def test_a_service_that_never_closes_counts_every_second_of_both_changes() -> None:
    always = open_time(hours=ALWAYS, holidays="none")
    start, end = moment("2025-03-01T00:00:00Z"), moment("2026-11-01T00:00:00Z")
    assert always.between(start, end) == end - start


def test_an_hour_that_does_not_exist_is_the_first_instant_after_it() -> None:
    paris = ZoneInfo("Europe/Paris")
    assert instant(date(2026, 3, 29), 150, paris) == moment("2026-03-29T01:00:00Z")
    assert instant(date(2026, 3, 29), 180, paris) == moment("2026-03-29T01:00:00Z")


def test_an_hour_shown_twice_is_the_first_of_the_two() -> None:
    assert instant(date(2026, 10, 25), 150, ZoneInfo("Europe/Paris")) == moment("2026-10-25T00:30:00Z")


def test_a_whole_day_that_an_island_skipped_counts_nothing() -> None:
    apia = open_time(timezone="Pacific/Apia", hours=ALWAYS, holidays="none")
    start, end = moment("2011-12-29T00:00:00-10:00"), moment("2012-01-01T00:00:00+14:00")
    assert apia.between(start, end) == end - start == 2 * DAY


def test_a_night_that_begins_before_a_holiday_goes_on_and_the_one_of_the_holiday_does_not_begin() -> None:
    night = open_time(hours=NIGHTS, holidays="FR")
    assert night.between(moment("2026-07-13T20:00:00+02:00"), moment("2026-07-14T12:00:00+02:00")) == 8 * 3600
    assert night.between(moment("2026-07-14T12:00:00+02:00"), moment("2026-07-15T12:00:00+02:00")) == 0


def test_closed_days_exceptions_seasons_and_holidays_each_say_why() -> None:
    of = calendar(
        hours=OFFICE, closed=["2027-01-04"], exceptions={"2027-01-01": ["10:00-12:00"]},
        seasons=[{"from": "12-20", "to": "01-10", "hours": {"tue": ["09:00-12:00"]}}],
    )  # fmt: skip
    assert open_day(of, date(2027, 1, 1)).rule is DayRule.EXCEPTION
    assert open_day(of, date(2027, 1, 1)).minutes == ((600, 720),)
    assert open_day(of, date(2027, 1, 4)).rule is DayRule.CLOSED
    assert open_day(of, date(2027, 1, 5)).minutes == ((540, 720),)
    assert open_day(of, date(2026, 12, 23)).minutes == ()
    assert open_day(of, date(2027, 5, 6)).rule is DayRule.HOLIDAY
    assert open_day(of, date(2027, 1, 11)).rule is DayRule.WEEK


def test_good_friday_closes_in_alsace_and_moselle_unless_the_commune_has_no_protestant_church() -> None:
    friday = date(2027, 3, 26)
    assert open_day(calendar(hours=OFFICE, holidays="FR-ALSACE-MOSELLE"), friday).minutes == ()
    assert open_day(calendar(hours=OFFICE, holidays="FR-ALSACE-MOSELLE", good_friday=False), friday).minutes == ((540, 1080),)


def test_a_calendar_follows_the_time_and_the_holidays_of_the_site() -> None:
    office, always = calendar(hours=OFFICE), calendar(hours=ALWAYS, holidays="none")
    reunion = Site.model_validate({"name": "Saint-Denis", "timezone": "Indian/Reunion", "holidays": "FR-RE"})
    there = OpenTime.of(at_site(office, reunion))
    assert there.between(moment("2027-12-20T00:00:00+04:00"), moment("2027-12-21T00:00:00+04:00")) == 0
    assert there.between(moment("2027-12-21T09:00:00+04:00"), moment("2027-12-21T10:00:00+04:00")) == 3600
    assert at_site(always, reunion).around_the_clock


def test_new_hours_never_rewrite_what_the_old_ones_counted() -> None:
    old, new = calendar(hours=OFFICE), calendar(hours={"mon": ["09:00-12:00"]})
    changed = OpenTime(CalendarVersions({date.min: old, date(2026, 6, 1): new}))
    before = (moment("2026-05-20T09:00:00+02:00"), moment("2026-05-29T18:00:00+02:00"))
    assert changed.between(*before) == OpenTime.of(old).between(*before)
    after = (moment("2026-06-01T00:00:00+02:00"), moment("2026-06-08T00:00:00+02:00"))
    assert changed.between(*after) == 3 * 3600
    assert list(changed.versions.hashes) == ["always", "2026-06-01"]


def test_nothing_is_counted_before_the_first_version() -> None:
    since = OpenTime(CalendarVersions({date(2026, 6, 1): calendar(hours=OFFICE)}))
    with pytest.raises(NotInForceError, match="01/06/2026"):
        since.between(moment("2026-05-31T00:00:00+02:00"), moment("2026-06-02T00:00:00+02:00"))


def test_the_hash_of_a_calendar_is_that_of_its_hours_whatever_its_name() -> None:
    assert calendar_hash(calendar(hours=OFFICE, name="Bureau")) == calendar_hash(calendar(hours=OFFICE))
    assert calendar_hash(calendar(hours=OFFICE, closed=["2027-01-02"])) != calendar_hash(calendar(hours=OFFICE))


def test_a_calendar_never_open_long_enough_is_told_rather_than_searched_for_ever() -> None:
    with pytest.raises(NeverOpenError):
        open_time(hours={}, exceptions={"2027-01-02": ["09:00-10:00"]}).after(moment("2027-01-01T00:00:00Z"), 3601)


SECONDS = some.integers(min_value=moment("2026-03-01T00:00:00Z"), max_value=moment("2026-12-01T00:00:00Z"))
CLOCKS = (open_time(hours=OFFICE), open_time(hours=NIGHTS, holidays="none"), open_time(hours=ALWAYS, holidays="none"))


@given(clock=some.sampled_from(CLOCKS), instants=some.lists(SECONDS, min_size=3, max_size=6))
def test_the_parts_of_an_interval_add_up_to_it(clock: OpenTime, instants: list[int]) -> None:
    marks = sorted(instants)
    assert sum(clock.between(a, b) for a, b in pairwise(marks)) == clock.between(marks[0], marks[-1])


@given(clock=some.sampled_from(CLOCKS), start=SECONDS, seconds=some.integers(min_value=1, max_value=2_000_000))
def test_a_due_moment_is_the_first_when_the_whole_limit_has_passed(clock: OpenTime, start: int, seconds: int) -> None:
    due = clock.after(start, seconds)
    assert clock.between(start, due) == seconds
    assert clock.between(start, due - 1) == seconds - 1


@given(clock=some.sampled_from(CLOCKS), start=SECONDS, end=SECONDS)
def test_the_open_intervals_are_those_that_are_counted(clock: OpenTime, start: int, end: int) -> None:
    start, end = sorted((start, end))
    assert sum(b - a for a, b in clock.intervals(start, end)) == clock.between(start, end)


def test_a_file_tells_all_its_mistakes_at_once() -> None:
    text = "timezon: Europe/Paris\nhours: {mon: ['09:00-25:00'], tues: ['09:00-12:00']}\nholidays: FR-XX\n"
    with pytest.raises(MistakesError) as caught:
        calendar_from(yaml_text.read(text))
    told = [str(mistake) for mistake in caught.value.mistakes]
    assert any("timezon" in line and "timezone" in line for line in told)
    assert any("25:00" in line for line in told)
    assert any("FR-XX" in line for line in told)


def test_two_versions_of_one_day_are_a_mistake() -> None:
    version = calendar_from(yaml_text.read("hours: {mon: ['09:00-12:00']}\nin_force_from: 2027-01-01\n"))
    with pytest.raises(MistakesError, match="deux versions en vigueur le 01/01/2027"):
        versions_of([version, version])


def test_time_zones_come_from_the_locked_package_and_not_from_the_machine() -> None:
    import zoneinfo

    assert zoneinfo.TZPATH == ()
    assert datetime(2026, 7, 1, tzinfo=ZoneInfo("Europe/Paris")).astimezone(UTC).hour == 22
