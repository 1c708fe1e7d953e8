"""The document beside the questions: its pieces, and the fewest swaps that bring the one on screen up to date."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from markupsafe import Markup

from convenu.documents.html import article_title_html, part_html, section_html
from convenu.documents.outline import ANNEXES, GENERAL_TERMS, SPECIAL_TERMS, Heading
from convenu.vocabulary.contract_text import ContractText, Section

WHOLE_PANE = "#document-text"
# Past this share of changed pieces, the whole pane is as quick and simpler.
TOO_MANY = 0.4


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause, or the title of an article or of a part, as HTML; the digest tells whether the screen already shows it so."""

    key: str
    html: Markup
    digest: str


@dataclass(frozen=True, slots=True)
class Swap:
    """One change of the page: where, how (an htmx swap style), and with what."""

    target: str
    how: str
    html: str = ""


def pieces_of(text: ContractText) -> tuple[Piece, ...]:
    """The pieces of a contract in reading order."""
    return tuple(_pieces(text))


def shown_as(pieces: Sequence[Piece]) -> str:
    """What the page hands back to say which pieces it shows."""
    return " ".join(f"{piece.key}:{piece.digest}" for piece in pieces)


def swaps(pieces: Sequence[Piece], shown: str) -> tuple[Swap, ...]:
    """What turns the document shown into this one; untouched clauses are in none of the swaps."""
    old = dict(entry.split(":", 1) for entry in shown.split() if ":" in entry)
    new = {piece.key: piece for piece in pieces}
    kept = [key for key in old if key in new]
    touched = [piece for piece in pieces if old.get(piece.key) != piece.digest]
    if not kept or kept != [key for key in new if key in old] or len(touched) > TOO_MANY * len(pieces):
        return (Swap(WHOLE_PANE, "innerHTML", Markup().join(piece.html for piece in pieces)),)
    changed = [Swap(f"#clause-{piece.key}", "outerMorph", piece.html) for piece in touched if piece.key in old]
    gone = [Swap(f"#clause-{key}", "delete") for key in old if key not in new]
    return (*changed, *_added(pieces, old), *gone)


def _added(pieces: Sequence[Piece], old: dict[str, str]) -> Iterator[Swap]:
    """New pieces, those that follow each other in one swap after the nearest one on screen."""
    before, waiting = "", Markup()
    for piece in pieces:
        if piece.key not in old:
            waiting += piece.html
            continue
        if waiting:
            yield _placed(before, waiting)
        before, waiting = piece.key, Markup()
    if waiting:
        yield _placed(before, waiting)


def _placed(before: str, html: Markup) -> Swap:
    return Swap(f"#clause-{before}", "afterend", html) if before else Swap(WHOLE_PANE, "afterbegin", html)


def _pieces(text: ContractText) -> Iterator[Piece]:
    if text.summary:
        yield _section(text.summary)
    if text.front:
        yield _part(SPECIAL_TERMS)
    yield from map(_section, text.front)
    if text.articles:
        yield _part(GENERAL_TERMS)
    for article in text.articles:
        if not article.single:
            yield _piece(f"article_{article.number}", article_title_html(article))
        yield from map(_section, article.sections)
    if text.annexes:
        yield _part(ANNEXES)
    yield from map(_section, text.annexes)


# Some ninety clauses a contract, of which an answer changes a few.
@lru_cache(maxsize=4096)
def _section(section: Section) -> Piece:
    return _piece(section.clause, section_html(section))


@cache
def _part(heading: Heading) -> Piece:
    return _piece(heading.anchor, part_html(heading))


def _piece(key: str, html: Markup) -> Piece:
    return Piece(key, html, hashlib.sha256(html.encode()).hexdigest()[:8])
