"""How prices are set and changed outside the index."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules import changes
from convenu.service.pricing import falls
from convenu.terms.closed_lists import PriceChange, Tiering
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change
from convenu.vocabulary.money import Money


@checks("civ-1164-prix-cadre")
def price_set_by_one_side(look: Look) -> Iterator[Hit]:
    """A side that may set prices gives notice of them, for it must justify the amount if it is contested."""
    way = known(look.terms.price_change)
    if way in (PriceChange.UNILATERAL, PriceChange.NOTICE_AND_EXIT) and known(look.terms.price_change_notice) is None:
        yield Hit(
            message="Le Prestataire peut changer ses prix sans délai d’annonce : le Client ne peut ni discuter ni partir à temps.",
            terms=("price_change_notice",),
            change=Change("price_change_notice", "60 days"),
        )


@checks("civ-1165-prix-service")
def price_of_work_outside_the_fee(look: Look) -> Iterator[Hit]:
    """Work outside the flat fee has a rate agreed beforehand."""
    if not known(look.terms.hourly_rates):
        yield Hit(
            message="Aucun taux n’est convenu pour les travaux hors forfait : leur prix, fixé après coup, serait à justifier.",
            terms=("hourly_rates",),
        )


@checks("civ-1169-contrepartie")
def price_without_counterpart(look: Look) -> Iterator[Hit]:
    """A service priced at nothing, or a price without a quantity, has no real counterpart."""
    lines = known(look.terms.price_lines) or ()
    hollow = [line.label for line in lines if not line.monthly.amount]
    if hollow:
        yield Hit(
            message=f"Lignes sans prix ou sans quantité : {french.enumeration(hollow)}. Leur contrepartie est à vérifier.",
            terms=("price_lines",),
        )


@checks("minimum_above_grid")
def minimum_above_grid(look: Look) -> Iterator[Hit]:
    """A monthly minimum above the grid makes the unit prices a fiction."""
    minimum = known(look.terms.minimum_fee)
    if minimum is None:
        return
    lines = known(look.terms.price_lines) or ()
    grid = sum((line.monthly for line in lines), Money(Decimal(0)))
    if lines and minimum > grid:
        yield Hit(
            message=f"Le minimum mensuel ({french.euros(minimum)}) dépasse la grille ({french.euros(grid)}) : quantités et prix unitaires "
            "ne changent plus rien à la facture.",
            terms=("minimum_fee", "price_lines"),
            change=Change("minimum_fee", "none"),
        )


@checks("volume_tier_falls")
def volume_tier_falls(look: Look) -> Iterator[Hit]:
    """A step of volume where one more unit lowers the whole price."""
    lines = known(look.terms.price_lines) or ()
    told = [
        f"{fall.label} : {french.number(fall.quantity)} coûtent {french.euros(fall.before)} par mois, "
        f"une de plus {french.euros(fall.after)}"
        for line in lines
        for fall in falls(line)
    ]
    if told:
        mended = [line.model_copy(update={"tiering": Tiering.GRADUATED}) if falls(line) else line for line in lines]
        yield Hit(
            message=f"Le prix baisse quand la quantité monte. {french.typography(' ; '.join(told))}.",
            terms=("price_lines",),
            change=changes.items("price_lines", mended),
        )
