from __future__ import annotations

import io
import re
import uuid
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from docx import Document

from convenu.actions.contract_view import contract_view
from convenu.actions.current_terms import current_terms
from convenu.actions.exchange import export_organisation
from convenu.actions.interview import answer
from convenu.actions.look_up import find_contract
from convenu.actions.standing import Standing
from convenu.actions.versions import save_version
from convenu.library.loader import french
from convenu.store.models import Client as ClientRow
from convenu.store.models import Contract
from convenu.store.people import Role
from convenu.store.tenancy import tenant_scope
from convenu.vocabulary.french import plain_spaces
from convenu.web.contract_frame import TABS
from convenu.web.navigation import UNDER
from tests.actions.deals import FORBIDDEN_PAYMENT, TODAY, a_contract, a_full_contract
from tests.web.people import NOW, PASSWORD, House, add_member, open_house, signed_in, text_of

HX = {"HX-Request": "true"}


@pytest.fixture
def full(house: House) -> Contract:
    """A contract with every answer of the example."""
    with tenant_scope(house.argoat):
        return a_full_contract(house.alice)


@pytest.fixture
def fresh(house: House) -> Contract:
    """A contract just opened."""
    with tenant_scope(house.argoat):
        return a_contract(house.alice)


def invoicing(contract: Contract) -> str:
    return reverse("question", args=[contract.pk, "prix", "invoicing"])


def fields(page: str) -> dict[str, Any]:
    """What a browser would post of the question's form, untouched."""
    start = page.index('<form id="question"')
    form = page[start : page.index("</form>", start)]
    form = re.sub(r"<template.*?</template>", "", form, flags=re.DOTALL)
    posted: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = attribute(tag, "name"), attribute(tag, "value")
        if name and (('type="radio"' not in tag and 'type="checkbox"' not in tag) or " checked" in tag):
            posted.setdefault(name, []).append(value)
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, flags=re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options) or re.search(r'<option value="([^"]*)"', options)
        posted[name] = [chosen[1] if chosen else ""]
    for name, typed in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, flags=re.DOTALL):
        posted[name] = [typed]
    return posted


def attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found[1] if found else ""


def partials(page: str) -> dict[str, str]:
    """The pieces of an answer by what they replace."""
    return dict(re.findall(r'<hx-partial hx-target="([^"]+)"\s+hx-swap="[^"]+">(.*?)</hx-partial>', page, flags=re.DOTALL))


def terms(house: House, contract: Contract) -> Any:
    with tenant_scope(house.argoat):
        return current_terms(contract)


# ------------------------------------------------------------------------------------------------- clients and contracts


def test_a_client_is_added_then_found_by_a_word_or_by_its_siren(alice: Client) -> None:
    added = alice.post("/clients/nouveau", {"name": "Valdrène Ingénierie", "siren": "000 481 481"}, follow=True)
    assert "Valdrène Ingénierie est ajouté." in text_of(added)
    assert "Valdrène" in text_of(alice.get("/clients?q=ingén"))
    assert "Valdrène" in text_of(alice.get("/clients?q=000481"))
    assert "Aucun client ne correspond." in text_of(alice.get("/clients?q=personne"))


def test_a_mistake_in_a_client_stays_on_screen_with_what_was_typed(alice: Client) -> None:
    refused = alice.post("/clients/nouveau", {"name": "Valdrène", "siren": "123"})
    assert refused.status_code == 422
    assert 'value="123"' in text_of(refused)
    assert "faux" in text_of(refused)


def test_an_archived_client_leaves_the_list_and_comes_back(house: House, alice: Client, fresh: Contract) -> None:
    address = reverse("archive_client", args=[fresh.client_id])
    alice.post(address, {"do": "archive"}, follow=True)
    assert "Valdrène" not in text_of(alice.get("/clients"))
    assert "Valdrène" in text_of(alice.get("/clients?archives=1"))
    alice.post(address, {"do": "restore"}, follow=True)
    assert "Valdrène" in text_of(alice.get("/clients"))
    with tenant_scope(house.argoat):
        assert ClientRow.objects.get(pk=fresh.client_id).archived_at is None


def test_a_new_contract_opens_on_the_first_question_that_lacks_something(house: House, alice: Client) -> None:
    alice.post("/clients/nouveau", {"name": "Valdrène Ingénierie"})
    with tenant_scope(house.argoat):
        client = ClientRow.objects.get()
    page = alice.post("/contrats/nouveau", {"client": client.pk, "segment": "pme"}, follow=True)
    assert page.redirect_chain[-1][0].endswith("/entretien/parties/client_identity")
    assert "Valdrène Ingénierie" in text_of(page)


