"""Files of an inventory, whatever their form: a table under a mapping, or what agents wrote of machines, one file each.

As a program it reads strangers' files in a process of its own (`read_apart`).
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from convenu.connectors.agents.reading import AGENT_FILES, PERSONAL_SECTIONS, read_agent_file
from convenu.connectors.asset_importing import ImportedAssets, RejectedRow, imported_assets, imported_from_json
from convenu.connectors.asset_mapping import COLUMNS, AssetMapping, likely_class, likely_status
from convenu.connectors.table import Table
from convenu.connectors.table_file import TEXTS, WORKBOOKS, table_of, words_of
from convenu.documents.strangers import bound_this_process
from convenu.documents.strangers import read_apart as run_apart
from convenu.facts.assets import Asset
from convenu.vocabulary.mistakes import Mistake, MistakesError

# A file is named by a stranger: only the forms that are read from what was sent, never from a path of this machine.
TABLES = (*TEXTS, *WORKBOOKS)
MAX_BYTES = 60_000_000
MAX_FILES = 2_000
MOST_WORDS = 60
_MEMORY, _SECONDS = 2_000_000_000, 60


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file as somebody sends it; its name is only read for its ending."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadInventory:
    """What files gave under a mapping, or what must be answered before they are read.

    `columns` and `words` (of the class and of the status, the most frequent first) are what the mapping is chosen from; files of agents
    have none.
    """

    columns: tuple[str, ...] = ()
    mapping: dict[str, Any] = field(default_factory=dict)
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    imported: ImportedAssets | None = None
    mistakes: tuple[Mistake, ...] = ()


def read_inventory(
    files: Sequence[NamedFile], *, mapping: Mapping[str, Any] | None = None, remembered: Mapping[str, Mapping[str, Any]] | None = None
) -> ReadInventory:
    """The inventory of these files; without a mapping, the one remembered for these columns (`columns_key`), else the one proposed."""
    mistakes = _mistakes_in(files)
    if mistakes:
        return ReadInventory(mistakes=tuple(mistakes))
    if all(_by_agent(one) for one in files):
        return _agents(files)
    try:
        given = AssetMapping.model_validate({name: part for name, part in (mapping or {}).items() if part})
        source = table_of(files[0].name, files[0].content, given)
    except ValidationError as error:
        return ReadInventory(mapping=dict(mapping or {}), mistakes=tuple(_told(error)))
    except MistakesError as error:
        return ReadInventory(mapping=dict(mapping or {}), mistakes=tuple(error.mistakes))
    kept = (remembered or {}).get(columns_key(source.columns))
    chosen = {**(mapping if mapping and mapping.get("columns") else kept or proposed(source)), **_form_of(mapping)}
    return _under(source, chosen)


def columns_key(columns: Sequence[str]) -> str:
    """What a mapping is remembered under: the same columns, in any order."""
    return hashlib.sha256("\n".join(sorted(columns)).encode()).hexdigest()


def proposed(source: Table) -> dict[str, Any]:
    """A mapping to look over: that of a known tool which exports these columns, else the columns that are likely."""
    presets = [AssetMapping.preset(name) for name in AssetMapping.presets()]
    fitting = [one for one in presets if set(one["columns"].values()) <= set(source.columns)]
    found = max(fitting, key=lambda one: len(one["columns"]), default=None)
    if found is None:
        return {"columns": {name: header for name in COLUMNS if (header := AssetMapping.likely_header(name, source.columns))}}
    return {name: found[name] for name in ("source", "columns", "classes") if name in found}


def read_inventory_apart(
    files: Sequence[NamedFile], *, mapping: Mapping[str, Any] | None = None, remembered: Mapping[str, Mapping[str, Any]] | None = None
) -> ReadInventory:
    """`read_inventory` in a process of its own, bounded in memory and time; `StrangerError` when that process does not end well."""
    mistakes = _mistakes_in(files)
    if mistakes:
        return ReadInventory(mistakes=tuple(mistakes))
    header = {"files": [[one.name, len(one.content)] for one in files], "mapping": mapping, "remembered": remembered}
    sent = b"".join([json.dumps(header, ensure_ascii=False).encode(), b"\n", *(one.content for one in files)])
    told = json.loads(run_apart("convenu.connectors.asset_files", sent, seconds=_SECONDS))
    return ReadInventory(
        columns=tuple(told["columns"]),
        mapping=told["mapping"],
        words={name: tuple(words) for name, words in told["words"].items()},
        imported=imported_from_json(told["imported"]) if told["imported"] else None,
        mistakes=tuple(Mistake(*one) for one in told["mistakes"]),
    )


def _mistakes_in(files: Sequence[NamedFile]) -> list[Mistake]:
    tables = [one for one in files if not _by_agent(one)]
    size = sum(len(one.content) for one in files)
    if not files:
        return [Mistake("fichier", "aucun fichier", "Choisissez un fichier CSV ou Excel, ou ceux des agents.")]
    if len(files) > MAX_FILES or size > MAX_BYTES:
        most = f"{MAX_FILES} fichiers et {MAX_BYTES // 1_000_000} Mo au plus"
        return [Mistake("fichier", f"{len(files)} fichiers, {size // 1_000_000} Mo : {most}", "Envoyez-les en plusieurs fois.")]
    strange = [one for one in tables if Path(one.name).suffix.casefold() not in TABLES]
    if strange:
        return [Mistake(one.name, "ni tableau ni fichier d’agent", f"Attendus : {', '.join((*TABLES, *AGENT_FILES))}.") for one in strange]
    if tables and len(files) > 1:
        return [Mistake(tables[0].name, "un seul tableau par inventaire", "Réunissez les tableaux, ou importez-les l’un après l’autre.")]
    return []


def _by_agent(one: NamedFile) -> bool:
    return one.name.casefold().endswith(AGENT_FILES)


def _agents(files: Sequence[NamedFile]) -> ReadInventory:
    """Every machine of these files; one that cannot be read is left aside with its reason."""
    kept: dict[str, Asset] = {}
    rejected: list[RejectedRow] = []
    left: dict[str, None] = {}
    for number, one in enumerate(files, start=1):
        try:
            asset, sections = read_agent_file(one.name, one.content)
        except MistakesError as error:
            rejected += [RejectedRow(number, mistake.message, {"fichier": mistake.where}) for mistake in error.mistakes]
            continue
        left |= dict.fromkeys(sections)
        if asset.key in kept:
            rejected.append(RejectedRow(number, f"« {asset.key} » est déjà dans un autre fichier", {"fichier": one.name}))
        else:
            kept[asset.key] = asset
    personal = tuple(name for name in left if name in PERSONAL_SECTIONS)
    read = ImportedAssets(
        assets=tuple(kept.values()), rejected=tuple(rejected), dropped=tuple(left), personal=personal, unmeant={}, rows=len(files)
    )
    return ReadInventory(imported=read)


def _under(source: Table, chosen: dict[str, Any]) -> ReadInventory:
    """The inventory under a mapping; words that it says nothing of are given what is likely, and a person looks them over."""
    words = _words(source, chosen.get("columns", {}))
    likely = {word: meant.value for word in words.get("asset_class", ()) if (meant := likely_class(word))}
    states = {word: state.value for word in words.get("status", ()) if (state := likely_status(word))}
    chosen = {"classes": likely, "statuses": states, **chosen}
    imported: ImportedAssets | None = None
    mistakes: tuple[Mistake, ...] = ()
    try:
        imported = imported_assets(source, AssetMapping.model_validate({name: part for name, part in chosen.items() if part}))
    except ValidationError as error:
        mistakes = tuple(_told(error))
    except MistakesError as error:
        mistakes = error.mistakes
    return ReadInventory(columns=source.columns, mapping=chosen, words=words, imported=imported, mistakes=mistakes)


def _words(source: Table, columns: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The words of the class and of the status, the most frequent first."""
    found = {name: columns[name] for name in ("asset_class", "status") if columns.get(name) in source.columns}
    return {name: tuple(words_of(source, header, MOST_WORDS)) for name, header in found.items()}


def _form_of(mapping: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: part for name in ("delimiter", "encoding", "sheet", "dates") if (part := (mapping or {}).get(name))}


def _told(error: ValidationError) -> list[Mistake]:
    return [
        Mistake(".".join(str(part) for part in one["loc"]), one["msg"].removeprefix("Value error, "))
        for one in error.errors(include_url=False)
    ]


def main() -> None:
    """Read the files on the standard input and print the inventory as JSON."""
    bound_this_process(memory=_MEMORY, seconds=_SECONDS)
    header = json.loads(sys.stdin.buffer.readline())
    files = [NamedFile(name, sys.stdin.buffer.read(size)) for name, size in header["files"]]
    read = read_inventory(files, mapping=header["mapping"], remembered=header["remembered"])
    told = {
        "columns": read.columns, "mapping": read.mapping, "words": read.words,
        "imported": read.imported.as_json() if read.imported else None,
        "mistakes": [[one.where, one.message, one.suggestion] for one in read.mistakes],
    }  # fmt: skip
    sys.stdout.write(json.dumps(told, ensure_ascii=False, default=str))


if __name__ == "__main__":
    main()
