"""Which sentences hold a word: a contract says the same few thousand words again and again, and each is kept once with where it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

# What the words of a cue are made of.
_WORDS = re.compile(r"[a-z0-9%€]+")
_APART = "\n"


class WordsTold:
    """The words of a shadow, each once, with the sentences where it stands; `lows`: where each sentence begins."""

    def __init__(self, plain: str, lows: Sequence[int]) -> None:
        told: dict[str, set[int]] = defaultdict(set)
        for found in _WORDS.finditer(plain):
            sentence = bisect_right(lows, found.start()) - 1
            if sentence >= 0:
                told[found[0]].add(sentence)
        self._sentences = [frozenset(sentences) for sentences in told.values()]
        self._list = _APART.join(told)
        self._starts = [0]
        for word in told:
            self._starts.append(self._starts[-1] + len(word) + len(_APART))

    def holding(self, word: str) -> Iterator[frozenset[int]]:
        """The sentences of each word that holds these letters."""
        position = self._list.find(word)
        while position >= 0:
            rank = bisect_right(self._starts, position) - 1
            yield self._sentences[rank]
            position = self._list.find(word, self._starts[rank + 1])
