"""From what a clause prints to paragraphs, lists and tables.

A clause's own words may hold « - » items, « | cells | », « ### headings » and **bold**; a value never is markup, whatever a person
typed in it: values travel as private-use marks while the structure is read, and are put back as runs at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from convenu.agreement.language import Printed
from convenu.agreement.wording import in_words
from convenu.terms.closed_lists import Choice
from convenu.terms.contract import TERM_KEYS, label_of
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import Block, Bullets, Paragraph, Run, RunKind, Runs, Subtitle, Table

_MARK = re.compile("\ue000(\\d+)\ue001")
NOTHING = "néant"

Cite = Callable[[str], str]


def blocks_of(printed: Iterable[Printed], cite: Cite) -> tuple[Block, ...]:
    """The blocks that a clause's printed pieces make up."""
    runs: list[Run] = []
    text = "".join(_piece(piece, runs, cite) for piece in printed)
    return tuple(block for chunk in re.split(r"\n\s*\n", text) for block in _blocks(chunk, runs))


def _piece(piece: Printed, runs: list[Run], cite: Cite) -> str:
    if piece.kind == "words":
        return str(piece.value)
    runs.append(_run(piece, cite))
    return f"\ue000{len(runs) - 1}\ue001"


def _run(piece: Printed, cite: Cite) -> Run:
    match piece.kind:
        case "reference":
            return Run("", RunKind.REFERENCE, target=piece.value)
        case "citation":
            return Run(french.typography(cite(piece.value)), RunKind.CITATION)
        case "name":
            return Run(french.typography(piece.value), RunKind.NAME)
        case "to_confirm":
            label = label_of(piece.value) if piece.value in TERM_KEYS else str(piece.value)
            return Run(french.typography(f"[à confirmer : {french.inside_a_sentence(label)}]"), RunKind.TO_CONFIRM, terms=piece.terms)
        case _:
            return Run(_worded(piece), RunKind.VALUE, terms=piece.terms)


def _worded(piece: Printed) -> str:
    value = piece.value
    if value is None or value == ():
        return NOTHING
    match piece.filter:
        case "date_courte":
            return french.short_day(value)
        case "points":
            return f"{french.number(value.value)}{french.NBSP}{'points' if value.value >= 2 else 'point'}"
        case "mois":
            return french.month(value)
        case "ou":
            return french.enumeration([in_words(item) for item in value], last="ou")
        case "minuscule":
            words = value.label if isinstance(value, Choice) else value
            return french.typography(french.inside_a_sentence(words))
        case "majuscule":
            words = value.label if isinstance(value, Choice) else value
            return french.typography(words[0].upper() + words[1:])
        case "siren":
            return french.grouped_by_three(value)
        case "fuseau":
            return french.local_time(value)
        case _:
            return french.typography(in_words(value))


def _blocks(chunk: str, runs: list[Run]) -> Iterator[Block]:
    """Group the lines of a chunk: items together, rows together, the rest one paragraph."""
    lines = [line.strip() for line in chunk.split("\n") if line.strip()]
    while lines:
        kind = _kind(lines[0])
        count = next((index for index, line in enumerate(lines) if _kind(line) != kind), len(lines))
        taken, lines = lines[:count], lines[count:]
        if kind == "item":
            yield Bullets(_closed([_inline(line[2:], runs) for line in taken]))
        elif kind == "row":
            table = _table(taken, runs)
            if table is not None:
                yield table
        elif kind == "heading":
            yield from (Subtitle(_inline(line[4:], runs)) for line in taken)
        else:
            yield Paragraph(_closed([_inline(" ".join(taken), runs)])[0])


def _closed(items: list[Runs]) -> tuple[Runs, ...]:
    """A list whose items end with semicolons, on their lines or in a sentence, ends with a full stop, however many a loop wrote."""
    last = items[-1][-1] if items[-1] else None
    if last is None or not last.text.rstrip().endswith(";"):
        return tuple(items)
    ended = last.text.rstrip().rstrip(";").rstrip(f" {french.NBSP}{french.NNBSP}") + "."
    return (*items[:-1], (*items[-1][:-1], replace(last, text=ended)))


def _kind(line: str) -> str:
    if line.startswith("- "):
        return "item"
    if line.startswith("### "):
        return "heading"
    return "row" if line.startswith("|") else "words"


def _table(lines: list[str], runs: list[Run]) -> Table | None:
    rows = [[cell.strip(" ;") for cell in line.strip("|").split("|")] for line in lines if not set(line) <= set("|-: ")]
    if len(rows) < 2:
        return None
    width = len(rows[0])
    cells = [tuple(_inline(cell, runs) for cell in (row + [""] * width)[:width]) for row in rows]
    return Table(cells[0], tuple(cells[1:]))


def _inline(text: str, runs: list[Run]) -> Runs:
    """Runs of a line: bold between **, values back in the place of their marks."""
    parts = _MARK.split(text)
    line = _own_runs(tuple(parts[::2]))
    if len(parts) == 1:
        return line
    held = iter(parts[1::2])
    return tuple([run if run.kind is RunKind.TEXT else _in_bold(runs[int(next(held))], bold=run.bold) for run in line])


def _in_bold(run: Run, *, bold: bool) -> Run:
    return Run(run.text, run.kind, bold, run.terms, run.target) if bold else run


# A clause's own words are the same in every contract that holds it.
@lru_cache(maxsize=16384)
def _own_runs(parts: tuple[str, ...]) -> Runs:
    """The runs of a line cut where its values go, an empty value standing in the place of each."""
    found: list[Run] = []
    bold = False
    for rank, part in enumerate(parts):
        if rank:
            found.append(Run("", RunKind.VALUE, bold))
        for turn, own in enumerate(part.split("**")):
            bold = bold is not (turn > 0)
            if own:
                found.append(Run(own, RunKind.TEXT, bold))
    last = len(found) - 1
    return tuple(
        Run(_spaced(run.text, follows=index > 0, goes_on=index < last), run.kind, run.bold) if run.kind is RunKind.TEXT else run
        for index, run in enumerate(found)
    )


def _spaced(own: str, *, follows: bool, goes_on: bool) -> str:
    """French spaces inside plain words, those next to a value included: what they follow in their line, what goes on after them."""
    text = french.typography(re.sub(r"\s+", " ", own).replace("'", "’"))
    if follows and re.match(r"[ \u00a0\u202f]+[;!?]", text):
        text = re.sub(r"^[ \u00a0\u202f]+", french.NNBSP, text)
    elif follows and re.match(r"[ \u00a0\u202f]+:", text):
        text = re.sub(r"^[ \u00a0\u202f]+", french.NBSP, text)
    return re.sub(r"(article|articles|annexe|n°|art\.|«) $", rf"\1{french.NBSP}", text) if goes_on else text
