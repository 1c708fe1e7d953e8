"""Questions of the scoping interview, and the defaults of a client segment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from convenu.agreement.conditions import Condition


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentPack:
    """The offer for a kind of client: the values proposed when nobody says otherwise."""

    segment: str
    label: str
    defaults: Mapping[str, Any]
