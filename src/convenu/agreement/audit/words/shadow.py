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
# A number of which one figure became a letter, before what it counts.
_COUNT = re.compile(r"(?<![a-z0-9])(?:[0-9][ol]|[ol][0-9])[0-9ol]?(?=[)]? ?(?:jours?|mois|heures?|ans|%|euros?|€)(?![a-z]))")
_COUNTED = str.maketrans("ol", "01")
# A word cut at the end of a line, or of a page: its hyphen, and all the space there is up to the rest of it.
_CUT = re.compile(rf"(?<=[^\W\d_])[{_DASHES}{_SOFT_HYPHEN}][ \t\u00a0]{{0,8}}[\r\n\f\v\x85\u2028]\s{{0,900}}(?=[^\W\d_])")
# What may be added to a word: « période(s) », « facturé(e)s ».
_ADDED = re.compile(r"(?<=[^\W\d_])\((?:s|x|e|es|nt|ent)\)")
_SPACED_OUT = re.compile(r"(?<!\S)(?:[^\W\d_a-zà-ÿ] ){3,}[^\W\d_a-zà-ÿ](?![^\s:.,;–-])")


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
    joined = _joined(text)
    for position, character in enumerate(text):
        if position in joined:
            continue
        folded = _folded(character) if character != _SOFT_HYPHEN else "" if _inside_a_word(text, position) else "-"
        if folded == " ":
            if not spaced:
                letters.append(" ")
                places.append(position)
                spaced = True
            continue
        for letter in folded:
            letters.append(letter)
            places.append(position)
            spaced = False
    return Shadow(_scanned("".join(letters)), places, text)


def closed_up(words: str) -> str:
    """Words without the spaces that set apart the letters of one word: « A R T I C L E »."""
    return _SPACED_OUT.sub(lambda word: word[0].replace(" ", ""), words) if " " in words else words


def plain(words: str) -> str:
    """A few words as the shadow has them."""
    if words.isalpha():
        # One word: nothing cuts it, and no scanner's digit stands in it.
        return "".join(map(_folded, words))
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
    return text[position - 1 : position].isalpha() and text[position + 1 : position + 2].isalpha()


def _joined(text: str) -> frozenset[int]:
    """The places that a word cut by a line or a page, set out letter by letter, or with its ending in brackets, jumps over."""
    cuts = [cut for cut in _CUT.finditer(text) if cut[0][0] == _SOFT_HYPHEN or text[cut.end()].islower()]
    spaces = (word.start() + index for word in _SPACED_OUT.finditer(text) for index, letter in enumerate(word[0]) if letter == " ")
    brackets = (place for added in _ADDED.finditer(text) for place in (added.start(), added.end() - 1))
    return frozenset((*(place for cut in cuts for place in range(*cut.span())), *spaces, *brackets))


def _scanned(words: str) -> str:
    """The letters o and l where a scanner read 0 and 1 inside a word, and the contrary in a count; lengths do not change."""
    if "0" in words or "1" in words:
        words = _TOKEN.sub(lambda token: token[0].translate(_SCANNED), words)
    return _COUNT.sub(lambda count: count[0].translate(_COUNTED), words)
