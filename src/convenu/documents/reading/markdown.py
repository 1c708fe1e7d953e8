"""A Markdown file: rendered by markdown-it as a reader sees it, then read as a page."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from convenu.documents.reading.html import read_html_text
from convenu.documents.reading.plain import decoded
from convenu.vocabulary.read_text import ReadText

_FRONT_MATTER = re.compile(r"\A\ufeff?---\r?\n.*?\r?\n---\r?\n", re.DOTALL)


def read_markdown(name: str, content: bytes) -> ReadText:
    """The document without the front matter that its publisher reads; raises `RefusalError` when it holds no word."""
    words = _FRONT_MATTER.sub("", decoded(content), count=1)
    return read_html_text(name, MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough").render(words))
