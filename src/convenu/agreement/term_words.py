"""A term in French words, one line an item, for a page that compares or lists values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from convenu.agreement.wording import address_in_words, contact_in_words, day_of_year, holidays_in_words, in_words, week_in_words
from convenu.terms import values
from convenu.terms.states import State, Term
from convenu.vocabulary import french

STATES = {State.NONE: "aucun", State.ABSENT: "absent du document", State.UNKNOWN: "à confirmer"}


def lines_of(term: Term[Any]) -> tuple[str, ...]:
    """« 30 jours », « aucun », « à confirmer par Soizic Andrieu », or a line for each item of a list."""
    if term.unknown and term.who:
        return (f"à confirmer par {term.who}",)
    if not term.stated:
        return (STATES[term.state],)
    items = term.value if isinstance(term.value, tuple) else (term.value,)
    return tuple(french.typography(_words(item)) for item in items) or (STATES[State.NONE],)


def _words(value: Any) -> str:
    match value:
        case values.Address():
            return address_in_words(value)
        case values.Contact():
            return contact_in_words(value)
        case values.ServiceCalendar():
            return f"{value.name} : {week_in_words(value.hours)}, {holidays_in_words(value.holidays)}"
        case values.Freeze():
            return f"{value.label}, du {day_of_year(value.start)} au {day_of_year(value.end)}"
        case values.PrioritySpans() | values.PriorityPercents():
            return french.enumeration([f"{name} : {in_words(limit)}" for name, limit in value.items() if limit is not None], last="et")
        case values.Value():
            return ", ".join(_parts(value))
        case tuple():
            return french.enumeration([_words(item) for item in value])
        case dict():
            return ", ".join(f"{_words(key)} : {_words(item)}" for key, item in value.items())
        case _:
            return in_words(value)


def _parts(value: values.Value) -> Iterator[str]:
    """The details of a structured value in their order; a bare yes or no says nothing without its question and is left to the form."""
    for name in type(value).model_fields:
        part = getattr(value, name)
        if part is not None and part not in ((), {}) and not isinstance(part, bool):
            yield _words(part)