def test_the_table_is_filtered_and_sorted_by_its_address(alice: Client, house: House, full: Contract) -> None:
    with tenant_scope(house.argoat):
        a_contract(house.alice, "Atelier Brume", "")
    table = text_of(alice.get("/contrats?tri=client"))
    assert table.index("Atelier Brume") < table.index("Valdrène")
    assert 'aria-sort="ascending"' in table
    backwards = text_of(alice.get("/contrats?tri=-client"))
    assert backwards.index("Valdrène") < backwards.index("Atelier Brume")
    assert "Valdrène" not in text_of(alice.get("/contrats?q=brume"))
    assert f"/contrats/{full.pk}" in table


def test_a_contract_whose_release_is_not_installed_is_listed_with_what_is_missing_beside_the_others(
    house: House, alice: Client, full: Contract
) -> None:
    with tenant_scope(house.argoat):
        lacking = a_contract(house.alice, "Autre", "")
        Contract.objects.filter(pk=lacking.pk).update(library_release="2031.01", library_hash="0" * 64)
    for address in ("/", "/contrats", f"/clients/{lacking.client_id}"):
        response = alice.get(address)
        assert response.status_code == 200, address
        assert "Bibliothèque « 2031.01 » absente de cette installation" in plain_spaces(text_of(response)), address
    assert full.reference in text_of(alice.get("/contrats"))


def test_an_archived_contract_is_read_and_refuses_answers(house: House, alice: Client, full: Contract) -> None:
    alice.post(reverse("change_contract", args=[full.pk]), {"do": "archive"})
    page = text_of(alice.get(invoicing(full)))
    assert "Continuer</button>" not in page
    refused = alice.post(invoicing(full), {"payment_days": "12", "payment_days.unit": "days", "seen.payment_days": "9-x"}, follow=True)
    assert "Ce contrat est archivé." in text_of(refused)
    assert str(terms(house, full).payment_days.value.count) == "30"
    assert "Valdrène" in text_of(alice.get("/contrats?etat=archives"))


def test_the_next_clients_contract_leaves_out_the_first_ones_own(house: House, alice: Client, full: Contract) -> None:
    alice.post("/clients/nouveau", {"name": "Atelier Brume"})
    with tenant_scope(house.argoat):
        other = ClientRow.objects.get(name="Atelier Brume")
    alice.post(reverse("duplicate_contract", args=[full.pk]), {"client": other.pk})
    with tenant_scope(house.argoat):
        copy = Contract.objects.get(client=other)
    assert terms(house, copy).client_name.value == "Atelier Brume"
    assert terms(house, copy).inventory.unknown
    assert copy.duplicated_from_id == full.pk


def test_a_technician_answers_but_opens_no_contract(house: House, full: Contract) -> None:
    bob = signed_in(house.bob)
    assert "Nouveau contrat" not in text_of(bob.get("/contrats"))
    assert bob.get("/contrats/nouveau").status_code == 403
    assert "Continuer</button>" in text_of(bob.get(invoicing(full)))


def test_a_reader_sees_the_interview_without_any_button_that_changes(house: House, full: Contract) -> None:
    reader = signed_in(add_member(house.argoat, "Lena", "lena@argoat.example", Role.READ_ONLY))
    page = text_of(reader.get(invoicing(full)))
    assert "Sans objet" not in page
    assert 'hx-trigger="answer' not in page
    assert reader.post(invoicing(full), {}).status_code == 403


# ---------------------------------------------------------------------------------------------------------- the interview


def test_a_form_posted_untouched_answers_nothing(house: House, alice: Client, full: Contract) -> None:
    for section, question in (("prix", "invoicing"), ("parc", "inventory"), ("assistance", "hours"), ("niveaux", "priority")):
        address = reverse("question", args=[full.pk, section, question])
        before = terms(house, full)
        alice.post(address, fields(text_of(alice.get(address))))
        assert terms(house, full) == before, question


def test_an_answer_sends_back_only_the_clauses_it_changed(alice: Client, full: Contract) -> None:
    posted = fields(text_of(alice.get(invoicing(full))))
    changed = alice.post(invoicing(full), {**posted, "payment_days": "20"}, headers=HX)
    pieces = partials(text_of(changed))
    clauses = {target for target in pieces if target.startswith("#clause-")}
    assert changed.status_code == 200
    assert "#clause-invoicing_and_payment" in clauses
    assert len(clauses) <= 4
    assert "20\u00a0jours" in pieces["#clause-invoicing_and_payment"]
    assert re.search(r"Enregistré à \d+\u00a0h", pieces["#stamp"])
    assert "Modifié" in pieces["#status"]
    # The summary, whose line changed, is sent whole.
    assert len(text_of(changed).encode()) < 36_000


