from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction
from PIL import Image

from convenu.actions.brand import brand_of, change_brand
from convenu.actions.drafts import DOWNLOADS, draft_file, pdf_workers, version_file
from convenu.actions.findings import dismiss_finding
from convenu.actions.interview import answer, confirm_later
from convenu.actions.look_up import NotFoundError, find_file
from convenu.actions.permissions import NotAllowedError
from convenu.actions.positions import take_position
from convenu.actions.versions import save_version
from convenu.library import loader
from convenu.store.models import Contract, StoredFile
from convenu.store.tenancy import tenant_scope
from convenu.store.versions import FileKind, digest_of
from convenu.terms.files import read_terms
from convenu.vocabulary.mistakes import MistakesError
from tests.actions.deals import FORBIDDEN_PAYMENT, LATER, a_contract, view
from tests.web.people import NOW, House


@pytest.fixture(scope="module", autouse=True)
def no_worker_left() -> Iterator[None]:
    yield
    pdf_workers().close()


def a_logo(size: int = 40) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (size, size), "#204060").save(buffer, "PNG")
    return buffer.getvalue()


def words_in(docx: bytes) -> str:
    from docx import Document

    document = Document(io.BytesIO(docx))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*[paragraph.text for paragraph in document.paragraphs], *cells])


def test_a_draft_comes_in_every_format_under_a_name_of_its_own(argoat: House, contract: Contract) -> None:
    made = {kind: draft_file(argoat.bob, contract, kind, now=NOW) for kind in DOWNLOADS}
    stem = "hel-2026-017-valdrene-ingenierie-sans-numero"
    assert sorted(one.name for one in made.values()) == sorted(
        [f"{stem}.docx", f"{stem}.pdf", f"{stem}.html", f"{stem}.md", f"{stem}-termes.yaml", f"{stem}-note-avocat.docx"]
    )
    assert made[FileKind.PDF].content.startswith(b"%PDF-")
    assert zipfile.is_zipfile(io.BytesIO(made[FileKind.WORD].content))
    assert "Valdrène Ingénierie" in made[FileKind.HTML].content.decode()
    assert "Valdrène Ingénierie" in made[FileKind.MARKDOWN].content.decode()
    assert read_terms(made[FileKind.TERMS].content) == view(argoat.alice, contract).terms
    assert not StoredFile.objects.exists()


def test_the_note_names_the_wordings_that_were_chosen(argoat: House, contract: Contract) -> None:
    take_position(argoat.alice, contract, "access_mandate", "each_session", now=NOW)
    told = words_in(draft_file(argoat.bob, contract, FileKind.NOTE, now=NOW).content)
    assert "Accord du Client et enregistrement à chaque session" in told
    assert "each_session" not in told


def test_the_note_tells_the_lawyer_what_is_open_explained_and_unusual(argoat: House, contract: Contract) -> None:
    answer(argoat.alice, contract, {**FORBIDDEN_PAYMENT, "notice_period": {"value": "6 months", "origin": "negotiated"}}, now=NOW)
    confirm_later(argoat.alice, contract, ["client_cyber_insurance"], who="Soizic Andrieu", now=NOW)
    finding = next(one.finding for one in view(argoat.alice, contract).findings.active if one.finding.rule == "com-l441-10-delai")
    dismiss_finding(argoat.alice, contract, finding.key, reason="Usage de la profession, à discuter.", now=NOW)
    words = words_in(draft_file(argoat.alice, contract, FileKind.NOTE, now=NOW).content)
    for told in ("Soizic Andrieu", finding.message, "Usage de la profession, à discuter.", "Préavis du Client", "négocié"):
        assert told in words


