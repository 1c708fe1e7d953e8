"""How a speed is measured and shown: medians of several runs, ratios to a peer, one table."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the table: what was done, in how long, and against what."""

    what: str
    seconds: float
    runs: int
    promise: str = ""
    kept: bool | None = None


T = TypeVar("T")


def median(work: Callable[[], object], *, runs: int, warm: int = 1) -> float:
    """The median duration of some runs, after those that only warm up."""
    return median_on(lambda: None, lambda _nothing: work(), runs=runs, warm=warm)


def median_on(made: Callable[[], T], work: Callable[[T], object], *, runs: int, warm: int = 1) -> float:
    """The same, each run on a thing made anew, whose making is not counted."""
    for _ in range(warm):
        work(made())
    taken = []
    for _ in range(runs):
        one = made()
        gc.collect()
        start = time.perf_counter()
        work(one)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def shown(lines: Iterable[Line]) -> str:
    """The lines as a table for a terminal."""
    rows = [("What", "Median", "Runs", "Promise", "Kept")]
    rows += [(line.what, duration(line.seconds), str(line.runs), line.promise, _word(line)) for line in lines]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)


def duration(seconds: float) -> str:
    """A duration with its unit."""
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def _word(line: Line) -> str:
    return {None: "", True: "yes", False: "NO"}[line.kept]