def test_an_answer_that_raises_a_finding_says_so_and_its_undo_lifts_it(alice: Client, full: Contract) -> None:
    posted = fields(text_of(alice.get(invoicing(full))))
    wrong = alice.post(invoicing(full), {**posted, "payment_days": "60", "payment_start": "end_of_month"}, headers=HX)
    pieces = partials(text_of(wrong))
    assert "nouveau constat." in pieces["#status"]
    assert "Délai de paiement" in pieces["#findings"]
    undo = re.search(r'action="([^"]+/annuler)"', pieces["#stamp"])
    assert undo is not None
    back = alice.post(undo[1], {"here": "invoicing", "shown": posted["shown"]}, headers=HX)
    assert "C’est annulé." in text_of(back)
    assert "constat levé." in text_of(back)
    assert "#inputs-payment_days" in partials(text_of(back))


def test_a_value_that_cannot_be_read_is_told_at_its_field_and_blocks_nothing_else(house: House, alice: Client, full: Contract) -> None:
    posted = fields(text_of(alice.get(invoicing(full))))
    refused = alice.post(invoicing(full), {**posted, "payment_days": "vite", "payment_method": "direct_debit"}, headers=HX)
    assert refused.status_code == 422
    assert "Écrivez un nombre" in partials(text_of(refused))["#about-payment_days"]
    assert "#inputs-payment_days" not in partials(text_of(refused))
    kept = terms(house, full)
    assert str(kept.payment_days.value.count) == "30"
    assert kept.payment_method.value == "direct_debit"


def test_without_scripts_the_same_form_keeps_what_was_typed_and_shows_the_mistake(alice: Client, full: Contract) -> None:
    posted = fields(text_of(alice.get(invoicing(full))))
    refused = alice.post(invoicing(full), {**posted, "payment_days": "vite"})
    assert refused.status_code == 422
    assert 'value="vite"' in text_of(refused)
    assert "Écrivez un nombre" in text_of(refused)


def test_without_scripts_continuing_goes_to_the_next_question_that_lacks_something(alice: Client, fresh: Contract) -> None:
    address = reverse("question", args=[fresh.pk, "parties", "client_signatory"])
    posted = fields(text_of(alice.get(address)))
    going = alice.post(address, {**posted, "client_signatory": "Hervé", "client_signatory_quality": "gérant", "go": "next"})
    assert going.headers["Location"].endswith("/entretien/parties/headcount")
    assert "Modifié" in text_of(alice.get(going.headers["Location"]))


def test_continuing_with_scripts_brings_the_next_question_and_its_address(alice: Client, fresh: Contract) -> None:
    address = reverse("question", args=[fresh.pk, "parties", "client_signatory"])
    posted = fields(text_of(alice.get(address)))
    moved = alice.post(address, {**posted, "client_signatory": "Hervé", "client_signatory_quality": "gérant", "go": "next"}, headers=HX)
    assert moved.headers["HX-Push-Url"].endswith("/parties/headcount")
    assert "Combien de salariés" in partials(text_of(moved))["#question-pane"]


def test_none_later_and_back_to_the_default(house: House, alice: Client, full: Contract) -> None:
    address = reverse("question", args=[full.pk, "besoins", "downtime"])
    posted = fields(text_of(alice.get(address)))
    alice.post(address, {**posted, "none": "downtime_cost"}, headers=HX)
    assert terms(house, full).downtime_cost.state == "none"
    posted = fields(text_of(alice.get(address)))
    later = {**posted, "later.downtime_cost.who": "Soizic Andrieu", "later.downtime_cost.before": str(TODAY + timedelta(days=3650))}
    told = alice.post(address, {**later, "later": "downtime_cost"}, headers=HX)
    assert "À confirmer par Soizic Andrieu" in partials(text_of(told))["#about-downtime_cost"]
    assert "◇" in partials(text_of(told))["#rail"]
    assert "Soizic Andrieu" in text_of(alice.get(reverse("answers", args=[full.pk])))
    alice.post(invoicing(full), {**fields(text_of(alice.get(invoicing(full)))), "payment_days": "12"}, headers=HX)
    assert "Revenir à 30" in text_of(alice.get(invoicing(full)))
    alice.post(invoicing(full), {**fields(text_of(alice.get(invoicing(full)))), "reset": "payment_days"}, headers=HX)
    assert str(terms(house, full).payment_days.value.count) == "30"


