"""Service levels told in the sentences of a paragraph that the name of a priority opens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convenu.agreement.audit.looking.looking import Looker
from convenu.agreement.audit.said.levels.level import ReadLevel, timed_level
from convenu.agreement.audit.said.levels.lost_tables import SHORT_CELL
from convenu.agreement.audit.said.levels.priorities import name_alone, priority_in
from convenu.agreement.audit.said.levels.sentences import promised, without_hours
from convenu.agreement.audit.said.levels.subjects import NOT_LEVELS
from convenu.agreement.audit.said.levels.times import A_TIME, kind_at, numbered, time_in
from convenu.vocabulary.span import Span

# « Cas A, … », « Rouge : … », « Panne bloquante. … »: what opens the paragraph.
_OPENS = re.compile(r"\W{0,4}(?:(?:en|pour|un|une|les?|la) )?(?P<name>[a-z][^,:.;(|]{0,40}?) ?(?:[,:.(]| [-–—] )")
# A line that the page did not wrap ends its paragraph.
_WRAPPED, _WIDEST = 55, 130
_MOST_SENTENCES = 8


def levels_in_paragraphs(looker: Looker) -> Iterator[ReadLevel]:
    """« Cas A, tout est arrêté. Le technicien rappelle en 20 minutes. Il répare en 6 heures. »: several such paragraphs in one article."""
    told: list[tuple[str, dict[str, Span], int, int]] = []
    for index in range(len(looker.document.sentences)):
        if (name := _opened_by(looker, index)) is None:
            continue
        times: dict[str, Span] = {}
        last = index
        for place in _paragraph(looker, index):
            for kind, span in _times(looker, place):
                last = place if kind not in times else last
                times.setdefault(kind, span)
        if times:
            told.append((name, times, index, last))
    # What each sentence says whole is read there.
    if len({name for name, *_ in told}) > 1 and any(last > first for _, _, first, last in told):
        sentences = looker.document.sentences
        for name, times, first, last in told:
            yield timed_level(name, times, looker.quote(sentences[first].low, sentences[last].high))


def _opened_by(looker: Looker, index: int) -> str | None:
    """The name of the priority by which a sentence opens."""
    sentence = looker.document.sentences[index]
    found = None if sentence.row else _OPENS.match(looker.document.words(sentence))
    if found is None or len(found["name"].split()) > SHORT_CELL:
        return None
    name = found["name"].strip()
    return name_alone(name) or priority_in(name)


def _paragraph(looker: Looker, first: int) -> Iterator[int]:
    """The sentences of a paragraph, up to the next one that a priority opens."""
    document = looker.document
    yield first
    for place in range(first + 1, min(first + _MOST_SENTENCES, len(document.sentences))):
        before, sentence = document.sentences[place - 1 : place + 1]
        between = document.text[before.end : sentence.start]
        line = before.end - document.text.rfind("\n", 0, before.end)
        over = "\n" in between and ("\n\n" in between or not _WRAPPED <= line <= _WIDEST)
        if over or sentence.row or sentence.article != document.sentences[first].article or _opened_by(looker, place) is not None:
            return
        yield place


def _times(looker: Looker, index: int) -> Iterator[tuple[str, Span]]:
    """The times that a sentence promises, by their kind."""
    words = numbered(looker.document.words(looker.document.sentences[index]))
    if NOT_LEVELS.search(words):
        return
    words = without_hours(words)
    for found in A_TIME.finditer(words):
        kind, span = kind_at(words, found.start(), ""), time_in(found[0])
        if kind is not None and span is not None and promised(words, found):
            yield kind, span
