"""From an export to a promise tried, in a real Chromium with the real background work: import, replay, the clock of one ticket."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.actions.test_replays import a_past
from tests.web.served import DESK, PHONE, Served, watched
from tests.web.sights import follow, look

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Somewhere to keep pictures of the pages, for whoever wants to look at them.
PICTURES = os.environ.get("CONVENU_PICTURES", "")


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def bring_an_export(page: Page, served: Served) -> None:
    page.goto(f"{served.address}/tickets")
    look(page, "no ticket yet")
    page.get_by_label("D’où viennent ces tickets").fill("GLPI")
    page.get_by_label("Export", exact=True).set_input_files({"name": "glpi.csv", "mimeType": "text/csv", "buffer": a_past()})
    page.get_by_role("button", name="Regarder cet export").click()
    expect(page.get_by_text("40 tickets lus")).to_be_visible()
    look(page, "the export looked at")
    picture(page, "export")
    page.get_by_role("button", name="Importer", exact=True).click()
    expect(page.get_by_text("Ce que cet export a apporté")).to_be_visible(timeout=30_000)
    picture(page, "imported")


def try_the_promises(page: Page, served: Served) -> None:
    page.goto(f"{served.address}/contrats")
    page.locator(".contracts tbody th a", has_text="Valdrène").click()
    follow(page, page.get_by_role("navigation", name="Pages du contrat").get_by_role("link", name="Essais"))
    look(page, "the form of a trial")
    picture(page, "form")
    page.get_by_label("Les engagements de l’offre ETI").check()
    page.get_by_role("button", name="Essayer sur le passé").click()
    expect(page.get_by_role("heading", name="Part des tickets tenus")).to_be_visible(timeout=60_000)


def test_an_export_becomes_a_promise_tried_and_a_clock_explained(demo: Served, browser: Browser) -> None:
    with browser.new_context(viewport=DESK, locale="fr-FR") as context, watched(context) as page:
        bring_an_export(page, demo)
        try_the_promises(page, demo)
        trial = page.url
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            look(page, f"a trial on {size['width']}")
            picture(page, f"trial-{size['width']}")
            page.goto(f"{trial}/manques?de=1")
            look(page, f"what was missed on {size['width']}")
            page.locator("tbody th a").first.click()
            expect(page.locator("svg.timeline").first).to_be_visible()
            look(page, f"the clock on {size['width']}")
            picture(page, f"clock-{size['width']}")
            page.goto(trial)
        follow(page, page.get_by_role("link", name=re.compile("^Tickets$")).first)
        look(page, "the sources on a phone")
        picture(page, "sources")
