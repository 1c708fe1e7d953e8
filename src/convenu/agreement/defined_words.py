"""Words that the contract defines: which of them a text uses, in any of their forms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from convenu.agreement.clause import DefinedTerm

_TEXTS_KEPT = 8192
_LINES_KEPT = 32768


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The defined terms of a library."""

    terms: tuple[DefinedTerm, ...]

    def used_in(self, texts: Iterable[str]) -> frozenset[str]:
        """The names of the defined terms that some texts use."""
        return frozenset().union(*(_used(text, self) for text in texts))


@lru_cache(maxsize=8)
def vocabulary(defined: tuple[DefinedTerm, ...]) -> Vocabulary:
    """What finds the defined terms in a text."""
    return Vocabulary(defined)


def uses(text: str, term: DefinedTerm) -> bool:
    """Whether a text uses a defined term in one of its forms."""
    # Most words are not in a text at all, which a plain search tells far faster than a pattern.
    return any(form in text for form in term.forms) and _any_form(term.forms).search(text) is not None


# The clauses of two contracts, or of two answers, mostly read alike; of those that differ, most lines do.
@lru_cache(maxsize=_TEXTS_KEPT)
def _used(text: str, words: Vocabulary) -> frozenset[str]:
    return frozenset().union(*[_used_in_line(line, words) for line in text.split("\n")])


@lru_cache(maxsize=_LINES_KEPT)
def _used_in_line(line: str, words: Vocabulary) -> frozenset[str]:
    return frozenset(term.name for term in words.terms if uses(line, term))


@lru_cache(maxsize=512)
def _any_form(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(form) for form in forms)})(?!\w)")
