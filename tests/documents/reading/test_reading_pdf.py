"""A stranger's PDF: columns in order, headers and footers left out, cut words joined, rows with their cells, pictures told or read."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pypdfium2
import pytest
import typst

from convenu.documents.reading import pictures, tesseract
from convenu.documents.reading.hyphens import joined
from convenu.documents.reading.pdf import read_pdf
from convenu.documents.reading.reader import read
from convenu.documents.reading.refusals import RefusalError, ScannedError
from convenu.documents.reading.typed import opens_a_block
from convenu.vocabulary.mistakes import MistakesError
from convenu.vocabulary.read_text import ReadKind, ReadText

FRENCH = '#set text(lang: "fr", hyphenate: true, size: 9pt)\n#set par(justify: true)\n'
COLUMNS = (
    """
#set page(columns: 2, header: [Conditions générales — Kermorvan], footer: context [Page #counter(page).display() sur 4], margin: 2cm)
"""
    + FRENCH
    + """
#place(top + center, scope: "parent", float: true, text(14pt)[*Conditions générales de maintenance*])
#let parts = ("Le prestataire s'engage à l'égard du client pendant toute l'exécution du contrat.",
  "La sous-traitance est autorisée ; l'indemnisation des interruptions involontaires se limite aux conséquences prévisibles.",
  "Le client communique les informations nécessaires à l'accomplissement des prestations et reconnaît ses responsabilités.",
  "Il conserve ses sauvegardes.", "Les interventions extraordinaires sont facturées au tarif communiqué annuellement.")
#for n in range(1, 42) [
== Article #n -- Réversibilité numéro #n
#for k in range(0, calc.rem(n * 7, 5) + 1) [#parts.at(calc.rem(n * 3 + k, 5)) ]

#parts.at(calc.rem(n, 5))
]
"""
)
TABLE = (
    "#set page(margin: 2cm)\n"
    + FRENCH
    + """
== Annexe B -- Niveaux de service
Le prestataire respecte les délais de ce tableau, comptés dans les heures ouvrées, sauf cas de force majeure ou fait du client lui-même.
#table(columns: (2fr, 1fr, 1fr), stroke: none,
  [*Priorité*], [*Prise en charge*], [*Rétablissement*],
  [P1, arrêt de toute l'activité du client sur un de ses sites ou sur un service déclaré critique], [1 heure], [4 heures],
  [P2, gêne forte], [2 heures], [8 heures], [P3, gêne faible], [4 heures], [aucun délai])
La fin.
"""
)


def pdf(source: str) -> bytes:
    made = typst.compile(source.encode())
    assert isinstance(made, bytes)
    return made


def lines(text: ReadText, *kinds: ReadKind) -> list[str]:
    return [text.words(block) for block in text.blocks if not kinds or block.kind in kinds]


@pytest.fixture(scope="module")
def columns() -> ReadText:
    return read_pdf("cgv.pdf", pdf(COLUMNS))


def test_two_columns_are_read_one_after_the_other(columns: ReadText) -> None:
    headings = [block.number for block in columns.blocks if block.kind is ReadKind.HEADING]
    assert headings == ["", *(f"Article {number}" for number in range(1, 42))]
    assert ReadKind.ROW not in {block.kind for block in columns.blocks}


def test_headers_footers_and_page_numbers_are_left_out_and_told(columns: ReadText) -> None:
    assert "Kermorvan" not in columns.text
    assert "sur 4" not in columns.text
    assert any("Kermorvan" in told for told in columns.not_read)


def test_words_cut_at_the_end_of_a_line_are_whole_and_keep_the_hyphens_they_have(columns: ReadText) -> None:
    assert "\u00ad" not in columns.text
    for word in ("interruptions", "indemnisation", "communiqué", "sous-traitance", "prestataire"):
        assert columns.text.count(word) + columns.text.count(word.capitalize()) > 10
    assert "soustraitance" not in columns.text


def test_a_paragraph_is_a_block_wherever_lines_columns_and_pages_end(columns: ReadText) -> None:
    paragraphs = lines(columns, ReadKind.PARAGRAPH)
    assert all(paragraph.endswith(".") for paragraph in paragraphs)
    assert len(paragraphs) == 2 * 41


def test_positions_lead_back_to_the_page(columns: ReadText) -> None:
    pages = [block.position.page or 0 for block in columns.blocks]
    assert pages[0] == 1
    assert sorted(set(pages)) == list(range(1, max(pages) + 1))


def test_a_table_gives_rows_of_cells_though_a_cell_takes_several_lines() -> None:
    text = read_pdf("sla.pdf", pdf(TABLE))
    rows = [list(text.rows(block)) for block in text.blocks if block.kind is ReadKind.ROW]
    assert rows[0] == ["Priorité", "Prise en charge", "Rétablissement"]
    assert rows[1][0].endswith("sur un service déclaré critique")
    assert [row[1:] for row in rows[1:]] == [["1 heure", "4 heures"], ["2 heures", "8 heures"], ["4 heures", "aucun délai"]]
    assert lines(text)[-1] == "La fin."


RULED = """
#set page(width: 21cm, height: {height}cm, margin: 2cm)
#set text(lang: "fr", size: 10pt, hyphenate: false)
#table(columns: (4.5cm, 6.5cm, 2.2cm), inset: 0pt, stroke: 0.5pt,
  [Priorité], [Critère retenu pour la classer], [Délai de rétablissement],
  [P1, arrêt de toute l'activité d'un site], [Service inaccessible pour tous les utilisateurs, ou perte de leurs données], [4 h],
  [P2, gêne d'une partie de l'activité], [Fonction essentielle dégradée, sans autre moyen de travailler], [8 h],
  [P3, demande sans urgence pour le site], [Question, ou réglage propre à un utilisateur du service], [3 jours])
