"""`convenu inventory`: the assets of files, and what a contract makes of each, as JSON and as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from convenu.agreement.assemble import assemble
from convenu.agreement.check import place_of
from convenu.cli.files import MAX_FACTS_BYTES, content_of
from convenu.cli.telling import print_json
from convenu.cli.terms_file import terms_of
from convenu.cli.typed import DAY, today
from convenu.cli.verbs import verb
from convenu.connectors.asset_files import NamedFile, ReadInventory, read_inventory
from convenu.connectors.asset_importing import ImportedAssets
from convenu.connectors.asset_mapping import AssetMapping
from convenu.facts.assets import Inventory
from convenu.library import loader
from convenu.library.support_ends import support_ends
from convenu.service.coverage import AssetCover, Cover, counts_by_class, coverage
from convenu.service.inventory_terms import ClassGap, gaps
from convenu.terms.closed_lists import AssetClass
from convenu.terms.contract import Terms
from convenu.vocabulary import french, yaml_text
from convenu.vocabulary.contract_text import ContractText
from convenu.vocabulary.mistakes import Mistake, MistakesError

_REASONS_SHOWN = 3
_REFUSED_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """An inventory held against a contract: the verdicts, the gaps, and the text that gives their articles."""

    on: date
    inventory: Inventory
    covers: tuple[AssetCover, ...]
    gaps: tuple[ClassGap, ...]
    text: ContractText

    def article(self, clause: str) -> str:
        """The article of a clause in this contract; empty when the contract lacks it."""
        section = self.text.section(clause)
        return place_of(section) if section else ""


def imported_of(read: ReadInventory) -> ImportedAssets:
    """What was read; what must be answered first is a mistake."""
    if read.imported is None:
        raise MistakesError(read.mistakes)
    if not read.imported.assets:
        reasons = Counter(row.reason for row in read.imported.rejected).most_common(_REASONS_SHOWN)
        told = " ; ".join(f"{count} : {reason}" for reason, count in reasons)
        raise MistakesError([Mistake("fichier", "aucun actif lisible", told)])
    return read.imported


def covered(terms: Terms, imported: ImportedAssets, *, on: date) -> Covered:
    """The verdict of each asset under these terms, on a day."""
    inventory = Inventory(on, imported.assets)
    covers = coverage(terms, inventory, on=on, ends=support_ends())
    return Covered(on=on, inventory=inventory, covers=covers, gaps=gaps(terms, covers), text=assemble(terms, loader.current(), on=on))


def read_as_json(read: ReadInventory) -> dict[str, Any]:
    """What was read of the files, what was left there, and the mapping to look over."""
    imported = read.imported
    return {
        "columns": list(read.columns),
        "mapping": read.mapping,
        "words": {name: list(words) for name, words in read.words.items()},
        "mistakes": [one.as_json() for one in read.mistakes],
        **(imported.as_json() if imported else {}),
    }


def covered_as_json(found: Covered, imported: ImportedAssets) -> dict[str, Any]:
    """The rows, the verdicts and the counts, as the command line and the API give them."""
    return {
        "on": found.on.isoformat(),
        "rows": imported.rows,
        "rejected": imported.as_json()["rejected"],
        "dropped": list(imported.dropped),
        "personal": list(imported.personal),
        "counts": {
            name or "unknown": {cover.value: count[cover] for cover in Cover} for name, count in counts_by_class(found.covers).items()
        },
        "gaps": [_gap(gap) for gap in found.gaps],
        "assets": [_cover(one, found) for one in found.covers],
        "hash": found.inventory.hash,
    }


def as_text(found: Covered, imported: ImportedAssets) -> Iterator[str]:
    """A contract and its inventory for a terminal, a line at a time."""
    yield f"{len(found.covers)} actifs lus de {imported.rows} lignes, contrat vu au {french.day(found.on)}."
    if imported.rejected:
        shown = imported.rejected[:_REFUSED_SHOWN]
        yield f"  lignes refusées : {len(imported.rejected)}"
        yield from (f"    ligne {one.row} : {one.reason}" for one in shown)
        if len(shown) < len(imported.rejected):
            yield f"    et {len(imported.rejected) - len(shown)} autres, que --json dit toutes"
    if imported.personal:
        yield f"  laissé dans le fichier, car cela touche des personnes : {', '.join(imported.personal)}"
    for word, count in imported.unmeant.items():
        yield f"  « {word} » n’a pas de classe : {count} lignes"
    for name, counts in counts_by_class(found.covers).items():
        label = AssetClass(name).label if name else "classe non indiquée"
        told = ", ".join(f"{counts[cover]} {cover.label}" for cover in Cover if counts[cover])
        yield f"  {label} : {told}"
    reasons = Counter((one.cover, one.deciding.reason, one.deciding.clause.key) for one in found.covers)
    for (cover, reason, clause), count in reasons.most_common():
        yield f"  {cover.label}, {reason.label} : {count} ({found.article(clause) or 'absent du contrat'})"
    absent = [gap.asset_class.label for gap in found.gaps if not gap.held]
    if absent:
        yield f"  classes du contrat que ce fichier ne porte pas : {', '.join(absent)}"
    for gap in found.gaps:
        if gap.apart:
            due = "" if gap.to_bill is None else f" ({french.number(gap.to_bill)} par la règle de décompte)"
            sold = "" if gap.billed is None else f", {french.number(gap.billed)} au prix{due}"
            yield f"  écart, {gap.asset_class.label} : {gap.agreed} au contrat{sold}, {gap.counted} à l’inventaire"


def _gap(gap: ClassGap) -> dict[str, Any]:
    billed, to_bill = (None if figure is None else str(figure) for figure in (gap.billed, gap.to_bill))
    return {
        "class": gap.asset_class.value,
        "agreed": gap.agreed,
        "counted": gap.counted,
        "billed": billed,
        "to_bill": to_bill,
        "held": gap.held,
    }


def _cover(one: AssetCover, found: Covered) -> dict[str, Any]:
    return {
        **one.asset.as_json(),
        "cover": one.cover.value,
        "served_for_the_rest": one.stays,
        "grounds": [
            {
                "reason": ground.reason.value, "label": ground.reason.label, "detail": ground.detail, "clause": ground.clause.key,
                "terms": list(ground.clause.terms), "article": found.article(ground.clause.key),
            }
            for ground in one.grounds
        ],
    }  # fmt: skip


@verb("inventory")
@click.argument("files", metavar="FILE...", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "--terms", "terms_file", metavar="TERMS.yaml", type=click.Path(path_type=Path), help="Termes dont chaque actif est rapproché."
)
@click.option("--mapping", "mapping_file", type=click.Path(path_type=Path), help="Correspondance entre l’export et nos colonnes.")
@click.option("--on", "on", type=DAY, help="Jour de l’inventaire et du contrat ; aujourd’hui sans cela.")
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
def command(files: tuple[Path, ...], terms_file: Path | None, mapping_file: Path | None, on: date | None, *, as_json: bool) -> None:
    """What was read, or what the contract makes of it."""
    given = [NamedFile(path.name, content_of(path, limit=MAX_FACTS_BYTES)) for path in files]
    mapping = AssetMapping.read(yaml_text.read(content_of(mapping_file))).model_dump(mode="json") if mapping_file else None
    read = read_inventory(given, mapping=mapping)
    if terms_file is None:
        print_json(read_as_json(read))
        return
    imported = imported_of(read)
    found = covered(terms_of(terms_file), imported, on=on or today())
    if as_json:
        print_json(covered_as_json(found, imported))
    else:
        click.echo("\n".join(french.typography(line) for line in as_text(found, imported)))
