"""A Markdown file that opens with YAML between two lines of dashes."""

from __future__ import annotations

from typing import Any

from convenu.vocabulary import yaml_text


class FrontMatterError(ValueError):
    """A library file does not open with front matter, or lacks a field."""


def split(text: str, name: str) -> tuple[dict[str, Any], str]:
    """The front matter as data and the text under it."""
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise FrontMatterError(f"{name}: the file opens with « --- », YAML, « --- », then the text")
    data = yaml_text.read(parts[1]).data
    if not isinstance(data, dict):
        raise FrontMatterError(f"{name}: the front matter is « key: value » lines")
    return data, parts[2].strip("\n") + "\n"


def take(data: dict[str, Any], key: str, name: str) -> Any:
    """A compulsory field."""
    if key not in data:
        raise FrontMatterError(f"{name}: the field « {key} » is missing")
    return data[key]


def refuse_others(data: dict[str, Any], known: frozenset[str], name: str) -> None:
    """Any field that is not known is a typing error."""
    others = sorted(set(data) - known)
    if others:
        raise FrontMatterError(f"{name}: no field is called « {others[0]} ». {yaml_text.suggest(others[0], sorted(known))}")
