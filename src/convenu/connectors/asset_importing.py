"""From the rows of an export to assets: what is certain is kept, what is not is told and left aside with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from convenu.connectors.asset_mapping import COLUMNS, AssetMapping, is_personal
from convenu.connectors.table import Cell, Row, Table, text
from convenu.connectors.times import ISO, Times, form_of
from convenu.facts.assets import Asset, AssetStatus, asset_from_json
from convenu.vocabulary.mistakes import Mistake, MistakesError

MAX_ASSETS = 100_000
MAX_QUANTITY = 10_000
_DAYS = ("purchased_on", "warranty_end", "support_end", "last_seen")
_WORDS = ("name", "maker", "model", "serial", "site", "operating_system")
# What tools write where nothing is known: not a day, not a number.
_NO_DAY = ("", "-", "n/a", "null", "0", "0000-00-00", "0001-01-01", "1900-01-01", "1970-01-01")
_NO_SERIAL = frozenset(
    {"", "-", "0", "n/a", "none", "null", "default string", "not specified", "system serial number", "to be filled by o.e.m.", "0123456789"}
)
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row left out: where, why, and what its columns that we read said."""

    row: int
    reason: str
    cells: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedAssets:
    """What an export gave.

    `dropped` are the headers that were not read, `personal` those among them behind which somebody stands. `unmeant` are the words of the
    class column that nobody gave a class to, with how many rows say them.
    """

    assets: tuple[Asset, ...]
    rejected: tuple[RejectedRow, ...] = ()
    dropped: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    unmeant: dict[str, int]
    rows: int = 0

    def as_json(self) -> dict[str, Any]:
        """As plain data, so that it crosses from the process that reads strangers' files."""
        return {
            "assets": [one.as_json() for one in self.assets],
            "rejected": [{"row": one.row, "reason": one.reason, "cells": one.cells} for one in self.rejected],
            "dropped": list(self.dropped), "personal": list(self.personal), "unmeant": self.unmeant, "rows": self.rows,
        }  # fmt: skip


def imported_from_json(told: dict[str, Any]) -> ImportedAssets:
    """What `ImportedAssets.as_json` gave."""
    return ImportedAssets(
        assets=tuple(asset_from_json(one) for one in told["assets"]), rejected=tuple(RejectedRow(**one) for one in told["rejected"]),
        dropped=tuple(told["dropped"]), personal=tuple(told["personal"]), unmeant=told["unmeant"], rows=told["rows"],
    )  # fmt: skip


def imported_assets(source: Table, mapping: AssetMapping) -> ImportedAssets:
    """The assets of a table; what must be asked, a column that is not there or a file too long raises `MistakesError` all at once."""
    lacking = mapping.lacking(source.columns)
    if len(source.rows) > MAX_ASSETS:
        lacking.append(_too_many(f"{len(source.rows)} lignes"))
    places = mapping.places(source.columns)
    dates = [row.cells[places[name]] for name in _DAYS if name in places for row in source.rows if places[name] < len(row.cells)]
    order, _naive, asked = form_of(dates)
    if lacking or (asked and not mapping.dates):
        raise MistakesError([*lacking, *([] if mapping.dates else asked)])
    read = set(places.values())
    dropped = tuple(header for place, header in enumerate(source.columns) if place not in read and header)
    found = _Reader(mapping, places, len(source.columns), Times(mapping.dates or order or ISO, "")).assets(source)
    return replace(found, dropped=dropped, personal=tuple(header for header in dropped if is_personal(header)), rows=len(source.rows))


def _too_many(told: str) -> Mistake:
    return Mistake("fichier", f"{told} : {MAX_ASSETS} actifs au plus par inventaire", "Séparez le fichier, par site ou par classe.")


def _refuse_twice(found: tuple[Asset, ...], rows: dict[str, int]) -> None:
    twice = next((asset.key for asset in found if asset.key in rows), None)
    if twice is not None:
        raise ValueError(f"« {twice} » est déjà ligne {rows[twice]}")


