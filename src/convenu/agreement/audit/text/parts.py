"""The parts of a text under a title, be it the heading of an article or only a line set apart by a blank above it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from convenu.agreement.audit.text.party_names import under_roles
from convenu.agreement.audit.text.segmentation import Document
from convenu.agreement.audit.words.shadow import shadow_of

_LONGEST_TITLE = 16
# A line that ends so, is a row, or is an item, heads nothing.
_NO_TITLE = re.compile(r"[.;,?!]\s*$|[|\t]|^\s*[-–—•*●▪]\s|:\s*\S")
# A title that heads a larger share of a text, or that stands at its very head, is that of the whole file.
_MOST = 0.7


def under_titles(document: Document, says: Callable[[str], bool]) -> frozenset[int]:
    """The sentences under each title, in plain letters, of which `says` is true; the title of the file heads none apart."""
    apart: set[int] = set()
    for title, sentences in (*_articles(document), *_lines_set_apart(document)):
        if sentences and len(sentences) <= _MOST * len(document.sentences) and says(title):
            apart |= sentences
    return frozenset(apart)


def _articles(document: Document) -> Iterator[tuple[str, set[int]]]:
    for index, title in enumerate(document.titles):
        if index > 1:
            yield title, set(document.body(index))


def _lines_set_apart(document: Document) -> Iterator[tuple[str, set[int]]]:
    """Short lines after a blank, each with the sentences up to the next one, or to the next numbered article."""
    numbered = {article.start for article in document.articles if article.number}
    titles: list[tuple[int, str]] = []
    start, blank = 0, True
    for line in document.clauses.splitlines(keepends=True):
        words = line.strip()
        if words and blank and len(words.split()) <= _LONGEST_TITLE and not _NO_TITLE.search(line.strip("\r\n")):
            titles.append((start, under_roles(shadow_of(words), document.names).plain.strip()))
        elif start in numbered:
            titles.append((start, ""))
        blank = not words
        start += len(line)
    for (first, title), (last, _) in pairwise((*titles[1:], (len(document.clauses), ""))):
        yield title, {index for index, one in enumerate(document.sentences) if first <= one.start < last}