def test_nobody_named_for_later_is_told_at_the_field(alice: Client, full: Contract) -> None:
    refused = alice.post(invoicing(full), {**fields(text_of(alice.get(invoicing(full)))), "later": "payment_days"}, headers=HX)
    assert refused.status_code == 422
    assert "Dites qui doit confirmer." in partials(text_of(refused))["#about-payment_days"]


def test_two_people_on_the_same_answer_choose_which_one_stands(house: House, alice: Client, full: Contract) -> None:
    before = fields(text_of(alice.get(invoicing(full))))
    bob = signed_in(house.bob)
    bob.post(invoicing(full), {**fields(text_of(bob.get(invoicing(full)))), "payment_days": "25"}, headers=HX)
    held = alice.post(invoicing(full), {**before, "payment_days": "20"}, headers=HX)
    about = partials(text_of(held))["#about-payment_days"]
    assert held.status_code == 409
    assert "Bob Le Goff a choisi 25\u00a0jours" in about
    assert "Garder 25" in about
    assert "Mettre 20" in about
    assert str(terms(house, full).payment_days.value.count) == "25"
    force = re.search(r'name="force" value="([^"]+)"', about)
    assert force is not None
    alice.post(invoicing(full), {**before, "payment_days": "20", "force": force[1]}, headers=HX)
    assert str(terms(house, full).payment_days.value.count) == "20"


def test_another_persons_answer_to_another_term_is_no_conflict_and_is_not_undone(house: House, alice: Client, full: Contract) -> None:
    before = fields(text_of(alice.get(invoicing(full))))
    bob = signed_in(house.bob)
    bob.post(invoicing(full), {**fields(text_of(bob.get(invoicing(full)))), "payment_days": "25"}, headers=HX)
    mine = alice.post(invoicing(full), {**before, "payment_method": "direct_debit"}, headers=HX)
    assert mine.status_code == 200
    assert "#about-payment_days" not in partials(text_of(mine))
    kept = terms(house, full)
    assert str(kept.payment_days.value.count) == "25"
    assert kept.payment_method.value == "direct_debit"


def test_what_somebody_else_changed_arrives_at_the_next_look(house: House, alice: Client, full: Contract) -> None:
    shown = fields(text_of(alice.get(invoicing(full))))["shown"][0]
    address = reverse("news", args=[full.pk, "prix", "invoicing"])
    assert alice.get(address, {"shown": shown}, headers=HX).status_code == 204
    with tenant_scope(house.argoat):
        answer(house.bob, full, {"payment_days": "25 days"}, now=NOW)
    news = partials(text_of(alice.get(address, {"shown": shown}, headers=HX)))
    assert "25\u00a0jours" in news["#clause-invoicing_and_payment"]
    assert "#about-payment_days" not in news


def test_markup_in_an_answer_stays_text(alice: Client, fresh: Contract) -> None:
    address = reverse("question", args=[fresh.pk, "parties", "client_signatory"])
    posted = fields(text_of(alice.get(address)))
    alice.post(address, {**posted, "client_signatory": "<script>alert(1)</script>", "client_signatory_quality": "gérant"})
    for page in (address, reverse("contract", args=[fresh.pk]), reverse("answers", args=[fresh.pk])):
        assert "<script>alert" not in text_of(alice.get(page))


def test_a_section_is_answered_as_one_form(house: House, alice: Client, full: Contract) -> None:
    address = reverse("section", args=[full.pk, "reprise"])
    page = text_of(alice.get(address))
    assert "Quelle est" not in page
    posted = fields(page)
    alice.post(address, {**posted, "takeover_duration": "6", "takeover_duration.unit": "weeks"})
    assert str(terms(house, full).takeover_duration.value.count) == "6"


def test_an_unknown_question_or_section_is_not_found(alice: Client, full: Contract) -> None:
    assert alice.get(reverse("question", args=[full.pk, "prix", "nothing"])).status_code == 404
    assert alice.get(reverse("question", args=[full.pk, "nothing", "invoicing"])).status_code == 404
    assert alice.get(reverse("term", args=[full.pk, "nothing"])).status_code == 404
    assert alice.get(reverse("term", args=[full.pk, "payment_days"])).headers["Location"] == invoicing(full)


# -------------------------------------------------------------------------------------------------------------- positions


def position(contract: Contract, clause: str, name: str = "positions") -> str:
    return reverse(name, args=[contract.pk, clause])


def test_a_position_shows_whom_it_favours_what_it_changes_and_the_article_that_results(alice: Client, full: Contract) -> None:
    page = text_of(alice.get(position(full, "liability_cap")))
    assert "À ne jamais céder" in page
    assert "Six mois de Redevance" in page
    assert "<del>" in page
    assert "<ins>" in page
    assert position(full, "suspension") in page


