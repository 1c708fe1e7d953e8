"""In a real Chromium, on a really served Convenu: what a person does, at a desk and on a phone, by mouse and by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.web.served import DESK, EMAIL, PASSWORD, PHONE, Served, code_for, invite, join, serving, set_up, sign_in, watched
from tests.web.sights import SIGHTS, look

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SIGNED_IN_PAGES = [
    "/",
    "/reglages",
    "/reglages/entreprise",
    "/reglages/membres",
    "/reglages/journal",
    "/profil",
    "/profil/mot-de-passe",
    "/profil/code",
    "/profil/code/retirer",
    "/nulle-part",
]
SIGNED_OUT_PAGES = ["/connexion", "/mot-de-passe", "/invitation/x", "/mot-de-passe/AAAA/x"]


@pytest.fixture(scope="module")
def argoat(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[tuple[Served, BrowserContext]]:
    """Convenu set up by Alice, and the browser in which she stays signed in."""
    with serving(tmp_path_factory.mktemp("argoat")) as served, browser.new_context(viewport=DESK, locale="fr-FR") as context:
        with watched(context) as page:
            set_up(page, served.address)
        yield served, context


@pytest.fixture
def alice(argoat: tuple[Served, BrowserContext]) -> Iterator[Page]:
    """A page of Alice's, on the home page, at a desk."""
    served, context = argoat
    with watched(context) as page:
        page.goto(served.address)
        yield page
        page.close()


def test_the_first_run_by_keyboard_alone(tmp_path: Path, browser: Browser) -> None:
    with serving(tmp_path) as served, browser.new_context(viewport=DESK, locale="fr-FR") as context, watched(context) as page:
        page.goto(served.address)
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
        page.keyboard.press("Enter")
        fill_by_keyboard(page, "Argoat Informatique", "", "000120261", "20 000", "Rennes")
        expect(page.get_by_role("heading", name="Siège et signataire")).to_be_visible()
        fill_by_keyboard(page, "3 quai des Embruns", "35000", "Rennes", "", "Alice Kerven", "Gérante")
        expect(page.get_by_role("heading", name="Horaires et coût")).to_be_visible()
        expect(page.get_by_text("FR52000120261")).to_be_visible()
        fill_by_keyboard(page, "")
        expect(page.get_by_role("heading", name="Votre compte")).to_be_visible()
        fill_by_keyboard(page, "Alice Kerven", EMAIL, PASSWORD)
        expect(page.get_by_role("heading", name="Rien ne presse")).to_be_visible()


def fill_by_keyboard(page: Page, *answers: str) -> None:
    """Type each answer, Tab between them, Enter at the end."""
    first_field(page)
    for number, answer in enumerate(answers):
        if number:
            page.keyboard.press("Tab")
        page.keyboard.type(answer)
    page.keyboard.press("Enter")


def first_field(page: Page) -> None:
    """Go with Tab to the first field of the form, as anybody does."""
    for _step in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('form.form input, form.form select')"):
            return
    raise AssertionError("no field is reached with Tab")


def test_a_mistake_takes_the_focus_to_the_summary_and_from_there_to_the_field(alice: Page) -> None:
    alice.goto(alice.url.rstrip("/") + "/profil/mot-de-passe")
    alice.get_by_role("button", name="Enregistrer").click()
    summary = alice.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(alice).to_have_title(re.compile("^Erreur - "))
    alice.keyboard.press("Tab")
    alice.keyboard.press("Enter")
    expect(alice.get_by_label("Mot de passe actuel")).to_be_focused()


def test_keys_go_from_page_to_page_and_stay_silent_in_a_field(alice: Page) -> None:
    address = alice.url.rstrip("/")
    alice.keyboard.press("g")
    alice.keyboard.press("m")
    alice.wait_for_url(f"{address}/reglages/membres")
    field = alice.get_by_label("Adresse e-mail")
    field.focus()
    alice.keyboard.type("ga?")
    expect(field).to_have_value("ga?")
    expect(alice).to_have_url(f"{address}/reglages/membres")


def test_the_question_mark_lists_the_keys_and_escape_closes(alice: Page) -> None:
    alice.keyboard.press("?")
    dialog = alice.get_by_role("dialog", name="Touches du clavier")
    expect(dialog).to_be_visible()
    for shown in ("Ctrl K", "F6", "Journal"):
        expect(dialog.get_by_text(shown, exact=True).first).to_be_visible()
    # Nothing on this page is saved or turned over.
    for idle in ("Enregistrer", "Suivant"):
        expect(dialog.get_by_text(idle, exact=True)).to_be_hidden()
    alice.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_palette_finds_and_opens_a_page(alice: Page) -> None:
    alice.keyboard.press("Control+k")
    expect(alice.get_by_role("combobox", name="Chercher")).to_be_focused()
    alice.keyboard.type("journ")
    expect(alice.get_by_role("option")).to_have_count(1)
    alice.keyboard.press("Enter")
    alice.wait_for_url("**/reglages/journal")


