"""The figures that this installation imported: a file each in its data folder, laid over those of the package."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from convenu.law.book import LawBook, LawValue, Sourced
from convenu.law.series import Published, grown
from convenu.library.data_folder import data_folder, data_folder_path
from convenu.library.front_matter import FrontMatterError, refuse_others, take
from convenu.vocabulary import yaml_text

_FIELDS = frozenset({"known_until", "imported", "values"})
_VALUE_FIELDS = frozenset({"value", "source"})


def overlay_stamp() -> str:
    """What changes whenever an imported figure does; empty when there is none."""
    files = [f"{file.name} {file.stat().st_mtime_ns} {file.stat().st_size}" for file in _files()]
    return hashlib.sha256("\n".join(files).encode()).hexdigest() if files else ""


def overlaid(book: LawBook, stamp: str) -> LawBook:
    """The figures with those imported over them."""
    values = dict(book.values)
    for file in _files():
        if file.stem in values:
            values[file.stem] = _laid_over(values[file.stem], yaml_text.read(file.read_bytes()).data)
    return LawBook(values, book.computed, edition=stamp)


def keep(figure: LawValue, added: Iterable[Published], *, known_until: date | None, today: date) -> Path:
    """Write what was imported, with what was imported before, whole or not at all; the file written."""
    folder = data_folder() / "law"
    folder.mkdir(exist_ok=True, mode=0o700)
    file = folder / f"{figure.name}.yaml"
    values: dict[str, Any] = dict(yaml_text.read(file.read_bytes()).data["values"]) if file.exists() else {}
    values |= {one.day.isoformat(): {"value": str(one.value), "source": one.source} for one in added}
    data = {
        "imported": today.isoformat(),
        "known_until": known_until.isoformat() if known_until else "none",
        "values": dict(sorted(values.items())),
    }
    draft = file.with_name(f".{file.name}.{os.getpid()}.partial")
    draft.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    draft.replace(file)
    return file


def _files() -> list[Path]:
    folder = data_folder_path() / "law"
    return sorted(folder.glob("[a-z]*.yaml")) if folder.is_dir() else []


def _laid_over(figure: LawValue, data: Mapping[str, Any]) -> LawValue:
    where = f"{figure.name} (importé)"
    fields = dict(data)
    refuse_others(fields, _FIELDS, where)
    values = {date.fromisoformat(str(day)): _sourced(where, one) for day, one in take(fields, "values", where).items()}
    until = take(fields, "known_until", where)
    return grown(
        figure,
        values,
        known_until=None if until == "none" else date.fromisoformat(str(until)),
        checked=date.fromisoformat(str(take(fields, "imported", where))),
    )


def _sourced(where: str, one: Mapping[str, Any]) -> Sourced:
    if set(one) != _VALUE_FIELDS:
        raise FrontMatterError(f"{where}: a value has « value » and « source »")
    return Sourced(Decimal(str(one["value"])), str(one["source"]))
