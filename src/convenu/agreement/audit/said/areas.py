"""Areas of law that a stranger's contract touches and that no rule judges: said plainly, beside the words, and never as a finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from convenu.agreement.audit.guides.guides import AreaGuide, Recognition
from convenu.agreement.audit.looking.looking import Looker, Quote, Seen
from convenu.agreement.audit.said.reading import Reading
from convenu.vocabulary import french


@dataclass(frozen=True, slots=True)
class Area:
    """An area that the audit does not judge: who should read the contract for it, and the first words that show it."""

    name: str
    message: str
    quote: Quote

    @property
    def remark(self) -> str:
        """The message with the words, in a sentence of one line."""
        return f"{self.message} Mots lus : « {' '.join(self.quote.text.split())} »."

    def as_json(self) -> dict[str, object]:
        """The name, the message and the words with their place."""
        return {"name": self.name, "message": self.message, "quote": self.quote.as_json()}


def areas_of(reading: Reading, recognition: Recognition) -> tuple[Area, ...]:
    """The areas that an IT service contract under French law touches, in the order of the library."""
    if not reading.is_service_contract or reading.law is not None:
        return ()
    return tuple(_shown(reading, recognition.areas))


def _shown(reading: Reading, areas: tuple[AreaGuide, ...]) -> Iterator[Area]:
    looker = Looker(reading.document)
    for area in areas:
        seen = {one.sentence: one for evidence in area.when for one in looker.evidence(evidence)}
        if len(seen) >= area.least and not any(looker.evidence(evidence) for evidence in area.unless):
            yield Area(area.name, french.typography(area.message), looker.quote_of(_first(seen)))


def _first(seen: dict[int, Seen]) -> Seen:
    return seen[min(seen)]
