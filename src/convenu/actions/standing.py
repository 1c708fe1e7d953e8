"""The findings on a contract as a person meets them: to treat, put aside with a reason, not verifiable, to ask the lawyer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from convenu.actions.current_terms import bare
from convenu.agreement.rule import Rule, RuleKind
from convenu.library import loader
from convenu.store.links import RemarkKind
from convenu.store.models import Contract, Dismissal, Remark
from convenu.terms.contract import Terms
from convenu.vocabulary.findings import Finding, Severity, Status

# What a rule's file says of its own upkeep: a new reading by somebody changes nothing of what the rule looks at.
UPKEEP = ("last_checked", "confidence", "reviewed")


@dataclass(frozen=True, slots=True)
class Standing:
    """One finding, and what was said of it; `came_back` when it was put aside before its rule or a term changed.

    `reply` is what the lawyer answered to a question, while its rule and its terms are as they were.
    """

    finding: Finding
    said: Dismissal | None = None
    came_back: bool = False
    reply: Remark | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Findings to treat, by weight: ▲ blocking, ◆ alerts, ● advice."""

    blocking: int
    alerts: int
    advice: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.blocking + self.alerts + self.advice


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings of a contract, each in one group, gravest first."""

    active: tuple[Standing, ...]
    dismissed: tuple[Standing, ...]
    not_verifiable: tuple[Standing, ...]
    questions: tuple[Standing, ...]
    replied: tuple[Standing, ...]

    @property
    def blocking(self) -> tuple[Standing, ...]:
        """Those that stop a signature, explained or not."""
        return tuple(one for one in self.active if one.finding.severity is Severity.BLOCKING)

    @property
    def tally(self) -> Tally:
        """Those to treat, counted by weight."""
        weights = [one.finding.severity for one in self.active]
        blocking, alerts = weights.count(Severity.BLOCKING), weights.count(Severity.HIGH)
        return Tally(blocking, alerts, len(weights) - blocking - alerts)


def findings_of(contract: Contract, terms: Terms, findings: Iterable[Finding]) -> Findings:
    """Sort the findings with what was said of them."""
    said = {row.finding: row for row in Dismissal.objects.filter(contract=contract).select_related("by")}
    replies = {row.finding: row for row in Remark.objects.filter(contract=contract, kind=RemarkKind.REPLY).select_related("link")}
    standing = [_standing(finding, terms, said, replies) for finding in findings]
    found = [one for one in standing if one.finding.status is Status.FOUND]
    return Findings(
        active=tuple(one for one in found if not _put_aside(one) and not _asks(one)),
        dismissed=tuple(one for one in found if _put_aside(one)),
        not_verifiable=tuple(one for one in standing if one.finding.status is Status.NOT_VERIFIABLE),
        questions=tuple(one for one in found if _asks(one) and not _put_aside(one) and one.reply is None),
        replied=tuple(one for one in found if _asks(one) and not _put_aside(one) and one.reply is not None),
    )


def digest(finding: Finding, terms: Terms) -> str:
    """What a dismissal holds for: the rule as it is, and the terms it read as they are."""
    rule = loader.current().rule(finding.rule)
    body = {
        "rule": {name: part for name, part in rule.as_json().items() if name not in UPKEEP},
        "terms": {key: bare(terms.term(key)) for key in sorted(_read_by(rule, finding))},
    }
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _read_by(rule: Rule, finding: Finding) -> set[str]:
    return {*rule.reads, *rule.applies_when.terms, *finding.terms}


def _standing(finding: Finding, terms: Terms, said: Mapping[str, Dismissal], replies: Mapping[str, Remark]) -> Standing:
    row, reply = said.get(finding.key), replies.get(finding.key)
    if row is None and reply is None:
        return Standing(finding)
    now = digest(finding, terms)
    return Standing(
        finding, row, came_back=row is not None and row.digest != now, reply=reply if reply is not None and reply.digest == now else None
    )


def _put_aside(one: Standing) -> bool:
    # A blocking finding may be explained, never put aside.
    return one.said is not None and not one.came_back and one.finding.severity is not Severity.BLOCKING


def _asks(one: Standing) -> bool:
    return one.finding.kind == RuleKind.QUESTION.value
