"""The contrary look: what was not seen is absent only if nothing in the whole file bears its trace; else its reader is asked.

What was seen is a danger only if nothing elsewhere in the file answers it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from convenu.agreement.audit.guides.cues import Cue
from convenu.agreement.audit.guides.guides import Counterpart, Evidence, Recognition, Seat, TraceGuide
from convenu.agreement.audit.looking.best_words import best_first, best_of_the_matter
from convenu.agreement.audit.looking.looking import Looker, Quote
from convenu.agreement.audit.verdict.audit_finding import AuditFinding

# What joins two subjects in a title: « Responsabilité - Assurance ».
_JOINS = re.compile(r"\w ?(?: - | [–—/&] ?|[/,] ?| et )\w")
# Articles on each side of the words of a term that may take back or complete what they say.
_BESIDE = 1


@dataclass(frozen=True, slots=True)
class Doubt:
    """A term of which the file may speak: what its reader is asked, the words to read, and the members of a list that they may add.

    `quote` keeps anything from being concluded; `beside` is what the question is asked beside, nothing where no words share its object.
    """

    asks: str
    quote: Quote
    beside: Quote | None
    members: tuple[str, ...] = ()


def doubts_on(
    looker: Looker, recognition: Recognition, absent: Mapping[str, tuple[str, ...]], quotes: Mapping[str, Quote]
) -> dict[str, Doubt]:
    """What stands against each conclusion of absence. `absent`: the terms not seen, with the members seen of a list that some lack."""
    doubts: dict[str, Doubt] = {}
    for guide in recognition.traces:
        home = {one.key for one in recognition.provisions if set(guide.terms) & set(one.terms)} | set(guide.home)
        own, others = (
            tuple(cue for one in recognition.provisions if (one.key in home) is at_home for cue in one.headings)
            for at_home in (True, False)
        )
        for term in guide.terms:
            if term in absent and (doubt := _doubt(looker, guide, absent[term], quotes)) is not None:
                doubts[term] = replace(doubt, beside=_beside(looker, guide, own, others))
    return doubts


def answer_to(one: AuditFinding, looker: Looker, recognition: Recognition) -> Quote | None:
    """The words that may answer a finding, elsewhere in the file, or anywhere if it tells a silence; None where nothing does."""
    answers = [each for each in recognition.counterparts if _may_answer(each, one)]
    told = None if one.quote is None or one.silent else looker.sentence_at(one.quote.start)
    seen = (each for counterpart in answers for evidence in counterpart.seen for each in looker.evidence(evidence))
    elsewhere = [each for each in seen if each.sentence != told]
    best = best_first(elsewhere, looker, recognition.seat(one.danger, one.finding.rule))
    return looker.quote_of(best[0]) if best else None


def _may_answer(counterpart: Counterpart, one: AuditFinding) -> bool:
    if one.danger:
        return one.danger in counterpart.dangers
    return any(one.finding.rule == rule and (not term or term in one.finding.terms) for rule, term in counterpart.rules)


def _beside(looker: Looker, guide: TraceGuide, own: tuple[Cue, ...], others: tuple[Cue, ...]) -> Quote | None:
    """The words to ask a question beside: those under a title of its provision, else under none of another's; none where others answer."""
    if not guide.asks or looker.bearing(guide.answers):
        return None
    about = looker.sentences(guide.about) if guide.about else None
    seen = [one for evidence in guide.cues for one in looker.evidence(evidence) if about is None or one.sentence in about]
    chosen = best_of_the_matter(seen, looker, Seat(own=own, others=others, of_credits=True))
    return None if chosen is None else looker.quote_of(chosen)


def _doubt(looker: Looker, guide: TraceGuide, seen: tuple[str, ...], quotes: Mapping[str, Quote]) -> Doubt | None:
    whole = None if seen else _first(looker, guide.cues)
    if whole is not None:
        return Doubt(guide.asks, whole, None)
    places = _near(looker, [quotes[term] for term in guide.near if term in quotes])
    added: list[str] = []
    words: list[Quote] = []
    for traces in guide.members:
        members = [member for member in traces.of if member not in seen]
        quote = _first(looker, traces.anywhere) or _first(looker, traces.near, places) if members else None
        if quote is not None:
            added += members
            words.append(quote)
    return Doubt(guide.asks, words[0], None, tuple(added)) if words else None


def _first(looker: Looker, cues: tuple[Evidence, ...], articles: frozenset[int] | None = None) -> Quote | None:
    """The words of a sentence, else of a title, where a trace stands, in the articles asked or anywhere; the best cues come first.

    A title that joins two subjects says nothing of one of them, if its text has no word on it.
    """
    for evidence in cues:
        for seen in looker.evidence(evidence):
            if articles is None or looker.document.sentences[seen.sentence].article in articles:
                return looker.quote_of(seen)
    alone = tuple(evidence.cue for evidence in cues if not evidence.under and not evidence.beside)
    places = range(len(looker.document.articles)) if articles is None else sorted(articles)
    titled = (article for article in places if looker.title_matches(alone, article))
    document = looker.document
    return next((looker.heading(one) for one in titled if not (document.inside[one] and _JOINS.search(document.titles[one]))), None)


def _near(looker: Looker, quotes: list[Quote]) -> frozenset[int]:
    """The articles where some words stand, with those just beside them."""
    return frozenset(article for quote in quotes for article in _around(looker, quote))


def _around(looker: Looker, quote: Quote) -> Iterator[int]:
    """The article of a quote, those below it and one on each side."""
    document = looker.document
    held = max(index for index, article in enumerate(document.articles) if article.start <= quote.start)
    yield from document.under[held]
    yield from range(max(0, held - _BESIDE), min(len(document.articles), held + _BESIDE + 1))
