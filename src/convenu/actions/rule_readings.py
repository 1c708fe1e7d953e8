"""Reading the rules one by one: what was read, by whom, what changed since, and on which contracts a rule finds something."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from convenu.actions.contract_library import library_of
from convenu.actions.current_terms import current_terms
from convenu.actions.drafted import draft_of
from convenu.actions.permissions import Permission, require
from convenu.agreement.check import check
from convenu.agreement.library import Library
from convenu.agreement.rule import Rule, RuleKind
from convenu.library.rules import fingerprint_of
from convenu.store import audit
from convenu.store.models import Contract, Membership, RuleReading
from convenu.vocabulary.findings import Finding, Status
from convenu.vocabulary.mistakes import Mistake, MistakesError

LONGEST_NAME = 120
# What one page may look at: a rule on values needs no text, one on the text needs the contract written.
LATEST_ON_VALUES = 200
LATEST_ON_TEXT = 20


@dataclass(frozen=True, slots=True)
class ReadRule:
    """A rule and its last reading, if any; `changed` when the rule is no longer as it was read."""

    rule: Rule
    reading: RuleReading | None
    changed: bool

    @property
    def to_read(self) -> bool:
        """Whether nobody has read it as it now stands."""
        return self.reading is None or self.changed


@dataclass(frozen=True, slots=True)
class Firing:
    """A contract on which a rule finds something now."""

    contract: Contract
    findings: tuple[Finding, ...]


def read_rules(member: Membership, rules: Iterable[Rule]) -> tuple[ReadRule, ...]:
    """The rules with what the organisation has read of them."""
    require(member, Permission.SEE)
    kept: Mapping[str, RuleReading] = {reading.rule: reading for reading in RuleReading.objects.all()}
    return tuple(_read(rule, kept.get(rule.id)) for rule in rules)


@transaction.atomic
def record_reading(member: Membership, rule: Rule, reader: str, *, now: datetime) -> RuleReading:
    """Say that a person has read a rule as it stands."""
    require(member, Permission.WRITE_CONTRACTS)
    name = " ".join(reader.split())
    if not name or len(name) > LONGEST_NAME:
        raise MistakesError([Mistake("reader", _("Qui a relu cette règle ?"), _("Écrivez son nom."))])
    said = {"fingerprint": fingerprint_of(rule), "reader": name, "recorded_by_id": member.user_id, "at": now}
    reading, _created = RuleReading.objects.update_or_create(organisation_id=member.organisation_id, rule=rule.id, defaults=said)
    audit.append(action="rule_read", subject=reading, actor=member.user, now=now, rule=rule.id)
    return reading


def firings(member: Membership, rule: Rule, library: Library, *, on: date) -> tuple[tuple[Firing, ...], int]:
    """The latest contracts on which the rule finds something that day, and how many were looked at."""
    require(member, Permission.SEE)
    on_text = rule.kind is RuleKind.TEXT
    contracts = list(Contract.objects.select_related("client").order_by("-updated_at")[: LATEST_ON_TEXT if on_text else LATEST_ON_VALUES])
    found = []
    for contract in contracts:
        terms = current_terms(contract)
        text = draft_of(terms, library_of(contract), on=on).text if on_text else None
        seen = tuple(one for one in check(terms, text, library, on=on, rules=[rule]) if one.status is Status.FOUND)
        if seen:
            found.append(Firing(contract, seen))
    return tuple(found), len(contracts)


def _read(rule: Rule, reading: RuleReading | None) -> ReadRule:
    return ReadRule(rule, reading, changed=reading is not None and reading.fingerprint != fingerprint_of(rule))
