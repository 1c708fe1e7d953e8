"""The legal rules together: what a good deal, a bad one and an empty one give, and on which day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenu.agreement.check import blocks_signature, check
from convenu.agreement.rule import CHECKS, Hit, Look, MissingTermError, Rule, RuleKind, known
from convenu.agreement.rules.aspects import each_aspect
from convenu.agreement.scoping import read_answers, scope
from convenu.library.loader import french
from convenu.terms.closed_lists import ContractPart
from convenu.terms.contract import TERM_KEYS, Terms
from convenu.vocabulary import yaml_text
from convenu.vocabulary.dated import NotInForceError
from convenu.vocabulary.findings import Finding, Severity, Status
from convenu.vocabulary.french import typography

ROOT = Path(__file__).parents[2]
LIBRARY = french()
LOOKED_UP = date(2026, 11, 23)
LEGAL = tuple(rule for rule in LIBRARY.rules if "_" not in rule.id)
VALUES = tuple(rule for rule in LEGAL if rule.kind is RuleKind.VALUES and rule.look)


@cache
def valdrene() -> Terms:
    return scope(read_answers((ROOT / "examples/valdrene.answers.yaml").read_bytes()), LIBRARY)


def found(terms: Terms, *ids: str, on: date = LOOKED_UP) -> dict[str, Severity]:
    """The gravest severity of each rule that found something."""
    rules = [LIBRARY.rule(one) for one in ids] or LEGAL
    findings = check(terms, None, LIBRARY, on=on, rules=rules)
    return {one.rule: one.severity for one in reversed(findings) if one.status is Status.FOUND}


def findings(terms: Terms, rule: str) -> tuple[Finding, ...]:
    return check(terms, None, LIBRARY, on=LOOKED_UP, rules=[LIBRARY.rule(rule)])


def deal(**changes: Any) -> Terms:
    return valdrene().replace(**changes)


def test_a_balanced_deal_raises_nothing_in_law() -> None:
    assert found(valdrene()) == {}


def test_an_empty_deal_is_never_found_at_fault_and_never_passes_in_silence() -> None:
    everything = check(Terms(), None, LIBRARY, on=LOOKED_UP, rules=LEGAL)
    assert {one.status for one in everything} == {Status.NOT_VERIFIABLE}
    assert not blocks_signature(everything)
    assert {rule.id for rule in VALUES} <= {one.rule for one in everything}


def test_the_law_of_2027_is_asked_for_when_it_is_not_published() -> None:
    rate = deal(late_rate={"kind": "fixed", "rate": "12 %"})
    assert found(rate, "com-l441-10-penalites", on=date(2026, 12, 31)) == {}
    said = check(rate, None, LIBRARY, on=date(2027, 1, 1), rules=[LIBRARY.rule("com-l441-10-penalites")])
    assert [one.status for one in said] == [Status.NOT_VERIFIABLE]
    assert "1er semestre 2027 non publié" in said[0].message


def test_a_lawyer_and_the_commercial_court_of_lyon_are_two_findings() -> None:
    terms = deal(client_kind="civil_or_liberal", court={"kind": "commercial", "city": "Lyon"})
    assert found(terms, "cpc-48", "tae-2025") == {"cpc-48": Severity.HIGH, "tae-2025": Severity.LOW}


def test_an_upward_index_in_a_template_is_a_matter_of_balance_and_not_of_the_code_monetaire() -> None:
    terms = deal(adhesion="template", index_direction="up_only")
    assert found(terms, "cmf-hausse-seule", "civ-1171-adhesion", "cmf-l112-1-distorsion", "cmf-l112-2-indice") == {
        "cmf-hausse-seule": Severity.MEDIUM,
        "civ-1171-adhesion": Severity.HIGH,
    }
    (finding,) = findings(terms, "cmf-hausse-seule")
    assert "L. 112-1" not in finding.message


def test_an_old_syntec_base_is_a_matter_of_series_only() -> None:
    terms = deal(index_base_month="2021-06-01")
    assert found(terms) == {"syntec-revise": Severity.HIGH}


def test_a_public_buyer_leaves_the_delays_between_firms_for_its_own() -> None:
    terms = deal(client_kind="public", payment_days="60 days", late_rate="none", recovery_fee="none")
    assert found(terms, "com-l441-10-delai", "com-l441-10-penalites", "ccp-delais") == {"ccp-delais": Severity.BLOCKING}


def test_nis_2_is_not_french_law_yet() -> None:
    assert LIBRARY.rule("nis2-21-23").kind is RuleKind.PENDING
    assert check(deal(client_sector="critical"), None, LIBRARY, on=LOOKED_UP, rules=[LIBRARY.rule("nis2-21-23")]) == ()


def test_a_sector_with_rules_of_its_own_brings_its_question_and_no_other() -> None:
    asked = {
        "finance": {"dora-28", "dora-30-2", "dora-30-3", "secret-pro"},
        "health": {"secret-pro"},
        "critical": {"oiv-ose"},
        "other": set[str](),
    }
    for sector, questions in asked.items():
        shown = {one.rule for one in check(deal(client_sector=sector), None, LIBRARY, on=LOOKED_UP, rules=LEGAL) if one.kind == "question"}
        assert shown == questions


def test_a_question_to_the_lawyer_never_stops_a_signature() -> None:
    assert all(rule.severity is not Severity.BLOCKING for rule in LEGAL if rule.kind is RuleKind.QUESTION)


@pytest.mark.parametrize("part", ContractPart, ids=lambda part: part.value)
def test_every_dangerous_stipulation_is_seen_by_a_rule(part: ContractPart) -> None:
    terms = deal(special_stipulations=[part.value])
    rules = [rule for rule in LIBRARY.rules if rule.kind is RuleKind.VALUES and "special_stipulations" in rule.reads]
    assert [one for one in check(terms, None, LIBRARY, on=LOOKED_UP, rules=rules) if one.status is Status.FOUND]


def test_one_unknown_value_does_not_hide_what_the_others_show() -> None:
    terms = Terms().replace(personal_data=True, data_guarantees=["a"])
    assert found(terms, "rgpd-28-3") == {"rgpd-28-3": Severity.BLOCKING}
    assert [one.message for one in findings(terms, "rgpd-28-3") if one.status is Status.NOT_VERIFIABLE] == [
        typography("Non vérifiable : il manque « Traitements confiés ».")
    ]


def test_a_rate_not_yet_published_does_not_hide_a_missing_indemnity() -> None:
    terms = deal(late_rate={"kind": "fixed", "rate": "12 %"}, recovery_fee="none")
    said = check(terms, None, LIBRARY, on=date(2027, 2, 1), rules=[LIBRARY.rule("com-l441-10-penalites")])
    assert [(one.status, one.terms) for one in said] == [(Status.FOUND, ("recovery_fee",)), (Status.NOT_VERIFIABLE, ("late_rate",))]


def test_everything_that_is_missing_is_named_at_once() -> None:
    look = Look(LIBRARY.rule("rgpd-28-3"), Terms(), None, LIBRARY.law, LOOKED_UP)

    def blind(seen: Look) -> Iterator[Hit]:
        yield Hit(message=str(known(seen.terms.processings)), terms=("processings",))

    def blind_too(seen: Look) -> Iterator[Hit]:
        yield Hit(message=str(known(seen.terms.data_guarantees)), terms=("data_guarantees",))

    (hit,) = each_aspect(look, blind, blind_too)
    assert hit.status is Status.NOT_VERIFIABLE
    assert hit.terms == ("processings", "data_guarantees")


@settings(max_examples=60)
@given(on=st.dates(min_value=date(1995, 1, 1), max_value=date(2040, 1, 1)))
def test_no_day_makes_a_check_fail(on: date) -> None:
    for one in check(valdrene(), None, LIBRARY, on=on, rules=LEGAL):
        assert one.message


@pytest.mark.parametrize("rule", VALUES, ids=lambda rule: rule.id)
@pytest.mark.parametrize("state", ["none", "absent", "unknown"])
def test_a_rule_bears_every_term_it_reads_being_without_a_value(rule: Rule, state: str) -> None:
    for key in rule.reads:
        for one in check(deal(**{key: state}), None, LIBRARY, on=LOOKED_UP, rules=[rule]):
            assert one.message


@pytest.mark.parametrize("rule", VALUES, ids=lambda rule: rule.id)
def test_none_and_absent_weigh_the_same(rule: Rule) -> None:
    for key in rule.reads:
        none, absent = (found(deal(**{key: state}), rule.id) for state in ("none", "absent"))
        assert none == absent, key


class _Watched:
    """Terms that note which of them are read."""

    def __init__(self, terms: Terms, seen: set[str]) -> None:
        self._terms = terms
        self._seen = seen

    def __getattr__(self, key: str) -> Any:
        if key in TERM_KEYS:
            self._seen.add(key)
        return getattr(self._terms, key)


def _given(rule: Rule) -> Iterable[Mapping[str, Any]]:
    data: list[dict[str, Any]] = yaml_text.read((ROOT / f"src/convenu/library/fr/rules/{rule.id}/cases.yaml").read_bytes()).data
    return data


@pytest.mark.parametrize("rule", VALUES, ids=lambda rule: rule.id)
def test_every_term_that_a_rule_declares_is_read(rule: Rule) -> None:
    seen: set[str] = set()
    for case in _given(rule):
        terms = (valdrene() if "base" in case else Terms()).replace(**case.get("given", {}))
        on = date.fromisoformat(case.get("on", LOOKED_UP.isoformat()))
        look = Look(rule, _Watched(terms, seen), None, LIBRARY.law, on)  # type: ignore[arg-type]
        try:
            list(CHECKS[rule.id](look))
        except (MissingTermError, NotInForceError):
            continue
    assert set(rule.reads) <= seen, sorted(set(rule.reads) - seen)
