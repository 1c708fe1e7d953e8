"""Which sentences hold some words: a contract says the same few thousand again and again, and each is kept once with where it stands."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

# How a word that is needed stands: by itself, in the plural too, or at the beginning of another; without a mark, anywhere in one.
ALONE, BEGINS = "=", "^"
MARKS = ALONE + BEGINS
# What is needed: of each group one is enough, a word after its mark or, of several words, what one way to say it needs.
Needs = Sequence["Group"]
Group = Sequence["str | Needs"]

# What words are made of; signs stand in a word, and beside the letters and figures that are words by themselves.
_WORDS = re.compile(r"[a-z0-9%€]+")
_SIGNS = re.compile(r"[%€]")
_APART = "\n"
_PLURALS = ("", "s", "x", "ss", "sx", "xs", "xx")
# After every letter and figure.
_LAST = "\x7f"


class WordsTold:
    """The words of a shadow, each once, with the sentences where it stands; `lows`: where each sentence begins."""

    def __init__(self, plain: str, lows: Sequence[int]) -> None:
        told: dict[str, set[int]] = defaultdict(set)
        for found in _WORDS.finditer(plain):
            sentence = bisect_right(lows, found.start()) - 1
            if sentence >= 0:
                told[found[0]].add(sentence)
        for word in [word for word in told if _SIGNS.search(word)]:
            for part in filter(None, _SIGNS.split(word)):
                told[part] |= told[word]
        self._sentences = {word: frozenset(sentences) for word, sentences in told.items()}
        self._words = sorted(told)
        self._list = _APART.join(self._words)
        self._starts = [0]
        for word in self._words:
            self._starts.append(self._starts[-1] + len(word) + len(_APART))
        self._known: dict[str, frozenset[int]] = {}

    def holding(self, needs: Needs) -> frozenset[int]:
        """The sentences that hold one of each of some groups of words, of which there is one at least."""
        held = self._holding_one_of(needs[0])
        for group in needs[1:]:
            # Most cues have no word in a text: nothing more is looked for once none is left.
            if not held:
                break
            held &= self._holding_one_of(group)
        return held

    def _holding_one_of(self, group: Group) -> frozenset[int]:
        """The sentences that hold one of several words, or all that one way needs; hundreds of cues share some, and most stand in none."""
        known = self._known
        held = []
        for one in group:
            if isinstance(one, str):
                sentences = known.get(one)
                if sentences is None:
                    sentences = known[one] = frozenset().union(*self._of_the_words_for(one))
            else:
                sentences = self.holding(one)
            if sentences:
                held.append(sentences)
        return held[0] if len(held) == 1 else frozenset().union(*held)

    def _of_the_words_for(self, word: str) -> Iterator[frozenset[int]]:
        """The sentences of each word in which one that is needed stands as it must."""
        if word[0] == ALONE:
            forms = (word[1:] + ending for ending in _PLURALS)
            return (self._sentences[form] for form in forms if form in self._sentences)
        if word[0] == BEGINS:
            first, last = bisect_left(self._words, word[1:]), bisect_left(self._words, word[1:] + _LAST)
            return (self._sentences[one] for one in self._words[first:last])
        return self._of_those_with(word)

    def _of_those_with(self, letters: str) -> Iterator[frozenset[int]]:
        position = self._list.find(letters)
        while position >= 0:
            rank = bisect_right(self._starts, position) - 1
            yield self._sentences[self._words[rank]]
            position = self._list.find(letters, self._starts[rank + 1])
