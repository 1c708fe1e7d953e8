"""Read the rules and tie each to the function that looks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

import convenu.agreement.rules  # noqa: F401 - importing it registers every check
from convenu.agreement.conditions import Condition
from convenu.agreement.rule import CHECKS, Rule, RuleKind
from convenu.library.front_matter import FrontMatterError, refuse_others, take
from convenu.library.sources import source_behind
from convenu.terms.contract import TERM_KEYS
from convenu.vocabulary import yaml_text
from convenu.vocabulary.findings import Citation, Severity

_FIELDS = frozenset(
    {
        "title",
        "kind",
        "severity",
        "law",
        "in_force",
        "reads",
        "applies_when",
        "looks_at",
        "sanction",
        "remedy",
        "confidence",
        "last_checked",
        "ask",
        "reviewed",
        "exception_to",
        "told_by",
    }
)
CONFIDENCES = ("source_read", "from_knowledge", "practice")


def read_rule(rule_id: str, data: Mapping[str, Any], *, frozen: bool = False) -> Rule:
    """One rule from its `rule.yaml`.

    A check on values or text has its function, unless it is frozen or another rule tells its fact; a question has its sentence.
    """
    refuse_others(dict(data), _FIELDS, rule_id)
    fields = dict(data)
    kind = RuleKind(take(fields, "kind", rule_id))
    look = CHECKS.get(rule_id)
    told_by = tuple(fields.get("told_by", ()))
    if not frozen and (kind in (RuleKind.VALUES, RuleKind.TEXT) and not told_by) != (look is not None):
        raise FrontMatterError(
            f"{rule_id}: a rule of kind « {kind} »{' told by another' if told_by else ''} "
            f"{'has no' if look is None else 'has a'} function under agreement/rules/"
        )
    if kind is RuleKind.QUESTION and not fields.get("ask"):
        raise FrontMatterError(f"{rule_id}: a question to the lawyer needs « ask »")
    for key in fields.get("reads", ()):
        if key not in TERM_KEYS:
            raise FrontMatterError(f"{rule_id}: reads « {key} », which is no term")
    if take(fields, "confidence", rule_id) not in CONFIDENCES:
        raise FrontMatterError(f"{rule_id}: confidence is one of {', '.join(CONFIDENCES)}")
    in_force = fields.get("in_force") or {}
    reviewed = fields.get("reviewed") or {}
    return Rule(
        id=rule_id,
        title=take(fields, "title", rule_id),
        kind=kind,
        severity=Severity(take(fields, "severity", rule_id)),
        law=tuple(Citation(one["citation"], one["source"]) for one in fields.get("law", ())),
        start=_day(in_force.get("from")),
        end=_day(in_force.get("to")),
        reads=tuple(fields.get("reads", ())),
        applies_when=Condition.read(fields.get("applies_when")),
        looks_at=take(fields, "looks_at", rule_id),
        sanction=fields.get("sanction", ""),
        remedy=take(fields, "remedy", rule_id),
        confidence=fields["confidence"],
        last_checked=_day(fields.get("last_checked")),
        ask=fields.get("ask", ""),
        reviewed_by=None if reviewed.get("by") in (None, "none") else reviewed["by"],
        reviewed_on=_day(reviewed.get("on")),
        look=look,
        exception_to=tuple(fields.get("exception_to", ())),
        told_by=told_by,
    )


def _day(text: Any) -> date | None:
    return date.fromisoformat(str(text)) if text and text != "none" else None


def fingerprint_of(rule: Rule) -> str:
    """SHA-256 of what a reader reads of a rule, and of the function that looks with all that it calls: another one is to be read again.

    Who read it, and when its law was last looked up, are left out.
    """
    said = {key: value for key, value in rule.as_json().items() if key not in ("reviewed", "last_checked")}
    looks = source_behind(rule.look) if rule.look else ""
    content = json.dumps([said, rule.applies_when.cases, looks], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(content.encode()).hexdigest()


def cases_of(rule_id: str) -> tuple[Mapping[str, Any], ...]:
    """The cases that stand beside a rule, as the library folder has them today."""
    file = files("convenu.library") / "fr" / "rules" / rule_id / "cases.yaml"
    return tuple(yaml_text.read(file.read_bytes()).data) if file.is_file() else ()
