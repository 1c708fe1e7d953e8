"""What the pages of a price show, in the order they show it: figures in French print, bars beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from convenu.agreement.costing.estimate import ItemKind
from convenu.agreement.costing.options import Options
from convenu.agreement.costing.quote import Costing
from convenu.agreement.segments import NOT_VALUES
from convenu.agreement.term_words import lines_of
from convenu.vocabulary import french
from convenu.vocabulary.money import Money
from convenu.web.charts import Bar, Distribution, Scale, Step, distribution, waterfall

COLUMNS = 30


@dataclass(frozen=True, slots=True)
class Swing:
    """A thing that moves the margin, with its bar on the scale of them all."""

    label: str
    worst: Money
    best: Money
    bar: Bar


@dataclass(frozen=True, slots=True)
class CostingRows:
    """What the costing page draws."""

    steps: tuple[Step, ...]
    spread: Distribution | None
    swings: tuple[Swing, ...]
    lowest: Money | None = None
    highest: Money | None = None


def costing_rows(found: Costing) -> CostingRows:
    """The waterfall of a month, the distribution of a year's margin, and what moves it; nothing of them while a cost lacks."""
    if found.monthly_cost is None:
        return CostingRows((), None, ())
    by_kind: dict[ItemKind, Decimal] = defaultdict(Decimal)
    for item in found.estimate.items:
        by_kind[item.kind] += item.likely.amount
    taken = [(kind.label, by_kind[kind]) for kind in ItemKind if by_kind.get(kind)]
    taken.append((ItemKind.OVERHEADS.label, found.estimate.overheads_amount.amount))
    steps = waterfall((_("Prix d’un mois"), found.revenue.amount), taken, _("Reste au Prestataire"))
    margin = found.margin
    if margin is None:
        return CostingRows(steps, None, ())
    bars = [(low.amount, high.amount, count) for low, high, count in margin.bars(COLUMNS)]
    marks = [(name, amount.amount) for name, amount in (("P10", margin.p10), ("P50", margin.p50), ("P90", margin.p90))]
    ends = [bound.amount for one in found.drivers for bound in (one.worst, one.best)]
    scale = Scale(min(ends), max(ends)) if ends else Scale(Decimal(0), Decimal(0))
    swings = tuple(Swing(one.label, one.worst, one.best, scale.bar(one.worst.amount, one.best.amount)) for one in found.drivers)
    return CostingRows(steps, distribution(bars, marks), swings, margin.hundredth(0), margin.hundredth(100))


@dataclass(frozen=True, slots=True)
class OptionCell:
    """What one variant says of a term, and whether it differs from the first one."""

    name: str
    lines: tuple[str, ...]
    differs: bool


def option_terms(options: Options) -> list[tuple[str, list[OptionCell]]]:
    """Each term that the variants do not share, with the value of each; a grid as the price counts it."""
    grids = {name: tuple(f"{line.label} : {line.how}" for line in one.price.lines) for name, one in options.offers.items()}
    return [
        (
            row.label,
            [
                OptionCell(name, grids[name] if row.key == "price_lines" else lines_of(term), name in row.differs)
                for name, term in row.values.items()
            ],
        )
        for row in options.terms
        if row.key not in NOT_VALUES
    ]


def option_clauses(options: Options) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Each clause that differs: its key, its title, and how it differs in each variant but the first."""
    return [
        (row.key, row.title, [(name, row.differs[name].label if name in row.differs else "") for name in options.names[1:]])
        for row in options.clauses
    ]


def shown_hours(found: Costing) -> Iterator[tuple[str, str]]:
    """« N1 », « 10,9 h »."""
    for level, hours in found.estimate.hours.items():
        yield level.label, f"{french.number(round(hours, 1))} h"


def share_of(amount: Money, of: Money) -> str:
    """« 52 % », empty of nothing."""
    return f"{french.number(round(100 * amount.amount / of.amount))} %" if of.amount else ""


def margin_facts(found: Costing) -> list[dict[str, Any]]:
    """The three places of the distribution, in euros and in percent of the year's price."""
    margin = found.margin
    if margin is None:
        return []
    told = (
        ("P10", _("neuf années sur dix laissent plus"), margin.p10),
        ("P50", _("une année sur deux laisse plus"), margin.p50),
        ("P90", _("une année sur dix laisse plus"), margin.p90),
    )
    return [{"name": name, "means": means, "amount": amount, "share": share_of(amount, margin.revenue)} for name, means, amount in told]
