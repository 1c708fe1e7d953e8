"""Quantities: what a priced unit counts, what nothing prices, and how far a count may move."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules import changes
from convenu.service.inventory_terms import at_counts, billed
from convenu.terms.closed_lists import AssetClass, BillingUnit, CoverStatus, UserKind
from convenu.terms.values import AssetLine, CountingRule, Site
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change

_COUNTED = {
    BillingUnit.FULL_USER: "personne dotée d’un compte actif le jour du décompte",
    BillingUnit.FRONTLINE_USER: "compte actif d’une personne sans poste de travail propre",
    BillingUnit.SHARED_MAILBOX: "boîte aux lettres ouverte à plusieurs personnes",
    BillingUnit.WORKSTATION: "machine vue par l’outil de supervision dans le mois",
    BillingUnit.SHARED_WORKSTATION: "machine utilisée par plusieurs personnes, vue par l’outil de supervision dans le mois",
    BillingUnit.SERVER: "chaque système d’exploitation, physique ou virtuel",
    BillingUnit.NETWORK_DEVICE: "équipement réseau géré, inscrit à l’Inventaire",
    BillingUnit.SITE: "adresse équipée d’un réseau géré",
    BillingUnit.BACKUP_VOLUME: "volume source protégé, maximum du mois",
    BillingUnit.MAILBOX: "boîte aux lettres nominative sauvegardée",
}
_USERS = {
    UserKind.FULL: BillingUnit.FULL_USER,
    UserKind.FRONTLINE: BillingUnit.FRONTLINE_USER,
    UserKind.SHARED_MAILBOX: BillingUnit.SHARED_MAILBOX,
}
_PRICED_BY = {
    BillingUnit.WORKSTATION: AssetClass.WORKSTATION, BillingUnit.SHARED_WORKSTATION: AssetClass.SHARED_WORKSTATION,
    BillingUnit.SERVER: AssetClass.SERVER, BillingUnit.NETWORK_DEVICE: AssetClass.NETWORK_DEVICE,
    BillingUnit.FULL_USER: AssetClass.WORKSTATION, BillingUnit.SITE: AssetClass.NETWORK_DEVICE,
}  # fmt: skip
_COUNTED_CLASSES = (AssetClass.WORKSTATION, AssetClass.SHARED_WORKSTATION, AssetClass.SERVER)


@checks("unit_without_count")
def unit_without_count(look: Look) -> Iterator[Hit]:
    """A price by the unit needs to say what one unit is."""
    units = [line.unit for line in known(look.terms.price_lines) or () if line.unit is not BillingUnit.FLAT]
    if not units:
        return
    rules = known(look.terms.counting_rules) or ()
    unsaid = [unit for unit in dict.fromkeys(units) if unit not in {rule.unit for rule in rules}]
    if unsaid:
        added = [CountingRule(unit=unit, counted=_COUNTED[unit]) for unit in unsaid]
        yield Hit(
            message=f"Prix à l’unité sans règle de décompte : {french.enumeration([unit.label for unit in unsaid])}.",
            terms=("counting_rules", "price_lines"),
            change=changes.items("counting_rules", (*rules, *added)),
        )


@checks("class_without_price")
def class_without_price(look: Look) -> Iterator[Hit]:
    """Machines that are covered and that no line of the grid pays for."""
    lines = known(look.terms.price_lines) or ()
    if not lines or any(line.unit is BillingUnit.FLAT for line in lines):
        return
    priced = {line.asset_class for line in lines} | {_PRICED_BY.get(line.unit) for line in lines}
    inventory = known(look.terms.inventory) or ()
    unpaid = [
        line
        for line in inventory
        if line.status is not CoverStatus.EXCLUDED and line.asset_class in _COUNTED_CLASSES and line.asset_class not in priced
    ]
    if unpaid:
        told = french.enumeration([f"{line.label} ({line.count})" for line in unpaid])
        yield Hit(message=f"Couvert par l’inventaire, mais sans ligne de prix : {told}.", terms=("price_lines", "inventory"))


@checks("quantity_vs_count")
def quantity_vs_count(look: Look) -> Iterator[Hit]:
    """The grid bills other numbers than those declared."""
    lines = known(look.terms.price_lines) or ()
    if not lines:
        return
    declared = _declared(look)
    apart = [(unit, sold, declared[unit]) for unit in declared if (sold := billed(lines, unit)) is not None and sold != declared[unit]]
    if apart:
        told = [f"{unit.label} : {french.number(sold)} au prix, {french.number(count)} déclarés" for unit, sold, count in apart]
        mended = [at_counts(line, lines, {unit: count for unit, _, count in apart}) for line in lines]
        yield Hit(
            message=f"Les quantités de la grille ne sont pas celles déclarées : {' ; '.join(told)}.",
            terms=("price_lines", "users", "inventory", "sites"),
            change=changes.items("price_lines", mended),
        )


@checks("floor_vs_tolerance")
def floor_vs_tolerance(look: Look) -> Iterator[Hit]:
    """A tolerance as wide as the room above the floor never lets the count go down."""
    floor = known(look.terms.quantity_floor)
    if floor is None:
        return
    room = 100 - floor.value
    share = known(look.terms.true_up_tolerance_share)
    if share and share.value >= room:
        yield Hit(
            message=(
                f"La tolérance ({french.percent(share)}) absorbe tout l’écart que laisse le plancher de {french.percent(floor)} : la "
                "quantité ne baissera jamais."
            ),
            terms=("true_up_tolerance_share", "quantity_floor"),
            change=Change("true_up_tolerance_share", f"{(room / 10).normalize():f} %"),
        )
    units = known(look.terms.true_up_tolerance_units)
    if not units:
        return
    largest = max((line.quantity for line in known(look.terms.price_lines) or () if line.unit is not BillingUnit.FLAT), default=None)
    if largest and units >= largest * room / 100:
        yield Hit(
            message=(
                f"La tolérance de {units} unités absorbe tout l’écart que laisse le plancher de {french.percent(floor)} sur "
                f"{french.number(largest)} unités."
            ),
            terms=("true_up_tolerance_units", "quantity_floor"),
            change=Change("true_up_tolerance_units", "none"),
        )


def _declared(look: Look) -> dict[BillingUnit, Decimal]:
    """What users, servers and sites number in the other answers."""
    found = {_USERS[line.kind]: Decimal(line.count) for line in known(look.terms.users) or ()}
    inventory: tuple[AssetLine, ...] = known(look.terms.inventory) or ()
    servers = sum(line.count for line in inventory if line.asset_class is AssetClass.SERVER and line.status is not CoverStatus.EXCLUDED)
    sites: tuple[Site, ...] = known(look.terms.sites) or ()
    return found | {unit: Decimal(count) for unit, count in ((BillingUnit.SERVER, servers), (BillingUnit.SITE, len(sites))) if count}