def test_a_position_that_changes_answers_is_taken_and_taken_back(alice: Client, full: Contract) -> None:
    page = alice.post(position(full, "suspension", "take_position"), {"position": "short_notice"}, follow=True)
    assert "en place" in text_of(page)
    assert "8\u00a0jours" in text_of(alice.get(reverse("contract", args=[full.pk])))
    undo = re.search(r'action="([^"]+/annuler)"', text_of(page))
    assert undo is not None
    back = text_of(alice.post(undo[1], follow=True))
    assert "C’est annulé." in back
    assert "en place" not in back


def test_another_wording_is_taken_and_the_clause_gets_its_own_words_again(alice: Client, full: Contract) -> None:
    taken = text_of(alice.post(position(full, "access_mandate", "take_position"), {"position": "each_session"}, follow=True))
    assert "en place" in taken
    assert "autre rédaction" in taken
    document = text_of(alice.get(reverse("contract", args=[full.pk])))
    assert "pour chaque session" in document
    back = text_of(alice.post(position(full, "access_mandate", "take_position"), follow=True))
    assert "en place" not in back
    assert "pour chaque session" not in text_of(alice.get(reverse("contract", args=[full.pk])))


def test_a_position_or_a_clause_that_is_not_there_is_told(alice: Client, full: Contract) -> None:
    assert alice.get(position(full, "nothing")).status_code == 404
    assert alice.get(position(full, "equipment_sale")).status_code == 404
    refused = alice.post(position(full, "suspension", "take_position"), {"position": "nothing"})
    assert refused.status_code == 422
    assert "n’est pas dans la bibliothèque" in text_of(refused)


def test_every_clause_of_the_library_has_its_page(alice: Client) -> None:
    pages = {clause.key: alice.get(reverse("clause", args=[clause.key])).status_code for clause in french().clauses}
    assert {key for key, status in pages.items() if status != 200} == set()


def test_every_article_of_a_contract_has_its_positions_or_says_that_it_has_none(alice: Client, full: Contract) -> None:
    shown = re.findall(r'data-note="(\w+)"', text_of(alice.get(reverse("contract", args=[full.pk]))))
    assert len(shown) > 60
    assert "Aucune autre position" in text_of(alice.get(position(full, "definitions")))


def test_the_clause_of_the_library_shows_each_position_with_its_values_or_its_text(alice: Client) -> None:
    page = text_of(alice.get(reverse("clause", args=["access_mandate"])))
    assert "Texte de cette rédaction" in page
    assert "Aucun de ces accès ne s" in page
    assert "administration des serveurs et des équipements réseau" in page


# --------------------------------------------------------------------------------------------------------------- findings


@pytest.fixture
def forbidden(house: House, full: Contract) -> Contract:
    """A contract whose payment term goes past the law."""
    with tenant_scope(house.argoat):
        answer(house.alice, full, FORBIDDEN_PAYMENT, now=NOW)
    return full


def first_with_remedy(house: House, contract: Contract) -> Standing:
    with tenant_scope(house.argoat):
        view = contract_view(house.alice, find_contract(house.alice, contract.pk), on=TODAY)
    return next(one for one in view.findings.active if one.finding.change)


def test_a_finding_is_applied_in_place_and_taken_back(house: House, alice: Client, forbidden: Contract) -> None:
    key = first_with_remedy(house, forbidden).finding.key
    done = alice.post(reverse("apply_finding", args=[forbidden.pk]), {"finding": key}, headers=HX)
    body = partials(text_of(done))["#findings-page"]
    assert "Appliqué." in body
    assert key not in body
    undo = re.search(r'action="([^"]+/annuler)"', body)
    assert undo is not None
    back = alice.post(undo[1], headers=HX)
    assert key in partials(text_of(back))["#findings-page"]


def test_applied_without_scripts_the_page_offers_to_take_it_back(house: House, alice: Client, forbidden: Contract) -> None:
    key = first_with_remedy(house, forbidden).finding.key
    page = alice.post(reverse("apply_finding", args=[forbidden.pk]), {"finding": key}, follow=True)
    undo = re.search(r'action="([^"]+/annuler)"', text_of(page))
    assert undo is not None
    assert key in text_of(alice.post(undo[1], follow=True))


def test_a_preview_tells_the_value_the_articles_and_what_would_appear(house: House, alice: Client, forbidden: Contract) -> None:
    key = first_with_remedy(house, forbidden).finding.key
    preview = text_of(alice.get(reverse("preview_finding", args=[forbidden.pk]), {"finding": key}, headers=HX))
    assert "60\u00a0jours" in preview
    assert "30\u00a0jours" in preview
    assert "article" in preview
    whole = alice.get(reverse("preview_finding", args=[forbidden.pk]), {"finding": key})
    assert "<h1>" in text_of(whole)


