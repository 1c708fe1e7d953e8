"""The library that a contract is written with: the release and the version of the house it is pinned to, until somebody asks for newer."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from convenu.agreement.house import HouseLayer
from convenu.agreement.house_clause import HouseClause
from convenu.agreement.library import Library
from convenu.library import loader
from convenu.store.models import Contract, HouseVersion, ReplayRun, Version

KEPT = 64
_laid_over: OrderedDict[tuple[str, str], Library] = OrderedDict()
_lock = Lock()


def library_of(kept: Contract | Version | ReplayRun) -> Library:
    """The clauses, definitions, questions and figures of a contract, of a version or a replay of it, as they were when it was pinned."""
    library = loader.pinned(kept.library_release, kept.library_hash)
    return with_house(library, kept.house_version) if kept.house_version_id else library


def layer_of(version: HouseVersion | None) -> HouseLayer:
    """The clauses of a version of the house; none before it wrote any."""
    if version is None:
        return HouseLayer(0)
    return HouseLayer(version.number, tuple(HouseClause.model_validate(row) for row in version.clauses))


def with_house(library: Library, version: HouseVersion | None) -> Library:
    """A library as a version of the house words it; raises `ClauseSyntaxError` when the two do not go together.

    A version never changes, so the same pair is laid over once.
    """
    if version is None:
        return library
    key = (library.hash, str(version.pk))
    with _lock:
        if key in _laid_over:
            _laid_over.move_to_end(key)
            return _laid_over[key]
    made = library.with_house(layer_of(version))
    with _lock:
        _laid_over[key] = made
        while len(_laid_over) > KEPT:
            _laid_over.popitem(last=False)
    return made
