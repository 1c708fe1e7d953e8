"""Ten contracts of other hands dropped at once, in a real Chromium: the report is read, one contract is confirmed into the estate."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import typst
from docx import Document
from playwright.sync_api import Browser, expect

from tests.actions.audited import OLD_CONTRACT
from tests.web.served import DESK, PHONE, Served, watched
from tests.web.sights import look

pytestmark = [pytest.mark.browser, pytest.mark.slow]
READ_IN = 120_000


def ten_files(folder: Path) -> list[Path]:
    """The same contract as Word, PDF and text, under several lengths of notice, and one file that cannot be read."""
    files = []
    for rank, notice in enumerate(("un mois", "deux mois", "trois mois", "quatre mois", "six mois")):
        words = OLD_CONTRACT.replace("trois mois", notice)
        (folder / f"contrat {rank}.txt").write_text(words, "utf-8")
        files.append(folder / f"contrat {rank}.txt")
    for rank in range(2):
        document = Document()
        for line in OLD_CONTRACT.split("\n\n"):
            document.add_paragraph(" ".join(line.split()))
        document.save(str(folder / f"contrat {rank}.docx"))
        made = typst.compile(f'#set text(lang: "fr")\n{OLD_CONTRACT}'.encode())
        assert isinstance(made, bytes)
        (folder / f"contrat {rank}.pdf").write_bytes(made)
        files += [folder / f"contrat {rank}.docx", folder / f"contrat {rank}.pdf"]
    (folder / "abîmé.docx").write_bytes(io.BytesIO(b"PK\x03\x04 rien").getvalue())
    return [*files, folder / "abîmé.docx"]


def test_ten_files_are_dropped_one_report_is_read_and_one_contract_enters_the_estate(
    demo: Served, browser: Browser, tmp_path: Path
) -> None:
    with browser.new_context(viewport=DESK, locale="fr-FR") as context, watched(context) as page:
        page.goto(f"{demo.address}/audits")
        look(page, "the audits, none yet")
        page.get_by_label("Contrats à auditer").set_input_files(ten_files(tmp_path))
        page.get_by_role("button", name="Auditer", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("10 fichiers déposés")
        expect(page.get_by_text(re.compile("^lu, au"))).to_have_count(9, timeout=READ_IN)
        expect(page.get_by_text("abîmé, ou d'un autre format")).to_be_visible(timeout=READ_IN)
        expect(page.get_by_text("30/09/2027")).to_have_count(5)
        look(page, "ten files audited")
        page.get_by_role("link", name="contrat 0.pdf").click()
        expect(page.get_by_role("heading", name="L’essentiel")).to_be_visible()
        expect(page.locator(".audit-finding blockquote").first).to_be_visible()
        look(page, "the report of a contract")
        page.set_viewport_size(PHONE)
        look(page, "the report of a contract on a telephone")
        page.set_viewport_size(DESK)
        with page.expect_download() as download:
            page.get_by_role("link", name="Rapport PDF").click()
        assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
        page.get_by_role("button", name="Tout confirmer").click()
        page.get_by_label("Client", exact=True).select_option(index=1)
        page.get_by_role("button", name="Ouvrir le contrat").click()
        expect(page).to_have_url(re.compile(r"/contrats/[0-9a-f-]{36}$"))
        expect(page.get_by_text("30 septembre 2027").first).to_be_visible()
        page.goto(f"{demo.address}/bibliotheque/parc")
        page.get_by_role("button", name="Parcourir les contrats").click()
        expect(page.get_by_text("contrats parcourus")).to_be_visible(timeout=READ_IN)
