"""What changed between two releases is told to lawyers: clause, words, why, law."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from convenu.agreement.library_changes import Fate, changes_between
from convenu.cli.main import main
from convenu.library.clauses import read_clause
from convenu.library.front_matter import FrontMatterError
from convenu.library.loader import load
from convenu.library.shelf import Shelf
from tests.library.shelves import COURTESY_VISIT, FROZEN_ON, a_workshop, install, rewrite, two_releases
from tools.release import release


@pytest.fixture
def shelves() -> tuple[Shelf, Shelf]:
    return two_releases()


def test_what_was_added_removed_and_reworded_is_told_with_its_words_and_its_reason(shelves: tuple[Shelf, Shelf]) -> None:
    old, new = (load(shelves[1].open(name), release=name, frozen=True) for name in shelves[1].names)
    told = {change.clause.key: change for change in changes_between(old, new)}
    assert {key: change.fate for key, change in told.items()} == {
        "courtesy_visit": Fate.ADDED,
        "non_solicitation": Fate.REWORDED,
        "ai_use": Fate.REMOVED,
    }
    reworded = told["non_solicitation"]
    assert reworded.parts == ("titre", "texte")
    assert [note.why for note in reworded.notes] == ["Une annonce en ligne compte aussi."]
    assert [run.text.strip() for run in reworded.runs if run.kind.value != "same"] == ["publique", "publiée"]
    assert not changes_between(old, old)


def test_the_command_line_tells_what_changed_since_a_release(shelves: tuple[Shelf, Shelf], monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, shelves[1])
    shown = CliRunner().invoke(main, ["clauses", "--since", "2026.11"], catch_exceptions=False)
    assert shown.exit_code == 0
    for words in ("réécrite", "Une annonce en ligne compte aussi.", "[-publique-] {+publiée+}", "3 clauses changées de 2026.11 à 2026.12"):
        assert words in shown.output
    told = json.loads(CliRunner().invoke(main, ["clauses", "--since", "2026.11", "--json"], catch_exceptions=False).output)
    assert (told["from"], told["to"]) == ("2026.11", "2026.12")
    assert {change["key"]: change["fate"] for change in told["changes"]}["ai_use"] == "removed"
    unknown = CliRunner().invoke(main, ["clauses", "--since", "2020.01"], catch_exceptions=False)
    assert (unknown.exit_code, "2026.11, 2026.12" in unknown.stderr) == (2, True)


def test_a_clause_that_changed_without_saying_why_is_not_frozen(tmp_path: Path) -> None:
    workshop = a_workshop(tmp_path)
    release("2026.11", on=FROZEN_ON, workshop=workshop)
    rewrite(workshop.folder / "clauses/non_solicitation/clause.md", ("Une annonce publique", "Une annonce publiée"))
    with pytest.raises(ValueError, match="say why in « changes »"):
        release("2026.12", on=FROZEN_ON, workshop=workshop)
    assert Shelf(workshop.shelf).names == ("2026.11",)


@pytest.mark.parametrize("notes", ["{version: 2, why: x}", "{version: 1, why: x}, {version: 1, why: y}", "{version: 1, reason: x}"])
def test_the_notes_of_a_clause_tell_each_version_once(notes: str) -> None:
    with pytest.raises(FrontMatterError, match="changes"):
        read_clause("visit", COURTESY_VISIT.replace("version: 1\n", f"version: 1\nchanges: [{notes}]\n"), {})
