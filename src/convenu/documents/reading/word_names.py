"""The names of Word's XML, and the few questions asked of its elements."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lxml import etree

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# What a file saved as « Strict Open XML » says instead.
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
PLAIN = _WORD.encode()
ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def w(name: str) -> str:
    """The full name of an element or an attribute of Word."""
    return f"{{{_WORD}}}{name}"


def child(element: etree._Element, *path: str) -> etree._Element | None:
    """The first element at the end of a path of names."""
    return element.find(_path(path))


@cache
def _path(names: tuple[str, ...]) -> str:
    """Asked of every run: the few paths are written once."""
    return "/".join(w(name) for name in names)


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of one name."""
    return element.iterchildren(w(name))


def attribute(element: etree._Element, name: str, default: str = "") -> str:
    """An attribute of Word's."""
    return element.get(w(name), default)


def switched_on(element: etree._Element | None) -> bool:
    """Whether a property is there and not turned off."""
    return element is not None and attribute(element, "val", "1") not in ("0", "false", "off", "none")


def number(text: str, default: int) -> int:
    """A whole number of the file, or the default for anything else."""
    try:
        return int(text)
    except ValueError:
        return default
