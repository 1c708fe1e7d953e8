"""Shelves of frozen releases that the tests make for themselves."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from convenu.library import loader
from convenu.library.shelf import INDEX, Shelf
from tools.release import Workshop, release

FROZEN_ON = date(2026, 11, 25)
Edit = Callable[[Path], None]


def a_workshop(place: Path) -> Workshop:
    """A copy of the library's folder, an empty shelf, and no proof yet."""
    shutil.copytree(str(files("convenu.library") / "fr"), place / "fr")
    (place / "releases").mkdir()
    (place / "releases" / INDEX).write_text('prepares: "2026.11"\nreleases: []\n', "utf-8")
    return Workshop(folder=place / "fr", shelf=place / "releases", proofs=place / "frozen")


def two_releases(place: Path, edit: Edit) -> tuple[Shelf, Shelf]:
    """The shelf with « 2026.11 », as the folder is today; then also with « 2026.12 », once it was edited."""
    workshop = a_workshop(place)
    release("2026.11", on=FROZEN_ON, workshop=workshop)
    before = Shelf(workshop.shelf)
    assert before.names == ("2026.11",)
    edit(workshop.folder)
    release("2026.12", on=FROZEN_ON, workshop=workshop)
    return before, Shelf(workshop.shelf)


def rewrite(clause: Path, *changes: tuple[str, str]) -> None:
    """Replace words in a clause's file; words that it does not hold are an error of the test."""
    text = clause.read_text("utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    clause.write_text(text, "utf-8")


def install(monkeypatch: pytest.MonkeyPatch, shelf: Shelf) -> None:
    """Stand for an installation that ships these releases, where nobody edits the library."""
    monkeypatch.delenv(loader.CHOICE, raising=False)
    monkeypatch.setattr(loader, "shelf", lambda: shelf)