def test_a_finding_is_put_aside_with_a_reason_and_taken_up_again(house: House, alice: Client, full: Contract) -> None:
    with tenant_scope(house.argoat):
        view = contract_view(house.alice, find_contract(house.alice, full.pk), on=TODAY)
    one = next(one for one in view.findings.active if one.finding.severity != "blocking")
    address = reverse("put_aside", args=[full.pk])
    refused = alice.post(address, {"finding": one.finding.key, "reason": "non"})
    assert refused.status_code == 422
    assert "dix caractères" in text_of(refused)
    alice.post(address, {"finding": one.finding.key, "reason": "Convenu avec le client au téléphone."})
    page = text_of(alice.get(reverse("findings", args=[full.pk])))
    assert "Convenu avec le client au téléphone." in page
    alice.post(reverse("take_up", args=[full.pk]), {"finding": one.finding.key})
    assert "Convenu avec le client au téléphone." not in text_of(alice.get(reverse("findings", args=[full.pk])))


def test_the_tabs_of_gravity_filter(alice: Client, forbidden: Contract) -> None:
    blocking = text_of(alice.get(reverse("findings", args=[forbidden.pk]), {"gravite": "bloquants"}))
    assert "severity blocking" in blocking
    assert "severity accent" not in blocking


def test_a_finding_that_is_gone_is_told_and_nothing_changes(alice: Client, full: Contract) -> None:
    told = alice.post(reverse("apply_finding", args=[full.pk]), {"finding": "nothing"})
    assert told.status_code == 422
    assert "Ce constat n’est plus là." in text_of(told)
    assert alice.get(reverse("preview_finding", args=[full.pk]), {"finding": "nothing"}).status_code == 404


# ------------------------------------------------------------------------------------------- document, versions, downloads


def test_the_margin_tells_what_a_clause_states_and_where_to_change_it(alice: Client, full: Contract) -> None:
    page = text_of(alice.get(reverse("contract", args=[full.pk])))
    note = page[page.index('data-note="invoicing_and_payment"') :]
    note = note[: note.index("</section>")]
    assert "30\u00a0jours" in note
    assert reverse("term", args=[full.pk, "payment_days"]) in note
    assert "personne encore" in note


def test_the_day_of_the_law_is_chosen_and_the_page_follows(house: House, alice: Client, full: Contract) -> None:
    address = reverse("law_day", args=[full.pk])
    assert "(celui du jour)" in text_of(alice.get(reverse("contract", args=[full.pk])))
    assert "Donnez le jour." in text_of(alice.post(address, {"choice": "fixed", "on": ""}))
    assert "il n’y a pas de mois 13" in text_of(alice.post(address, {"choice": "fixed", "on": "32/13/2026"}))
    assert "Cette date ne se lit pas." in text_of(alice.post(address, {"choice": "fixed", "on": "bientôt"}))
    chosen = text_of(alice.post(address, {"choice": "fixed", "on": "2026-03-01"}, follow=True))
    assert "Le document et les constats suivent le droit au 01/03/2026." in chosen
    assert "Droit au 01/03/2026 (jour choisi)" in chosen
    assert "droit au 01/03/2026" in text_of(alice.get(reverse("findings", args=[full.pk])))
    assert 'value="2026-03-01"' in text_of(alice.get(address))
    assert "(celui du jour)" in text_of(alice.post(address, {"choice": "today", "on": "2026-03-01"}, follow=True))
    reader = signed_in(add_member(house.argoat, "Lise", "lise@argoat.example", Role.READ_ONLY))
    assert "<button>Enregistrer</button>" not in text_of(reader.get(address))
    assert reader.post(address, {"choice": "today"}).status_code == 403


def test_what_the_pdf_cannot_write_is_told_on_the_page_and_before_the_file(house: House, alice: Client, full: Contract) -> None:
    page, pdf = reverse("contract", args=[full.pk]), reverse("download", args=[full.pk, "pdf"])
    assert "ne pourra pas écrire" not in text_of(alice.get(page))
    with tenant_scope(house.argoat):
        answer(house.alice, full, {"client_name": "Valdrène 🚀"}, now=NOW)
    for shown in (text_of(alice.get(page)), text_of(alice.get(pdf))):
        assert "[U+1F680]" in shown
        assert reverse("term", args=[full.pk, "client_name"]) in shown
    assert alice.get(f"{pdf}?tout-de-meme").content.startswith(b"%PDF")
    assert alice.get(reverse("download", args=[full.pk, "docx"])).content.startswith(b"PK")


