"""A contract opened by link, in a real Chromium: the lawyer reads and remarks, the client asks from a telephone, the MSP answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.served import DESK, PHONE, Served, contract_of, watched
from tests.web.sights import follow, look, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def maelle(demo: Served, browser: Browser) -> Iterator[Page]:
    """The demo's owner, on the page where her contract is opened to others."""
    with browser.new_context(viewport=DESK, locale="fr-FR") as context, watched(context) as page:
        page.goto(f"{contract_of(page, demo)}/echanges")
        yield page


def link_for(page: Page, role: str, name: str) -> str:
    """Open a link to somebody, and copy its address."""
    page.get_by_label(role, exact=True).check()
    page.get_by_label("Nom", exact=True).fill(name)
    page.get_by_label("Adresse e-mail").fill("quelquun@ailleurs.example")
    page.get_by_role("button", name="Ouvrir un lien").click()
    return page.locator("code.link").inner_text()


def test_the_lawyer_reads_marks_a_question_remarks_and_downloads(maelle: Page, browser: Browser) -> None:
    address = link_for(maelle, "Avocat", "Solenn Cadiou")
    with browser.new_context(viewport=DESK, locale="fr-FR") as context, watched(context) as page:
        page.goto(address)
        expect(page).to_have_url(re.compile(r"/partage/[0-9a-f-]{36}$"))
        assert page.evaluate("document.referrer") == ""
        look(page, "the document of the lawyer")
        page.get_by_role("button", name="J’ai lu").click()
        expect(page.get_by_text("Il ne donne pas de consultation juridique")).to_have_count(0)
        expect(page.locator("#note-parties")).to_be_visible()
        page.keyboard.press("j")
        expect(page.locator("#note-parties")).to_be_hidden()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_contain_text("Clause suivante")
        page.keyboard.press("Escape")
        follow(page, page.get_by_role("link", name="Une question, une remarque : Plafond de responsabilité"))
        look(page, "a remark of the lawyer")
        page.get_by_label("Remarque").check()
        page.get_by_label("Votre texte").fill("Deux plafonds distincts : à dire plus haut.")
        page.get_by_role("button", name="Transmettre").click()
        expect(page.locator(".thread")).to_contain_text("Deux plafonds distincts")
        for name, begins in (("Word", b"PK"), ("PDF", b"%PDF"), ("Note à l’avocat", b"PK")):
            with page.expect_download() as download:
                page.get_by_role("link", name=name, exact=True).click()
            assert Path(download.value.path()).read_bytes().startswith(begins)
        follow(page, page.get_by_role("link", name="Constats"))
        look(page, "the findings of the lawyer")
        page.goto(page.url.replace("constats", "clauses/liability_cap"))
        look(page, "a card of the library")
    maelle.reload()
    look(maelle, "the exchanges of a contract")


def test_the_client_reads_on_a_telephone_asks_by_keyboard_alone_and_reads_the_answer(maelle: Page, browser: Browser) -> None:
    address = link_for(maelle, "Client", "Hervé Maupertuis")
    with browser.new_context(viewport=PHONE, locale="fr-FR") as context, watched(context) as page:
        page.goto(address)
        look(page, "the document of the client")
        expect(page.get_by_role("navigation", name="Pages du contrat").get_by_role("link")).to_have_count(2)
        page.keyboard.press("j")
        page.keyboard.press("j")
        tab_to(page, ".said-here a")
        page.keyboard.press("Enter")
        page.wait_for_url("**/remarques/*")
        asked = page.url
        tab_to(page, "textarea")
        page.keyboard.type("Et si nous doublons l’effectif ?")
        tab_to(page, "main form button")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("C’est transmis.")
        expect(page.locator(".thread")).to_contain_text("Et si nous doublons l’effectif ?")
        look(page, "the document of the client with a question")
        maelle.get_by_role("navigation", name="Pages du contrat").get_by_role("link", name="Échanges").click()
        maelle.locator("details", has_text="Répondre").filter(has_text="Hervé Maupertuis").locator("summary").click()
        maelle.get_by_label("Votre réponse").filter(visible=True).fill("Le prix suit la grille, unité par unité.")
        maelle.get_by_role("button", name="Répondre et fermer").filter(visible=True).click()
        expect(maelle.get_by_role("status")).to_contain_text("Réponse transmise.")
        page.goto(asked)
        expect(page.locator(".answer")).to_contain_text("Le prix suit la grille")
        with page.expect_download() as download:
            page.get_by_role("link", name="PDF", exact=True).click()
        assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
        maelle.get_by_role("button", name="Retirer : Hervé Maupertuis").click()
        page.reload()
        expect(page.get_by_role("heading", name="Ce lien n’ouvre plus rien")).to_be_visible()
