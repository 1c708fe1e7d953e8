"""Load the library: the folder where the next release is written, and each frozen release, checked alike."""

from __future__ import annotations

import gc
import os
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from convenu.agreement.exceptions import check_exceptions
from convenu.agreement.library import Library
from convenu.agreement.sector import check_sectors
from convenu.library import clauses, interview, law_values, rules
from convenu.library.contents import hash_of
from convenu.library.law_overlay import overlaid, overlay_stamp
from convenu.library.part_notes import read_part_note
from convenu.library.shelf import FORMAT, ReleaseNotShippedError, Shelf
from convenu.vocabulary import yaml_text

IN_PREPARATION = " en préparation"
# Whoever edits the library works with the folder, not with the last release: `make run` and the tests set this to « folder ».
CHOICE = "CONVENU_LIBRARY"
# Another folder of releases than the package's: to try an upgrade before it ships.
RELEASES = "CONVENU_RELEASES"


@cache
def shelf() -> Shelf:
    """The frozen releases shipped with the package."""
    elsewhere = os.environ.get(RELEASES)
    return Shelf(Path(elsewhere) if elsewhere else files("convenu.library") / "releases")


def french() -> Library:
    """The French library in its folder, named by the release that says the same, else as the next one in preparation."""
    return _folder(overlay_stamp())


@lru_cache(maxsize=2)
def _folder(stamp: str) -> Library:
    """The folder with the figures imported here; read anew when one is imported."""
    read = _as_shipped()
    return replace(read, law=overlaid(read.law, stamp)) if stamp else read


@cache
def _as_shipped() -> Library:
    root = files("convenu.library") / "fr"
    frozen = shelf().saying(hash_of(root))
    return _for_good(load(root, release=frozen.name if frozen else f"{shelf().prepares}{IN_PREPARATION}"))


def release(name: str) -> Library:
    """A frozen release; `ReleaseNotShippedError` when this installation does not have it."""
    return _frozen(shelf(), name, overlay_stamp())


@lru_cache(maxsize=32)
def _frozen(on: Shelf, name: str, stamp: str) -> Library:
    read = _frozen_as_shipped(on, name)
    return replace(read, law=overlaid(read.law, stamp)) if stamp else read


@cache
def _frozen_as_shipped(on: Shelf, name: str) -> Library:
    if on.release(name).format > FORMAT:
        raise ReleaseNotShippedError(name, on.names)
    return _for_good(load(on.open(name), release=name, frozen=True))


def _for_good(read: Library) -> Library:
    """A library stays as long as the process: the collector need not walk its hundreds of thousands of objects ever again.

    Reading it leaves next to nothing to collect first.
    """
    gc.freeze()
    return read


def current() -> Library:
    """The library of the contracts to come, whose rules and whose law look at every contract: the newest release.

    The folder instead as long as nothing is frozen, and for those who edit it.
    """
    names = shelf().names
    return release(names[-1]) if names and os.environ.get(CHOICE) != "folder" else french()


def read_whole() -> None:
    """Read every text of the library of the contracts to come, for a server: its processes share what was read before they were made."""
    clauses.check_texts(current().clauses)
    gc.freeze()


def pinned(name: str, content_hash: str) -> Library:
    """The library that a contract is pinned to. A release in preparation is kept by nobody: the folder as it is now stands for it."""
    if name.endswith(IN_PREPARATION):
        return french()
    found = release(name)
    if found.hash != content_hash:
        raise ReleaseNotShippedError(f"{name}, {content_hash[:12]}", shelf().names)
    return found


CHANGES = "changes.yaml"


def load(root: Traversable, *, release: str, frozen: bool = False) -> Library:
    """Read every file of a library folder, in the format that this version writes.

    A library that does not hold together raises with the file and the reason. The texts of a frozen one were checked that day, and are
    read when they are first asked for; its rules are read for their citations only: the functions that look are those of today's rules.
    """
    read_clauses = tuple(
        clauses.read_clause(folder.name, _text(folder / "clause.md"), _wordings(folder)) for folder in _folders(root / "clauses")
    )
    if not frozen:
        clauses.check_texts(read_clauses)
    questions = tuple(one for file in _yaml_files(root / "questions") for one in interview.read_questions(_stem(file), _data(file)))
    interview.check_questions(questions)
    read_rules = tuple(rules.read_rule(folder.name, _data(folder / "rule.yaml"), frozen=frozen) for folder in _folders(root / "rules"))
    check_exceptions({rule.id: rule for rule in read_rules})
    sectors = tuple(interview.read_sector(_stem(file), _data(file)) for file in _yaml_files(root / "sectors"))
    check_sectors(sectors)
    figures = {name: law_values.read_law_value(name, one) for file in _yaml_files(root / "law") for name, one in _data(file).items()}
    return Library(
        release=release,
        hash=hash_of(root),
        provisions=clauses.read_provisions(_data(root / "provisions.yaml")),
        clauses=read_clauses,
        definitions=clauses.read_definitions(_data(root / "definitions.yaml")),
        questions=tuple(sorted(questions, key=lambda question: (question.section.order, question.number))),
        segments=interview.read_segments({_stem(file): _data(file) for file in _yaml_files(root / "segments")}),
        sectors=sectors,
        rules=read_rules,
        law=law_values.law_book(figures),
        notes=tuple(read_part_note(dict(one)) for one in _data(root / CHANGES)) if (root / CHANGES).is_file() else (),
    )


def _folders(parent: Traversable) -> list[Traversable]:
    return sorted(
        (child for child in parent.iterdir() if child.is_dir() and not child.name.startswith((".", "_"))), key=lambda child: child.name
    )


def _yaml_files(parent: Traversable) -> list[Traversable]:
    found = [child for child in parent.iterdir() if child.name.endswith(".yaml")]
    for folder in _folders(parent):
        found += _yaml_files(folder)
    return sorted(found, key=lambda child: child.name)


def _wordings(folder: Traversable) -> dict[str, str]:
    """The other wordings of a clause, by the name of their file beside `clause.md`."""
    return {child.name: _text(child) for child in folder.iterdir() if child.name.endswith(".md") and child.name != "clause.md"}


def _stem(file: Traversable) -> str:
    return file.name.removesuffix(".yaml")


def _text(file: Traversable) -> str:
    return file.read_text("utf-8")


def _data(file: Traversable) -> Any:
    return yaml_text.read(_text(file)).data
