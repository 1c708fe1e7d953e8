"""A contract read over: all that its own words say, which no term of ours nor any law is needed for, and which takes the longest."""

from __future__ import annotations

from dataclasses import dataclass

from convenu.agreement.audit.guides.guides import Recognition
from convenu.agreement.audit.said.reading import Reading, document_of, read_document
from convenu.agreement.audit.verdict.dangers import ShownByWords, shown_by_words
from convenu.vocabulary.aside import Aside, when_asked
from convenu.vocabulary.read_text import ReadText


@dataclass(frozen=True, slots=True)
class ReadOver:
    """What a contract says, and how each danger that lies in words shows in it; `dangers` is empty where none is to be told."""

    reading: Reading
    dangers: ShownByWords


def read_over(source: ReadText, recognition: Recognition, *, aside: Aside = when_asked) -> ReadOver:
    """Read a contract over; its provisions and its dangers may be looked for aside, while its values are."""
    document = document_of(source, recognition)
    dangers = aside(lambda: shown_by_words(document, recognition))
    reading = read_document(document, recognition, aside=aside)
    return ReadOver(reading, dangers() if reading.is_judged else {})
