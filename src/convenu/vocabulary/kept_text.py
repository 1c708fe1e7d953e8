"""A contract's text packed to be kept, and read again without being written again.

Each section is a line of its own inside, so that one found in many contracts is built once: what is remembered is keyed by all that the
section says. A text read again equals the text that was packed.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from types import MappingProxyType
from typing import Any

from convenu.vocabulary.contract_text import (
    Article,
    Block,
    Bullets,
    ContractText,
    Paragraph,
    Run,
    RunKind,
    Runs,
    Section,
    Signatory,
    Subtitle,
    Table,
)

# Sections at hand: those shared by the contracts of one provider, and those of the few contracts read last.
_KEPT = 1024
_RUNS_KEPT = 16384
# A third of the time of the default level, for a quarter more bytes.
_QUICKLY = 2
_KINDS = {kind.value: kind for kind in RunKind}


def packed(text: ContractText) -> bytes:
    """The whole text, summary included, in some fifty kilobytes."""
    head = [
        [text.title, text.provider, text.client, text.reference, text.release, text.law_day, text.open_points],
        [[one.side, one.name, one.person, one.quality] for one in text.signatories],
        len(text.front),
        [[article.number, article.title, len(article.sections)] for article in text.articles],
        len(text.annexes),
    ]
    sections = [*text.sections(), *([text.summary] if text.summary else [])]
    return zlib.compress("\n".join([_json(head), *map(line_of, sections)]).encode(), _QUICKLY)


def unpacked(data: bytes, rewritten: Mapping[str, str] = MappingProxyType({})) -> ContractText:
    """The text that `packed` was given; `rewritten` holds the line of each section written again since, by its clause."""
    head, *lines = zlib.decompress(data).decode().split("\n")
    for clause, line in rewritten.items():
        begins = _line_begins(clause)
        lines = [line if one.startswith(begins) else one for one in lines]
    (title, provider, client, reference, release, law_day, open_points), signatories, front, articles, annexes = json.loads(head)
    sections = map(_section, lines)
    return ContractText(
        title=title,
        provider=provider,
        client=client,
        reference=reference,
        front=tuple(islice(sections, front)),
        articles=tuple(Article(number=number, title=name, sections=tuple(islice(sections, count))) for number, name, count in articles),
        annexes=tuple(islice(sections, annexes)),
        signatories=tuple(Signatory(*one) for one in signatories),
        release=release,
        law_day=law_day,
        open_points=tuple(open_points),
        summary=next(sections, None),
    )


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _line_begins(clause: str) -> str:
    """What the line of a clause's section begins with."""
    return f"[{_json(clause)},"


@lru_cache(maxsize=_KEPT)
def line_of(section: Section) -> str:
    """All that a section says, in one line."""
    blocks = [_of_block(block) for block in section.blocks]
    return _json([section.clause, section.version, section.number, section.title, section.states, blocks])


def _of_block(block: Block) -> list[Any]:
    match block:
        case Paragraph(runs):
            return ["p", _of_runs(runs)]
        case Subtitle(runs):
            return ["s", _of_runs(runs)]
        case Bullets(items):
            return ["b", [_of_runs(item) for item in items]]
        case Table(header, rows):
            return ["t", [[_of_runs(cell) for cell in row] for row in (header, *rows)]]


def _of_runs(runs: Runs) -> list[Any]:
    """Plain words as they are, which most runs are; the others with all they say."""
    return [
        run.text
        if run.kind is RunKind.TEXT and run.target is None and not (run.bold or run.terms)
        else [run.text, run.kind.value, run.bold, run.terms, run.target]
        for run in runs
    ]


@lru_cache(maxsize=_KEPT)
def _section(said: str) -> Section:
    clause, version, number, title, states, blocks = json.loads(said)
    return Section(
        clause=clause, version=version, number=number, title=title, states=tuple(states), blocks=tuple(_block(*one) for one in blocks)
    )


def _block(kind: str, said: list[Any]) -> Block:
    if kind == "p":
        return Paragraph(_runs(said))
    if kind == "s":
        return Subtitle(_runs(said))
    if kind == "b":
        return Bullets(tuple(map(_runs, said)))
    header, *rows = (tuple(map(_runs, row)) for row in said)
    return Table(header, tuple(rows))


def _runs(said: list[Any]) -> Runs:
    return tuple([_plain(one) if isinstance(one, str) else _run(*one) for one in said])


# A text's own words come back in every contract, and so do many of its values.
_plain = lru_cache(maxsize=_RUNS_KEPT)(Run)


def _run(text: str, kind: str, bold: bool, terms: list[str], target: str | None) -> Run:  # noqa: FBT001 - in the order kept
    return _said(text, kind, bold, tuple(terms), target)


@lru_cache(maxsize=_RUNS_KEPT)
def _said(text: str, kind: str, bold: bool, terms: tuple[str, ...], target: str | None) -> Run:  # noqa: FBT001
    return Run(text, _KINDS[kind], bold, terms, target)
