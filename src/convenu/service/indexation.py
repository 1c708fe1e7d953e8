"""The revision of prices by an index: the formula agreed, with the months published, and what it does to each line.

S1 is the last value published on the day that the contract names, S0 the one that its base month or the last revision had. A month that
is not published, or that nobody has typed from the publication, stops the computation and is named: nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from convenu.law.book import LawBook
from convenu.service.pricing import MonthlyPrice, monthly_price
from convenu.terms.closed_lists import IndexBase, IndexDirection, PriceIndex
from convenu.terms.contract import Terms
from convenu.terms.values import PriceLine
from convenu.vocabulary import french
from convenu.vocabulary.clause_ref import ClauseRef
from convenu.vocabulary.dated import NotInForceError
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.vocabulary.money import Money

INDEXATION = ClauseRef(
    "indexation", ("price_index", "index_base_month", "index_base", "index_direction", "index_first_revision", "index_cap", "index_floor")
)
SERIES = {PriceIndex.SYNTEC_REVISED: "syntec", PriceIndex.SYNTEC_OLD: "syntec_old"}
DELAY = "syntec_publication_months"
_TYPE = "Saisissez la valeur d’après la publication officielle ; rien n’est estimé."


@dataclass(frozen=True, slots=True)
class IndexValue:
    """The index of a month, and where it was read."""

    month: date
    value: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Published:
    """The months of an index: those of our dated figures, and those that a person typed from the publication, which come first."""

    law: LawBook
    series: str
    typed: Mapping[date, Decimal] = field(default_factory=dict)

    def of(self, month: date) -> IndexValue:
        """The value of a month; a month without one raises with its name."""
        first = month.replace(day=1)
        if first in self.typed:
            return IndexValue(first, self.typed[first], "saisi d’après la publication")
        found = self.law.on(self.series, first)
        return IndexValue(first, Decimal(str(found.value)), found.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisedLine:
    """A line of the grid before and after a revision."""

    before: PriceLine
    after: PriceLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One revision: its day, both values of the index (None for a fixed rate), the factor computed and the one applied, and why.

    `applied` multiplies the prices in force, `since_origin` those of the signature; `held` says whether a limit has ever held back a
    revision. `terms` are the contract's with the prices revised: the next revision and the invoices start from them.
    """

    on: date
    old: IndexValue | None
    new: IndexValue | None
    computed: Decimal
    applied: Decimal
    since_origin: Decimal
    held: bool
    how: str
    lines: tuple[RevisedLine, ...]
    before: MonthlyPrice
    after: MonthlyPrice
    terms: Terms
    origin: tuple[PriceLine, ...]
    clause: ClauseRef = INDEXATION

    @property
    def values(self) -> tuple[IndexValue, ...]:
        """Both values of the index, the old one first; none for a fixed rate."""
        return tuple(one for one in (self.old, self.new) if one is not None)

    @property
    def effect(self) -> Money:
        """What a month costs more, or less."""
        return self.after.total - self.before.total


def revision_days(terms: Terms, *, until: date) -> tuple[date, ...]:
    """The days of revision up to a day: the first one agreed, else the first anniversary, then every year."""
    first = terms.index_first_revision.value
    if first is None and terms.effective_date.value is not None:
        first = terms.effective_date.value + relativedelta(years=1)
    if first is None or terms.price_index.value is None:
        return ()
    days = [first + relativedelta(years=years) for years in range(max(0, until.year - first.year) + 1)]
    return tuple(day for day in days if day <= until)


def last_published_month(terms: Terms, law: LawBook, *, on: date, typed: Mapping[date, Decimal] | None = None) -> date | None:
    """The month whose value is the last one published on the day that the contract names before a revision.

    For an index that our figures do not hold, the last month that a person typed; None when there is none.
    """
    notice = terms.index_notice.value
    asked = notice.before(on) if notice else on
    if terms.price_index.value not in SERIES:
        return max((month for month in typed or {} if month < asked), default=None)
    return asked.replace(day=1) - relativedelta(months=int(law.number(DELAY, asked)) + 1)


def months_needed(terms: Terms, law: LawBook, *, until: date) -> tuple[date, ...]:
    """The months whose values the revisions up to a day compare, in order; of an index that we do not hold, its base month only."""
    if terms.price_index.value in (None, PriceIndex.PUBLISHED_RATE):
        return ()
    days = revision_days(terms, until=until)
    found = [terms.index_base_month.value, *(last_published_month(terms, law, on=day) for day in days)]
    return tuple(sorted({month.replace(day=1) for month in found if month is not None}))