def test_a_versions_file_is_made_once_and_given_back_byte_for_byte(argoat: House, contract: Contract) -> None:
    version = save_version(argoat.alice, contract, now=NOW)
    first = version_file(argoat.alice, version, FileKind.WORD, now=NOW)
    answer(argoat.alice, contract, {"notice_period": "1 months"}, now=LATER)
    again = version_file(argoat.bob, version, FileKind.WORD, now=LATER)
    assert (again.pk, bytes(again.content), again.by) == (first.pk, bytes(first.content), argoat.alice.user)
    assert first.sha256 == digest_of(bytes(first.content))
    assert first.name == "hel-2026-017-valdrene-ingenierie-v0-1.docx"
    assert draft_file(argoat.alice, contract, FileKind.WORD, now=LATER).name == "hel-2026-017-valdrene-ingenierie-v0-1-modifiee.docx"


def test_a_kept_file_is_neither_changed_nor_removed(argoat: House, contract: Contract) -> None:
    version_file(argoat.alice, save_version(argoat.alice, contract, now=NOW), FileKind.MARKDOWN, now=NOW)
    for sql in ("UPDATE store_storedfile SET name = 'x'", "DELETE FROM store_storedfile"):
        with pytest.raises(DatabaseError, match="kept as it was"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_version_that_the_library_would_now_write_otherwise_gives_its_kept_files_and_no_new_one(
    argoat: House, contract: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = save_version(argoat.alice, contract, now=NOW)
    kept = version_file(argoat.alice, version, FileKind.MARKDOWN, now=NOW)
    shipped = loader.french()
    monkeypatch.setattr(loader, "pinned", lambda *_pin: replace(shipped, hash="f" * 64, clauses=()))
    assert version_file(argoat.alice, version, FileKind.MARKDOWN, now=LATER) == kept
    with pytest.raises(MistakesError, match="Enregistrez une nouvelle version"):
        version_file(argoat.alice, version, FileKind.WORD, now=LATER)


def test_the_msps_look_is_on_its_documents(argoat: House, contract: Contract) -> None:
    plain = brand_of(argoat.argoat)
    assert (plain.name, plain.logo) == ("Argoat Informatique", None)
    assert "SIREN 000\u202f120\u202f261 RCS Rennes" in plain.legal_footer
    change_brand(argoat.alice, colour="#8A1C1C", legal_footer="Argoat, toujours là", logo=a_logo(), now=NOW)
    brand = brand_of(argoat.argoat)
    assert (brand.colour, brand.legal_footer) == ("#8a1c1c", "Argoat, toujours là")
    assert brand.logo is not None
    assert brand.logo.content == a_logo()
    packed = zipfile.ZipFile(io.BytesIO(draft_file(argoat.alice, contract, FileKind.WORD, now=NOW).content))
    assert [name for name in packed.namelist() if name.endswith(".png")]
    change_brand(argoat.alice, colour="#8A1C1C", now=LATER)
    assert brand_of(argoat.argoat).logo is not None
    change_brand(argoat.alice, without_logo=True, now=LATER)
    assert brand_of(argoat.argoat).logo is None


def test_every_mistake_on_the_look_is_told_at_once(argoat: House) -> None:
    with pytest.raises(MistakesError) as refused:
        change_brand(argoat.alice, colour="rouge", legal_footer="x" * 301, logo=b"<svg onload=alert(1)>", now=NOW)
    assert {mistake.where for mistake in refused.value.mistakes} == {"logo", "colour", "legal_footer"}
    with pytest.raises(NotAllowedError):
        change_brand(argoat.bob, colour="#000000", now=NOW)


def test_another_organisations_files_do_not_exist_here(argoat: House) -> None:
    with tenant_scope(argoat.brocel):
        theirs = a_contract(argoat.charlie)
        version = save_version(argoat.charlie, theirs, now=NOW)
        kept = version_file(argoat.charlie, version, FileKind.MARKDOWN, now=NOW)
        change_brand(argoat.charlie, colour="#123456", now=NOW)
    for attempt in (
        lambda: draft_file(argoat.alice, theirs, FileKind.MARKDOWN, now=NOW),
        lambda: version_file(argoat.alice, version, FileKind.MARKDOWN, now=NOW),
        lambda: find_file(argoat.alice, kept.pk),
    ):
        with pytest.raises(NotFoundError):
            attempt()
    assert brand_of(argoat.argoat).colour != "#123456"