def test_two_versions_compare_by_terms_and_by_words(house: House, alice: Client, full: Contract) -> None:
    versions = reverse("versions", args=[full.pk])
    alice.post(versions, {"comment": "Remis en rendez-vous"})
    with tenant_scope(house.argoat):
        answer(house.alice, full, {"payment_days": "20 days"}, now=NOW)
    alice.post(versions, {"comment": "Après appel"})
    assert "Remis en rendez-vous" in text_of(alice.get(versions))
    compared = text_of(alice.get(reverse("comparison", args=[full.pk]), {"de": "1", "a": "2"}))
    assert re.search(r"<del>.*30.jours", compared)
    assert re.search(r"<ins>.*20.jours", compared)
    assert "Rien n’a changé" in text_of(alice.get(reverse("comparison", args=[full.pk]), {"de": "2", "a": "projet"}))
    assert alice.get(reverse("comparison", args=[full.pk]), {"de": "9"}).status_code == 404


@pytest.mark.parametrize(
    ("kind", "begins"),
    [("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!DOCTYPE html>"), ("md", b"# "), ("terms.yaml", b""), ("note", b"PK")],
)
def test_every_format_is_downloaded(alice: Client, full: Contract, kind: str, begins: bytes) -> None:
    file = alice.get(reverse("download", args=[full.pk, kind]))
    assert file.content.startswith(begins)
    assert "attachment" in file.headers["Content-Disposition"]
    assert "valdrene-ingenierie" in file.headers["Content-Disposition"]
    if kind == "docx":
        assert any("Valdrène" in paragraph.text for paragraph in Document(io.BytesIO(file.content)).paragraphs)


def test_no_other_name_is_a_format(alice: Client, full: Contract) -> None:
    assert alice.get(reverse("download", args=[full.pk, "logo"])).status_code == 404
    assert alice.get(reverse("download", args=[full.pk, "exe"])).status_code == 404


def test_a_versions_file_is_the_same_bytes_each_time(house: House, alice: Client, full: Contract) -> None:
    with tenant_scope(house.argoat):
        save_version(house.alice, full, now=NOW)
    address = reverse("download_version", args=[full.pk, 1, "docx"])
    assert alice.get(address).content == alice.get(address).content
    assert alice.get(reverse("download_version", args=[full.pk, 7, "docx"])).status_code == 404


# ------------------------------------------------------------------------------------------- home, library, settings, export


def test_home_tells_what_a_contract_still_needs(alice: Client, forbidden: Contract) -> None:
    page = text_of(alice.get("/"))
    assert "Valdrène Ingénierie" in page
    assert "Délai de paiement" in page
    assert reverse("interview", args=[forbidden.pk]) in page


def test_home_of_a_new_house_says_how_to_begin(alice: Client) -> None:
    assert "Ajouter un client" in text_of(alice.get("/"))


def test_the_palette_finds_clients_contracts_and_deeds(alice: Client, full: Contract) -> None:
    labels = {entry["label"] for entry in alice.get("/palette.json?q=valdrene").json()["entries"]}
    assert "Valdrène Ingénierie" in labels
    assert any(full.reference in label or "HEL" in label for label in labels)
    assert [entry["label"] for entry in alice.get("/palette.json?q=>contrat").json()["entries"]] == ["Nouveau contrat"]


def test_the_sectors_at_work_tell_their_answer_their_articles_and_their_values(house: House, alice: Client, full: Contract) -> None:
    with tenant_scope(house.argoat):
        answer(house.alice, full, {"client_sector": "finance", "nis2_ready": True, "breach_notice": "12 hours"}, now=NOW)
    for page in (reverse("contract", args=[full.pk]), reverse("question", args=[full.pk, "parties", "activity"])):
        shown = re.sub(r"<[^>]+>", "", text_of(alice.get(page)))
        assert "appelé par «\u00a0Secteur du Client\u00a0: finance\u00a0»" in shown
        assert "Résilience opérationnelle numérique (DORA)" in shown
        assert "à confirmer par le Client, par écrit" in shown
        assert "Alerte en cas de violation de données : 12\u00a0heures (votre réponse)" in shown
        assert "Texte pas encore en vigueur en France, vérifié le 23/11/2026" in shown
        assert "Expertise comptable" not in shown


def test_an_answer_brings_its_sector_on_screen(alice: Client, full: Contract) -> None:
    asked = reverse("question", args=[full.pk, "parties", "activity"])
    page = alice.get(asked).content.decode()
    assert 'id="sector-legal"' not in page
    seen = re.search(r'name="seen.client_sector" value="([^"]*)"', page)
    assert seen is not None
    sent = alice.post(asked, {"client_sector": "legal", "seen.client_sector": seen[1]}, headers=HX).content.decode()
    assert 'hx-target="#sectors"' in sent
    assert 'id="sector-legal"' in sent


