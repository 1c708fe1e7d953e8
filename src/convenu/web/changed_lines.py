"""A clause compared word by word, as a page shows it: the lines that changed, and a sign where others were left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from convenu.actions.comparing import ClauseChange
from convenu.vocabulary.word_diff import DiffKind, DiffRun

CELL, SHOWN_CELL = " | ", " : "
Line: TypeAlias = tuple[DiffRun, ...]


@dataclass(frozen=True, slots=True)
class ChangedClause:
    """A clause's change and its lines; an empty line stands for those that stayed as they were."""

    change: ClauseChange
    lines: tuple[Line, ...]


def changed(change: ClauseChange) -> ChangedClause:
    """The lines of a clause that changed."""
    whole = change.before is None or change.after is None
    lines = tuple(_lines(change.runs))
    return ChangedClause(change, lines if whole else tuple(_shortened(lines)))


def _lines(runs: Iterable[DiffRun]) -> Iterator[Line]:
    line: list[DiffRun] = []
    for run in runs:
        first, *others = run.text.replace(CELL, SHOWN_CELL).split("\n")
        line += [DiffRun(run.kind, first)] if first else []
        for words in others:
            yield tuple(line)
            line = [DiffRun(run.kind, words)] if words else []
    if line:
        yield tuple(line)


def _shortened(lines: Iterable[Line]) -> Iterator[Line]:
    skipping = False
    for line in lines:
        stays = all(run.kind is DiffKind.SAME for run in line)
        if not stays:
            yield line
        elif not skipping:
            yield ()
        skipping = stays
