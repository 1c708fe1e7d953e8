"""The shadow of a text: the same words without case, accents, ligatures or marks, each letter knowing where it stood.

What is looked for is looked for in the shadow, what is shown is cut from the text: accents composed, decomposed or left out, typographic
apostrophes, words cut at the end of a line, the digits that a scanner puts for letters and the marks of Markdown make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

_APOSTROPHES = "'’‘ʼ`´′"
_DASHES = "-‐‑‒–—―−"
_SOFT_HYPHEN = "\u00ad"
_DROPPED = "*_\u200b\u200c\u200d\ufeff\u2060\\"
_QUOTES = '«»“”„"'
_TOKEN = re.compile(r"[a-z][a-z01]{2,}[a-z]")
_SCANNED = str.maketrans("01", "ol")


@dataclass(frozen=True, slots=True)
class Shadow:
    """Plain words in one line, spaces single; `places[i]` is where letter `i` stood in the text."""

    plain: str
    places: array[int]
    text: str

    def at(self, offset: int) -> int:
        """The first letter of the shadow that stood at an offset of the text, or after it."""
        return bisect_left(self.places, offset)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text behind a stretch of the shadow, its last letter whole."""
        if start >= end:
            return self.places[start], self.places[start]
        last = self.places[end - 1] + 1
        while last < len(self.text) and unicodedata.combining(self.text[last]):
            last += 1
        return self.places[start], last


def shadow_of(text: str) -> Shadow:
    """The shadow of a text."""
    letters: list[str] = []
    places = array("q")
    spaced = True
    for position, character in enumerate(text):
        if character == _SOFT_HYPHEN:
            folded = "" if _inside_a_word(text, position) else "-"
        elif character in _DASHES and _cut_by_the_line(text, position):
            folded = ""
        else:
            folded = _folded(character)
        if folded == " " or (folded == "" and character.isspace()):
            if not spaced and not _after_a_cut(text, position):
                letters.append(" ")
                places.append(position)
                spaced = True
            continue
        for letter in folded:
            letters.append(letter)
            places.append(position)
            spaced = False
    return Shadow(_scanned("".join(letters)), places, text)


def plain(words: str) -> str:
    """A few words as the shadow has them."""
    return shadow_of(words).plain.strip()


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    """One character without case or accent; nothing for a mark, a space for any kind of space."""
    if character.isspace():
        return " "
    if character in _DROPPED:
        return ""
    for family, one in ((_APOSTROPHES, "'"), (_DASHES, "-"), (_QUOTES, '"')):
        if character in family:
            return one
    if character in "œŒ":
        return "oe"
    if character in "æÆ":
        return "ae"
    apart = unicodedata.normalize("NFKD", character).casefold()
    return "".join(letter for letter in apart if not unicodedata.combining(letter) and letter.isprintable())


def _inside_a_word(text: str, position: int) -> bool:
    """Whether a soft hyphen only says where a word may be cut."""
    before = text[position - 1 : position]
    after = text[position + 1 : position + 2]
    return before.isalpha() and (after.isalpha() or after == "\n")


def _cut_by_the_line(text: str, position: int) -> bool:
    """Whether a dash joins the two halves of a word that a line cut."""
    return (
        text[position - 1 : position].isalpha()
        and text[position + 1 : position + 2] == "\n"
        and text[position + 2 : position + 3].islower()
    )


def _after_a_cut(text: str, position: int) -> bool:
    before = text[position - 1 : position]
    return text[position] == "\n" and (
        (before == _SOFT_HYPHEN and text[position - 2 : position - 1].isalpha())
        or (before in _DASHES and before != "" and _cut_by_the_line(text, position - 1))
    )


def _scanned(words: str) -> str:
    """The letters o and l where a scanner read 0 and 1 inside a word; lengths do not change."""
    return _TOKEN.sub(lambda token: token[0].translate(_SCANNED), words) if "0" in words or "1" in words else words
