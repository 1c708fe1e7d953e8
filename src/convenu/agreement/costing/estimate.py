"""What a deal costs a month, item by item: hours by level, on-call, travel, tools, overheads, credits expected; each with its formula.

Hours are ranges; amounts are exact at each end of a range. An item that lacks a cost or a count is named, and no margin is then told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from convenu.agreement.costing.assumptions import Assumptions, Range, Split
from convenu.agreement.costing.costs import Costs
from convenu.agreement.costing.history import History
from convenu.agreement.costing.populations import POPULATIONS, VOLUME, number_of
from convenu.facts.worked_time import Level
from convenu.service.quantities import Population, counted
from convenu.terms.closed_lists import OnCall
from convenu.terms.contract import Terms
from convenu.vocabulary import french
from convenu.vocabulary.mistakes import Mistake
from convenu.vocabulary.money import Money, total

COSTS_PLACE = "Coûts"
_MONTHS = 12
_ONE_LEVEL: Split = {Level.N2: Decimal(1)}
_ONCE = Range.exactly(Decimal(1))


class ItemKind(StrEnum):
    """What a cost is."""

    SUPPORT = "support"
    PREVENTIVE = "preventive"
    ON_CALL = "on_call"
    TRAVEL = "travel"
    TOOLS = "tools"
    FIXED = "fixed"
    OVERHEADS = "overheads"
    CREDITS = "credits"

    @property
    def label(self) -> str:
        """In the words of the page."""
        return {
            "support": "Heures de support", "preventive": "Tâches préventives", "on_call": "Astreinte", "travel": "Déplacements",
            "tools": "Outils et licences", "fixed": "Coûts fixes du contrat", "overheads": "Frais généraux", "credits": "Avoirs attendus",
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CostItem:
    """One cost a month: so many units (hours, calls, licences) at a cost each, and how it was computed.

    `grows_with` names the population, or the unit, that it follows; `tempered` whether the client's temper multiplies it.
    """

    kind: ItemKind
    label: str
    units: Range
    unit_cost: Decimal
    how: str
    split: Split | None = None
    grows_with: str = ""
    tempered: bool = False

    @property
    def likely(self) -> Money:
        """The likely amount a month."""
        return Money(self.units.likely * self.unit_cost)


@dataclass(frozen=True, slots=True)
class Estimate:
    """The items of a month, overheads apart (a share of the others), what lacks to tell a margin, and what was left out of it."""

    items: tuple[CostItem, ...]
    temper: Range
    overheads: Decimal
    missing: tuple[Mistake, ...]
    left_out: tuple[Mistake, ...]
    source: str

    @property
    def direct(self) -> Money:
        """The likely cost of a month before overheads, credits included."""
        return total([item.likely for item in self.items])

    @property
    def overheads_amount(self) -> Money:
        """The overheads of a likely month; credits bear none."""
        borne = [item.units.likely * item.unit_cost for item in self.items if item.kind is not ItemKind.CREDITS]
        return Money(sum(borne, Decimal(0)) * self.overheads)

    @property
    def total(self) -> Money:
        """The likely cost of a month."""
        return self.direct + self.overheads_amount

    @property
    def hours(self) -> dict[Level, Decimal]:
        """The likely hours a month by level."""
        return {
            level: sum((item.units.likely * item.split.get(level, Decimal(0)) for item in self.items if item.split), Decimal(0))
            for level in Level
        }


def estimate(terms: Terms, population: Population, *, costs: Costs, assumptions: Assumptions, history: History | None = None) -> Estimate:
    """What a month of these terms costs for a population; the MSP's own history takes the place of the assumed hours."""
    sheet = _Sheet(terms, population, costs, assumptions)
    items = (
        *(sheet.from_history(history) if history and history.months else sheet.support()),
        *sheet.preventive(),
        *sheet.on_call(),
        *sheet.visits(),
        *sheet.tools(),
        *sheet.fixed(),
        *(_credits(history.credits) if history and history.credits else ()),
    )
    if costs.overheads is None:
        sheet.lacks(COSTS_PLACE, "frais généraux non renseignés", "Donnez leur part des coûts directs ; zéro s’il n’y en a pas.")
    overheads = costs.overheads.share if costs.overheads else Decimal(0)
    return Estimate(items, assumptions.temper, overheads, tuple(dict.fromkeys(sheet.missing)), tuple(sheet.left_out), assumptions.source)


