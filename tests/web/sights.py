"""What a page must be for everybody's eyes and hands: axe finds nothing, nothing is wider than the screen, Tab reaches it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.web.served import DESK, PHONE

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = {"runOnly": {"type": "tag", "values": WCAG}, "rules": {"target-size": {"enabled": True}}}
# Dark only changes colours, and colours do not depend on the width: in the dark, contrast is looked at, at one width.
AXE_IN_THE_DARK = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
SIGHTS = pytest.mark.parametrize(
    ("scheme", "viewport"), [("light", DESK), ("dark", DESK), ("light", PHONE)], ids=["desk", "desk-dark", "phone"]
)
MOST_TABS = 150


def look(page: Page, what: str, *, scheme: str = "light") -> None:
    """No violation that axe finds, and no sideways scroll."""
    options = AXE_IN_THE_DARK if scheme == "dark" else AXE
    faults = Axe().run(page, options=options).response["violations"]
    found = [f"{fault['id']}: {[node['html'] for node in fault['nodes']]}" for fault in faults]
    assert found == [], what
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), f"{what} is wider than the screen"


def tab_to(page: Page, selector: str) -> None:
    """Go with Tab to an element, as anybody does; stay if the focus is there already."""
    for _step in range(MOST_TABS):
        if page.evaluate(f"document.activeElement.matches('{selector}')"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached with Tab")
