"""What an MSP's own time, tools and overheads cost it: settings of the organisation, private to it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, model_validator

from convenu.agreement.costing.populations import POPULATIONS
from convenu.facts.worked_time import Level
from convenu.terms import closed_lists as lists
from convenu.terms.refused_values import mistakes_of
from convenu.terms.values import Amount, Line, Share, Value
from convenu.vocabulary.mistakes import MistakesError
from convenu.vocabulary.money import Money
from convenu.vocabulary.yaml_text import YamlText


class ToolCost(Value):
    """A tool or a licence that the MSP pays by the unit, a month."""

    label: Line
    unit: lists.BillingUnit
    monthly: Amount


class FixedCost(Value):
    """A cost of one contract a month, whatever it counts: a part of a service manager, a hosted console."""

    label: Line
    monthly: Amount


class OwnEffort(Value):
    """The hours a month that one unit takes, as this MSP knows them: they replace the library's."""

    population: Line
    low: Annotated[Decimal, Field(ge=0, le=1000)]
    likely: Annotated[Decimal, Field(ge=0, le=1000)]
    high: Annotated[Decimal, Field(ge=0, le=1000)]

    @model_validator(mode="after")
    def _known_and_in_order(self) -> Self:
        if self.population not in POPULATIONS:
            raise ValueError(f"« {self.population} » n’est pas compté ; sont comptés : {', '.join(POPULATIONS)}")
        if not self.low <= self.likely <= self.high:
            raise ValueError("les heures vont du mois calme au mois probable, puis au mois chargé")
        return self


class Costs(Value):
    """The costs of an MSP; what is not given is missing, never zero."""

    hour_n1: Amount | None = None
    hour_n2: Amount | None = None
    hour_n3: Amount | None = None
    overheads: Share | None = None
    on_call_month: Amount | None = None
    travel: Amount | None = None
    tools: tuple[ToolCost, ...] = ()
    fixed: tuple[FixedCost, ...] = ()
    set_up_hours: Annotated[Decimal, Field(ge=0, le=100_000)] | None = None
    efforts: tuple[OwnEffort, ...] = ()

    def hour(self, level: Level) -> Money | None:
        """What an hour of a level costs."""
        return {Level.N1: self.hour_n1, Level.N2: self.hour_n2, Level.N3: self.hour_n3}[level]

    def with_hourly(self, cost: Decimal | None) -> Costs:
        """The same costs, the organisation's single hourly cost standing for the levels that have none of their own."""
        if cost is None:
            return self
        hour = Money(cost)
        return self.model_copy(update={"hour_n1": self.hour_n1 or hour, "hour_n2": self.hour_n2 or hour, "hour_n3": self.hour_n3 or hour})

    def as_json(self) -> dict[str, Any]:
        """The settings as they are kept."""
        return self.model_dump(mode="json", exclude_none=True)


def read_costs(given: Mapping[str, Any] | YamlText) -> Costs:
    """Costs from plain data or from a file; every mistake is told at once."""
    text = given if isinstance(given, YamlText) else YamlText(dict(given))
    try:
        return Costs.model_validate(text.data)
    except ValidationError as error:
        raise MistakesError(mistakes_of(error, text, Costs)) from error
