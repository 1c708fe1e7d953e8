"""A client's inventory: looked at and taken as a page does it, then held against the contract."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from bench.measure import Line, median
from convenu.agreement.scoping import read_answers, scope
from convenu.connectors.asset_files import NamedFile, read_inventory_apart
from convenu.facts.assets import AssetGroups, Inventory
from convenu.library.loader import french
from convenu.service.coverage import Cover, GroupCoverage, coverage
from convenu.service.inventory_terms import proposed_answers
from convenu.terms.contract import Terms

ON = date(2026, 11, 25)
SMALL, LARGE = 5_000, 100_000
LIMIT = 20.0
RUNS = 3
_KINDS = ("Portable", "Fixe", "Serveur", "Switch", "Imprimante")
_MAKERS = ("Dell Inc.", "Lenovo", "HP", "Noname")


def measure() -> Iterator[Line]:
    """The preview of a file and its taking (two readings, each in a process of its own), and the verdicts."""
    terms = scope(read_answers(Path("examples/valdrene.answers.yaml").read_bytes()), french())
    for rows in (SMALL, LARGE):
        files = [NamedFile("parc.csv", _fleet(rows))]
        read = read_inventory_apart(files)
        assert read.imported is not None
        assert len(read.imported.assets) == rows
        inventory = Inventory(ON, read.imported.assets)
        preview = median(partial(_looked_at_then_taken, files), runs=RUNS)
        promised = rows == SMALL
        yield Line(
            what=f"Inventory of {rows} rows: preview, then taken",
            seconds=preview,
            runs=RUNS,
            promise="under 20 s" if promised else "",
            kept=preview < LIMIT if promised else None,
        )
        verdicts = median(partial(_held, terms, inventory), runs=RUNS)
        yield Line(what=f"Verdicts and proposal for {rows} assets", seconds=verdicts, runs=RUNS, promise="", kept=None)
        page = median(partial(_paged, terms, AssetGroups.of(inventory.assets)), runs=RUNS)
        yield Line(what=f"What a page of {rows} assets decides, by assets alike", seconds=page, runs=RUNS)


def _looked_at_then_taken(files: list[NamedFile]) -> None:
    for _reading in ("preview", "taking"):
        read_inventory_apart(files)


def _held(terms: Terms, inventory: Inventory) -> None:
    proposed_answers(terms, coverage(terms, inventory, on=ON))


def _paged(terms: Terms, groups: AssetGroups) -> None:
    found = GroupCoverage(terms, groups, {}, on=ON)
    proposed_answers(terms, found.covers)
    assert found.narrowed(lambda one: one.cover is not Cover.COVERED)


def _fleet(rows: int) -> bytes:
    """An export whose makers, ages and classes vary, with columns that touch people."""
    lines = ["Nom;Type;Fabricant;Modèle;Numéro de série;Utilisateur;Adresse IP;Lieu;Fin de garantie;Système d'exploitation"]
    lines += [
        f"M-{rank:06d};{_KINDS[rank % 5]};{_MAKERS[rank % 4]};T{rank % 30};SN{rank:08d};P{rank};10.0.{rank % 250}.1;Le Mans;"
        f"{13 + rank % 15:02d}/{1 + rank % 12:02d}/{2022 + rank % 9};Windows 11"
        for rank in range(rows)
    ]
    return "\n".join(lines).encode()
