"""Read the working assumptions on what support takes; they are no part of a release, for no contract is written from them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from convenu.agreement.costing.assumptions import Assumptions, Effort, Range
from convenu.agreement.costing.populations import POPULATIONS
from convenu.facts.worked_time import Level
from convenu.library.front_matter import FrontMatterError, refuse_others, take
from convenu.terms.closed_lists import ClientSegment
from convenu.vocabulary import yaml_text

NAME = "costing.yaml"
_FIELDS = frozenset({"source", "efforts", "segments", "temper", "on_call", "visit_hours", "ticket_minutes"})
_RANGE = ("low", "likely", "high")


@cache
def assumptions() -> Mapping[ClientSegment, Assumptions]:
    """The assumptions of each segment."""
    return read_assumptions(yaml_text.read((files("convenu.library") / NAME).read_text("utf-8")).data)


def read_assumptions(data: dict[str, Any]) -> Mapping[ClientSegment, Assumptions]:
    """The assumptions of a file; what does not hold together raises with the field and the reason."""
    refuse_others(data, _FIELDS, NAME)
    efforts = tuple(_effort(key, one) for key, one in take(data, "efforts", NAME).items())
    on_call = take(data, "on_call", NAME)
    minutes = {
        priority: {Level(level): Decimal(str(count)) for level, count in one.items()}
        for priority, one in take(data, "ticket_minutes", NAME).items()
    }
    factors = {ClientSegment(key): Decimal(str(factor)) for key, factor in take(data, "segments", NAME).items()}
    lacking = [segment for segment in ClientSegment if segment not in factors]
    if lacking:
        raise FrontMatterError(f"{NAME}: the segment « {lacking[0].value} » has no factor")
    return {
        segment: Assumptions(
            efforts=tuple(Effort(one.population, one.hours.times(factor), one.split) for one in efforts),
            temper=_range(take(data, "temper", NAME)),
            on_call_calls=_range(on_call["calls"]),
            on_call_hours=Decimal(str(on_call["hours"])),
            visit_hours=Decimal(str(take(data, "visit_hours", NAME))),
            ticket_minutes=minutes,
            source=take(data, "source", NAME),
        )
        for segment, factor in factors.items()
    }


def _effort(population: str, data: Mapping[str, Any]) -> Effort:
    if population not in POPULATIONS:
        raise FrontMatterError(f"{NAME}: nothing is counted as « {population} »")
    split = {level: Decimal(str(data[level])) / 100 for level in Level}
    if sum(split.values()) != 1:
        raise FrontMatterError(f"{NAME}: the levels of « {population} » do not add up to 100")
    return Effort(population, _range(data), {level: share for level, share in split.items() if share})


def _range(data: Mapping[str, Any]) -> Range:
    return Range(*(Decimal(str(data[bound])) for bound in _RANGE))
