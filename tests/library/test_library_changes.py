"""What changed between two releases is told to lawyers: clause, words, why, law."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from convenu.agreement.library import Library
from convenu.agreement.library_changes import Fate, changes_between
from convenu.agreement.part_changes import PartChange, Reach, part_changes
from convenu.agreement.part_notes import PartKind
from convenu.cli.main import main
from convenu.library import loader
from convenu.library.clauses import read_clause
from convenu.library.front_matter import FrontMatterError
from convenu.library.shelf import Shelf
from convenu.terms.contract import Terms
from tests.library.shelves import COURTESY_VISIT, FROZEN_ON, a_frozen_workshop, install, rewrite, two_releases
from tools.release import release


@pytest.fixture
def shelves() -> tuple[Shelf, Shelf]:
    return two_releases()


@pytest.fixture
def both(shelves: tuple[Shelf, Shelf], monkeypatch: pytest.MonkeyPatch) -> tuple[Library, Library]:
    install(monkeypatch, shelves[1])
    return loader.release("2026.11"), loader.release("2026.12")


def test_what_was_added_removed_and_reworded_is_told_with_its_words_and_its_reason(both: tuple[Library, Library]) -> None:
    old, new = both
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


def parts(old: Library, new: Library) -> dict[tuple[PartKind, str], PartChange]:
    return {(change.kind, change.key): change for change in part_changes(old, new)}


def test_every_other_part_of_the_library_that_changed_is_told_with_its_values_and_its_reason(both: tuple[Library, Library]) -> None:
    told = parts(*both)
    assert set(told) == {
        (PartKind.SEGMENT, "pme"),
        (PartKind.SECTOR, "finance"),
        (PartKind.RULE, "com-l441-10-delai"),
        (PartKind.SEGMENT, "eti"),
    }
    pme = told[PartKind.SEGMENT, "pme"]
    assert [(line.label, line.before, line.after) for line in pme.lines] == [("Préavis du Client", "3\u00a0mois", "1\u00a0mois")]
    assert [(note.why, note.law) for note in pme.notes] == [("Un préavis plus court est demandé partout.", ("civ-1210-1215-duree",))]
    assert [(line.before, line.after) for line in told[PartKind.SECTOR, "finance"].lines] == [("30\u00a0jours", "60\u00a0jours")]
    assert [line.label for line in told[PartKind.RULE, "com-l441-10-delai"].lines] == ["Gravité"]
    assert not any(change.unexplained for change in told.values())
    assert not part_changes(both[0], both[0])


def test_definitions_questions_and_figures_of_the_law_are_told_too(both: tuple[Library, Library]) -> None:
    old = both[0]
    fewer = replace(old, definitions=old.definitions[1:], questions=old.questions[1:])
    told = parts(fewer, old)
    assert {key: change.fate for key, change in told.items()} == {
        (PartKind.DEFINITION, old.definitions[0].name): Fate.ADDED,
        (PartKind.QUESTION, old.questions[0].key): Fate.ADDED,
    }
    assert {change.fate for change in part_changes(old, fewer)} == {Fate.REMOVED}
    without = {name: series for name, series in old.law.values.items() if name != "recovery_fee"}
    [figure] = part_changes(replace(old, law=replace(old.law, values=without)), old)
    assert (figure.kind, figure.key, figure.reach) == (PartKind.LAW, "recovery_fee", Reach.ESTATE)
    assert any("40 EUR" in line.after for line in figure.lines)


def test_a_change_concerns_the_contracts_of_its_segment_its_sector_or_its_words(both: tuple[Library, Library]) -> None:
    told = parts(*both)
    pme, finance = told[PartKind.SEGMENT, "pme"], told[PartKind.SECTOR, "finance"]
    assert [pme.concerns(Terms.model_validate({"client_segment": segment}), frozenset()) for segment in ("pme", "tpe")] == [True, False]
    assert [finance.concerns(Terms.model_validate({"client_sector": one}), frozenset()) for one in ("finance", "other")] == [True, False]
    old = both[0]
    [word] = part_changes(replace(old, definitions=old.definitions[1:]), old)
    assert [word.concerns(Terms(), words) for words in (frozenset({word.key}), frozenset[str]())] == [True, False]


def test_a_part_that_changed_without_saying_why_is_not_frozen(tmp_path: Path) -> None:
    workshop = a_frozen_workshop(tmp_path)
    rewrite(workshop.folder / "definitions.yaml", ("somme déduite", "somme retirée"))
    with pytest.raises(ValueError, match="definition « Avoir »: Sens changed since"):
        release("2026.12", on=FROZEN_ON, workshop=workshop)
    notes = workshop.folder / "changes.yaml"
    notes.write_text('- {kind: definition, key: Avoir, why: "Plus clair."}\n', "utf-8")
    release("2026.12", on=FROZEN_ON, workshop=workshop)
    notes.write_text("- {kind: chapter, key: Avoir, why: x}\n", "utf-8")
    with pytest.raises(FrontMatterError, match="no part is a « chapter »"):
        loader.load(workshop.folder, release="2027.01")


def test_the_command_line_tells_what_changed_since_a_release(shelves: tuple[Shelf, Shelf], monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, shelves[1])
    shown = CliRunner().invoke(main, ["clauses", "--since", "2026.11"], catch_exceptions=False)
    assert shown.exit_code == 0
    for words in (
        "réécrite",
        "Une annonce en ligne compte aussi.",
        "[-publique-] {+publiée+}",
        "3 clauses changées de 2026.11 à 2026.12",
        "3\u00a0mois → 1\u00a0mois",
    ):
        assert words in shown.output
    assert "3\u00a0mois → 1\u00a0mois" in shown.output
    told = json.loads(CliRunner().invoke(main, ["clauses", "--since", "2026.11", "--json"], catch_exceptions=False).output)
    assert (told["from"], told["to"]) == ("2026.11", "2026.12")
    assert {change["key"]: change["fate"] for change in told["changes"]}["ai_use"] == "removed"
    assert {(part["kind"], part["key"]) for part in told["parts"]} >= {("segment", "pme"), ("rule", "com-l441-10-delai")}
    unknown = CliRunner().invoke(main, ["clauses", "--since", "2020.01"], catch_exceptions=False)
    assert (unknown.exit_code, "2026.11, 2026.12" in unknown.stderr) == (2, True)


def test_a_clause_that_changed_without_saying_why_is_not_frozen(tmp_path: Path) -> None:
    workshop = a_frozen_workshop(tmp_path)
    rewrite(workshop.folder / "clauses/non_solicitation/clause.md", ("Une annonce publique", "Une annonce publiée"))
    with pytest.raises(ValueError, match="say why in « changes »"):
        release("2026.12", on=FROZEN_ON, workshop=workshop)
    assert Shelf(workshop.shelf).names == ("2026.11",)


@pytest.mark.parametrize("notes", ["{version: 2, why: x}", "{version: 1, why: x}, {version: 1, why: y}", "{version: 1, reason: x}"])
def test_the_notes_of_a_clause_tell_each_version_once(notes: str) -> None:
    with pytest.raises(FrontMatterError, match="changes"):
        read_clause("visit", COURTESY_VISIT.replace("version: 1\n", f"version: 1\nchanges: [{notes}]\n"), {})
