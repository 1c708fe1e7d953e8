"""How wide each column of a table is: the longer its words, the wider, and never too narrow for its longest one.

A table of short cells does not stretch to the margin: a figure would stand far from what it counts.
"""

from __future__ import annotations

import re

from convenu.vocabulary.contract_text import Table, words

_FIGURE = re.compile(r"[-+]?\d[\d\s\u00a0\u202f.,]*(?:[€%]|€[\s\u00a0]?(?:HT|TTC))?")
_LINE = 84  # characters of a line of table text
_NARROWEST = 8
_PADDING = 3
_LONGEST_WORD = 18
_LONGEST_CELL = 60


def column_shares(table: Table) -> tuple[float, ...]:
    """The share of the text's width that each column takes; at most 1 together."""
    columns = [[words(row[column]) for row in (table.header, *table.rows)] for column in range(len(table.header))]
    unfolded = [max(_NARROWEST, max(map(len, texts)) + _PADDING) / _LINE for texts in columns]
    if sum(unfolded) <= 1:
        return tuple(unfolded)
    needed = [(_longest_word(texts) + _PADDING) / _LINE for texts in columns]
    return _shared([_weight(texts) for texts in columns], needed if sum(needed) <= 1 else [0.0] * len(needed), unfolded)


def _shared(weights: list[float], needed: list[float], unfolded: list[float]) -> tuple[float, ...]:
    """By weight, but none narrower than its longest word, nor wider than what shows its cells on one line."""
    settled: dict[int, float] = {}
    while True:
        left = 1 - sum(settled.values())
        whole = sum(weight for column, weight in enumerate(weights) if column not in settled)
        shares = {column: left * weight / whole for column, weight in enumerate(weights) if column not in settled}
        tight = {column: needed[column] for column, share in shares.items() if share < needed[column]}
        wasteful = {column: unfolded[column] for column, share in shares.items() if share > unfolded[column]}
        if not tight and not wasteful:
            return tuple(settled.get(column, shares.get(column, 0.0)) for column in range(len(weights)))
        # The narrow ones first: what the wide ones leave afterwards makes no other narrow.
        settled |= tight or wasteful


def figure_columns(table: Table) -> tuple[bool, ...]:
    """Which columns hold nothing but figures: these are set to the right, so that units stand under units."""
    return tuple(_all_figures([words(row[column]) for row in table.rows]) for column in range(len(table.header)))


def _all_figures(cells: list[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip() not in {"", "–", "néant"}]
    return bool(filled) and all(_FIGURE.fullmatch(cell) for cell in filled)


def _longest_word(texts: list[str]) -> int:
    """In characters, a figure with its unit as one word; what is longer than any usual word is an address, which may be cut."""
    return min(max((len(word) for text in texts for word in re.split(r"[ \n]", text)), default=0), _LONGEST_WORD)


def _weight(texts: list[str]) -> float:
    """Between the longest word and the usual length of a cell, in characters."""
    longest_word = _longest_word(texts)
    usual = sorted(min(len(text), _LONGEST_CELL) for text in texts)[int(len(texts) * 0.8)]
    return max(_NARROWEST, longest_word + _PADDING, (longest_word + usual) / 2 + _PADDING)
