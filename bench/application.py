"""The application as a person meets it: from the command to the first page, and from an answer to the words and findings on screen."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.deal import CLIENT
from bench.measure import Line

BROWSER = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
)
ANSWERS = 40
FIRST_START, SECOND_START, ON_SCREEN = 180.0, 5.0, 0.300
# Types an answer as a person who leaves the field, and waits until the document beside says it.
ANSWER = """async (days) => {
  const field = document.querySelector('[name="payment_days"]');
  const start = performance.now();
  field.value = String(days);
  field.dispatchEvent(new Event("input", {bubbles: true}));
  field.dispatchEvent(new Event("change", {bubbles: true}));
  const wanted = new RegExp(`${days}\\\\s+jours`);
  while (!wanted.test(document.querySelector("#clause-invoicing_and_payment").textContent)) {
    if (performance.now() - start > 10000) throw new Error("the document never said it");
    await new Promise(requestAnimationFrame);
  }
  return (performance.now() - start) / 1000;
}"""


def measure() -> Iterator[Line]:
    """Both starts of the demo, then forty answers in a real browser."""
    with tempfile.TemporaryDirectory() as folder:
        with _served(Path(folder)) as (_address, seconds):
            yield _kept("Start, nothing prepared yet: to the first page", seconds, FIRST_START, "under 3 min")
        with _served(Path(folder)) as (address, seconds):
            yield _kept("Start, the second time: to the first page", seconds, SECOND_START, "under 5 s")
            taken = sorted(_answers(address))
    yield Line(what="An answer to the words on screen, median", seconds=taken[len(taken) // 2], runs=len(taken))
    worst = taken[int(len(taken) * 0.95)]
    yield _kept("An answer to the words on screen, 95th percentile", worst, ON_SCREEN, "under 300 ms", runs=len(taken))


def _kept(what: str, seconds: float, limit: float, promise: str, *, runs: int = 1) -> Line:
    return Line(what=what, seconds=seconds, runs=runs, promise=promise, kept=seconds < limit)


def _answers(address: str) -> list[float]:
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path="/usr/bin/chromium", args=list(BROWSER))
        page = browser.new_page()
        _open_the_payment_question(page, address)
        page.evaluate(ANSWER, 20)
        taken: list[float] = [page.evaluate(ANSWER, 21 + rank) for rank in range(ANSWERS)]
        browser.close()
    return taken


def _open_the_payment_question(page: Page, address: str) -> None:
    page.goto(f"{address}/contrats")
    contract = page.locator(".contracts tbody th a", has_text=CLIENT).get_attribute("href")
    page.goto(f"{address}{contract}/entretien/prix/invoicing")


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, float]]:
    """The demo on a free port, and how long its first page took to answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from convenu.cli.main import main; main()", "serve", "--demo", "--port", str(port)]
    start = time.perf_counter()
    server = subprocess.Popen(command, env={**os.environ, "CONVENU_DATA": str(folder)}, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        while not _answers_pages(address):
            if server.poll() is not None:
                raise RuntimeError("the application stopped before its first page")
            time.sleep(0.05)
        yield address, time.perf_counter() - start
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _answers_pages(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except OSError:
        return False
