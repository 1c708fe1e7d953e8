"""Read the clauses, the provisions and the definitions, and refuse a library that does not hold together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from convenu.agreement.clause import Alternative, Clause, DefinedTerm, Place, Provision, Review, Stance, Wording
from convenu.agreement.conditions import Condition, ConditionError
from convenu.agreement.derived import DERIVED
from convenu.agreement.language import ClauseSyntaxError, Parsed, parse, sources_of
from convenu.library.front_matter import FrontMatterError, refuse_others, split, take
from convenu.terms.contract import TERM_KEYS, Terms

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
        "yields_first",
        "never",
        "alternatives",
        "reviewed",
    }
)
_ALTERNATIVE_FIELDS = frozenset({"key", "stance", "summary", "change", "text"})
_WORDING_FIELDS = frozenset({"title", "states", "mentions", "leaves_out", "law"})


def read_clause(key: str, text: str, wordings: Mapping[str, str]) -> Clause:
    """One clause from its `clause.md`, and its other wordings from the files beside it, by file name."""
    data, body = split(text, key)
    refuse_others(data, _FIELDS, key)
    states, mentions = tuple(data.get("states", ())), tuple(data.get("mentions", ()))
    reviewed = data.get("reviewed") or {}
    clause = Clause(
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
        yields_first=data.get("yields_first", ""),
        never=data.get("never", ""),
        alternatives=(),
        reviewed=Review(None if reviewed.get("by") == "none" else reviewed.get("by"), _day(reviewed.get("on"))),
        text=body,
        parsed=_parsed(key, body, states, mentions),
    )
    return replace(clause, alternatives=_alternatives(clause, data.get("alternatives", ()), wordings))


def _parsed(place: str, body: str, states: tuple[str, ...], mentions: tuple[str, ...]) -> Parsed:
    """A text read, with the terms it names set against those it declares."""
    parsed = parse(place, body)
    _check_names(place, states + mentions)
    _check_declared(place, parsed.names, states, mentions)
    return parsed


def _alternatives(clause: Clause, given: Iterable[Any], files: Mapping[str, str]) -> tuple[Alternative, ...]:
    """The alternatives of a clause: each changes answers or is another text, and each other text is named by one of them."""
    found: dict[str, Alternative] = {}
    read: set[str] = set()
    for one in given:
        place = f"{clause.key}, alternative {one.get('key', '?')}"
        refuse_others(dict(one), _ALTERNATIVE_FIELDS, place)
        key = take(dict(one), "key", place)
        if key in found:
            raise FrontMatterError(f"{clause.key}: two alternatives are called « {key} »")
        if ("change" in one) == ("text" in one):
            raise FrontMatterError(f"{place}: give either « change » (answers) or « text » (another wording)")
        if "text" in one:
            if one["text"] not in files:
                raise FrontMatterError(f"{place}: no file is called « {one['text']} » beside clause.md")
            read.add(one["text"])
        found[key] = Alternative(
            key=key,
            stance=Stance(take(dict(one), "stance", place)),
            summary=take(dict(one), "summary", place),
            change=_change(clause, one["change"], place) if "change" in one else {},
            wording=_wording(clause, one["text"], files[one["text"]]) if "text" in one else None,
        )
    unnamed = sorted(set(files) - read)
    if unnamed:
        raise FrontMatterError(f"{clause.key}: no alternative names the text « {unnamed[0]} »")
    return tuple(found.values())


def _change(clause: Clause, change: Mapping[str, Any], place: str) -> Mapping[str, Any]:
    """The answers that an alternative changes: they can be read, and the clause says them or depends on them."""
    try:
        Terms.model_validate(change)
    except ValidationError as error:
        raise FrontMatterError(f"{place}: {error}") from error
    own = {source for name in clause.states + clause.mentions for source in sources_of(name)} | clause.applies_when.terms
    strange = sorted(set(change) - own)
    if strange:
        raise FrontMatterError(f"{place}: changes « {strange[0]} », which this clause neither states nor mentions")
    return dict(change)


def _wording(clause: Clause, file: str, text: str) -> Wording:
    """Another text of a clause, held to the checks of the clause; it states what the clause states, save what it declares to leave out."""
    place = f"{clause.key}/{file}"
    data, body = split(text, place)
    refuse_others(data, _WORDING_FIELDS, place)
    states, mentions = tuple(data.get("states", ())), tuple(data.get("mentions", ()))
    leaves_out = tuple(data.get("leaves_out", ()))
    _check_left_out(clause, place, states, leaves_out)
    return Wording(
        title=data.get("title", clause.title),
        states=states,
        mentions=mentions,
        leaves_out=leaves_out,
        law=tuple(data.get("law", clause.law)),
        text=body,
        parsed=_parsed(place, body, states, mentions),
    )


def _check_left_out(clause: Clause, place: str, states: tuple[str, ...], leaves_out: tuple[str, ...]) -> None:
    """The two wordings of a clause replace one another: what one states, the other states or says that it leaves out."""
    base = {source for name in clause.states for source in sources_of(name)}
    here = {source for name in states for source in sources_of(name)}
    problems = (
        (here - base, "states « {} », which clause.md does not state: mention it instead"),
        (base - here - set(leaves_out), "does not state « {} », which clause.md states: state it, or list it in leaves_out"),
        (set(leaves_out) - (base - here), "leaves out « {} », which clause.md does not state or which this text states"),
    )
    for names, problem in problems:
        if names:
            raise ClauseSyntaxError(place, 0, problem.format(min(names)))


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
    for clause in (variant for one in by_key.values() for variant in one.variants()):
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
    """Refuse two clauses that state the same term, unless one excludes the other or they never stand together.

    The wordings of a clause state no more than the clause does, and replace one another.
    """
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
