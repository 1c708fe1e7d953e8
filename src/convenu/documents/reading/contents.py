"""The table of contents of a document, found by its title and by what it announces: entries that the document holds again further on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from convenu.vocabulary.read_text import ReadBlock, ReadKind

_TITLE = re.compile(r"\W*(?:sommaire|table des mati[eè]res|contents|table of contents|index des articles)\W*", re.IGNORECASE)
_FEWEST = 3
_LONGEST = 160
_LETTERS = re.compile(r"[^\W\d_]+")


def with_contents_marked(text: str, blocks: Sequence[ReadBlock]) -> tuple[ReadBlock, ...]:
    """The same blocks, those of the table of contents said to be so."""
    for index, block in enumerate(blocks):
        if block.end - block.start <= _LONGEST and _TITLE.fullmatch(text[block.start : block.end]):
            last = _last_entry(text, blocks, index)
            if last - index >= _FEWEST:
                marked = (replace(one, kind=ReadKind.CONTENTS, level=None, cells=()) for one in blocks[index : last + 1])
                return (*blocks[:index], *marked, *blocks[last + 1 :])
    return tuple(blocks)


def _last_entry(text: str, blocks: Sequence[ReadBlock], title: int) -> int:
    """The last block after the title that a later one says again; the entries end where one comes back."""
    words = [_words(text[block.start : min(block.end, block.start + _LONGEST)]) for block in blocks[title + 1 :]]
    places: dict[str, list[int]] = {}
    for place, said in enumerate(words):
        places.setdefault(said, []).append(place)
    seen: set[str] = set()
    last = -1
    for place, said in enumerate(words):
        if said in seen and said:
            break
        seen.add(said)
        entry = blocks[title + 1 + place].kind is ReadKind.CONTENTS or any(other > place for other in places[said])
        if entry and said:
            last = place
        elif place - last > _FEWEST:
            break
    return title + 1 + last


def _words(text: str) -> str:
    return " ".join(_LETTERS.findall(text.lower()))
