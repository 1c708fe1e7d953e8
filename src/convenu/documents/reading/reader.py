"""Reads a stranger's document, whatever its format, in a process of its own: `read` is the only door."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from convenu.documents.reading import refusals, tesseract
from convenu.documents.reading.refusals import RefusalError, ScannedError
from convenu.documents.strangers import StrangerError, read_apart
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.vocabulary.read_text import Position, ReadBlock, ReadKind, ReadText

_PROCESS = "convenu.documents.reading.process"
WITH_PICTURES = "with-pictures"


def read(name: str, content: bytes) -> ReadText:
    """The words of a document; raises `MistakesError` with the reason and the remedy when it is not read.

    The format is told by the content first, then by the name. The process that reads has less than 512 MiB and `refusals.SECONDS`, or
    `tesseract.SECONDS` for a scanned PDF on a machine that can read pictures.
    """
    try:
        if len(content) > refusals.MAX_FILE:
            raise refusals.too_big()
        return read_text(name, _answer([name], content, seconds=refusals.SECONDS))
    except RefusalError as refusal:
        if isinstance(refusal, ScannedError) and tesseract.can_read_pictures():
            return _read_scanned(name, content)
        raise MistakesError([Mistake(name, refusal.reason, refusal.remedy)]) from refusal


def read_or_mistakes(name: str, content: bytes) -> ReadText | tuple[Mistake, ...]:
    """The words of a document, or why it is not read as a value: what crosses from a thread, or from a process, that reads for another."""
    try:
        return read(name, content)
    except MistakesError as error:
        return error.mistakes


def _read_scanned(name: str, content: bytes) -> ReadText:
    try:
        return read_text(name, _answer([name, WITH_PICTURES], content, seconds=tesseract.SECONDS))
    except RefusalError as refusal:
        raise MistakesError([Mistake(name, refusal.reason, refusal.remedy)]) from refusal


def _answer(arguments: list[str], content: bytes, *, seconds: float) -> dict[str, Any]:
    """The document that the process that reads gives; raises the `RefusalError` that it gives instead."""
    try:
        answer: dict[str, Any] = json.loads(read_apart(_PROCESS, content, arguments=arguments, seconds=seconds))
    except StrangerError as error:
        if error.out_of_time:
            raise refusals.too_slow(seconds) from error
        raise (refusals.too_heavy() if error.out_of_memory else refusals.damaged("un document")) from error
    if answer.get("scanned"):
        raise ScannedError
    if "reason" in answer:
        raise RefusalError(answer["reason"], answer["remedy"])
    return answer


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
