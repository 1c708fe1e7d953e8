"""Questions of the scoping interview, and the defaults of a client segment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from convenu.agreement.conditions import Condition
from convenu.terms.states import Term


@dataclass(frozen=True, slots=True)
class QuestionSection:
    """A part of the interview."""

    key: str
    title: str
    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: the terms it fills, why it is asked, when it may be skipped."""

    key: str
    number: int
    section: QuestionSection
    text: str
    why: str
    fills: tuple[str, ...]
    skip_when: Condition | None
    help: str = ""


class RequestAnswer(StrEnum):
    """What the provider does with a client's usual request."""

    REFUSE = "refuse"
    TRADE = "trade"

    @property
    def label(self) -> str:
        """In French."""
        return {"refuse": "à refuser", "trade": "à échanger"}[self.value]


@dataclass(frozen=True, slots=True)
class ClientRequest:
    """What clients of a segment often ask for: whether to refuse or trade it, what to offer instead, and why."""

    request: str
    answer: RequestAnswer
    offer: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentPack:
    """The offer for a kind of client: the values proposed when nobody says otherwise.

    A pack may say only what it changes against another, `based_on`; `own` is what it says itself, `defaults` the whole, `proposed`
    the whole as terms, read once.
    """

    segment: str
    label: str
    based_on: str | None
    own: Mapping[str, Any]
    defaults: Mapping[str, Any]
    proposed: Mapping[str, Term[Any]]
    requests: tuple[ClientRequest, ...] = ()
