"""What can be tried on a contract's past: its draft, its versions, the promises of another offer or position, the limits that were kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from convenu.actions.contract_library import library_of
from convenu.actions.current_terms import current_terms, read
from convenu.actions.look_up import NotFoundError
from convenu.actions.permissions import Permission, require
from convenu.actions.versions import terms_of
from convenu.agreement.clause import Alternative, Clause
from convenu.agreement.library import Library
from convenu.service.commitments import Commitment
from convenu.service.solver import LEVELS
from convenu.store.models import Contract, Membership, Version
from convenu.terms.contract import Terms
from convenu.terms.files import agreed, as_data
from convenu.vocabulary import french

DRAFT = "projet"
# The terms of a promise of time: the limits, and what decides whether they are kept. Hours and sites stay the contract's.
MEASURED = frozenset(
    (
        *(commitment.term for commitment in Commitment), "attainment_target", "minimum_sample", "service_credit_steps",
        "service_credit_cap", "clock_pauses", "client_reply", "same_symptom_reopening", "upgrade_time_left",
    )
)  # fmt: skip
# What a replay reads beside them.
_PLACED = ("service_hours", "sites", "on_call", "on_call_services", "support_channels")
_BY_PRIORITY = tuple(commitment for commitment in Commitment if commitment.by_priority)


@dataclass(frozen=True, slots=True)
class Choice:
    """A proposal that can be tried: its name in a form, and for a person."""

    key: str
    label: str


def choices(member: Membership, contract: Contract, kept: Mapping[str, Any] | None) -> tuple[Choice, ...]:
    """What can be tried; `kept` is what the last replay found of the draft, for the limits that were kept."""
    require(member, Permission.SEE)
    library = library_of(contract)
    return (
        Choice(DRAFT, _("Le projet actuel")),
        *(
            Choice(f"version-{one.rank}", _("La version %(number)s") % {"number": one.number})
            for one in Version.objects.filter(contract=contract)
        ),
        *(Choice(f"tenu-{level}", _("Les délais tenus à %(level)s %%") % {"level": level}) for level in LEVELS if kept),
        *(
            Choice(f"offre-{key}", _("Les engagements de l’offre %(offer)s") % {"offer": one.label})
            for key, one in library.segments.items()
        ),
        *(
            Choice(f"position-{clause.key}-{other.key}", french.typography(f"{clause.title} : {other.summary.rstrip('.')}"))
            for clause, other in _positions(library)
        ),
    )


def proposed(contract: Contract, key: str, kept: Mapping[str, Any] | None) -> Terms:
    """The terms of a choice."""
    kind, _dash, name = key.partition("-")
    if kind == "version":
        version = Version.objects.filter(contract=contract, rank=int(name)).first()
        if version is None:
            raise NotFoundError(Version)
        return terms_of(version)
    draft, library = current_terms(contract), library_of(contract)
    match kind:
        case "offre":
            return _over(draft, library.segments[name].defaults)
        case "position":
            return _over(draft, next(other.change for clause, other in _positions(library) if name == f"{clause.key}-{other.key}"))
        case "tenu":
            return _over(draft, dict(_limits(draft, kept or {}, int(name))))
        case _:
            return draft


def promises_digest(terms: Terms) -> str:
    """Of all that decides whether a promise of time is kept: two drafts of the same digest have the same past."""
    data = as_data(agreed(terms))
    said = {key: data.get(key) for key in (*MEASURED, *_PLACED)}
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _over(draft: Terms, values: Mapping[str, Any]) -> Terms:
    """The draft with the promises of time that some values state."""
    return read({key: value for key, value in values.items() if key in MEASURED}, over=draft).terms


def _positions(library: Library) -> Iterator[tuple[Clause, Alternative]]:
    """The negotiated positions that change a promise of time."""
    return ((clause, other) for clause in library.clauses for other in clause.alternatives if MEASURED & set(other.change))


def _limits(draft: Terms, kept: Mapping[str, Any], level: int) -> Iterator[tuple[str, Any]]:
    """Each limit that the draft promises, as tight as that share of the past tickets kept it; one that nobody reached is dropped."""
    found = {(one["kind"], one["priority"]): one["target"] for one in kept.get("tightest", ()) if one["level"] == level}
    for commitment in _BY_PRIORITY:
        promised = draft.term(commitment.term).value
        spans = {
            priority: found.get((commitment.value, priority), str(span))
            for priority, span in (promised.items() if promised else ())
            if span is not None
        }
        if spans:
            yield commitment.term, {priority: span for priority, span in spans.items() if span} or "none"
