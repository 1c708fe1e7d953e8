"""From the inventory file to the accepted provisional contract, in a real Chromium: the screens and the fields a person goes through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.web.served import DESK, PHONE, Served, contract_of, watched
from tests.web.sights import look

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KINDS = (("Portable", "Dell", 46, "2029-06-30"), ("Portable", "Noname", 2, ""), ("Serveur", "Dell", 5, "2031-03-31"))
# What a person needs: half a minute to read a screen, a quarter to fill a field.
READING, FILLING = 30, 15
HALF_AN_HOUR = 30 * 60


class Steps:
    """Counts the screens seen and the fields filled on the way."""

    def __init__(self) -> None:
        self.screens = self.fields = 0

    def see(self, page: Page, heading: str) -> None:
        self.screens += 1
        expect(page.get_by_role("heading", name=heading, exact=True).first).to_be_visible()

    def fill(self, field: Locator, words: str) -> None:
        self.fields += 1
        field.fill(words)


def a_fleet(folder: Path) -> Path:
    """An export of 53 machines, who uses each in a column of its own."""
    lines = ["Nom;Type;Fabricant;Utilisateur;Fin de garantie"]
    for kind, maker, count, warranty in KINDS:
        lines += [f"{kind[:2].upper()}-{maker[:2]}-{rank:03d};{kind};{maker};Jeanne Martin {rank};{warranty}" for rank in range(count)]
    path = folder / "parc.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def maelle(demo: Served, browser: Browser) -> Iterator[Page]:
    """The demo's owner, on the document of her contract with Valdrène."""
    with browser.new_context(viewport=DESK, locale="fr-FR") as context, watched(context) as page:
        page.goto(contract_of(page, demo))
        yield page


def test_from_the_inventory_file_to_the_accepted_provisional_contract(maelle: Page, browser: Browser, tmp_path: Path) -> None:
    steps = Steps()
    bring_the_fleet_in(maelle, a_fleet(tmp_path), steps)
    address = prepare_and_send(maelle, steps)
    with browser.new_context(viewport=PHONE, locale="fr-FR") as context, watched(context) as client:
        accept(client, address, steps)
    pages_of(maelle).get_by_role("link", name="Prévisionnel").click()
    expect(maelle.get_by_text("Accepté par Hervé Maupertuis, gérant")).to_be_visible()
    maelle.get_by_role("button", name="Le reprendre dans le contrat").click()
    steps.see(maelle, "Contrat prévisionnel")
    expect(maelle.get_by_text("Repris dans le contrat")).to_be_visible()
    look(maelle, "a provisional contract taken up")
    assert (steps.screens, steps.fields) == (12, 5)
    assert steps.screens * READING + steps.fields * FILLING < HALF_AN_HOUR


def pages_of(page: Page) -> Locator:
    """The tabs of the contract."""
    return page.get_by_role("navigation", name="Pages du contrat")


def bring_the_fleet_in(page: Page, file: Path, steps: Steps) -> None:
    """Choose the file, look it over, keep it, take its numbers, see what is excluded and why."""
    pages_of(page).get_by_role("link", name="Parc").click()
    steps.see(page, "Parc")
    look(page, "the assets before any inventory")
    page.get_by_label("Fichiers du parc").set_input_files(file)
    steps.fields += 1
    page.get_by_role("button", name="Lire ces fichiers").click()
    steps.see(page, "Aperçu du parc")
    expect(page.get_by_text("Laissé dans le fichier, car cela touche des personnes")).to_be_visible()
    expect(page.get_by_text("Jeanne Martin")).to_have_count(0)
    look(page, "the preview of an inventory")
    page.get_by_role("button", name="Garder cet inventaire").click()
    steps.see(page, "Parc")
    expect(page.get_by_role("row", name=re.compile("Postes de travail")).first).to_contain_text("46")
    look(page, "what the contract covers")
    page.get_by_role("button", name="Reprendre ces nombres dans le contrat").click()
    expect(page.get_by_role("status")).to_contain_text("C’est repris")
    steps.screens += 1
    page.get_by_role("link", name=re.compile("2 : fabricant non reconnu")).click()
    expect(page.get_by_role("heading", name=re.compile("Exclu, fabricant non reconnu"))).to_be_visible()
    steps.screens += 1


def prepare_and_send(page: Page, steps: Steps) -> str:
    """Read the price and the open points, prepare, send; the address that the client receives."""
    pages_of(page).get_by_role("link", name="Prévisionnel").click()
    steps.see(page, "Contrat prévisionnel")
    look(page, "a provisional contract to prepare")
    page.get_by_role("button", name="Préparer le contrat prévisionnel").click()
    steps.see(page, "Contrat prévisionnel")
    steps.fill(page.get_by_label("Nom", exact=True), "Hervé Maupertuis")
    steps.fill(page.get_by_label("Adresse e-mail"), "herve@valdrene.example")
    page.get_by_role("button", name="Ouvrir le lien").click()
    address = page.locator("code.link").inner_text()
    steps.screens += 1
    look(page, "a provisional contract sent")
    return address


def accept(page: Page, address: str, steps: Steps) -> None:
    """On a telephone: read, download, accept under one's name."""
    page.goto(address)
    steps.screens += 1
    look(page, "the provisional contract of the client")
    pages_of(page).get_by_role("link", name="Votre réponse").click()
    steps.see(page, "Votre réponse")
    look(page, "the answer of the client")
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF", exact=True).click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    page.get_by_label("J’accepte ce contrat prévisionnel").check()
    steps.fields += 1
    steps.fill(page.get_by_label("Vos nom et qualité"), "Hervé Maupertuis, gérant")
    page.get_by_role("button", name="Envoyer ma réponse").click()
    steps.see(page, "Contrat prévisionnel accepté")
    look(page, "the answer given")
