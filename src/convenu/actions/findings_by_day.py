"""The same contract under the law of several days: what is found on each, and what changes from one to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from convenu.actions.contract_library import library_of
from convenu.actions.current_terms import current_terms
from convenu.actions.drafted import draft_of
from convenu.actions.permissions import Permission, require
from convenu.agreement.rule import Rule, RuleKind
from convenu.library import loader
from convenu.store.models import Contract, Membership
from convenu.vocabulary.findings import Finding


@dataclass(frozen=True, slots=True)
class FindingByDay:
    """One fact through the days: what was found on each, None where nothing was."""

    title: str
    rule: str
    days: tuple[Finding | None, ...]

    @property
    def same(self) -> bool:
        """Whether every day says the same."""
        return len({(one.severity, one.status, one.message) if one else None for one in self.days}) == 1


@dataclass(frozen=True, slots=True)
class ComparedDays:
    """The days, what changes between them, how much does not, and the texts not yet in force."""

    days: tuple[date, ...]
    changing: tuple[FindingByDay, ...]
    unchanged: int
    pending: tuple[Rule, ...]


def compare_days(member: Membership, contract: Contract, days: Sequence[date]) -> ComparedDays:
    """Check the contract as it stands on each day, in the order of the calendar."""
    require(member, Permission.SEE)
    ordered = tuple(sorted(set(days)))
    terms, library = current_terms(contract), library_of(contract)
    found = [{(one.rule, one.terms or one.clause): one for one in draft_of(terms, library, on=day).findings} for day in ordered]
    keys = dict.fromkeys(key for one_day in found for key in one_day)
    lines = [_line(tuple(one_day.get(key) for one_day in found)) for key in keys]
    pending = tuple(rule for rule in loader.current().rules if rule.kind is RuleKind.PENDING)
    return ComparedDays(ordered, tuple(one for one in lines if not one.same), sum(one.same for one in lines), pending)


def _line(days: tuple[Finding | None, ...]) -> FindingByDay:
    shown = next(one for one in days if one)
    return FindingByDay(shown.title, shown.rule, days)
