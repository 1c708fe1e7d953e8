"""What each verb of `convenu` asks of the processor, from the shell to its answer, its child processes included."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.deal import ANSWERS, deal
from bench.measure import Line
from convenu.documents.word import write_docx
from convenu.terms.files import write_yaml

RUNS = 5
CALENDAR = 'timezone: Europe/Paris\nhours: {mon: ["08:30-12:30", "14:00-18:00"], tue: ["08:30-18:00"]}\nholidays: FR\n'
INTERVALS = "start,end\n2026-11-23T09:00:00+01:00,2026-11-24T12:00:00+01:00\n"
VERBS = (
    "--help",
    "scope answers.yaml -o out.yaml",
    "draft terms.yaml -o out.md",
    "draft terms.yaml -o out.docx",
    "draft terms.yaml -o out.pdf",
    "check terms.yaml",
    "rules",
    "clauses",
    "law recovery_fee",
    "clock --calendar calendar.yaml intervals.csv",
    "price terms.yaml",
    "schema",
    "audit contrat.docx",
)


def measure() -> Iterator[Line]:
    """User and system time, the least of some runs: what other programs do at the same time only adds to it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        it = deal()
        (folder / "answers.yaml").write_bytes(ANSWERS.read_bytes())
        (folder / "terms.yaml").write_text(write_yaml(it.terms), "utf-8")
        (folder / "calendar.yaml").write_text(CALENDAR, "utf-8")
        (folder / "intervals.csv").write_text(INTERVALS, "utf-8")
        (folder / "contrat.docx").write_bytes(write_docx(it.text, brand=it.brand, edition=it.edition))
        for verb in VERBS:
            yield Line(what=f"`convenu {verb}`", seconds=min(_asked(verb, folder) for _ in range(RUNS)), runs=RUNS)


def _asked(verb: str, folder: Path) -> float:
    before = _children()
    program = Path(sys.executable).with_name("convenu")
    done = subprocess.run([program, *verb.split()], cwd=folder, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    return _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
