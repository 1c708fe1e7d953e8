"""The library that a contract is written with: the release it is pinned to, and no other until somebody asks."""

from __future__ import annotations

from convenu.agreement.library import Library
from convenu.library import loader
from convenu.store.models import Contract, Version


def library_of(kept: Contract | Version) -> Library:
    """The clauses, definitions, questions and figures of a contract, or of one of its versions, as they were when it was pinned."""
    return loader.pinned(kept.library_release, kept.library_hash)
