"""Indexation: values published when they are needed, limits on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules.aspects import each_aspect
from convenu.terms.closed_lists import IndexDirection, PriceIndex
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change

# An index of a month is published a month or two later.
_PUBLICATION_DAYS = 60


@checks("index_publication")
def index_publication(look: Look) -> Iterator[Hit]:
    """The values compared exist on the day of the revision, and the formula is fair both ways."""
    index = known(look.terms.price_index)
    if index is not None and index is not PriceIndex.PUBLISHED_RATE:
        yield from each_aspect(look, _too_early, _one_sided)


def _too_early(look: Look) -> Iterator[Hit]:
    first, base = known(look.terms.index_first_revision), known(look.terms.index_base_month)
    if base and first and (first - base).days < _PUBLICATION_DAYS:
        yield Hit(
            message=(
                f"La première révision ({french.day(first)}) suit de trop près le mois d’origine ({french.month(base)}) : aucune valeur "
                "plus récente ne sera publiée."
            ),
            terms=("index_first_revision", "index_base_month"),
            change=Change("index_first_revision", _a_year_after(base)),
        )


def _one_sided(look: Look) -> Iterator[Hit]:
    cap = known(look.terms.index_cap)
    if cap and known(look.terms.index_direction) is IndexDirection.BOTH and known(look.terms.index_floor) is None:
        yield Hit(
            message=f"La hausse est plafonnée à {french.percent(cap)} par an, la baisse n’a pas de limite.",
            terms=("index_floor", "index_cap"),
            change=Change("index_floor", str(cap)),
            remedy="Limiter la baisse comme la hausse.",
        )


def _a_year_after(base: date) -> str:
    return base.replace(year=base.year + 1, day=1).isoformat()
