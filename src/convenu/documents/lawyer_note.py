"""The note to the lawyer as a Word file and as Markdown."""

from __future__ import annotations

from convenu.documents.brand import Brand
from convenu.documents.edition import Edition
from convenu.documents.markdown import block_markdown, escaped
from convenu.documents.note_content import TITLE, NoteContent, chapters
from convenu.documents.word_blocks import WordBlocks
from convenu.documents.word_frame import set_frame
from convenu.documents.word_package import empty_document, file_bytes, set_properties
from convenu.documents.word_xml import elements, paragraph, text_run


def write_lawyer_note(content: NoteContent, *, brand: Brand, edition: Edition) -> bytes:
    """The note as the bytes of a Word file, in the look of the contract."""
    document = empty_document(brand)
    set_frame(document, title=TITLE, brand=brand, edition=edition)
    document.sections[0].different_first_page_header_footer = False
    writer = WordBlocks({}, {})
    subject = f"{content.provider} – {content.client}"
    written = [paragraph(text_run(TITLE), style="TOCHeading"), paragraph(text_run(subject), style="Subtitle")]
    for chapter in chapters(content, edition=edition):
        written += [paragraph(text_run(chapter.title), style="FrontHeading"), writer.written(chapter.blocks)]
    last = document.element.body[-1]
    for element in elements(*written):
        last.addprevious(element)
    marks = {"convenu_release": content.release, "convenu_text_sha256": content.text_hash, "convenu_law_day": content.law_day}
    set_properties(document, title=TITLE, subject=subject, brand=brand, edition=edition, marks=marks)
    return file_bytes(document)


def write_lawyer_note_markdown(content: NoteContent, *, edition: Edition) -> str:
    """The same note as Markdown."""
    lines = [f"# {TITLE}", f"{escaped(content.provider)} – {escaped(content.client)}"]
    for chapter in chapters(content, edition=edition):
        lines.append(f"## {escaped(chapter.title)}")
        lines += [block_markdown(block, level=1) for block in chapter.blocks]
    return "\n\n".join(lines) + "\n"
