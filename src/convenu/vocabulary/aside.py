"""Work that may be done aside, while its asker goes on: how is the edge's to say, the core asks for it and takes what comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Aside(Protocol):
    """Begins a work and gives back how to have its value."""

    def __call__(self, work: Callable[[], T]) -> Callable[[], T]:
        """Begin a work; what is given back waits for its value. Nobody waits for a work whose value is not asked for."""


def when_asked(work: Callable[[], T]) -> Callable[[], T]:
    """Nothing is done aside: the work is done when its value is asked for."""
    return work
