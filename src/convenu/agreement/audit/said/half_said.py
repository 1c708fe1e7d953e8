"""What a provision only half says: it leaves the matter to another document, to a mark, or does not say what it must settle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from convenu.agreement.audit.guides.cues import cue
from convenu.agreement.audit.guides.guides import ProvisionGuide, Recognition
from convenu.agreement.audit.looking.looking import Looker
from convenu.agreement.audit.said.provisions import ELSEWHERE, ProvisionStatus, ReadProvision

TO_WRITE = "reste à compléter"
# Sentences just after one, in its article, in which it may go on.
_GOES_ON = 2
# A sentence that says how much or how long leaves that to nobody.
_FIGURES = ("<percent>", "<duration>", "<amount>")
_Places = Sequence[tuple[int, int]]


def as_far_as_said(
    provisions: Mapping[str, ReadProvision], looker: Looker, recognition: Recognition, hollow: _Places, marks: _Places
) -> dict[str, ReadProvision]:
    """The provisions, partial where they are stated and only half hold.

    `hollow`: where the text refers to what is not written, or holds a mark without a name; `marks`: where it is to be filled in.
    """
    away = looker.sentences(recognition.references) - looker.sentences(map(cue, _FIGURES))
    heads = {article.start for article in looker.document.articles}
    guides = {guide.key: guide for guide in recognition.provisions}

    def graded(one: ReadProvision) -> ReadProvision:
        if one.stated and _is_hollow(one, heads, hollow):
            return replace(one, status=ProvisionStatus.PARTIAL, stated=False, half=TO_WRITE)
        half = _half(looker, guides[one.key], one, away, marks) if one.stated else ""
        return replace(one, status=ProvisionStatus.PARTIAL, half=half) if half else one

    return {key: graded(one) for key, one in provisions.items()}


def _is_hollow(provision: ReadProvision, heads: set[int], hollow: _Places) -> bool:
    said = [quote for quote in provision.quotes if quote.start not in heads]
    return bool(said) and all(any(quote.start <= start < quote.end for start, _ in hollow) for quote in said)


def _half(looker: Looker, guide: ProvisionGuide, one: ReadProvision, away: frozenset[int], marks: _Places) -> str:
    """Why what is stated only half holds, empty where it holds; where a mark stands in it, it is for what fills the mark to say."""
    if one.said and not one.headed and away.issuperset(one.said):
        return ELSEWHERE
    own = frozenset(_own(looker, one))
    sentences = looker.document.sentences
    if any(sentences[index].start <= start < sentences[index].end for index in own for start, _ in marks):
        return ""
    for half in guide.halves:
        said = looker.bearing(half.unless)
        if not said or (not half.anywhere and said.isdisjoint(own)):
            return half.told
    return ""


def _own(looker: Looker, one: ReadProvision) -> Iterator[int]:
    """The sentences of a provision: those that say it, the few in which they go on, and those of the articles that it heads."""
    sentences = looker.document.sentences
    for first in one.said:
        article = sentences[first].article
        yield from (index for index in range(first, min(first + 1 + _GOES_ON, len(sentences))) if sentences[index].article == article)
    for article in one.headed:
        yield from looker.document.body(article)
