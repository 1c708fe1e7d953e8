"""Cues: what a lawyer writes to say by which words a provision or a value is recognised.

    pénalité de retard            these words, singular or plural, whatever their accents
    résili*                       any word that begins so
    (trois | 3) fois              one or the other; `(prix | tarif)*` with any ending
    délai [maximal] de paiement   a word that may be missing
    préavis … mois                up to eight words between; `……` up to twenty
    préavis de <duration>         a length of time, as a value; also <percent>, <amount>, <sum>, <number>, <time>, <date>, <dates>, <words>

A cue is looked for within one sentence. It becomes a pattern whose every repetition is bounded, so that no text makes it slow.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from convenu.agreement.audit.words.numbers import AMOUNT, DATE, DATES, DURATION, NUMBER, PERCENT, SUM, TIME
from convenu.agreement.audit.words.shadow import plain
from convenu.agreement.audit.words.words_told import ALONE, BEGINS, MARKS, Group, Needs

# Letters and figures of the shadow are ASCII ones in lower case. Named so, and not as [a-z0-9], they make a pattern in a third of the time.
_BETWEEN = r"\W{1,8}"
_WORD = r"\w{1,40}"
_GAPS = {"…": 8, "...": 8, "……": 20, "......": 20}
CAPTURES = {
    "duration": DURATION,
    "percent": PERCENT,
    "amount": AMOUNT,
    "sum": SUM,
    "number": rf"(?<![a-z0-9]){NUMBER}(?![a-z0-9])",
    "time": TIME,
    "date": DATE,
    "dates": DATES,
    "words": r"[a-z][a-z' -]{1,60}",
}
_SIGNS = re.compile(r"\)\*|\.{6}|\.{3}|…{1,2}|<[a-z]+>|[()\[\]|]|[^\s()\[\]|<>…]+")
_ANY_ENDING = r"\w{0,20}"
_PLURAL = r"[(sx]{0,2}"
# A plural is added to words of at least so many letters.
_SHORTEST_PLURAL = 3


class CueError(ValueError):
    """A cue that cannot be read; says which and why."""


@dataclass(frozen=True)
class Cue:
    """A cue ready to be looked for: what was written, its pattern, and the words that what it matches holds.

    `captures`: the names of what it always captures.
    """

    written: str
    expression: str
    needs: Needs = field(compare=False)
    captures: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, made when a text first holds what the cue needs: making hundreds of them takes longer than reading a contract."""
        return re.compile(self.expression, re.ASCII)

    @cached_property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """Groups of words of which it holds one of each, in order; of a way to say it that needs several, the rarest."""
        return tuple(tuple(word.lstrip(MARKS) for word in _rarest_words(group)) for group in self.needs)

    def search(self, text: str, low: int, high: int) -> re.Match[str] | None:
        """The first match in `text[low:high]`; the pattern is only tried where the words it needs stand one after another."""
        after = low
        for group in self.words:
            ends = [place + len(word) for word in group if (place := text.find(word, after, high)) >= 0]
            if not ends:
                return None
            after = min(ends)
        # Of a sentence without a length of time, the pattern of a cue that takes one is not even made.
        if "pattern" not in self.__dict__ and not all(_capture(name).search(text, low, high) for name in self.captures):
            return None
        return self.pattern.search(text, low, high)


@cache
def _capture(name: str) -> re.Pattern[str]:
    return re.compile(CAPTURES[name], re.ASCII)


class _Piece(NamedTuple):
    """A part of a cue: its pattern, the groups of words it needs, and what it is as regards the words around it.

    `ending`: of one word, that of its pattern; `captures`: what it always captures, by name.
    """

    pattern: str
    needs: tuple[Group, ...] = ()
    ending: str = ""
    captures: tuple[str, ...] = ()
    optional: bool = False
    gap: bool = False


class ReadCues(dict[str, Cue]):
    """The cues read so far, by what was written: some are written in several files, and share their pattern."""

    def __missing__(self, written: str) -> Cue:
        signs = _SIGNS.findall(written)
        piece = _Reader(written, signs).alternatives(end=None)
        read = self[written] = Cue(written, rf"(?<!\w){piece.pattern}(?!\w)", piece.needs, piece.captures)
        return read


CUES = ReadCues()


def cue(written: str) -> Cue:
    """Read a cue; `CueError` when its brackets do not match or a capture has no known name."""
    return CUES[written]


