"""What independent readers found of the audit's findings, kind by kind: one is told once they found it right often enough, else asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import Any

from convenu.library.front_matter import FrontMatterError, refuse_others
from convenu.vocabulary import french

_FILE = "audit, readings.yaml"
_READ = frozenset({"rule", "danger", "title", "right", "of"})
# The share of its findings that must be right for a kind to be told as a fact, two more readings being supposed. Of a danger one of them
# is right and one is wrong (Laplace's rule of succession), of a rule nearly both, for it computes on values. Of 198 findings that it let
# be told of 50 contracts, read for the first time on 26 November 2026, 171 were found right, 5 wrong and the others arguable; of the last
# 63 of them, a reader who was asked whether each counts as right, and no more, said so of 59.
_LEAST = Fraction(4, 5)
_SUPPOSED = 2
_OF_A_DANGER, _OF_A_RULE = Fraction(1), Fraction(17, 10)


def is_told(right: int, of: int, *, supposed: Fraction = _OF_A_DANGER) -> bool:
    """Whether what was right so many times, of so many that were read, is told as a fact."""
    return (right + supposed) / (of + _SUPPOSED) >= _LEAST


def asked_rules(read: Iterable[Mapping[str, Any]]) -> frozenset[tuple[str, str]]:
    """The rules that show too seldom what they tell, each with the title under which it does.

    One that nobody read is told: it computes on values that were read.
    """
    counted = [(one["rule"], french.typography(one["title"]), *_counts(one)) for one in read]
    return frozenset((rule, title) for rule, title, right, of in counted if not is_told(right, of, supposed=_OF_A_RULE))


def asked_dangers(read: Iterable[Mapping[str, Any]], titles: Mapping[str, Collection[str]]) -> frozenset[tuple[str, str]]:
    """The dangers that are only asked, each under one of its titles: those that nobody read yet among them.

    `titles`: those that each danger bears. A count under a title that no danger bears is refused: who changes its words changes it here.
    """
    counts = {(one["danger"], one["title"]): _counts(one) for one in read}
    borne = {(name, title) for name, each in titles.items() for title in each}
    unknown = sorted(counts.keys() - borne)
    if unknown:
        raise FrontMatterError(f"{_FILE}: no danger {' is told as '.join(f'« {word} »' for word in unknown[0])}")
    return frozenset(one for one in borne if not is_told(*counts.get(one, (0, 0))))


def _counts(read: Mapping[str, Any]) -> tuple[int, int]:
    name = f"{_FILE}, {read.get('title')}"
    refuse_others(dict(read), _READ, name)
    right, of = read.get("right"), read.get("of")
    if not isinstance(right, int) or not isinstance(of, int) or not 0 <= right <= of:
        raise FrontMatterError(f"{name}: `right` and `of` are whole numbers, the first no greater than the second")
    return right, of
