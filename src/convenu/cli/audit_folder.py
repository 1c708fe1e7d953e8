"""The audits of a folder: its documents, read two at a time ahead of what judges them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from convenu.agreement.audit.audit import Audit, audit
from convenu.cli.files import why_not
from convenu.documents.reading.reader import read_or_mistakes
from convenu.library import loader
from convenu.library.recognition import recognition
from convenu.vocabulary.mistakes import Mistake
from convenu.vocabulary.read_text import ReadText

# A file that begins with a dot is the system's, one with « ~$ » is Word's while somebody writes, and these are not contracts.
_SKIPPED = (".json", ".yaml", ".yml", ".csv", ".xlsx", ".zip", ".png", ".jpg", ".ics")
_READERS = 2


@dataclass(frozen=True, slots=True)
class Audited:
    """The contracts of a folder that were read, and the files that were not."""

    audits: tuple[Audit, ...]
    mistakes: tuple[Mistake, ...]


def audited_folder(folder: Path, *, on: date, segment: str | None, tell: Callable[[int, int, str], None] | None = None) -> Audited:
    """The audit of every document of a folder and of those inside it; one that cannot be read does not stop the others.

    The files are read two at a time, ahead of the audit. `tell` hears of each: how many are done, of how many, which.
    """
    files = files_of(folder)
    audits: list[Audit] = []
    mistakes: list[Mistake] = []
    with ThreadPoolExecutor(_READERS) as readers:
        texts = readers.map(lambda file: _read_or_mistakes(file, str(file.relative_to(folder))), files)
        for done, (file, text) in enumerate(zip(files, texts, strict=True), start=1):
            if isinstance(text, ReadText):
                audits.append(audit(text, loader.current(), recognition(), on=on, segment=segment))
            else:
                mistakes += text
            if tell is not None:
                tell(done, len(files), file.name)
    return Audited(tuple(audits), tuple(mistakes))


def _read_or_mistakes(file: Path, name: str) -> ReadText | tuple[Mistake, ...]:
    """The text under the name that the file has in the folder: two folders may hold files of one name."""
    try:
        content = file.read_bytes()
    except OSError as error:
        return (Mistake(name, f"fichier illisible : {why_not(error)}", "Vérifiez les droits du fichier."),)
    return read_or_mistakes(name, content)


def files_of(folder: Path) -> list[Path]:
    """The documents of a folder, in the order of their names."""
    inside = (file for file in sorted(folder.rglob("*")) if file.is_file() and file.suffix.lower() not in _SKIPPED)
    return [file for file in inside if not any(part.startswith((".", "~$")) for part in file.relative_to(folder).parts)]
