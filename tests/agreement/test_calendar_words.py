"""What a calendar says is what the contract prints of it: no hour, closing or season is left out."""

from __future__ import annotations

from typing import Any

from convenu.agreement.derived import calendar_rows, opening_hours
from convenu.terms.contract import Terms
from convenu.vocabulary import french


def printed(**calendar: Any) -> tuple[str, str]:
    (row,) = calendar_rows(Terms.model_validate({"service_hours": [{"name": "Plage", **calendar}]}))
    return french.plain_spaces(row.hours), french.plain_spaces(row.holidays)


def test_the_hours_of_a_season_stand_beside_those_of_the_year() -> None:
    summer = [{"from": "06-15", "to": "09-01", "hours": {"mon": ["09:00-16:00"]}}, {"from": "12-24", "to": "12-31", "hours": {}}]
    hours, _ = printed(hours={"mon": ["08:30-18:00"]}, seasons=summer)
    assert hours == "le lundi de 8 h 30 à 18 h ; du 15 juin au 1er septembre, le lundi de 9 h à 16 h ; du 24 décembre au 31 décembre, fermé"


def test_days_closed_or_opened_apart_stand_beside_the_holidays() -> None:
    apart = {"2027-12-24": ["08:30-12:00"], "2027-05-07": []}
    _, closings = printed(hours={"mon": ["08:30-18:00"]}, closed=["2027-08-16", "2027-01-02"], exceptions=apart)
    assert closings == (
        "jours fériés légaux exclus ; fermé le 2 janvier 2027 et le 16 août 2027 ; le 7 mai 2027, fermé ; "
        "le 24 décembre 2027, de 8 h 30 à 12 h"
    )


def test_good_friday_is_told_where_the_commune_works_that_day() -> None:
    hours = {"fri": ["08:30-18:00"]}
    assert printed(hours=hours, holidays="FR-ALSACE-MOSELLE")[1] == "jours fériés légaux d'Alsace-Moselle exclus"
    assert printed(hours=hours, holidays="FR-ALSACE-MOSELLE", good_friday=False)[1].endswith("; vendredi saint compris")


def test_the_hour_of_a_place_is_called_as_people_there_call_it() -> None:
    assert french.local_time("Indian/Reunion") == "heure de La Réunion"
    assert french.local_time("Africa/Tunis") == "fuseau Africa/Tunis"


def test_three_sites_that_open_alike_say_their_hours_once() -> None:
    week = {day: ["08:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
    shorter = {**week, "fri": ["08:00-16:00"]}
    calendars = [{"name": name, "hours": hours} for name, hours in (("Vannes", week), ("Obernai", week), ("Le Port", shorter))]
    said = opening_hours(Terms().replace(service_hours=calendars))
    assert said == (
        "du lundi au vendredi de 8\u00a0h à 17\u00a0h",
        "du lundi au jeudi de 8\u00a0h à 17\u00a0h, le vendredi de 8\u00a0h à 16\u00a0h",
    )
