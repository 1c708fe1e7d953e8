"""OpenDocument, HTML and Markdown files are read as a reader sees them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from convenu.documents.reading.html import read_html
from convenu.documents.reading.markdown import read_markdown
from convenu.documents.reading.opendocument import read_opendocument
from convenu.documents.reading.reader import read
from convenu.documents.reading.refusals import RefusalError
from convenu.documents.word import write_docx
from convenu.vocabulary.read_text import ReadKind, ReadText
from tests.documents import sample
from tests.documents.reading.word_files import packed

PAGE = """<html><head><title>CGV</title><style>p {}</style></head><body><nav>Accueil</nav>
<h1>Conditions générales</h1><h2>Article 1 – Durée</h2><p>Le contrat dure <b>un&nbsp;an</b>,<br>ferme.</p><del>Trois ans.</del>
<ol type="a"><li>les postes ;</li><li>les serveurs.</li></ol><ul><li><p>l'astreinte</p></li></ul>
<table><tr><th>Priorité</th><th>Étape</th><th>Délai</th></tr><tr><td rowspan="2">P1</td><td>Réponse</td><td>1 h</td></tr>
<tr><td>Rétablissement</td><td>4 h</td></tr></table><dl><dt>Préavis</dt><dd>trois mois</dd></dl>
<p style="display:none">caché</p><script>alert(1)</script>Fin de page.</body></html>"""

ODT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0">
<office:automatic-styles><text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>
<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="I" style:num-prefix="Article "/>
</text:outline-style></office:automatic-styles><office:body><office:text>
<text:tracked-changes><text:changed-region><text:deletion><text:p>supprimé</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:h text:outline-level="1">Durée</text:h><text:p>Un an<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>
<text:note-body><text:p>Ferme.</text:p></text:note-body></text:note>,<text:s/>renouvelable.</text:p>
<text:list text:style-name="L1"><text:list-item><text:p>premier</text:p><text:list><text:list-item><text:p>dessous</text:p></text:list-item>
<text:list-item><text:p>encore</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>second</text:p></text:list-item></text:list>
<text:h text:outline-level="1">Prix</text:h><table:table><table:table-row><table:table-cell><text:p>P1</text:p></table:table-cell>
<table:table-cell><text:p>4 h</text:p></table:table-cell></table:table-row></table:table>
<text:p><office:annotation><text:p>À voir</text:p></office:annotation>Fin.</text:p></office:text></office:body></office:document-content>"""


def lines(text: ReadText, *kinds: ReadKind) -> list[str]:
    return [text.words(block) for block in text.blocks if not kinds or block.kind in kinds]


def test_a_page_is_read_without_what_it_hides_or_carries_around() -> None:
    text = read_html("cgv.html", PAGE.encode())
    assert lines(text) == [
        "Conditions générales",
        "Article 1 – Durée",
        "Le contrat dure un an,\nferme.",
        "a) les postes ;",
        "b) les serveurs.",
        "• l'astreinte",
        "Priorité | Étape | Délai",
        "P1 | Réponse | 1 h",
        "Rétablissement | 4 h",
        "Préavis | trois mois",
        "Fin de page.",
    ]
    assert list(text.rows(text.blocks[8])) == ["P1", "Rétablissement", "4 h"]


