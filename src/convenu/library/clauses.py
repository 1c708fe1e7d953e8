"""Read the clauses, the provisions and the definitions, and refuse a library that does not hold together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from convenu.agreement.clause import Alternative, ChangeNote, Clause, DefinedTerm, Place, Provision, Review, Stance, Wording
from convenu.agreement.clause_checks import declaration_mistakes, raise_any, reference_mistakes, replacement_mistakes, statement_mistakes
from convenu.agreement.clause_mistakes import ClauseMistake, ClauseSyntaxError
from convenu.agreement.conditions import Condition, ConditionError
from convenu.agreement.language import Parsed, parse, sources_of
from convenu.library.front_matter import FrontMatterError, refuse_others, split, take
from convenu.terms.contract import Terms
from convenu.terms.values import KEY

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
        "changes",
        "summary",
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
        source=key,
        text=body,
        changes=_changes(data.get("changes", ()), take(data, "version", key), key),
        summary=_summary(key, data["summary"]) if "summary" in data else None,
    )
    return replace(clause, alternatives=_alternatives(clause, data.get("alternatives", ()), wordings))


def _changes(given: Iterable[Any], version: int, key: str) -> tuple[ChangeNote, ...]:
    """Why each version came, the latest first; no note about a version still to come."""
    place = f"{key}, changes"
    notes = [_note(dict(one), place) for one in given]
    versions = [note.version for note in notes]
    if versions != sorted(set(versions), reverse=True) or (versions and versions[0] > version):
        raise FrontMatterError(f"{key}: « changes » tells each version once, the latest first, up to version {version}")
    return tuple(notes)


def _note(data: dict[str, Any], place: str) -> ChangeNote:
    refuse_others(data, frozenset({"version", "why", "law"}), place)
    return ChangeNote(take(data, "version", place), take(data, "why", place), tuple(data.get("law", ())))


def _summary(key: str, line: str) -> Parsed:
    """The clause's line of the summary, in the language of the clauses; the article of the clause is written beside it."""
    place = f"{key}, summary"
    parsed = parse(place, line)
    if parsed.references or "\n" in line.strip():
        raise FrontMatterError(f"{place}: one line, without a reference to a clause: its own article stands beside it")
    return parsed


def _alternatives(clause: Clause, given: Iterable[Any], files: Mapping[str, str]) -> tuple[Alternative, ...]:
    """The alternatives of a clause: each changes answers or is another text, and each other text is named by one of them."""
    found: dict[str, Alternative] = {}
    read: set[str] = set()
    for one in given:
        place = f"{clause.key}, alternative {one.get('key', '?')}"
        refuse_others(dict(one), _ALTERNATIVE_FIELDS, place)
        key = take(dict(one), "key", place)
        if not re.fullmatch(KEY, key):
            raise FrontMatterError(f"{place}: a key is small letters, figures and « _ »")
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
    raise_any(replacement_mistakes(place, clause, states, leaves_out))
    return Wording(
        title=data.get("title", clause.title),
        states=states,
        mentions=mentions,
        leaves_out=leaves_out,
        law=tuple(data.get("law", clause.law)),
        source=place,
        text=body,
    )


def read_provisions(data: list[dict[str, Any]]) -> tuple[Provision, ...]:
    """The provisions in order."""
    return tuple(Provision(one["number"], one["title"]) for one in data)


def read_definitions(data: Mapping[str, Mapping[str, Any]]) -> tuple[DefinedTerm, ...]:
    """The defined terms; a term may always be written as its own name."""
    return tuple(
        DefinedTerm(name, (name, *one.get("forms", ())), parse(f"definition « {name} »", one["meaning"])) for name, one in data.items()
    )


def check_texts(clauses: Iterable[Clause]) -> None:
    """Read every text and refuse, all at once, what is outside the language or not declared; then texts that do not hold together.

    These are broken references, and two normative places for a term.
    """
    several = tuple(clauses)
    raise_any(mistake for clause in several for variant in clause.variants() for mistake in _text_mistakes(variant))
    raise_any((*reference_mistakes(several), *statement_mistakes(several)))


def _text_mistakes(clause: Clause) -> Iterable[ClauseMistake]:
    """What the language refuses in a text, else the terms that it names and does not declare, or the other way round."""
    try:
        return declaration_mistakes(clause.parsed, clause.states, clause.mentions)
    except ClauseSyntaxError as error:
        return error.mistakes


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
