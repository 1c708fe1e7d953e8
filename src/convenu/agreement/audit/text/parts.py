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
    """The sentences under each title, in the letters of the shadow, of which `says` is true; the title of the file heads none apart."""
    apart: set[int] = set()
    for sentences in (*_under_headings(document, says), *_under_lines(document, says)):
        if len(sentences) <= _MOST * len(document.sentences):
            apart |= sentences
    return frozenset(apart)


def _under_headings(document: Document, says: Callable[[str], bool]) -> Iterator[set[int]]:
    for index, title in enumerate(document.titles):
        if index > 1 and says(title):
            yield set(document.body(index))


def _under_lines(document: Document, says: Callable[[str], bool]) -> Iterator[set[int]]:
    """Under the short lines set apart, each up to the next one, or to the next numbered article."""
    lines = [*_lines_set_apart(document)][1:]
    for (first, words), (last, _) in pairwise((*lines, (len(document.clauses), ""))):
        if words and says(under_roles(shadow_of(words), document.names).plain.strip()):
            yield {index for index, one in enumerate(document.sentences) if first <= one.start < last}


def _lines_set_apart(document: Document) -> Iterator[tuple[int, str]]:
    """The short lines after a blank, as they are written, and where the numbered articles begin."""
    numbered = {article.start for article in document.articles if article.number}
    start, blank = 0, True
    for line in document.clauses.splitlines(keepends=True):
        words = line.strip()
        if words and blank and len(words.split()) <= _LONGEST_TITLE and not _NO_TITLE.search(line.strip("\r\n")):
            yield start, words
        elif start in numbered:
            yield start, ""
        blank = not words
        start += len(line)
