"""The file around the words: its properties, its empty template put in order, the same bytes for the same document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.shared import Emu
from lxml import etree

from convenu.documents.brand import Brand
from convenu.documents.edition import Edition
from convenu.documents.word_styles import LANGUAGE, set_numbering, set_styles
from convenu.documents.word_xml import elements, w

_LEFT_OUT = ("thumbnail", "stylesWithEffects", "customXml", "webSettings")
_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_OF_PROPERTIES = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_CENTIMETRE = 360_000


def empty_document(brand: Brand) -> Document:
    """An A4 document with our styles and nothing in it."""
    document = docx.Document()
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_LEFT_OUT)]:
            del relations[key]
    set_styles(document, brand)
    set_numbering(document, brand)
    _set_page(document)
    _set_settings(document)
    return document


def set_properties(document: Document, *, title: str, subject: str, brand: Brand, edition: Edition, marks: Mapping[str, str]) -> None:
    """What the file says of itself: title, author, dates, and our own marks (release, hash, day of the law)."""
    properties = document.core_properties
    made = datetime(edition.day.year, edition.day.month, edition.day.day, tzinfo=UTC)
    properties.title, properties.subject = title[:255], subject[:255]
    properties.author = properties.last_modified_by = brand.name[:255]
    properties.created = properties.modified = made
    properties.comments, properties.keywords, properties.category = "", "", ""
    properties.language, properties.revision, properties.version = LANGUAGE, 1, edition.version
    _add_marks(document, marks)


def file_bytes(document: Document) -> bytes:
    """The document as a file, parts in their order and without the hour of the machine."""
    first, packed = BytesIO(), BytesIO()
    document.save(first)
    with ZipFile(first) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, _FIRST_DAY_OF_ZIP)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Emu(int(21 * _CENTIMETRE)), Emu(int(29.7 * _CENTIMETRE))
    section.left_margin = section.right_margin = Emu(int(2.1 * _CENTIMETRE))
    section.top_margin, section.bottom_margin = Emu(int(2.2 * _CENTIMETRE)), Emu(int(2 * _CENTIMETRE))
    section.header_distance = section.footer_distance = Emu(int(1.0 * _CENTIMETRE))


def _set_settings(document: Document) -> None:
    """French, and the layout of today's Word rather than its compatibility mode."""
    settings = document.settings.element
    for language in settings.xpath("w:themeFontLang"):
        settings.replace(language, elements(w("themeFontLang", val=LANGUAGE))[0])
    for mode in settings.xpath("w:compat/w:compatSetting[@w:name='compatibilityMode']"):
        mode.set(qn("w:val"), "15")
    for old in settings.xpath("w:rsids | w:compat/w:useFELayout | w:savePreviewPicture | w:proofState"):
        old.getparent().remove(old)


def _add_marks(document: Document, marks: Mapping[str, str]) -> None:
    root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={"vt": _VALUES, "custom": _PROPERTIES})
    for number, (name, value) in enumerate(marks.items(), start=2):
        entry = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_FORMAT_OF_PROPERTIES, pid=str(number), name=name)
        etree.SubElement(entry, f"{{{_VALUES}}}lpwstr").text = value
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    package = document.part.package
    kind = CONTENT_TYPE.OFC_CUSTOM_PROPERTIES
    package.relate_to(Part(PackURI("/docProps/custom.xml"), kind, content, package), RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
