"""A newer publication of a legal figure beside what is known of it: what it adds, what it repeats, what it would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from convenu.law.book import LawValue, Sourced
from convenu.vocabulary.dated import Dated, NotInForceError


@dataclass(frozen=True, slots=True)
class Published:
    """A value as published: the first day (or month) it holds, and where it was read."""

    day: date
    value: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Alteration:
    """A value that would no longer be what was published: the known one, in force that day, and the new one."""

    day: date
    known: Decimal | str
    new: Published


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """What a publication does to a figure. `known_until`: the first day that nobody has looked up, None when it holds until changed."""

    added: tuple[Published, ...]
    repeated: tuple[Published, ...]
    altered: tuple[Alteration, ...]
    known_until: date | None


def growth(figure: LawValue, published: Iterable[Published], *, known_until: date | None) -> Growth:
    """Set a publication against a figure: a day already covered is repeated when its value is the same, altered when it is not."""
    added, repeated, altered = [], [], []
    for one in sorted(published, key=lambda row: row.day):
        known = _known(figure, one.day)
        if known is None:
            added.append(one)
        elif known == one.value:
            repeated.append(one)
        else:
            altered.append(Alteration(one.day, known, one))
    until = known_until or figure.dated.known_until
    return Growth(added=tuple(added), repeated=tuple(repeated), altered=tuple(altered), known_until=until)


def grown(figure: LawValue, values: Mapping[date, Sourced], *, known_until: date | None, checked: date) -> LawValue:
    """The figure with these values over its own."""
    dated = Dated(figure.name, {**figure.dated.values, **values}, known_until, figure.dated.next_expected)
    return replace(figure, dated=dated, last_checked=max(checked, figure.last_checked or checked))


def _known(figure: LawValue, day: date) -> Decimal | str | None:
    """What is known for a day; None after the last known one, and after the last value of a figure that holds until changed."""
    try:
        held = figure.on(day)
    except NotInForceError:
        return None
    until_changed = held.end is None and held.start < day
    return None if until_changed else held.value
