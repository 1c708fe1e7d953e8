"""The main job in a real Chromium: by mouse, by keyboard alone, on a telephone, by two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.web.served import DESK, PHONE, Served, contract_of, invite, join, watched
from tests.web.sights import SIGHTS, look, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.slow]

INVOICING = "entretien/prix/invoicing"
PAGES_OF_A_CONTRACT = [
    "",
    INVOICING,
    "entretien/parc/inventory",
    "entretien/assistance/hours",
    "entretien/niveaux/priority",
    "entretien/reprise/tout-voir",
    "reponses",
    "constats",
    "constats?gravite=bloquants",
    "positions/liability_cap",
    "versions",
    "versions/comparer",
    "echanges",
    "droit",
    "reprendre",
    "prix",
    "prix/chiffrage",
    "prix/variantes",
    "prix/temps",
    "prix/quantites",
    "prix/revision",
]
PAGES = [
    "/",
    "/clients",
    "/clients/nouveau",
    "/contrats",
    "/contrats/nouveau",
    "/bibliotheque",
    "/bibliotheque/clauses/liability_cap",
    "/bibliotheque/segments",
    "/bibliotheque/regles",
    "/bibliotheque/droit",
    "/reglages/documents",
    "/reglages/export",
]


@pytest.fixture
def maelle(demo: Served, browser: Browser) -> Iterator[Page]:
    """A page of the demo's owner, on her contract's question about invoices."""
    with browser.new_context(viewport=DESK, locale="fr-FR") as context, watched(context) as page:
        page.goto(f"{contract_of(page, demo)}/{INVOICING}")
        yield page


def test_untouched_clauses_and_the_focus_stay_where_they_are(maelle: Page) -> None:
    maelle.evaluate("document.querySelector('#clause-liability_cap').dataset.mine = 'yes'")
    field = maelle.get_by_label("Délai de paiement", exact=True)
    field.fill("21")
    expect(maelle.locator("#clause-invoicing_and_payment")).to_contain_text(re.compile(r"21\sjours"))
    expect(field).to_be_focused()
    assert maelle.evaluate("document.querySelector('#clause-liability_cap').dataset.mine") == "yes"
    expect(maelle.locator("#clause-invoicing_and_payment.touched h3")).to_be_in_viewport()
    field.fill("20")
    expect(maelle.locator("#clause-invoicing_and_payment")).to_contain_text(re.compile(r"20\sjours"))


def test_a_sector_comes_on_screen_with_its_answer_and_opens_on_its_article(maelle: Page) -> None:
    maelle.goto(re.sub("entretien/.*", "entretien/parties/activity", maelle.url))
    maelle.get_by_label("santé", exact=True).check()
    card = maelle.locator("#sector-health")
    expect(card).to_contain_text(re.compile("appelé par «\\s?Secteur du Client\\s?: santé\\s?»"))
    card.locator("summary").press("Enter")
    card.get_by_role("link", name=re.compile("Article")).first.click()
    expect(maelle.locator("#clause-professional_secrecy")).to_be_in_viewport()
    maelle.get_by_label("autre secteur", exact=True).check()
    expect(card).to_have_count(0)


def test_the_main_job_by_keyboard_alone(maelle: Page) -> None:
    panes = []
    for _press in range(7):
        maelle.keyboard.press("F6")
        panes.append(maelle.evaluate("document.activeElement.closest('[data-pane], main')?.id"))
    assert [pane for pane in panes if pane and pane != "contenu"][:4] == ["rail", "question-pane", "document-pane", "findings"]
    maelle.keyboard.press("Alt+ArrowDown")
    expect(maelle.get_by_role("heading", level=1, name="Plateforme de facture")).to_be_focused()
    maelle.keyboard.press("Alt+ArrowUp")
    expect(maelle.get_by_role("heading", level=1, name="Facture : quel rythme")).to_be_focused()
    maelle.keyboard.press("2")
    expect(maelle.get_by_label("chaque mois, à terme échu")).to_be_checked()
    expect(maelle.locator("#stamp")).to_contain_text("Enregistré à")
    maelle.keyboard.press("1")
    expect(maelle.get_by_label("chaque mois, d’avance")).to_be_checked()
    maelle.keyboard.press("w")
    expect(maelle.get_by_text("Elle écrit")).to_be_visible()
    maelle.keyboard.press("c")
    expect(maelle.get_by_label("Par qui ?").first).to_be_focused()
    maelle.keyboard.type("w1c")
    expect(maelle.get_by_label("Par qui ?").first).to_have_value("w1c")
    tab_to(maelle, "#go-on")
    maelle.keyboard.press("Enter")
    maelle.wait_for_url(lambda url: not url.endswith(INVOICING))
    maelle.keyboard.press("g")
    maelle.keyboard.press("k")
    maelle.wait_for_url("**/contrats")


def test_the_margin_follows_the_clause_that_is_read(maelle: Page) -> None:
    maelle.goto(re.sub("/entretien/.*", "", maelle.url))
    expect(maelle.locator("#note-parties")).to_be_visible()
    maelle.keyboard.press("j")
    expect(maelle.locator("#note-parties")).to_be_hidden()
    maelle.locator("#clause-invoicing_and_payment").hover()
    note = maelle.locator("#note-invoicing_and_payment")
    expect(note).to_contain_text("Délai de paiement")
    note.get_by_role("link", name="Modifier : Délai de paiement").click()
    maelle.wait_for_url(f"**/{INVOICING}")


def test_a_finding_is_applied_and_taken_back_by_keyboard(maelle: Page) -> None:
    maelle.get_by_label("Délai de paiement", exact=True).fill("60")
    maelle.get_by_label("la fin du mois de la facture").check()
    expect(maelle.locator("#findings")).to_contain_text("au-delà du maximum légal")
    maelle.goto(re.sub("entretien/.*", "constats", maelle.url))
    card = maelle.locator(".finding").filter(has_text="au-delà du maximum légal")
    card.get_by_role("link", name="Aperçu").focus()
    maelle.keyboard.press("Enter")
    expect(card.locator(".preview")).to_contain_text("clause")
    card.get_by_role("button", name="Appliquer").focus()
    maelle.keyboard.press("Enter")
    expect(card).to_have_count(0)
    maelle.get_by_role("button", name="Annuler").focus()
    maelle.keyboard.press("Enter")
    expect(card).to_have_count(1)


def test_a_position_is_read_with_its_article_taken_and_taken_back(maelle: Page) -> None:
    maelle.goto(re.sub("/entretien/.*", "#clause-access_mandate", maelle.url))
    maelle.locator("#clause-access_mandate").hover()
    maelle.locator("#note-access_mandate").get_by_role("link", name="Positions de négociation").click()
    expect(maelle.get_by_role("heading", level=1)).to_have_text("Positions de négociation")
    card = maelle.locator("#position-each_session")
    expect(card.locator("ins").first).to_contain_text("admet le Prestataire")
    card.get_by_role("button", name="Prendre cette position").focus()
    maelle.keyboard.press("Enter")
    expect(card).to_contain_text("en place")
    expect(maelle.get_by_role("status")).to_contain_text("Appliqué.")
    maelle.get_by_role("link", name="Lire l’article").click()
    expect(maelle.locator("#clause-access_mandate")).to_contain_text("pour chaque session")
    maelle.go_back()
    maelle.get_by_role("button", name="Annuler").click()
    expect(maelle.locator("#position-each_session")).not_to_contain_text("en place")
    expect(maelle.get_by_role("status")).to_contain_text("C’est annulé.")


def test_on_a_telephone_three_tabs_and_no_sideways_scroll(demo: Served, browser: Browser) -> None:
    with browser.new_context(viewport=PHONE, locale="fr-FR", has_touch=True) as context, watched(context) as page:
        page.goto(f"{contract_of(page, demo)}/{INVOICING}")
        expect(page.locator("#document-pane")).to_be_hidden()
        page.get_by_label("Délai de paiement", exact=True).fill("22")
        expect(page.locator("#stamp")).to_contain_text("Enregistré à")
        page.get_by_role("tab", name="Document").click()
        expect(page.locator("#clause-invoicing_and_payment")).to_contain_text(re.compile(r"22\sjours"))
        expect(page.locator("#question-pane")).to_be_hidden()
        page.get_by_role("tab", name="Constats").click()
        expect(page.locator("#findings")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_one_leaves_and_finds_everything_again(maelle: Page, demo: Served, browser: Browser) -> None:
    maelle.get_by_label("Délai de paiement", exact=True).fill("23")
    expect(maelle.locator("#clause-invoicing_and_payment")).to_contain_text(re.compile(r"23\sjours"))
    path = urlsplit(maelle.url).path
    with browser.new_context(viewport=DESK, locale="fr-FR") as context, watched(context) as page:
        page.goto(demo.address + path)
        expect(page.get_by_label("Délai de paiement", exact=True)).to_have_value("23")
        page.goto(demo.address)
        page.get_by_role("link", name="Valdrène Ingénierie", exact=True).click()
        expect(page.get_by_role("navigation", name="Pages du contrat")).to_be_visible()


def test_leaving_at_once_loses_nothing(maelle: Page) -> None:
    address = maelle.url
    maelle.get_by_label("Délai de paiement", exact=True).fill("29")
    maelle.get_by_role("navigation", name="Pages du contrat").get_by_role("link", name="Versions").click()
    maelle.wait_for_url("**/versions")
    maelle.goto(address)
    expect(maelle.get_by_label("Délai de paiement", exact=True)).to_have_value("29")


def test_without_network_the_answer_is_sent_again(demo: Served, browser: Browser) -> None:
    # Not watched: the browser itself complains of the network.
    with browser.new_context(viewport=DESK, locale="fr-FR") as context:
        page = context.new_page()
        page.goto(f"{contract_of(page, demo)}/{INVOICING}")
        context.set_offline(True)
        page.get_by_label("Délai de paiement", exact=True).fill("31")
        expect(page.locator("[data-offline]")).to_be_visible()
        context.set_offline(False)
        expect(page.locator("#clause-invoicing_and_payment")).to_contain_text(re.compile(r"31\sjours"), timeout=10_000)


def test_going_back_in_the_browser_shows_the_question_before(maelle: Page) -> None:
    maelle.keyboard.press("Alt+ArrowDown")
    expect(maelle.get_by_role("heading", level=1, name="Plateforme de facture")).to_be_focused()
    maelle.go_back()
    expect(maelle.get_by_role("heading", level=1, name="Facture : quel rythme")).to_be_visible()
    maelle.get_by_label("Délai de paiement", exact=True).fill("24")
    expect(maelle.locator("#clause-invoicing_and_payment")).to_contain_text(re.compile(r"24\sjours"))


def test_a_value_that_cannot_be_read_stays_at_its_field(maelle: Page) -> None:
    field = maelle.get_by_label("Délai de paiement", exact=True)
    field.fill("vite")
    expect(maelle.locator("#about-payment_days")).to_contain_text("Écrivez un nombre")
    expect(field).to_have_value("vite")
    expect(field).to_be_focused()
    field.fill("30")
    expect(maelle.locator("#about-payment_days")).not_to_contain_text("Écrivez un nombre")


def test_a_row_is_added_and_removed(maelle: Page) -> None:
    maelle.goto(re.sub("entretien/.*", "entretien/parc/inventory", maelle.url))
    rows = maelle.locator("#inputs-users .row")
    before = rows.count()
    maelle.locator("#inputs-users").get_by_role("button", name="Ajouter une ligne").click()
    expect(rows).to_have_count(before + 1)
    rows.last.get_by_label("Nombre").fill("3")
    expect(maelle.locator("#stamp")).to_contain_text("Enregistré à")
    rows.last.get_by_role("button", name="Retirer").click()
    expect(rows).to_have_count(before)


def test_two_people_on_the_same_answer_see_each_other_and_choose(maelle: Page, demo: Served, browser: Browser) -> None:
    link = invite(maelle, demo.address, "yann@helionde.example", "sales")
    with browser.new_context(viewport=DESK, locale="fr-FR") as context, watched(context) as other:
        join(other, link, "Yann Le Dantec")
        address = f"{contract_of(other, demo)}/{INVOICING}"
        maelle.goto(address)
        other.goto(address)
        other.get_by_label("Délai de paiement", exact=True).fill("26")
        expect(other.locator("#stamp")).to_contain_text("Enregistré à")
        expect(other.locator("#clause-invoicing_and_payment")).to_contain_text(re.compile(r"26\sjours"))
        maelle.get_by_label("Délai de paiement", exact=True).fill("27")
        conflict = maelle.locator("#about-payment_days .conflict")
        expect(conflict).to_contain_text(re.compile(r"Yann Le Dantec a choisi 26\sjours à \d+\sh"))
        conflict.get_by_role("button", name="Garder 26").click()
        expect(maelle.get_by_label("Délai de paiement", exact=True)).to_have_value("26")
        expect(conflict).to_have_count(0)


def test_the_interview_works_without_scripts(demo: Served, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False, locale="fr-FR", viewport=DESK) as context:
        page = context.new_page()
        page.goto(f"{contract_of(page, demo)}/{INVOICING}")
        page.get_by_label("Délai de paiement", exact=True).fill("28")
        page.get_by_role("button", name="Continuer").last.click()
        expect(page.get_by_role("status")).to_contain_text("Modifié")
        page.goto(f"{contract_of(page, demo)}/{INVOICING}")
        expect(page.locator("#clause-invoicing_and_payment")).to_contain_text(re.compile(r"28\sjours"))
        page.get_by_label("Délai de paiement", exact=True).fill("vite")
        page.get_by_role("button", name="Continuer").last.click()
        expect(page.get_by_label("Délai de paiement", exact=True)).to_have_value("vite")
        expect(page.locator("#about-payment_days")).to_contain_text("Écrivez un nombre")


@SIGHTS
def test_every_page_of_the_main_job_passes_axe_and_fits_the_width(
    demo: Served, browser: Browser, scheme: str, viewport: ViewportSize
) -> None:
    options = {"viewport": viewport, "color_scheme": scheme, "locale": "fr-FR"}
    with browser.new_context(**options) as context:  # type: ignore[arg-type]
        page = context.new_page()
        contract = contract_of(page, demo)
        client = page.locator(".contracts tbody th a").first
        assert client.is_visible()
        for address in (*(f"{demo.address}{one}" for one in PAGES), *(f"{contract}/{one}".rstrip("/") for one in PAGES_OF_A_CONTRACT)):
            page.goto(address)
            look(page, address, scheme=scheme)
        open_everything(page, f"{contract}/{INVOICING}")
        look(page, "the interview with everything open", scheme=scheme)


def open_everything(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
