"""Convenu served for real, in a process of its own, and a Chromium to look at it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyotp
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)
EMAIL = "alice@argoat.example"
PASSWORD = "la pluie tombe sur le quai"


@dataclass(frozen=True)
class Served:
    """A running Convenu: its address and its data folder."""

    address: str
    folder: Path


@contextmanager
def serving(folder: Path, *, demo: bool = False, shelf: Path | None = None) -> Iterator[Served]:
    """`convenu serve` on a free port, until the block ends; `shelf` holds the releases of the library that it ships."""
    program = f"from convenu.web.serve import serve; raise SystemExit(serve(0, {demo}))"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CONVENU_", "DJANGO_"))}
    environment |= {"CONVENU_DATA": str(folder), **({"CONVENU_RELEASES": str(shelf)} if shelf else {})}
    process = subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        said = process.stdout.readline()
        address = re.search(r"http://[\d.:]+", said)
        assert address is not None, said + process.stdout.read()
        yield Served(address[0], folder)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        process.stdout.close()
    assert process.returncode == 0


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@contextmanager
def watched(context: BrowserContext) -> Iterator[Page]:
    """A page on which no script may fail and nothing be refused by the security policy."""
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    yield page
    # A page answered with 4xx is reported on the console too: refusals are part of the journeys.
    told = [trouble for trouble in troubles if "responded with a status of 4" not in trouble]
    assert told == [], told


def set_up(page: Page, address: str) -> None:
    """The first run, as Alice does it."""
    page.goto(address)
    page.get_by_label("Dénomination").fill("Argoat Informatique")
    page.get_by_label("Forme juridique").select_option("sarl")
    page.get_by_label("SIREN").fill("000 120 261")
    page.get_by_label("Capital social").fill("20 000")
    page.get_by_label("Ville du RCS").fill("Rennes")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Adresse du siège").fill("3 quai des Embruns")
    page.get_by_label("Code postal").fill("35000")
    page.get_by_label("Ville", exact=True).fill("Rennes")
    page.get_by_label("Signataire", exact=True).fill("Alice Kerven")
    page.get_by_label("Qualité du signataire").fill("Gérante")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Coût complet").fill("46,50")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Votre nom").fill("Alice Kerven")
    page.get_by_label("Adresse e-mail").fill(EMAIL)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Ouvrir Convenu").click()
    page.get_by_role("heading", name="Accueil").wait_for()


def invite(page: Page, address: str, email: str, role: str) -> str:
    """The link by which somebody joins, as the owner makes it."""
    page.goto(f"{address}/reglages/membres")
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Rôle", exact=True).last.select_option(role)
    page.get_by_role("button", name="Inviter").click()
    return page.locator("code.link").inner_text()


def join(page: Page, link: str, name: str) -> None:
    """Take up that link."""
    page.goto(link)
    page.get_by_label("Votre nom").fill(name)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Rejoindre").click()


def sign_in(page: Page, address: str, email: str) -> None:
    """Address and password, on the sign-in page."""
    page.goto(f"{address}/connexion")
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()


def code_for(secret: str) -> str:
    """What the telephone shows now."""
    return pyotp.TOTP(secret.replace(" ", "")).now()


def contract_of(page: Page, demo: Served) -> str:
    """The address of the contract with Valdrène, one of the three of the demo."""
    page.goto(f"{demo.address}/contrats")
    href = page.locator(".contracts tbody th a", has_text="Valdrène").get_attribute("href")
    return f"{demo.address}{href}"
