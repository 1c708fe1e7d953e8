"""The inputs that a term's type asks for, filled with its value; and the raw answer read back from a posted form.

Nothing here knows one term from another: the type decides. Names are dotted paths (`sites.0.name`), so that a form without
JavaScript posts the same data as one with rows added on screen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, get_origin

from pydantic import BaseModel

from convenu.terms import values
from convenu.terms.closed_lists import Choice, DocumentRank
from convenu.terms.contract import label_of
from convenu.terms.field_labels import field_label
from convenu.terms.states import Term
from convenu.terms.types import item_type, type_of, unwrap
from convenu.vocabulary import french
from convenu.vocabulary.money import Money
from convenu.vocabulary.percent import Percent
from convenu.vocabulary.span import Span, SpanUnit

MAX_ROWS = 200
NEW_ROW = "__new__"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_UNIT_LABELS = {
    SpanUnit.MINUTES: "min",
    SpanUnit.HOURS: "h",
    SpanUnit.BUSINESS_MINUTES: "min ouvrées",
    SpanUnit.BUSINESS_HOURS: "h ouvrées",
    SpanUnit.BUSINESS_DAYS: "j ouvrés",
    SpanUnit.WORKING_DAYS: "j ouvrables",
    SpanUnit.DAYS: "jours",
    SpanUnit.WEEKS: "semaines",
    SpanUnit.MONTHS: "mois",
    SpanUnit.YEARS: "ans",
}


class Kind(StrEnum):
    """How an input is drawn."""

    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    SPAN = "span"
    DAY = "day"
    TIME = "time"
    CHOICE = "choice"
    CHOICES = "choices"
    RANKING = "ranking"
    YES_NO = "yes_no"
    LINES = "lines"
    WEEK = "week"
    MATRIX = "matrix"
    GROUP = "group"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a closed list."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input, or a group of them."""

    kind: Kind
    name: str
    label: str
    value: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    parts: tuple[Input, ...] = ()
    rows: tuple[Input, ...] = ()
    blank: Input | None = None

    @property
    def first_blank(self) -> Input:
        """An empty first row for a list that has none, so that the form works without JavaScript."""
        if self.blank is None:
            raise TypeError(f"{self.name} is no list of rows")
        return renamed(self.blank, f"{self.name}.{NEW_ROW}", f"{self.name}.0")

    @property
    def id(self) -> str:
        """The id of the input in the page."""
        return f"in-{self.name.replace('.', '-')}"


def renamed(drawn: Input, old: str, new: str) -> Input:
    """The same input under another path."""
    return replace(drawn, name=drawn.name.replace(old, new, 1), parts=tuple(renamed(part, old, new) for part in drawn.parts))


def input_of(term: Term[Any]) -> Input:
    """The input of a term, showing its value when it has one."""
    return _build(type_of(term.key), term.key, label_of(term.key), term.value, required=False)


def answer_from(key: str, posted: Mapping[str, Sequence[str]], *, before: Any = None) -> Any:
    """The raw answer that a posted form gives to a term, as it would stand in a terms file; None when all is left blank.

    `before` is the value that was drawn: the few fields that a form leaves to files are taken over from its rows.
    """
    kind = type_of(key)
    raw = _read(kind, key, posted)
    item = item_type(kind)
    if isinstance(raw, list) and isinstance(before, tuple) and isinstance(item, type) and issubclass(item, BaseModel):
        return [_with_kept(item, row, before, index) for row, index in zip(raw, _spoken_indexes(item, key, posted), strict=True)]
    return raw


def _spoken_indexes(item: type[BaseModel], name: str, posted: Mapping[str, Sequence[str]]) -> list[int]:
    return [int(index) for index in _indexes(name, posted) if _read(item, f"{name}.{index}", posted) is not None]


