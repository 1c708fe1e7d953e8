"""The note to the lawyer as a Word file and as Markdown."""

from __future__ import annotations

from convenu.documents.brand import Brand
from convenu.documents.edition import Edition
from convenu.documents.markdown import block_markdown, escaped
from convenu.documents.note_content import TITLE, NoteContent, chapters
from convenu.documents.notes import Note, write_note_word


def write_lawyer_note(content: NoteContent, *, brand: Brand, edition: Edition) -> bytes:
    """The note as the bytes of a Word file, in the look of the contract."""
    note = Note(TITLE, f"{content.provider} – {content.client}", tuple(chapters(content, edition=edition)))
    marks = {"convenu_release": content.release, "convenu_text_sha256": content.text_hash, "convenu_law_day": content.law_day}
    return write_note_word(note, brand=brand, edition=edition, marks=marks)


def write_lawyer_note_markdown(content: NoteContent, *, edition: Edition) -> str:
    """The same note as Markdown."""
    lines = [f"# {TITLE}", f"{escaped(content.provider)} – {escaped(content.client)}"]
    for chapter in chapters(content, edition=edition):
        lines.append(f"## {escaped(chapter.title)}")
        lines += [block_markdown(block, level=1) for block in chapter.blocks]
    return "\n\n".join(lines) + "\n"
