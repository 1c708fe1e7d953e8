"""The contract on the screen, clause by clause, and as lines to compare."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html

from convenu.documents.columns import column_shares, figure_columns
from convenu.documents.html import section_html, write_html
from convenu.documents.markdown import block_markdown, write_markdown
from convenu.documents.outline import headings
from convenu.vocabulary.contract_text import ContractText, Paragraph, Run, RunKind, Table
from tests.documents import sample


@pytest.fixture(scope="module")
def page() -> html.HtmlElement:
    return html.document_fromstring(write_html(sample.contract(), brand=sample.BRAND, edition=sample.DRAFT))


def test_a_clause_is_a_section_under_its_key(page: html.HtmlElement) -> None:
    keys = [section.get("data-clause") for section in page.xpath("//section[@data-clause]")]
    assert keys == [section.clause for section in sample.contract().sections()]
    assert [section.get("id") for section in page.xpath("//section[@data-clause]")] == [f"clause-{key}" for key in keys]


def test_every_link_leads_somewhere_and_no_id_is_given_twice(page: html.HtmlElement) -> None:
    identifiers = page.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))
    assert {link.removeprefix("#") for link in page.xpath("//a/@href")} <= set(identifiers)


def test_a_value_names_the_terms_it_states() -> None:
    section = sample.section("k", "4", "T", Paragraph((Run("30 jours", RunKind.VALUE, terms=("payment_term", "late_rate")),)))
    (value,) = html.fragment_fromstring(section_html(section)).xpath(".//span[@class='value']")
    assert value.get("data-terms") == "payment_term late_rate"


def test_open_points_are_marked_and_citations_cited(page: html.HtmlElement) -> None:
    assert [mark.text_content() for mark in page.iter("mark")] == [sample.OPEN_POINT]
    assert [mark.get("data-terms") for mark in page.iter("mark")] == ["downtime_cost"]
    assert page.xpath("string(//cite)").startswith("C. com.")


def test_the_page_needs_nothing_else(page: html.HtmlElement) -> None:
    assert not page.xpath("//link | //script | //@src")
    assert "url(" not in page.xpath("string(//style)")
    assert page.get("lang") == "fr"


def test_the_headings_are_those_of_the_contract(page: html.HtmlElement) -> None:
    written = [
        " ".join(heading.text_content().split())
        for heading in page.xpath("//main//h2 | //main//section/h3[1] | //section[@class='signatures']/h2")
    ]
    listed = [" ".join(heading.words.split()) for heading in headings(sample.contract())]
    assert [words for words in written if words != "Jours fériés"] == listed


def changed(text: ContractText) -> ContractText:
    """One value of one clause answered otherwise."""
    article = text.articles[0]
    section = replace(article.sections[0], blocks=(Paragraph((Run("autre date", RunKind.VALUE, terms=("start_date",)),)),))
    return replace(text, articles=(replace(article, sections=(section,)), *text.articles[1:]))


def test_only_the_clause_that_changed_is_written_otherwise() -> None:
    before, after = (list(map(section_html, text.sections())) for text in (sample.contract(), changed(sample.contract())))
    keys = [section.clause for section in sample.contract().sections()]
    assert [key for key, old, new in zip(keys, before, after, strict=True) if old != new] == ["purpose"]


def test_a_clause_for_a_page_is_what_the_whole_document_holds_without_the_widths_of_paper() -> None:
    whole = write_html(sample.contract(), brand=sample.BRAND, edition=sample.DRAFT)
    sections = list(sample.contract().sections())
    assert all(section_html(section, widths=True) in whole for section in sections)
    assert "<col style" in whole
    assert not [section.clause for section in sections if "style" in section_html(section)]


def test_one_changed_value_changes_one_line_of_markdown() -> None:
    before, after = (set(write_markdown(text).splitlines()) for text in (sample.contract(), changed(sample.contract())))
    assert len(after - before) == 1


def test_markdown_is_the_same_each_time_and_holds_every_heading() -> None:
    written = write_markdown(sample.contract())
    assert written == write_markdown(sample.contract())
    titles = [line.lstrip("#").strip().replace("\\", "") for line in written.splitlines() if line.startswith("##")]
    assert [title for title in titles if title != "Jours fériés"] == [heading.words for heading in headings(sample.contract())]


def table(*rows: tuple[str, ...]) -> Table:
    cells = [tuple((Run(text),) for text in row) for row in rows]
    return Table(cells[0], tuple(cells[1:]))


def test_figures_stand_to_the_right_and_words_to_the_left() -> None:
    prices = table(
        ("Ligne", "Prix", "Part", "Nombre"), ("Poste", "4\u202f204,50\u00a0€", "99,5\u00a0%", "48"), ("Site", "–", "5\u00a0%", "2")
    )
    assert figure_columns(prices) == (False, True, True, True)
    assert figure_columns(table(("Vide",), ("",))) == (False,)


def test_a_column_of_long_sentences_is_wider_and_a_short_table_does_not_stretch() -> None:
    narrow, wide = column_shares(table(("Clé", "Phrase"), ("a", "une phrase bien plus longue que la clé qui la précède " * 2)))
    assert wide > 3 * narrow
    assert sum(column_shares(table(("Palier", "Avoir"), ("2", "5 %")))) < 0.5
    assert sum(column_shares(table(*[("colonne très remplie",) * 6] * 2))) == pytest.approx(1)


def test_a_column_of_short_cells_leaves_its_room_to_the_sentences() -> None:
    sentences, places = column_shares(
        table(
            ("En clair", "Où le lire"), ("une phrase qui demande presque toute la largeur de la page, et même un peu plus", "article 30.1")
        )
    )
    assert places < 0.2
    assert sentences + places == pytest.approx(1)


def test_a_column_is_never_narrower_than_its_longest_word() -> None:
    long = "une phrase qui prend toute la place qu'on lui laisse dans ce tableau " * 2
    shares = column_shares(table(("Service", "Données", "Personnes", "Durée"), (long, long, "salariés, correspondants", long)))
    assert shares[2] * 84 >= len("correspondants")
    assert sum(shares) == pytest.approx(1)


def test_bold_words_that_follow_one_another_are_one_in_markdown() -> None:
    section = sample.section(
        "k", "4", "T", Paragraph((Run("Le plafond est de ", bold=True), Run("12 mois", RunKind.VALUE, bold=True), Run(".")))
    )
    assert "**Le plafond est de 12 mois**." in block_markdown(section.blocks[0], level=1)
