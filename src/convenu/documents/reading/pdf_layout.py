"""The reading order of a page: columns one after the other, lines from top to bottom, rows of tables with their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from convenu.documents.reading.hyphens import joined
from convenu.documents.reading.pdf_runs import Run

_FEWEST_LINES = 5
_FEWEST_RULES = 2
_DEEPEST = 2
_ALIGNED = 4.0
# An edge is where several lines end.
_FEWEST_AT_THE_EDGE = 3
_NEAR_THE_EDGE = 0.12
# Prose fills its column, the cells of a table do not.
_PROSE = 0.6


@dataclass(frozen=True, slots=True)
class Line:
    """Runs that stand on one line, within the bounds of the column that holds it."""

    runs: tuple[Run, ...]
    column_left: float
    column_right: float

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(run.text for run in self.runs)

    @property
    def left(self) -> float:
        """Where its words begin."""
        return self.runs[0].left

    @property
    def right(self) -> float:
        """Where its words end."""
        return self.runs[-1].right

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return max(run.middle for run in self.runs)

    @property
    def size(self) -> float:
        """The height of its characters."""
        return max(run.size for run in self.runs)

    @property
    def bold(self) -> bool:
        """Whether all of it is."""
        return all(run.bold for run in self.runs)


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal stroke, in points as the words of its page."""

    left: float
    right: float
    height: float


def lines_of(runs: Sequence[Run], rules: Sequence[Rule] = ()) -> list[Line]:
    """The lines of a page in reading order; what rules cross is a table, and not columns of prose."""
    return list(_read(runs, rules, 0)) if runs else []


def with_edges(lines: Sequence[Line]) -> list[Line]:
    """The same lines, each with the right edge of the prose in its column: what else stands on the page may reach further."""
    rights: dict[tuple[float, float], list[float]] = {}
    for line in lines:
        if not is_row(line):
            rights.setdefault((line.column_left, line.column_right), []).append(line.right)
    edges = {}
    for (left, right), ends in rights.items():
        edge = max(ends)
        several = sum(1 for end in ends if end > edge - _NEAR_THE_EDGE * (edge - left)) >= _FEWEST_AT_THE_EDGE
        edges[left, right] = edge if several else right
    return [replace(line, column_right=edges.get((line.column_left, line.column_right), line.column_right)) for line in lines]


def rows_of(lines: Sequence[Line], opening: Sequence[bool | None] = ()) -> list[list[str]]:
    """The cells of a table from its lines: one row may take several lines.

    `opening[i]` says whether the rules drawn show that line `i` opens a row, None where they do not; empty for a table without rules.
    """
    starts = _columns(lines)
    leads = [former.middle - line.middle for former, line in pairwise(lines)]
    parted = (min(leads) + max(leads)) / 2 if leads and max(leads) > 1.15 * min(leads) > 0 else None
    rows: list[list[str]] = []
    for index, line in enumerate(lines):
        cells = [""] * len(starts)
        for run in line.runs:
            place = max((rank for rank, start in enumerate(starts) if start <= run.left + _ALIGNED), default=0)
            cells[place] = f"{cells[place]} {run.text}".strip()
        ruled = opening[index] if opening else None
        opens = ruled if ruled is not None else bool(cells[0]) if opening or not parted else leads[index - 1] > parted
        if index == 0 or opens:
            rows.append(cells)
        else:
            rows[-1] = [
                joined(above, below, frozenset()) if above and below else above or below
                for above, below in zip(rows[-1], cells, strict=True)
            ]
    return _with_columns_merged(rows)


def _with_columns_merged(rows: list[list[str]]) -> list[list[str]]:
    """Two neighbours of which no row fills both are one column, whose words begin here or there as they are aligned."""
    place = 0
    while rows and place + 1 < len(rows[0]):
        if any(row[place] and row[place + 1] for row in rows):
            place += 1
        else:
            rows = [[*row[:place], row[place] or row[place + 1], *row[place + 2 :]] for row in rows]
    return rows


def is_row(line: Line) -> bool:
    """Whether a line holds cells rather than words."""
    return len(line.runs) > 1


def _read(runs: Sequence[Run], rules: Sequence[Rule], depth: int) -> Iterator[Line]:
    bounds = _bounds(runs)
    gutter = _gutter(runs) if depth < _DEEPEST else None
    if gutter is None:
        yield from _lines(runs, bounds)
        return
    for band in _bands(runs, gutter):
        sides = [run for run in band if run.right <= gutter], [run for run in band if run.left >= gutter]
        in_columns = len(sides[0]) + len(sides[1]) == len(band) and min(map(_line_count, sides)) >= 2
        if in_columns and not _is_ruled(band, gutter, rules):
            for side in sides:
                yield from _read(side, rules, depth + 1)
        else:
            yield from _lines(band, bounds)


def _is_ruled(band: Sequence[Run], gutter: float, rules: Sequence[Rule]) -> bool:
    """Whether rules go through the blank between two columns, among their lines."""
    low, high = min(run.bottom for run in band), max(run.top for run in band)
    return sum(1 for rule in rules if rule.left < gutter < rule.right and low < rule.height < high) >= _FEWEST_RULES