def test_f6_goes_from_pane_to_pane(alice: Page) -> None:
    places = []
    for _press in range(3):
        alice.keyboard.press("F6")
        places.append(alice.evaluate("document.activeElement.closest('[data-pane], main')?.className"))
    assert len(set(places)) == 3


def test_single_letters_are_switched_off_in_the_profile_and_ctrl_k_stays(alice: Page) -> None:
    address = alice.url.rstrip("/")
    alice.goto(f"{address}/profil")
    alice.get_by_label("Touches d’une seule lettre").uncheck()
    alice.get_by_role("button", name="Enregistrer").click()
    expect(alice.get_by_role("status")).to_contain_text("Profil enregistré.")
    alice.keyboard.press("?")
    expect(alice.get_by_role("dialog", name="Touches du clavier")).to_be_hidden()
    alice.keyboard.press("Control+k")
    expect(alice.get_by_role("combobox", name="Chercher")).to_be_focused()
    alice.keyboard.press("Escape")
    alice.get_by_label("Touches d’une seule lettre").check()
    alice.keyboard.press("Control+s")
    expect(alice.get_by_role("status")).to_contain_text("Profil enregistré.")


@SIGHTS
def test_every_page_passes_axe_and_fits_the_width(
    argoat: tuple[Served, BrowserContext], browser: Browser, scheme: str, viewport: ViewportSize
) -> None:
    served, context = argoat
    options = {"viewport": viewport, "color_scheme": scheme, "locale": "fr-FR"}
    with browser.new_context(**options, storage_state=context.storage_state()) as inside, browser.new_context(**options) as outside:  # type: ignore[arg-type]
        for view, addresses in ((inside, SIGNED_IN_PAGES), (outside, SIGNED_OUT_PAGES)):
            page = view.new_page()
            for address in addresses:
                page.goto(served.address + address)
                look(page, address, scheme=scheme)
        page = inside.new_page()
        page.goto(served.address)
        for key in ("?", "Control+k"):
            page.keyboard.press(key)
            page.locator("dialog[open]").wait_for()
            look(page, key, scheme=scheme)


def test_a_page_fits_at_320_pixels_and_at_twice_the_text_size(argoat: tuple[Served, BrowserContext], browser: Browser) -> None:
    served, context = argoat
    with browser.new_context(viewport={"width": 320, "height": 700}, storage_state=context.storage_state()) as narrow:
        page = narrow.new_page()
        for address in SIGNED_IN_PAGES:
            page.goto(served.address + address)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
            page.evaluate("document.documentElement.style.fontSize = '30px'")
            assert page.evaluate("document.querySelector('h1').getBoundingClientRect().right") <= 320, address


def test_pages_work_without_scripts(argoat: tuple[Served, BrowserContext], browser: Browser) -> None:
    served, context = argoat
    with browser.new_context(java_script_enabled=False, storage_state=context.storage_state(), locale="fr-FR") as plain:
        page = plain.new_page()
        page.goto(f"{served.address}/profil")
        page.get_by_label("Votre nom").fill("Alice Kerven")
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_role("status")).to_contain_text("Profil enregistré.")
        expect(page.get_by_role("button", name="Rechercher")).to_be_hidden()


def test_sign_in_with_an_authenticator_then_with_a_recovery_code(
    argoat: tuple[Served, BrowserContext], alice: Page, browser: Browser
) -> None:
    served, _context = argoat
    link = invite(alice, served.address, "charlotte@argoat.example", "sales")
    with browser.new_context(locale="fr-FR") as first, watched(first) as page:
        join(page, link, "Charlotte Morvan")
        page.goto(f"{served.address}/profil")
        page.get_by_role("link", name="Double authentification").click()
        expect(page.get_by_role("img", name=re.compile("Code QR"))).to_be_visible()
        page.get_by_label("Code", exact=True).fill(code_for(page.locator(".secret").inner_text()))
        page.get_by_role("button", name="Activer le code").click()
        codes = page.locator(".codes code").all_inner_texts()
        assert len(codes) == 10
    with browser.new_context(locale="fr-FR") as second, watched(second) as page:
        sign_in(page, served.address, "charlotte@argoat.example")
        page.get_by_label("Code", exact=True).fill("000000")
        page.get_by_role("button", name="Continuer").click()
        expect(page.get_by_role("alert")).to_be_focused()
        page.get_by_label("Code", exact=True).fill(codes[3])
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Accueil")).to_be_visible()
        page.get_by_role("button", name="Se déconnecter").click()
        expect(page.get_by_role("heading", name="Connexion")).to_be_visible()