def test_the_menus_of_a_site_and_the_summary_of_a_page_agree_on_nothing() -> None:
    links = "".join(
        f'<li><a href="{to}">{words}</a></li>' for to, words in (("/", "Accueil"), ("/pra", "Sauvegarde"), ("/nous", "Contact"))
    )
    page = (
        f'<html><body><div role="banner">Kermorvan</div><div><ul>{links}</ul></div><dialog>Cookies</dialog>'
        '<h1>Contrat</h1><ul><li><a href="#a1">Durée</a> ferme</li><li>les postes</li><li><a href="#a2">Prix</a></li></ul>'
        '<div role="contentinfo">Mentions</div></body></html>'
    )
    text = read_html("cgv.html", page.encode())
    assert lines(text, ReadKind.CONTENTS) == ["Accueil", "Sauvegarde", "Contact"]
    assert lines(text)[3:] == ["Contrat", "• Durée ferme", "• les postes", "• Prix"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_page_is_read_in_the_encoding_that_it_declares_or_shows(encoding: str) -> None:
    declared = PAGE.replace("<head>", f'<head><meta charset="{encoding}">') if encoding == "cp1252" else PAGE
    assert "Rétablissement" in read("cgv.html", declared.encode(encoding)).text


def test_markdown_is_read_as_it_shows() -> None:
    source = "---\ntitle: x\n---\n# Contrat\n\n## 1. Durée\n\nUn *an*,\nferme.\n\n1. un\n2. deux\n\n| P | D |\n|---|---|\n| P1 | 4 h |\n"
    text = read("contrat.md", source.encode())
    assert lines(text) == ["Contrat", "1. Durée", "Un an, ferme.", "1. un", "2. deux", "P | D", "P1 | 4 h"]
    assert text.blocks[1].number == "1."
    assert read_markdown("contrat.md", source.encode()) == text


def test_a_cell_of_an_opendocument_table_keeps_its_numbers_its_note_and_its_span() -> None:
    cell = "<table:table-cell{}>{}</table:table-cell>"
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Hors fériés.</text:p></text:note-body></text:note>"
    listed = "".join(f"<text:list-item><text:p>{words}</text:p></text:list-item>" for words in ("réponse", "rétablissement"))
    rows = [
        cell.format("", f"<text:p>Délai{note}</text:p>") + cell.format("", "<text:p>x</text:p>"),
        cell.format(' table:number-rows-spanned="2"', "<text:p>P1</text:p>")
        + cell.format("", f'<text:list text:style-name="L1">{listed}</text:list>'),
        "<table:covered-table-cell/>" + cell.format("", "<text:p>4 h</text:p>"),
        cell.format(' table:number-columns-spanned="2"', "<text:p>Tout compris</text:p>") + "<table:covered-table-cell/>",
    ]
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    struck = '<text:p>Prix <text:span text:style-name="T1">60</text:span> 30 euros.</text:p>'
    style = '<style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    content = ODT.replace("<office:automatic-styles>", f"<office:automatic-styles>{style}")
    begins = content.index("<table:table>")
    content = f"{content[:begins]}<table:table>{table}</table:table>{struck}{content[content.index('</table:table>') + 14 :]}"
    names = ODT[len("<office:document-content ") : ODT.index(">")]
    styles = f"<office:s {names}><style:header><text:p>Réf. 12</text:p></style:header></office:s>"
    text = read_opendocument("contrat.odt", packed({"content.xml": content.encode(), "styles.xml": styles.encode()}))
    assert lines(text, ReadKind.ROW) == ["Délai [1] | x", "P1 | 1. réponse 2. rétablissement", "4 h", "Tout compris"]
    rows_read = [list(text.rows(block)) for block in text.blocks if block.kind is ReadKind.ROW]
    assert rows_read[2:] == [["P1", "4 h"], ["Tout compris"]]
    assert lines(text)[-4:] == ["[1] Hors fériés.", "Prix 30 euros.", "Fin.", "À voir"]
    assert "« Réf. 12 » : en-tête ou pied de page, laissé de côté." in text.not_read
    assert "Un passage barré est laissé de côté." in text.not_read


def test_an_opendocument_text_keeps_its_numbers_and_loses_what_was_deleted() -> None:
    text = read_opendocument("contrat.odt", packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": ODT.encode()}))
    assert lines(text) == [
        "Article I Durée",
        "Un an [1], renouvelable.",
        "[1] Ferme.",
        "1. premier",
        "a) dessous",
        "b) encore",
        "2. second",
        "Article II Prix",
        "P1 | 4 h",
        "Fin.",
        "À voir",
    ]
    assert [told.split(" ", 2)[1] for told in text.not_read] == ["suppression", "commentaire"]


def test_an_encrypted_or_empty_file_is_refused() -> None:
    secret = b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:encryption-data/></m:manifest>'
    with pytest.raises(RefusalError, match="mot de passe"):
        read_opendocument("contrat.odt", packed({"content.xml": ODT.encode(), "META-INF/manifest.xml": secret}))
    with pytest.raises(RefusalError, match="aucun texte"):
        read_html("cgv.html", b"<html><body><script>1</script></body></html>")


@pytest.mark.libreoffice
def test_our_contract_reads_the_same_from_word_and_from_what_libreoffice_makes_of_it(tmp_path: Path) -> None:
    content = write_docx(sample.contract(), brand=sample.BRAND, edition=sample.FINAL)
    (tmp_path / "contrat.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    for kind in ("odt", "pdf", "html"):
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(tmp_path / "contrat.docx")]
        subprocess.run(command, capture_output=True, check=True, timeout=150)
    word = read("contrat.docx", content)
    headings = [word.words(block) for block in word.blocks if block.kind is ReadKind.HEADING and block.number]
    assert headings
    for kind in ("odt", "pdf"):
        other = read(f"contrat.{kind}", (tmp_path / f"contrat.{kind}").read_bytes())
        assert [heading for heading in headings if heading not in lines(other, ReadKind.HEADING)] == []
    page = read("contrat.html", (tmp_path / "contrat.html").read_bytes())
    sentences = [word.words(block) for block in word.blocks if block.kind is ReadKind.PARAGRAPH and len(word.words(block)) > 80]
    assert [sentence for sentence in sentences if sentence not in page.text] == []
