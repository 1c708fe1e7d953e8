"""One text changed on two sides: what goes together, and what somebody must choose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A sentence with the spaces after it, or a line: the pieces that a person compares. All the pieces together are the text.
_PIECES = re.compile(r"(?:[^\n.;!?]|[.;!?](?![ \n]|$))*(?:[.;!?][ ]*)?\n*")


class Side(StrEnum):
    """Whose words to keep where both sides changed the same place."""

    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Settled:
    """Words that need no choice: unchanged, changed by one side only, or changed alike."""

    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A place that both sides changed, each in its own way."""

    base: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merge:
    """The proposal: words settled and choices to make, in the order of the text."""

    pieces: tuple[Settled | Choice, ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The choices to make."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Choice))

    def text(self, chosen: Mapping[int, Side]) -> str:
        """The text once the choices are made, by their rank; `KeyError` when one is not."""
        ranks = iter(range(len(self.choices)))
        return "".join(piece.text if isinstance(piece, Settled) else _of(piece, chosen[next(ranks)]) for piece in self.pieces)


def merge(base: str, ours: str, theirs: str) -> Merge:
    """What both sides made of a text, put together sentence by sentence."""
    before, one, other = (tuple(_PIECES.findall(text))[:-1] for text in (base, ours, theirs))
    chunks = (part for chunk in _chunks(before, one, other) for part in _parted(chunk))
    return Merge(tuple(_joined(_resolved(*chunk) for chunk in chunks)))


def _of(choice: Choice, side: Side) -> str:
    return choice.ours if side is Side.OURS else choice.theirs


Chunk = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _chunks(base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[Chunk]:
    """The text cut where the three agree: each chunk is a sentence they share, or what stands between two of these."""
    in_ours, in_theirs = _matches(base, ours), _matches(base, theirs)
    at = mine = other = 0
    for shared in (index for index in range(len(base)) if index in in_ours and index in in_theirs):
        yield base[at:shared], ours[mine : in_ours[shared]], theirs[other : in_theirs[shared]]
        yield base[shared : shared + 1], base[shared : shared + 1], base[shared : shared + 1]
        at, mine, other = shared + 1, in_ours[shared] + 1, in_theirs[shared] + 1
    yield base[at:], ours[mine:], theirs[other:]


def _parted(chunk: Chunk) -> Iterator[Chunk]:
    """Sentence by sentence where each side has as many: neighbours changed by one side each do not touch."""
    if len({len(side) for side in chunk}) == 1:
        yield from (((base,), (ours,), (theirs,)) for base, ours, theirs in zip(*chunk, strict=True))
    else:
        yield chunk


def _matches(base: Sequence[str], changed: Sequence[str]) -> dict[int, int]:
    """Where each sentence of the base that was kept stands in the changed text."""
    blocks = SequenceMatcher(None, base, changed, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def _resolved(base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]) -> Settled | Choice:
    if ours in (base, theirs):
        return Settled("".join(theirs))
    if theirs == base:
        return Settled("".join(ours))
    return Choice("".join(base), "".join(ours), "".join(theirs))


def _joined(pieces: Iterator[Settled | Choice]) -> Iterator[Settled | Choice]:
    """Settled words side by side are one piece."""
    pending = ""
    for piece in pieces:
        if isinstance(piece, Settled):
            pending += piece.text
            continue
        if pending:
            yield Settled(pending)
            pending = ""
        yield piece
    if pending:
        yield Settled(pending)
