"""Service levels in lists: under the name of each priority, or in items that name their times."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convenu.agreement.audit.looking.looking import Looker
from convenu.agreement.audit.said.levels.level import ReadLevel, timed_level
from convenu.agreement.audit.said.levels.lost_tables import SHORT_CELL
from convenu.agreement.audit.said.levels.priorities import PRIORITY, is_colour, priority_in, written_name
from convenu.agreement.audit.said.levels.subjects import INCIDENT, NOT_LEVELS, TIMES_OF_CALLS, lead_of
from convenu.agreement.audit.said.levels.times import A_TIME, MENDED, PROMISES, column_kind, numbered, time_in
from convenu.agreement.audit.words.numbers import DURATION
from convenu.agreement.audit.words.shadow import plain
from convenu.vocabulary.span import Span

# « Questions générales : 48 heures ouvrées », under the title of such times.
_NAMED_TIME = re.compile(
    rf"^\W{{0,4}}(?P<name>[a-z][^:|;.]{{2,60}}?) ?: ?(?:sous |moins de |en )?(?P<time>{DURATION})(?: ?\([^)]{{1,30}}\))? ?[.;,]?$"
)
# « Bloquant (personne ne peut travailler) : », « Priorité 1 - ».
_TIMED_LINE = re.compile(r"^\W{0,4}(?P<name>[a-z][^:|;.()]{0,50}?)(?: ?\((?P<told>[^)]{0,120})\))? ?(?::| [-–—] )")
# « Option GTR Or : … »: an offer that bears the name of its times.
_OFFER_OF_TIMES = re.compile(r"^(?:(?:option|garantie|formule|niveau) )*gt[ir] (?=[a-z])")
# How far from a timed line another one stands, where both are of one list.
_NEXT_ITEM = 2


def levels_in_named_items(looker: Looker) -> Iterator[ReadLevel]:
    """The items of a list of times, each under a name that may be no priority: « Questions générales : 48 heures »."""
    document = looker.document
    items: list[tuple[int, re.Match[str], str]] = []
    for index, sentence in enumerate(document.sentences):
        found = None if sentence.row else _NAMED_TIME.match(numbered(document.words(sentence)).strip())
        lead = "" if found is None else f"{document.titles[sentence.article]} {lead_of(looker, index)}"
        if (
            found is not None
            and column_kind(found["name"]) is None
            and TIMES_OF_CALLS.search(lead)
            and not NOT_LEVELS.search(f"{lead} {found[0]}")
        ):
            items.append((index, found, lead))
    for index, found, lead in items:
        sentence = document.sentences[index]
        beside = [other["name"] for place, other, _ in items if document.sentences[place].article == sentence.article]
        if len(beside) == 1 or all(priority_in(name) for name in beside):
            # The sentences read priorities by themselves.
            continue
        name = written_name(document.clauses[sentence.start : sentence.end].lstrip(" -•*–—"))
        kind, span = column_kind(lead), time_in(found["time"])
        if name is not None and kind is not None and span is not None:
            yield timed_level(name, {kind: span}, looker.quote(sentence.low, sentence.high, index))


def levels_under_their_names(looker: Looker) -> Iterator[ReadLevel]:
    """Priorities that stand alone on a line, each above the lines of its times: « Sévérité 1 », then « Prise en charge : 15 minutes »."""
    document = looker.document
    told: dict[str, tuple[dict[str, Span], int, int]] = {}
    name: str | None = None
    for index, sentence in enumerate(document.sentences):
        words = numbered(document.words(sentence)).strip()
        timed = None if sentence.row else _NAMED_TIME.match(words)
        if not sentence.row and len(words.split()) <= SHORT_CELL and A_TIME.search(words) is None:
            name = priority_in(words)
        elif timed is None or name is None or (kind := column_kind(timed["name"])) is None or (span := time_in(timed["time"])) is None:
            name = None
        else:
            times, low, _ = told.setdefault(name, ({}, index, index))
            times.setdefault(kind, span)
            told[name] = (times, low, index)
    if len(told) > 1:
        for priority, (times, low, high) in told.items():
            yield timed_level(priority, times, looker.quote(document.sentences[low].low, document.sentences[high].high))


def levels_in_timed_items(looker: Looker) -> Iterator[ReadLevel]:
    """The lines of a list that each say their times by their names: « Bloquant (arrêt) : réponse 1 heure, contournement 8 heures »."""
    document = looker.document
    items: list[tuple[int, str, dict[str, Span]]] = []
    for index, sentence in enumerate(document.sentences):
        if sentence.row or (found := _TIMED_LINE.match(words := numbered(document.words(sentence)))) is None:
            continue
        parts = [part for part in map(_after_what_fails, PROMISES.split(words[found.end() :])) if not NOT_LEVELS.search(part)]
        told = [(kind, span) for part in parts if (kind := column_kind(part)) is not None and (span := time_in(part)) is not None]
        in_brackets = priority_in(found["told"]) if PRIORITY.fullmatch(found["told"] or "") else None
        name = priority_in(found["name"]) or in_brackets or written_name(document.clauses[sentence.start : sentence.end].lstrip(" -•*–—"))
        untimed = column_kind(_OFFER_OF_TIMES.sub("", found["name"])) is None
        if told and name is not None and untimed and not NOT_LEVELS.search(found["name"]):
            mended = any(MENDED.search(part) for part in parts)
            times: dict[str, Span] = {}
            for kind, span in told:
                times.setdefault("restoration" if kind == "workaround" and not mended else kind, span)
            items.append((index, name, times))
    for index, name, times in items:
        sentence = document.sentences[index]
        near = [other for place, other, _ in items if 0 < abs(place - index) <= _NEXT_ITEM]
        title = " ".join(document.titles[one] for one in (sentence.article, *document.articles[sentence.article].above))
        of_calls = (
            {"response", "restoration"} <= times.keys()
            or all(map(is_colour, (plain(name), *map(plain, near))))
            or any(PRIORITY.search(plain(one)) or INCIDENT.search(plain(one)) for one in (name, *near))
            or INCIDENT.search(title)
            or TIMES_OF_CALLS.search(title)
        )
        if of_calls and any(other != name for other in near):
            yield timed_level(name, times, looker.quote(sentence.low, sentence.high, index))


def _after_what_fails(part: str) -> str:
    """A promise without what it is promised for: « on ne peut pas contourner la panne : réponse en 2 heures »."""
    told, colon, promise = part.rpartition(" : ")
    return promise if colon and A_TIME.search(promise) and not A_TIME.search(told) and column_kind(promise) is not None else part
