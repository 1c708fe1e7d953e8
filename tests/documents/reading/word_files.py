"""Word files made for the tests: python-docx writes the package, the XML that it has no name for is laid in by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from docx import Document

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(entries: Mapping[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return buffer.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """The entries of a zip file."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def saved(document: object) -> bytes:
    """The bytes of a document of python-docx."""
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def word_file(body: str, **parts: str) -> bytes:
    """A Word file with this XML for a body and these parts beside it: `footnotes`, `comments`, `numbering`, `endnotes`."""
    entries = unpacked(saved(Document()))
    entries["word/document.xml"] = f"<w:document {_W}><w:body>{body}</w:body></w:document>".encode()
    relations = entries["word/_rels/document.xml.rels"].decode()
    for name, inner in parts.items():
        entries[f"word/{name}.xml"] = f"<w:{name} {_W}>{inner}</w:{name}>".encode()
        if f"relationships/{name}" not in relations:
            line = f'<Relationship Id="rT{name}" Type="{_RELATIONS}/{name}" Target="{name}.xml"/></Relationships>'
            relations = relations.replace("</Relationships>", line)
    entries["word/_rels/document.xml.rels"] = relations.encode()
    return packed(entries)


def paragraph(words: str, properties: str = "") -> str:
    """A paragraph of Word's XML."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{words}</w:t></w:r></w:p>"


def numbered(words: str, level: int, instance: int = 1) -> str:
    """A paragraph that a list numbers."""
    return paragraph(words, f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{instance}'/></w:numPr>")


def level(rank: int, form: str, text: str, more: str = "") -> str:
    """A level of a list, in Word's XML."""
    return f"<w:lvl w:ilvl='{rank}'><w:start w:val='1'/><w:numFmt w:val='{form}'/>{more}<w:lvlText w:val='{text}'/></w:lvl>"
