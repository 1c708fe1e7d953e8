"""A note: a title, a line that says on what, chapters of blocks; the same as Word and as PDF, in the look of the contracts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from convenu.documents.brand import Brand
from convenu.documents.edition import Edition
from convenu.documents.pdf import block_data, brand_data, template, words_data
from convenu.documents.word_blocks import WordBlocks
from convenu.documents.word_frame import set_frame
from convenu.documents.word_package import empty_document, file_bytes, set_properties
from convenu.documents.word_xml import elements, paragraph, text_run
from convenu.vocabulary.contract_text import Block


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a note; it may open a page."""

    title: str
    blocks: tuple[Block, ...]
    opens_page: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What a note says."""

    title: str
    subject: str
    chapters: tuple[Chapter, ...]


def write_note_word(note: Note, *, brand: Brand, edition: Edition, marks: Mapping[str, str]) -> bytes:
    """The note as the bytes of a Word file."""
    document = empty_document(brand)
    set_frame(document, title=note.title, brand=brand, edition=edition)
    document.sections[0].different_first_page_header_footer = False
    writer = WordBlocks({}, {})
    written = [paragraph(text_run(note.title), style="TOCHeading"), paragraph(text_run(note.subject), style="Subtitle")]
    for chapter in note.chapters:
        written.append(paragraph(text_run(chapter.title), style="FrontHeading", new_page=chapter.opens_page))
        written.append(writer.written(chapter.blocks))
    last = document.element.body[-1]
    for element in elements(*written):
        last.addprevious(element)
    set_properties(document, title=note.title, subject=note.subject, brand=brand, edition=edition, marks=marks)
    return file_bytes(document)


def note_pdf_files(note: Note, *, brand: Brand, edition: Edition) -> dict[str, bytes]:
    """What the typesetter needs to set the note: the template of the contracts, the note as data, the logo."""
    anchors = [f"chapter-{rank}" for rank in range(len(note.chapters))]
    data: dict[str, Any] = {
        "title": words_data(note.title),
        "note": words_data(note.subject),
        "day": [edition.day.year, edition.day.month, edition.day.day],
        "mark": words_data(edition.mark),
        "draft": edition.draft,
        "marks_title_page": edition.marks_title_page,
        "short": True,
        "brand": brand_data(brand),
        "headings": {anchor: ["", words_data(chapter.title)] for anchor, chapter in zip(anchors, note.chapters, strict=True)},
        "parts": [
            {
                "level": 1,
                "anchor": anchor,
                "place": "clause",
                "opens_page": chapter.opens_page,
                "blocks": block_data(chapter.blocks),
            }
            for anchor, chapter in zip(anchors, note.chapters, strict=True)
        ],
        "attachments": [],
    }
    found = {"main.typ": template(), "contract.json": json.dumps(data, ensure_ascii=False).encode()}
    return found | ({f"logo.{brand.logo.kind}": brand.logo.content} if brand.logo else {})
