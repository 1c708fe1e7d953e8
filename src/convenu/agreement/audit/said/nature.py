"""What a text is before it is judged: its language, whether it is an IT service contract at all, and the law it chooses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from convenu.agreement.audit.guides.cues import Cue
from convenu.agreement.audit.guides.guides import APART, OPENING, LeftMatter, NatureGuide, Recognition
from convenu.agreement.audit.looking.looking import Looker, Quote
from convenu.agreement.audit.said.documents_apart import is_held
from convenu.agreement.audit.said.provisions import ProvisionStatus, ReadProvision

FRENCH = "fr"
OTHER = "other"
_WORDS = re.compile(r"[^\W\d_]+")
# Words of a text that must be known small words of a language for it to be said in it.
_LEAST_SHARE = 0.12
_LEAST_WORDS = 5
# What makes an agreement rather than a list of prices or an explanation.
_CORE = (
    "duration_renewal", "termination", "governing_law_jurisdiction", "liability_exclusions", "liability_cap", "invoicing_payment",
    "client_obligations", "confidentiality", "force_majeure", "personal_data", "service_levels", "assignment", "subcontracting",
)  # fmt: skip
# The frame of a whole contract.
_FRAME = (
    "governing_law_jurisdiction",
    "termination",
    "duration_renewal",
    "liability_exclusions",
    "liability_cap",
    "invoicing_payment",
    "price",
)
_LEAST_FRAME = 3
# What an agreement on levels of service promises.
_LEVELS = ("service_levels", "incident_priority", "availability")
# What shows that somebody is bound.
_BOUND = ("parties", "governing_law_jurisdiction")
_LEAST_CORE = 3
_LEAST_AGREEMENT = 2
_LEAST_TRADE = 3
# One that says its trade at its head names few of the things that it is about, as does an agreement on levels.
_LEAST_NAMED_TRADE = 2
# Parts of the sentences that speak of the trade: largely, and so much that the text need not look like a contract otherwise.
_LARGELY = 0.15
_MOSTLY = 0.2
# Sentences in which a document says what it hangs on.
_FIRST_SENTENCES = 25
# Letters at the head of a text, where it says what it is.
_OPENING = 90


@dataclass(frozen=True, slots=True)
class ChosenLaw:
    """A law other than French that a contract chooses, with the words that say so; `in_union`: that of a State of the European Union."""

    name: str
    quote: Quote
    in_union: bool


def language_of(text: str, stop_words: Mapping[str, frozenset[str]]) -> str:
    """« fr », « en »… by the small words that a text holds; « other » when it holds too few of any."""
    words = [word.casefold() for word in _WORDS.findall(text[:200_000])]
    if len(words) < _LEAST_WORDS:
        return OTHER
    counted = Counter(words)
    shares = {name: sum(counted[word] for word in known) / len(words) for name, known in stop_words.items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= _LEAST_SHARE else OTHER


def is_service_contract(looker: Looker, recognition: Recognition, provisions: Mapping[str, ReadProvision]) -> bool:
    """Whether a text is an agreement, about IT services, and not of another trade; what only explains is none."""
    nature = recognition.nature
    if _is_a_lesson(looker, nature, provisions):
        return False
    trade, data = looker.sentences(nature.trade), looker.sentences(nature.data)
    share = len(trade | data) / max(1, len(looker.document.sentences))
    kinds, opens = _kinds(looker, nature.trade), any(_opens_with(looker, cue) for cue in nature.trade)
    agreement = _kinds(looker, nature.agreement)
    core = sum(provisions[key].status is not ProvisionStatus.ABSENT for key in _CORE)
    agreed = (core >= _LEAST_CORE and agreement >= _LEAST_AGREEMENT) or (core >= 1 and agreement > _LEAST_AGREEMENT and share >= _MOSTLY)
    about_it = kinds >= (_LEAST_NAMED_TRADE if opens else _LEAST_TRADE) or share >= _LARGELY
    promised = kinds >= _LEAST_NAMED_TRADE and _promises_levels(looker, nature, provisions)
    return ((agreed and about_it) or promised) and len(trade | data) > len(looker.sentences(nature.other_trades))


def _promises_levels(looker: Looker, nature: NatureGuide, provisions: Mapping[str, ReadProvision]) -> bool:
    """Whether a text opens as an agreement on levels of service, and promises some: it is a part of a contract that says little else."""
    opens = any(_opens_with(looker, cue) for cue in nature.levels)
    return opens and any(provisions[key].status is ProvisionStatus.PRESENT for key in _LEVELS)


def _is_a_lesson(looker: Looker, nature: NatureGuide, provisions: Mapping[str, ReadProvision]) -> bool:
    """Whether a text opens as a guide, and nobody is party to it."""
    opens = any(_opens_with(looker, cue) for cue in nature.lessons)
    return opens and all(provisions[key].status is ProvisionStatus.ABSENT for key in _BOUND)


def is_part(looker: Looker, recognition: Recognition, provisions: Mapping[str, ReadProvision]) -> bool:
    """Whether a text is a part of a contract: its opening or its words on the others say so, or it holds next to nothing of a whole one.

    What opens as a part and holds the frame of a whole contract is one: particular conditions with the general ones after them.
    """
    frame = sum(provisions[key].status is not ProvisionStatus.ABSENT for key in _FRAME)
    said = _opens_as_a_part(looker, recognition) or _is_attached(looker, recognition)
    return (said and frame < len(_FRAME)) or bool(looker.sentences(recognition.left.several)) or frame < _LEAST_FRAME


def _opens_as_a_part(looker: Looker, recognition: Recognition) -> bool:
    """Whether the opening says that a text is a part; the amendments that it announces and holds after their contract make it no part."""
    whole = bool(looker.document.revisions)
    return any(_opens_with(looker, cue, but="avenant" if whole else "") for cue in recognition.left.annex)


def _is_attached(looker: Looker, recognition: Recognition) -> bool:
    """Whether the first sentences say that the document hangs on another one."""
    return any(one < _FIRST_SENTENCES for one in looker.sentences(recognition.left.attached))


def left_to_another(looker: Looker, recognition: Recognition) -> frozenset[str]:
    """The provisions that a document leaves to another one."""
    return frozenset(key for matter in recognition.left.left if _leaves(looker, matter) for key in matter.provisions)


def _leaves(looker: Looker, matter: LeftMatter) -> bool:
    """Whether a document says the words that leave a matter; its own name leaves nothing, nor does that of a document it holds."""
    if matter.where == OPENING:
        return _opens_with(looker, matter.named.cue)
    if matter.where == APART and is_held(looker.document, matter.named.cue.pattern):
        return False
    return bool(looker.evidence(matter.named)) or _entitles(looker, matter.named.cue)


def _names(looker: Looker, cue: Cue) -> bool:
    """Whether a sentence or a title matches a cue."""
    return any(True for _ in looker.seen(cue)) or _entitles(looker, cue)


def _entitles(looker: Looker, cue: Cue) -> bool:
    """Whether a title matches a cue."""
    return any(looker.title_matches((cue,), article) for article in range(len(looker.document.articles)))


def _opens_with(looker: Looker, cue: Cue, *, but: str = "") -> bool:
    """Whether the head of a text, or its first title, matches a cue by words other than `but`."""
    first = looker.document.titles[1] if len(looker.document.titles) > 1 else ""
    found = [one[0] for words in (looker.document.shadow.plain[:_OPENING], first) for one in cue.pattern.finditer(words)]
    return any(not but or not one.startswith(but) for one in found)


def foreign_law(looker: Looker, recognition: Recognition) -> ChosenLaw | None:
    """The law other than French under which a contract says it stands."""
    governing = recognition.provision("governing_law_jurisdiction")
    chosen = {one.sentence: one for evidence in governing.present for one in looker.evidence(evidence)}
    french = re.compile(r"(?:droit|loi|legislation) (?:francais|interne francais|francaise)")
    if any(french.search(looker.document.words(looker.document.sentences[index])) for index in chosen):
        return None
    for law in recognition.laws:
        for cue in law.cues:
            for seen in looker.seen(cue):
                if seen.sentence in chosen:
                    return ChosenLaw(law.name, looker.quote_of(seen), law.in_union)
    return None


def _kinds(looker: Looker, cues: tuple[Cue, ...]) -> int:
    """How many of several cues a text holds, its titles among it."""
    return sum(_names(looker, cue) for cue in cues)
