"""A notice that is longer for one party than for the other: a contract that one leaves in a month, and the other in three."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from convenu.agreement.audit.looking.looking import Quote
from convenu.agreement.audit.said.reading import Reading
from convenu.agreement.audit.verdict.audit_finding import AuditFinding, Told
from convenu.agreement.audit.words.numbers import DURATION, span_in
from convenu.vocabulary import french
from convenu.vocabulary.findings import Citation, Severity
from convenu.vocabulary.span import Span

# How many times longer a notice is before it is told.
_TWICE = 2
_CLIENT, _PROVIDER = "client", "prestataire"
_ON_NOTICE = re.compile(r"preavis|resili|denonc|mettre fin")
# Whose the decision is: « à l'initiative du client », « si elle émane du prestataire », « initiative {{ nom }} ».
_FROM = r"(?:initiative|emane)(?: de la part)?"
_WHO = r"(?:par |de |du |de l'|de la |le |la )*(?P<{name}>prestataire|client|\{{\{{[^}}]{{1,40}}\}}\}}|[a-z][a-z0-9&-]{{2,30}})"
_UNEQUAL = (
    re.compile(
        rf"(?P<first>{DURATION})[^.;]{{0,40}}?{_FROM} {_WHO.format(name='one')}[^.;]{{0,60}}?"
        rf"(?P<second>{DURATION})[^.;]{{0,40}}?{_FROM} {_WHO.format(name='two')}"
    ),
    re.compile(
        rf"{_FROM} {_WHO.format(name='one')}[^.;]{{0,60}}?(?P<first>{DURATION})[^.]{{0,60}}?"
        rf"{_FROM} {_WHO.format(name='two')}[^.;]{{0,60}}?(?P<second>{DURATION})"
    ),
)


@dataclass(frozen=True, slots=True)
class _Notice:
    """A notice and the party that must give it, as the shadow names it."""

    whose: str
    span: Span


_TOLD = Told(
    rule="com-l442-1-i",
    title="Préavis inégaux",
    severity=Severity.MEDIUM,
    remedy="Donner le même préavis aux deux parties, ou écrire ce qui compense la différence.",
    law=(Citation("C. com., art. L. 442-1 I et L. 442-4", "french-business-law.com ; gouache.fr"),),
    terms=("notice_period", "provider_notice_period"),
)


def notice_findings(reading: Reading) -> Iterator[AuditFinding]:
    """The first sentence that gives the two parties notices of which one is twice the other at least."""
    document = reading.document
    for sentence in document.sentences:
        notices = _unequal(document.words(sentence))
        if notices is not None:
            quote = Quote(document.text[sentence.start : sentence.end], sentence.start, sentence.end)
            yield _weighed(notices).beside(quote, _message(notices), reading, kind="values")
            return


def _unequal(words: str) -> tuple[_Notice, _Notice] | None:
    """The shorter notice and the longer one that a sentence gives, if they are far apart and each is a party's."""
    if not _ON_NOTICE.search(words):
        return None
    found = next((found for pattern in _UNEQUAL if (found := pattern.search(words)) is not None), None)
    if found is None or found["one"] == found["two"]:
        return None
    spans = span_in(found["first"]), span_in(found["second"])
    if spans[0] is None or spans[1] is None:
        return None
    shorter, longer = sorted((_Notice(found["one"], spans[0]), _Notice(found["two"], spans[1])), key=lambda one: one.span.days())
    return (shorter, longer) if longer.span.days() >= shorter.span.days() * _TWICE else None


def _weighed(notices: tuple[_Notice, _Notice]) -> Told:
    """A client that is told earlier than it must tell has time to find another provider: that is little to say."""
    return replace(_TOLD, severity=Severity.LOW) if notices[0].whose == _CLIENT else _TOLD


def _message(notices: tuple[_Notice, _Notice]) -> str:
    shorter, longer = notices
    if {shorter.whose, longer.whose} == {_CLIENT, _PROVIDER}:
        return (
            f"Pour mettre fin au contrat, le préavis est de {french.span(longer.span)} pour le {longer.whose.capitalize()} et de "
            f"{french.span(shorter.span)} pour le {shorter.whose.capitalize()} : à justifier, ou à rendre égal."
        )
    return (
        f"Pour mettre fin au contrat, le préavis est de {french.span(longer.span)} pour une partie et de {french.span(shorter.span)} pour "
        "l’autre : à justifier, ou à rendre égal."
    )