def _with_kept(item: type[BaseModel], row: dict[str, Any], before: Sequence[BaseModel], index: int) -> dict[str, Any]:
    """A row with the fields that the form does not show, as they were."""
    if index >= len(before):
        return row
    old = before[index].model_dump(mode="json", by_alias=True)
    return {**{part: old[part] for part in item.model_fields if _left_to_files(item, part) and old.get(part)}, **row}


def posted_names(key: str, posted: Mapping[str, Sequence[str]]) -> bool:
    """Whether the form held anything about a term."""
    return any(name == key or name.startswith(f"{key}.") for name in posted)


# ----------------------------------------------------------------------------------------------------------------- draw


def _build(kind: Any, name: str, label: str, value: Any, *, required: bool) -> Input:
    simple = _simple(kind, name, label, value, required=required)
    if simple is not None:
        return simple
    if kind is values.PriorityMatrix:
        return _matrix(name, label, value)
    item = item_type(kind)
    if item is not None:
        return _list(item, name, label, value or ())
    if get_origin(kind) is dict:
        return _week(name, label, value or {})
    return _group(kind, name, label, value)


def _simple(kind: Any, name: str, label: str, value: Any, *, required: bool) -> Input | None:
    if not isinstance(kind, type):
        return None
    if issubclass(kind, Choice):
        return Input(kind=Kind.CHOICE, name=name, label=label, options=_options(kind, {value}), value=str(value or ""), required=required)
    if issubclass(kind, bool):
        chosen = {True: "true", False: "false"}.get(value, "")
        return Input(kind=Kind.YES_NO, name=name, label=label, value=chosen, required=required)
    if issubclass(kind, Span):
        return _span(name, label, value, required=required)
    found = next((drawn for known, drawn in _DRAWN.items() if issubclass(kind, known)), None)
    return Input(kind=found, name=name, label=label, value=_typed(value), required=required) if found else None


_DRAWN: dict[type, Kind] = {
    Money: Kind.MONEY, Percent: Kind.PERCENT, date: Kind.DAY, time: Kind.TIME, int: Kind.NUMBER, Decimal: Kind.NUMBER, str: Kind.LINE,
}  # fmt: skip


def _typed(value: Any) -> str:
    """A value as a person would type it in an input."""
    match value:
        case None:
            return ""
        case Money():
            return f"{value.amount.normalize():f}".replace(".", ",")
        case Percent():
            return f"{value.value.normalize():f}".replace(".", ",")
        case Decimal():
            return f"{value.normalize():f}".replace(".", ",")
        case time():
            return f"{value:%H:%M}"
        case _:
            return str(value)


def _options(kind: type[Choice], chosen: set[Any]) -> tuple[Option, ...]:
    return tuple(Option(member.value, french.typography(member.label), member in chosen) for member in kind)


def _chosen_first(kind: type[Choice], found: Sequence[Any]) -> tuple[Option, ...]:
    """The options of a list of several: those chosen in their own order, then the others."""
    order = {one: rank for rank, one in enumerate(found)}
    return tuple(sorted(_options(kind, set(found)), key=lambda option: order.get(option.value, len(order))))


def _span(name: str, label: str, value: Span | None, *, required: bool) -> Input:
    units = tuple(Option(unit.value, _UNIT_LABELS[unit], bool(value) and value is not None and value.unit is unit) for unit in SpanUnit)
    typed = "" if value is None else f"{value.count.normalize():f}".replace(".", ",")
    return Input(kind=Kind.SPAN, name=name, label=label, value=typed, options=units, required=required)


def _list(item: Any, name: str, label: str, found: Sequence[Any]) -> Input:
    if item is DocumentRank:
        return _ranking(name, label, found)
    if isinstance(item, type) and issubclass(item, Choice):
        return Input(kind=Kind.CHOICES, name=name, label=label, options=_chosen_first(item, found))
    if isinstance(item, type) and issubclass(item, BaseModel):
        rows = tuple(_build(item, f"{name}.{index}", label, one, required=False) for index, one in enumerate(found))
        return Input(
            kind=Kind.ROWS, name=name, label=label, rows=rows, blank=_build(item, f"{name}.{NEW_ROW}", label, None, required=False)
        )
    return Input(kind=Kind.LINES, name=name, label=label, value="\n".join(_typed(one) for one in found))


