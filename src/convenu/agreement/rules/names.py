"""Whether two labels written by people speak of the same thing."""

from __future__ import annotations

import re
import unicodedata

# Words that say what kind of thing is named, not which one.
_KINDS = frozenset({"logiciel", "service", "serveur", "poste", "contrat", "site"})
_SMALL = 4


def plain(text: str) -> str:
    """Lower case, without accents or curly apostrophes."""
    stripped = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return stripped.replace("’", "'").casefold()


def telling_words(text: str) -> frozenset[str]:
    """The words that tell one thing from another; all its long words when it has none."""
    every = {word.removesuffix("s") for word in re.findall(r"[a-z0-9]+", plain(text)) if len(word) >= _SMALL or word.isdigit()}
    return frozenset(every - _KINDS or every)


def same_thing(one: str, other: str) -> bool:
    """Whether the labels share a telling word."""
    return bool(telling_words(one) & telling_words(other))
