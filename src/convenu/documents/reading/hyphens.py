"""A word cut at the end of a line, put together: with its hyphen when the word has one of its own."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
_HYPHENS = ("-", "\u2010", "\u2011", "\u00ad")
_BEFORE = {
    "sous",
    "non",
    "vice",
    "demi",
    "celui",
    "celle",
    "ceux",
    "celles",
    "au",
    "ci",
    "par",
    "rendez",
    "mi",
    "ex",
    "peut",
    "c'est",
    "vis",
    "là",
    "jusque",
}
_AFTER = {
    "il",
    "elle",
    "ils",
    "elles",
    "on",
    "ce",
    "ci",
    "là",
    "même",
    "mêmes",
    "dessus",
    "dessous",
    "après",
    "avant",
    "contre",
    "joint",
    "joints",
    "t",
}


def words_of(text: str) -> frozenset[str]:
    """The words of a document, to know how it writes them elsewhere."""
    return frozenset(word.lower() for word in _WORD.findall(text))


def joined(before: str, after: str, known: AbstractSet[str]) -> str:
    """Two lines of one paragraph as one; `known` are the words of the document."""
    if not before.endswith(_HYPHENS) or not after[:1].isalpha():
        return f"{before.rstrip(_HYPHENS[-1])} {after}"
    stem = before[:-1]
    if not stem[-1:].isalpha():
        return f"{before} {after}"
    first, second = _last_word(stem), _first_word(after)
    if _keeps_hyphen(first, second, known) or not after[:1].islower():
        return f"{stem}-{after}"
    return stem + after


def _keeps_hyphen(first: str, second: str, known: AbstractSet[str]) -> bool:
    if f"{first}-{second}" in known:
        return True
    if f"{first}{second}" in known:
        return False
    return first.rsplit("-", 1)[-1] in _BEFORE or second.split("-", 1)[0] in _AFTER or "-" in first


def _last_word(text: str) -> str:
    return re.split(r"[\s(«\"]", text)[-1].lower()


def _first_word(text: str) -> str:
    found = _WORD.match(text)
    return found[0].lower() if found else ""
