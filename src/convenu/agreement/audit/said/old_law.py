"""Law of before that a contract still cites: renumbered articles, repealed laws, bodies that are no more."""

from __future__ import annotations

from dataclasses import dataclass

from convenu.agreement.audit.guides.guides import Recognition, RepealedGuide
from convenu.agreement.audit.looking.looking import Looker, Quote


@dataclass(frozen=True, slots=True)
class Repealed:
    """Law that the contract cites and that stands no more, or no more under that number."""

    guide: RepealedGuide
    quote: Quote


def repealed_articles(looker: Looker, recognition: Recognition) -> tuple[Repealed, ...]:
    """The law of before that a contract cites, each once."""
    first = ((guide, next(iter(looker.evidence(guide.evidence)), None)) for guide in recognition.repealed)
    return tuple(Repealed(guide, looker.quote(*seen.match.span(), seen.sentence)) for guide, seen in first if seen is not None)
