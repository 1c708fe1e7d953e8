"""Read the questions of the interview and the defaults of each segment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from convenu.agreement.conditions import Condition
from convenu.agreement.question import Question, QuestionSection, SegmentPack
from convenu.library.front_matter import FrontMatterError, refuse_others, take
from convenu.terms.contract import TERM_KEYS, Terms

_QUESTION_FIELDS = frozenset({"number", "text", "why", "fills", "skip_when", "help"})
_SECTION_FIELDS = frozenset({"title", "order", "questions"})
_SEGMENT_FIELDS = frozenset({"label", "defaults"})


def read_questions(key: str, data: Mapping[str, Any]) -> tuple[Question, ...]:
    """The questions of one section."""
    refuse_others(dict(data), _SECTION_FIELDS, key)
    section = QuestionSection(key, take(dict(data), "title", key), take(dict(data), "order", key))
    return tuple(_question(name, section, dict(one)) for name, one in take(dict(data), "questions", key).items())


def check_questions(questions: Iterable[Question]) -> None:
    """Refuse two questions that fill the same term."""
    seen: dict[str, str] = {}
    for question in questions:
        for key in question.fills:
            if key in seen:
                raise FrontMatterError(f"questions « {seen[key]} » and « {question.key} » both fill « {key} »")
            seen[key] = question.key


def read_segment(segment: str, data: Mapping[str, Any]) -> SegmentPack:
    """The defaults of a segment, checked by reading them as terms."""
    refuse_others(dict(data), _SEGMENT_FIELDS, segment)
    defaults = dict(take(dict(data), "defaults", segment))
    Terms.model_validate(defaults)
    return SegmentPack(segment=segment, label=take(dict(data), "label", segment), defaults=defaults)


def _question(key: str, section: QuestionSection, data: dict[str, Any]) -> Question:
    refuse_others(data, _QUESTION_FIELDS, key)
    for name in take(data, "fills", key):
        if name not in TERM_KEYS:
            raise FrontMatterError(f"question {key}: fills « {name} », which is no term")
    return Question(
        key=key,
        number=take(data, "number", key),
        section=section,
        text=take(data, "text", key),
        why=take(data, "why", key),
        fills=tuple(data["fills"]),
        skip_when=Condition.read(data["skip_when"]) if "skip_when" in data else None,
        help=data.get("help", ""),
    )