class _Reader:
    """Reads the rows of one table under one mapping."""

    def __init__(self, mapping: AssetMapping, places: dict[str, int], width: int, times: Times) -> None:
        self._mapping, self._places, self._width, self._times = mapping, places, width, times
        self._classes = {word.casefold(): meant for word, meant in mapping.classes.items()}
        self._statuses = {word.casefold(): meant for word, meant in mapping.statuses.items()}
        self._support = sorted(((name.casefold(), day) for name, day in mapping.support_ends.items()), key=lambda one: -len(one[0]))

    def assets(self, source: Table) -> ImportedAssets:
        """Every asset in the order of the file."""
        kept: dict[str, Asset] = {}
        rows: dict[str, int] = {}
        rejected: list[RejectedRow] = []
        unmeant: dict[str, int] = {}
        for row in source.rows:
            try:
                found = tuple(self._row(row, unmeant))
                _refuse_twice(found, rows)
            except ValueError as error:
                rejected.append(RejectedRow(row.number, str(error), self._told(row)))
                continue
            kept.update((asset.key, asset) for asset in found)
            rows.update((asset.key, row.number) for asset in found)
            if len(kept) > MAX_ASSETS:
                raise MistakesError([_too_many(f"plus de {MAX_ASSETS} actifs, quantités comprises")])
        return ImportedAssets(assets=tuple(kept.values()), rejected=tuple(rejected), unmeant=unmeant)

    def _row(self, row: Row, unmeant: dict[str, int]) -> Iterator[Asset]:
        if len(row.cells) != self._width:
            raise ValueError(f"{len(row.cells)} valeurs pour {self._width} colonnes")
        asset = self._asset(row, unmeant)
        quantity = self._quantity(row)
        if quantity is None:
            if not asset.key:
                raise ValueError("rien ne nomme cet actif : ni nom, ni numéro de série, ni numéro d’inventaire")
            yield asset
            return
        name = asset.key or f"ligne {row.number}"
        for rank in range(1, quantity + 1):
            yield replace(asset, key=f"{name}/{rank}" if quantity > 1 else name)

    def _asset(self, row: Row, unmeant: dict[str, int]) -> Asset:
        words = {name: self._word(row, name) for name in _WORDS}
        if words["serial"].casefold() in _NO_SERIAL:
            words["serial"] = ""
        days = {name: self._day(row, name) for name in _DAYS}
        system = words["operating_system"].casefold()
        support_end = days["support_end"] or next((day for name, day in self._support if system.startswith(name)), None)
        return Asset(
            key=self._word(row, "key") or words["serial"] or words["name"], asset_class=self._class(row, unmeant), status=self._status(row),
            name=words["name"], maker=words["maker"], model=words["model"], serial=words["serial"], site=words["site"],
            operating_system=words["operating_system"], purchased_on=days["purchased_on"], warranty_end=days["warranty_end"],
            support_end=support_end, last_seen=days["last_seen"], source=self._mapping.source or "",
        )  # fmt: skip

    def _class(self, row: Row, unmeant: dict[str, int]) -> str:
        word = self._word(row, "asset_class")
        if not word:
            return self._mapping.default_class or ""
        meant = self._classes.get(word.casefold())
        if meant is None:
            unmeant[word] = unmeant.get(word, 0) + 1
            return ""
        return meant.value

    def _status(self, row: Row) -> AssetStatus:
        return self._statuses.get(self._word(row, "status").casefold(), AssetStatus.IN_SERVICE)

    def _quantity(self, row: Row) -> int | None:
        if "quantity" not in self._places:
            return None
        written = self._word(row, "quantity")
        try:
            number = int(written)
        except ValueError:
            raise ValueError(f"quantité « {written[:40]} » : un nombre entier est attendu") from None
        if not 0 < number <= MAX_QUANTITY:
            raise ValueError(f"quantité de {number} : elle va de 1 à {MAX_QUANTITY}")
        return number

    def _day(self, row: Row, name: str) -> date | None:
        cell = self._cell(row, name)
        if cell is None or (isinstance(cell, str) and cell.strip()[:10].casefold() in _NO_DAY):
            return None
        return self._times.day(cell)

    def _word(self, row: Row, name: str) -> str:
        return text(self._cell(row, name))[:_LONGEST]

    def _cell(self, row: Row, name: str) -> Cell:
        place = self._places.get(name, len(row.cells))
        return row.cells[place] if place < len(row.cells) else None

    def _told(self, row: Row) -> dict[str, str]:
        """What the columns that we read say; the others stay in the file."""
        return {name: said for name in COLUMNS if (said := self._word(row, name))}
