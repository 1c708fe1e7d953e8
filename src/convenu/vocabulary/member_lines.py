"""A JSON object written a member a line, so that the few members somebody asks for are read and the others stay text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any


def in_lines(data: Mapping[str, Any]) -> str:
    """The object as JSON, each member on a line of its own; its keys are plain names."""
    members = (f'"{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in data.items())
    return "{\n" + ",\n".join(members) + "\n}"


class MemberLines(Mapping[str, Any]):
    """What `in_lines` wrote, each member read when it is asked for."""

    def __init__(self, written: str) -> None:
        # A line break inside a value is written « \\n » in JSON, and never breaks the line.
        self._lines = {line[1 : line.index('"', 1)]: line for line in written.split("\n")[1:-1] if line}
        self._read: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._read:
            self._read[key] = json.loads("{" + self._lines[key].removesuffix(",") + "}")[key]
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)
