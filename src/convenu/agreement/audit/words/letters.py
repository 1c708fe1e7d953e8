"""Numbers written in letters, in the shadow of a text: « vingt et un », « cent quatre-vingts », « deux cent cinquante mille »."""

from __future__ import annotations

import re

_ONES = (
    "zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze",
    "seize",
)  # fmt: skip
_VALUES = {word: value for value, word in enumerate(_ONES)} | {
    "une": 1, "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
}  # fmt: skip
_HUNDRED = ("cent", "cents")
_SCALES = {"mille": 1000, "mil": 1000, "million": 1_000_000, "millions": 1_000_000}


def _either(*words: str) -> str:
    return rf"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


# A hyphen may be lost at the end of a line.
_BETWEEN = r"(?:[- ]et[- ]|[- ]?)"
_BELOW_A_THOUSAND = _either(*_VALUES, *_HUNDRED)
# A word of a number, thousands and millions among them.
WORD = _either(*_VALUES, *_SCALES, *_HUNDRED)
# A number below a thousand: its words, whatever they come to; `in_letters` says what is none. A pattern of the right ones only is longer to
# make, and this one stands in hundreds of others.
LETTERS = rf"(?:{_BELOW_A_THOUSAND}{_BETWEEN}){{1,6}}(?<![ -])"
_TOKEN = re.compile(WORD)
_HUNDRED_VALUE = 100
_FOUR, _SCORE = 4, 20


def in_letters(words: str) -> int | None:
    """The number that words write; None where they are no one number (« deux trois »)."""
    return _counted(_TOKEN.findall(words))


def last_in_letters(words: str) -> int | None:
    """The number in which words end: of « deux trois », three."""
    tokens = _TOKEN.findall(words)
    return next((number for first in range(len(tokens)) if (number := _counted(tokens[first:])) is not None), None)


def _counted(tokens: list[str]) -> int | None:
    total, current, last = 0, 0, None
    for token in tokens:
        if token in _SCALES:
            total += max(1, current) * _SCALES[token]
            current, last = 0, None
        elif token in _HUNDRED:
            if current >= len(_ONES) or current == 1:
                return None
            current, last = max(1, current) * _HUNDRED_VALUE, None
        elif _VALUES[token] == _SCORE and last == _FOUR:
            current, last = current - _FOUR + _FOUR * _SCORE, None
        else:
            value = _VALUES[token]
            if last is not None and not _may_follow(value, last):
                return None
            current, last = current + value, value
    return total + current if tokens else None


def _may_follow(value: int, last: int) -> bool:
    """Whether a word counts with the one before: units after tens, or seven, eight and nine after ten."""
    return (last > len(_ONES) and value < _SCORE) or (last == _VALUES["dix"] and value in (7, 8, 9))