def test_the_shelf_of_sectors_tells_each_one(alice: Client) -> None:
    shown = text_of(alice.get("/bibliotheque/secteurs"))
    for pack in french().sectors:
        assert pack.label in shown
    assert "Nature du Client\u00a0: association ou non-professionnel" in shown
    assert "lue le 23/11/2026" in shown


def test_the_shelf_of_segments_sets_the_offers_side_by_side(alice: Client) -> None:
    page = alice.get("/bibliotheque/segments").content.decode()
    shown = text_of(alice.get("/bibliotheque/segments"))
    for pack in french().segments.values():
        assert pack.label in shown
        assert all(asked.request.replace("'", "’") in shown for asked in pack.requests)
    assert "autre rédaction" in shown
    assert 'data-label="Grande entreprise"' in page
    assert "/bibliotheque/clauses/step_in" in page


def test_the_library_is_read_clause_by_clause_rule_by_rule_day_by_day(alice: Client) -> None:
    assert "/bibliotheque/clauses/liability_cap" in text_of(alice.get("/bibliotheque"))
    clause = text_of(alice.get("/bibliotheque/clauses/liability_cap"))
    assert "personne encore" in clause
    assert alice.get("/bibliotheque/clauses/nothing").status_code == 404
    assert "L.\u00a0441-10" in text_of(alice.get("/bibliotheque/regles"))
    assert "40\u00a0€" in text_of(alice.get("/bibliotheque/droit?jour=2026-11-23"))
    assert "nombre</td>" not in text_of(alice.get("/bibliotheque/droit?jour=2026-11-23"))
    assert alice.get("/bibliotheque/droit?jour=demain").status_code == 422


def test_the_look_of_the_documents_is_changed_and_a_file_that_is_no_picture_refused(alice: Client) -> None:
    alice.post("/reglages/documents", {"colour": "#aa3311", "legal_footer": "Argoat, à Rennes"})
    assert "#aa3311" in text_of(alice.get("/reglages/documents"))
    refused = alice.post("/reglages/documents", {"colour": "#aa3311", "logo": io.BytesIO(b"no picture")})
    assert refused.status_code == 422
    assert alice.get("/reglages/documents/logo").status_code == 404


def test_an_organisation_leaves_whole_and_only_its_owner_takes_it(house: House, alice: Client, full: Contract) -> None:
    file = alice.post("/reglages/export/fichier")
    names = zipfile.ZipFile(io.BytesIO(file.content)).namelist()
    assert "manifest.json" in names
    assert str(full.pk).encode() in zipfile.ZipFile(io.BytesIO(file.content)).read("manifest.json")
    assert signed_in(house.bob).post("/reglages/export/fichier").status_code == 403


@pytest.fixture
def export_from_elsewhere(db: None) -> bytes:  # noqa: ARG001 - pytest's way to ask for the database
    """The export of an installation that is not this one: here nothing was opened yet."""
    with transaction.atomic():
        house = open_house()
        with tenant_scope(house.argoat):
            a_contract(house.alice)
            content = export_organisation(house.alice, now=NOW)
        transaction.set_rollback(True)
    return content


def test_an_empty_installation_takes_an_export_up(export_from_elsewhere: bytes) -> None:
    assert Client(REMOTE_ADDR="203.0.113.9").get("/premier-pas/reprendre").status_code == 403
    client, owner = Client(), {"email": "alice@argoat.example", "password": PASSWORD}
    assert "Reprendre un export" in text_of(client.get("/premier-pas/entreprise"))
    assert client.post("/premier-pas/reprendre", {"archive": io.BytesIO(b"no archive"), **owner}).status_code == 422
    taken = client.post("/premier-pas/reprendre", {"archive": io.BytesIO(export_from_elsewhere), **owner}, follow=True)
    assert "Valdrène Ingénierie" in text_of(taken)


@pytest.mark.usefixtures("house")
def test_an_open_installation_takes_no_export_up() -> None:
    assert Client().get("/premier-pas/reprendre").status_code == 404


def test_an_address_of_nothing_is_not_found(alice: Client) -> None:
    assert alice.get(reverse("contract", args=[uuid.uuid4()])).status_code == 404
    assert alice.get(reverse("client", args=[uuid.uuid4()])).status_code == 404


def test_every_page_of_a_contract_is_found_again_under_contracts() -> None:
    assert [name for name, _ in TABS if UNDER.get(name) != "contracts"] == []
