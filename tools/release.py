"""Freeze the library's folder as a release: one file that never changes, its line in the index, and the deals that it must write for ever.

python -m tools.release 2026.11                   freeze src/convenu/library/fr under that name, as of today
python -m tools.release 2026.11 --next 2027.01    and say what the folder prepares from then on (else: the month after)

Commit the three files. A test reads every frozen release again, and finds the same words for the same terms.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml

from convenu.agreement.assemble import assemble
from convenu.agreement.library import Library
from convenu.agreement.library_changes import changes_between
from convenu.agreement.part_changes import part_changes
from convenu.agreement.scoping import read_answers, scope
from convenu.library import loader
from convenu.library.shelf import FORMAT, INDEX, NAME, Shelf, after, file_name, freeze
from convenu.terms.files import as_data

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
# The day whose law the deals are written with, whenever a release is read again.
LAW_DAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """Where a release is made: the folder that says it, the shelf it goes to, and the deals kept to prove it later."""

    folder: Path = ROOT / "src" / "convenu" / "library" / "fr"
    shelf: Path = ROOT / "src" / "convenu" / "library" / "releases"
    proofs: Path = ROOT / "tests" / "library" / "frozen"


def release(name: str, *, on: date, following: str = "", workshop: Workshop) -> tuple[Path, ...]:
    """Freeze the folder; returns the files written. What stands in the way raises `ValueError`, and nothing is written."""
    known, following = Shelf(workshop.shelf), following or after(name)
    library = loader.load(workshop.folder, release=name)
    problems = [*_problems(name, following, known, library), *_unexplained(known, library)]
    if problems:
        raise ValueError("\n".join(problems))
    content = freeze(workshop.folder)
    index, file, proof = workshop.shelf / INDEX, workshop.shelf / file_name(name), workshop.proofs / f"{name}.yaml"
    line = {
        "name": name,
        "on": on.isoformat(),
        "format": FORMAT,
        "sha256": hashlib.sha256(content).hexdigest(),
        "hash": library.hash,
    }
    written = (
        index.read_text("utf-8").replace(f'prepares: "{known.prepares}"', f'prepares: "{following}"').replace("releases: []", "releases:")
    )
    proof.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    proof.write_text(_yaml({"law_day": LAW_DAY.isoformat(), "deals": _deals(library)}), "utf-8")
    index.write_text(f"{written.rstrip()}\n{_yaml([line])}", "utf-8")
    return file, index, proof


def _deals(library: Library) -> dict[str, Any]:
    """The terms of each example deal and the hash of its text: kept as they are, whatever becomes of the examples."""
    deals = {}
    for file in sorted(EXAMPLES.glob("*.answers.yaml")):
        terms = scope(read_answers(file.read_bytes()), library)
        deals[file.name.removesuffix(".answers.yaml")] = {"text": assemble(terms, library, on=LAW_DAY).hash, "terms": as_data(terms)}
    return deals


def _problems(name: str, following: str, known: Shelf, library: Library) -> list[str]:
    problems = [f"« {one} » is no name of a release: write 2026.11, or 2026.11.1" for one in (name, following) if not NAME.fullmatch(one)]
    if name in known.names:
        problems.append(f"« {name} » is frozen and never changes: give the next one a new name")
    same = known.saying(library.hash)
    if same is not None:
        problems.append(f"the folder says the same as « {same.name} »: there is nothing to freeze")
    return problems


def _unexplained(known: Shelf, library: Library) -> list[str]:
    """The clauses and the other parts that changed since the last release and do not say why: a lawyer must be told."""
    if not known.names or known.releases[-1].hash == library.hash:
        return []
    last = known.names[-1]
    before = loader.load(known.open(last), release=last, frozen=True)
    parts = [
        f"{change.kind} « {change.key} »: {', '.join(line.label for line in change.lines)} changed since {last}: say why in changes.yaml"
        for change in part_changes(before, library)
        if change.unexplained
    ]
    return parts + [
        f"clauses/{change.clause.key}: {', '.join(change.parts)} changed since {last}: raise its version, and say why in « changes »"
        for change in changes_between(before, library)
        if change.unexplained
    ]


def _yaml(data: Any) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=140)


def main(arguments: list[str]) -> int:
    """Freeze from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.release", description="Freeze the library's folder as a release.")
    parser.add_argument("name", help="2026.11")
    parser.add_argument("--next", default="", help="what the folder prepares from then on")
    chosen = parser.parse_args(arguments)
    try:
        written = release(chosen.name, on=datetime.now(UTC).astimezone().date(), following=chosen.next, workshop=Workshop())
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    for file in written:
        print(f"{file.relative_to(ROOT)}, {file.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