def revise(terms: Terms, law: LawBook, *, on: date, typed: Mapping[date, Decimal] | None = None, last: Revision | None = None) -> Revision:
    """Apply the formula on a day of revision; `last` is the revision before it, None for the first one.

    What is missing (a month not published, a base month, a percentage) raises `MistakesError`, everything that lacks told together.
    """
    grid: tuple[PriceLine, ...] | None = terms.price_lines.value
    before = monthly_price(terms, on=on)
    if terms.price_index.value is None or not grid or before is None:
        raise MistakesError([Mistake("price_index", "aucune révision n’est convenue, ou la grille n’est pas encore connue")])
    old, new, computed, how = _computed(terms, law, on, typed or {}, last)
    from_origin = terms.index_base.value is IndexBase.FIXED_ON_INITIAL_PRICE
    factor = computed / last.computed if from_origin and last else computed
    applied, limit = _limited(terms, factor)
    held = bool(limit) or (last is not None and last.held)
    since_origin = computed if from_origin and not held else (last.since_origin if last else Decimal(1)) * applied
    origin = last.origin if last else grid
    lines = _multiplied(origin, since_origin) if from_origin else _multiplied(grid, applied)
    revised = terms.model_copy(update={"price_lines": terms.price_lines.model_copy(update={"value": lines})})
    after = monthly_price(revised, on=on)
    if after is None:  # pragma: no cover - as many lines as before
        raise AssertionError(lines)
    return Revision(
        on=on, old=old, new=new, computed=computed, applied=applied, since_origin=since_origin, held=held,
        how=f"{how} = {_factor(computed)}{limit}", origin=origin, before=before, after=after, terms=revised,
        lines=tuple(RevisedLine(before=one, after=other) for one, other in zip(grid, lines, strict=True)),
    )  # fmt: skip


def _computed(
    terms: Terms, law: LawBook, on: date, typed: Mapping[date, Decimal], last: Revision | None
) -> tuple[IndexValue | None, IndexValue | None, Decimal, str]:
    """S0, S1, the factor that they give and the formula in words."""
    index = terms.price_index.value
    if index is PriceIndex.PUBLISHED_RATE:
        return None, None, *_fixed(terms)
    published = Published(law, SERIES.get(index, "") if index else "", typed)
    old, new = _values(terms, published, last_published_month(terms, law, on=on, typed=typed), last)
    how = f"{french.number(new.value)} ({french.month(new.month)}) ÷ {french.number(old.value)} ({french.month(old.month)})"
    return old, new, new.value / old.value, how


def _fixed(terms: Terms) -> tuple[Decimal, str]:
    rate = terms.index_cap.value
    if rate is None:
        raise MistakesError([Mistake("index_cap", "le pourcentage annuel n’est pas dit", "Donnez-le : il sert de révision et de plafond.")])
    return 1 + rate.share, f"1 + {french.percent(rate)}"


def _values(terms: Terms, published: Published, new_month: date | None, last: Revision | None) -> tuple[IndexValue, IndexValue]:
    """S0 and S1; each missing month is a mistake that names it."""
    moving = terms.index_base.value in (None, IndexBase.MOVING)
    base = terms.index_base_month.value
    found: list[IndexValue] = []
    mistakes: list[Mistake] = []
    if last is not None and last.new is not None and moving:
        found.append(last.new)
    elif base is None:
        mistakes.append(Mistake("index_base_month", "le mois de la valeur d’origine n’est pas dit", "Donnez le mois et sa valeur publiée."))
    else:
        _look_up(published, base, found, mistakes)
    if new_month is None:
        mistakes.append(Mistake("price_index", "aucune valeur de cet indice n’est tenue ici", _TYPE))
    else:
        _look_up(published, new_month, found, mistakes)
    if mistakes:
        raise MistakesError(mistakes)
    return found[0], found[1]


def _look_up(published: Published, month: date, found: list[IndexValue], mistakes: list[Mistake]) -> None:
    try:
        if published.series or month.replace(day=1) in published.typed:
            found.append(published.of(month))
        else:
            mistakes.append(Mistake(f"{month:%Y-%m}", "aucune série de cet indice n’est tenue ici", _TYPE))
    except NotInForceError as gap:
        mistakes.append(Mistake(f"{month:%Y-%m}", f"{gap.reason}", _TYPE))


def _limited(terms: Terms, factor: Decimal) -> tuple[Decimal, str]:
    """The factor within the direction and the yearly limits, and which of them held it back."""
    cap, floor = terms.index_cap.value, terms.index_floor.value
    if terms.index_direction.value is IndexDirection.UP_ONLY and factor < 1:
        return Decimal(1), " ; le prix ne baisse pas : 1"
    if cap is not None and factor > 1 + cap.share:
        return 1 + cap.share, f" ; hausse plafonnée à {french.percent(cap)} : {_factor(1 + cap.share)}"
    if floor is not None and factor < 1 - floor.share:
        return 1 - floor.share, f" ; baisse limitée à {french.percent(floor)} : {_factor(1 - floor.share)}"
    return factor, ""


def _multiplied(lines: tuple[PriceLine, ...], factor: Decimal) -> tuple[PriceLine, ...]:
    """The same lines with every price multiplied and rounded half-up to the cent."""
    return tuple(
        line.model_copy(
            update={
                "unit_price": line.unit_price * factor,
                "tiers": tuple(tier.model_copy(update={"unit_price": tier.unit_price * factor}) for tier in line.tiers),
            }
        )
        for line in lines
    )


def _factor(factor: Decimal) -> str:
    return french.number(round(factor, 6))


def simulated(terms: Terms, law: LawBook, *, until: date, typed: Mapping[date, Decimal] | None = None) -> Iterator[Revision]:
    """Every revision up to a day, each from the prices of the one before; the first month that lacks raises."""
    last: Revision | None = None
    for day in revision_days(terms, until=until):
        last = revise(last.terms if last else terms, law, on=day, typed=typed, last=last)
        yield last
