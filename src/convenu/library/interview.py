"""Read the questions of the interview, the defaults of each segment and what each sector lays over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from convenu.agreement.conditions import Condition
from convenu.agreement.question import ClientRequest, Question, QuestionSection, RequestAnswer, SegmentPack
from convenu.agreement.sector import Pending, SectorPack
from convenu.library.front_matter import FrontMatterError, refuse_others, take
from convenu.terms.closed_lists import ClientSegment
from convenu.terms.contract import TERM_KEYS, Terms
from convenu.terms.states import Origin

_QUESTION_FIELDS = frozenset({"number", "text", "why", "fills", "skip_when", "help"})
_SECTION_FIELDS = frozenset({"title", "order", "questions"})
_SEGMENT_FIELDS = frozenset({"label", "based_on", "defaults", "requests"})
_SECTOR_FIELDS = frozenset({"label", "why", "applies_when", "defaults", "law", "read_on", "pending"})
_PENDING_FIELDS = frozenset({"text", "looked_on"})


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


def read_segments(files: Mapping[str, Mapping[str, Any]]) -> dict[str, SegmentPack]:
    """The packs of every segment, smallest clients first; one based on another says only what it changes."""
    unknown = sorted(set(files) - set(ClientSegment))
    if unknown:
        raise FrontMatterError(f"segments/{unknown[0]}: no segment is called so")
    packs: dict[str, SegmentPack] = {}
    for segment in files:
        _read_segment(segment, files, packs, ())
    return {segment.value: packs[segment] for segment in ClientSegment if segment in packs}


def _read_segment(
    segment: str, files: Mapping[str, Mapping[str, Any]], packs: dict[str, SegmentPack], above: tuple[str, ...]
) -> SegmentPack:
    """A pack, checked by reading its values as terms, after the one it is based on."""
    if segment in packs:
        return packs[segment]
    data = dict(files[segment])
    refuse_others(data, _SEGMENT_FIELDS, segment)
    base, own = data.get("based_on"), dict(take(data, "defaults", segment))
    if base is not None and (base not in files or base in (*above, segment)):
        raise FrontMatterError(f"segment {segment}: cannot be based on « {base} »")
    inherited = _read_segment(base, files, packs, (*above, segment)).defaults if base else {}
    defaults = {**inherited, **own}
    read = Terms.model_validate(defaults)
    packs[segment] = SegmentPack(
        segment=segment,
        label=take(data, "label", segment),
        based_on=base,
        own=own,
        defaults=defaults,
        proposed={key: read.term(key).model_copy(update={"origin": Origin.SEGMENT}) for key in defaults},
        requests=tuple(
            ClientRequest(one["request"], RequestAnswer(one["answer"]), one["offer"], one["why"]) for one in data.get("requests", ())
        ),
    )
    return packs[segment]


def read_sector(key: str, data: Mapping[str, Any]) -> SectorPack:
    """What a sector lays over a segment, its defaults checked by reading them as terms."""
    fields = dict(data)
    refuse_others(fields, _SECTOR_FIELDS, key)
    defaults = dict(take(fields, "defaults", key))
    Terms.model_validate(defaults)
    return SectorPack(
        key=key,
        label=take(fields, "label", key),
        why=take(fields, "why", key),
        applies_when=Condition.read(take(fields, "applies_when", key)),
        defaults=defaults,
        law=tuple(take(fields, "law", key)),
        read_on=date.fromisoformat(take(fields, "read_on", key)),
        pending=_pending(fields["pending"], key) if "pending" in fields else None,
    )


def _pending(data: Mapping[str, Any], key: str) -> Pending:
    fields = dict(data)
    refuse_others(fields, _PENDING_FIELDS, key)
    return Pending(text=take(fields, "text", key), looked_on=date.fromisoformat(take(fields, "looked_on", key)))


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
