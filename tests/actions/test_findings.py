from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from convenu.actions.contracts import archive_contract
from convenu.actions.findings import apply_finding, dismiss_finding, restore_finding
from convenu.actions.interview import answer, undo
from convenu.actions.look_up import NotFoundError
from convenu.actions.permissions import NotAllowedError
from convenu.agreement.library import Library
from convenu.agreement.rule import RuleKind
from convenu.library import loader
from convenu.store.models import AuditEntry, Contract, Dismissal
from convenu.store.tenancy import tenant_scope
from convenu.terms.contract import Terms
from convenu.vocabulary.findings import Severity
from convenu.vocabulary.mistakes import MistakesError
from tests.actions.deals import FORBIDDEN_PAYMENT, LATER, a_contract, a_full_contract, view
from tests.web.people import NOW, House

RULE = "com-l441-10-delai"
REASON = "Le client paie par virement permanent."


def library_with(severity: Severity, hash_of: str, kind: RuleKind | None = None) -> Library:
    """The library being written, whose only rule is the one on payment delays, with another weight."""
    shipped = loader.french()
    rule = replace(shipped.rule(RULE), severity=severity)
    if kind is not None:
        rule = replace(rule, kind=kind, look=None)
    return replace(shipped, release=f"2026.11{loader.IN_PREPARATION}", hash=hash_of, rules=(rule,))


@pytest.fixture
def contract(argoat: House) -> Contract:
    contract = a_full_contract(argoat.alice)
    answer(argoat.alice, contract, FORBIDDEN_PAYMENT, now=NOW)
    return contract


@pytest.fixture
def alert(contract: Contract, argoat: House, monkeypatch: pytest.MonkeyPatch) -> str:
    """The key of a finding that may be put aside."""
    library = library_with(Severity.HIGH, "a" * 64)
    monkeypatch.setattr(loader, "french", lambda: library)
    return view(argoat.alice, contract).findings.active[0].finding.key


def test_a_remedy_is_applied_in_one_go_and_taken_back_in_one_go(argoat: House, contract: Contract) -> None:
    finding = next(one.finding for one in view(argoat.alice, contract).findings.active if one.finding.rule == RULE)
    outcome = apply_finding(argoat.bob, contract, finding.key, now=LATER)
    assert finding in outcome.lifted
    assert outcome.undo is not None
    assert finding in undo(argoat.alice, contract, outcome.undo, now=LATER).raised


def test_a_finding_put_aside_leaves_the_list_with_its_reason(argoat: House, contract: Contract, alert: str) -> None:
    dismiss_finding(argoat.alice, contract, alert, reason=REASON, now=LATER)
    findings = view(argoat.alice, contract).findings
    assert findings.active == ()
    (aside,) = findings.dismissed
    assert aside.said is not None
    assert (aside.finding.key, aside.said.reason, aside.said.by, aside.said.at) == (alert, REASON, argoat.alice.user, LATER)
    assert AuditEntry.objects.latest("number").details == {"rule": RULE}


@pytest.mark.parametrize("reason", ["", "   ", "d'accord", "x" * 2001])
def test_a_reason_is_a_sentence_that_a_lawyer_can_read(argoat: House, contract: Contract, alert: str, reason: str) -> None:
    with pytest.raises(MistakesError, match="raison"):
        dismiss_finding(argoat.alice, contract, alert, reason=reason, now=LATER)
    assert not Dismissal.objects.exists()


def test_a_finding_put_aside_comes_back_when_a_term_it_reads_changes(argoat: House, contract: Contract, alert: str) -> None:
    dismiss_finding(argoat.alice, contract, alert, reason=REASON, now=LATER)
    answer(argoat.alice, contract, {"downtime_cost": "10 EUR"}, now=LATER)
    assert [one.finding.key for one in view(argoat.alice, contract).findings.dismissed] == [alert]
    answer(argoat.alice, contract, {"payment_days": "90 days"}, now=LATER)
    (back,) = view(argoat.alice, contract).findings.active
    assert back.came_back
    assert back.said is not None
    assert back.said.reason == REASON


