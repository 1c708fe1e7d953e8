"""The pages of the audits: files dropped, the report beside its quotes, the terms confirmed, the contract opened."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from convenu.actions.clients import add_client
from convenu.store.audits import StoredAudit
from convenu.store.tenancy import tenant_scope
from tests.actions.audited import OLD_CONTRACT
from tests.web.people import NOW, House, signed_in, text_of, words

pytestmark = pytest.mark.django_db
AUDITS = "/audits"


@pytest.fixture
def alice(house: House, settings: Any) -> Client:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    return signed_in(house.alice)


def upload(name: str, content: str) -> io.BytesIO:
    file = io.BytesIO(content.encode())
    file.name = name
    return file


def only(house: House) -> StoredAudit:
    with tenant_scope(house.argoat):
        return StoredAudit.objects.get()


def test_several_files_are_dropped_at_once_and_each_is_read_or_says_why_not(alice: Client) -> None:
    given = [upload("ancien.txt", OLD_CONTRACT), upload("abîmé.pdf", "%PDF-1.7\nrien")]
    assert alice.post(AUDITS, {"contracts": given, "segment": ""}).status_code == 302
    shown = words(alice, AUDITS)
    for said in ("2 fichiers déposés", "ancien.txt", "30/09/2027", "ne se lit pas comme un PDF"):
        assert said in shown
    assert "load delay" not in shown
    refused = alice.post(AUDITS, {"segment": ""})
    assert refused.status_code == 422
    assert "Cette réponse manque" in refused.content.decode()


def test_the_list_says_that_the_last_day_of_a_notice_is_past(house: House, alice: Client) -> None:
    alice.post(AUDITS, {"contracts": upload("ancien.txt", OLD_CONTRACT), "segment": ""})
    assert "passé</small>" not in words(alice, AUDITS)
    stored = only(house)
    with tenant_scope(house.argoat):
        stored.summary["notice_by"] = (stored.on_day - timedelta(days=1)).isoformat()
        stored.save()
    assert "passé</small>" in words(alice, AUDITS)


def test_a_report_shows_each_finding_beside_its_words_and_what_to_confirm(house: House, alice: Client) -> None:
    alice.post(AUDITS, {"contracts": upload("ancien.txt", OLD_CONTRACT), "segment": "pme"})
    shown = words(alice, reverse("audit", args=[only(house).pk]))
    for said in (
        "L’essentiel",
        "Bloquant",
        "Remède",
        "L. 441-10",
        "Termes lus, à confirmer",
        "1er janvier 2025",
        "Ce qui n’a pas été compris",
    ):
        assert said in shown
    assert "<blockquote>" in shown
    assert "Faire entrer ce contrat" not in shown


def test_the_page_says_why_a_provision_is_to_negotiate(house: House, alice: Client) -> None:
    without_figure = OLD_CONTRACT.replace(
        "La redevance est de 900 euros HT par mois", "Les prix sont ceux du devis signé, exprimés hors taxes"
    )
    alice.post(AUDITS, {"contracts": upload("ancien.txt", without_figure), "segment": "pme"})
    assert "à négocier&nbsp;: ne chiffre aucun prix" in words(alice, reverse("audit", args=[only(house).pk]))


def test_the_articles_in_which_nothing_was_recognised_are_named_on_the_page_and_in_the_reports(house: House, alice: Client) -> None:
    odd = (
        "Article 9 – Le jardin\n\nLes arbres de la cour gardent leurs feuilles jusqu'en novembre ; on les ramasse ensuite au pied du mur, "
    )
    alice.post(
        AUDITS, {"contracts": upload("ancien.txt", f"{OLD_CONTRACT}\n{odd}et rien d'autre n'en est dit nulle part.\n"), "segment": ""}
    )
    page = words(alice, reverse("audit", args=[only(house).pk]))
    assert "<li>Article 9 – Le jardin" in page
    report = alice.get(reverse("audit_file", args=[only(house).pk, "docx"])).content
    assert "Le jardin" in "".join(one.text for one in Document(io.BytesIO(report)).paragraphs)


def test_terms_confirmed_all_at_once_open_a_contract_of_the_estate(house: House, alice: Client) -> None:
    alice.post(AUDITS, {"contracts": upload("ancien.txt", OLD_CONTRACT), "segment": "pme"})
    key = only(house).pk
    assert alice.post(reverse("confirm_audit", args=[key]), {"all": "1"}).status_code == 302
    assert "Faire entrer ce contrat" in words(alice, reverse("audit", args=[key]))
    missing = alice.post(reverse("open_from_audit", args=[key]), {"client": "", "effective": ""})
    assert missing.status_code == 422
    with tenant_scope(house.argoat):
        client = add_client(house.alice, name="Menuiserie Kerlou", now=NOW)
    opened = alice.post(reverse("open_from_audit", args=[key]), {"client": str(client.pk), "effective": ""})
    assert "30 septembre 2027" in words(alice, opened.headers["Location"]).replace("\u00a0", " ")
    assert "Menuiserie Kerlou" in words(alice, AUDITS)


def test_a_value_badly_read_is_written_beside_its_words_and_one_refused_is_not_lost(house: House, alice: Client) -> None:
    alice.post(AUDITS, {"contracts": upload("ancien.txt", OLD_CONTRACT), "segment": "pme"})
    key = only(house).pk
    page = words(alice, reverse("audit", args=[key]))
    marks = dict(re.findall(r'name="(seen\.[a-z_]+)" value="([^"]+)"', page))
    assert {"seen.initial_duration", "seen.provider_notice_period"} <= marks.keys()
    typed = {**marks, "initial_duration": "environ deux", "initial_duration.unit": "years"}
    refused = alice.post(reverse("confirm_audit", args=[key]), typed)
    assert refused.status_code == 422
    shown = refused.content.decode()
    assert 'value="environ deux"' in shown
    assert 'class="mistake"' in shown
    assert alice.post(reverse("confirm_audit", args=[key]), typed | {"initial_duration": "2"}).status_code == 302
    after = text_of(alice.get(reverse("audit", args=[key])))
    assert "avez écrit\N{NO-BREAK SPACE}:</strong> 2\N{NO-BREAK SPACE}ans" in after
    assert "Un terme confirmé" in after


def test_whoever_only_reads_sees_no_button_and_downloads_the_report(house: House, alice: Client) -> None:
    alice.post(AUDITS, {"contracts": upload("ancien.txt", OLD_CONTRACT), "segment": ""})
    bob = signed_in(house.bob)
    shown = words(bob, reverse("audit", args=[only(house).pk]))
    assert "Tout confirmer" not in shown
    assert "Retirer ce fichier" not in shown
    report = bob.get(reverse("audit_file", args=[only(house).pk, "docx"]))
    assert report.headers["Content-Disposition"].startswith("attachment")
    assert bob.get(reverse("audit_file", args=[only(house).pk, "exe"])).status_code == 404
    assert bob.get("/audits/tableau.xlsx").content.startswith(b"PK")
    assert bob.get("/audits/tableau.exe").status_code == 404


def test_a_file_still_to_be_read_says_so_and_the_list_looks_again(house: House, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    alice = signed_in(house.alice)
    alice.post(AUDITS, {"contracts": upload("ancien.txt", OLD_CONTRACT), "segment": ""})
    assert "load delay" in words(alice, AUDITS)
    page = words(alice, reverse("audit", args=[only(house).pk]))
    assert "En attente" in page
    part = alice.get(AUDITS, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<section class="audit-part" id="audits"')
    assert alice.post(reverse("audit_again", args=[only(house).pk])).status_code == 422
    assert alice.get(reverse("audit_file", args=[only(house).pk, "pdf"])).status_code == 422


def test_the_files_that_wait_are_withdrawn_with_one_button(house: House, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    alice = signed_in(house.alice)
    alice.post(AUDITS, {"contracts": [upload("un.txt", OLD_CONTRACT), upload("deux.txt", OLD_CONTRACT + "\n")], "segment": ""})
    assert "Retirer les 2 fichiers en attente" in text_of(alice.get(AUDITS))
    assert alice.post(reverse("forget_waiting_audits")).status_code == 302
    assert "Aucun fichier" in words(alice, AUDITS)


def test_a_file_is_judged_again_and_removed(house: House, alice: Client) -> None:
    alice.post(AUDITS, {"contracts": upload("ancien.txt", OLD_CONTRACT), "segment": ""})
    key = only(house).pk
    assert alice.post(reverse("audit_again", args=[key])).status_code == 302
    assert alice.post(reverse("forget_audit", args=[key])).status_code == 302
    assert "Aucun fichier" in words(alice, AUDITS)
