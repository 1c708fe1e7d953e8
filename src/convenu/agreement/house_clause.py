"""A clause that an MSP wrote, as it is kept: its own, or its words for one of ours."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ConfigDict

from convenu.agreement.clause import Stance

PREFIX = "house_"
KEY = re.compile(rf"{PREFIX}[a-z0-9_]{{1,50}}")
ALTERNATIVE_KEY = re.compile(r"[a-z][a-z0-9_]{1,40}")
LONGEST_TEXT = 20_000
LONGEST_TITLE = 120


class Base(BaseModel):
    """The library's clause that a wording of the house replaces, as it was when the wording was written or last settled."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    release: str
    title: str
    text: str


class HouseDefinition(BaseModel):
    """A word of the house with a meaning of its own, in the language of the clauses."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    meaning: str


class HouseAlternative(BaseModel):
    """Another text of a clause that the house negotiates: whom it favours, and why in one sentence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    stance: Stance
    summary: str
    title: str
    text: str


class HouseClause(BaseModel):
    """A clause of the house's own (`house_…`), or its wording of the library's clause of that key (then with its `base`).

    A clause of its own says where it stands and when it appears; a wording takes that from the clause it replaces. Both may define words,
    name brands and products, and carry other texts to negotiate.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    version: int = 1
    title: str
    text: str
    provision: int = 0
    annex: bool = False
    applies_when: dict[str, Any] | None = None
    law: tuple[str, ...] = ()
    gloss: str = ""
    base: Base | None = None
    definitions: tuple[HouseDefinition, ...] = ()
    proper_names: tuple[str, ...] = ()
    alternatives: tuple[HouseAlternative, ...] = ()

    def kept(self) -> dict[str, Any]:
        """The clause as it is hashed: what it lacks is not said, so that one written before a field existed keeps its hash."""
        lacking = {name for name in ("definitions", "proper_names", "alternatives") if not getattr(self, name)}
        return self.model_dump(mode="json", exclude=lacking)

    @property
    def own(self) -> bool:
        """Whether the house wrote it from nothing."""
        return self.key.startswith(PREFIX)
