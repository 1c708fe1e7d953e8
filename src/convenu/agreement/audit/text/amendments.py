"""The amendments that a file holds after the contract that they amend: which they are, in what order, and where each one stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from convenu.agreement.audit.words.numbers import MONTH_NAMES
from convenu.agreement.audit.words.shadow import plain

if TYPE_CHECKING:
    from convenu.agreement.audit.text.segmentation import Document

_DAY = rf"\d{{1,2}}(?: ?er)? (?:{'|'.join(MONTH_NAMES)}) (?:19|20)\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.](?:19|20)\d\d"
# « AVENANT N° 2 du 3 mai 2025 », « Lettre-avenant », « Procès-verbal du 3 mai 2025 valant avenant n° 2 », not « Avenants », which says how
# there may be some.
_HEAD = re.compile(
    r"^\W{0,6}(?:(?P<object>objet ?:? )?(?:lettre[ -]|premier |deuxieme |second |troisieme )?avenant(?: modificatif| rectificatif)?(?= |$)"
    r"(?: (?:n ?[o°.]{0,2} ?(?P<number>\d{1,2})|numero (?P<named>\d{1,2})|(?:en date )?du \d{1,2}\b|au (?:present )?(?:contrat|marche)\b"
    r"|a la (?:presente )?convention\b|aux conditions\b|par echange de lettres))"
    r"|(?:proces-verbal|compte[ -]rendu|releve de decisions?|lettre|protocole)\b.{0,80}\bvalant avenant\b"
    r"(?: n ?[o°.]{0,2} ?(?P<worth>\d{1,2}))?)"
)
_DATED = re.compile(rf"\b(?:{_DAY})")
_GENERAL = re.compile(r"conditions generales")
_MOST_WORDS = 30
_PART_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Amendment:
    """An amendment as it stands in a file: what it is called, its rank among the others from 1, its stretch of the text."""

    label: str
    rank: int
    start: int
    end: int

    def holds(self, place: int) -> bool:
        """Whether a position of the text stands in it."""
        return self.start <= place < self.end


@dataclass(frozen=True, slots=True)
class Revision:
    """What an amendment does to an article of the contract.

    `article`: which one of the document, None where no article, or several, have its number; `at`: where the amendment says it; `held`: the
    stretches that it speaks of; `settled`: whether the text in force follows it, else what is left of the old words is not certain.
    """

    number: str
    article: int | None
    by: str
    at: str
    settled: bool
    whole: bool
    taken_out: bool
    held: tuple[tuple[int, int], ...]

    @property
    def told(self) -> str:
        """« article 6 (avenant n° 2, article 3) », as a remark lists it."""
        done = "supprimé, " if self.taken_out and self.whole else ""
        number = self.number.upper() if self.number[:1] in "ivx" else self.number
        name = number if number.startswith("annexe") else f"article {number}"
        return f"{name} ({done}{self.by}{f', {self.at}' if self.at else ''})"


def amendments_of(document: Document) -> tuple[Amendment, ...]:
    """The amendments of a file in reading order; one goes up to the next, or to general conditions that follow it."""
    heads = list(_heads(document))
    if not heads:
        return ()
    parts = [
        article.start
        for article, title in zip(document.articles, document.titles, strict=True)
        if (not article.number or article.level <= _PART_LEVEL) and _GENERAL.search(title)
    ]
    ends = [following for _, (following, _) in pairwise(heads)] + [len(document.text)]
    found: list[Amendment] = []
    for count, ((start, head), end) in enumerate(zip(heads, ends, strict=True), 1):
        number = head["number"] or head["named"] or head["worth"]
        stop = next((place for place in parts if start < place < end), end)
        found.append(Amendment(_label(head, number), int(number) if number else count, start, stop))
    return tuple(found)


def _label(head: re.Match[str], number: str | None) -> str:
    day = _DATED.search(head.string, head.start())
    if number:
        return f"avenant n° {int(number)}"
    return "avenant" if day is None else f"avenant du {day[0]}"


def _heads(document: Document) -> Iterator[tuple[int, re.Match[str]]]:
    """The lines that head an amendment: they begin with its name, in a paragraph of their own."""
    start = 0
    for line in document.clauses.splitlines(keepends=True):
        words = line.strip()
        if "venant" in words.casefold() and _may_head(words) and (head := _HEAD.match(plain(words))) is not None:
            yield start, head
        start += len(line)


def _may_head(words: str) -> bool:
    first = words.lstrip('#*_=-–—«"“ \u2002')[:1]
    in_columns = "|" in words or "\t" in words
    return first.isupper() and len(words.split()) <= _MOST_WORDS and not in_columns and not words.endswith((";", ","))
