"""A letter as a Word file, in the look of the contract."""

from __future__ import annotations

from convenu.agreement.revision_letter import Letter
from convenu.documents.brand import Brand
from convenu.documents.edition import Edition
from convenu.documents.word_blocks import WordBlocks
from convenu.documents.word_frame import set_frame
from convenu.documents.word_package import empty_document, file_bytes, set_properties
from convenu.documents.word_xml import elements, paragraph, text_run


def write_letter(letter: Letter, *, brand: Brand, edition: Edition) -> bytes:
    """The letter as the bytes of a Word file."""
    document = empty_document(brand)
    set_frame(document, title=letter.title, brand=brand, edition=edition)
    document.sections[0].different_first_page_header_footer = False
    head = [paragraph(text_run(letter.title), style="TOCHeading"), paragraph(text_run(letter.subject), style="Subtitle")]
    last = document.element.body[-1]
    for element in elements(*head, WordBlocks({}, {}).written(letter.blocks)):
        last.addprevious(element)
    set_properties(document, title=letter.title, subject=letter.subject, brand=brand, edition=edition, marks={})
    return file_bytes(document)
