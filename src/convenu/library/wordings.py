"""What contracts say in many ways, written once for all the cues that look for it: `<not_repaired>`, `<loss_of_data>`, `<unpaid>`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from convenu.agreement.audit.guides.cues import CAPTURES
from convenu.library.front_matter import FrontMatterError, refuse_others, take

_NAMED = re.compile(r"<([a-z_]+)>")
_WORDING = frozenset({"says", "ways", "cases"})


def read_wordings(written: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The cue of each wording by its name: its ways, one or another. A way may name another wording, but none that is made of it.

    Raises `FrontMatterError` for a name that a capture bears, or a wording made of itself.
    """
    wordings: dict[str, str] = {}
    for name, said in written.items():
        refuse_others(dict(said), _WORDING, f"wordings, {name}")
        if name in CAPTURES:
            raise FrontMatterError(f"audit, wordings: « {name} » is a capture already")
        wordings[name] = f"({' | '.join(take(dict(said), 'ways', name))})"
    return {name: _whole(name, wordings, ()) for name in wordings}


def in_full(said: Any, wordings: Mapping[str, str]) -> Any:
    """What a file of cues says, each `<name>` of a wording in the place of its words; a name of no wording is left to the cue."""
    if isinstance(said, str):
        return _NAMED.sub(lambda found: wordings.get(found[1], found[0]), said) if "<" in said else said
    if isinstance(said, dict):
        return {key: in_full(one, wordings) for key, one in said.items()}
    if isinstance(said, list):
        return [in_full(one, wordings) for one in said]
    return said


def _whole(name: str, wordings: Mapping[str, str], within: tuple[str, ...]) -> str:
    if name in within:
        raise FrontMatterError(f"audit, wordings: « {name} » is made of itself")
    return _NAMED.sub(lambda found: _whole(found[1], wordings, (*within, name)) if found[1] in wordings else found[0], wordings[name])
