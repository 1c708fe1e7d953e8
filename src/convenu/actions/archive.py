"""The zip file in which an organisation travels: one manifest, and files named by their SHA-256. Read as a stranger's file."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from convenu.actions.mistakes import refuse
from convenu.store.versions import digest_of
from convenu.vocabulary.mistakes import MistakesError

MANIFEST = "manifest.json"
FILE_NAME = re.compile(r"files/([0-9a-f]{64})")
MAX_ARCHIVE = 500_000_000
MAX_ENTRIES = 20_000
MAX_MANIFEST = 200_000_000
MAX_FILE = 50_000_000
MAX_EXPANDED = 1_000_000_000
# The same content gives the same bytes: a zip entry's date is fixed, the manifest says when.
FIXED_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Archive:
    """What an archive holds."""

    manifest: Any
    files: Mapping[str, bytes]


def write_archive(archive: Archive) -> bytes:
    """The bytes of the zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(_entry(MANIFEST), json.dumps(archive.manifest, ensure_ascii=False, indent=1))
        for sha256, content in sorted(archive.files.items()):
            packed.writestr(_entry(f"files/{sha256}"), content)
    return buffer.getvalue()


def read_archive(content: bytes) -> Archive:
    """Read an archive, bounded in size, with no other name in it than those we write; nothing is ever written to disk."""
    if len(content) > MAX_ARCHIVE:
        _refuse(_("le fichier est trop gros"))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _refuse_strange(packed.infolist())
            files = {_sha256_in(info): _expanded(packed, info, MAX_FILE) for info in packed.infolist() if info.filename != MANIFEST}
            manifest = json.loads(_expanded(packed, packed.getinfo(MANIFEST), MAX_MANIFEST).decode())
    except MistakesError:
        raise
    except RecursionError:
        _refuse(_("son contenu est imbriqué sans mesure"))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, ValueError):
        _refuse(_("ce n’est pas un fichier d’export lisible"))
    for sha256, one in files.items():
        if digest_of(one) != sha256:
            _refuse(_("un fichier joint a été modifié"))
    return Archive(manifest, files)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, FIXED_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _refuse_strange(entries: list[zipfile.ZipInfo]) -> None:
    """Look at the names and announced sizes before anything is expanded."""
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_EXPANDED:
        _refuse(_("son contenu déplié est trop gros"))
    if MANIFEST not in names or len(set(names)) != len(names):
        _refuse(_("ce n’est pas un fichier d’export lisible"))
    strange = next((name for name in names if name != MANIFEST and not FILE_NAME.fullmatch(name)), None)
    if strange is not None:
        _refuse(_("il contient un fichier inattendu, « %(name)s »") % {"name": strange[:80]})


def _sha256_in(info: zipfile.ZipInfo) -> str:
    return info.filename.removeprefix("files/")


def _expanded(packed: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    """The content of an entry, whatever size it announces: one byte past the limit stops the reading."""
    with packed.open(info) as entry:
        content = entry.read(limit + 1)
    if len(content) > limit:
        _refuse(_("son contenu déplié est trop gros"))
    return content


def _refuse(reason: str) -> NoReturn:
    refuse("archive", _("Cette archive est refusée : %(reason)s.") % {"reason": reason}, _("Choisissez un export de Convenu."))
