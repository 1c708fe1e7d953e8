"""Loops among things that lead to one another: definitions, clauses that only refer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def loops(leads_to: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """The loops of two nodes or more, each told once, from its first node in order."""
    found: dict[frozenset[str], tuple[str, ...]] = {}

    def walk(path: tuple[str, ...]) -> None:
        for after in sorted(leads_to.get(path[-1], ())):
            if after == path[0] != path[-1]:
                found.setdefault(frozenset(path), path)
            elif after > path[0] and after not in path:
                walk((*path, after))

    for name in sorted(leads_to):
        walk((name,))
    return list(found.values())
