"""The sectors at work in a contract as its pages show them: by which answer each came, the articles it added, the values it proposes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from convenu.actions.contract_view import ContractView
from convenu.agreement.sector import Overlay, Pending, SectorPack
from convenu.agreement.term_words import lines_of
from convenu.agreement.wording import in_words
from convenu.terms.contract import label_of
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import Section, label
from convenu.web.templatetags.convenu import origin_word


@dataclass(frozen=True, slots=True)
class Place:
    """An article that a sector added."""

    clause: str
    words: str
    title: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that a sector proposes, as it stands now, and whoever said it last; nobody while it is to be confirmed."""

    term: str
    label: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class SectorCard:
    """One sector at work."""

    pack: SectorPack
    because: str
    places: tuple[Place, ...]
    proposals: tuple[Proposal, ...]

    @property
    def pending(self) -> Pending | None:
        """The text that is not law yet, when the sector is a preparation."""
        return self.pack.pending


def sector_cards(view: ContractView) -> tuple[SectorCard, ...]:
    """A card for each sector that the answers of this contract call."""
    sections = {section.clause: section for section in view.text.sections()}
    return tuple(_card(view, overlay, sections) for overlay in view.sectors)


def _card(view: ContractView, overlay: Overlay, sections: Mapping[str, Section]) -> SectorCard:
    reasons = [f"« {reason.label} : {in_words(reason.value)} »" for reason in overlay.reasons]
    return SectorCard(
        pack=overlay.pack,
        because=french.typography(french.enumeration(reasons)),
        places=tuple(_place(sections[clause.key]) for clause in overlay.clauses),
        proposals=tuple(_proposal(view, key) for key in overlay.pack.defaults),
    )


def _place(section: Section) -> Place:
    return Place(section.clause, french.typography(label(section.number)), section.title)


def _proposal(view: ContractView, key: str) -> Proposal:
    term = view.terms.term(key)
    return Proposal(key, label_of(key), french.listed(lines_of(term)), "" if term.unknown else origin_word(term.origin))
