"""A house's own words in a real Chromium: written by keyboard, used, kept through an upgrade of the library, brought in from Word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.actions.test_word_import import a_word_file
from tests.library.shelves import two_releases
from tests.web.served import DESK, PHONE, Served, serving, watched
from tests.web.sights import follow, look, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOUSE = "/bibliotheque/maison"
PAGES = [
    HOUSE,
    f"{HOUSE}/nouvelle",
    f"{HOUSE}/clauses/non_solicitation",
    f"{HOUSE}/valeurs",
    f"{HOUSE}/valeurs/prix",
    "/bibliotheque/changements",
]


def write_a_clause_by_keyboard(page: Page, served: Served) -> None:
    page.goto(f"{served.address}{HOUSE}/nouvelle")
    tab_to(page, "#id_title")
    page.keyboard.type("Visite annuelle")
    page.keyboard.press("Enter")
    page.wait_for_url("**/house_visite_annuelle")
    tab_to(page, "#id_provision")
    page.keyboard.type("26")
    tab_to(page, "#id_text")
    page.keyboard.type("Une visite par an, 30 jours avant.")
    expect(page.locator("#apercu")).to_contain_text("« 30 jours » est tapé dans le texte")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("Une visite par an, sur préavis de {{ notice_period }}.")
    expect(page.locator("#apercu .paper")).to_contain_text(re.compile(r"préavis de 3\smois"))
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Mettre dans ma bibliothèque").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("version 1")


def reword_ours(page: Page, served: Served) -> None:
    page.goto(f"{served.address}/bibliotheque/clauses/non_solicitation")
    page.get_by_role("link", name="La dire avec vos mots").click()
    text = page.get_by_label("Texte", exact=True)
    text.fill(text.input_value().replace("Une annonce publique", "Une petite annonce"))
    expect(page.locator("#apercu .paper")).to_contain_text("Une petite annonce")
    page.get_by_role("button", name="Mettre dans ma bibliothèque").click()
    expect(page.get_by_role("status")).to_contain_text("version 2")


def follow_from_the_contract(page: Page, served: Served) -> None:
    page.goto(f"{served.address}/contrats")
    page.locator(".contracts tbody th a", has_text="Valdrène").click()
    page.get_by_role("navigation", name="Pages du contrat").get_by_role("link", name="Document").click()
    page.get_by_role("link", name="Voir ce qu’elle changerait").first.click()
    page.get_by_role("button", name=re.compile("^Passer à")).click()
    expect(page.get_by_role("status")).to_contain_text("vos réponses restent")


def test_own_words_are_written_used_and_kept_through_an_upgrade(tmp_path: Path, browser: Browser) -> None:
    first, newer = (Path(str(shelf.folder)) for shelf in two_releases())
    with (
        serving(tmp_path, demo=True, shelf=first) as served,
        browser.new_context(viewport=DESK, locale="fr-FR") as context,
        watched(context) as page,
    ):
        write_a_clause_by_keyboard(page, served)
        reword_ours(page, served)
        follow_from_the_contract(page, served)
        expect(page.locator("#clause-house_visite_annuelle")).to_contain_text("Une visite par an")
        expect(page.locator("#clause-non_solicitation")).to_contain_text("Une petite annonce")
    with (
        serving(tmp_path, demo=True, shelf=newer) as served,
        browser.new_context(viewport=DESK, locale="fr-FR") as context,
        watched(context) as page,
    ):
        page.goto(f"{served.address}{HOUSE}")
        follow(page, page.get_by_role("link", name="Rapprocher"))
        look(page, "the three-way view")
        page.get_by_role("radio", name=re.compile("^La bibliothèque")).check()
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_role("status")).to_contain_text("repose maintenant sur la bibliothèque 2026.12")
        follow_from_the_contract(page, served)
        expect(page.locator("#clause-non_solicitation")).to_contain_text("Une annonce publiée")
        expect(page.locator("#clause-courtesy_visit")).to_be_visible()
        expect(page.locator("#clause-house_visite_annuelle")).to_be_visible()


THE_PREVIEW = re.compile("/clauses/[^/]+/essai$")


def test_a_word_file_becomes_drafts_and_a_figure_becomes_a_term(tmp_path: Path, browser: Browser) -> None:
    with (
        serving(tmp_path, demo=True) as served,
        browser.new_context(viewport=DESK, locale="fr-FR") as context,
        watched(context) as page,
    ):
        page.goto(f"{served.address}{HOUSE}/word")
        page.get_by_label("Fichier Word").set_input_files({"name": "c.docx", "mimeType": "application/msword", "buffer": a_word_file()})
        follow(page, page.get_by_role("button", name="Lire ce fichier"))
        look(page, "the proposals")
        page.get_by_label("Garder : Formation des équipes").uncheck()
        page.get_by_role("button", name="Garder en brouillon").click()
        page.get_by_role("link", name="Visites", exact=True).click()
        page.get_by_role("button", name=re.compile("à la place de 3 mois")).first.click()
        expect(page.get_by_label("Texte", exact=True)).not_to_have_value(re.compile("3 mois"))
        # Saved only once its preview has come: a page left before is told on the console as a request given up.
        with page.expect_response(THE_PREVIEW):
            page.get_by_label("Article", exact=True).select_option("26")
        page.get_by_role("button", name="Mettre dans ma bibliothèque").click()
        expect(page.get_by_role("status")).to_contain_text("version 1")
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            for address in PAGES:
                page.goto(f"{served.address}{address}")
                look(page, f"{address} on {size['width']}")
