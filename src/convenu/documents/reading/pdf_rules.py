"""The rules drawn on a PDF page, and what they say of a table: which of its lines open a row."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from convenu.documents.reading.pdf_layout import Line, Rule

# Points: a rule is thin, and longer than a letter.
_THICKEST = 2.5
_SHORTEST = 15
_NEAR = 4
_MOST_DRAWINGS = 20_000
_FEWEST_ROWS = 3
# The lines of one cell are close; those of rows that no rule parts are further from each other.
_WIDEST_LEAD = 1.45
_TALLEST_ROW = 12


def rules_of(page: pypdfium2.PdfPage) -> list[Rule]:
    """The horizontal rules of a page."""
    rules = []
    left, bottom, right, top = (ctypes.c_float() for _side in range(4))
    for index in range(min(pdfium.FPDFPage_CountObjects(page.raw), _MOST_DRAWINGS)):
        drawn = pdfium.FPDFPage_GetObject(page.raw, index)
        if pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_PATH and pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
            thin, long = top.value - bottom.value <= _THICKEST, right.value - left.value >= _SHORTEST
            if thin and long:
                rules.append(Rule(left.value, right.value, (top.value + bottom.value) / 2))
    return rules


def in_one_row(former: Line, line: Line, rules: Sequence[Rule]) -> bool:
    """Whether two lines stand between the same two rules, close to each other."""
    around = [rule for rule in rules if _is_over(rule, line) and _is_over(rule, former)]
    above = [rule.height for rule in around if rule.height > former.middle]
    below = [rule.height for rule in around if rule.height < line.middle]
    parted = any(line.middle < rule.height < former.middle for rule in around)
    close = former.middle - line.middle <= _WIDEST_LEAD * max(former.size, line.size)
    return bool(above and below) and close and not parted and min(above) - max(below) < _TALLEST_ROW * line.size


def goes_on_overleaf(former: Sequence[Rule], rules: Sequence[Rule], line: Line) -> bool:
    """Whether the first line of a page stands under a rule as wide as one of the page before: its table goes on."""
    above = [rule for rule in rules if line.middle < rule.height < line.middle + 3 * line.size and _is_over(rule, line)]
    return any(abs(rule.left - one.left) < _NEAR and abs(rule.right - one.right) < _NEAR for rule in above for one in former)


def openings(lines: Sequence[tuple[int, Line]], rules: Sequence[Sequence[Rule]]) -> tuple[bool | None, ...]:
    """For each line of a table, after its page from one, whether a rule parts it from the line before; empty where none parts the rows."""
    marks: list[bool | None] = [True]
    for (former_page, former), (page, line) in pairwise(lines):
        between = (rule for rule in rules[page - 1] if line.middle < rule.height < former.middle)
        marks.append(any(_is_over(rule, line) for rule in between) if page == former_page else None)
    return tuple(marks) if _part_the_rows(marks, [line for _page, line in lines]) else ()


def _part_the_rows(marks: Sequence[bool | None], lines: Sequence[Line]) -> bool:
    """Whether a rule stands between most rows: many tables have one under their head alone."""
    sizes: list[int] = []
    for mark, former, line in zip(marks, [lines[0], *lines], lines, strict=False):
        if mark is not False:
            sizes.append(1)
            continue
        sizes[-1] += 1
        if former.middle - line.middle > _WIDEST_LEAD * max(former.size, line.size):
            return False
    return len(sizes) >= _FEWEST_ROWS and max(sizes) <= max(3, 4 * median(sizes))


def _is_over(rule: Rule, line: Line) -> bool:
    return rule.left < line.right and rule.right > line.left
