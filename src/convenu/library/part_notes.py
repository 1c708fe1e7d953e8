"""Read why the parts of the library other than clauses changed: `changes.yaml`."""

from __future__ import annotations

from typing import Any

from convenu.agreement.part_notes import PartKind, PartNote
from convenu.library.front_matter import FrontMatterError, refuse_others, take

_FIELDS = frozenset({"kind", "key", "why", "law"})
_PLACE = "changes.yaml"


def read_part_note(data: dict[str, Any]) -> PartNote:
    """One note: the kind of the part, its key, why, and the law."""
    refuse_others(data, _FIELDS, _PLACE)
    kind = take(data, "kind", _PLACE)
    if kind not in set(PartKind):
        raise FrontMatterError(f"{_PLACE}: no part is a « {kind} »: {', '.join(PartKind)}")
    return PartNote(PartKind(kind), str(take(data, "key", _PLACE)), take(data, "why", _PLACE), tuple(data.get("law", ())))
