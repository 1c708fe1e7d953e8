"""Which provisions a contract holds: present by an operative sentence, partial when only named, absent when nowhere in the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from convenu.agreement.audit.guides.guides import Evidence, ProvisionGuide, Recognition
from convenu.agreement.audit.looking.looking import Looker, Quote, Seen

MOST_QUOTES = 3
# Why a provision is partial, in words that follow its name.
ELSEWHERE = "renvoie à un autre document"
NAMED = "ne fait que la nommer"
# The provision whose articles say of other matters only what regards the data: assistance to its controller, a list of what is processed.
_PERSONAL_DATA = "personal_data"
# Under a title, fewer words than these say nothing operative.
_LEAST_WORDS = 9
# A text so short that speaks of another document leaves the matter to it.
_REFERENCE_WORDS = 45


class ProvisionStatus(StrEnum):
    """How much a contract says of a matter."""

    PRESENT = "present"
    PARTIAL = "partial"
    ABSENT = "absent"

    @property
    def label(self) -> str:
        """The word on screen."""
        return {"present": "présente", "partial": "partielle", "absent": "absente"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadProvision:
    """One type of provision in one contract, with the words it was seen by and every article where it, or what is akin to it, was.

    `said`: every sentence it was seen by, and `headed` the articles that are headed by it; `stated`: whether they state it, be it by
    halves; `half`: why it is partial, in words that follow its name: « ne chiffre aucun prix ».
    """

    key: str
    label: str
    status: ProvisionStatus
    quotes: tuple[Quote, ...]
    articles: frozenset[int] = frozenset()
    said: tuple[int, ...] = ()
    headed: tuple[int, ...] = ()
    stated: bool = False
    half: str = ""

    def as_json(self) -> dict[str, object]:
        """The status and the quotes."""
        return {"status": self.status.value, "quotes": [quote.as_json() for quote in self.quotes]}


def read_provisions(looker: Looker, recognition: Recognition) -> dict[str, ReadProvision]:
    """Every type of provision, by its key."""
    elsewhere = looker.sentences(recognition.references)
    on_data = _articles_on_data(looker, recognition)
    read = ((guide, _read(looker, guide, elsewhere, _closed_to(looker, guide, on_data))) for guide in recognition.provisions)
    return {guide.key: replace(one, articles=one.articles | _akin(looker, guide)) for guide, one in read}


def _articles_on_data(looker: Looker, recognition: Recognition) -> tuple[int, ...]:
    """The articles whose own title is on personal data."""
    titles = next((guide.headings for guide in recognition.provisions if guide.key == _PERSONAL_DATA), ())
    return tuple(article for article in range(1, len(looker.document.articles)) if looker.title_matches(titles, article))


def _closed_to(looker: Looker, guide: ProvisionGuide, on_data: tuple[int, ...]) -> frozenset[int]:
    """The articles in which a provision is not looked for: those on personal data, save where their title names it too."""
    if guide.in_data_articles:
        return frozenset()
    closed = (article for article in on_data if not looker.title_matches(guide.headings, article))
    return frozenset(below for article in closed for below in looker.document.under[article])


def _akin(looker: Looker, guide: ProvisionGuide) -> frozenset[int]:
    """The articles that speak of a matter of its kind, which does not make the provision."""
    return frozenset(looker.document.sentences[index].article for index in looker.sentences(guide.akin))


def _read(looker: Looker, guide: ProvisionGuide, elsewhere: frozenset[int], closed: frozenset[int]) -> ReadProvision:
    body = (index for article in closed for index in looker.document.inside[article])
    trapped = looker.sentences(guide.traps).union(body)
    operative = _kept(looker, guide, guide.present, trapped)
    named = [one for one in operative if _defines(looker, one) and not guide.in_definitions]
    operative = [one for one in operative if one not in named]
    full, left = _under_headings(looker, guide, trapped, elsewhere)
    if operative or full:
        best = sorted(operative, key=lambda one: not looker.titled(guide.headings, looker.document.sentences[one.sentence].article))
        return _provision(looker, guide, ProvisionStatus.PRESENT, best, full)
    named += _kept(looker, guide, guide.partial, trapped)
    one = _provision(looker, guide, ProvisionStatus.PARTIAL if named or left else ProvisionStatus.ABSENT, named, left)
    return replace(one, half=(ELSEWHERE if left or elsewhere.issuperset(one.said) else NAMED) if named or left else "")


def _kept(looker: Looker, guide: ProvisionGuide, evidence: Iterable[Evidence], trapped: frozenset[int]) -> list[Seen]:
    found = [one for piece in evidence for one in looker.evidence(piece) if one.sentence not in trapped]
    return [one for one in found if not _under_a_trap(looker, guide, one)]


def _under_a_trap(looker: Looker, guide: ProvisionGuide, seen: Seen) -> bool:
    article = looker.document.sentences[seen.sentence].article
    return bool(guide.heading_traps) and looker.titled(guide.heading_traps, article)


def _defines(looker: Looker, seen: Seen) -> bool:
    return looker.document.sentences[seen.sentence].article in looker.document.definitions


def _under_headings(
    looker: Looker, guide: ProvisionGuide, trapped: frozenset[int], elsewhere: frozenset[int]
) -> tuple[list[int], list[int]]:
    """The articles whose heading has an operative text, and those whose text leaves the matter to another document."""
    needed = looker.sentences(guide.heading_needs)
    full: list[int] = []
    left: list[int] = []
    for article in range(1, len(looker.document.articles)):
        if article in looker.document.definitions and not guide.in_definitions:
            continue
        if not looker.title_matches(guide.headings, article) or _misled(looker, guide, article):
            continue
        body = [index for index in looker.document.body(article) if index not in trapped]
        words = sum(looker.document.words(looker.document.sentences[index]).count(" ") + 1 for index in body)
        if words < _LEAST_WORDS:
            continue
        by_reference = words < _REFERENCE_WORDS and any(index in elsewhere for index in body)
        if not by_reference and guide.heading_needs and not any(index in needed for index in body):
            continue
        (left if by_reference else full).append(article)
    return full, left


def _misled(looker: Looker, guide: ProvisionGuide, article: int) -> bool:
    """Whether a title is one that looks like the provision, or stands under such a title."""
    above = (one for one in looker.document.articles[article].above if not looker.title_matches(guide.headings, one))
    return any(looker.title_matches(guide.heading_traps, one) for one in (article, *above))


def _provision(
    looker: Looker, guide: ProvisionGuide, status: ProvisionStatus, seen: Sequence[Seen], headed: Sequence[int]
) -> ReadProvision:
    """A provision with the first sentences and headings it was seen by, and every article where it was."""
    quotes = (*map(looker.quote_of, seen[:MOST_QUOTES]), *map(looker.heading, headed))
    once = tuple({(quote.start, quote.end): quote for quote in quotes}.values())[:MOST_QUOTES]
    below = (one for article in headed for one in looker.document.under[article])
    articles = frozenset((*(looker.document.sentences[one.sentence].article for one in seen), *below))
    return ReadProvision(
        key=guide.key,
        label=guide.label,
        status=status,
        quotes=once,
        articles=articles,
        said=tuple(one.sentence for one in seen),
        headed=tuple(headed),
        stated=status is ProvisionStatus.PRESENT,
    )
