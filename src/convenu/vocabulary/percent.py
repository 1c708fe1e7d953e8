"""Percentages, kept as the number a person reads: 99.5 is « 99,5 % »."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from convenu.vocabulary.written import Written

_WRITTEN = re.compile(r"(?P<number>-?\d{1,6}(?:[.,]\d{1,6})?)\s*(?:%|percent)")


@dataclass(frozen=True, slots=True, order=True)
class Percent(Written):
    """A percentage; 12.5 means twelve and a half per hundred."""

    PATTERN: ClassVar[str] = r"^-?[0-9]+(\.[0-9]+)? %$"
    EXAMPLES: ClassVar[tuple[str, ...]] = ("10 %",)

    value: Decimal

    @classmethod
    def parse(cls, written: object) -> Self:
        """Read « 10 % » or « 99,5 % »; a bare number is refused, for it could be a share of one."""
        if isinstance(written, cls):
            return written
        match = _WRITTEN.fullmatch(str(written).strip().replace("\u00a0", " ").replace("\u202f", " "))
        if match is None:
            raise ValueError(f"pourcentage « {written} » illisible : écrivez par exemple « 10 % »")
        return cls(Decimal(match["number"].replace(",", ".")))

    @property
    def share(self) -> Decimal:
        """The same as a share of one: 10 % is 0.10."""
        return self.value / 100

    def __str__(self) -> str:
        return f"{self.value.normalize():f} %"
