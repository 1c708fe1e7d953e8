"""Reads a stranger's document, whatever its format, in a process of its own: `read` is the only door."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from convenu.documents.reading import refusals
from convenu.documents.reading.refusals import RefusalError
from convenu.documents.strangers import StrangerError, read_apart
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.vocabulary.read_text import Position, ReadBlock, ReadKind, ReadText

_PROCESS = "convenu.documents.reading.process"


def read(name: str, content: bytes) -> ReadText:
    """The words of a document; raises `MistakesError` with the reason and the remedy when it is not read.

    The format is told by the content first, then by the name. The process that reads has less than 512 MiB and `refusals.SECONDS`.
    """
    try:
        if len(content) > refusals.MAX_FILE:
            raise refusals.too_big()
        return _from_process(name, content)
    except RefusalError as refusal:
        raise MistakesError([Mistake(name, refusal.reason, refusal.remedy)]) from refusal


def _from_process(name: str, content: bytes) -> ReadText:
    try:
        answer = json.loads(read_apart(_PROCESS, content, arguments=[name], seconds=refusals.SECONDS))
    except StrangerError as error:
        if error.out_of_time:
            raise refusals.too_slow(refusals.SECONDS) from error
        raise (refusals.too_heavy() if error.out_of_memory else refusals.damaged("un document")) from error
    if "reason" in answer:
        raise RefusalError(answer["reason"], answer["remedy"])
    return read_text(name, answer)


def as_json(text: ReadText) -> dict[str, Any]:
    """What crosses from the process that reads, and what is kept of a document: its name apart."""
    blocks = [
        [block.kind.value, block.start, block.end, block.level, block.number, block.position.page, block.position.paragraph, block.cells]
        for block in text.blocks
    ]
    return {"text": text.text, "blocks": blocks, "not_read": text.not_read}


def read_text(name: str, said: Mapping[str, Any]) -> ReadText:
    """The document back from `as_json`."""
    blocks = tuple(
        ReadBlock(
            kind=ReadKind(kind),
            start=start,
            end=end,
            level=level,
            number=number,
            position=Position(page, paragraph),
            cells=tuple((first, last) for first, last in cells),
        )
        for kind, start, end, level, number, page, paragraph, cells in said["blocks"]
    )
    return ReadText(name=name, text=said["text"], blocks=blocks, not_read=tuple(said["not_read"]))
