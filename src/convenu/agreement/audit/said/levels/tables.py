"""Service levels in tables: rows of priorities under titles of times, rows of times under priorities or offers side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice, takewhile

from convenu.agreement.audit.looking.looking import Looker
from convenu.agreement.audit.said.levels.columns import times_under
from convenu.agreement.audit.said.levels.level import ReadLevel, timed_level
from convenu.agreement.audit.said.levels.lost_tables import LONGEST_CELL
from convenu.agreement.audit.said.levels.priorities import OFFERS, fuller_name, name_of, priority_in, written_name
from convenu.agreement.audit.said.levels.subjects import NOT_CALLS, NOT_LEVELS, names_calls, of_alerts
from convenu.agreement.audit.said.levels.times import A_TIME, PROMISES, column_kind, numbered, time_in
from convenu.agreement.audit.said.project_steps import STEPS
from convenu.agreement.audit.text.segmentation import LEADER, cells_of
from convenu.agreement.audit.words.shadow import plain
from convenu.vocabulary.span import Span

_GAP = re.compile(r" {2,}")
_NUMBERED = re.compile(r"^\W*(?:\d{1,2}\W+)?")
# « A » or « 1 », alone in its cell: a priority by its letter, or by its rank.
_LETTER, _RANK = re.compile(r"^\s*[a-h]\s*$"), re.compile(r"^\s*[0-5]\s*$")
# « 1 - Bloquant »: the rank says which priority it is.
_RANKED = re.compile(r"^\W*([0-5])(?: ?[-–—:.)]+ ?| )(?=[a-z])")
# What heads the column of a table that sets offers side by side, when anything does.
_OFFERED = re.compile(r"^\W*(?:(?:offre|formule|plan|pack|abonnement|contrat|option)s?|niveaux?(?: de service| de support)?)?\W*$")
_NO_OFFER = re.compile(r"client|prestataire|titulaire|objectif|seuil|penalit|description|indicateur|mesure|engagement|valeur|cible|unite")


def levels_in_tables(looker: Looker) -> Iterator[ReadLevel]:
    """Rows under a header that names the times, each a priority and its times; or rows of times under a header of priorities."""
    return (level for level, alerts in _levels(looker) if not alerts)


def alerts_in_tables(looker: Looker) -> Iterator[ReadLevel]:
    """The same of the tables on alerts of security, which are the levels of a contract where it has no other."""
    return (level for level, alerts in _levels(looker) if alerts)


def _levels(looker: Looker) -> Iterator[tuple[ReadLevel, bool]]:
    """The levels of all tables, each with whether its table is on alerts of security."""
    header: list[str] = []
    priorities: list[str | None] = []
    shared: frozenset[str] = frozenset()
    named_first = self_titled = cut = alerts = False
    for index, sentence in enumerate(looker.document.sentences):
        if not sentence.row:
            # What a page prints at its head may part the titles of a table from its rows.
            cut = bool(header) and not cut and looker.document.sentences[index - 1].row and _is_short(looker, index)
            header, priorities, named_first, self_titled = header if cut else [], [], False, False
            alerts = alerts and cut
            continue
        written = _cells(looker.document.clauses[sentence.start : sentence.end])
        cells = [numbered(plain(cell)) for cell in written]
        if _heads(cells):
            header, cut = cells, False
            shared, alerts = _shared_names(looker, index), alerts or _on_alerts(looker, index, cells[0])
            continue
        if cut and len(cells) != len(header):
            header = []
        cut = False
        if named := _side_by_side(written, cells, offers=not header and not priorities):
            priorities = named
            alerts = alerts or _on_alerts(looker, index, cells[1])
            continue
        quote = looker.quote(sentence.low, sentence.high, index)
        if len(priorities) == len(cells) - 1 and (kind := column_kind(cells[0])) is not None:
            yield from (
                (timed_level(name, {kind: span}, quote), alerts)
                for name, cell in zip(priorities, cells[1:], strict=True)
                if name is not None and (span := time_in(cell)) is not None
            )
            continue
        if (base := _base_offer(looker, index, priorities, cells)) is not None:
            yield timed_level(*base, quote), alerts
            continue
        # Where the first column names the priorities above, the second describes what this row names.
        priority = next((name for cell in cells[: 1 if named_first else 2] if (name := priority_in(cell))), None)
        named_first = named_first or (priority is not None and priority == priority_in(cells[0]))
        if not header:
            # A row without titles says its times by their names: « bloquant ..... réponse 30 min ..... remise en route 3 h ».
            priority = priority_in(cells[0]) or (written_name(written[0]) if self_titled else None)
            times = {} if among_steps(looker, index) else _own_times(cells)
            self_titled = priority is not None and bool(times)
        else:
            priority = _under(header, written[0], cells[0], priority, shared)
            times = times_under(header, cells)
        if priority is not None and times:
            yield timed_level(priority, times, quote), alerts


def _on_alerts(looker: Looker, index: int, cell: str) -> bool:
    """Whether a table is on alerts of security, by a cell of its first row, its article or the words that open it."""
    document = looker.document
    before = document.sentences[index - 1] if index else None
    lead = "" if before is None or before.row or not _is_short(looker, index - 1) else document.words(before)
    return any(map(of_alerts, (cell, document.titles[document.sentences[index].article], lead)))


def _shared_names(looker: Looker, index: int) -> frozenset[str]:
    """The names that several rows under a header share up to a dash: « Hébergement – baie », « Hébergement – serveur »."""
    sentences = looker.document.sentences
    rows = takewhile(lambda one: one.row, islice(sentences, index + 1, None))
    told = Counter(written_name(_cells(looker.document.clauses[one.start : one.end])[0]) for one in rows)
    return frozenset(name for name, times in told.items() if name is not None and times > 1)


def _under(header: list[str], written: str, cell: str, priority: str | None, shared: frozenset[str]) -> str | None:
    """What the first cell of a row names under the titles of a table: a letter, a rank, a priority, or its own words."""
    if not names_calls(header[0]):
        return priority
    if _LETTER.match(cell) or _RANK.match(cell):
        return name_of(cell.strip()).upper()
    if priority is not None and (rank := _RANKED.match(cell)) is not None:
        return name_of(rank[1])
    name = priority or written_name(written)
    return fuller_name(written) if priority is None and name in shared else name


def _base_offer(looker: Looker, index: int, offers: list[str | None], cells: list[str]) -> tuple[str, dict[str, Span]] | None:
    """A priority and its time in the first of the offers set side by side, the one that every client has.

    The title, or the words just above the table, say what the times are.
    """
    priority = priority_in(cells[0])
    if priority is None or priority in OFFERS or len(offers) != len(cells) - 1 or not OFFERS.issuperset(offers):
        return None
    kind = column_kind(looker.document.titles[looker.document.sentences[index].article])
    span = next((span for cell in cells[1:] if (span := time_in(cell)) is not None), None)
    return (priority, {kind: span}) if kind is not None and span is not None else None


def _side_by_side(written: list[str], cells: list[str], *, offers: bool) -> list[str | None]:
    """The priorities that a row sets side by side, or the offers, by the names that the contract gives them; none where it sets none."""
    named = [priority_in(cell) for cell in cells[1:]]
    if len(named) > 1 and all(named):
        # Where nothing stands in the corner, the first cell names a priority too.
        corner = priority_in(cells[0])
        return [corner, *named] if corner is not None else named
    if not offers:
        return []
    names = [written_name(one) for one in written[1:]]
    several = len(names) > 1 and all(names) and _OFFERED.match(cells[0]) is not None
    return names if several and not any(_NO_OFFER.search(cell) or column_kind(cell) is not None for cell in cells) else []


def _is_short(looker: Looker, index: int) -> bool:
    words = looker.document.words(looker.document.sentences[index])
    return len(words.split()) <= LONGEST_CELL and A_TIME.search(words) is None


def among_steps(looker: Looker, index: int) -> bool:
    """Whether the rows around one are the steps of a project."""
    sentences = looker.document.sentences
    low = high = index
    while low and sentences[low - 1].row:
        low -= 1
    while high + 1 < len(sentences) and sentences[high + 1].row:
        high += 1
    first, *others = (cells_of(looker.document.words(one))[0] for one in sentences[low : high + 1])
    return STEPS.search(first) is not None or any(STEPS.match(_NUMBERED.sub("", one)) for one in others)


def _own_times(cells: list[str]) -> dict[str, Span]:
    """The times of a row, each named beside it; or the first one, where the first cell says what it is: « Prise en charge, bloquant »."""
    times: dict[str, Span] = {}
    if NOT_LEVELS.search(cells[0]):
        return times
    parts = [part for cell in cells[1:] if not NOT_LEVELS.search(cell) for part in PROMISES.split(cell)]
    for part in parts:
        kind, span = column_kind(part), time_in(part)
        if kind is not None and span is not None:
            times.setdefault(kind, span)
    kind = column_kind(cells[0]) if priority_in(cells[0]) is not None else None
    if not times and kind is not None and (span := next((span for part in parts if (span := time_in(part)) is not None), None)) is not None:
        times[kind] = span
    return times


def _cells(row: str) -> list[str]:
    """The cells of a row; where spaces set its columns apart, a long cell leaves only two of them before the next."""
    return cells_of(row) if "|" in row or "\t" in row.strip() or LEADER.search(row) else _GAP.split(row.strip())


def _heads(cells: list[str]) -> bool:
    """Whether a row heads a table of times."""
    if any(A_TIME.search(cell) or NOT_CALLS.search(cell) for cell in cells):
        return False
    # A table of times may say what missing them costs, in a column of its own.
    apart = [cell for cell in cells if NOT_LEVELS.search(cell)]
    timed = any(column_kind(cell) is not None for cell in cells if cell not in apart)
    return timed and (not apart or (cells[0] not in apart and names_calls(cells[0])))
