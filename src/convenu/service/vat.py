"""Which rate of VAT a service bears, by the place of the client (CGI, art. 259, 283, 294 and 296; CIBS from 2027)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from convenu.law.book import LawBook
from convenu.terms.contract import Terms
from convenu.vocabulary import french
from convenu.vocabulary.dated import NotInForceError
from convenu.vocabulary.money import ZERO, Money

FRANCE = "france"
_REDUCED = ("971", "972", "974")
_OUTSIDE = ("973", "976")
# Saint-Barthélemy and Saint-Martin have a postcode of Guadeloupe and a tax of their own; 975 and 98 too.
_OWN_TAX = ("97133", "97150", "975", "98")


@dataclass(frozen=True, slots=True)
class Vat:
    """The rate in percent, the tax on an amount, and why; no rate means that a person must decide, for the reason told."""

    rate: Decimal | None
    tax: Money
    why: str


def vat_on(net: Money, terms: Terms, law: LawBook, *, on: date) -> Vat:
    """The tax on an amount before tax, for a service given to the client of these terms on a day."""
    address = terms.client_address.value
    if address is None:
        return Vat(None, ZERO, "l’adresse du Client n’est pas encore connue")
    if address.country.strip().lower() != FRANCE:
        return Vat(None, ZERO, f"Client établi hors de France ({address.country}) : à établir avec votre comptable")
    postcode = address.postcode.replace(" ", "")
    if postcode.startswith(_OWN_TAX):
        return Vat(None, ZERO, f"{address.city} a sa propre fiscalité : à établir avec votre comptable")
    name = "vat_standard"
    if postcode.startswith(_REDUCED):
        name = "vat_overseas"
    elif postcode.startswith(_OUTSIDE):
        name = "vat_guiana_mayotte"
    try:
        found = law.on(name, on)
    except NotInForceError as gap:
        return Vat(None, ZERO, f"taux inconnu au {french.day(on)} : {gap.reason}")
    rate = Decimal(str(found.value))
    return Vat(rate, Money(net.amount * rate / 100), f"{french.number(rate)} % ({found.source})")
