"""A stranger's Word file is read as Word prints it: numbers, tables, tracked changes accepted, notes, boxes and comments in their place."""

from __future__ import annotations

import pytest
from docx import Document

from convenu.documents.reading import refusals
from convenu.documents.reading.reader import read
from convenu.documents.reading.word import read_word
from convenu.vocabulary.mistakes import MistakesError
from convenu.vocabulary.read_text import ReadKind, ReadText
from tests.documents.reading.word_files import level, numbered, packed, paragraph, saved, unpacked, word_file


def lines(text: ReadText, *kinds: ReadKind) -> list[str]:
    return [text.words(block) for block in text.blocks if not kinds or block.kind in kinds]


OUTLINE = (
    "<w:abstractNum w:abstractNumId='0'>"
    + level(0, "decimal", "Article %1")
    + level(1, "decimal", "%1.%2")
    + level(2, "lowerLetter", "%3)")
    + "</w:abstractNum><w:abstractNum w:abstractNumId='1'>"
    + level(0, "upperRoman", "%1 –")
    + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    + level(2, "bullet", "\uf0b7")
    + "</w:abstractNum>"
    "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>"
    "<w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='2'><w:startOverride w:val='1'/></w:lvlOverride></w:num>"
)


def test_numbers_that_the_file_does_not_hold_are_counted_as_word_prints_them() -> None:
    body = [
        numbered("Objet", 0),
        numbered("Périmètre", 1),
        numbered("les postes", 2),
        numbered("les serveurs", 2),
        numbered("Exclusions", 1),
    ]
    body += [numbered("Durée", 0), numbered("Renouvellement", 1), numbered("par écrit", 2), numbered("par mail", 2, instance=3)]
    body += [numbered("Prix", 0, instance=2), numbered("Révision", 1, instance=2), numbered("chaque année", 2, instance=2)]
    text = read_word("contrat.docx", word_file("".join(body), numbering=OUTLINE))
    assert lines(text) == [
        "Article 1 Objet",
        "1.1 Périmètre",
        "a) les postes",
        "b) les serveurs",
        "1.2 Exclusions",
        "Article 2 Durée",
        "2.1 Renouvellement",
        "a) par écrit",
        "a) par mail",
        "I – Prix",
        "1.1 Révision",
        "• chaque année",
    ]
    assert [block.number for block in text.blocks][:3] == ["Article 1", "1.1", "a)"]
    assert [block.kind for block in text.blocks][:3] == [ReadKind.HEADING, ReadKind.HEADING, ReadKind.ITEM]


def test_headings_lists_and_the_table_of_contents_are_told_by_their_styles() -> None:
    document = Document()
    document.add_heading("Contrat de maintenance", 0)
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("Durée\t3", style="toc 1")
    document.add_heading("Durée", 1)
    document.add_paragraph("Le contrat dure un an.")
    document.add_paragraph("les postes ;", style="List Bullet")
    text = read_word("contrat.docx", saved(document))
    assert [(block.kind, block.level) for block in text.blocks] == [
        (ReadKind.HEADING, 0),
        (ReadKind.CONTENTS, None),
        (ReadKind.HEADING, 1),
        (ReadKind.PARAGRAPH, None),
        (ReadKind.ITEM, None),
    ]
    assert lines(text)[-1] == "• les postes ;"


def test_a_heading_typed_by_hand_is_seen_by_its_number_or_its_bold_words() -> None:
    document = Document()
    document.add_paragraph("Article 4 – Paiement")
    document.add_paragraph("12 mois après la signature")
    document.add_paragraph().add_run("Confidentialité").bold = True
    document.add_paragraph("Le Client paie à 30 jours.")
    kinds = [block.kind for block in read_word("contrat.docx", saved(document)).blocks]
    assert kinds == [ReadKind.HEADING, ReadKind.PARAGRAPH, ReadKind.HEADING, ReadKind.PARAGRAPH]


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    changed = (
        "<w:p>"
        + run.format("Le préavis est de ")
        + "<w:del w:id='1'><w:r><w:delText>trois mois</w:delText></w:r></w:del><w:ins w:id='2'>"
        + run.format("un mois")
        + "</w:ins>"
        + run.format(".")
        + "</w:p>"
    )
    joined = "<w:p><w:pPr><w:rPr><w:del w:id='3'/></w:rPr></w:pPr>" + run.format("Le tribunal ") + "</w:p>" + paragraph("de Rennes.")
    rows = "<w:tr><w:trPr><w:del w:id='5'/></w:trPr><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    table = f"<w:tbl>{rows.format(paragraph('P0'), paragraph('P1'), paragraph('4 h'))}</w:tbl>"
    text = read_word("contrat.docx", word_file(changed + joined + table))
    assert lines(text) == ["Le préavis est de un mois.", "Le tribunal de Rennes.", "P1 | 4 h"]
    assert text.not_read[0].startswith("Une insertion")
    assert "2 suppressions" in text.not_read[1]


