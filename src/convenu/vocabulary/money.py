"""Amounts in euros, exact to the cent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar, Self

from convenu.vocabulary.written import Written

CENT = Decimal("0.01")
_WRITTEN = re.compile(r"(?P<number>-?[0-9]+(?:[.,][0-9]+)?)(?:EUR|€|euros?)", re.IGNORECASE)
# No contract reaches a thousand billion; beyond, sums of many lines would lose their cents.
_LIMIT = Decimal(10) ** 12
_LONGEST = 20
_FOREIGN = re.compile(r"[$£¥]|USD|GBP|CHF|CAD|JPY|XPF|F\.?\s?CFP|DOLLARS?|LIVRES?|FRANCS?", re.IGNORECASE)


def to_cents(amount: Decimal) -> Decimal:
    """Round half-up to the cent, the way an invoice line is rounded."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, order=True)
class Money(Written):
    """An amount in euros; before tax unless its term says otherwise."""

    PATTERN: ClassVar[str] = r"^-?[0-9]+(\.[0-9]+)? EUR$"
    EXAMPLES: ClassVar[tuple[str, ...]] = ("4204.00 EUR",)

    amount: Decimal

    def __post_init__(self) -> None:
        object.__setattr__(self, "amount", to_cents(self.amount))

    @classmethod
    def parse(cls, written: object) -> Self:
        """Read « 4204 EUR » or « 4 204,50 € »; a bare number is refused, for nobody knows its unit."""
        if isinstance(written, cls):
            return written
        match = _WRITTEN.fullmatch("".join(str(written).split()))
        if match is None and _FOREIGN.search(str(written)):
            raise ValueError(f"montant « {written} » dans une autre monnaie : un contrat compte en euros, convertissez-le")
        if match is None:
            raise ValueError(f"montant « {written} » illisible : écrivez un nombre et son unité, par exemple « 1200 EUR »")
        number = match["number"].replace(",", ".")
        if len(number) > _LONGEST or abs(Decimal(number)) >= _LIMIT:
            raise ValueError(f"montant « {written} » trop grand pour un contrat")
        return cls(Decimal(number))

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + other.amount)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - other.amount)

    def __mul__(self, factor: Decimal | int) -> Money:
        return Money(self.amount * factor)

    def __str__(self) -> str:
        return f"{self.amount} EUR"


ZERO = Money(Decimal(0))


def total(amounts: list[Money]) -> Money:
    """Add amounts already rounded to the cent."""
    return Money(sum((amount.amount for amount in amounts), Decimal(0)))
