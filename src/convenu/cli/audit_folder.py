"""The audits of a folder: its documents, read and judged two at a time."""

from __future__ import annotations

import copyreg
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
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
# One more than are judged at once, so that no copy waits for its next file.
_GIVEN = _AT_ONCE + 1

# A file, and the name that it has in the folder.
_Named = tuple[Path, str]
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


def _by_copies(named: Sequence[_Named], judge: _Judging) -> Iterator[_Said]:
    """Each file read and judged by one of two copies of this process, in the order of their names."""
    # What every copy needs is at hand before it is made.
    loader.current()
    recognition()
    told: dict[str, _Said] = {}
    answers = _as_answered(deque(named), judge)
    for _, name in named:
        while name not in told:
            told.update([next(answers)])
        yield told.pop(name)


def _as_answered(waiting: deque[_Named], judge: _Judging) -> Iterator[tuple[str, _Said]]:
    """What becomes of each file, by its name, as the copies answer.

    A copy that ends without an answer takes the other with it, and nothing says which of the few files given ended it: each of these is
    tried again alone, and two new copies go on with the rest.
    """
    while waiting:
        given: dict[Future[_Said], _Named] = {}
        with _made(_AT_ONCE) as pool, suppress(BrokenProcessPool):
            while waiting or given:
                while waiting and len(given) < _GIVEN:
                    asked = pool.submit(_read_and_judged, *waiting[0], judge)
                    given[asked] = waiting.popleft()
                for one in wait(given, return_when=FIRST_COMPLETED).done:
                    yield given[one][1], one.result()
                    del given[one]
        for file, name in given.values():
            yield name, _alone(file, name, judge)


def _alone(file: Path, name: str, judge: _Judging) -> _Said:
    """What becomes of a file that may have ended a copy, given to another of its own: never judged here, where it would end the command."""
    with _made(1) as pool:
        try:
            return pool.submit(_read_and_judged, file, name, judge).result()
        except BrokenProcessPool:
            remedy = "Fermez d’autres programmes si la mémoire manque, ou enregistrez-le dans un autre format, puis recommencez."
            return (Mistake(name, "l’audit de ce fichier s’est arrêté net, deux fois", remedy),)


@contextmanager
def _made(count: int) -> Iterator[ProcessPoolExecutor]:
    pool = copies(count, _without_the_cues)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _without_the_cues() -> None:
    """In a copy: an audit is sent without the cues that it was made with, thousands of them, which whoever receives it has."""
    copyreg.pickle(Recognition, lambda _: (recognition, ()))


def _here(named: Sequence[_Named], judge: _Judging) -> Iterator[_Said]:
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
