"""The verdict on a stranger's contract: the same rules as ours on what was read, each finding with the words it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from convenu.agreement.audit.dangers import danger_findings
from convenu.agreement.audit.gates import OpenGate, open_gates
from convenu.agreement.audit.guides import Recognition
from convenu.agreement.audit.looking import Quote
from convenu.agreement.audit.numbers import DURATION, span_in
from convenu.agreement.audit.reading import Reading
from convenu.agreement.audit.reading_terms import ReadTerms, terms_of
from convenu.agreement.audit.shadow import plain
from convenu.agreement.audit.slip_findings import slip_findings
from convenu.agreement.check import check
from convenu.agreement.library import Library
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import Article, ContractText, Paragraph, Run, Section
from convenu.vocabulary.findings import Finding, Severity, Status

_WHOLE = "ensemble du contrat"
_BEFORE_THE_TERM = re.compile(rf"(?P<duration>{DURATION}) avant (?:la date anniversaire|l'anniversaire|l'echeance|le terme|la fin)")
_SHARE = re.compile(r"\d{1,3}(?:,\d{1,2})?\s?%")


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
    told = [
        finding
        for finding in check(read.terms, text_of(reading), library, on=on, rules=rules)
        if finding.status is Status.FOUND and not _told_by_the_comparison(finding)
    ]
    gates = open_gates(reading, recognition, told)
    placed = [_share_told(_placed(finding, read, reading)) for finding in told]
    placed += [AuditFinding(finding, quote) for finding, quote in danger_findings(reading, recognition, on=on)]
    found = _once([judged for one in placed if (judged := _through(one, gates, reading)) is not None])
    slips = [AuditFinding(finding, quote) for finding, quote in slip_findings(reading, french_law=reading.law is None)]
    return tuple(sorted((*found, *slips), key=lambda one: one.finding.severity.rank))


def _through(one: AuditFinding, gates: tuple[OpenGate, ...], reading: Reading) -> AuditFinding | None:
    """A finding as the situation of the contract leaves it: as it is, told otherwise, or not at all."""
    if _client_may_leave_first(one, reading):
        return None
    opened = [opened for opened in gates if opened.drops(one.finding)]
    if not opened:
        return one
    instead = next((opened for opened in opened if opened.gate.message), None)
    if instead is None or len(opened) > 1 or instead.quote is None:
        return None
    label = reading.document.article_at(instead.quote.start).label
    where = f"« {label} »" if label else _WHOLE
    return AuditFinding(_changed(one.finding, where=where, message=french.typography(instead.gate.message)), instead.quote)


def _client_may_leave_first(one: AuditFinding, reading: Reading) -> bool:
    """Whether a new price is announced before the end of a period earlier than the client must give notice: it may leave."""
    notice = reading.values.get("notice_period_days")
    if one.finding.rule != "civ-1103-1104-1193" or one.quote is None or notice is None:
        return False
    announced = _BEFORE_THE_TERM.search(plain(one.quote.text))
    span = span_in(announced["duration"]) if announced is not None else None
    return span is not None and span.days() > notice.value


def _share_told(one: AuditFinding) -> AuditFinding:
    """What remains due on exit, with the shares that the contract writes when it is not all."""
    if one.finding.rule != "civ-1231-5-penale" or one.finding.terms != ("special_stipulations",) or one.quote is None:
        return one
    shares = list(dict.fromkeys(found[0] for found in _SHARE.finditer(one.quote.text)))
    if all(share.startswith("100") for share in shares):
        return one
    message = (
        f"En cas de départ, une part des redevances restantes est due ({french.enumeration(shares)}) : "
        "dédit ou clause pénale, à qualifier ; le juge peut réduire une pénalité excessive."
    )
    return AuditFinding(_changed(one.finding, message=french.typography(message)), one.quote)


def _once(found: list[AuditFinding]) -> list[AuditFinding]:
    """A fact once: of two findings on the same terms and the same words, or of one rule on words that meet, the first."""
    kept: list[AuditFinding] = []
    for one in found:
        if not any(_same_fact(one, other) for other in kept):
            kept.append(one)
    return kept


def _same_fact(one: AuditFinding, other: AuditFinding) -> bool:
    if one.quote is None or other.quote is None:
        return False
    if one.finding.rule == other.finding.rule:
        return one.quote.start < other.quote.end and other.quote.start < one.quote.end
    return bool(one.finding.terms) and (one.finding.terms, one.quote) == (other.finding.terms, other.quote)


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
    return AuditFinding(_changed(finding, where=where, clause=None), quote)


def _opening(clause: str, reading: Reading) -> Quote | None:
    index = int(clause.removeprefix("article_"))
    inside = reading.document.inside[index]
    if not inside:
        return None
    sentence = reading.document.sentences[inside[0]]
    return Quote(reading.document.text[sentence.start : sentence.end], sentence.start, sentence.end)


def _changed(finding: Finding, **others: Any) -> Finding:
    values: Mapping[str, Any] = {name: getattr(finding, name) for name in finding.__slots__}
    return Finding(**{**values, **others})