def _ranking(name: str, label: str, found: Sequence[Any]) -> Input:
    """One list a rank, for a choice whose order matters."""
    ranks = tuple(
        Input(kind=Kind.CHOICE, name=name, label=f"{label}, rang {rank + 1}", options=_options(DocumentRank, {one}), value=str(one or ""))
        for rank, one in enumerate([*found, *[None] * (len(DocumentRank) - len(found))])
    )
    return Input(kind=Kind.RANKING, name=name, label=label, parts=ranks)


def _week(name: str, label: str, hours: Mapping[str, Sequence[str]]) -> Input:
    days = tuple(
        Input(kind=Kind.LINE, name=f"{name}.{day}", label=french.WEEKDAYS[index], value=", ".join(hours.get(day, ())))
        for index, day in enumerate(WEEKDAYS)
    )
    return Input(kind=Kind.WEEK, name=name, label=label, parts=days)


def _matrix(name: str, label: str, value: values.PriorityMatrix | None) -> Input:
    rows = []
    for impact in ("I1", "I2", "I3"):
        cells = getattr(value, impact) if value else ("", "", "")
        options = [tuple(Option(level, level, level == cell) for level in ("P1", "P2", "P3", "P4")) for cell in cells]
        parts = tuple(
            Input(kind=Kind.CHOICE, name=f"{name}.{impact}.{rank}", label=f"U{rank + 1}", options=choices, value=cells[rank])
            for rank, choices in enumerate(options)
        )
        rows.append(Input(kind=Kind.GROUP, name=f"{name}.{impact}", label=field_label("PriorityMatrix", impact), parts=parts))
    return Input(kind=Kind.MATRIX, name=name, label=label, rows=tuple(rows))


def _group(kind: type[BaseModel], name: str, label: str, value: Any) -> Input:
    parts = tuple(
        _build(
            unwrap(described.annotation),
            f"{name}.{part}",
            french.typography(field_label(kind.__name__, part)),
            getattr(value, part) if value is not None else _default(described),
            required=described.is_required(),
        )
        for part, described in kind.model_fields.items()
        if not _left_to_files(kind, part)
    )
    return Input(kind=Kind.GROUP, name=name, label=label, parts=parts)


def _default(described: Any) -> Any:
    return None if described.is_required() or described.default_factory is not None else described.default


def _left_to_files(kind: type[BaseModel], part: str) -> bool:
    """Rare fields that are entered in a terms file only, and kept as they are by the form."""
    return (kind.__name__, part) in {("ServiceCalendar", "exceptions"), ("ServiceCalendar", "seasons"), ("PriceLine", "tiers")}


# ----------------------------------------------------------------------------------------------------------------- read


def _read(kind: Any, name: str, posted: Mapping[str, Sequence[str]]) -> Any:
    if kind is values.PriorityMatrix:
        return _read_matrix(name, posted)
    item = item_type(kind)
    if item is not None:
        return _read_list(item, name, posted)
    if get_origin(kind) is dict:
        days = {day: _intervals(_one(f"{name}.{day}", posted)) for day in WEEKDAYS}
        return {day: intervals for day, intervals in days.items() if intervals} or None
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _read_group(kind, name, posted)
    return _read_simple(kind, name, posted)


