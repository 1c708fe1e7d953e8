"""Shelves of frozen releases that the tests make for themselves."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from convenu.library import loader
from convenu.library.shelf import INDEX, Shelf
from tools.release import Workshop, release

FROZEN_ON = date(2026, 11, 25)
COURTESY_VISIT = """---
title: Visite de courtoisie
version: 1
provision: 26
order: 9
audit_type: non_solicitation
gloss: "Une visite."
why: "On se voit trop peu."
---
Le Prestataire rend visite au Client.
"""


NOTES = """- {kind: segment, key: pme, why: "Un préavis plus court est demandé partout.", law: [civ-1210-1215-duree]}
- {kind: segment, key: eti, why: "Suit le segment PME."}
- {kind: sector, key: finance, why: "Les superviseurs attendent deux mois.", law: [dora-30-2]}
- {kind: rule, key: com-l441-10-delai, why: "Un essai.", law: [com-l441-10-delai]}
"""


def a_workshop(place: Path) -> Workshop:
    """A copy of the library's folder, an empty shelf, and no proof yet."""
    shutil.copytree(str(files("convenu.library") / "fr"), place / "fr")
    (place / "releases").mkdir()
    (place / "releases" / INDEX).write_text('prepares: "2026.11"\nreleases: []\n', "utf-8")
    return Workshop(folder=place / "fr", shelf=place / "releases", proofs=place / "frozen")


@cache
def _frozen_once() -> Path:
    """Where a workshop stands whose folder is frozen as « 2026.11 »."""
    place = Path(tempfile.mkdtemp(prefix="convenu-shelves-"))
    atexit.register(shutil.rmtree, place)
    release("2026.11", on=FROZEN_ON, workshop=a_workshop(place))
    return place


def a_frozen_workshop(place: Path) -> Workshop:
    """A copy of the library's folder, with the release « 2026.11 » that it has just given."""
    shutil.copytree(_frozen_once(), place, dirs_exist_ok=True)
    return Workshop(folder=place / "fr", shelf=place / "releases", proofs=place / "frozen")


@cache
def two_releases() -> tuple[Shelf, Shelf]:
    """The shelf with « 2026.11 », as the folder is today; then also with « 2026.12 », once the folder was edited."""
    place = Path(tempfile.mkdtemp(prefix="convenu-shelves-"))
    atexit.register(shutil.rmtree, place)
    workshop = a_frozen_workshop(place)
    edit(workshop.folder)
    release("2026.12", on=FROZEN_ON, workshop=workshop)
    return Shelf(_frozen_once() / "releases"), Shelf(workshop.shelf)


def edit(folder: Path) -> None:
    """One clause reworded, one added, one taken out; a value of a segment, one of a sector and one rule changed."""
    reword(
        folder / "clauses/non_solicitation",
        ("title: ", "title: Nouvelle "),
        ("Une annonce publique", "Une annonce publiée"),
        why="Une annonce en ligne compte aussi.",
    )
    (folder / "clauses/courtesy_visit").mkdir()
    (folder / "clauses/courtesy_visit/clause.md").write_text(COURTESY_VISIT, "utf-8")
    shutil.rmtree(folder / "clauses/ai_use")
    (folder / "changes.yaml").write_text(NOTES, "utf-8")
    rewrite(folder / "segments/pme.yaml", ("notice_period: 3 months", "notice_period: 1 months"))
    rewrite(folder / "sectors/finance.yaml", ("location_notice: 30 days", "location_notice: 60 days"))
    rewrite(folder / "rules/com-l441-10-delai/rule.yaml", ("severity: blocking", "severity: low"))


def rewrite(file: Path, *changes: tuple[str, str]) -> None:
    """Replace words in a file; words that it does not hold are an error of the test."""
    text = file.read_text("utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    file.write_text(text, "utf-8")


def reword(clause: Path, *changes: tuple[str, str], why: str = "Plus clair.") -> None:
    """Rewrite a clause the way its authors do: under its next version, and saying why."""
    known = re.search(r"^version: (\d+)$", (clause / "clause.md").read_text("utf-8"), re.MULTILINE)
    assert known
    note = f'version: {int(known[1]) + 1}\nchanges:\n  - {{version: {int(known[1]) + 1}, why: "{why}", law: [civ-1103-1104-1193]}}'
    rewrite(clause / "clause.md", (known[0], note), *changes)


def install(monkeypatch: pytest.MonkeyPatch, shelf: Shelf) -> None:
    """Stand for an installation that ships these releases, where nobody edits the library."""
    monkeypatch.delenv(loader.CHOICE, raising=False)
    monkeypatch.setattr(loader, "shelf", lambda: shelf)