def test_an_invited_technician_on_a_phone_sees_only_what_the_role_opens(
    argoat: tuple[Served, BrowserContext], alice: Page, browser: Browser
) -> None:
    served, _context = argoat
    link = invite(alice, served.address, "bob@argoat.example", "technician")
    outbox = list((served.folder / "outbox").iterdir())
    assert any("invitation" in path.read_text() for path in outbox)
    with browser.new_context(viewport=PHONE, locale="fr-FR") as phone, watched(phone) as page:
        join(page, link, "Bob Le Goff")
        page.get_by_role("navigation").get_by_role("link", name="Réglages").click()
        expect(page.get_by_role("link", name="Profil", exact=True)).to_be_visible()
        expect(page.get_by_role("link", name="Membres")).to_have_count(0)
        page.goto(f"{served.address}/reglages/membres")
        expect(page.get_by_role("heading", name="Accès réservé")).to_be_visible()


def test_the_page_is_light_on_the_wire(argoat: tuple[Served, BrowserContext], browser: Browser) -> None:
    served, context = argoat
    with browser.new_context(storage_state=context.storage_state()) as fresh:
        page = fresh.new_page()
        session = fresh.new_cdp_session(page)
        session.send("Network.enable")
        received: list[float] = []
        session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
        page.goto(served.address, wait_until="networkidle")
        assert sum(received) < 45_000


def test_a_word_too_pale_to_be_read_is_found(alice: Page) -> None:
    alice.locator("main h2").last.evaluate("one => { one.style.color = '#bbbbbb'; }")
    with pytest.raises(AssertionError, match="color-contrast"):
        look(alice, "a pale word")


def test_from_the_first_run_to_a_contract_in_word_and_pdf(alice: Page) -> None:
    alice.get_by_role("link", name="Ajouter un client").click()
    alice.get_by_label("Dénomination").fill("Valdrène Ingénierie")
    alice.get_by_label("SIREN").fill("000 481 481")
    alice.get_by_role("button", name="Ajouter le client").click()
    alice.get_by_role("link", name="Nouveau contrat").first.click()
    alice.get_by_role("button", name="Créer le contrat").click()
    expect(alice.get_by_role("heading", level=1, name="Qui est votre client")).to_be_visible()
    expect(alice.locator("#document-text")).to_contain_text("Valdrène Ingénierie")
    alice.get_by_role("textbox", name="Greffe du Client").fill("Le Mans")
    expect(alice.get_by_role("status")).to_contain_text("Modifié")
    expect(alice.locator("#clause-parties")).to_contain_text("Le Mans")
    expect(alice.locator("#stamp")).to_contain_text("Enregistré à")
    alice.get_by_role("button", name="Continuer").click()
    heading = alice.get_by_role("heading", level=1, name="Qui signera pour lui")
    expect(heading).to_be_focused()
    alice.get_by_role("textbox", name="Signataire du Client", exact=True).fill("Hervé Maupertuis")
    alice.get_by_role("textbox", name="Qualité du signataire du Client").fill("directeur général")
    alice.get_by_role("button", name="Continuer").click()
    expect(alice.locator("#clause-parties")).to_contain_text("Hervé Maupertuis")
    expect(alice.get_by_role("heading", level=1, name="Combien de salariés")).to_be_focused()

    alice.goto(re.sub("entretien/.*", "entretien/prix/invoicing", alice.url))
    alice.get_by_label("la fin du mois de la facture").check()
    alice.get_by_label("Délai de paiement", exact=True).fill("60")
    finding = alice.locator("#findings strong").get_by_text("Délai de paiement au-delà du maximum légal")
    expect(finding).to_be_visible()
    expect(alice.locator("#clause-invoicing_and_payment")).to_contain_text(re.compile(r"60\sjours"))
    expect(alice.locator("#clause-invoicing_and_payment")).to_have_class(re.compile("touched"))
    alice.get_by_role("button", name="Appliquer : Délai de paiement").click()
    expect(finding).to_have_count(0)
    expect(alice.get_by_role("status")).to_contain_text("Appliqué.")
    alice.locator("#stamp").get_by_role("button", name="Annuler").click()
    expect(finding).to_be_visible()
    expect(alice.get_by_role("status")).to_contain_text("C’est annulé.")

    alice.get_by_role("navigation", name="Pages du contrat").get_by_role("link", name="Document").click()
    for name, begins in (("Word", b"PK"), ("PDF", b"%PDF")):
        with alice.expect_download() as download:
            alice.get_by_role("link", name=name, exact=True).first.click()
        assert Path(download.value.path()).read_bytes().startswith(begins)
