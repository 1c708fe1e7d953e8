"""What changed from one text to another, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\S+\s*|\s+")


class DiffKind(StrEnum):
    """What became of some words."""

    SAME = "same"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class DiffRun:
    """Words that share a fate."""

    kind: DiffKind
    text: str


def word_diff(before: str, after: str) -> tuple[DiffRun, ...]:
    """The words of both, each run kept, taken out or put in; a replaced run is taken out first."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    runs: list[DiffRun] = []
    for tag, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(DiffRun(DiffKind.SAME, "".join(old[old_start:old_end])))
            continue
        if old_end > old_start:
            runs.append(DiffRun(DiffKind.DELETED, "".join(old[old_start:old_end])))
        if new_end > new_start:
            runs.append(DiffRun(DiffKind.INSERTED, "".join(new[new_start:new_end])))
    return tuple(runs)
