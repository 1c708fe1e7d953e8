"""The format of a document, told by its first bytes before its name: a file is often not what its name says."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from convenu.documents.reading import refusals
from convenu.documents.reading.plain import read_plain
from convenu.documents.reading.word import read_word
from convenu.vocabulary.read_text import ReadText

Reader = Callable[[str, bytes], ReadText]

_OTHERS = (
    (b"{\\rtf", "un document RTF"),
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
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_PACKED = b"PK\x03\x04"


def reader_for(content: bytes) -> Reader:
    """What reads this file; raises `RefusalError` for what is no document."""
    if not content.strip():
        raise refusals.empty()
    if content.startswith((_PACKED, b"PK\x05\x06")):
        return _packed(content)
    if content.startswith(_OLD_OFFICE):
        raise refusals.protected() if _PASSWORD in content else refusals.not_a_document("d'un ancien format de Word ou d'Excel")
    for first, kind in _OTHERS:
        if content.startswith(first):
            raise refusals.not_a_document(kind)
    return read_plain


def _packed(content: bytes) -> Reader:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise refusals.damaged("un document") from error
    if any(name.startswith("word/") for name in names):
        return read_word
    if any(name.startswith("xl/") for name in names):
        raise refusals.not_a_document("un tableur")
    if any(name.startswith("ppt/") for name in names):
        raise refusals.not_a_document("une présentation")
    raise refusals.not_a_document("une archive")
