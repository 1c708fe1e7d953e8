"""The characters of a contract that its PDF can only write by their number, each with the answers to change."""

from __future__ import annotations

from dataclasses import dataclass

from convenu.documents.characters import undrawable
from convenu.terms.contract import TERM_KEYS, label_of
from convenu.vocabulary.contract_text import ContractText
from convenu.web.interview.questions import question_of


@dataclass(frozen=True, slots=True)
class Place:
    """A term in which a character stands."""

    term: str
    label: str
    asked: bool


@dataclass(frozen=True, slots=True)
class Sign:
    """A character, its number as the PDF prints it, and where it stands."""

    sign: str
    number: str
    places: tuple[Place, ...]


def undrawable_of(text: ContractText) -> tuple[Sign, ...]:
    """The characters to tell of before a PDF; none in most contracts."""
    return tuple(Sign(one.sign, one.number, tuple(map(_place, one.terms))) for one in undrawable(text))


def _place(term: str) -> Place:
    return Place(term, label_of(term), term in TERM_KEYS and question_of(term) is not None)