def test_footnotes_boxes_comments_and_hidden_words_each_have_their_place() -> None:
    note = "<w:p><w:r><w:t>Délai garanti</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    box = (
        "<w:p><w:r><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'><mc:Choice>"
        f"<w:txbxContent>{paragraph('Astreinte le samedi')}</w:txbxContent></mc:Choice><mc:Fallback>"
        f"<w:txbxContent>{paragraph('Astreinte le samedi')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>brouillon</w:t></w:r><w:r><w:t>Prix ferme</w:t></w:r></w:p>"
    content = word_file(
        note + box + hidden,
        footnotes=f"<w:footnote w:id='2'>{paragraph('Hors jours fériés.')}</w:footnote>",
        comments=f"<w:comment w:id='1'>{paragraph('À revoir')}</w:comment>",
    )
    text = read_word("contrat.docx", content)
    assert lines(text) == ["Délai garanti [1]", "[1] Hors jours fériés.", "Astreinte le samedi", "Prix ferme", "À revoir"]
    assert [block.kind for block in text.blocks][1] is ReadKind.NOTE
    assert text.blocks[-1].kind is ReadKind.COMMENT
    assert any("masqué" in sentence for sentence in text.not_read)


def test_a_table_gives_rows_of_cells_and_a_merged_cell_keeps_its_words() -> None:
    document = Document()
    table = document.add_table(3, 3)
    for row, words in enumerate([("Priorité", "Étape", "Délai"), ("Bloquant", "Réponse", "1 h"), ("", "Rétablissement", "4 h")]):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    table.cell(1, 0).merge(table.cell(2, 0))
    text = read_word("contrat.docx", saved(document))
    rows = [list(text.rows(block)) for block in text.blocks]
    assert rows == [["Priorité", "Étape", "Délai"], ["Bloquant", "Réponse", "1 h"], ["Bloquant", "Rétablissement", "4 h"]]
    assert text.text.count("Bloquant") == 1


def test_a_cell_keeps_its_numbers_its_note_its_box_and_its_inner_table() -> None:
    note = "<w:p><w:r><w:t>Rétablissement</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    box = f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('Astreinte comprise')}</w:txbxContent></w:pict></w:r></w:p>"
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('P1')}</w:tc><w:tc>{paragraph('1 h')}</w:tc></w:tr></w:tbl>"
    rows = [
        [paragraph("Priorité"), note],
        [numbered("réponse", 2) + numbered("contournement", 2), box + paragraph("4 h")],
        [paragraph("Détail") + inner, paragraph("x")],
    ]
    table = "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    body = numbered("Délais", 2) + f"<w:tbl>{table}</w:tbl>" + numbered("Suite", 2)
    text = read_word(
        "contrat.docx",
        word_file(body, numbering=OUTLINE, footnotes=f"<w:footnote w:id='2'>{paragraph('Hors jours fériés.')}</w:footnote>"),
    )
    assert lines(text) == [
        "a) Délais",
        "Priorité | Rétablissement [1]",
        "b) réponse c) contournement | 4 h",
        "Détail | x",
        "Astreinte comprise",
        "[1] Hors jours fériés.",
        "P1 | 1 h",
        "d) Suite",
    ]


def test_what_word_prints_is_read_capitals_formulas_and_old_forms() -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    field = "<w:r><w:fldChar w:fldCharType='begin'><w:ffData>{}</w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
    chosen = "<w:ddList><w:result w:val='1'/><w:listEntry w:val='12 mois'/><w:listEntry w:val='36 mois'/></w:ddList>"
    ticked, empty = "<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>", "<w:checkBox><w:default w:val='0'/></w:checkBox>"
    math = "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"
    fraction = "<m:oMath {}><m:f><m:num><m:r><m:t>S1</m:t></m:r></m:num><m:den><m:r><m:t>S0</m:t></m:r></m:den></m:f></m:oMath>"
    body = [
        "<w:r><w:rPr><w:caps/></w:rPr><w:t>article 5 - responsabilité</w:t></w:r>",
        run.format("P = P0 x ") + fraction.format(math),
        run.format("Durée : ") + field.format(chosen),
        field.format(ticked) + run.format(" Astreinte ") + field.format(empty) + run.format(" Nuit"),
    ]
    text = read_word("contrat.docx", word_file("".join(f"<w:p>{words}</w:p>" for words in body)))
    assert lines(text) == ["ARTICLE 5 - RESPONSABILITÉ", "P = P0 x S1/S0", "Durée : 36 mois", "☒ Astreinte ☐ Nuit"]
    assert text.blocks[0].kind is ReadKind.HEADING


