"""Words that the contract defines: which of them a text uses, in any of their forms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from convenu.agreement.clause import DefinedTerm

_TEXTS_KEPT = 8192


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The defined terms of a library, each with what finds one of its forms."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]

    def used_in(self, texts: Iterable[str]) -> frozenset[str]:
        """The names of the defined terms that some texts use."""
        return frozenset().union(*(_used(text, self) for text in texts))


@lru_cache(maxsize=8)
def vocabulary(defined: tuple[DefinedTerm, ...]) -> Vocabulary:
    """What finds the defined terms in a text."""
    return Vocabulary(tuple((term.name, _any_form(term.forms)) for term in defined))


def uses(text: str, term: DefinedTerm) -> bool:
    """Whether a text uses a defined term in one of its forms."""
    return _any_form(term.forms).search(text) is not None


# The clauses of two contracts, or of two answers, mostly read alike.
@lru_cache(maxsize=_TEXTS_KEPT)
def _used(text: str, words: Vocabulary) -> frozenset[str]:
    return frozenset(name for name, pattern in words.patterns if pattern.search(text))


@lru_cache(maxsize=512)
def _any_form(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(form) for form in forms)})(?!\w)")
