"""Why each minute of a clock was counted or not: stretches from the start to the end, each with its reason and its clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from convenu.service.clock import Result
from convenu.service.open_time import OpenTime
from convenu.service.waits import Spell, disjoint
from convenu.vocabulary.clause_ref import ClauseRef

_HOURS = ClauseRef("service_hours", ("service_hours",))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Seconds that follow one another for the same reason, counted or not."""

    start: int
    end: int
    counted: bool
    reason: str
    clause: ClauseRef

    @property
    def seconds(self) -> int:
        """How long it lasts."""
        return self.end - self.start


def explain(result: Result) -> tuple[Stretch, ...]:
    """The stretches of a result from its start to its end; those counted add up to what it consumed."""
    if result.clock is None or result.start is None or result.until is None or result.until <= result.start:
        return ()
    marks = _marks(result, result.start, result.until)
    stretches: list[Stretch] = []
    uncounted, shown = disjoint(result.spells), [spell for spell in result.spells if spell.counted]
    opened = iter(result.clock.intervals(result.start, result.until))
    current = next(opened, None)
    for start, end in pairwise(marks):
        while current is not None and current[1] <= start:
            current = next(opened, None)
        is_open = current is not None and current[0] <= start
        stretches.append(_stretch(result, start, end, is_open=is_open, spells=(_over(uncounted, start), _over(shown, start))))
    return tuple(_joined(stretches))


def _marks(result: Result, start: int, end: int) -> list[int]:
    """Every instant where the reason may change."""
    marks = {start, end}
    if result.clock is not None:
        intervals = result.clock.intervals(start, end)
        marks.update(bound for interval in intervals for bound in interval)
        closed = [start, *(bound for interval in intervals for bound in interval), end]
        for left, right in zip(closed[::2], closed[1::2], strict=True):
            marks.update(_midnights(result.clock, left, right))
    for spell in result.spells:
        marks.update(bound for bound in (spell.start, spell.end) if bound is not None and start < bound < end)
    return sorted(marks)


def _midnights(clock: OpenTime, start: int, end: int) -> Iterator[int]:
    midnight = clock.midnight(start) if start < end else end
    while midnight < end:
        yield midnight
        midnight = clock.midnight(midnight)


def _over(spells: tuple[Spell, ...] | list[Spell], moment: int) -> Spell | None:
    return next((spell for spell in spells if spell.start <= moment and (spell.end is None or moment < spell.end)), None)


def _stretch(result: Result, start: int, end: int, *, is_open: bool, spells: tuple[Spell | None, Spell | None]) -> Stretch:
    uncounted, shown = spells
    if uncounted is not None:
        return Stretch(start, end, counted=False, reason=uncounted.reason, clause=uncounted.clause)
    if not is_open and result.clock is not None:
        return Stretch(start, end, counted=False, reason=result.clock.rule_at(start).label, clause=_HOURS)
    if shown is not None:
        return Stretch(start, end, counted=True, reason=shown.reason, clause=shown.clause)
    if result.clock is result.hours:
        return Stretch(start, end, counted=True, reason="Plage de service", clause=_HOURS)
    return Stretch(start, end, counted=True, reason="délai qui court à toute heure", clause=result.clause)


def _joined(stretches: list[Stretch]) -> Iterator[Stretch]:
    """Stretches that follow one another for the same reason made one."""
    last: Stretch | None = None
    for one in stretches:
        if last is not None and (last.counted, last.reason, last.clause) == (one.counted, one.reason, one.clause):
            last = Stretch(last.start, one.end, last.counted, last.reason, last.clause)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last
