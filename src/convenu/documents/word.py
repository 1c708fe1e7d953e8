"""The contract as a Word file that a lawyer can work on: native numbers, live references, one mark a clause."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from docx.document import Document

from convenu.documents.brand import Brand
from convenu.documents.characters import shown
from convenu.documents.edition import Edition
from convenu.documents.outline import (
    ANNEXES,
    CONTENTS,
    GENERAL_TERMS,
    SIGNATURE_HEADING,
    SPECIAL_TERMS,
    Heading,
    article_heading,
    headings,
    section_heading,
)
from convenu.documents.word_blocks import WordBlocks
from convenu.documents.word_frame import set_frame, signature_table, title_page
from convenu.documents.word_package import empty_document, file_bytes, set_properties
from convenu.documents.word_xml import (
    FIELD_END,
    TAB,
    Xml,
    bookmarked,
    elements,
    field_start,
    joined,
    paragraph,
    text_run,
    w,
)
from convenu.vocabulary.contract_text import Article, ContractText, Section

CLAUSE_TAG = "clause:"
_ENTRIES = 48  # lines of contents that hold on a page; a longer contract lists its articles only
_CLOSING = 2  # blocks that stay on the page of the signatures
_NAME_LIMIT = 40  # Word refuses longer names of bookmarks


def write_docx(text: ContractText, *, brand: Brand, edition: Edition) -> bytes:
    """The contract as the bytes of a Word file; the same contract gives the same bytes."""
    document = empty_document(brand)
    set_frame(document, title=text.title, brand=brand, edition=edition)
    written = elements(*_parts(document, _Writer(text), brand, edition))
    last = document.element.body[-1]
    for element in written:
        last.addprevious(element)
    subject = f"{text.provider} – {text.client}"
    set_properties(document, title=text.title, subject=subject, brand=brand, edition=edition, marks=_marks(text, edition))
    return file_bytes(document)


def bookmark_name(anchor: str) -> str:
    """The bookmark of a clause or article, within the length that Word admits."""
    name = f"_cv_{anchor}"
    if len(name) <= _NAME_LIMIT:
        return name
    return f"{name[: _NAME_LIMIT - 9]}_{hashlib.sha256(anchor.encode()).hexdigest()[:8]}"


def _marks(text: ContractText, edition: Edition) -> dict[str, str]:
    return {
        "convenu_release": text.release,
        "convenu_text_sha256": text.hash,
        "convenu_law_day": text.law_day,
        "convenu_version": edition.version,
        "convenu_status": edition.status.value,
    }


def _parts(document: Document, writer: _Writer, brand: Brand, edition: Edition) -> Iterator[Xml]:
    """Title page, contents, contract, signatures."""
    yield from title_page(document, writer.text, brand=brand, edition=edition)
    yield paragraph(text_run(CONTENTS), style="TOCHeading", new_page=True)
    yield writer.contents()
    yield writer.contract()
    if writer.text.signatories:
        yield writer.signature_heading()
        yield from signature_table(writer.text)


class _Writer:
    """Writes the parts of one contract; keeps the count of bookmarks."""

    def __init__(self, text: ContractText) -> None:
        self.text = text
        self._headings = {heading.anchor: heading for heading in headings(text)}
        self._bookmarks = 0
        self._new_pages = {next(iter(self._headings)), SPECIAL_TERMS.anchor, ANNEXES.anchor}
        self._last = [section.clause for section in text.sections()][-1:]
        self._blocks = WordBlocks({anchor: bookmark_name(anchor) for anchor in self._headings}, self._headings)

    def contents(self) -> Xml:
        """The table of contents: a field whose entries are already there, each a link to its heading."""
        every = list(self._headings.values())
        depth = 2 if len(every) <= _ENTRIES else 1
        listed = [heading for heading in every if heading.level <= depth]
        start = field_start(rf'TOC \o "1-{depth}" \h \z \u')
        entries = [
            self._entry(heading, opens=start if heading is listed[0] else None, closes=FIELD_END if heading is listed[-1] else None)
            for heading in listed
        ]
        gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
        return w("sdt", w("sdtPr", w("id", val=_identifier("contents")), gallery), w("sdtContent", *entries))

    def contract(self) -> Xml:
        """The summary, then the three parts of the contract; the first and the last each begin a page."""
        return joined(*self._written())

    def _written(self) -> Iterator[Xml]:
        if self.text.summary:
            yield self._clause(self.text.summary, "FrontHeading")
        if self.text.front:
            yield self._heading(SPECIAL_TERMS, "PartHeading")
        yield from (self._clause(section, "FrontHeading") for section in self.text.front)
        if self.text.articles:
            yield self._heading(GENERAL_TERMS, "PartHeading")
        yield from map(self._article, self.text.articles)
        if self.text.annexes:
            yield self._heading(ANNEXES, "PartHeading")
        yield from (self._clause(section, "AnnexHeading") for section in self.text.annexes)

    def signature_heading(self) -> Xml:
        """The heading of the signatures, after the last annex."""
        return self._heading(SIGNATURE_HEADING, "FrontHeading")

    def _article(self, article: Article) -> Xml:
        if article.single:
            return self._clause(article.sections[0], "Heading1")
        heading = self._heading(article_heading(article), "Heading1")
        return joined(heading, *(self._clause(section, "Heading2") for section in article.sections))

    def _clause(self, section: Section, style: str) -> Xml:
        """A clause inside a content control that names it: the mark stays when the words change or move."""
        mark = w(
            "sdtPr",
            w("alias", val=shown(section.title[:64])),
            w("tag", val=CLAUSE_TAG + section.clause),
            w("id", val=_identifier(section.clause)),
        )
        heading = self._heading(section_heading(section), style)
        # No page is signed apart from the contract it closes.
        closing = _CLOSING if section.clause in self._last and self.text.signatories else 0
        return w("sdt", mark, w("sdtContent", heading, self._blocks.written(section.blocks, closing=closing)))

    def _heading(self, heading: Heading, style: str) -> Xml:
        self._bookmarks += 1
        words = bookmarked(bookmark_name(heading.anchor), self._bookmarks, text_run(heading.title))
        return paragraph(words, style=style, new_page=heading.anchor in self._new_pages)

    def _entry(self, heading: Heading, *, opens: Xml | None = None, closes: Xml | None = None) -> Xml:
        number = joined(text_run(heading.number), TAB) if heading.number else None
        link = w("hyperlink", number, text_run(heading.title), anchor=bookmark_name(heading.anchor), history=1)
        return paragraph(opens, link, closes, style=f"TOC{heading.level}")


def _identifier(name: str) -> int:
    """The number that Word wants on a content control, the same for the same clause."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") & 0x7FFFFFFF or 1
