"""The Word file, opened again: what a lawyer finds in it."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import nsmap, qn
from lxml import etree

from convenu.documents.outline import headings
from convenu.documents.word import bookmark_name, write_docx
from convenu.vocabulary.contract_text import RunKind
from tests.documents import sample

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def content() -> bytes:
    return write_docx(sample.contract(), brand=sample.BRAND, edition=sample.DRAFT)


@pytest.fixture(scope="module")
def document(content: bytes) -> Document:
    return docx.Document(BytesIO(content))


def find(document: Document, path: str) -> list[Any]:
    found: list[Any] = document.element.body.xpath(path)
    return found


def value_of(element: Any, name: str = "val") -> str:
    return str(element.get(qn(f"w:{name}")))


def words_of(element: Any) -> str:
    return "".join(element.itertext(qn("w:t")))


def instructions(document: Document) -> list[str]:
    return [(code.text or "").strip() for code in find(document, ".//w:instrText")]


def part(content: bytes, name: str) -> Any:
    with ZipFile(BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def test_each_heading_is_numbered_by_word_through_its_style(content: bytes) -> None:
    numbering = part(content, "word/numbering.xml")
    lists = {value_of(entry, "abstractNumId"): entry for entry in numbering.iter(qn("w:abstractNum"))}
    tied = {
        value_of(level.find(qn("w:pStyle"))): (key, value_of(level, "ilvl"), value_of(level.find(qn("w:lvlText"))))
        for key, entry in lists.items()
        for level in entry.iter(qn("w:lvl"))
    }
    assert tied["Heading1"][1:] == ("0", "Article %1")
    assert tied["Heading2"] == (tied["Heading1"][0], "1", "%1.%2")
    assert tied["AnnexHeading"][2] == "Annexe %1"
    assert tied["AnnexHeading"][0] != tied["Heading1"][0]
    concrete = {value_of(entry, "numId"): value_of(entry.find(qn("w:abstractNumId"))) for entry in numbering.iter(qn("w:num"))}
    for style in part(content, "word/styles.xml").iter(qn("w:style")):
        identifier = value_of(style, "styleId")
        if identifier in tied:
            number = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            assert concrete[value_of(number.find(qn("w:numId")))] == tied[identifier][0]
            assert value_of(number.find(qn("w:ilvl"))) == tied[identifier][1]


def test_the_numbers_that_word_will_count_are_those_of_the_text(document: Document) -> None:
    counted, article, clause, annex = [], 0, 0, 0
    for heading in find(document, ".//w:p[w:pPr/w:pStyle]"):
        style = value_of(heading.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"))
        if style == "Heading1":
            article, clause = article + 1, 0
            counted.append((f"Article\u00a0{article}", words_of(heading)))
        elif style == "Heading2":
            clause += 1
            counted.append((f"{article}.{clause}", words_of(heading)))
        elif style == "AnnexHeading":
            annex += 1
            counted.append((f"Annexe\u00a0{chr(64 + annex)}", words_of(heading)))
        elif style in ("FrontHeading", "PartHeading"):
            counted.append(("", words_of(heading)))
    assert counted == [(heading.number, heading.title) for heading in headings(sample.contract())]


def test_no_number_is_typed_in_a_heading(document: Document) -> None:
    titles = {heading.title for heading in headings(sample.contract())}
    written = {words_of(heading) for heading in find(document, ".//w:p[w:pPr/w:pStyle[starts-with(@w:val, 'Heading')]]")}
    assert {words for words in written if words not in titles} == {"Jours fériés"}


def test_every_reference_aims_at_a_bookmark_that_exists(document: Document) -> None:
    bookmarks = [value_of(mark, "name") for mark in find(document, ".//w:bookmarkStart")]
    aimed = [code.split()[1] for code in instructions(document) if code.startswith("REF ")]
    references = [run for section in sample.contract().sections() for run in section.runs if run.kind is RunKind.REFERENCE]
    assert len(aimed) == len(references) > 20
    assert set(aimed) <= set(bookmarks)
    assert len(bookmarks) == len(set(bookmarks))
    assert max(map(len, bookmarks)) <= 40


def test_each_bookmark_is_closed_once(document: Document) -> None:
    opened = [value_of(mark, "id") for mark in find(document, ".//w:bookmarkStart")]
    assert sorted(opened) == sorted(value_of(mark, "id") for mark in find(document, ".//w:bookmarkEnd"))
    assert len(opened) == len(set(opened))


def test_a_reference_reads_as_in_the_text_before_any_update(document: Document) -> None:
    sentences = [words_of(paragraph) for paragraph in find(document, ".//w:p")]
    assert "Les délais courent pendant les heures de l’article\u00a02.1." in sentences
    assert "Voir aussi l’article\u00a012 et l’annexe\u00a0C." in sentences


def test_the_field_of_a_clause_covers_its_number_only(document: Document) -> None:
    (sentence,) = [each for each in find(document, ".//w:p") if words_of(each).startswith("Les délais courent")]
    kinds = [
        value_of(run.find(qn("w:fldChar")), "fldCharType") if run.find(qn("w:fldChar")) is not None else words_of(run)
        for run in sentence.iter(qn("w:r"))
    ]
    start = kinds.index("separate")
    assert kinds[start + 1] == "2.1"
    assert kinds[start + 2] == "end"


def test_the_contents_are_there_before_any_update(document: Document) -> None:
    entries = find(document, ".//w:sdt[w:sdtPr/w:docPartObj]//w:hyperlink")
    assert [words_of(entry) for entry in entries] == [heading.number + heading.title for heading in headings(sample.contract())]
    bookmarks = {value_of(mark, "name") for mark in find(document, ".//w:bookmarkStart")}
    assert {value_of(entry, "anchor") for entry in entries} <= bookmarks
    assert [code for code in instructions(document) if code.startswith("TOC")] == [r'TOC \o "1-2" \h \z \u']


def test_every_field_is_begun_separated_and_ended(document: Document) -> None:
    kinds = [value_of(mark, "fldCharType") for mark in find(document, ".//w:fldChar")]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == len(instructions(document))


def test_word_asks_nothing_when_it_opens_the_file(content: bytes) -> None:
    settings = part(content, "word/settings.xml")
    assert settings.find(qn("w:updateFields")) is None
    assert not [mark for mark in part(content, "word/document.xml").iter(qn("w:fldChar")) if mark.get(qn("w:dirty"))]


def test_each_clause_bears_its_mark_in_the_order_of_the_text(document: Document) -> None:
    tags = [value_of(tag) for tag in find(document, ".//w:sdt/w:sdtPr/w:tag")]
    assert tags == [f"clause:{section.clause}" for section in sample.contract().sections()]
    identifiers = [value_of(mark) for mark in find(document, ".//w:sdt/w:sdtPr/w:id")]
    assert len(identifiers) == len(set(identifiers)) == len(tags) + 1


def test_a_long_key_gives_a_bookmark_that_word_admits() -> None:
    first, second = (bookmark_name("data_processing_instructions_and_assistance_" + end) for end in ("one", "two"))
    assert len(first) <= 40
    assert first != second


def test_above_each_page_stand_title_and_version_and_below_footer_and_page(document: Document) -> None:
    section = document.sections[0]
    header, footer = section.header.part.element, section.footer.part.element
    assert words_of(header) == "Contrat de services managésv0.3 · projet"
    assert sample.BRAND.legal_footer in words_of(footer)
    assert [(code.text or "").strip() for code in footer.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    assert words_of(section.first_page_header.part.element) == ""
    assert all(each.header.is_linked_to_previous for each in list(document.sections)[1:])


def test_a_final_copy_says_so_and_no_longer_projet() -> None:
    final = docx.Document(BytesIO(write_docx(sample.contract(), brand=sample.BRAND, edition=sample.FINAL)))
    assert "définitif" in words_of(final.sections[0].header.part.element)
    assert "projet" not in words_of(final.sections[0].header.part.element) + words_of(final.element.body)


def test_the_file_names_its_release_its_text_and_the_day_of_its_law(content: bytes, document: Document) -> None:
    properties = {entry.get("name"): "".join(entry.itertext()) for entry in part(content, "docProps/custom.xml")}
    text = sample.contract()
    assert properties == {
        "convenu_release": text.release,
        "convenu_text_sha256": text.hash,
        "convenu_law_day": "2026-11-23",
        "convenu_version": "v0.3",
        "convenu_status": "projet",
    }
    core = document.core_properties
    assert (core.title, core.author, core.language) == (text.title, sample.BRAND.name, "fr-FR")
    assert core.created is not None
    assert core.created.date() == sample.DRAFT.day


def test_a_table_repeats_its_first_row_and_cuts_none(document: Document) -> None:
    tables = find(document, ".//w:tbl[w:tblPr/w:tblStyle/@w:val='ContractTable']")
    assert len(tables) == 4
    for table in tables:
        rows = table.findall(qn("w:tr"))
        assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_open_points_are_highlighted_and_defined_words_bold(document: Document) -> None:
    (open_point,) = find(document, ".//w:r[w:rPr/w:rStyle/@w:val='ToConfirm']")
    assert words_of(open_point) == sample.OPEN_POINT
    assert "Prestataire" in [words_of(run) for run in find(document, ".//w:r[w:rPr/w:b]")]


def test_the_first_of_the_month_is_raised(document: Document) -> None:
    raised = find(document, ".//w:r[w:rPr/w:vertAlign/@w:val='superscript']")
    assert [words_of(run) for run in raised] == ["er"]


def test_the_words_are_french_for_the_spell_checker(content: bytes) -> None:
    styles = part(content, "word/styles.xml")
    assert {value_of(language) for language in styles.iter(qn("w:lang"))} == {"fr-FR"}


def test_the_same_contract_gives_the_same_bytes_in_another_process(content: bytes) -> None:
    code = (
        "import hashlib; from tests.documents import sample; from convenu.documents.word import write_docx; "
        "print(hashlib.sha256(write_docx(sample.contract(), brand=sample.BRAND, edition=sample.DRAFT)).hexdigest())"
    )
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)
    assert answer.stdout.strip() == hashlib.sha256(content).hexdigest()
    assert write_docx(sample.contract(), brand=sample.BRAND, edition=sample.DRAFT) == content


def test_every_part_of_the_file_is_declared_and_nothing_of_the_template_stays(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not [name for name in names if re.search(r"thumbnail|stylesWithEffects|customXml", name)]
    types = part(content, "[Content_Types].xml")
    declared = {entry.get("PartName") for entry in types if entry.get("PartName")}
    defaults = {entry.get("Extension") for entry in types if entry.get("Extension")}
    assert not [
        name for name in names if f"/{name}" not in declared and name.rsplit(".", 1)[-1] not in defaults and not name.startswith("[")
    ]


def test_the_styles_used_are_all_defined(content: bytes) -> None:
    defined = {value_of(style, "styleId") for style in part(content, "word/styles.xml").iter(qn("w:style"))}
    used = {
        str(name)
        for file in ("word/document.xml", "word/header1.xml", "word/footer1.xml", "word/numbering.xml", "word/styles.xml")
        for name in part(content, file).xpath(
            "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val | //w:basedOn/@w:val", namespaces=nsmap
        )
    }
    assert used <= defined


def test_the_logo_stands_on_the_first_page_and_is_told_to_who_cannot_see_it(logo: bytes) -> None:
    brand = sample.branded(logo)
    document = docx.Document(BytesIO(write_docx(sample.contract(), brand=brand, edition=sample.DRAFT)))
    (shape,) = document.inline_shapes
    assert shape.height.mm == pytest.approx(18, abs=0.1)
    assert find(document, ".//w:drawing//*[@descr]")[0].get("descr") == brand.name
    assert find(document, "./w:p[1]//w:drawing")
