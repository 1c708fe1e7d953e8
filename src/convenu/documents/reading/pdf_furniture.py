"""What each page repeats around its words: headers, footers, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from convenu.documents.reading.pdf_layout import Line
from convenu.documents.reading.typed import is_page_number

_DEEPEST = 4
_SHARE = 0.3
# Points: what is repeated stands at the same height.
_NEAR = 8
_DIGITS = re.compile(r"\d+")
# Two pages may open on an article at the same height: its number is no page's.
_ARTICLE = re.compile(r"\W*(?:article|clause|annexe|chapitre|section|titre)\b", re.IGNORECASE)


def without_furniture(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[str]]:
    """The pages without what most of them repeat at their top or bottom, and the words left out."""
    seen: Counter[tuple[str, str, int]] = Counter()
    for lines in pages:
        seen.update({(edge, _shape(line.text), round(line.middle / _NEAR)) for edge, _index, line in _edges(lines)})
    fewest = max(2, round(_SHARE * len(pages)))
    repeated = {found for found, count in seen.items() if count >= fewest and len(pages) > 1}
    told: dict[str, None] = {}
    kept = []
    for lines in pages:
        out = _out(lines, repeated)
        told.update({lines[index].text: None for index in sorted(out) if not is_page_number(lines[index].text)})
        kept.append([line for index, line in enumerate(lines) if index not in out])
    return kept, list(told)


def _out(lines: Sequence[Line], repeated: set[tuple[str, str, int]]) -> set[int]:
    """The lines to leave out: from each edge inwards, as long as they are repeated or a page number."""
    out: set[int] = set()
    stopped: set[str] = set()
    for edge, index, line in _edges(lines):
        if edge not in stopped and ((edge, _shape(line.text), round(line.middle / _NEAR)) in repeated or is_page_number(line.text)):
            out.add(index)
        else:
            stopped.add(edge)
    return out


def _edges(lines: Sequence[Line]) -> list[tuple[str, int, Line]]:
    """The first lines from the top and from the bottom of a page, whatever the order in which they are read."""
    by_height = sorted(range(len(lines)), key=lambda index: -lines[index].middle)
    top = [("top", index, lines[index]) for index in by_height[:_DEEPEST]]
    return top + [("bottom", index, lines[index]) for index in by_height[::-1][:_DEEPEST]]


def _shape(words: str) -> str:
    said = " ".join(words.split()).lower()
    return said if _ARTICLE.match(said) else _DIGITS.sub("#", said)
