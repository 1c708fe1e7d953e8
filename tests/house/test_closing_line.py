"""The last line of `make test` says which tests were not run, and why."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

A_TEST_OF_EACH_KIND = """
import pytest

@pytest.mark.poppler
def test_reads_a_pdf():
    pass

@pytest.mark.libreoffice
def test_opens_a_word_file():
    pass

@pytest.mark.libreoffice
def test_opens_another_word_file():
    pass

def test_needs_nothing():
    pass
"""


def last_lines(tmp_path: Path, *, path_of_programs: str, processes: str) -> tuple[str, str]:
    """Pytest's own summary and the line after it, for a project with these tests on a machine with these programs."""
    (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "test_kinds.py").write_text(A_TEST_OF_EACH_KIND, encoding="utf-8")
    marks = "\n".join(f"    {mark}" for mark in ("browser", "libreoffice", "poppler"))
    (tmp_path / "pytest.ini").write_text(f"[pytest]\naddopts = -p no:django\nmarkers =\n{marks}\n", encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "DJANGO_", "CONVENU_"))}
    environment = {**kept, "PATH": path_of_programs, "PYTHONPATH": str(ROOT), "COLUMNS": "120"}
    command = [sys.executable, "-m", "pytest", "-q", "-n", processes, "-p", "no:cacheprovider"]
    answer = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    summary, closing = answer.stdout.splitlines()[-2:]
    return summary, closing


def machine_with(tmp_path: Path, *programs: str) -> str:
    """A folder of programs to put on the PATH."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for program in programs:
        (folder / program).write_text("#!/bin/sh\n", encoding="utf-8")
        (folder / program).chmod(0o755)
    return str(folder)


def test_on_a_machine_without_the_programs_the_tests_left_out_are_counted_by_reason(tmp_path: Path) -> None:
    summary, closing = last_lines(tmp_path, path_of_programs=machine_with(tmp_path), processes="0")
    assert "1 passed, 3 skipped" in summary
    assert closing == "Tests not run: 2 (libreoffice-writer-nogui is not installed); 1 (poppler-utils is not installed)."


def test_the_line_is_the_same_when_the_tests_are_shared_between_processes(tmp_path: Path) -> None:
    summary, closing = last_lines(tmp_path, path_of_programs=machine_with(tmp_path, "soffice"), processes="1")
    assert "3 passed, 1 skipped" in summary
    assert closing == "Tests not run: 1 (poppler-utils is not installed)."


def test_on_a_machine_with_every_program_the_line_says_so(tmp_path: Path) -> None:
    programs = machine_with(tmp_path, "chromium", "soffice", "pdfinfo", "pdftoppm", "pdftotext")
    summary, closing = last_lines(tmp_path, path_of_programs=programs, processes="0")
    assert "4 passed" in summary
    assert closing == "Every test that was selected was run."
