"""Check a contract on a day: every rule in force looks at the terms and the text, and says what it saw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from convenu.agreement.exceptions import set_aside
from convenu.agreement.library import Library
from convenu.agreement.rule import Hit, Look, MissingTermError, Rule, RuleKind
from convenu.terms.contract import Terms, label_of
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import ContractText, Section, label
from convenu.vocabulary.dated import NotInForceError
from convenu.vocabulary.findings import Finding, Severity, Status


def check(
    terms: Terms, text: ContractText | None, library: Library, *, on: date, rules: Iterable[Rule] | None = None
) -> tuple[Finding, ...]:
    """The findings on a contract as of a day, gravest first.

    A value that is not known gives « non vérifiable », and so does a figure of the law not published for the day:
    never a crash, never a silent pass. A general rule is not asked where one of its exceptions applies; two exceptions that
    apply together and of which neither yields raise `ContradictingRulesError`.
    """
    chosen = library.rules if rules is None else rules
    replaced = set_aside(library.rules, terms, on=on)
    found = [
        finding
        for rule in chosen
        if rule.speaks(on) and rule.id not in replaced
        for finding in looked_by(Look(rule, terms, text, library.law, on), text)
    ]
    return tuple(
        sorted(found, key=lambda finding: (finding.status is Status.NOT_VERIFIABLE, finding.severity.rank, finding.kind == "question"))
    )


def blocks_signature(findings: Iterable[Finding]) -> bool:
    """Whether one of the findings stops a signature."""
    return any(finding.severity is Severity.BLOCKING and finding.status is Status.FOUND for finding in findings)


class Places(Protocol):
    """Where the terms stand in a contract: its text, or an index kept of it."""

    def section(self, clause: str) -> Section | None:
        """The section of a clause, if the contract has it."""

    def stating(self, term: str) -> Section | None:
        """The section that states a term, else the first that shows it."""


def looked_by(look: Look, places: Places | None) -> Iterator[Finding]:
    """What one rule finds, each finding with its place in the contract."""
    rule, terms = look.rule, look.every_term
    if rule.kind is RuleKind.TEXT and look.words is None:
        return
    undecided = rule.applies_when.undecided(terms)
    if undecided:
        # A question to the lawyer waits until the facts that call for it are known.
        if rule.kind is not RuleKind.QUESTION:
            yield _not_verifiable(rule, places, undecided)
        return
    if not rule.applies_when.holds(terms):
        return
    try:
        hits = list(rule.look(look)) if rule.look else [Hit(message=rule.ask, terms=rule.reads[:1])]
    except MissingTermError as missing:
        yield _not_verifiable(rule, places, (missing.key,))
    except NotInForceError as gap:
        values = look.book.values
        label_fr = values[gap.name].label if gap.name in values else gap.name
        message = f"Non vérifiable au {french.day(look.on)} : {label_fr}, {gap.reason}."
        yield _finding(rule, places, message, rule.reads[:1], status=Status.NOT_VERIFIABLE)
    else:
        for hit in hits:
            yield _found(rule, places, hit)


def _not_verifiable(rule: Rule, places: Places | None, missing: tuple[str, ...]) -> Finding:
    names = french.enumeration([f"« {label_of(key)} »" for key in missing])
    return _finding(rule, places, f"Non vérifiable : il manque {names}.", missing, status=Status.NOT_VERIFIABLE)


def _found(rule: Rule, places: Places | None, hit: Hit) -> Finding:
    base = _finding(rule, places, hit.message, hit.terms, status=hit.status)
    section = places.section(hit.clause) if places and hit.clause else None
    return Finding(
        rule=base.rule,
        title=french.typography(hit.title) if hit.title else base.title,
        kind=base.kind,
        severity=hit.severity or base.severity,
        status=base.status,
        message=base.message,
        where=place_of(section) if section else base.where,
        clause=hit.clause or base.clause,
        terms=base.terms,
        law=base.law,
        remedy=french.typography(hit.remedy) if hit.remedy else base.remedy,
        change=hit.change,
    )


def place_of(section: Section) -> str:
    """« article 9.2 », « annexe B », or the title of what stands before the first article."""
    return french.typography(label(section.number)) if section.number else section.title


def _finding(rule: Rule, places: Places | None, message: str, terms: tuple[str, ...], *, status: Status) -> Finding:
    section = next((section for key in terms if places and (section := places.stating(key))), None)
    where = place_of(section) if section else (label_of(terms[0]) if terms else "ensemble du contrat")
    return Finding(
        rule=rule.id,
        title=french.typography(rule.title),
        kind=rule.kind.value,
        severity=rule.severity,
        status=status,
        message=french.typography(message),
        where=french.typography(where),
        clause=section.clause if section else None,
        terms=terms,
        law=rule.law,
        remedy=french.typography(rule.remedy),
    )
