"""The characters of a contract that its PDF can only write by their number, each with the answers to change."""

from __future__ import annotations

from dataclasses import dataclass

from convenu.actions.drafted import Draft
from convenu.agreement.library import Library
from convenu.documents.characters import undrawable
from convenu.terms.contract import label_of
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


def undrawable_of(draft: Draft) -> tuple[Sign, ...]:
    """The characters to tell of before a PDF; none in most contracts."""
    return tuple(Sign(one.sign, one.number, tuple(_place(term, draft.library) for term in one.terms)) for one in undrawable(draft.text))


def _place(term: str, library: Library) -> Place:
    return Place(term, label_of(term), question_of(term, library) is not None)
