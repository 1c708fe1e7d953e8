"""The files that a person names on the command line, read and written whole."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.vocabulary.yaml_text import MAX_BYTES

# Files of facts (intervals, tickets) are longer than those a person writes.
MAX_FACTS_BYTES = 500_000_000


def content_of(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a file a person named; a missing or unreadable one is a mistake, not a crash."""
    try:
        with path.open("rb") as file:
            # One byte too many tells a file too long, and a device that never ends is not read to its end.
            content = file.read(limit + 1)
    except OSError as error:
        raise MistakesError([Mistake(str(path), f"fichier illisible : {why_not(error)}", "Vérifiez le chemin.")]) from error
    if len(content) > limit > MAX_BYTES:
        raise MistakesError([Mistake(str(path), f"le fichier dépasse {limit // 1_000_000} Mo", "Séparez-le.")])
    return content


def named_workbook(path: Path) -> None:
    """Refuse a workbook whose name does not say that it is one."""
    if path.suffix.lower() != ".xlsx":
        raise MistakesError([Mistake(str(path), "format inconnu", "Écrivez un nom en .xlsx.")])


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    if not path.name:
        raise MistakesError([Mistake(str(path), "ce n’est pas un nom de fichier", "Nommez le fichier à écrire après « -o ».")])
    draft = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise MistakesError([Mistake(str(path), f"écriture impossible : {why_not(error)}", "Vérifiez le dossier.")]) from error


def why_not(error: OSError) -> str:
    """What the system refused, in French where it happens often."""
    told = {
        FileNotFoundError: "rien ne porte ce nom", IsADirectoryError: "c’est un dossier", NotADirectoryError: "ce n’est pas un dossier",
        PermissionError: "le système n’y donne pas accès",
    }  # fmt: skip
    return told.get(type(error), str(error.strerror))
