"""A packed folder, opened in memory: `zipfile.Path` goes through the whole list of files for each name, half a second for a release."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from os import PathLike, fspath
from typing import IO, Any

# What a folder holds, or the bytes of a file; None where nothing bears the name.
Content = Mapping[str, Any] | bytes | None


class Packed(Traversable):
    """A file or a folder of a pack, or a name that nothing bears in it."""

    def __init__(self, name: str, content: Content) -> None:
        self._name = name
        self._content = content

    @property
    def name(self) -> str:
        """Its name in the folder above."""
        return self._name

    def iterdir(self) -> Iterator[Traversable]:
        """What the folder holds."""
        if not isinstance(self._content, Mapping):
            raise NotADirectoryError(self._name)
        yield from (Packed(name, content) for name, content in self._content.items())

    def is_dir(self) -> bool:
        """Whether it is a folder."""
        return isinstance(self._content, Mapping)

    def is_file(self) -> bool:
        """Whether it is a file."""
        return isinstance(self._content, bytes)

    def joinpath(self, *descendants: str | PathLike[str]) -> Packed:
        """What stands at that path from the folder."""
        found = self
        for name in (part for path in descendants for part in fspath(path).split("/") if part):
            found = Packed(name, found._content.get(name) if isinstance(found._content, Mapping) else None)
        return found

    def __truediv__(self, child: str | PathLike[str]) -> Packed:
        """What bears that name in the folder."""
        return self.joinpath(child)

    def open(self, mode: str = "r", *args: Any, **kwargs: Any) -> IO[Any]:
        """The file, to be read."""
        content = io.BytesIO(self.read_bytes())
        return content if "b" in mode else io.TextIOWrapper(content, *args, **kwargs)

    def read_bytes(self) -> bytes:
        """The bytes of the file."""
        if not isinstance(self._content, bytes):
            raise FileNotFoundError(self._name)
        return self._content

    def read_text(self, encoding: str | None = None) -> str:
        """The words of the file."""
        return self.read_bytes().decode(encoding or "utf-8")


def unpacked(pack: bytes) -> Packed:
    """The folder that a zip file holds."""
    root: dict[str, Any] = {}
    with zipfile.ZipFile(io.BytesIO(pack)) as opened:
        for path in opened.namelist():
            folder = root
            *above, name = path.split("/")
            for one in above:
                folder = folder.setdefault(one, {})
            if name:
                folder[name] = opened.read(path)
    return Packed("", root)
