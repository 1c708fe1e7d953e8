"""What is kept of the cue files says what they say; nothing stale or damaged is used, and an audit that may keep nothing is the same."""

from __future__ import annotations

import ast
import errno
import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from convenu.agreement.audit.guides.cues import CUES, ReadCues
from convenu.cli import audit
from convenu.cli.main import main
from convenu.library import kept_cues
from convenu.library.kept_cues import MADE_BY, keep, kept, place, source_of
from convenu.library.recognition import as_kept, as_written, read_recognition

FILES = {"denials.yaml": b"- sans que\n", "provisions/price/provision.yaml": b"label: Prix\n"}
SAID = {"said": {"denials.yaml": ["sans que"]}, "cues": {"sans que": ["sans que", [["sans"], ["que"]], []]}}
# Of what reads cues, what neither says by which letters one is looked for nor what a file holds.
NO_PART = {"library/front_matter.py", "vocabulary/french.py", "vocabulary/mistakes.py", "vocabulary/span.py"}
# Keeps and reads in turn, as often as another process that does the same leaves it time to; whatever is found is whole.
IN_TURN = """
import sys
from convenu.library.kept_cues import keep, kept
mine = {"said": sys.argv[1] * 100_000, "cues": {}}
for _ in range(60):
    keep(mine, b"source")
    found = kept(b"source")
    assert found is None or set(found["said"]) in ({"a"}, {"b"}) and len(found["said"]) == 100_000, found
"""


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("CONVENU_DATA", str(folder))
    return folder


def source() -> bytes:
    known = source_of(FILES)
    assert known is not None
    return known


def test_what_is_kept_says_what_the_files_say() -> None:
    assert as_kept() is None
    written = as_written()
    CUES.clear()
    found = as_kept()
    assert found == written == read_recognition(files("convenu.library") / "fr" / "audit")
    again = ReadCues()
    assert len(CUES) > 1000
    assert all(again[one] == known for one, known in CUES.items())


@pytest.mark.parametrize(
    "others",
    [
        {**FILES, "denials.yaml": b"- sans quoi\n"},
        {**FILES, "laws.yaml": b"suisse: []\n"},
        {"denials.yaml": FILES["denials.yaml"], "provisions/prices/provision.yaml": b"label: Prix\n"},
        {"denials.yaml": FILES["denials.yaml"]},
    ],
    ids=["a word", "a file more", "a name", "a file less"],
)
def test_what_was_kept_of_other_files_is_not_used(others: dict[str, bytes]) -> None:
    keep(SAID, source_of(others))
    assert kept(source()) is None
    keep(SAID, source())
    assert kept(source()) == SAID


def test_what_another_version_of_the_code_read_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    keep(SAID, source())
    monkeypatch.setattr(kept_cues, "_CODE", b"".join((files("convenu") / path).read_bytes() for path in MADE_BY) + b"#")
    assert kept(source()) is None


def test_all_the_code_that_reads_a_cue_counts() -> None:
    read = {one for path in MADE_BY if path != "library/recognition.py" for one in _imported_by(path)}
    assert read - NO_PART <= set(MADE_BY)
    assert set(_imported_by("library/recognition.py")) >= {"agreement/audit/guides/cues.py", "vocabulary/yaml_text.py"}


def _imported_by(path: str) -> list[str]:
    """The modules of ours that one imports, by their path."""
    found = []
    for node in ast.walk(ast.parse((files("convenu") / path).read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "convenu.vocabulary":
            found += [f"vocabulary/{one.name}.py" for one in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("convenu."):
            found.append(f"{node.module.removeprefix('convenu.').replace('.', '/')}.py")
    return found


def test_installed_without_its_source_the_program_keeps_nothing(monkeypatch: pytest.MonkeyPatch, empty_folder: Path) -> None:
    monkeypatch.setattr(kept_cues, "_CODE", None)
    assert as_written().provisions
    assert as_kept() is None
    assert not empty_folder.exists()


@pytest.mark.parametrize(
    ("first", "last", "instead"),
    [
        (0, None, b""),
        (20, None, b""),
        (-1, None, b""),
        (0, 2, b"{}"),
        (-4, -3, b"#"),
        (-1, None, b"} "),
        (32, None, b'{"said": {}, "cues": {}}'),
    ],
    ids=["empty", "hardly begun", "cut short", "another digest", "a letter changed", "longer", "something else"],
)
def test_what_was_damaged_is_not_used_and_is_kept_anew(first: int, last: int | None, instead: bytes) -> None:
    keep(SAID, source())
    damaged = bytearray(place().read_bytes())
    damaged[first:last] = instead
    place().write_bytes(damaged)
    assert kept(source()) is None
    keep(SAID, source())
    assert kept(source()) == SAID


def test_what_is_kept_is_plain_data_after_its_digest() -> None:
    keep(SAID, source())
    assert json.loads(place().read_bytes()[32:]) == SAID


def nothing_is_kept_and_nothing_left(folder: Path) -> None:
    keep(SAID, source())
    assert kept(source()) is None
    assert [one for one in folder.rglob("*") if one.is_file()] == []


def test_where_the_folder_cannot_be_made_nothing_is_kept(empty_folder: Path) -> None:
    empty_folder.write_bytes(b"")
    nothing_is_kept_and_nothing_left(empty_folder)


def test_where_the_file_cannot_be_put_in_its_place_nothing_is_kept(empty_folder: Path) -> None:
    place().mkdir(parents=True)
    nothing_is_kept_and_nothing_left(empty_folder)


def test_for_a_user_without_a_home_nothing_is_kept(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("CONVENU_DATA", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", home)
    nothing_is_kept_and_nothing_left(empty_folder)


def test_on_a_full_disk_nothing_is_kept(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(path: Path, _content: bytes) -> int:
        path.touch()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", write)
    nothing_is_kept_and_nothing_left(empty_folder)


def test_two_processes_that_keep_at_once_do_no_harm(empty_folder: Path) -> None:
    both = [subprocess.Popen([sys.executable, "-c", IN_TURN, one], stderr=subprocess.PIPE) for one in "ab"]
    assert [(one.communicate()[1], one.returncode) for one in both] == [(b"", 0), (b"", 0)]
    assert kept(b"source")["said"][0] in "ab"
    assert [one.name for one in (empty_folder / "cache").iterdir()] == [place().name]


def test_an_audit_says_the_same_whether_the_cues_were_kept_or_not_and_where_none_may_be(
    empty_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = tmp_path / "contrat.txt"
    contract.write_text("Contrat d'infogérance\n\nArticle 1 - Durée\n\nLe contrat est conclu pour trois ans.\n", "utf-8")

    def said() -> str:
        audit._cues.cache_clear()
        done = CliRunner().invoke(main, ["audit", str(contract), "--on", "2026-11-26", "--json"])
        assert done.stderr == ""
        return done.stdout

    first = said()
    assert json.loads(first)["values"]["initial_duration_months"] == 36
    assert [one.name for one in (empty_folder / "cache").iterdir()] == [place().name]
    assert said() == first
    monkeypatch.setenv("CONVENU_DATA", os.devnull)
    assert said() == first
