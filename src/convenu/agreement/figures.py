"""The figures that a value may print, however it is written: what tells a figure of the terms from one that comes from nowhere."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from convenu.agreement.wording import in_words
from convenu.vocabulary import french
from convenu.vocabulary.money import Money
from convenu.vocabulary.percent import Percent
from convenu.vocabulary.span import Span

_NONE: frozenset[int] = frozenset()
_SIMPLE = (str, int, Decimal, Money, Percent, Span, time)


@lru_cache(maxsize=65536)
def figures_in(text: str) -> frozenset[int]:
    """The groups of digits of a text: « 12 345,50 € » holds 12, 345 and 50."""
    return frozenset(int(group) for group in re.findall(r"[0-9]+", text))


# Typed: 1, true and 1.00 are equal and are not written alike.
@lru_cache(maxsize=16384, typed=True)
def figures_of(value: Any) -> frozenset[int]:
    """The groups of digits that a value prints, in any of the ways of the clause language; a structured value prints its fields."""
    if isinstance(value, Enum):
        return figures_in(f"{value.value} {getattr(value, 'label', '')}")
    if isinstance(value, date):
        return figures_in(f"{french.day(value)} {french.short_day(value)}")
    if isinstance(value, str) and value.isdecimal():
        return figures_in(f"{value} {french.grouped_by_three(value)}")
    if isinstance(value, _SIMPLE):
        return figures_in(in_words(value))
    if isinstance(value, Mapping):
        return _together((*value.keys(), *value.values()))
    if isinstance(value, tuple):
        return _together(value)
    if isinstance(value, BaseModel) or dataclasses.is_dataclass(value):
        return _together(_parts(value))
    return _NONE


def _together(values: tuple[Any, ...]) -> frozenset[int]:
    return _NONE.union(*(_figures(value) for value in values))


def _figures(value: Any) -> frozenset[int]:
    """A mapping has no hash to be remembered by."""
    return figures_of.__wrapped__(value) if isinstance(value, Mapping) else figures_of(value)


def _parts(value: Any) -> tuple[Any, ...]:
    """The fields of a structured value, their names (« P1 »), and what it computes from them."""
    kind = type(value)
    names = list(kind.model_fields) if isinstance(value, BaseModel) else [part.name for part in dataclasses.fields(value)]
    computed = [name for name in dir(kind) if isinstance(getattr(kind, name, None), property) and not name.startswith(("_", "model_"))]
    return (*names, *(getattr(value, name) for name in (*names, *computed)))
