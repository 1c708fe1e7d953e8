"""What the repository holds and does not hold."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REGISTRY = re.compile(r"(?:pypi|pythonhosted|npmjs|yarnpkg|unpkg|jsdelivr)\.(?:org|com|io|net)|--(?:extra-)?index-url", flags=re.IGNORECASE)


def tracked_files() -> list[Path]:
    """Every file that git keeps."""
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return [path for name in answer.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def text_of(path: Path) -> str:
    """A file as text; a picture or a Word file is searched byte by byte all the same."""
    return path.read_text(encoding="utf-8", errors="replace")


def test_no_file_names_a_package_registry() -> None:
    assert [path for path in tracked_files() if REGISTRY.search(text_of(path))] == []


def test_no_file_carries_a_promise_for_later() -> None:
    pattern = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME)\b")
    sources = [path for path in tracked_files() if path.suffix in {".py", ".md", ".yaml", ".html", ".css", ".js", ".typ"}]
    promises = {path.relative_to(ROOT): pattern.findall(text_of(path)) for path in sources}
    assert {path: found for path, found in promises.items() if found} == {}


@pytest.mark.parametrize("name", ["README.md", "LISEZMOI.md"])
def test_the_front_pages_open_with_the_two_commands(name: str) -> None:
    opening = (ROOT / name).read_text(encoding="utf-8")[:1200]
    assert "make run" in opening
    assert "make test" in opening


@pytest.mark.parametrize("target", ["run", "test", "lint", "bench", "setup", "lock", "clean"])
def test_make_knows_the_target(target: str) -> None:
    answer = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, check=False, text=True)
    assert answer.returncode == 0, answer.stderr


def test_continuous_integration_runs_make_test_and_nothing_else() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    commands = [line for line in script.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert commands == ["set -euo pipefail", 'cd "$(dirname "${BASH_SOURCE[0]}")/.."', "exec make test </dev/null"]


def test_the_licence_of_the_code_is_the_whole_apache_text() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in text
    assert [number for number in range(1, 10) if f"\n   {number}. " not in text] == []
    assert "END OF TERMS AND CONDITIONS" in text
