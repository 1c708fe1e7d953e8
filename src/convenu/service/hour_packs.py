"""Prepaid hours: the packs bought, the time drawn on them, what is carried to the next pack and what is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from convenu.terms.values import HourPack
from convenu.vocabulary.clause_ref import ClauseRef

PACK = ClauseRef("billable_work", ("hour_pack",))
_HOUR = 60


@dataclass(frozen=True, slots=True, order=True)
class PackPurchase:
    """So many packs bought on a day."""

    day: date
    packs: int


class Movement(StrEnum):
    """What moves the balance of prepaid hours."""

    BOUGHT = "bought"
    DRAWN = "drawn"
    LOST = "lost"

    @property
    def label(self) -> str:
        """In the words of a page."""
        return {"bought": "carnet acheté", "drawn": "heures prises", "lost": "heures perdues à l’échéance"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One movement: its day, the minutes added or taken away, the balance after it, until when it may be used, and on what it was drawn."""

    day: date
    movement: Movement
    minutes: int
    balance: int
    until: date
    what: str = ""


class HourBook:
    """The prepaid hours of a contract through time, told day after day: purchases and work come in the order of their days.

    A pack is used until the eve of the day that ends its validity. Hours left go to the pack bought before that day, else they are lost.
    """

    def __init__(self, pack: HourPack, purchases: Iterable[PackPurchase]) -> None:
        self._pack = pack
        self._coming = sorted(purchases)
        self._balance = 0
        self._until = date.min
        self.ledger: list[LedgerLine] = []

    def draw(self, day: date, minutes: int, what: str) -> int:
        """Take up to so many minutes on a day; the minutes taken."""
        self.go_to(day)
        taken = min(self._balance, minutes)
        if taken:
            self._move(day, Movement.DRAWN, -taken, what)
        return taken

    def go_to(self, day: date) -> None:
        """Buy what was bought, and lose what was lost, up to a day."""
        while self._coming and self._coming[0].day <= day:
            bought = self._coming.pop(0)
            self._expire(bought.day)
            self._until = self._pack.validity.after(bought.day)
            self._move(bought.day, Movement.BOUGHT, bought.packs * int(self._pack.hours) * _HOUR)
        self._expire(day)

    def balance_on(self, day: date) -> int:
        """The minutes left on a day."""
        self.go_to(day)
        return self._balance

    @property
    def until(self) -> date:
        """The day from which what is left is lost, without another pack."""
        return self._until

    def _expire(self, day: date) -> None:
        if self._balance and day >= self._until:
            self._move(self._until, Movement.LOST, -self._balance)

    def _move(self, day: date, movement: Movement, minutes: int, what: str = "") -> None:
        self._balance += minutes
        self.ledger.append(LedgerLine(day=day, movement=movement, minutes=minutes, balance=self._balance, until=self._until, what=what))
