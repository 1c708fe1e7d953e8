"""The verdict on a stranger's contract: the same rules as ours on what was read, each finding with the words it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from convenu.agreement.audit.guides import Recognition
from convenu.agreement.audit.looking import Quote
from convenu.agreement.audit.reading import Reading
from convenu.agreement.audit.reading_terms import ReadTerms, terms_of
from convenu.agreement.audit.slip_findings import slip_findings
from convenu.agreement.check import check
from convenu.agreement.library import Library
from convenu.vocabulary.contract_text import Article, ContractText, Paragraph, Run, Section
from convenu.vocabulary.findings import Finding, Severity, Status

_WHOLE = "ensemble du contrat"


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """A finding with the words that it rests on; none when it tells what the contract does not say."""

    finding: Finding
    quote: Quote | None

    def as_json(self) -> dict[str, Any]:
        """The shape of every finding, with its quote."""
        return self.finding.as_json() | {"quote": None if self.quote is None else self.quote.as_json()}


def findings_on(reading: Reading, library: Library, recognition: Recognition, *, on: date) -> tuple[AuditFinding, ...]:
    """The findings on a contract as read, as of a day, gravest first.

    Nothing is judged that is no IT service contract in French. Under another law than French only what does not rest on law is told.
    """
    if not reading.in_french or not reading.is_service_contract:
        return ()
    read = terms_of(reading, recognition)
    rules = [rule for rule in library.rules if rule.id in recognition.rules and (reading.law is None or not rule.legal)]
    found = [
        _placed(finding, read, reading)
        for finding in check(read.terms, text_of(reading), library, on=on, rules=rules)
        if finding.status is Status.FOUND and not _told_by_the_comparison(finding)
    ]
    found = _once(found)
    slips = [AuditFinding(finding, quote) for finding, quote in slip_findings(reading, french_law=reading.law is None)]
    return tuple(sorted((*found, *slips), key=lambda one: one.finding.severity.rank))


def _once(found: list[AuditFinding]) -> list[AuditFinding]:
    """A fact once: of two findings on the same terms and the same words, the first, which is the gravest."""
    kept: dict[Any, AuditFinding] = {}
    for index, one in enumerate(found):
        kept.setdefault((one.finding.terms, one.quote) if one.quote is not None and one.finding.terms else index, one)
    return list(kept.values())


def _told_by_the_comparison(finding: Finding) -> bool:
    """A minor point that the contract does not settle stands in the comparison, with our clause; the findings keep the grave ones."""
    return finding.rule == "missing_provision" and finding.severity is not Severity.HIGH


def text_of(reading: Reading) -> ContractText:
    """The words of a contract as a tree, for the rules that read words: one section an article."""
    return ContractText(
        title=reading.document.source.name,
        provider="",
        client="",
        reference="",
        front=(),
        articles=tuple(Article(number=section.number, title=section.title, sections=(section,)) for section in _sections(reading)),
        annexes=(),
        signatories=(),
        release="",
        law_day="",
    )


def _sections(reading: Reading) -> Iterator[Section]:
    document = reading.document
    for index, article in enumerate(document.articles):
        sentences = [document.sentences[one] for one in document.inside[index]]
        if sentences:
            yield Section(
                clause=section_key(index),
                version=0,
                number=article.number,
                title=article.title or _WHOLE,
                blocks=tuple(Paragraph((Run(" ".join(document.text[one.start : one.end].split())),)) for one in sentences),
                states=(),
            )


def section_key(article: int) -> str:
    """The name of an article as a section of the tree."""
    return f"article_{article}"


def _placed(finding: Finding, read: ReadTerms, reading: Reading) -> AuditFinding:
    """A finding with the words of the first of its terms that were read, and the article where they stand."""
    quote = next((read.quotes[key] for key in finding.terms if key in read.quotes), None)
    if quote is None and finding.clause is not None:
        quote = _opening(finding.clause, reading)
    where = finding.where
    if quote is not None:
        label = reading.document.article_at(quote.start).label
        where = f"« {label} »" if label else _WHOLE
    elif not finding.clause:
        where = _WHOLE
    return AuditFinding(_at(finding, where), quote)


def _opening(clause: str, reading: Reading) -> Quote | None:
    index = int(clause.removeprefix("article_"))
    inside = reading.document.inside[index]
    if not inside:
        return None
    sentence = reading.document.sentences[inside[0]]
    return Quote(reading.document.text[sentence.start : sentence.end], sentence.start, sentence.end)


def _at(finding: Finding, where: str) -> Finding:
    values: Mapping[str, Any] = {name: getattr(finding, name) for name in finding.__slots__}
    return Finding(**{**values, "where": where, "clause": None})
