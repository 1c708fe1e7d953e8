"""What a Word paragraph is by its styles: its level when it is a heading, its list, whether its words are hidden or bold."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from convenu.documents.reading.word_names import attribute, child, children, number, switched_on
from convenu.documents.reading.word_numbering import Numbering

_NO_LEVEL = 9
_DEEPEST = 40
_NO_LIST = "0"


class Styles:
    """The styles of a file, each with those it is based on."""

    def __init__(self, part: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default = ""
        for style in children(part, "style") if part is not None else ():
            name = attribute(style, "styleId")
            self._styles[name] = style
            if attribute(style, "type") == "paragraph" and attribute(style, "default", "0") in ("1", "true", "on"):
                self._default = name

    def name_of(self, paragraph: etree._Element) -> str:
        """The style's own name, in small letters: « heading 1 », « toc 2 », « title »."""
        style = self._styles.get(_style_id(paragraph))
        found = child(style, "name") if style is not None else None
        return attribute(found, "val").lower() if found is not None else ""

    def level(self, paragraph: etree._Element) -> int | None:
        """1 for « heading 1 », whatever the language of Word; 0 for the title of the document; None for plain text."""
        for properties in self._properties(paragraph):
            outline = child(properties, "outlineLvl")
            if outline is not None:
                level = number(attribute(outline, "val"), _NO_LEVEL)
                return level + 1 if level < _NO_LEVEL else None
        for style in self._chain(_style_id(paragraph)):
            name = child(style, "name")
            said = attribute(name, "val").lower() if name is not None else ""
            if said in ("title", "titre"):
                return 0
            if said.startswith(("heading ", "titre ")) and said[-1:].isdigit():
                return int(said[-1])
        return None

    def list_of(self, paragraph: etree._Element, numbering: Numbering) -> tuple[str, int] | None:
        """The list that numbers a paragraph and the level in it, from 0."""
        instance, rank = "", None
        for properties in self._properties(paragraph):
            numbered = child(properties, "numPr")
            if numbered is None:
                continue
            level, name = child(numbered, "ilvl"), child(numbered, "numId")
            if rank is None and level is not None:
                rank = number(attribute(level, "val"), 0)
            if name is not None:
                instance = attribute(name, "val")
                break
        if instance in ("", _NO_LIST):
            return None
        if rank is None:
            named = (numbering.level_of_style(instance, attribute(style, "styleId")) for style in self._chain(_style_id(paragraph)))
            rank = next((found for found in named if found is not None), 0)
        return instance, rank

    def is_switched_on(self, run: etree._Element, paragraph: etree._Element, name: str) -> bool:
        """Whether a run has a property such as `b` or `vanish`, of its own or by a style."""
        own = child(run, "rPr", name)
        if own is not None:
            return switched_on(own)
        styled = child(run, "rPr", "rStyle")
        chains = ([attribute(styled, "val")] if styled is not None else []) + [_style_id(paragraph) or self._default]
        for first in chains:
            for style in self._chain(first):
                found = child(style, "rPr", name)
                if found is not None:
                    return switched_on(found)
        return False

    def _properties(self, paragraph: etree._Element) -> Iterator[etree._Element]:
        """The properties of a paragraph, its own first, then those of its styles."""
        own = child(paragraph, "pPr")
        if own is not None:
            yield own
        for style in self._chain(_style_id(paragraph) or self._default):
            found = child(style, "pPr")
            if found is not None:
                yield found

    def _chain(self, name: str) -> Iterator[etree._Element]:
        """A style and those it is based on; a circle ends."""
        for _step in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            based = child(style, "basedOn")
            name = attribute(based, "val") if based is not None else ""


def _style_id(paragraph: etree._Element) -> str:
    found = child(paragraph, "pPr", "pStyle")
    return attribute(found, "val") if found is not None else ""