def _bounds(runs: Sequence[Run]) -> tuple[float, float]:
    return min(run.left for run in runs), max(run.right for run in runs)


def _gutter(runs: Sequence[Run]) -> float | None:
    """The middle of the blank that parts a page into columns of prose, if there is one."""
    if len(runs) < 2 * _FEWEST_LINES:
        return None
    left, right = _bounds(runs)
    em = median(run.size for run in runs)
    best: tuple[int, float] | None = None
    for start in sorted({round(run.left) for run in runs}):
        place = start - em / 3
        if not left + 0.2 * (right - left) < place < right - 0.2 * (right - left):
            continue
        across = sum(1 for run in runs if run.left < place < run.right)
        sides = [run for run in runs if run.right <= place], [run for run in runs if run.left >= place]
        if across > 0.35 * len(runs) or (best is not None and across >= best[0]):
            continue
        if all(_is_prose(side) for side in sides) and not _is_table(*sides):
            best = across, place
    return best[1] if best else None


def _is_prose(side: Sequence[Run]) -> bool:
    lines = list(_lines(side))
    if len(lines) < _FEWEST_LINES:
        return False
    widths = [line.right - line.left for line in lines]
    widest = sorted(widths)[-max(1, len(widths) // 10)]
    return median(widths) >= _PROSE * widest and sum(len(line.text) for line in lines) / len(lines) >= 18


def _is_table(left: Sequence[Run], right: Sequence[Run]) -> bool:
    """Whether what stands on either side goes by rows: the blanks between paragraphs are at the same height on both."""
    usual = max(_usual_blank(left), _usual_blank(right))
    shared = _blanks([*left, *right], usual)
    return shared >= 3 and shared >= 0.6 * min(_blanks(left, usual), _blanks(right, usual))


def _usual_blank(runs: Sequence[Run]) -> float:
    """The blank between two lines of a paragraph."""
    heights = sorted(min(run.bottom for run in former.runs) - max(run.top for run in line.runs) for former, line in pairwise(_lines(runs)))
    return max(0.0, heights[len(heights) // 4]) if heights else 0.0


def _blanks(runs: Sequence[Run], usual: float) -> int:
    """How many blanks, from top to bottom, are higher than the usual one."""
    em = median(run.size for run in runs)
    bottom = max(run.top for run in runs)
    count = 0
    for run in sorted(runs, key=lambda run: -run.top):
        count += bottom - run.top > usual + 0.12 * em
        bottom = min(bottom, run.bottom)
    return count


def _bands(runs: Sequence[Run], gutter: float) -> Iterator[list[Run]]:
    """From top to bottom, what stands in columns and what crosses them, in turn."""
    crossing = sorted((run for run in runs if run.left < gutter < run.right), key=lambda run: -run.middle)
    rest = sorted((run for run in runs if not run.left < gutter < run.right), key=lambda run: -run.middle)
    for run in crossing:
        above = [other for other in rest if other.middle > run.top]
        rest = rest[len(above) :]
        if above:
            yield above
        beside = [other for other in rest if other.middle > run.bottom]
        rest = rest[len(beside) :]
        yield [run, *beside]
    if rest:
        yield rest


def _lines(runs: Sequence[Run], bounds: tuple[float, float] = (0.0, 0.0)) -> Iterator[Line]:
    line: list[Run] = []
    for run in sorted(runs, key=lambda run: (-run.middle, run.left)):
        if line and not _on_the_line(line, run):
            yield Line(tuple(sorted(line, key=lambda one: one.left)), *bounds)
            line = []
        line.append(run)
    if line:
        yield Line(tuple(sorted(line, key=lambda one: one.left)), *bounds)


def _on_the_line(line: Sequence[Run], run: Run) -> bool:
    tallest = max(line, key=lambda one: one.size)
    return tallest.bottom < run.middle < tallest.top or run.bottom < tallest.middle < run.top


def _line_count(runs: Sequence[Run]) -> int:
    return sum(1 for _line in _lines(runs))


def _columns(lines: Sequence[Line]) -> list[float]:
    """Where the cells of a table begin, from left to right."""
    starts: list[float] = []
    for start in sorted(run.left for line in lines for run in line.runs):
        if not starts or start - starts[-1] > _ALIGNED:
            starts.append(start)
    return _without_lone(starts, lines)


def _without_lone(starts: list[float], lines: Sequence[Line]) -> list[float]:
    """A start that only one line has, inside what other lines write across, begins no cell."""
    kept: list[float] = []
    for start in starts:
        having = sum(1 for line in lines for run in line.runs if abs(run.left - start) <= _ALIGNED)
        across = any(
            run.left < start - _ALIGNED and run.right > start + _ALIGNED for line in lines if len(line.runs) > 1 for run in line.runs
        )
        if not kept or not (having == 1 and across):
            kept.append(start)
    return kept