"""
RULED_ROWS = [
    ["Priorité", "Critère retenu pour la classer", "Délai de rétablissement"],
    ["P1, arrêt de toute l’activité d’un site", "Service inaccessible pour tous les utilisateurs, ou perte de leurs données", "4 h"],
    ["P2, gêne d’une partie de l’activité", "Fonction essentielle dégradée, sans autre moyen de travailler", "8 h"],
    ["P3, demande sans urgence pour le site", "Question, ou réglage propre à un utilisateur du service", "3 jours"],
]


@pytest.mark.parametrize("height", [29.7, 6.9], ids=["on one page", "over two pages"])
def test_rules_tell_the_rows_of_a_table_whose_lines_are_as_close_as_its_rows(height: float) -> None:
    text = read_pdf("sla.pdf", pdf(RULED.replace("{height}", str(height))))
    assert [list(text.rows(block)) for block in text.blocks] == RULED_ROWS


def test_a_table_with_a_rule_under_its_head_alone_keeps_its_rows() -> None:
    rows = ", ".join(f"[P{number}], [{number} heures], [{number} jours]" for number in range(1, 8))
    head = "#set page(margin: 2cm)\n#table(columns: (1fr, 1fr, 1fr), stroke: none, table.hline(), [*A*], [*B*], [*C*], table.hline(), "
    text = read_pdf("sla.pdf", pdf(f"{FRENCH}{head}{rows}, table.hline())"))
    assert [list(text.rows(block)) for block in text.blocks][1:] == [[f"P{n}", f"{n} heures", f"{n} jours"] for n in range(1, 8)]


ASIDE = """
#set page(margin: 2.5cm, background: {
  place(left + horizon, dx: 0.5cm, rotate(-90deg, reflow: true)[Kermorvan, société au capital de 9 000 euros])
  place(center + horizon, rotate(45deg, text(60pt, gray)[PROJET]))
})
#set text(lang: "fr", size: 10pt)
#set par(justify: true)
"""


def clause(number: int) -> str:
    """A paragraph of a few lines, whose words are its own where it begins and ends, as those of a contract."""
    named = "".join("bcdfghjklm"[int(digit)] + "a" for digit in str(number)).capitalize()
    return " ".join(
        f"{named} assure la maintenance du parc de {named} aux conditions que prévoit le présent contrat, en {kind} de leur offre {named}."
        for kind in ("application", "complément", "raison", "vertu")
    )


def test_words_along_the_side_of_the_pages_or_across_them_do_not_cut_its_lines() -> None:
    text = read_pdf("contrat.pdf", pdf(ASIDE + "\n\n".join(f"== Article {number} - Objet\n{clause(number)}" for number in range(1, 25))))
    assert [block.kind for block in text.blocks] == [ReadKind.HEADING, ReadKind.PARAGRAPH] * 24
    assert text.not_read == (
        "« PROJET » : écrit en travers de la page, laissé de côté.",
        "« Kermorvan, société au capital de 9 000 euros » : en-tête ou pied de page, laissé de côté.",
    )


def test_a_page_drawn_on_its_side_is_read_in_its_own_direction() -> None:
    turned = f'#set text(lang: "fr", hyphenate: false)\n#rotate(-90deg, reflow: true)[#block(width: 18cm)[== Annexe 2\n{clause(4)}]]'
    assert lines(read_pdf("annexe.pdf", pdf(turned))) == ["Annexe 2", clause(4)]


def test_lines_that_no_edge_aligns_are_one_paragraph_though_a_footer_reaches_further() -> None:
    footer = "#set page(margin: 4cm, footer: context move(dx: 2cm)[#h(1fr) kermorvan.fr, feuille #counter(page).display()])\n"
    ragged = footer + '#set text(lang: "fr", hyphenate: false)\n#set par(justify: false)\n'
    clauses = [clause(number) for number in range(1, 31)]
    text = read_pdf("contrat.pdf", pdf(ragged + "\n\n".join(clauses)))
    assert " ".join(lines(text)) == " ".join(clauses)
    # A page may end where a sentence does.
    assert len(text.blocks) < len(clauses) + max(block.position.page or 0 for block in text.blocks)


def test_a_font_without_a_height_is_read_by_its_size() -> None:
    with pikepdf.open(io.BytesIO(pdf(FRENCH + "\n\n".join(clause(number) for number in range(1, 9))))) as document:
        for one in document.objects:
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor":
                one.Ascent = one.Descent = 0
        buffer = io.BytesIO()
        document.save(buffer)
    assert lines(read_pdf("contrat.pdf", buffer.getvalue())) == [clause(number) for number in range(1, 9)]


def test_notes_laid_over_the_words_are_told() -> None:
    with pikepdf.open(io.BytesIO(pdf(TABLE))) as document:
        struck = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.StrikeOut, Rect=[0, 0, 9, 9], QuadPoints=[0, 0, 9, 0, 0, 9, 9, 9]
        )
        document.pages[0].Annots = pikepdf.Array([document.make_indirect(struck)])
        buffer = io.BytesIO()
        document.save(buffer)
    assert (
        "Notes et biffures posées sur les pages de ce PDF : 1, qui ne sont pas lues." in read_pdf("contrat.pdf", buffer.getvalue()).not_read
    )


def test_an_article_that_opens_several_pages_is_no_header() -> None:
    pages = "\n#pagebreak()\n".join(f"ARTICLE {number}\n\n{clause(number)}" for number in range(1, 5))
    assert [block.number for block in read_pdf("contrat.pdf", pdf(FRENCH + pages)).blocks if block.number] == [
        f"ARTICLE {number}" for number in range(1, 5)
    ]


@pytest.mark.parametrize(
    ("before", "line", "opens"),
    [
        ("les délais figurant en", "annexe 2. Le client les accepte.", False),
        ("les frais que prévoit l'article", "12. Le client les paie.", False),
        ("conformément au", "chapitre III du contrat", False),
        ("Le contrat dure un an.", "Article 2 - Prix", True),
        ("les services suivants :", "a) les postes", True),
        ("le délai de règlement", "2.1 Le client paie", True),
    ],
)
def test_a_number_opens_an_article_unless_the_words_before_call_for_it(before: str, line: str, opens: bool) -> None:
    assert opens_a_block(line, after=before) is opens


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("la confi-", "dentialité", "la confidentialité"),
        ("la sous-", "traitance", "la sous-traitance"),
        ("celui-", "ci répond", "celui-ci répond"),
        ("le week-", "end", "le week-end"),
        ("de 8 h-", "18 h", "de 8 h- 18 h"),
        ("Saint-", "Malo", "Saint-Malo"),
        ("le délai", "court", "le délai court"),
    ],
)
def test_a_hyphen_stays_where_the_word_has_one(before: str, after: str, whole: str) -> None:
    assert joined(before, after, {"week-end", "confidentialité"}) == whole


def test_a_pdf_that_asks_for_a_password_or_is_cut_is_refused() -> None:
    content = pdf(TABLE)
    with pytest.raises(RefusalError, match="abîmé"):
        read_pdf("contrat.pdf", content[:200])
    with pytest.raises(MistakesError, match="ne se lit pas comme un PDF"):
        read("contrat.pdf", b"%PDF-1.7\nrien")


def test_a_pdf_of_more_pages_than_a_contract_has_is_refused() -> None:
    with pypdfium2.PdfDocument.new() as document:
        for _page in range(2001):
            document.new_page(100, 100)
        with pytest.raises(RefusalError, match="2000 pages"):
            read_pdf("contrat.pdf", saved(document))


def test_a_small_file_that_grows_past_the_memory_allowed_ends_its_process_and_names_the_limit() -> None:
    deflate = zlib.compressobj()
    stream = b"".join([*(deflate.compress(b" " * 10_000_000) for _time in range(60)), deflate.flush()])
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    # Without a table of its objects: pdfium looks for them, as in any damaged file.
    bomb = (
        b"%PDF-1.4\n"
        + b"".join(b"%d 0 obj\n%s\nendobj\n" % one for one in enumerate(objects, start=1))
        + b"trailer<</Size 5/Root 1 0 R>>\n%%EOF"
    )
    with pytest.raises(MistakesError, match="512 Mo"):
        read("bombe.pdf", bomb)


def test_a_form_is_said_to_hold_answers_that_are_not_read() -> None:
    with pikepdf.open(io.BytesIO(pdf(TABLE))) as document:
        field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("prix"), V=pikepdf.String("900"))
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([document.make_indirect(field)]))
        buffer = io.BytesIO()
        document.save(buffer)
    assert any("formulaire" in told for told in read_pdf("contrat.pdf", buffer.getvalue()).not_read)


def saved(document: pypdfium2.PdfDocument) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A page drawn as a picture, and the picture set as a page."""
    words = "Le contrat dure douze mois.\n\nLe préavis est de trois mois."
    source = '#set page(width: 12cm, height: 8cm, margin: 1cm)\n#set text(size: 12pt, lang: "fr")\n' + words
    folder = tmp_path_factory.mktemp("scan")
    picture = typst.compile(source.encode(), format="png", ppi=200)
    assert isinstance(picture, bytes)
    (folder / "page.png").write_bytes(picture)
    (folder / "scan.typ").write_text('#set page(width: 12cm, height: 8cm, margin: 0cm)\n#image("page.png", width: 100%)')
    made = typst.compile(folder / "scan.typ")
    assert isinstance(made, bytes)
    return made


