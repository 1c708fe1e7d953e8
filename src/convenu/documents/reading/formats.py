"""The format of a document, told by its first bytes before its name: a file is often not what its name says."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath

from convenu.documents.reading import refusals
from convenu.vocabulary.read_text import ReadText

Reader = Callable[[str, bytes], ReadText]

_OTHERS = (
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
    (b"GIF8", "une image"),
    (b"II*\x00", "une image"),
    (b"MM\x00*", "une image"),
    (b"7z\xbc\xaf", "une archive"),
    (b"Rar!", "une archive"),
    (b"\x1f\x8b", "une archive"),
    (b"MZ", "un programme"),
    (b"\x7fELF", "un programme"),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_PDF = b"%PDF-"
_PACKED = b"PK\x03\x04"


def reader_for(name: str, content: bytes) -> Reader:
    """What reads this file; raises `RefusalError` for what is no document."""
    if not content.strip():
        raise refusals.empty()
    if _PDF in content[:1024]:
        return _reader("pdf")
    if content.startswith((_PACKED, b"PK\x05\x06")):
        return _packed(content)
    if content.startswith(_OLD_OFFICE):
        raise refusals.protected() if _PASSWORD in content else refusals.older_document("d'un ancien format de Word ou d'Excel")
    if content.startswith(_RTF):
        raise refusals.older_document("un document RTF")
    for first, kind in _OTHERS:
        if content.startswith(first):
            raise refusals.not_a_document(kind)
    return _written(name, content)


def _reader(kind: str) -> Reader:
    """What reads a format: the process that reads one document loads one of them."""
    reader: Reader = getattr(import_module(f"convenu.documents.reading.{kind}"), f"read_{kind}")
    return reader


def _written(name: str, content: bytes) -> Reader:
    """What reads a file of characters."""
    head = content[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    ending = PurePath(name).suffix.lower()
    if ending in (".html", ".htm", ".xhtml") or head.startswith((b"<!doctype html", b"<html")):
        return _reader("html")
    if ending in (".md", ".markdown"):
        return _reader("markdown")
    if _looks_binary(content):
        raise refusals.not_a_document("d'un format inconnu")
    return _reader("plain")


def _looks_binary(content: bytes) -> bool:
    """Control signs that no text holds, apart from those of UTF-16, whose every other byte is often zero."""
    head = content[:4096]
    odd = sum(1 for byte in head if byte < 0x20 and byte not in b"\x00\t\n\r\f\v\x1b")
    return odd > 0.02 * len(head)


def _packed(content: bytes) -> Reader:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise refusals.damaged("un document") from error
    if any(name.startswith("word/") for name in names):
        return _reader("word")
    if "content.xml" in names:
        return _reader("opendocument")
    if any(name.startswith("xl/") for name in names):
        raise refusals.not_a_document("un tableur")
    if any(name.startswith("ppt/") for name in names):
        raise refusals.not_a_document("une présentation")
    raise refusals.not_a_document("une archive")
