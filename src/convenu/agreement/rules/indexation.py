"""Price revision: which index, from which base, in which direction (Code monétaire et financier)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules.aspects import each_aspect
from convenu.terms.closed_lists import IndexBase, IndexDirection, PriceIndex
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change, Severity

# The first month of the revised series; the old one stopped the month before.
FIRST_REVISED_MONTH = date(2022, 8, 1)


@checks("cmf-l112-2-indice")
def forbidden_index(look: Look) -> Iterator[Hit]:
    """An index follows the object of the contract or the activity of a party: never the SMIC nor prices in general."""
    index = known(look.terms.price_index)
    if index in (PriceIndex.SMIC, PriceIndex.CPI):
        yield Hit(
            message=f"Le prix suit un indice général ({index.label}), sans lien avec l’objet du contrat : l’article L. 112-2 l’exclut.",
            terms=("price_index",),
            change=Change("price_index", "syntec_revised"),
        )
    elif index is PriceIndex.OTHER:
        yield Hit(
            title="Indice de révision non nommé",
            message="L’indice de révision n’est pas nommé : son lien avec l’objet du contrat ou l’activité d’une partie est à vérifier.",
            terms=("price_index",),
            change=Change("price_index", "syntec_revised"),
            severity=Severity.MEDIUM,
        )


@checks("cmf-l112-1-distorsion")
def distorted_period(look: Look) -> Iterator[Hit]:
    """Each revision counts the variation since the last one, not since the first day on a price already revised."""
    if known(look.terms.index_base) is IndexBase.FIXED_ON_REVISED_PRICE:
        yield Hit(
            message="La valeur d’origine de l’indice est appliquée chaque année au prix déjà révisé : "
            "la période de variation dépasse celle qui sépare deux révisions.",
            terms=("index_base",),
            change=Change("index_base", "moving"),
        )


@checks("cmf-hausse-seule")
def upward_only(look: Look) -> Iterator[Hit]:
    """A revision upwards only is not the distortion of the Code monétaire, but weighs on the balance of the contract."""
    if known(look.terms.index_direction) is IndexDirection.UP_ONLY:
        yield Hit(
            message="Le prix ne peut que monter : le risque tient à l’équilibre du contrat (C. civ., art. 1171 ; C. com., art. L. 442-1).",
            terms=("index_direction",),
            change=Change("index_direction", "both"),
        )


@checks("syntec-revise")
def syntec_series(look: Look) -> Iterator[Hit]:
    """The old Syntec series stopped in July 2022: the index is named « révisé » and its base month is known."""
    yield from each_aspect(look, _named_revised, _base_month)


def _named_revised(look: Look) -> Iterator[Hit]:
    if known(look.terms.price_index) is PriceIndex.SYNTEC_OLD:
        yield Hit(
            message="Le contrat nomme l’ancien indice Syntec, dont la publication a cessé après juillet 2022.",
            terms=("price_index",),
            change=Change("price_index", "syntec_revised"),
            remedy="Nommer l’indice Syntec révisé.",
        )


def _base_month(look: Look) -> Iterator[Hit]:
    index = known(look.terms.price_index)
    if index not in (PriceIndex.SYNTEC_OLD, PriceIndex.SYNTEC_REVISED):
        return
    base = known(look.terms.index_base_month)
    if base is None:
        yield Hit(
            message="Le mois de la valeur d’origine de l’indice n’est pas indiqué : aucune révision ne peut être calculée.",
            terms=("index_base_month",),
            remedy="Indiquer le mois de la dernière valeur publiée à la signature.",
            severity=Severity.MEDIUM,
        )
    elif base < FIRST_REVISED_MONTH:
        coefficient = look.number("syntec_coefficient")
        yield Hit(
            message=f"La valeur d’origine ({french.month(base)}) vient de l’ancienne série : sans le coefficient de raccord "
            f"({french.number(coefficient)}), la comparaison avec l’indice révisé est faussée.",
            terms=("index_base_month",),
        )
