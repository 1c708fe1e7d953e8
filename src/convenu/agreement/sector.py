"""Sectors laid over a client segment: facts call them; each proposes values of its own and brings its clauses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from convenu.agreement.clause import Clause
from convenu.agreement.conditions import Condition
from convenu.terms.contract import Terms, label_of
from convenu.terms.states import Origin


class SectorError(ValueError):
    """Sectors that could not be laid one over another without deciding who wins."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A text that is not French law yet, and the day somebody last looked: its sector is a preparation."""

    text: str
    looked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorPack:
    """What a sector adds to the offer: the facts that call it, the values it proposes, the law it rests on and the day it was read."""

    key: str
    label: str
    why: str
    applies_when: Condition
    defaults: Mapping[str, Any]
    law: tuple[str, ...]
    read_on: date
    pending: Pending | None = None

    def clauses(self, among: Iterable[Clause]) -> tuple[Clause, ...]:
        """The clauses that the facts of this sector call, wholly or with other facts."""
        return tuple(clause for clause in among if clause.applies_when.shares_a_fact_with(self.applies_when))


@dataclass(frozen=True, slots=True)
class Reason:
    """An answer that called a sector."""

    term: str
    label: str
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """A sector at work in a contract: why it is there, the clauses it brought, the terms whose value is its proposal."""

    pack: SectorPack
    reasons: tuple[Reason, ...]
    clauses: tuple[Clause, ...]
    kept: tuple[str, ...]
    replaced: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The shape shared by the command line and the API."""
        pending = self.pack.pending
        return {
            "key": self.pack.key,
            "label": self.pack.label,
            "because": [{"term": reason.term, "label": reason.label} for reason in self.reasons],
            "clauses": [clause.key for clause in self.clauses],
            "proposes": [*self.kept, *self.replaced],
            "replaced": list(self.replaced),
            "pending": {"text": pending.text, "looked_on": pending.looked_on.isoformat()} if pending else None,
        }


def facts_of(packs: Iterable[SectorPack]) -> frozenset[str]:
    """The terms that call a sector; no sector proposes one of them, so laying one never calls nor dismisses another."""
    return frozenset(key for pack in packs for key in pack.applies_when.terms)


def active_sectors(terms: Terms, packs: Iterable[SectorPack]) -> tuple[SectorPack, ...]:
    """The sectors that these facts call."""
    return tuple(pack for pack in packs if pack.applies_when.holds(terms))


def proposals(packs: Iterable[SectorPack]) -> dict[str, Any]:
    """The values that these sectors propose together; their order does not matter."""
    return {key: value for pack in packs for key, value in pack.defaults.items()}


def overlays(terms: Terms, packs: Iterable[SectorPack], included: Iterable[Clause]) -> tuple[Overlay, ...]:
    """The sectors at work in a contract and what each does there."""
    clauses = tuple(included)
    return tuple(
        Overlay(
            pack=pack,
            reasons=tuple(Reason(key, label_of(key), terms.term(key).value) for key in pack.applies_when.met_by(terms)),
            clauses=pack.clauses(clauses),
            kept=tuple(key for key in pack.defaults if terms.term(key).origin is Origin.SECTOR),
            replaced=tuple(key for key in pack.defaults if terms.term(key).origin is not Origin.SECTOR),
        )
        for pack in active_sectors(terms, packs)
    )


def check_sectors(packs: Iterable[SectorPack]) -> None:
    """Refuse a sector that proposes a fact, and two that may stand together and propose different values for one term."""
    every = tuple(packs)
    facts = facts_of(every)
    for pack in every:
        proposed = sorted(facts & set(pack.defaults))
        if proposed:
            raise SectorError(f"sector {pack.key} proposes « {proposed[0]} », which calls sectors: leave it to an answer")
        if pack.applies_when.always:
            raise SectorError(f"sector {pack.key} is called by no fact: its values belong to the segments")
    for number, one in enumerate(every):
        for other in every[number + 1 :]:
            clash = next((key for key in one.defaults if key in other.defaults and one.defaults[key] != other.defaults[key]), None)
            if clash and not one.applies_when.rules_out(other.applies_when):
                raise SectorError(f"sectors {one.key} and {other.key} may stand together and differ on « {clash} »")
