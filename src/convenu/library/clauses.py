"""Read the clauses, the provisions and the definitions, and refuse a library that does not hold together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from convenu.agreement.clause import Alternative, Clause, DefinedTerm, Place, Provision, Review, Stance
from convenu.agreement.conditions import Condition, ConditionError
from convenu.agreement.derived import DERIVED
from convenu.agreement.language import ClauseSyntaxError, parse
from convenu.library.front_matter import FrontMatterError, refuse_others, split, take
from convenu.terms.contract import TERM_KEYS

AUDIT_TYPES = (
    "parties",
    "definitions",
    "object_scope",
    "duration_renewal",
    "price",
    "indexation",
    "invoicing_payment",
    "late_penalties",
    "service_levels",
    "service_hours",
    "incident_priority",
    "availability",
    "penalties_credits",
    "support",
    "maintenance_windows",
    "preventive_maintenance",
    "tools_rmm_psa",
    "client_obligations",
    "exclusions",
    "subcontracting",
    "liability_cap",
    "liability_exclusions",
    "insurance",
    "force_majeure",
    "personal_data",
    "security",
    "confidentiality",
    "intellectual_property",
    "non_solicitation",
    "suspension",
    "termination",
    "reversibility",
    "governance_reporting",
    "assignment",
    "governing_law_jurisdiction",
    "dispute_resolution",
    "unilateral_change",
    "acceptance",
    "hardship",
)
_FIELDS = frozenset(
    {
        "title",
        "version",
        "provision",
        "order",
        "audit_type",
        "place",
        "states",
        "mentions",
        "applies_when",
        "excludes",
        "law",
        "gloss",
        "why",
        "alternatives",
        "reviewed",
    }
)


def read_clause(key: str, text: str) -> Clause:
    """One clause from its `clause.md`."""
    data, body = split(text, key)
    refuse_others(data, _FIELDS, key)
    parsed = parse(key, body)
    states, mentions = tuple(data.get("states", ())), tuple(data.get("mentions", ()))
    _check_names(key, states + mentions)
    _check_declared(key, parsed.names, states, mentions)
    reviewed = data.get("reviewed") or {}
    return Clause(
        key=key,
        title=take(data, "title", key),
        version=take(data, "version", key),
        provision=take(data, "provision", key),
        order=data.get("order", 1),
        audit_type=_audit_type(take(data, "audit_type", key), key),
        place=Place.ANNEX if key.startswith("annex_") else Place(data.get("place", "body")),
        states=states,
        mentions=mentions,
        applies_when=_condition(data.get("applies_when"), key),
        excludes=tuple(data.get("excludes", ())),
        law=tuple(data.get("law", ())),
        gloss=take(data, "gloss", key),
        why=take(data, "why", key),
        alternatives=tuple(Alternative(Stance(one["stance"]), one["summary"]) for one in data.get("alternatives", ())),
        reviewed=Review(None if reviewed.get("by") == "none" else reviewed.get("by"), _day(reviewed.get("on"))),
        text=body,
        parsed=parsed,
    )


def read_provisions(data: list[dict[str, Any]]) -> tuple[Provision, ...]:
    """The provisions in order."""
    return tuple(Provision(one["number"], one["title"]) for one in data)


def read_definitions(data: Mapping[str, Mapping[str, Any]]) -> tuple[DefinedTerm, ...]:
    """The defined terms; a term may always be written as its own name."""
    return tuple(
        DefinedTerm(name, (name, *one.get("forms", ())), parse(f"definition « {name} »", one["meaning"])) for name, one in data.items()
    )


def check_references(clauses: Iterable[Clause]) -> None:
    """Refuse a reference that could break: to no clause, or unguarded to a clause that some contracts lack."""
    by_key = {clause.key: clause for clause in clauses}
    for clause in by_key.values():
        for target in clause.parsed.references:
            if target not in by_key:
                raise ClauseSyntaxError(clause.key, 0, f"refers to « {target} », which is no clause")
        for target in clause.parsed.unguarded:
            conditional = not by_key[target].applies_when.always
            if conditional and target != clause.key and by_key[target].applies_when != clause.applies_when:
                raise ClauseSyntaxError(
                    clause.key, 0, f'refers to « {target} », which some contracts lack: guard it with « if "{target}" is included »'
                )
        for target in clause.excludes:
            if target not in by_key:
                raise ClauseSyntaxError(clause.key, 0, f"excludes « {target} », which is no clause")


def check_stated_once(clauses: Iterable[Clause]) -> None:
    """Refuse two clauses that state the same term, unless one excludes the other or they never stand together."""
    owners: dict[str, list[Clause]] = {}
    for clause in clauses:
        for name in clause.states:
            owners.setdefault(name, []).append(clause)
    for name, several in owners.items():
        first, *others = several
        for other in others:
            if other.key not in first.excludes and first.key not in other.excludes:
                raise ClauseSyntaxError(other.key, 0, f"states « {name} », which « {first.key} » already states: mention it instead")


def _check_names(key: str, names: tuple[str, ...]) -> None:
    for name in names:
        if name not in TERM_KEYS and name not in DERIVED:
            raise ClauseSyntaxError(key, 0, f"states or mentions « {name} », which is no term")


def _check_declared(key: str, used: frozenset[str], states: tuple[str, ...], mentions: tuple[str, ...]) -> None:
    undeclared = sorted(used - set(states) - set(mentions))
    if undeclared:
        raise ClauseSyntaxError(key, 0, f"prints « {undeclared[0]} », which is neither in states nor in mentions")
    idle = sorted((set(states) | set(mentions)) - used)
    if idle:
        raise ClauseSyntaxError(key, 0, f"declares « {idle[0]} » and never prints nor tests it")


def _condition(data: Any, key: str) -> Condition:
    try:
        return Condition.read(data)
    except ConditionError as error:
        raise FrontMatterError(f"{key}: {error}") from error


def _audit_type(name: str, key: str) -> str:
    if name not in AUDIT_TYPES:
        raise FrontMatterError(f"{key}: no audit type is called « {name} »")
    return name


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text and text != "none" else None
