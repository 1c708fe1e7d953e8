"""What the time spent on tickets costs the MSP, by level. Nothing here is ever shown to a client."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from convenu.agreement.costing.costs import Costs
from convenu.agreement.costing.estimate import COSTS_PLACE
from convenu.facts.worked_time import Level
from convenu.vocabulary import french
from convenu.vocabulary.mistakes import Mistake
from convenu.vocabulary.money import Money, total

_HOUR = 60


@dataclass(frozen=True, slots=True)
class LevelCost:
    """The time of one level and its cost, with how it was computed; None while the hour of that level has no cost."""

    level: Level | None
    minutes: int
    amount: Money | None
    how: str


@dataclass(frozen=True, slots=True)
class TimeCost:
    """The cost of some time by level, overheads apart, and what lacks to tell all of it."""

    levels: tuple[LevelCost, ...]
    missing: tuple[Mistake, ...]

    @property
    def amount(self) -> Money | None:
        """The whole; None while a part of it has no cost, since the sum of the others would pass for it."""
        known = [one.amount for one in self.levels if one.amount is not None]
        return total(known) if len(known) == len(self.levels) else None

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "amount": None if self.amount is None else str(self.amount),
            "levels": [
                {"level": one.level, "minutes": one.minutes, "amount": None if one.amount is None else str(one.amount), "how": one.how}
                for one in self.levels
            ],
            "missing": [one.as_json() for one in self.missing],
        }


def time_cost(minutes: Mapping[Level | None, int], costs: Costs) -> TimeCost:
    """The cost of minutes by level; a time without a level, or a level without a cost, is named."""
    levels, missing = [], []
    for level in [*Level, None]:
        count = minutes.get(level, 0)
        if not count:
            continue
        hour = costs.hour(level) if level else None
        told = f"{french.number(Decimal(count) / _HOUR, decimals=2)} h"
        if hour is not None:
            levels.append(LevelCost(level, count, Money(hour.amount * count / _HOUR), f"{told} × {french.euros(hour)}"))
            continue
        levels.append(LevelCost(level, count, None, told))
        if level is None:
            missing.append(Mistake("Temps passé", f"{told} sans niveau", "Donnez un niveau à chaque technicien dans la correspondance."))
        else:
            missing.append(Mistake(COSTS_PLACE, f"coût d’une heure {level.label} non renseigné", "Réglages, Coûts."))
    return TimeCost(tuple(levels), tuple(missing))
