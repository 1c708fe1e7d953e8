"""Service levels: for each priority, the time to answer and the time to restore, from tables, lists and sentences."""

from __future__ import annotations

import re
from dataclasses import replace

from convenu.agreement.audit.looking.looking import Looker
from convenu.agreement.audit.said.levels.level import ALL, ReadLevel
from convenu.agreement.audit.said.levels.lists import levels_in_named_items, levels_in_timed_items, levels_under_their_names
from convenu.agreement.audit.said.levels.lost_tables import levels_in_lines
from convenu.agreement.audit.said.levels.paragraphs import levels_in_paragraphs
from convenu.agreement.audit.said.levels.priorities import OFFERS
from convenu.agreement.audit.said.levels.sentences import levels_in_sentences
from convenu.agreement.audit.said.levels.tables import alerts_in_tables, levels_in_tables
from convenu.agreement.audit.text.prevailing import FIRST_AMENDMENT
from convenu.vocabulary.span import Span, SpanUnit

# « Les délais s'entendent en jours ouvrés »: what the days of a table are, said beside it.
_OPEN_DAYS = re.compile(
    r"\b(?:heures|jours|delais|temps|durees)\b[^.;|]{0,60}\b(?:sont|s'entend\w*|exprim\w+|compt\w+|courent|calcul\w+|decompt\w+)\b"
    r"[^.;|\d]{0,40}\b(?P<open>ouvre|ouvrable)e?s\b"
)


def read_levels(looker: Looker) -> tuple[ReadLevel, ...]:
    """The levels of a contract, one a priority: what a table says, else lists and sentences; an amendment's before those that it amends."""
    ways = (
        levels_in_tables,
        levels_in_lines,
        levels_under_their_names,
        levels_in_timed_items,
        levels_in_paragraphs,
        levels_in_named_items,
        alerts_in_tables,
    )
    tables = next((levels for way in ways if (levels := tuple(way(looker)))), ())
    # Where a table names the priorities, sentences complete them and add none.
    named = any(level.priority not in OFFERS for level in tables)
    sentences = (level for level in levels_in_sentences(looker, rows=not tables) if not named or _lacks_a_time(looker, tables, level))
    found: list[ReadLevel] = []
    for level in _in_force(looker, [*tables, *sentences]):
        place = next((index for index, before in enumerate(found) if _completes(before, level)), None)
        if place is None:
            found.append(level)
        else:
            found[place] = _completed(found[place], level)
    found = [_in_open_days(looker, level) for level in found]
    apart = [_with_the_times_of_all(looker, level, found) for level in found if level.priority != ALL]
    if any(level.rank for level in apart):
        apart = [level for level in apart if level.priority not in OFFERS]
    return tuple(apart or found)


def _in_force(looker: Looker, levels: list[ReadLevel]) -> list[ReadLevel]:
    """The levels without what an amendment replaced: each time of a priority is the last that an amendment gives it."""
    ranks = [looker.precedence[looker.sentence_at(level.quote.start)] for level in levels]
    amended = [(level, rank) for level, rank in zip(levels, ranks, strict=True) if rank >= FIRST_AMENDMENT]
    kept = []
    for level, rank in zip(levels, ranks, strict=True):
        later = [one for one, after in amended if after > rank and one.priority == level.priority]
        left = replace(
            level,
            response=level.response if all(one.response is None for one in later) else None,
            restoration=level.restoration if all(one.restoration is None for one in later) else None,
            workaround=level.workaround if all(one.workaround is None for one in later) else None,
        )
        if left.response is not None or left.restoration is not None or left.workaround is not None:
            kept.append(left)
    return kept


def _lacks_a_time(looker: Looker, tables: tuple[ReadLevel, ...], level: ReadLevel) -> bool:
    """Whether a table names the priority of a sentence without the time that the sentence adds, or that an amendment gives it."""
    amends = looker.precedence[looker.sentence_at(level.quote.start)] >= FIRST_AMENDMENT
    beside = [one for one in tables if one.priority == level.priority]
    kinds = [name for name in ("response", "restoration", "workaround") if getattr(level, name) is not None]
    return bool(beside) and (amends or not any(getattr(one, name) is not None for one in beside for name in kinds))


def _in_open_days(looker: Looker, level: ReadLevel) -> ReadLevel:
    """A level whose days are open ones, where a sentence of its article says that they all are."""
    document = looker.document
    article = document.sentences[looker.sentence_at(level.quote.start)].article
    said = next(
        (found["open"] for one in document.inside[article] if (found := _OPEN_DAYS.search(document.words(document.sentences[one])))), None
    )
    if said is None:
        return level
    days = SpanUnit.BUSINESS_DAYS if said == "ouvre" else SpanUnit.WORKING_DAYS
    units = {SpanUnit.DAYS: days, SpanUnit.HOURS: SpanUnit.BUSINESS_HOURS}

    def opened(span: Span | None) -> Span | None:
        return None if span is None else Span(span.count, units.get(span.unit, span.unit))

    return replace(level, response=opened(level.response), restoration=opened(level.restoration), workaround=opened(level.workaround))


def _with_the_times_of_all(looker: Looker, level: ReadLevel, found: list[ReadLevel]) -> ReadLevel:
    """A level with the time to answer that its own article promises to every call: « intervention sous 1 heure ; rétablissement : … »."""
    article = _article_of(looker, level)
    of_all = next((one for one in found if one.priority == ALL and one.response is not None and _article_of(looker, one) == article), None)
    return level if of_all is None else replace(level, response=level.response or of_all.response)


def _article_of(looker: Looker, level: ReadLevel) -> int:
    return looker.document.sentences[looker.sentence_at(level.quote.start)].article


def _completed(before: ReadLevel, level: ReadLevel) -> ReadLevel:
    """A level with the times that another reading of it adds."""
    return replace(
        before,
        response=before.response or level.response,
        restoration=before.restoration or level.restoration,
        workaround=before.workaround or level.workaround,
    )


def _completes(before: ReadLevel, level: ReadLevel) -> bool:
    """Whether two readings are of one level: the same priority, and no time that differs."""
    return before.priority == level.priority and all(
        one is None or other is None or one == other
        for one, other in ((before.response, level.response), (before.restoration, level.restoration))
    )
