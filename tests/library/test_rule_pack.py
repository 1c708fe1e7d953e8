"""The pack of rules as a whole: all there, each fact told once, the exception before the general rule, one state on each day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from convenu.agreement.check import check
from convenu.agreement.conditions import Condition
from convenu.agreement.exceptions import ContradictingRulesError, check_exceptions, set_aside
from convenu.agreement.rule import Rule, RuleKind, RuleState
from convenu.library.front_matter import FrontMatterError
from convenu.library.loader import french
from convenu.library.rules import read_rule
from convenu.terms.closed_lists import ClientKind, ContractPart
from convenu.terms.contract import Terms
from convenu.vocabulary import yaml_text
from convenu.vocabulary.findings import Severity, Status
from tests.library.test_rule_cases import CASES, Case, cases_of, example

LIBRARY = french()
RULES = {rule.id: rule for rule in LIBRARY.rules}
LOOKED_UP = date(2026, 11, 23)
INVENTORY: Mapping[str, Mapping[str, Any]] = yaml_text.read((Path(__file__).parent / "rule_inventory.yaml").read_bytes()).data
LEGAL, OPERATIONAL = INVENTORY["legal"], {**INVENTORY["operational"], **INVENTORY["operational_added"]}
ALL = {**LEGAL, **OPERATIONAL}

# Two rules may call for the same answer when they say two different things; each pair, and why it is not one fact told twice.
TWO_FACTS = {
    ("backup_untested", "proof_without_source"): "no test at all, and a test that leaves no proof",
    ("case-faute-lourde", "civ-corporel"): "two carve-outs, each by its own text",
    ("case-faute-lourde", "dataact-13"): "the common law and the European one, which binds imposed terms on data only",
    ("civ-corporel", "dataact-13"): "the same",
    ("civ-1103-1104-1193", "civ-1171-adhesion"): "a change without consent, and the balance of a contract nobody negotiated",
    ("civ-1171-adhesion", "civ-1216-cession"): "the same, for the assignment",
    ("civ-1171-adhesion", "cmf-hausse-seule"): "the same, for the index",
    ("cpc-48", "tae-2025"): "whether the court may be named, and its name",
    ("missing_provision", "st-1975"): "no word on subcontracting, and subcontractors nobody accepted",
    ("targets_monotone", "vague_target"): "times out of order, and times nobody can count",
}


def kind_of(entry: str | Mapping[str, Any]) -> str:
    return entry if isinstance(entry, str) else str(entry["kind"])


def told_by(entry: str | Mapping[str, Any]) -> tuple[str, ...]:
    return () if isinstance(entry, str) else tuple(entry.get("told_by", ()))


# --- All there


def test_the_pack_holds_every_rule_of_the_inventory_and_no_other() -> None:
    assert set(RULES) == set(ALL)


@pytest.mark.parametrize("rule", LIBRARY.rules, ids=lambda rule: rule.id)
def test_each_rule_is_of_the_kind_the_inventory_says(rule: Rule) -> None:
    assert rule.kind.value == kind_of(ALL[rule.id])
    assert rule.told_by == told_by(ALL[rule.id])
    assert rule.legal is (rule.id in LEGAL)


def test_the_law_is_whole_and_most_of_it_is_checked_rather_than_asked() -> None:
    kinds = Counter(rule.kind for rule in LIBRARY.rules if rule.legal and not rule.told_by)
    assert len(LEGAL) == 113
    assert kinds[RuleKind.VALUES] + kinds[RuleKind.TEXT] >= 75
    assert sum(not rule.legal and rule.look is not None for rule in LIBRARY.rules) >= 40


# --- Each fact told once


@pytest.mark.parametrize("rule", [rule for rule in LIBRARY.rules if rule.told_by], ids=lambda rule: rule.id)
def test_a_rule_told_by_others_is_never_less_grave_than_what_is_told(rule: Rule) -> None:
    tellers = [RULES[other] for other in rule.told_by]
    gravest = min(
        (Severity(case.data["severity"]) for teller in tellers for case in cases_of(teller.id) if "severity" in case.data),
        key=lambda severity: severity.rank,
    )
    assert gravest.rank <= rule.severity.rank
    assert not cases_of(rule.id)


def test_no_answer_is_asked_for_by_two_rules_that_say_the_same_thing() -> None:
    """Of two rules that want another answer to the same term, each says a thing of its own: which, is written above."""
    pairs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for case in (case for case in CASES if case.data["expect"] == "fires"):
        found = [one for one in check(case.terms, case.text, LIBRARY, on=case.on) if one.status is Status.FOUND]
        own = [one for one in found if one.rule == case.rule and one.change and one.change.term != "special_stipulations"]
        for mine in own:
            for other in found:
                if other.rule != case.rule and other.change and mine.change and other.change.term == mine.change.term:
                    first, second = sorted((mine.rule, other.rule))
                    pairs[first, second].add(str(case))
    assert dict(pairs).keys() == TWO_FACTS.keys(), {pair: cases for pair, cases in pairs.items() if pair not in TWO_FACTS}


@pytest.mark.parametrize("part", ContractPart, ids=lambda part: part.value)
def test_a_stipulation_is_told_by_one_rule_beside_that_on_imposed_contracts(part: ContractPart) -> None:
    terms = example("valdrene").replace(special_stipulations=[part.value])
    seen = {one.rule for one in check(terms, None, LIBRARY, on=LOOKED_UP) if one.change and one.change.term == "special_stipulations"}
    assert len(seen - {"civ-1171-adhesion"}) <= 1


# --- Default and exception


def rule(rule_id: str, **fields: Any) -> Rule:
    """A rule on the late rate with another id, condition or general rule."""
    base = RULES["ccp-delais"]
    return replace(base, id=rule_id, **fields)


def test_a_public_buyer_is_judged_by_its_own_delays_and_a_company_by_those_of_commerce() -> None:
    public, company = (Terms().replace(client_kind=kind) for kind in (ClientKind.PUBLIC, ClientKind.COMMERCIAL_COMPANY))
    assert set_aside(LIBRARY.rules, public, on=LOOKED_UP) == {"com-l441-10-delai", "com-l441-10-penalites"}
    assert set_aside(LIBRARY.rules, company, on=LOOKED_UP) == frozenset()


def test_an_exception_not_yet_in_force_replaces_nothing() -> None:
    public = Terms().replace(client_kind=ClientKind.PUBLIC)
    assert set_aside(LIBRARY.rules, public, on=date(2019, 3, 31)) == frozenset()


def test_two_exceptions_that_apply_to_one_deal_stop_the_run_and_are_both_named_with_their_places() -> None:
    rival = rule("rival-public", applies_when=Condition.read({"client_kind": "public"}))
    public = Terms().replace(client_kind=ClientKind.PUBLIC)
    with pytest.raises(ContradictingRulesError) as stopped:
        check(public, None, replace(LIBRARY, rules=(*LIBRARY.rules, rival)), on=LOOKED_UP)
    assert set(stopped.value.rules) == {"ccp-delais", "rival-public"}
    for name in ("ccp-delais", "rival-public"):
        assert f"rules/{name}/rule.yaml" in str(stopped.value)
    assert "CCP, art. L. 2192-10" in str(stopped.value)
    assert "exception_to" in str(stopped.value)


def test_the_same_two_exceptions_are_at_peace_on_a_deal_where_one_does_not_apply() -> None:
    rival = rule("rival-public", applies_when=Condition.read({"client_kind": "public"}))
    company = Terms().replace(client_kind=ClientKind.COMMERCIAL_COMPANY)
    assert check(company, None, replace(LIBRARY, rules=(*LIBRARY.rules, rival)), on=LOOKED_UP)


def test_an_exception_to_the_exception_prevails() -> None:
    special = rule("hospital", exception_to=("ccp-delais", "com-l441-10-delai"), applies_when=Condition.read({"client_kind": "public"}))
    public = Terms().replace(client_kind=ClientKind.PUBLIC)
    assert set_aside((*LIBRARY.rules, special), public, on=LOOKED_UP) == {"ccp-delais", "com-l441-10-delai", "com-l441-10-penalites"}


@pytest.mark.parametrize("kind", ClientKind, ids=lambda kind: kind.value)
@pytest.mark.parametrize("name", ["valdrene"])
def test_no_client_makes_two_rules_of_the_pack_contradict_each_other(kind: ClientKind, name: str) -> None:
    check(example(name).replace(client_kind=kind.value), None, LIBRARY, on=LOOKED_UP)


@pytest.mark.parametrize(
    ("one", "other", "complaint"),
    [
        ({"exception_to": ("nobody",)}, {}, "no rule is called « nobody »"),
        ({"exception_to": ("other",)}, {"exception_to": ("one",)}, "exception to itself"),
        ({"told_by": ("other",)}, {"told_by": ("ccp-delais",)}, "itself told by another rule"),
    ],
)
def test_a_pack_whose_rules_refer_to_each_other_in_circles_is_refused(one: dict[str, Any], other: dict[str, Any], complaint: str) -> None:
    rules = {**RULES, "one": rule("one", **{"exception_to": (), **one}), "other": rule("other", **{"exception_to": (), **other})}
    with pytest.raises(ValueError, match=complaint):
        check_exceptions(rules)


def test_a_rule_told_by_another_that_still_has_a_function_is_refused() -> None:
    data = {"title": "T", "kind": "values", "severity": "low", "looks_at": "x", "remedy": "y", "confidence": "practice"}
    with pytest.raises(FrontMatterError, match="told by another has a function"):
        read_rule("rpo_vs_frequency", {**data, "told_by": ["ass-rc"]})


# --- One state on each day


def days(rule: Rule) -> list[date]:
    around = [day + timedelta(days=shift) for day in (rule.start, rule.end) if day for shift in (-1, 0, 1)]
    return sorted({date(1990, 1, 1), *around, date(2016, 10, 1), LOOKED_UP, date(2027, 1, 1), date(2040, 1, 1)})


@pytest.mark.parametrize("rule", LIBRARY.rules, ids=lambda rule: rule.id)
def test_on_each_day_a_rule_is_in_one_state_which_changes_on_its_first_and_last_days(rule: Rule) -> None:
    for day in days(rule):
        states = {
            RuleState.PENDING: rule.kind is RuleKind.PENDING,
            RuleState.NOT_YET: rule.kind is not RuleKind.PENDING and rule.start is not None and day < rule.start,
            RuleState.IN_FORCE: rule.kind is not RuleKind.PENDING
            and (rule.start is None or rule.start <= day)
            and (rule.end is None or day < rule.end),
            RuleState.ENDED: rule.kind is not RuleKind.PENDING and rule.end is not None and rule.end <= day,
        }
        assert [state for state, holds in states.items() if holds] == [rule.state(day)]


def speaking(rule: Rule, day: date) -> list[Case]:
    """The cases on which the rule says something that day, whichever day they were written for."""
    return [case for case in cases_of(rule.id) if check(case.terms, case.text, LIBRARY, on=day, rules=[rule])]


@pytest.mark.parametrize("rule", [rule for rule in LIBRARY.rules if rule.start and not rule.silent], ids=lambda rule: rule.id)
def test_the_day_before_its_text_a_rule_says_nothing_and_from_the_day_on_it_does(rule: Rule) -> None:
    assert rule.start is not None
    assert not speaking(rule, rule.start - timedelta(days=1))
    assert speaking(rule, rule.start)


def test_a_pending_text_is_shipped_and_is_seen_as_pending_on_every_day() -> None:
    pending = [rule for rule in LIBRARY.rules if rule.kind is RuleKind.PENDING]
    assert {rule.id for rule in pending} >= {"nis2-21-23", "cra"}
    assert {rule.state(day) for rule in pending for day in days(rule)} == {RuleState.PENDING}
