"""The pack of rules as a Word file for the lawyer who reads it: one table a rule, with room for an opinion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from convenu.documents.brand import Brand
from convenu.documents.edition import Edition
from convenu.documents.word_blocks import WordBlocks
from convenu.documents.word_frame import set_frame
from convenu.documents.word_package import empty_document, file_bytes, set_properties
from convenu.documents.word_xml import elements, paragraph, text_run
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import Paragraph, Run, Table

TITLE = "Règles de contrôle"


@dataclass(frozen=True, slots=True)
class RuleSheet:
    """What the file says of one rule: its title and its lines, each a label and what is said."""

    title: str
    lines: tuple[tuple[str, str], ...]


def write_rule_pack(chapters: Mapping[str, Iterable[RuleSheet]], *, release: str, brand: Brand, edition: Edition) -> bytes:
    """The whole pack, by chapter, as the bytes of a Word file in the look of the contracts."""
    document = empty_document(brand)
    set_frame(document, title=TITLE, brand=brand, edition=edition)
    document.sections[0].different_first_page_header_footer = False
    writer = WordBlocks({}, {})
    subject = f"Bibliothèque {release}, {french.day(edition.day)}"
    written = [paragraph(text_run(TITLE), style="TOCHeading"), paragraph(text_run(subject), style="Subtitle")]
    for chapter, sheets in chapters.items():
        written.append(paragraph(text_run(french.typography(chapter)), style="FrontHeading"))
        for sheet in sheets:
            written.append(paragraph(text_run(french.typography(sheet.title)), style="Heading3"))
            written.append(writer.written(tuple(_blocks(sheet))))
    last = document.element.body[-1]
    for element in elements(*written):
        last.addprevious(element)
    set_properties(document, title=TITLE, subject=subject, brand=brand, edition=edition, marks={"convenu_release": release})
    return file_bytes(document)


def _blocks(sheet: RuleSheet) -> Iterator[Paragraph | Table]:
    rows = tuple(((Run(french.typography(label)),), (Run(french.typography(said)),)) for label, said in sheet.lines if said)
    yield Table(((Run("Rubrique"),), (Run("Contenu"),)), rows)
