"""What a posted form changed: a value left as it was drawn is no answer, and a value cleared goes back to its default.

Each term's part of the form carries a mark, « version-digest », of the answer it was drawn from: the digest tells what the person
changed, the version whether somebody else answered in the meantime.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from convenu.terms.contract import Terms
from convenu.terms.states import Term
from convenu.web.interview.inputs import NEW_ROW, Input, Kind, Option, answer_from, input_of, posted_names, renamed

Posted = Mapping[str, Sequence[str]]
SEEN = "seen."


@dataclass(slots=True)
class Given:
    """What a form says anew: values to keep, terms to put back, and the version of each answer that was on screen."""

    values: dict[str, Any] = field(default_factory=dict)
    cleared: list[str] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)


def mark_of(term: Term[Any], version: int) -> str:
    """The mark under which a term is drawn."""
    return f"{version}-{_digest(answer_from(term.key, as_posted(input_of(term)), before=term.value))}"


def given_by(posted: Posted, keys: Iterable[str], terms: Terms) -> Given:
    """The answers in a form about these terms that differ from what was drawn."""
    given = Given()
    for key in keys:
        if not posted_names(key, posted):
            continue
        version, _dash, drawn = (posted.get(f"{SEEN}{key}") or [""])[-1].partition("-")
        raw = answer_from(key, posted, before=terms.term(key).value)
        if drawn and _digest(raw) == drawn:
            continue
        if version.isdigit():
            given.seen[key] = int(version)
        if raw is None:
            given.cleared.append(key)
        else:
            given.values[key] = raw
    return given


def as_posted(drawn: Input) -> dict[str, list[str]]:
    """What a browser posts of an input that nobody touched."""
    if drawn.parts or drawn.rows:
        return {name: values for one in (*drawn.parts, *drawn.rows) for name, values in as_posted(one).items()}
    chosen = [option.value for option in drawn.options if option.chosen]
    match drawn.kind:
        case Kind.ROWS:
            return {}
        case Kind.CHOICES:
            return {drawn.name: ["", *chosen]}
        case Kind.CHOICE:
            return {drawn.name: chosen or [""]}
        case Kind.SPAN:
            units = chosen or [drawn.options[0].value]
            return {drawn.name: [drawn.value], f"{drawn.name}.unit": units}
        case _:
            return {drawn.name: [drawn.value]}


def typed_again(drawn: Input, posted: Posted) -> Input:
    """The input as the person left it, so that a value refused is not lost."""
    match drawn.kind:
        case Kind.ROWS:
            return replace(drawn, rows=_rows_typed(drawn, posted))
        case Kind.CHOICE | Kind.CHOICES:
            return replace(drawn, options=_chosen(drawn.options, posted.get(drawn.name, ())))
        case Kind.SPAN:
            return replace(drawn, value=_one(drawn.name, posted), options=_chosen(drawn.options, posted.get(f"{drawn.name}.unit", ())))
        case _ if drawn.parts or drawn.rows:
            parts = tuple(typed_again(part, posted) for part in drawn.parts)
            return replace(drawn, parts=parts, rows=tuple(typed_again(row, posted) for row in drawn.rows))
        case _:
            return replace(drawn, value=_one(drawn.name, posted))


def _rows_typed(drawn: Input, posted: Posted) -> tuple[Input, ...]:
    start = f"{drawn.name}."
    numbers = {name[len(start) :].partition(".")[0] for name in posted if name.startswith(start)}
    blank = drawn.blank
    if blank is None:
        return ()
    rows = sorted((number for number in numbers if number.isdigit()), key=int)
    return tuple(typed_again(renamed(blank, f"{drawn.name}.{NEW_ROW}", f"{start}{number}"), posted) for number in rows)


def _chosen(options: Iterable[Option], values: Sequence[str]) -> tuple[Option, ...]:
    return tuple(replace(option, chosen=option.value in values) for option in options)


def _one(name: str, posted: Posted) -> str:
    return str((posted.get(name) or ("",))[-1])


def _digest(raw: Any) -> str:
    return hashlib.sha256(json.dumps(raw, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()[:12]
