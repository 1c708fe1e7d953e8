"""What a library folder says: its files, those that only test it left out, and the hash that proves them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.resources.abc import Traversable

# Cases that a lawyer reads beside a clause or a rule: they prove the library and say nothing in a contract.
PROOFS = frozenset({"scenarios.yaml", "cases.yaml"})
# What reads strangers' contracts is today's, like the functions of the rules: no contract of ours is pinned to it.
_NOT_SAID = "audit"


def contents_of(root: Traversable) -> Iterator[tuple[str, bytes]]:
    """Each file's path from the folder and its bytes, in the order of the paths."""
    yield from sorted(_walk(root, ""))


def hash_of(root: Traversable) -> str:
    """SHA-256 of every file's path and bytes: the same for a folder and for the release frozen from it."""
    digest = hashlib.sha256()
    for path, content in contents_of(root):
        digest.update(path.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()


def _walk(folder: Traversable, above: str) -> Iterator[tuple[str, bytes]]:
    for child in folder.iterdir():
        path = f"{above}{child.name}"
        if child.name.startswith((".", "__")) or child.name in PROOFS or path == _NOT_SAID:
            continue
        if child.is_dir():
            yield from _walk(child, f"{path}/")
        else:
            yield path, child.read_bytes()
