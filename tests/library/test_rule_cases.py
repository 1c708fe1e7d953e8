"""Every rule of the library, run on the cases that stand beside it in `cases.yaml`, and what holds of all rules.

A case says: `name`, `on` (2026-11-23 when left out), `base` (`valdrene` starts from that example, else every term is unknown),
`given` (terms as in a terms file), `text` (for a rule on text: the words of one article), `expect` (fires, silent, not_verifiable),
`severity` (the gravest found) and `mentions` (words of the message).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from convenu.agreement.check import check
from convenu.agreement.rule import CHECKS, Look, Rule, RuleKind, UndeclaredReadError
from convenu.agreement.scoping import read_answers, scope
from convenu.library.loader import french
from convenu.terms.contract import Terms
from convenu.vocabulary import yaml_text
from convenu.vocabulary.contract_text import Article, ContractText, Paragraph, Run, Section
from convenu.vocabulary.findings import Finding, Severity, Status
from convenu.vocabulary.french import plain_spaces

ROOT = Path(__file__).parents[2]
RULES = ROOT / "src/convenu/library/fr/rules"
LOOKED_UP = date(2026, 11, 23)
FIELDS = {"name", "on", "base", "given", "text", "expect", "severity", "mentions"}
EXPECTATIONS = {"fires", "silent", "not_verifiable"}
FORBIDDEN = re.compile(r"\b(nul|nuls|nulle|nulles|nullité|illégal\w*|illégaux|abusi\w*)\b", re.IGNORECASE)
LIBRARY = french()
CHECKING = [rule for rule in LIBRARY.rules if rule.look]


@dataclass(frozen=True)
class Case:
    rule: str
    data: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.rule}: {self.data.get('name')}"

    @property
    def on(self) -> date:
        return date.fromisoformat(self.data["on"]) if "on" in self.data else LOOKED_UP

    @property
    def terms(self) -> Terms:
        base = example(self.data["base"]) if "base" in self.data else Terms()
        return base.replace(**self.data.get("given", {}))

    @property
    def text(self) -> ContractText | None:
        return article(self.data["text"]) if "text" in self.data else None

    def found(self, terms: Terms | None = None) -> tuple[Finding, ...]:
        rule = LIBRARY.rule(self.rule)
        return check(terms if terms is not None else self.terms, self.text, LIBRARY, on=self.on, rules=[rule])


@cache
def example(name: str) -> Terms:
    return scope(read_answers((ROOT / f"examples/{name}.answers.yaml").read_bytes()), LIBRARY)


def article(words: str) -> ContractText:
    """A contract of one article, one paragraph a line."""
    blocks = tuple(Paragraph((Run(line),)) for line in words.splitlines() if line.strip())
    section = Section(clause="article", version=1, number="1", title="Article", blocks=blocks, states=())
    return ContractText(
        title="Contrat",
        provider="Prestataire",
        client="Client",
        reference="R-1",
        front=(),
        articles=(Article(number="1", title="Article", sections=(section,)),),
        annexes=(),
        signatories=(),
        release=LIBRARY.release,
        law_day=LOOKED_UP.isoformat(),
    )


def cases_of(rule: str) -> list[Case]:
    file = RULES / rule / "cases.yaml"
    return [Case(rule, one) for one in yaml_text.read(file.read_bytes()).data] if file.exists() else []


CASES = [case for rule in LIBRARY.rules for case in cases_of(rule.id)]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_gives_what_it_says(case: Case) -> None:
    findings = case.found()
    found = [finding for finding in findings if finding.status is Status.FOUND]
    match case.data["expect"]:
        case "fires":
            assert found, f"nothing found: {[finding.message for finding in findings]}"
        case "silent":
            assert not findings, [finding.message for finding in findings]
        case _:
            assert findings, "nothing said"
            assert not found, [finding.message for finding in found]
    if "severity" in case.data:
        assert min(found, key=lambda finding: finding.severity.rank).severity == Severity(case.data["severity"])
    for words in [case.data["mentions"]] if isinstance(case.data.get("mentions"), str) else case.data.get("mentions", []):
        assert any(plain_spaces(words) in plain_spaces(finding.message) for finding in findings), [one.message for one in findings]


@pytest.mark.parametrize("case", [case for case in CASES if case.data["expect"] == "fires"], ids=str)
def test_the_change_offered_lifts_its_finding(case: Case) -> None:
    for finding in case.found():
        if finding.change is None:
            continue
        value = json.loads(json.dumps(finding.change.value))
        after = case.found(case.terms.replace(**{finding.change.term: value}))
        assert finding.key not in {one.key for one in after}, f"still found once « {finding.change.term} » is {value}"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_is_said_to_a_person_is_careful(case: Case) -> None:
    for finding in case.found():
        for words in (finding.title, finding.message, finding.remedy):
            assert not FORBIDDEN.search(words), words
            assert words.strip()
        assert finding.where


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_finding_points_at_terms_that_its_rule_reads(case: Case) -> None:
    rule = LIBRARY.rule(case.rule)
    for finding in case.found():
        assert set(finding.terms) <= {*rule.reads, *rule.applies_when.terms}


@pytest.mark.parametrize("rule", [rule.id for rule in LIBRARY.rules])
def test_cases_are_written_as_cases_are(rule: str) -> None:
    for case in cases_of(rule):
        assert set(case.data) <= FIELDS, sorted(set(case.data) - FIELDS)
        assert case.data["expect"] in EXPECTATIONS
        assert case.data["name"]
    names = [case.data["name"] for case in cases_of(rule)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("rule", CHECKING, ids=lambda rule: rule.id)
def test_each_checking_rule_is_shown_firing_silent_and_without_its_values(rule: Rule) -> None:
    shown = {case.data["expect"] for case in cases_of(rule.id)}
    wanted = {"fires", "silent", "not_verifiable"} if rule.kind is RuleKind.VALUES else {"fires", "silent"}
    assert wanted <= shown, f"{rule.id} has no case: {sorted(wanted - shown)}"


@pytest.mark.parametrize("rule", LIBRARY.rules, ids=lambda rule: rule.id)
def test_each_rule_says_where_its_law_was_read(rule: Rule) -> None:
    for cited in rule.law:
        assert cited.citation.strip()
        assert cited.source.strip()
    assert rule.law or rule.confidence == "practice", f"{rule.id} cites nothing"
    assert rule.last_checked is not None or rule.confidence != "source_read"


@pytest.mark.parametrize("file", sorted(RULES.glob("*/*.yaml")), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_no_rule_file_passes_judgement(file: Path) -> None:
    judged = FORBIDDEN.search(file.read_text("utf-8"))
    assert judged is None, f"{file.parent.name}: « {judged[0]} »"


@pytest.mark.parametrize("rule", CHECKING, ids=lambda rule: rule.id)
def test_a_rule_reads_only_the_terms_it_declares(rule: Rule) -> None:
    """With nothing declared, a rule on values stops at its first reading."""
    if not rule.reads:
        assert rule.kind is RuleKind.TEXT
        return
    blind = replace(rule, reads=())
    text = article("Un article.")
    with pytest.raises(UndeclaredReadError, match=rule.id):
        list(CHECKS[rule.id](Look(blind, example("valdrene"), text, LIBRARY.law, LOOKED_UP)))


def test_every_function_has_its_rule() -> None:
    assert set(CHECKS) == {rule.id for rule in CHECKING}


def test_a_pending_rule_says_nothing_even_where_it_would_apply() -> None:
    pending = [rule for rule in LIBRARY.rules if rule.kind is RuleKind.PENDING]
    assert pending
    assert check(example("valdrene"), None, LIBRARY, on=LOOKED_UP, rules=pending) == ()