def test_the_lines_of_a_picture_are_of_one_height_whatever_letters_they_have() -> None:
    head = "level\tblock_num\tpar_num\tline_num\tleft\ttop\twidth\theight\tconf\ttext"
    seen = [("pour des périodes", 100, 30), ("aucune exécution", 150, 22), ("SOMMAIRE", 10, 60)]
    rows = [f"5\t1\t1\t{line}\t0\t{top}\t300\t{height}\t95\t{words}" for line, (words, top, height) in enumerate(seen)]
    usual, low, title = pictures._runs("\n".join([head, *rows]), height=800, scale=1)
    assert usual.size == low.size == 30
    assert title.size == 60


def test_a_scanned_pdf_is_said_to_be_one(scanned: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ScannedError):
        read_pdf("scan.pdf", scanned)
    monkeypatch.setattr(tesseract, "can_read_pictures", lambda: False)
    with pytest.raises(MistakesError, match="numérisé") as refused:
        read("scan.pdf", scanned)
    assert "tesseract-ocr-fra" in refused.value.mistakes[0].suggestion


@pytest.mark.tesseract
def test_a_scanned_pdf_is_read_where_tesseract_is_installed_and_says_how_it_was(scanned: bytes) -> None:
    text = read("scan.pdf", scanned)
    assert "Le contrat dure douze mois." in text.text
    assert "Le préavis est de trois mois." in text.text
    assert "reconnaissance de caractères" in text.not_read[0]
