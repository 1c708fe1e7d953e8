"""A rule that looks at several things apart: a value not known for one of them does not hide what the others show."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from convenu.agreement.rule import Hit, Look, MissingTermError

Aspect = Callable[[Look], Iterator[Hit]]


def each_aspect(look: Look, *aspects: Aspect) -> Iterator[Hit]:
    """The hits of every aspect; when there is none and a value was missing, the rule cannot tell."""
    missing: MissingTermError | None = None
    found = False
    for aspect in aspects:
        try:
            for hit in aspect(look):
                found = True
                yield hit
        except MissingTermError as gap:
            missing = missing or gap
    if missing is not None and not found:
        raise missing
