"""The locks: everything by hash, nothing by address, every dependency explained."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REQUIREMENTS = ROOT / "requirements"
LOCKS = ("run.txt", "dev.txt", "bench.txt", "spark.txt")


def locked_lines(lock: str) -> list[str]:
    """The requirements of a lock, each with its hashes on one line."""
    return (REQUIREMENTS / lock).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()


def names_of(requirements: str) -> set[str]:
    """The distributions that a requirements file asks for by name, spelt the one way."""
    lines = (REQUIREMENTS / requirements).read_text(encoding="utf-8").splitlines()
    return {re.split(r"[\[<>=! ;]", line)[0].lower().replace("_", "-") for line in lines if re.match(r"\w", line)}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_distribution_has_one_exact_version_and_its_hashes(lock: str) -> None:
    lines = locked_lines(lock)
    assert lines
    assert [line for line in lines if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_contains_no_address(lock: str) -> None:
    text = (REQUIREMENTS / lock).read_text(encoding="utf-8")
    assert re.findall(r"\w+://|^--|@\s|file:", text, flags=re.MULTILINE) == []


@pytest.mark.parametrize(
    ("asked", "lock"),
    [("run.in", "run.txt"), ("build.in", "run.txt"), ("dev.in", "dev.txt"), ("bench.in", "bench.txt"), ("spark.in", "spark.txt")],
)
def test_every_dependency_asked_for_is_locked(asked: str, lock: str) -> None:
    assert names_of(asked) - names_of(lock) == set()


@pytest.mark.parametrize("lock", ["dev.txt", "bench.txt", "spark.txt"])
def test_what_runs_has_the_same_versions_under_the_tests_and_the_benchmarks(lock: str) -> None:
    assert set(locked_lines("run.txt")) - set(locked_lines(lock)) == set()


@pytest.mark.parametrize("asked", ["run.in", "build.in", "dev.in", "bench.in", "spark.in"])
def test_every_dependency_asked_for_is_explained(asked: str) -> None:
    document = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    explained = {row.replace("_", "-") for row in re.findall(r"^\| `([\w.-]+)` \|", document, flags=re.MULTILINE)}
    assert names_of(asked) - explained == set()


def test_data_frames_stay_out_of_what_a_user_installs() -> None:
    assert names_of("run.txt") & {"pandas", "pyarrow", "numpy"} == set()
