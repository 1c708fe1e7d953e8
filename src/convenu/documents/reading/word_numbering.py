"""The numbers that Word prints before its paragraphs, which the file does not hold: counted as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from convenu.documents.reading.word_names import attribute, child, children, number

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LONGEST_COUNT = 9_999
# Bullets are drawn with signs of symbol fonts; one sign says them all.
BULLET = "•"


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int
    in_figures: bool
    restart: int | None
    style: str


@dataclass(slots=True)
class _List:
    """The counters of one abstract list, shared by all that number with it."""

    levels: dict[int, _Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """Counts the paragraphs of a document in their order."""

    def __init__(self, part: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._links: dict[str, str] = {}
        self._instances: dict[str, str] = {}
        self._overrides: dict[str, dict[int, _Level]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if part is not None:
            self._read(part)

    def level_of_style(self, instance: str, style: str) -> int | None:
        """The level that a style stands for in a list, when the list names it."""
        found = self._list(instance)
        return next((rank for rank, level in found.levels.items() if level.style == style), None) if found else None

    def next(self, instance: str, rank: int) -> str:
        """The number printed before the next paragraph of a list at a level (from 0), « 5.2 », « a) », `BULLET`, or nothing."""
        counted = self._list(instance)
        if counted is None or not 0 <= rank < _LEVELS:
            return ""
        level = self._level(instance, counted, rank)
        if level is None:
            return ""
        self._count(instance, counted, rank, level)
        if level.form == "bullet":
            return BULLET
        if level.form == "none":
            return _PLACE.sub("", level.text).strip()
        return _PLACE.sub(lambda place: self._shown(instance, counted, int(place[1]) - 1, level), level.text).strip()

    def _count(self, instance: str, counted: _List, rank: int, level: _Level) -> None:
        restart = self._restarts.get(instance, {}).get(rank)
        fresh = restart is not None and (instance, rank) not in self._begun
        self._begun.add((instance, rank))
        now = counted.counts[rank]
        if fresh and restart is not None:
            counted.counts[rank] = restart
        else:
            counted.counts[rank] = level.start if now is None else now + 1
        for deeper in range(rank + 1, _LEVELS):
            below = counted.levels.get(deeper)
            if below is None or below.restart is None or (below.restart and rank < below.restart):
                counted.counts[deeper] = None

    def _shown(self, instance: str, counted: _List, rank: int, asked: _Level) -> str:
        level = self._level(instance, counted, rank)
        if level is None:
            return ""
        count = counted.counts[rank]
        if count is None:
            # Word shows a level that nothing has opened yet by its first number.
            count = counted.counts[rank] = level.start
        return written(count, "decimal" if asked.in_figures else level.form)

    def _level(self, instance: str, counted: _List, rank: int) -> _Level | None:
        return self._overrides.get(instance, {}).get(rank) or counted.levels.get(rank)

    def _list(self, instance: str) -> _List | None:
        name = self._instances.get(instance, "")
        found = self._lists.get(name)
        if found is not None and not found.levels and name in self._links:
            return self._lists.get(self._links[name])
        return found

    def _read(self, part: etree._Element) -> None:
        styled: dict[str, str] = {}
        asked: dict[str, str] = {}
        for abstract in children(part, "abstractNum"):
            name = attribute(abstract, "abstractNumId")
            self._lists[name] = _List(dict(map(_level_of, children(abstract, "lvl"))))
            for tag, kept in (("styleLink", styled), ("numStyleLink", asked)):
                link = child(abstract, tag)
                if link is not None:
                    kept[attribute(link, "val") if tag == "styleLink" else name] = name if tag == "styleLink" else attribute(link, "val")
        self._links = {name: styled[style] for name, style in asked.items() if style in styled}
        for one in children(part, "num"):
            instance = attribute(one, "numId")
            abstract_id = child(one, "abstractNumId")
            self._instances[instance] = attribute(abstract_id, "val") if abstract_id is not None else ""
            for override in children(one, "lvlOverride"):
                rank = number(attribute(override, "ilvl"), 0)
                level = child(override, "lvl")
                if level is not None:
                    self._overrides.setdefault(instance, {})[rank] = _level_of(level)[1]
                start = child(override, "startOverride")
                if start is not None:
                    self._restarts.setdefault(instance, {})[rank] = number(attribute(start, "val"), 1)


def written(count: int, form: str) -> str:
    """A count as a form of Word writes it; the forms of other scripts are written in figures."""
    if form in ("lowerRoman", "upperRoman") and 0 < count <= _LONGEST_COUNT:
        small = _roman(count)
        return small.upper() if form == "upperRoman" else small
    if form in ("lowerLetter", "upperLetter") and 0 < count <= _LONGEST_COUNT:
        small = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 40)
        return small.upper() if form == "upperLetter" else small
    if form == "decimalZero":
        return f"{count:02d}"
    if form == "ordinal":
        return "1er" if count == 1 else f"{count}e"
    return str(count)


def _roman(count: int) -> str:
    signs = []
    for value, sign in _ROMAN:
        times, count = divmod(count, value)
        signs.append(sign * times)
    return "".join(signs)


def _level_of(element: etree._Element) -> tuple[int, _Level]:
    def said(tag: str, default: str) -> str:
        found = child(element, tag)
        return attribute(found, "val", default) if found is not None else default

    restart = said("lvlRestart", "")
    in_figures = child(element, "isLgl")
    return number(attribute(element, "ilvl"), 0), _Level(
        form=said("numFmt", "decimal"),
        text=said("lvlText", ""),
        start=number(said("start", "0"), 0),
        in_figures=in_figures is not None and attribute(in_figures, "val", "1") not in ("0", "false", "off"),
        restart=number(restart, 0) if restart else None,
        style=said("pStyle", ""),
    )
