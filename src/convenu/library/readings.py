"""What independent readers found of the audit's findings, kind by kind: one is told once they found it right often enough, else asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

from convenu.library.front_matter import FrontMatterError, refuse_others
from convenu.vocabulary import french

_FILE = "audit, readings.yaml"
_READ = frozenset({"rule", "title", "right", "of"})
# The share of its findings that must be right for a kind to be told as a fact: chosen by leaving out in turn each of seven sets of texts.
_LEAST = Fraction(7, 10)
# So many more readings are supposed, and so many of them right: as often as in dangers that nobody had read before, 10 of 17; as often as
# in rules, which compute on values.
_SUPPOSED = 2
_OF_A_DANGER, _OF_A_RULE = Fraction(12, 10), Fraction(17, 10)


def is_told(right: int, of: int, *, supposed: Fraction = _OF_A_DANGER) -> bool:
    """Whether what was right so many times, of so many that were read, is told as a fact."""
    return (right + supposed) / (of + _SUPPOSED) >= _LEAST


def asked_rules(data: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
    """The rules that show too seldom what they tell, each with the title under which it does, or with none where it does under all.

    One that nobody read is told: it computes on values that were read.
    """
    asked = (one for one in data["rules"] if not is_told(*_counts(one["rule"], one), supposed=_OF_A_RULE))
    return frozenset((one["rule"], french.typography(one.get("title", ""))) for one in asked)


def asked_dangers(data: Mapping[str, Any], dangers: Collection[str]) -> frozenset[str]:
    """The dangers that are only asked, those that nobody read yet among them; a count for a danger that there is not is refused."""
    read = data["dangers"]
    unknown = sorted(read.keys() - set(dangers))
    if unknown:
        raise FrontMatterError(f"{_FILE}: no danger is called {', '.join(f'« {one} »' for one in unknown)}")
    return frozenset(name for name in dangers if not is_told(*(_counts(name, read[name]) if name in read else (0, 0))))


def _counts(name: str, read: Mapping[str, Any]) -> tuple[int, int]:
    refuse_others(dict(read), _READ, f"{_FILE}, {name}")
    right, of = read.get("right"), read.get("of")
    if not isinstance(right, int) or not isinstance(of, int) or not 0 <= right <= of:
        raise FrontMatterError(f"{_FILE}, {name}: `right` and `of` are whole numbers, the first no greater than the second")
    return right, of
