"""How each type of value reads in a French sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from functools import singledispatch
from typing import Any

from convenu.terms import values
from convenu.terms.closed_lists import Choice, HolidayZone
from convenu.vocabulary import french
from convenu.vocabulary.money import Money
from convenu.vocabulary.percent import Percent
from convenu.vocabulary.span import Span

_DAY_NAMES = dict(zip(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), french.WEEKDAYS, strict=True))


@singledispatch
def in_words(value: Any) -> str:
    """A value as it stands in a sentence; a structured value reads by its fields only and is refused here."""
    raise TypeError(f"a {type(value).__name__} has no words of its own: print its fields")


@in_words.register
def _(value: str) -> str:
    return " ".join(value.split())


@in_words.register
def _(value: Choice) -> str:
    return value.label


@in_words.register
def _(value: bool) -> str:  # noqa: FBT001 - the one value whose words are asked
    return "oui" if value else "non"


@in_words.register
def _(value: int) -> str:
    return french.number(value)


@in_words.register
def _(value: tuple) -> str:  # type: ignore[type-arg]
    return french.enumeration([in_words(item) for item in value])


in_words.register(Decimal, french.number)
in_words.register(Money, french.euros)
in_words.register(Percent, french.percent)
in_words.register(Span, french.span)
in_words.register(date, french.day)
in_words.register(time, french.clock)


@in_words.register
def address_in_words(address: values.Address) -> str:
    """« 12 rue de la Paix, 35000 Rennes »."""
    place = f"{address.street}, {address.postcode} {address.city}"
    return place if address.country == "France" else f"{place}, {address.country}"


@in_words.register
def contact_in_words(contact: values.Contact) -> str:
    """« Claire Martin, directrice (claire@exemple.example, 02 00 00 00 00) »."""
    person = f"{contact.name}, {contact.quality}" if contact.quality else contact.name
    ways = [way for way in (contact.email, contact.phone) if way]
    return f"{person} ({', '.join(ways)})" if ways else person


def holidays_in_words(zone: str) -> str:
    """« jours fériés légaux exclus »."""
    return HolidayZone(zone).label


def week_in_words(hours: Mapping[str, Sequence[str]]) -> str:
    """« du lundi au vendredi de 8 h 30 à 18 h, le samedi de 9 h à 12 h »."""
    groups: list[tuple[list[str], tuple[str, ...]]] = []
    for key, name in _DAY_NAMES.items():
        intervals = tuple(hours.get(key, ()))
        if not intervals:
            continue
        follows = bool(groups) and groups[-1][1] == intervals and _next_to(groups[-1][0][-1], name)
        if follows:
            groups[-1][0].append(name)
        else:
            groups.append(([name], intervals))
    if len(groups) == 1 and groups[0] == (list(_DAY_NAMES.values()), ("00:00-24:00",)):
        return "à toute heure, tous les jours"
    return ", ".join(
        f"{_days_in_words(days)} {french.enumeration([_interval_in_words(text) for text in intervals])}" for days, intervals in groups
    )


def hours_in_words(calendar: values.ServiceCalendar) -> str:
    """The week, then the other hours of each season: « … ; du 15 juin au 15 septembre, du lundi au vendredi de 9 h à 16 h »."""
    seasons = [f"du {day_of_year(one.start)} au {day_of_year(one.end)}, {week_in_words(one.hours) or 'fermé'}" for one in calendar.seasons]
    return " ; ".join([week_in_words(calendar.hours), *seasons])


def closings_in_words(calendar: values.ServiceCalendar) -> str:
    """The holidays, then the days closed or opened apart: « jours fériés légaux exclus ; fermé le 2 janvier 2027 »."""
    parts = [holidays_in_words(calendar.holidays)]
    if calendar.holidays == "FR-ALSACE-MOSELLE" and not calendar.good_friday:
        parts.append("vendredi saint compris")
    if calendar.closed:
        parts.append(f"fermé {french.enumeration([f'le {french.day(one)}' for one in sorted(calendar.closed)])}")
    for day, intervals in sorted(calendar.exceptions.items()):
        hours = french.enumeration([_interval_in_words(text) for text in intervals])
        parts.append(f"le {french.day(day)}, {hours or 'fermé'}")
    return " ; ".join(parts)


def day_of_year(written: str) -> str:
    """« 15 décembre » from « 12-15 »."""
    month, day = (int(part) for part in written.split("-"))
    return f"{'1er' if day == 1 else day}{french.NBSP}{french.MONTHS[month - 1]}"


def _next_to(before: str, after: str) -> bool:
    order = list(_DAY_NAMES.values())
    return order.index(after) == order.index(before) + 1


def _days_in_words(days: list[str]) -> str:
    return f"le {days[0]}" if len(days) == 1 else f"du {days[0]} au {days[-1]}"


def _interval_in_words(text: str) -> str:
    start, end = text.split("-")
    return f"de {_clock(start)} à {_clock(end)}"


def _clock(text: str) -> str:
    hour, minute = text.split(":")
    return f"{int(hour)}{french.NBSP}h" + (f"{french.NBSP}{minute}" if minute != "00" else "")
