"""The audits of a folder: its documents, read and judged two at a time."""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from convenu.actions.copies import copies
from convenu.actions.cores import cores
from convenu.agreement.audit.audit import Audit, audit
from convenu.agreement.audit.guides.guides import Recognition
from convenu.cli.files import why_not
from convenu.documents.reading.reader import read_or_mistakes
from convenu.library import loader
from convenu.library.recognition import recognition
from convenu.vocabulary.mistakes import Mistake
from convenu.vocabulary.read_text import ReadText

# A file that begins with a dot is the system's, one with « ~$ » is Word's while somebody writes, and these are not contracts.
_SKIPPED = (".json", ".yaml", ".yml", ".csv", ".xlsx", ".zip", ".png", ".jpg", ".ics")
_AT_ONCE = 2

# What becomes of a file: its audit, or why it was not read.
_Said = Audit | tuple[Mistake, ...]
_Judging = Callable[[ReadText], Audit]


@dataclass(frozen=True, slots=True)
class Audited:
    """The contracts of a folder that were read, and the files that were not."""

    audits: tuple[Audit, ...]
    mistakes: tuple[Mistake, ...]


def audited_folder(folder: Path, *, on: date, segment: str | None, tell: Callable[[int, int, str], None] | None = None) -> Audited:
    """The audit of every document of a folder and of those inside it; one that cannot be read does not stop the others.

    Two copies of this process each read a file and judge it; with one core, two are read ahead of what judges them. `tell` hears of
    each, in the order of their names: how many are done, of how many, which.
    """
    files = files_of(folder)
    named = [(file, str(file.relative_to(folder))) for file in files]
    judge = partial(_judged, on=on, segment=segment)
    audits: list[Audit] = []
    mistakes: list[Mistake] = []
    each = _by_copies if len(files) > 1 and cores() >= _AT_ONCE else _here
    for done, (file, said) in enumerate(zip(files, each(named, judge), strict=True), start=1):
        if isinstance(said, Audit):
            audits.append(said)
        else:
            mistakes += said
        if tell is not None:
            tell(done, len(files), file.name)
    return Audited(tuple(audits), tuple(mistakes))


def _by_copies(named: Sequence[tuple[Path, str]], judge: _Judging) -> Iterator[_Said]:
    """Each file read and judged by one of two copies of this process; here, when a copy does not end well."""
    # What every copy needs is at hand before it is made.
    loader.current()
    recognition()
    pool = copies(_AT_ONCE, _without_the_cues)
    try:
        asked = [pool.submit(_read_and_judged, file, name, judge) for file, name in named]
        for (file, name), one in zip(named, asked, strict=True):
            try:
                said = one.result()
            except BrokenProcessPool:
                said = _read_and_judged(file, name, judge)
            yield said
    finally:
        pool.shutdown(cancel_futures=True)


def _without_the_cues() -> None:
    """In a copy: an audit is sent without the cues that it was made with, thousands of them, which whoever receives it has."""
    copyreg.pickle(Recognition, lambda _: (recognition, ()))


def _here(named: Sequence[tuple[Path, str]], judge: _Judging) -> Iterator[_Said]:
    """Each file judged in this process, while the next ones are read."""
    with ThreadPoolExecutor(_AT_ONCE) as readers:
        for text in readers.map(lambda one: _read_or_mistakes(*one), named):
            yield judge(text) if isinstance(text, ReadText) else text


def _read_and_judged(file: Path, name: str, judge: _Judging) -> _Said:
    text = _read_or_mistakes(file, name)
    return judge(text) if isinstance(text, ReadText) else text


def _judged(text: ReadText, *, on: date, segment: str | None) -> Audit:
    return audit(text, loader.current(), recognition(), on=on, segment=segment)


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