def test_struck_words_unfilled_fields_pictures_headers_and_footers_are_told() -> None:
    document = Document()
    words = document.add_paragraph("Le délai est de ")
    words.add_run("60 jours").font.strike = True
    words.add_run(" 30 jours.")
    section = document.sections[0]
    section.header.paragraphs[0].text = "Contrat n° 12, société Brévane"
    section.footer.paragraphs[0].text = "Page 3 sur 12"
    asked = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Nom du client</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    in_a_cell = f"<w:tbl><w:tr><w:tc>{asked}</w:tc><w:tc>{paragraph('oui')}</w:tc></w:tr></w:tbl>"
    entries = unpacked(saved(document))
    entries["word/document.xml"] = entries["word/document.xml"].replace(b"<w:sectPr", f"{asked}{in_a_cell}<w:sectPr".encode(), 1)
    text = read_word("contrat.docx", packed(entries))
    assert lines(text) == ["Le délai est de 30 jours.", "Nom du client", "Nom du client | oui"]
    assert text.not_read == (
        "Un passage barré est laissé de côté.",
        "2 champs à remplir ne le sont pas : leur invite est lue.",
        "« Contrat n° 12, société Brévane » : en-tête ou pied de page, laissé de côté.",
    )


def test_a_document_of_pictures_alone_says_so() -> None:
    entries = unpacked(word_file(""))
    with pytest.raises(MistakesError, match="ne contient que des images"):
        read("scan.docx", packed({**entries, "word/media/image1.png": b"x"}))


def test_a_table_that_only_sets_the_page_out_is_read_as_paragraphs() -> None:
    document = Document()
    cell = document.add_table(1, 2).cell(0, 0)
    for number in range(1, 5):
        cell.add_paragraph(f"{number}. Le prestataire rend compte au client chaque mois. " * 5)
    kinds = {block.kind for block in read_word("contrat.docx", saved(document)).blocks}
    assert ReadKind.ROW not in kinds


def test_every_position_leads_back_to_its_words_and_its_paragraph() -> None:
    turned = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Seconde page</w:t></w:r></w:p>"
    over = "<w:p><w:r><w:t>Sur deux </w:t><w:lastRenderedPageBreak/><w:t>pages</w:t></w:r></w:p>"
    text = read_word("contrat.docx", word_file(paragraph("Première page") + turned + paragraph("suite") + over + paragraph("fin")))
    # A paragraph stands where it begins, and the paragraphs of a page are counted on it.
    assert [(block.position.page, block.position.paragraph) for block in text.blocks] == [(1, 1), (2, 1), (2, 2), (2, 3), (3, 1)]
    at = text.at(text.text.index("Seconde"))
    assert at is not None
    assert text.words(at) == "Seconde page"


def test_a_file_is_read_in_a_process_of_its_own_as_in_this_one() -> None:
    document = Document()
    document.add_heading("Durée", 1)
    document.add_table(1, 2).cell(0, 0).text = "P1"
    content = saved(document)
    assert read("contrat.docx", content) == read_word("contrat.docx", content)


BOMB = packed({"word/document.xml": b" " * (refusals.MAX_EXPANDED + 1)})
ENTITIES = b"<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
    b"<!ENTITY a%d '%s'>" % (n, (b"&a%d;" % (n - 1) if n else b"&a;") * 10) for n in range(9)
)


def entity_bomb() -> bytes:
    inner = ENTITIES + b"]><w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>"
    return packed({**unpacked(word_file("")), "word/document.xml": inner + b"<w:p><w:r><w:t>&a8;</w:t></w:r></w:p></w:body></w:document>"})


def deep() -> bytes:
    return word_file("<w:sdt><w:sdtContent>" * 3000 + paragraph("x") + "</w:sdtContent></w:sdt>" * 3000)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "aucun texte"),
        (b"PK\x03\x04 rubbish", "abîmé"),
        (packed({"word/other.xml": b"<x/>"}), "ne se lit pas comme un document Word"),
        (packed({"xl/workbook.xml": b"<x/>"}), "un tableur"),
        (packed({f"{n}": b"" for n in range(refusals.MAX_ENTRIES)} | {"word/document.xml": b""}), "en contient plus de 2000"),
        (packed({"word/document.xml": b"", "../../etc/passwd": b""}), "abîmé"),
        (packed({**unpacked(word_file("")), "word/vbaProject.bin": b""}), "macros"),
        (BOMB, "100 Mo une fois décompressé"),
        (b"x" * (refusals.MAX_FILE + 1), "dépasse 25 Mo"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "ancien format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        (b"{\\rtf1 x}", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "une image"),
        (entity_bomb(), "ne se lit pas comme un document Word"),
        (deep(), "ne se lit pas comme un document Word"),
        (word_file(""), "aucun texte"),
    ],
)
def test_what_is_not_read_is_refused_with_its_reason_and_what_to_do(content: bytes, reason: str) -> None:
    with pytest.raises(MistakesError, match=reason) as refused:
        read("contrat.docx", content)
    (mistake,) = refused.value.mistakes
    assert mistake.where == "contrat.docx"
    assert mistake.suggestion
