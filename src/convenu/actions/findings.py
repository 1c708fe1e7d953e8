"""What a person does with a finding: apply its remedy, put it aside with a reason, take it up again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from convenu.actions.contract_library import library_of
from convenu.actions.current_terms import current_terms
from convenu.actions.drafted import draft_of, law_day
from convenu.actions.interview import Outcome, answer
from convenu.actions.look_up import row
from convenu.actions.mistakes import refuse
from convenu.actions.permissions import Permission, require
from convenu.actions.standing import digest
from convenu.store import audit
from convenu.store.contracts import ContractStatus
from convenu.store.models import Contract, Dismissal, Membership
from convenu.terms.contract import Terms
from convenu.vocabulary.findings import Finding, Status

SHORTEST_REASON = 10
LONGEST_REASON = 2000


@transaction.atomic
def apply_finding(member: Membership, contract: Contract, key: str, *, now: datetime) -> Outcome:
    """Answer as the finding's remedy says; the outcome carries what takes it back."""
    require(member, Permission.ANSWER)
    finding, _terms = _current(row(Contract, contract.pk, to_change=True), key, now=now)
    if finding.change is None:
        refuse("", _("Ce constat ne se corrige pas d’un clic."), finding.remedy)
    return answer(member, contract, {finding.change.term: finding.change.value}, now=now)


@transaction.atomic
def dismiss_finding(member: Membership, contract: Contract, key: str, *, reason: str, now: datetime) -> Dismissal:
    """Put a finding aside with the reason that the lawyer reads. A blocking one is explained and goes on blocking."""
    require(member, Permission.WRITE_CONTRACTS)
    kept = _draft_to_change(contract)
    finding, terms = _current(kept, key, now=now)
    if finding.status is Status.NOT_VERIFIABLE:
        refuse("", _("Ce point n’est pas vérifiable : il ne s’écarte pas."), _("Donnez la réponse qui manque."))
    words = " ".join(reason.split())
    if not SHORTEST_REASON <= len(words) <= LONGEST_REASON:
        refuse("reason", _("Donnez la raison, en dix caractères au moins : l’avocat la lira."))
    dismissal, _created = Dismissal.objects.update_or_create(
        contract=kept,
        finding=finding.key,
        defaults={"rule": finding.rule, "reason": words, "digest": digest(finding, terms), "at": now, "by": member.user},
    )
    audit.append(action="finding_dismissed", subject=kept, actor=member.user, now=now, rule=finding.rule)
    return dismissal


@transaction.atomic
def restore_finding(member: Membership, contract: Contract, key: str, *, now: datetime) -> None:
    """Take up a finding that was put aside."""
    require(member, Permission.WRITE_CONTRACTS)
    kept = _draft_to_change(contract)
    dismissal = Dismissal.objects.filter(contract=kept, finding=key).first()
    if dismissal is not None:
        dismissal.delete()
        audit.append(action="finding_restored", subject=kept, actor=member.user, now=now, rule=dismissal.rule)


def _draft_to_change(contract: Contract) -> Contract:
    kept = row(Contract, contract.pk, to_change=True)
    if kept.status != ContractStatus.DRAFT:
        refuse("", _("Ce contrat est archivé."), _("Restaurez-le d’abord."))
    return kept


def _current(contract: Contract, key: str, *, now: datetime) -> tuple[Finding, Terms]:
    terms = current_terms(contract)
    findings = draft_of(terms, library_of(contract), on=law_day(contract, now)).findings
    found = next((finding for finding in findings if finding.key == key), None)
    if found is None:
        refuse("", _("Ce constat n’est plus là."), _("Une réponse l’a levé depuis."))
    return found, terms
