"""When makers stop supporting their products: the day, where it was read, and which systems of an inventory it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

_MARKS = re.compile(r"\((?:r|tm)\)|[®™,]|\bmicrosoft\b|\bgnu/linux\b|\bvmware\b|\bserveur\b(?= 20)", re.IGNORECASE)


class Confidence(StrEnum):
    """Who says so."""

    MAKER = "maker"
    REPORTED = "reported"
    HOUSE = "house"

    @property
    def label(self) -> str:
        """In the words of a page."""
        return {"maker": "lu chez l’éditeur", "reported": "lu chez un tiers qui le cite", "house": "date de votre installation"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportEnd:
    """The last day of support of a product; `names` are how an inventory begins to name it, `unless` words of editions with other dates."""

    product: str
    names: tuple[str, ...]
    unless: tuple[str, ...] = ()
    end: date
    source: str
    checked: date
    confidence: Confidence

    def names_it(self, said: str) -> bool:
        """Whether a system, in small letters, is this product."""
        begins = any(said == name or said.startswith(f"{name} ") for name in self.names)
        return begins and not any(word in said for word in self.unless)


class SupportEnds:
    """The ends of support that are known; a system that none names has none, whatever its age."""

    def __init__(self, lines: Iterable[SupportEnd] = ()) -> None:
        # The longest name first: « windows server 2012 r2 » before « windows server 2012 ».
        self.lines = tuple(sorted(lines, key=lambda one: -max(len(name) for name in one.names)))
        self.of = lru_cache(maxsize=4096)(self._of)

    def _of(self, system: str) -> SupportEnd | None:
        said = " ".join(_MARKS.sub(" ", system).casefold().split())
        return next((one for one in self.lines if said and one.names_it(said)), None)


NO_SUPPORT_ENDS = SupportEnds()
