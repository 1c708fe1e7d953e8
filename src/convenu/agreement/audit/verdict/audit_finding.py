"""A finding on a stranger's contract, with the words of the contract that it rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from convenu.agreement.audit.looking.looking import Quote
from convenu.agreement.audit.said.reading import Reading
from convenu.agreement.audit.text.segmentation import ReadArticle
from convenu.vocabulary import french
from convenu.vocabulary.findings import Citation, Finding, Severity, Status

WHOLE = "ensemble du contrat"
# A paragraph by its number, at the head of its line: « 9.5. À défaut… ».
_PARAGRAPH = re.compile(r"^[ \t]{0,6}(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})[.)]?[ \t]+(?=[^\W\d_a-z])", re.MULTILINE)
_PARTS = re.compile(r"\d+")
_LEAST_PARTS = 2
# The kind of a finding that words show, and no value.
TEXT = "text"


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """A finding with the words to read; none when nothing in the file speaks of it.

    `silent`: it tells what the contract does not say. `firm`: a condition beside its words takes nothing from it. `danger`: the one that
    it tells, none of a finding by a rule; `unproven`: readers did not find it right often enough yet.
    """

    finding: Finding
    quote: Quote | None
    silent: bool = False
    firm: bool = False
    danger: str = ""
    unproven: bool = False

    def as_json(self) -> dict[str, Any]:
        """The shape of every finding, with its quote."""
        return self.finding.as_json() | {"quote": None if self.quote is None else self.quote.as_json()}

    def told_as(self, message: str, **others: Any) -> AuditFinding:
        """The same finding in other words."""
        return replace(self, finding=changed(self.finding, message=french.typography(message), **others))

    def weighed(self, why: str) -> AuditFinding:
        """The finding as a question, for its reader to weigh."""
        return self.told_as(f"{why} {self.finding.message}", status=Status.NOT_VERIFIABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told whatever the contract: the rule that names it, its law, how grave it is, what mends it."""

    rule: str
    title: str
    severity: Severity
    remedy: str
    law: tuple[Citation, ...] = ()
    terms: tuple[str, ...] = ()
    danger: str = ""

    def beside(
        self, quote: Quote | None, message: str, reading: Reading, *, kind: str = TEXT, silent: bool = False, firm: bool = False
    ) -> AuditFinding:
        """The finding of some words of a contract, with what is said of them; of the whole of it where no words show it well."""
        finding = Finding(
            rule=self.rule,
            title=french.typography(self.title),
            kind=kind,
            severity=self.severity,
            status=Status.FOUND,
            message=french.typography(message),
            where=WHOLE if quote is None else article_of(quote, reading),
            clause=None,
            terms=self.terms,
            law=self.law,
            remedy=french.typography(self.remedy),
        )
        return AuditFinding(finding, quote, silent, firm, self.danger)


def changed(finding: Finding, **others: Any) -> Finding:
    """A finding with other values for some of its fields."""
    values: Mapping[str, Any] = {name: getattr(finding, name) for name in finding.__slots__}
    return Finding(**{**values, **others})


def article_of(quote: Quote, reading: Reading) -> str:
    """The article where some words stand; of a numbered paragraph that no title opens, its number."""
    article = reading.document.article_at(quote.start)
    label = _paragraph_after(article, quote, reading) or article.label
    return f"« {label} »" if label else WHOLE


def _paragraph_after(article: ReadArticle, quote: Quote, reading: Reading) -> str:
    """The number of the paragraph without a title of some words, « 9.5 » after « 9.4 Restitution »; empty where there is none."""
    own = _PARTS.findall(article.number)
    if len(own) < _LEAST_PARTS:
        return ""
    opened = _PARAGRAPH.finditer(reading.document.text, article.end)
    written = [found["number"] for found in takewhile(lambda found: found.start() <= quote.start, opened)]
    beside = (one for one in reversed(written) if _PARTS.findall(one)[:-1] == own[:-1] and int(_PARTS.findall(one)[-1]) > int(own[-1]))
    return next(beside, "")
