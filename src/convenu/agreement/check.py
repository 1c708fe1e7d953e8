"""Check a contract on a day: every rule in force looks at the terms and the text, and says what it saw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

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
        finding for rule in chosen if rule.speaks(on) and rule.id not in replaced for finding in _apply(rule, terms, text, library, on)
    ]
    return tuple(
        sorted(found, key=lambda finding: (finding.status is Status.NOT_VERIFIABLE, finding.severity.rank, finding.kind == "question"))
    )


def blocks_signature(findings: Iterable[Finding]) -> bool:
    """Whether one of the findings stops a signature."""
    return any(finding.severity is Severity.BLOCKING and finding.status is Status.FOUND for finding in findings)


def _apply(rule: Rule, terms: Terms, text: ContractText | None, library: Library, on: date) -> Iterator[Finding]:
    if rule.kind is RuleKind.TEXT and text is None:
        return
    undecided = rule.applies_when.undecided(terms)
    if undecided:
        # A question to the lawyer waits until the facts that call for it are known.
        if rule.kind is not RuleKind.QUESTION:
            yield _not_verifiable(rule, text, undecided)
        return
    if not rule.applies_when.holds(terms):
        return
    try:
        hits = list(rule.look(Look(rule, terms, text, library.law, on))) if rule.look else [Hit(message=rule.ask, terms=rule.reads[:1])]
    except MissingTermError as missing:
        yield _not_verifiable(rule, text, (missing.key,))
    except NotInForceError as gap:
        label_fr = library.law.values[gap.name].label if gap.name in library.law.values else gap.name
        yield _finding(
            rule, text, f"Non vérifiable au {french.day(on)} : {label_fr}, {gap.reason}.", rule.reads[:1], status=Status.NOT_VERIFIABLE
        )
    else:
        for hit in hits:
            yield _found(rule, text, hit)


def _not_verifiable(rule: Rule, text: ContractText | None, missing: tuple[str, ...]) -> Finding:
    names = french.enumeration([f"« {label_of(key)} »" for key in missing])
    return _finding(rule, text, f"Non vérifiable : il manque {names}.", missing, status=Status.NOT_VERIFIABLE)


def _found(rule: Rule, text: ContractText | None, hit: Hit) -> Finding:
    base = _finding(rule, text, hit.message, hit.terms, status=hit.status)
    section = text.section(hit.clause) if text and hit.clause else None
    return Finding(
        rule=base.rule,
        title=base.title,
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


def _finding(rule: Rule, text: ContractText | None, message: str, terms: tuple[str, ...], *, status: Status) -> Finding:
    section = next((section for key in terms if text and (section := text.stating(key))), None)
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
