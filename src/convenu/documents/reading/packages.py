"""The packed files inside a Word or OpenDocument file: looked at before any is opened, and opened within bounds."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib

from lxml import etree

from convenu.documents.reading import refusals

_ENCRYPTED = 0x1
_SMALL = 1_000_000


class Package:
    """A packed file that passed the bounds; its parts are read one by one."""

    def __init__(self, content: bytes, *, kind: str) -> None:
        self._kind = kind
        self._left = refusals.MAX_EXPANDED
        try:
            self._file = zipfile.ZipFile(io.BytesIO(content))
            entries = self._file.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
            raise refusals.damaged(kind) from error
        if len(entries) > refusals.MAX_ENTRIES:
            raise refusals.too_many_entries()
        expanded = sum(entry.file_size for entry in entries)
        if expanded > refusals.MAX_EXPANDED or (expanded > _SMALL and expanded > refusals.MAX_RATIO * len(content)):
            raise refusals.too_big_unpacked()
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise refusals.protected()
        self.names = frozenset(entry.filename for entry in entries)
        if any(name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") for name in self.names):
            raise refusals.damaged(kind)

    def part(self, name: str) -> etree._Element | None:
        """The XML of one part, None when the package has none of that name or what is there is not XML."""
        if name not in self.names:
            return None
        try:
            with self._file.open(name) as packed:
                content = packed.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
            raise refusals.damaged(self._kind) from error
        self._left -= len(content)
        if self._left < 0:
            raise refusals.too_big_unpacked()
        return parsed(content)

    def related(self, owner: str) -> dict[str, str]:
        """The parts that a part names, by the last word of their kind (`styles`, `footnotes`…), inside the file."""
        folder, name = posixpath.split(owner)
        relations = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, str] = {}
        for relation in relations if relations is not None else ():
            if relation.get("TargetMode") != "External":
                target = relation.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found.setdefault(relation.get("Type", "").rsplit("/", 1)[-1], path)
        return found


def parsed(content: bytes) -> etree._Element | None:
    """The root of an XML part: no entity is resolved, nothing is fetched, no depth nor length beyond what lxml allows by itself."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
