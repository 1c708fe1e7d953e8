"""From the rows of an export to tickets: what is certain becomes facts, what is not is kept aside with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from convenu.connectors.mapping import COLUMNS, Layout, Mapping, Pause, State, Status
from convenu.connectors.table import Cell, Row, Table, text
from convenu.connectors.times import Times, form_of
from convenu.connectors.worked import minutes_of
from convenu.facts.interruptions import Interruption
from convenu.facts.tickets import Event, EventKind, Evidence, Ticket, TicketKind, WaitCause
from convenu.facts.worked_time import Level, WorkDecision, WorkedTime, WorkPlace
from convenu.terms.closed_lists import ChannelKind
from convenu.vocabulary.mistakes import Mistake, MistakesError

M = TypeVar("M")
W = TypeVar("W", bound=StrEnum)

_TIMES = tuple(name for name in COLUMNS if name == "at" or name.endswith("_at"))
_WORDS = ("kind", "channel", "site", "service", "client")
_ENDS = {
    "acknowledged_at": EventKind.ACKNOWLEDGED, "responded_at": EventKind.RESPONDED, "worked_around_at": EventKind.WORKED_AROUND,
    "restored_at": EventKind.RESTORED, "closed_at": EventKind.CLOSED,
}  # fmt: skip
_REACHING = {
    State.RESPONDED: EventKind.RESPONDED, State.WORKED_AROUND: EventKind.WORKED_AROUND, State.RESTORED: EventKind.RESTORED,
    State.CLOSED: EventKind.CLOSED,
}  # fmt: skip
_PRIORITIES = {priority: priority for priority in ("P1", "P2", "P3", "P4")}


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that could not be read: where, whose, why, and what it said."""

    row: int
    ticket: str
    reason: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blocked:
    """A ticket left out of every figure, and why."""

    ticket: str
    reason: str
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an export gave: tickets, rows refused, tickets left out, times that a zone shows twice, and how the file was read."""

    tickets: tuple[Ticket, ...]
    rejected: tuple[Rejected, ...] = ()
    blocked: tuple[Blocked, ...] = ()
    shown_twice: int = 0
    form: dict[str, str] = field(default_factory=dict)
    interruptions: tuple[Interruption, ...] = ()


@dataclass(slots=True)
class _Line:
    """One row read: its ticket, its place in time, and its words."""

    number: int
    at: int
    order: int
    opened_at: int
    priority: str
    status: Status | None
    cells: Sequence[Cell]
    ends: dict[EventKind, int]
    paused: int | None
    worked: WorkedTime | None


def imported(source: Table, mapping: Mapping, *, most: int | None = None) -> Imported:
    """The tickets of a table, or of its first rows; what must be asked, or a column that is not there, raises `MistakesError` all at once.

    What is asked is about every row, however few are read.
    """
    lacking = mapping.lacking(source.columns)
    places = mapping.places(source.columns)
    order, asked = _order_of_times(source, mapping, places)
    if lacking or asked:
        raise MistakesError([*lacking, *asked])
    reader = _Reader(mapping, places, len(source.columns), Times(order, mapping.timezone or ""))
    form = {**source.form, "dates": order, "timezone": mapping.timezone or "écrite avec chaque heure"}
    found = reader.tickets(source.rows if most is None else source.rows[:most])
    return replace(found, form=form, interruptions=tuple(one.as_fact() for one in mapping.interruptions))


def _order_of_times(source: Table, mapping: Mapping, places: dict[str, int]) -> tuple[str, list[Mistake]]:
    """The order of day and month, and what must be asked of the times; a mapping that says their order and their zone leaves nothing."""
    if mapping.dates and mapping.timezone:
        return mapping.dates, []
    dates = [row.cells[places[name]] for name in _TIMES if name in places for row in source.rows if places[name] < len(row.cells)]
    order, naive, asked = form_of(dates)
    asked = [] if mapping.dates else asked
    if naive and not mapping.timezone:
        asked.append(Mistake("timezone", "des heures sans fuseau", "Écrivez « timezone: » dans la correspondance, celle de l’outil."))
    return mapping.dates or order, asked


class _Reader:
    """Reads the rows of one table under one mapping."""

    def __init__(self, mapping: Mapping, places: dict[str, int], width: int, times: Times) -> None:
        self._mapping, self._width, self._times = mapping, width, times
        self._places = places
        self._by_events = mapping.layout is Layout.EVENTS
        self._dated = [(name, place) for name, place in places.items() if name in _TIMES]
        self._ending = [name for name, _ in self._dated if name in _ENDS]
        self._worded = [(name, place) for name, place in places.items() if name in _WORDS]
        self._priorities = mapping.priorities or _PRIORITIES
        meant = (mapping.statuses or _STATES).values() if self._by_events else ()
        self._by_status = {_REACHING[one] for one in meant if isinstance(one, State) and one in _REACHING}
        self._records = self._told()

    def tickets(self, rows: Iterable[Row]) -> Imported:
        """Every ticket in the order of the file."""
        rejected: list[Rejected] = []
        blocked: dict[str, Blocked] = {}
        made: dict[str, Ticket | None] = {}
        lines: dict[str, list[_Line]] = defaultdict(list)
        for row in rows:
            key = self._word(row, "ticket")
            try:
                line = self._line(row, key)
            except ValueError as error:
                rejected.append(Rejected(row.number, key, str(error), tuple(text(cell) for cell in row.cells)))
                if key:
                    blocked.setdefault(key, Blocked(key, str(error), row.number))
                continue
            if self._by_events:
                lines[key].append(line)
            elif key in made:
                # A row is a whole ticket: which of two is right is not for us to say.
                blocked.setdefault(key, Blocked(key, f"deux lignes pour ce ticket, la seconde est la {row.number}", row.number))
            else:
                made[key] = self._made(key, [line], blocked)
        for key, found in lines.items():
            made[key] = None if key in blocked else self._made(key, found, blocked)
        return Imported(
            tickets=tuple(ticket for key, ticket in made.items() if ticket is not None and key not in blocked),
            rejected=tuple(rejected),
            blocked=tuple(blocked.values()),
            shown_twice=self._times.shown_twice,
        )

    def _made(self, key: str, lines: list[_Line], blocked: dict[str, Blocked]) -> Ticket | None:
        try:
            return self._ticket(key, lines)
        except ValueError as error:
            blocked[key] = Blocked(key, str(error))
            return None

    def _told(self) -> frozenset[EventKind]:
        """The kinds of event that this export can tell."""
        told = {kind for name, kind in _ENDS.items() if name in self._places} | self._by_status
        if self._by_events:
            told |= {EventKind.PRIORITY, EventKind.REOPENED}
            if not self._mapping.statuses or any(isinstance(one, Pause) for one in self._mapping.statuses.values()):
                told |= {EventKind.PAUSED, EventKind.RESUMED}
        return frozenset(told)

    def _word(self, row: Row, name: str) -> str:
        place = self._places.get(name)
        return "" if place is None or place >= len(row.cells) else text(row.cells[place])

    def _line(self, row: Row, key: str) -> _Line:
        if not key:
            raise ValueError("ligne sans numéro de ticket")
        if len(row.cells) != self._width:
            raise ValueError(f"{len(row.cells)} valeurs pour {self._width} colonnes")
        cells = row.cells
        times = {name: self._times.instant(cells[place]) for name, place in self._dated if cells[place] not in ("", None)}
        at = times.get("at" if self._by_events else "opened_at")
        if at is None:
            raise ValueError("ligne sans date")
        # A column that no mapping names is not looked for in each row.
        mapped = self._places
        order = self._word(row, "order") if "order" in mapped else ""
        paused = self._word(row, "paused_seconds") if "paused_seconds" in mapped else ""
        return _Line(
            number=row.number, at=at, order=_whole(order) or 0 if order else 0, opened_at=times.get("opened_at", at),
            priority=_meaning(self._word(row, "priority"), self._priorities, "priorité"),
            status=self._status(row),
            cells=cells,
            ends={_ENDS[name]: times[name] for name in self._ending if name in times},
            paused=_whole(paused) if paused else None, worked=self._worked(row, times.get("worked_at")) if "worked" in mapped else None,
        )  # fmt: skip

    def _worked(self, row: Row, at: int | None) -> WorkedTime | None:
        """The time that a row says was spent; a word of level, place or price without meaning tells nothing, and stops nothing."""
        written = self._word(row, "worked")
        minutes = minutes_of(written, self._mapping.worked_unit) if written else 0
        if not minutes:
            return None
        return WorkedTime(
            minutes=minutes, at=at, level=self._told_by(row, "level", self._mapping.levels, Level),
            place=self._told_by(row, "place", self._mapping.work_places, WorkPlace),
            decision=self._told_by(row, "billing", self._mapping.decisions, WorkDecision) or WorkDecision.UNDECIDED,
        )  # fmt: skip

    def _told_by(self, row: Row, name: str, meanings: dict[str, W], ours: type[W]) -> W | None:
        """What a word means, by the mapping, else as one of our own words."""
        word = self._word(row, name)
        return meanings.get(word) or next((one for one in ours if one.value == word.casefold()), None)

    def _status(self, row: Row) -> Status | None:
        if "status" not in self._places:
            return None
        word = self._word(row, "status")
        if self._mapping.statuses:
            return _meaning(word, self._mapping.statuses, "statut")
        cause = word.removeprefix("paused:")
        return Pause(pause=WaitCause(cause)) if cause != word and cause in list(WaitCause) else _meaning(word, _STATES, "statut")

    def _ticket(self, key: str, lines: list[_Line]) -> Ticket:
        lines.sort(key=lambda line: (line.at, line.order, line.number))
        first, last, by_events = lines[0], lines[-1], self._by_events
        words = {name: text(first.cells[place]) for name, place in self._worded}
        opened = min(first.opened_at, first.at)
        events = list(_lived(lines)) if by_events else [Event(at, kind) for kind, at in first.ends.items()]
        if by_events:
            events += [Event(at, kind) for kind, at in last.ends.items() if kind not in self._by_status]
        early = next((event for event in events if event.at < opened), None)
        if early is not None:
            raise ValueError("un événement précède l’ouverture")
        counted = first.paused if not by_events else None
        kind, channel = words.get("kind", ""), words.get("channel", "")
        return Ticket(
            key=key, opened_at=opened, priority=first.priority, events=tuple(events), records=self._records,
            kind=_meaning(kind, self._mapping.kinds or _KINDS, "nature") if kind else TicketKind.INCIDENT,
            channel=self._mapping.channels.get(channel, channel if channel in _CHANNELS else ""),
            site=words.get("site", ""), service=words.get("service", ""),
            client=words.get("client", ""), paused_seconds=counted,
            worked=tuple(line.worked for line in (lines if by_events else lines[:1]) if line.worked),
            evidence=Evidence.FULL_HISTORY if by_events else Evidence.END_POINTS if counted is None else Evidence.COUNTERS,
        )  # fmt: skip


_STATES: dict[str, Status] = {state.value: state for state in State}
_CHANNELS = frozenset(ChannelKind)
_KINDS = {kind.value: kind for kind in TicketKind}


def _lived(lines: list[_Line]) -> Iterator[Event]:
    """The events that successive rows of a ticket tell: only a change of status or of priority is one."""
    status: Status | None = State.OPEN
    priority = lines[0].priority
    for rank, line in enumerate(lines):
        if line.priority != priority:
            priority = line.priority
            yield Event(line.at, EventKind.PRIORITY, rank * 3, priority=priority)
        if line.status == status:
            continue
        if isinstance(line.status, Pause):
            if status in (State.RESTORED, State.CLOSED):
                yield Event(line.at, EventKind.REOPENED, rank * 3)
            yield Event(line.at, EventKind.PAUSED, rank * 3 + 1, cause=line.status.pause)
        else:
            if isinstance(status, Pause):
                yield Event(line.at, EventKind.RESUMED, rank * 3)
            if status in (State.RESTORED, State.CLOSED) and line.status not in (State.RESTORED, State.CLOSED):
                yield Event(line.at, EventKind.REOPENED, rank * 3)
            if line.status in _REACHING:
                yield Event(line.at, _REACHING[line.status], rank * 3 + 1)
        status = line.status


def _meaning(word: str, meanings: dict[str, M], what: str) -> M:
    """The meaning of a word; one that nobody gave a meaning to blocks its ticket alone."""
    if word not in meanings:
        raise ValueError(f"{what} « {word[:40]} » sans correspondance")
    return meanings[word]


def _whole(word: str) -> int | None:
    if not word:
        return None
    try:
        return int(word)
    except ValueError:
        raise ValueError(f"« {word[:40]} » n’est pas un nombre entier") from None
