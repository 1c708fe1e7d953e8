"""The populations that hours are counted on: kinds of users, classes of assets, sites, protected volume."""

from __future__ import annotations

from decimal import Decimal

from convenu.service.quantities import Population
from convenu.terms.closed_lists import AssetClass, UserKind

SITE, VOLUME = "site", "backup_volume"
POPULATIONS: dict[str, str] = {
    **{kind.value: kind.label for kind in UserKind},
    **{one.value: one.label for one in AssetClass},
    SITE: "sites",
    VOLUME: "To sauvegardés",
}


def number_of(population: Population, key: str) -> Decimal | None:
    """How many of a population there are; None when nobody has counted it."""
    if key == SITE:
        return None if population.sites is None else Decimal(population.sites)
    if key == VOLUME:
        return population.backup_volume
    counts: dict[str, int] = {kind.value: count for kind, count in population.users.items()}
    counts |= {one.value: count for one, count in population.assets.items()}
    return Decimal(counts[key]) if key in counts else None