class _Reader:
    """Reads the signs of one cue from left to right."""

    def __init__(self, written: str, signs: list[str]) -> None:
        self._written = written
        self._signs: list[str | None] = [*signs, None]
        self._next = 0
        self._captured: set[str] = set()

    def alternatives(self, end: str | None) -> _Piece:
        """One or several sequences up to a closing bracket, or to the end of the cue."""
        ways = [self._sequence(end)]
        while self._signs[self._next] == "|":
            self._next += 1
            ways.append(self._sequence(end))
        closing = self._signs[self._next]
        if closing != end and not (end == ")" and closing == ")*"):
            raise CueError(f"cue « {self._written} »: a bracket is not closed, or closed twice")
        self._next += 1
        ending = _ANY_ENDING if closing == ")*" else ""
        needs = ways[0].needs if len(ways) == 1 else _of_either(ways)
        if ending:
            needs = _marked(needs, lambda word: word.replace(ALONE, BEGINS))
        if len(ways) == 1:
            return _Piece(ways[0].pattern + ending, needs, captures=ways[0].captures)
        return _Piece(_either(ways) + ending, needs)

    def _sequence(self, end: str | None) -> _Piece:
        """Pieces one after another up to a bar or a closing bracket, with what stands between two words."""
        pattern = ""
        needs: list[Group] = []
        captures: tuple[str, ...] = ()
        ending = ""
        told = after_words = after_a_gap = False
        while (sign := self._signs[self._next]) is not None and sign not in (end, "|") and not (sign == ")*" and end == ")"):
            self._next += 1
            piece = self._piece(sign)
            told = told or not piece.gap
            ending = "" if pattern or piece.optional else piece.ending
            if piece.gap:
                pattern += piece.pattern
                after_a_gap = after_a_gap or not after_words
            elif piece.optional:
                pattern += rf"(?:{_BETWEEN}{piece.pattern})?" if after_words else rf"(?:{piece.pattern}{_BETWEEN})?"
            else:
                # Right after words that may be any, one may end a word that they begin.
                needs += _marked(piece.needs, lambda word: word.lstrip(MARKS)) if after_a_gap and not after_words else piece.needs
                pattern += f"{_BETWEEN}{piece.pattern}" if after_words else piece.pattern
                captures += piece.captures
                after_words = True
        if not told:
            raise CueError(f"cue « {self._written} »: nothing to look for between two bars or brackets")
        return _Piece(pattern, tuple(needs), ending, captures)

    def _piece(self, sign: str) -> _Piece:
        if sign == "(":
            return self.alternatives(end=")")
        if sign == "[":
            return _Piece(self.alternatives(end="]").pattern, optional=True)
        if sign[0] == "<":
            return self._capture(sign[1:-1])
        if sign in (")", ")*", "]"):
            raise CueError(f"cue « {self._written} »: « {sign} » closes nothing")
        piece = _word(sign)
        if piece is None:
            raise CueError(f"cue « {self._written} »: « {sign} » is no word")
        return piece

    def _capture(self, name: str) -> _Piece:
        if name not in CAPTURES:
            raise CueError(f"cue « {self._written} »: no capture is called <{name}>; there are {', '.join(f'<{one}>' for one in CAPTURES)}")
        # A name stands for the first capture only: a second length of time in the same cue is looked for and not read.
        named = "?:" if name in self._captured else f"?P<{name}>"
        self._captured.add(name)
        return _Piece(f"({named}{CAPTURES[name]})", captures=(name,))


def _either(ways: list[_Piece]) -> str:
    """A pattern of several ways, in their order; words of one ending share it, which makes the pattern in less time."""
    written = []
    for ending, alike in groupby(ways, key=attrgetter("ending")):
        patterns = [way.pattern for way in alike]
        if ending and len(patterns) > 1:
            patterns = [f"(?:{'|'.join([pattern.removesuffix(ending) for pattern in patterns])}){ending}"]
        written += patterns
    return written[0] if len(written) == 1 else f"(?:{'|'.join(written)})"


def _marked(needs: Needs, mark: Callable[[str], str]) -> tuple[Group, ...]:
    """The same needs, each word under another mark."""
    return tuple(tuple(mark(one) if isinstance(one, str) else _marked(one, mark) for one in group) for group in needs)


def _rarest_words(group: Group) -> tuple[str, ...]:
    """The words of a group, of each way that needs several those of its rarest group."""
    return tuple(word for one in group for word in ((one,) if isinstance(one, str) else max(map(_rarest_words, one), key=_shortest)))


def _shortest(words: tuple[str, ...]) -> int:
    return min(map(len, words))


def _of_either(ways: list[_Piece]) -> tuple[Group, ...]:
    """What one way or another needs; nothing when one of them needs no word."""
    if not all(way.needs for way in ways):
        return ()
    return (tuple(one for way in ways for one in (way.needs[0] if len(way.needs) == 1 else (way.needs,))),)


# The same words come back in hundreds of cues.
@cache
def _word(word: str) -> _Piece | None:
    """A word as written: its parts joined by a hyphen, an apostrophe or a space, its plural too; a gap; None for what holds no letter."""
    if word in _GAPS:
        return _Piece(rf"(?:{_BETWEEN}{_WORD}){{0,{_GAPS[word]}}}?", gap=True)
    stem = word.endswith("*")
    parts = [part for part in re.split(r"[^a-z0-9%€]+", plain(word.rstrip("*").replace("*", ""))) if part]
    if not parts:
        return None
    takes_plural = len(parts[-1]) >= _SHORTEST_PLURAL and parts[-1][-1] not in "sxz"
    ending = _ANY_ENDING if stem else _PLURAL if takes_plural else ""
    return _Piece(r"\W{0,3}".join(map(re.escape, parts)) + ending, (_needed(parts, stem=stem),), ending)


def _needed(parts: list[str], *, stem: bool) -> Group:
    """How the longest part of a word stands: at its place, or joined to those before it, which a text may write without what joins them."""
    longest = max(parts, key=len)
    if not longest.isalnum():
        return (longest,)
    rank = parts.index(longest)
    by_itself = ALONE if rank == len(parts) - 1 and not stem else BEGINS
    return (by_itself + longest, *(BEGINS + "".join(parts[first : rank + 1]) for first in range(rank)))
