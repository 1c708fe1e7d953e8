"""What a page must be for everybody's eyes and hands: axe finds nothing, nothing is wider than the screen, Tab reaches it."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

from tests.web.served import DESK, PHONE

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = {"runOnly": {"type": "tag", "values": WCAG}, "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
# Dark only changes colours, and colours do not depend on the width: in the dark, contrast is looked at, at one width.
AXE_IN_THE_DARK = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
# A contract has thousands of words of a few looks, and contrast is by far what takes axe longest. It is looked at on the first three
# elements of each look: the same tags, classes, colours and places all the way up, and the same size of letters.
CONTRAST_OF_EACH_LOOK = """
(() => {
  const numbers = new Map(), looks = new Map(), times = new Map();
  const numbered = (...parts) => {
    const look = JSON.stringify(parts);
    return numbers.get(look) ?? numbers.set(look, numbers.size).get(look);
  };
  const look = (element) => {
    if (element !== null && !looks.has(element)) {
      const { backgroundColor, backgroundImage, color, filter, mixBlendMode, opacity, position } = getComputedStyle(element);
      const own = [backgroundColor, backgroundImage, color, filter, mixBlendMode, opacity, position];
      looks.set(element, numbered(look(element.parentElement), element.localName, element.getAttribute("class"), ...own));
    }
    return looks.get(element) ?? null;
  };
  for (const element of document.querySelectorAll("body, body *")) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const { fontSize, fontWeight, textShadow } = getComputedStyle(element);
    const worded = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
    const seen = numbered(look(element), fontSize, fontWeight, textShadow, worded, element.matches(":disabled"));
    times.set(seen, (times.get(seen) ?? 0) + 1);
    element.toggleAttribute("data-contrast", times.get(seen) <= 3);
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-contrast]" }] });
})();
"""
SIGHTS = pytest.mark.parametrize(
    ("scheme", "viewport"), [("light", DESK), ("dark", DESK), ("light", PHONE)], ids=["desk", "desk-dark", "phone"]
)
MOST_TABS = 150


def look(page: Page, what: str, *, scheme: str = "light") -> None:
    """No violation that axe finds, and no sideways scroll."""
    options = AXE_IN_THE_DARK if scheme == "dark" else AXE
    faults = Axe(f"{AXE_SCRIPT}\n{CONTRAST_OF_EACH_LOOK}").run(page, options=options).response["violations"]
    found = [f"{fault['id']}: {[node['html'] for node in fault['nodes']]}" for fault in faults]
    assert found == [], f"{what}: {found}"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), f"{what} is wider than the screen"


def follow(page: Page, link: Locator) -> None:
    """Click what opens another page, and wait for it: what is looked at next is not the page that was left."""
    with page.expect_event("load"):
        link.click()


def tab_to(page: Page, selector: str) -> None:
    """Go with Tab to an element, as anybody does; stay if the focus is there already."""
    for _step in range(MOST_TABS):
        if page.evaluate(f"document.activeElement.matches('{selector}')"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached with Tab")