def _read_simple(kind: type, name: str, posted: Mapping[str, Sequence[str]]) -> Any:
    typed = _one(name, posted)
    if not typed:
        return None
    if issubclass(kind, bool):
        return {"true": True, "false": False}.get(typed, typed)
    if issubclass(kind, Money):
        return typed if re.search(r"[^\d\s.,\u00a0\u202f-]", typed) else f"{typed} EUR"
    if issubclass(kind, Percent):
        return typed if "%" in typed else f"{typed} %"
    if issubclass(kind, Span):
        return f"{typed} {_one(f'{name}.unit', posted)}".strip()
    if issubclass(kind, int):
        return int(typed) if re.fullmatch(r"-?\d{1,12}", typed.replace(french.NNBSP, "").replace(" ", "")) else typed
    if issubclass(kind, Decimal):
        plain = re.sub(r"[\s\u00a0\u202f]", "", typed).replace(",", ".")
        return Decimal(plain) if re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", plain) else typed
    return typed


def _read_list(item: Any, name: str, posted: Mapping[str, Sequence[str]]) -> Any:
    if isinstance(item, type) and issubclass(item, Choice):
        return [one for one in posted.get(name, ()) if one] or None
    if isinstance(item, type) and issubclass(item, BaseModel):
        rows = [_read(item, f"{name}.{index}", posted) for index in _indexes(name, posted)]
        return [row for row in rows if row is not None] or None
    lines = [line.strip() for line in _one(name, posted).splitlines()]
    return [int(line) if item is int and line.isdigit() else line for line in lines if line] or None


def _indexes(name: str, posted: Mapping[str, Sequence[str]]) -> list[str]:
    """The rows of a list, in the order of their numbers."""
    found = {match[1] for other in posted if (match := re.match(rf"{re.escape(name)}\.(\d{{1,6}})\.", other))}
    return sorted(found, key=int)[:MAX_ROWS]


def _read_group(kind: type[BaseModel], name: str, posted: Mapping[str, Sequence[str]]) -> dict[str, Any] | None:
    """The fields typed in a group; a row where only a closed list or a box was left as drawn counts as blank."""
    typed = {}
    for part, described in kind.model_fields.items():
        if not _left_to_files(kind, part):
            typed[part] = _read(unwrap(described.annotation), f"{name}.{part}", posted)
    return (
        {part: raw for part, raw in typed.items() if raw is not None}
        if any(_says_something(kind, part, raw) for part, raw in typed.items())
        else None
    )


def _says_something(kind: type[BaseModel], part: str, raw: Any) -> bool:
    if raw is None or isinstance(raw, bool):
        return False
    described = kind.model_fields[part]
    default = _default(described)
    plain = unwrap(described.annotation)
    if default is not None and raw == str(default):
        return False
    only_choices = all(_is_choice(unwrap(other.annotation)) for other in kind.model_fields.values())
    return only_choices or not _is_choice(plain)


def _is_choice(plain: Any) -> bool:
    return isinstance(plain, type) and issubclass(plain, Choice)


def _read_matrix(name: str, posted: Mapping[str, Sequence[str]]) -> dict[str, list[str]] | None:
    rows = {impact: [_one(f"{name}.{impact}.{rank}", posted) for rank in range(3)] for impact in ("I1", "I2", "I3")}
    return rows if any(cell for cells in rows.values() for cell in cells) else None


def _intervals(typed: str) -> list[str]:
    """« 8h30-12h30, 14h-18h » as « 08:30-12:30 », « 14:00-18:00 »; what cannot be read is left for the check to refuse."""
    return [_interval(part.strip()) for part in re.split(r"[,;]", typed) if part.strip()]


def _interval(text: str) -> str:
    match = re.fullmatch(r"(\d{1,2})\s*(?:[:hH]\s*(\d{2})?)?\s*(?:-|–|à)\s*(\d{1,2})\s*(?:[:hH]\s*(\d{2})?)?", text)
    if match is None:
        return text
    return f"{int(match[1]):02d}:{match[2] or '00'}-{int(match[3]):02d}:{match[4] or '00'}"


def _one(name: str, posted: Mapping[str, Sequence[str]]) -> str:
    found = posted.get(name) or ("",)
    return str(found[-1]).strip()
