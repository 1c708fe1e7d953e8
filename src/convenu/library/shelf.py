"""The shelf of frozen releases: each one file, named and hashed in an index, that is never written again."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources.abc import Traversable

from convenu.library.contents import contents_of, hash_of
from convenu.library.front_matter import refuse_others, take
from convenu.library.packed import unpacked
from convenu.vocabulary import yaml_text

INDEX = "index.yaml"
# The way a release's file is laid out. When it changes, the reader of each older one stays: `loader.load` says which it reads.
FORMAT = 1
NAME = re.compile(r"[0-9]{4}\.(?:0[1-9]|1[0-2])(?:\.[1-9][0-9]?)?")
FIXED_DATE = (1980, 1, 1, 0, 0, 0)


class ReleaseNotShippedError(LookupError):
    """A contract is pinned to a release that this installation does not have."""

    def __init__(self, name: str, shipped: tuple[str, ...]) -> None:
        self.name = name
        super().__init__(
            f"This Convenu has no release « {name} » of the library (it has {', '.join(shipped) or 'none'}): install a newer one."
        )


class FrozenReleaseChangedError(RuntimeError):
    """A frozen release is not the file that its index names."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The release « {name} » of the library is not as it was frozen: take its file back from the history, or install Convenu again."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A line of the index: when it was frozen, how its file is laid out, the SHA-256 of the file and the hash of what it says."""

    name: str
    on: date
    format: int
    sha256: str
    hash: str


@dataclass(frozen=True)
class Shelf:
    """A folder of frozen releases with its index."""

    folder: Traversable

    @cached_property
    def _index(self) -> tuple[str, tuple[Frozen, ...]]:
        data = yaml_text.read(self.folder.joinpath(INDEX).read_text("utf-8")).data
        refuse_others(data, frozenset({"prepares", "releases"}), INDEX)
        return take(data, "prepares", INDEX), tuple(_frozen(one) for one in take(data, "releases", INDEX))

    @property
    def prepares(self) -> str:
        """The name of the release being written in the working folder."""
        return self._index[0]

    @property
    def releases(self) -> tuple[Frozen, ...]:
        """The frozen releases, oldest first."""
        return self._index[1]

    @property
    def names(self) -> tuple[str, ...]:
        """Their names, oldest first."""
        return tuple(one.name for one in self.releases)

    def release(self, name: str) -> Frozen:
        """The line of a release."""
        found = next((one for one in self.releases if one.name == name), None)
        if found is None:
            raise ReleaseNotShippedError(name, self.names)
        return found

    def saying(self, content_hash: str) -> Frozen | None:
        """The release that says exactly this, if one does."""
        return next((one for one in self.releases if one.hash == content_hash), None)

    def open(self, name: str) -> Traversable:
        """The content of a release as a folder, once its bytes were found to be those that the index names."""
        line = self.release(name)
        content = self.folder.joinpath(file_name(name)).read_bytes()
        if hashlib.sha256(content).hexdigest() != line.sha256:
            raise FrozenReleaseChangedError(name)
        root = unpacked(content)
        if hash_of(root) != line.hash:
            raise FrozenReleaseChangedError(name)
        return root


def file_name(name: str) -> str:
    """The file of a release."""
    return f"fr-{name}.zip"


def freeze(root: Traversable) -> bytes:
    """A library folder as one file: the same folder gives the same bytes on any machine.

    Nothing is compressed: what a compressor writes depends on its version, and git and the package compress anyway.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as packed:
        for path, content in contents_of(root):
            entry = zipfile.ZipInfo(path, FIXED_DATE)
            # The same on every system, whose name zip writes in each entry.
            entry.create_system = 3
            packed.writestr(entry, content)
    return buffer.getvalue()


def after(name: str) -> str:
    """The month after a release, which names the next one until somebody says otherwise."""
    year, month = int(name[:4]), int(name[5:7])
    return f"{year + month // 12}.{month % 12 + 1:02d}"


def _frozen(line: dict[str, object]) -> Frozen:
    refuse_others(line, frozenset({"name", "on", "format", "sha256", "hash"}), INDEX)
    name = str(take(line, "name", INDEX))
    return Frozen(
        name=name,
        on=date.fromisoformat(take(line, "on", name)),
        format=take(line, "format", name),
        sha256=take(line, "sha256", name),
        hash=take(line, "hash", name),
    )