def test_a_finding_put_aside_comes_back_when_its_rule_changes_and_not_when_it_is_only_read_again(
    argoat: House, contract: Contract, alert: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    dismiss_finding(argoat.alice, contract, alert, reason=REASON, now=LATER)
    library = loader.french()
    read_again = replace(library, hash="b" * 64, rules=(replace(library.rules[0], last_checked=LATER.date() + timedelta(days=90)),))
    monkeypatch.setattr(loader, "french", lambda: read_again)
    assert [one.finding.key for one in view(argoat.alice, contract).findings.dismissed] == [alert]
    changed = replace(library, hash="c" * 64, rules=(replace(library.rules[0], remedy="Ramener le délai à 20 jours."),))
    monkeypatch.setattr(loader, "french", lambda: changed)
    assert [one.came_back for one in view(argoat.alice, contract).findings.active] == [True]


def test_a_finding_is_taken_up_again(argoat: House, contract: Contract, alert: str) -> None:
    dismiss_finding(argoat.alice, contract, alert, reason=REASON, now=LATER)
    restore_finding(argoat.alice, contract, alert, now=LATER)
    (active,) = view(argoat.alice, contract).findings.active
    assert (active.finding.key, active.said) == (alert, None)


def test_a_blocking_finding_is_explained_and_goes_on_blocking(argoat: House, contract: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    library = library_with(Severity.BLOCKING, "d" * 64)
    monkeypatch.setattr(loader, "french", lambda: library)
    (finding,) = view(argoat.alice, contract).findings.active
    dismiss_finding(argoat.alice, contract, finding.finding.key, reason=REASON, now=LATER)
    findings = view(argoat.alice, contract).findings
    assert findings.dismissed == ()
    assert [one.said.reason for one in findings.blocking if one.said] == [REASON]


def test_a_question_to_the_lawyer_stands_apart_until_it_is_put_aside(
    argoat: House, contract: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = library_with(Severity.LOW, "e" * 64, RuleKind.QUESTION)
    monkeypatch.setattr(loader, "french", lambda: library)
    findings = view(argoat.alice, contract).findings
    assert (findings.active, len(findings.questions)) == ((), 1)
    dismiss_finding(argoat.alice, contract, findings.questions[0].finding.key, reason=REASON, now=LATER)
    findings = view(argoat.alice, contract).findings
    assert (findings.questions, len(findings.dismissed)) == ((), 1)


def test_what_cannot_be_verified_is_answered_not_put_aside(argoat: House, contract: Contract, alert: str) -> None:
    assert alert
    answer(argoat.alice, contract, {"payment_days": "unknown"}, now=LATER)
    (missing,) = view(argoat.alice, contract).findings.not_verifiable
    with pytest.raises(MistakesError, match="pas vérifiable"):
        dismiss_finding(argoat.alice, contract, missing.finding.key, reason=REASON, now=LATER)
    with pytest.raises(MistakesError, match="d’un clic"):
        apply_finding(argoat.alice, contract, missing.finding.key, now=LATER)


def test_a_finding_that_an_answer_lifted_is_neither_applied_nor_put_aside(argoat: House, contract: Contract, alert: str) -> None:
    answer(argoat.alice, contract, {"payment_days": "30 days"}, now=LATER)
    for attempt in (
        lambda: apply_finding(argoat.alice, contract, alert, now=LATER),
        lambda: dismiss_finding(argoat.alice, contract, alert, reason=REASON, now=LATER),
    ):
        with pytest.raises(MistakesError, match="n’est plus là"):
            attempt()


def test_an_archived_contracts_findings_stay_as_they_are(argoat: House, contract: Contract, alert: str) -> None:
    archive_contract(argoat.alice, contract, now=LATER)
    with pytest.raises(MistakesError, match="archivé"):
        dismiss_finding(argoat.alice, contract, alert, reason=REASON, now=LATER)


def test_a_technician_applies_a_remedy_but_puts_nothing_aside(argoat: House, contract: Contract, alert: str) -> None:
    with pytest.raises(NotAllowedError):
        dismiss_finding(argoat.bob, contract, alert, reason=REASON, now=LATER)
    assert apply_finding(argoat.bob, contract, alert, now=LATER).saved == ("payment_days",)


def test_another_organisations_findings_do_not_exist_here(argoat: House, contract: Contract, alert: str) -> None:
    assert contract.reference
    with tenant_scope(argoat.brocel):
        theirs = a_contract(argoat.charlie)
    for attempt in (
        lambda: apply_finding(argoat.alice, theirs, alert, now=LATER),
        lambda: dismiss_finding(argoat.alice, theirs, alert, reason=REASON, now=LATER),
        lambda: restore_finding(argoat.alice, theirs, alert, now=LATER),
    ):
        with pytest.raises(NotFoundError):
            attempt()


def test_the_terms_a_dismissal_holds_for_are_compared_by_what_they_say_not_by_who_said_it() -> None:
    from convenu.actions.current_terms import bare

    short = Terms.model_validate({"payment_days": "30 days"}).payment_days
    long = Terms.model_validate({"payment_days": {"value": "30 days", "origin": "segment_default", "note": "usuel"}}).payment_days
    assert bare(short) == bare(long) == {"value": "30 days"}
    assert bare(Terms().payment_days) == {"state": "unknown"}
