"""The general rule and its exception: which of them answers on a deal, and when two that both would contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from convenu.agreement.rule import Rule
from convenu.terms.contract import Terms


class ContradictingRulesError(ValueError):
    """Two exceptions to one rule apply to the same deal and neither yields to the other: the pack must say which one prevails."""

    def __init__(self, general: str, one: Rule, other: Rule) -> None:
        self.general = general
        self.rules = (one.id, other.id)
        super().__init__(
            f"two rules contradict each other on this deal. {_place(one)} and {_place(other)} both take the place of {general} and both "
            f"apply. Write under `exception_to` of the one that prevails: {other.id} or {one.id}; or narrow the `applies_when` of one."
        )


def set_aside(rules: Iterable[Rule], terms: Terms, *, on: date) -> frozenset[str]:
    """The ids of the general rules that an exception replaces on this deal and day."""
    applying = {rule.id: rule for rule in rules if rule.exception_to and rule.speaks(on) and rule.applies_when.holds(terms)}
    if not applying:
        return frozenset()
    replaced = frozenset(general for rule in applying.values() for general in rule.exception_to)
    standing = [rule for rule in applying.values() if rule.id not in replaced]
    _refuse_contradictions(standing)
    return replaced


def check_exceptions(rules: Mapping[str, Rule]) -> None:
    """Refuse an exception to a rule that does not exist, and rules that are each other's exception."""
    for rule in rules.values():
        for general in (*rule.exception_to, *rule.told_by):
            if general not in rules:
                raise ValueError(f"{rule.id}: no rule is called « {general} »")
            if rules[general].told_by:
                raise ValueError(f"{rule.id}: « {general} » is itself told by another rule; name that one")
        seen, ahead = {rule.id}, list(rule.exception_to)
        while ahead:
            general = ahead.pop()
            if general == rule.id:
                raise ValueError(f"{rule.id} is an exception to itself, through {', '.join(sorted(seen - {rule.id})) or 'its own file'}")
            if general not in seen:
                seen.add(general)
                ahead += rules[general].exception_to


def _refuse_contradictions(standing: list[Rule]) -> None:
    by_general: dict[str, Rule] = {}
    for rule in standing:
        for general in rule.exception_to:
            other = by_general.setdefault(general, rule)
            if other is not rule:
                raise ContradictingRulesError(general, other, rule)


def _place(rule: Rule) -> str:
    law = f", {rule.law[0].citation}" if rule.law else ""
    return f"{rule.id} (rules/{rule.id}/rule.yaml{law})"
