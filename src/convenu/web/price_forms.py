"""What is typed on the pages of a price: the months of an index read in its publication, the numbers of two counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from convenu.service.indexation import Published
from convenu.service.quantities import Population
from convenu.vocabulary import french
from convenu.vocabulary.days import parse_day
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.web.forms import DayField, PageForm

_COUNTS = (1, 2)
_LONGEST = 7


class PacksForm(PageForm):
    """Prepaid packs that a client bought."""

    day = DayField(label=gettext_lazy("Acheté le"))
    packs = forms.IntegerField(
        label=gettext_lazy("Carnets"),
        error_messages={"invalid": gettext_lazy("Écrivez un nombre entier.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


@dataclass(frozen=True, slots=True)
class AskedRevision:
    """The day of a revision (None: the first one agreed) and the values typed from the publication."""

    day: date | None
    months: Mapping[date, Decimal]


def asked_revision(params: QueryDict) -> AskedRevision:
    """Read the form of a revision; every mistake is told at once."""
    mistakes: list[Mistake] = []
    months: dict[date, Decimal] = {}
    for month, value in zip(params.getlist("mois"), params.getlist("valeur"), strict=False):
        if value.strip():
            try:
                months[date.fromisoformat(f"{month[:7]}-01")] = _positive(value)
            except (ValueError, InvalidOperation):
                remedy = _("Donnez le mois et la valeur publiée, plus grande que zéro.")
                mistakes.append(Mistake(month[:20] or _("Indice"), _("mois ou valeur illisible"), remedy))
    day, given = None, params.get("jour", "")
    if given:
        try:
            day = parse_day(given)
        except ValueError as error:
            mistakes.append(Mistake(_("Jour de la révision"), str(error), _("Elle s’écrit 2027-01-31.")))
    if mistakes:
        raise MistakesError(mistakes)
    return AskedRevision(day, months)


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of the index as the page asks it: what was typed, else what is published; empty when neither is known."""

    month: str
    value: str
    source: str


def month_rows(published: Published, needed: Sequence[date]) -> list[MonthRow]:
    """The months that a revision compares, then those typed beside them, then one to fill."""
    months = sorted({*needed, *published.typed})
    return [*(_month_row(published, month) for month in months), MonthRow("", "", "")]


def _month_row(published: Published, month: date) -> MonthRow:
    try:
        found = published.of(month)
    except LookupError:
        return MonthRow(f"{month:%Y-%m}", "", _("non publié dans nos chiffres"))
    typed = french.number(found.value).replace(french.NNBSP, "") if month in published.typed else ""
    return MonthRow(f"{month:%Y-%m}", typed, "" if typed else f"{french.number(found.value)} ({found.source})")


def _positive(value: str) -> Decimal:
    number = Decimal(value.strip().replace(",", "."))
    if not (number.is_finite() and number > 0):
        raise ValueError(value)
    return number


@dataclass(frozen=True, slots=True)
class CountRow:
    """What is counted, and the name and value of the field of each count."""

    label: str
    typed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AskedCounts:
    """The fields of two counts, and the populations that they make; none while a number cannot be read."""

    rows: tuple[CountRow, ...]
    populations: tuple[Population, ...]
    mistakes: tuple[Mistake, ...]


def asked_counts(params: Mapping[str, str], first: Population, second: Population) -> AskedCounts:
    """Two counts of what is known, with the numbers typed over it."""
    users = {kind.value: (kind.label, count, second.users.get(kind, 0)) for kind, count in first.users.items()}
    assets = {one.value: (one.label, count, second.assets.get(one, 0)) for one, count in first.assets.items()}
    known = {key: (label, counts) for key, (label, *counts) in {**users, **assets}.items() if any(counts)}
    mistakes: list[Mistake] = []
    rows = []
    numbers: dict[int, dict[str, int]] = {rank: {} for rank in _COUNTS}
    for key, (label, counts) in known.items():
        typed = [(rank, f"{key}_{rank}", params.get(f"{key}_{rank}", str(counts[rank - 1]))) for rank in _COUNTS]
        rows.append(CountRow(label, tuple((name, value) for _rank, name, value in typed)))
        for rank, _name, value in typed:
            if value.strip().isdecimal() and len(value.strip()) <= _LONGEST:
                numbers[rank][key] = int(value)
            else:
                told = _("nombre illisible : « %(value)s »") % {"value": value[:20]}
                mistakes.append(Mistake(label, told, _("Un nombre entier, zéro compris.")))
    populations = () if mistakes else tuple(_population(one, numbers[rank]) for rank, one in zip(_COUNTS, (first, second), strict=True))
    return AskedCounts(tuple(rows), populations, tuple(mistakes))


def _population(declared: Population, given: Mapping[str, int]) -> Population:
    return Population(
        assets={one: given.get(one.value, count) for one, count in declared.assets.items()},
        users={kind: given.get(kind.value, count) for kind, count in declared.users.items()},
        sites=declared.sites,
        backup_volume=declared.backup_volume,
    )
