"""Past tickets on their pages: an export answered and imported, promises tried and compared, the clock of one ticket told."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from convenu.actions.interview import answer as answer_to
from convenu.connectors import reading_apart
from convenu.store.links import LinkRole
from convenu.store.models import Contract, ReplayRun, StoredTicket, TicketImport, TicketSource
from convenu.store.tenancy import tenant_scope
from convenu.store.work import WorkState
from convenu.vocabulary.french import plain_spaces
from tests.actions.deals import a_full_contract
from tests.actions.test_replays import a_past
from tests.actions.test_tickets import ROWS
from tests.web.people import NOW, House
from tests.web.test_access import a_link, holder_of

pytestmark = pytest.mark.django_db
COLUMNS = {
    "column.ticket": "Numéro",
    "column.opened_at": "Ouvert le",
    "column.restored_at": "Résolu le",
    "column.priority": "Priorité",
    "column.client": "Société",
    "layout": "tickets",
}
OURS = {f"column.{name}": name for name in ("ticket", "opened_at", "priority")}
WORDS = {"priorities.word": ["Haute", "Basse", "Étrange"], "priorities.0": "P1", "priorities.1": "P3", "priorities.2": ""}


@pytest.fixture(autouse=True)
def work_at_hand(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    monkeypatch.setattr(reading_apart, "lines_apart", lambda _module, given, **_bounds: reading_apart.answers(BytesIO(given)))


def sent(client: Client, content: bytes, name: str = "export.csv", source: str = "GLPI") -> str:
    answer = client.post("/tickets", {"source": source, "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def text(answer: Any) -> str:
    return plain_spaces(re.sub(r"\s+", " ", answer.content.decode()))


def test_an_export_is_looked_at_answered_then_imported_by_its_pages(house: House, alice: Client) -> None:
    address = sent(alice, ROWS.encode())
    seen = text(alice.get(address))
    assert "À répondre avant de lire" in seen
    assert 'aria-describedby="timezone-error"' in seen
    with tenant_scope(house.argoat):
        assert not StoredTicket.objects.exists()
    seen = text(alice.post(address, {**COLUMNS, **WORDS, "timezone": "Europe/Paris", "faire": "relire"}))
    assert "2 tickets lus, 1 ligne refusée, 1 ticket laissé de côté" in seen
    assert "« Étrange » sans correspondance" in seen
    done = alice.post(address, {**COLUMNS, **WORDS, "timezone": "Europe/Paris", "faire": "importer"})
    shown = text(alice.get(done.headers["Location"]))
    assert "Tickets nouveaux</dt><dd>2" in shown
    assert "priorité « Étrange » sans correspondance" in shown
    assert "GLPI" in text(alice.get("/tickets"))


def test_a_refused_row_is_handed_back_as_no_formula(alice: Client) -> None:
    address = sent(alice, b"ticket,opened_at,priority\n=1+1,2026-02-02T09:00Z,P9\n2,2026-02-02T09:00Z,P1\n")
    done = alice.post(
        address, {"column.ticket": "ticket", "column.opened_at": "opened_at", "column.priority": "priority", "faire": "importer"}
    )
    answer = alice.get(f"{done.headers['Location']}/refus.csv")
    assert "'=1+1" in answer.content.decode("utf-8-sig")
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_what_separates_the_columns_is_asked_when_it_is_not_certain(alice: Client) -> None:
    address = sent(alice, b"ticket;opened_at;priority,x\n1;2026-02-02T09:00Z;P1,y\n")
    assert "séparateur incertain" in text(alice.get(address)).lower()
    seen = text(alice.post(address, {"delimiter": ";", "faire": "relire"}))
    assert "séparateur incertain" not in seen.lower()
    assert "colonne nécessaire" in seen.lower()
    assert '<option value="priority,x"' in seen


def test_an_import_under_way_shows_how_far_it_is_and_can_be_stopped(house: House, alice: Client, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    address = sent(alice, b"ticket,opened_at,priority\n2,2026-02-02T09:00Z,P1\n")
    alice.post(address, {**OURS, "faire": "importer"})
    followed = address.replace("exports", "imports")
    part = alice.get(followed, headers={"HX-Request": "true"}).content.decode()
    assert "load delay:1s" in part
    assert "<html" not in part
    alice.post(followed, {"faire": "arreter"})
    with tenant_scope(house.argoat):
        assert TicketImport.objects.get().state == WorkState.STOPPED
    assert alice.get(followed, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "Recommencer" in text(alice.get(followed))


@pytest.fixture
def contract(house: House, alice: Client) -> Contract:
    address = sent(alice, a_past())
    names = ("ticket", "opened_at", "acknowledged_at", "responded_at", "restored_at", "priority", "client")
    assert alice.post(address, {**{f"column.{name}": name for name in names}, "faire": "importer"}).status_code == 302
    with tenant_scope(house.argoat):
        return a_full_contract(house.alice)


def tried(house: House, client: Client, contract: Contract, *proposals: str, **changes: str) -> str:
    with tenant_scope(house.argoat):
        source = str(TicketSource.objects.get().pk)
    answer = client.post(f"/contrats/{contract.pk}/passe", {"proposition": list(proposals), "source": [source], **changes})
    assert answer.status_code == 302, text(answer)
    return str(answer.headers["Location"])


def test_a_replay_is_drawn_with_words_and_figures_beside_each_drawing(house: House, alice: Client, contract: Contract) -> None:
    page = text(alice.get(tried(house, alice, contract, "projet", "offre-eti")))
    for words in ("Part des tickets tenus", "Avoirs qui auraient été dus", "Temps pris face au délai", "Les chiffres", "Empreintes"):
        assert words in page
    assert "Les délais les plus serrés que ce passé a tenus" in page
    assert "Ce que changeraient d’autres horaires" in page or "Ce que changeraient d'autres horaires" in page
    assert page.count('<svg class="interval"') > 4
    # A drawing is read by a browser, whatever the language: no comma in a place.
    assert not re.search(r'(?:x|x1|width|height|y)="[0-9]+,[0-9]', page)
    for svg in re.findall(r"<svg[^>]*>", page):
        assert 'aria-hidden="true"' in svg or 'role="img" aria-label=' in svg


def test_a_share_drawn_from_tickets_known_differently_says_how_many_of_each(house: House, alice: Client, contract: Contract) -> None:
    alike = text(alice.get(tried(house, alice, contract, "projet")))
    assert alike.count("Preuve :") == 1
    with tenant_scope(house.argoat):
        for one in StoredTicket.objects.filter(key__in=("3", "4")):
            one.facts = one.facts.replace("end_points", "full_history")
            one.save()
    mixed = text(alice.get(tried(house, alice, contract, "projet")))
    assert "Preuve : début et fin seulement, suspensions inconnues (13) ; historique complet (1)" in mixed


def test_each_breach_leads_to_the_clock_of_its_ticket_with_articles(house: House, alice: Client, contract: Contract) -> None:
    with tenant_scope(house.argoat):
        answer_to(house.alice, contract, {"response_time": {"P1": "10 business_minutes", "P2": "1 business_hours"}}, now=NOW)
    address = tried(house, alice, contract, "projet")
    missed = alice.get(f"{address}/manques?de=0")
    link = re.search(r'href="([^"]+/ticket\?de=0&amp;numero=[^"]+)"', missed.content.decode())
    assert link is not None
    page = text(alice.get(link[1].replace("&amp;", "&")))
    for words in ("Ce que l'outil a noté", "non compté", "compté", "article", "échéance", "Plage de service"):
        assert words in page.replace("’", "'")
    assert alice.get(f"{address}/manques?de=7").status_code == 404
    assert alice.get(f"{address}/ticket?de=0&numero=nobody").status_code == 404


def test_the_wait_before_the_hours_is_told_as_not_counted(house: House, alice: Client, contract: Contract) -> None:
    with tenant_scope(house.argoat):
        StoredTicket.objects.filter(key="3").update(
            facts='{"events":[{"at":1776150000,"kind":"responded"}],"evidence":"end_points","key":"3","kind":"incident",'
            '"opened_at":1776110400,"priority":"P1"}'
        )
    page = text(alice.get(f"{tried(house, alice, contract, 'projet')}/ticket?de=0&numero=3")).replace("’", "'")
    assert "appel hors de la Plage de service : le délai part à son ouverture" in page
    assert "13/04/2026 22:00" in page


def test_the_past_of_a_promise_is_shown_to_the_msp_and_to_nobody_who_reads_by_a_link(
    house: House, alice: Client, contract: Contract
) -> None:
    assert "Essayer ces promesses sur vos tickets passés" in text(alice.get(f"/contrats/{contract.pk}/entretien/niveaux/tout-voir"))
    tried(house, alice, contract, "projet")
    for address in (f"/contrats/{contract.pk}", f"/contrats/{contract.pk}/entretien/niveaux/tout-voir"):
        page = text(alice.get(address))
        assert "Ce que le passé en dit" in page
        assert "tenus sur" in page
        assert "Preuve : début et fin seulement, suspensions inconnues (40)." in page
    for role in (LinkRole.LAWYER, LinkRole.CLIENT):
        with tenant_scope(house.argoat):
            given = a_link(house.alice, contract, role)
        shared = text(holder_of(given).get(reverse("shared", args=[given.link.pk])))
        assert "Rétablissement" in shared
        assert "tenus sur" not in shared


def test_a_client_without_history_is_told_plainly_to_be_a_supposition(house: House, alice: Client, contract: Contract) -> None:
    drawn = {"historique": "prete", "equipements": "10", "parmi": "40", "tirage": "2"}
    page = text(alice.get(tried(house, alice, contract, "projet", **drawn)))
    assert "une supposition" in page
    refused = alice.post(f"/contrats/{contract.pk}/passe", {"proposition": ["projet"], **drawn, "parmi": "0"})
    assert refused.status_code == 422


def test_a_replay_is_removed_by_whoever_may_try(house: House, alice: Client, contract: Contract) -> None:
    alice.post(tried(house, alice, contract, "projet"), {"faire": "supprimer"})
    with tenant_scope(house.argoat):
        assert not ReplayRun.objects.exists()