class _Sheet:
    """The items of one estimate as they are drawn up, with what they lack."""

    def __init__(self, terms: Terms, population: Population, costs: Costs, assumptions: Assumptions) -> None:
        self.terms, self.population, self.costs, self.assumptions = terms, population, costs, assumptions
        self.missing: list[Mistake] = []
        self.left_out: list[Mistake] = []

    def lacks(self, where: str, what: str, remedy: str) -> None:
        self.missing.append(Mistake(where, what, remedy))

    def hour(self, split: Split) -> Decimal | None:
        """What an hour shared between levels costs; each level without a cost is named."""
        known = {level: cost for level in split if (cost := self.costs.hour(level)) is not None}
        for level in split:
            if level not in known:
                remedy = "Réglages, Coûts : salaire chargé ÷ heures productives."
                self.lacks(COSTS_PLACE, f"coût d’une heure {level.label} non renseigné", remedy)
        return sum((known[level].amount * share for level, share in split.items()), Decimal(0)) if len(known) == len(split) else None

    def support(self) -> Iterator[CostItem]:
        """The hours assumed, or known by the MSP, for each population that there is."""
        own = {one.population: Range(one.low, one.likely, one.high) for one in self.costs.efforts}
        for effort in self.assumptions.efforts:
            label, count = POPULATIONS[effort.population], number_of(self.population, effort.population)
            if count is None and effort.population != VOLUME:
                self.lacks("Périmètre", f"{label} : nombre inconnu", "Répondez à l’inventaire, aux utilisateurs et aux sites.")
            if not count or (hour := self.hour(effort.split)) is None:
                continue
            hours = own.get(effort.population, effort.hours)
            how = (
                f"{french.number(count)} × {_hours(hours.likely)} par mois (de {_hours(hours.low)} à {_hours(hours.high)}) "
                f"× {_hourly(hour, effort.split)}"
            )
            yield CostItem(
                kind=ItemKind.SUPPORT, label=f"Support, {label}", units=hours.times(count), unit_cost=hour, how=how, split=effort.split,
                grows_with=effort.population, tempered=True,
            )  # fmt: skip

    def from_history(self, history: History) -> Iterator[CostItem]:
        """One item a priority: the tickets a month of the past at the minutes that each takes by level."""
        for priority, tickets in history.by_priority().items():
            spent = history.spent.get(priority)
            minutes = spent.minutes if spent else self.assumptions.ticket_minutes.get(priority)
            if minutes is None:
                remedy = "Rapportez-la à P1, P2, P3 ou P4."
                self.lacks("Historique", f"priorité « {priority} » sans durée de traitement", remedy)
                continue
            whole = sum(minutes.values(), Decimal(0))
            split = {level: part / whole for level, part in minutes.items()}
            if (hour := self.hour(split)) is None:
                continue
            low, likely, high = (french.number(round(count, 1)) for count in (tickets.low, tickets.likely, tickets.high))
            how = (
                f"{likely} tickets par mois (de {low} à {high}, sur {len(history.months)} mois) × {french.number(round(whole, 1))} min "
                f"{f'mesurées sur {spent.tickets} tickets' if spent else 'supposées'} × {_hourly(hour, split)}"
            )
            yield CostItem(
                kind=ItemKind.SUPPORT, label=f"Tickets {priority}", units=tickets.times(whole / 60), unit_cost=hour, how=how, split=split
            )

    def preventive(self) -> Iterator[CostItem]:
        """The tasks of the plan that say how long they take."""
        for task in self.terms.preventive_tasks.value or ():
            count = Decimal(1) if task.asset_class is None else number_of(self.population, task.asset_class)
            if task.effort is None or not task.frequency.per_year or not count or (hour := self.hour(_ONE_LEVEL)) is None:
                continue
            month = task.effort.minutes() / 60 * count * task.frequency.per_year / _MONTHS
            how = (
                f"{french.number(count)} × {french.span(task.effort)} × {task.frequency.per_year} par an ÷ {_MONTHS} "
                f"× {_hourly(hour, _ONE_LEVEL)}"
            )
            yield CostItem(
                kind=ItemKind.PREVENTIVE, label=task.label, units=Range.exactly(month), unit_cost=hour, how=how, split=_ONE_LEVEL,
                grows_with=task.asset_class or "",
            )  # fmt: skip

    def on_call(self) -> Iterator[CostItem]:
        """The rota, and the calls that wake somebody up."""
        if self.terms.on_call.value in (None, OnCall.NONE):
            return
        rota = self.costs.on_call_month
        if rota is None:
            remedy = "Donnez ce que ce contrat en supporte chaque mois."
            self.lacks(COSTS_PLACE, "coût mensuel de l’astreinte non renseigné", remedy)
        else:
            how = "part d’un contrat, par mois"
            yield CostItem(kind=ItemKind.ON_CALL, label="Astreinte, roulement", units=_ONCE, unit_cost=rota.amount, how=how)
        if (hour := self.hour(_ONE_LEVEL)) is not None:
            calls, each = self.assumptions.on_call_calls, self.assumptions.on_call_hours
            low, likely, high = (french.number(count) for count in (calls.low, calls.likely, calls.high))
            how = f"{likely} appels par mois (de {low} à {high}) × {_hours(each)} × {_hourly(hour, _ONE_LEVEL)}"
            yield CostItem(
                kind=ItemKind.ON_CALL, label="Astreinte, appels", units=calls.times(each), unit_cost=hour, how=how, split=_ONE_LEVEL
            )

    def visits(self) -> Iterator[CostItem]:
        """The visits included in the price: the journey and the time on site."""
        visits, travel = self.terms.onsite_visits.value, self.costs.travel
        if not visits:
            return
        if travel is None:
            remedy = "Donnez le trajet et le véhicule, hors temps passé sur place."
            self.lacks(COSTS_PLACE, "coût d’un déplacement non renseigné", remedy)
        elif (hour := self.hour(_ONE_LEVEL)) is not None:
            on_site = self.assumptions.visit_hours
            how = (
                f"{visits} visites par an ÷ {_MONTHS} × ({french.euros(travel)} de trajet + {_hours(on_site)} sur place "
                f"× {_hourly(hour, _ONE_LEVEL)})"
            )
            units, each = Range.exactly(Decimal(visits) / _MONTHS), travel.amount + on_site * hour
            yield CostItem(kind=ItemKind.TRAVEL, label="Visites comprises", units=units, unit_cost=each, how=how)

    def tools(self) -> Iterator[CostItem]:
        """What the MSP pays by the unit; a unit that nothing counts takes the quantity signed, and is told when there is none."""
        signed = {line.unit: line.quantity for line in self.terms.price_lines.value or ()}
        for tool in self.costs.tools:
            found = counted(tool.unit, self.population)
            quantity = found.quantity if found else signed.get(tool.unit)
            if quantity is None:
                what = f"aucun nombre de « {tool.unit.label} » : ce coût n’est pas compté"
                self.left_out.append(Mistake(f"{COSTS_PLACE}, {tool.label}", what, "Comptez-les dans le périmètre s’il y en a."))
                continue
            how = f"{french.number(quantity)} × {french.euros(tool.monthly)}"
            yield CostItem(
                kind=ItemKind.TOOLS, label=tool.label, units=Range.exactly(quantity), unit_cost=tool.monthly.amount, how=how,
                grows_with=tool.unit.value,
            )  # fmt: skip

    def fixed(self) -> Iterator[CostItem]:
        """What the contract costs whatever it counts."""
        for one in self.costs.fixed:
            yield CostItem(kind=ItemKind.FIXED, label=one.label, units=_ONCE, unit_cost=one.monthly.amount, how="par mois")


def _credits(amounts: Sequence[Money]) -> Iterator[CostItem]:
    """The credits that the replayed months would have cost, as a cost of one month."""
    ordered = sorted(amount.amount for amount in amounts)
    units = Range(ordered[0], sum(ordered, Decimal(0)) / len(ordered), ordered[-1])
    low, high = french.euros(Money(ordered[0])), french.euros(Money(ordered[-1]))
    how = f"moyenne de {len(ordered)} mois rejoués, de {low} à {high}"
    yield CostItem(kind=ItemKind.CREDITS, label="Avoirs du rejeu", units=units, unit_cost=Decimal(1), how=how)


def _hourly(hour: Decimal, split: Split) -> str:
    """« 34,40 € de l’heure (N1 60 %, N2 40 %) »."""
    shares = ", ".join(f"{level.label} {french.number(round(100 * share))} %" for level, share in split.items() if share)
    return f"{french.euros(Money(hour))} de l’heure ({shares})"


def _hours(hours: Decimal) -> str:
    return f"{french.number(round(hours, 2))} h"
