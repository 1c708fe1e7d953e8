"""The pages of a client's inventory and of the provisional contract, as a browser without scripts gets them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from convenu.actions.interview import answer
from convenu.actions.links import Reader, give_access
from convenu.store.models import ClientInventory, Contract, InventoryFile, ProvisionalContract
from convenu.store.people import Role
from convenu.store.tenancy import tenant_scope
from convenu.vocabulary.french import plain_spaces
from tests.actions.deals import a_contract, a_full_contract
from tests.web.people import NOW, House, add_member, signed_in

FLEET = "Nom;Type;Fabricant;Utilisateur;Fin de garantie\nPC-1;Portable;Dell;Jeanne Martin;30/06/2029\nPC-2;Bidule;Noname;Paul;\n"


@pytest.fixture
def contract(house: House) -> Contract:
    with tenant_scope(house.argoat):
        made = a_full_contract(house.alice)
        answer(house.alice, made, {"approved_makers": ["Dell"]}, now=NOW)
        return made


def page(answered: Any) -> str:
    return plain_spaces(answered.content.decode())


def sent(client: Client, contract: Contract, content: str = FLEET, name: str = "parc.csv") -> Any:
    file = SimpleUploadedFile(name, content.encode())
    return client.post(reverse("fleet", args=[contract.pk]), {"sent": [file]}, follow=True)


def test_the_preview_shows_the_assets_the_words_without_a_class_and_what_stays_in_the_file(alice: Client, contract: Contract) -> None:
    shown = page(sent(alice, contract))
    assert "Rien n'est encore gardé." in shown
    assert "Utilisateur" in shown
    assert "Jeanne" not in shown
    assert "Bidule (1)" in shown
    assert 'name="classes.Bidule"' in shown


def test_a_word_given_a_class_is_read_so_then_kept_and_the_files_are_dropped(house: House, alice: Client, contract: Contract) -> None:
    sent(alice, contract)
    preview = reverse("fleet_preview", args=[contract.pk])
    chosen = {"columns.name": "Nom", "columns.asset_class": "Type", "columns.maker": "Fabricant", "classes.Portable": "workstation"}
    today = timezone.localdate().isoformat()
    shown = page(alice.post(preview, {**chosen, "classes.Bidule": "server", "do": "look", "day": today}))
    assert "Bidule (1)" not in shown
    taken = alice.post(preview, {**chosen, "classes.Bidule": "server", "do": "take", "day": today}, follow=True)
    assert "Inventaire gardé : 2 actifs." in page(taken)
    with tenant_scope(house.argoat):
        assert {one.asset_class for one in ClientInventory.objects.get().inventory().assets} == {"workstation", "server"}
        assert not InventoryFile.objects.exists()


def test_what_must_be_answered_is_asked_on_the_page(alice: Client, contract: Contract) -> None:
    shown = page(sent(alice, contract, "Nom;Fin de garantie\nPC-1;01/02/2027\n"))
    assert "À répondre avant de lire" in shown
    assert 'name="dates"' in shown
    answered = {"columns.name": "Nom", "columns.warranty_end": "Fin de garantie", "dates": "day_first", "do": "look"}
    assert "01/02/2027" in page(alice.post(reverse("fleet_preview", args=[contract.pk]), answered))


@pytest.mark.parametrize(
    ("name", "content"), [("parc.pdf", "%PDF"), ("parc.xlsx", "PK rompu"), ("pc.xml", "<!DOCTYPE x>"), ("parc.csv", "")]
)
def test_a_file_that_cannot_be_read_is_told_in_words(alice: Client, contract: Contract, name: str, content: str) -> None:
    answered = sent(alice, contract, content, name)
    assert answered.status_code in (200, 422)
    assert "Traceback" not in page(answered)
    assert re.search(r"ni tableau|illisible|laissée de côté|vide|choisissez", page(answered), re.IGNORECASE)


def test_the_assets_are_listed_with_their_article_and_narrowed_by_the_address(house: House, alice: Client, contract: Contract) -> None:
    sent(alice, contract)
    alice.post(reverse("fleet_preview", args=[contract.pk]), {"do": "take", "day": timezone.localdate().isoformat()})
    here = reverse("fleet", args=[contract.pk])
    assert "PC-1" in page(alice.get(here))
    narrowed = page(alice.get(f"{here}?motif=class_unknown&sort=unknown"))
    assert "À préciser, classe non indiquée" in narrowed
    assert "PC-2" in narrowed
    assert ">PC-1" not in narrowed
    assert alice.get(f"{here}?classe=x&sort=y&motif=z&page=99").status_code == 200
    reader = signed_in(add_member(house.argoat, "Lise", "lise@argoat.example", Role.READ_ONLY))
    assert "Lire ces fichiers" not in page(reader.get(here))


def test_the_ends_of_support_that_decided_are_shown_with_their_source(alice: Client, contract: Contract) -> None:
    systems = "Nom;Type;Fabricant;Système\nPC-1;Portable;Dell;Microsoft Windows 10 Professionnel\nPC-2;Portable;Dell;Windows 11\n"
    sent(alice, contract, systems)
    alice.post(reverse("fleet_preview", args=[contract.pk]), {"do": "take", "day": timezone.localdate().isoformat()})
    shown = page(alice.get(reverse("fleet", args=[contract.pk])))
    assert "Windows 10 : support arrêté le 14/10/2025, lu chez l'éditeur" in shown
    assert "https://learn.microsoft.com/lifecycle/products/windows-10-home-and-pro" in shown
    assert "Windows Server 2012" not in shown


def test_a_provisional_contract_without_a_price_is_told_with_the_question_to_answer(house: House, alice: Client) -> None:
    with tenant_scope(house.argoat):
        bare = a_contract(house.alice)
    shown = page(alice.get(reverse("provisional", args=[bare.pk])))
    assert "Le devis manque" in shown
    assert reverse("term", args=[bare.pk, "price_lines"]) in shown


def test_the_client_answers_once_and_reads_the_trace(house: House, alice: Client, contract: Contract) -> None:
    until = timezone.localdate() + timedelta(days=9)
    alice.post(reverse("provisional", args=[contract.pk]), {"valid_until": until.isoformat()})
    with tenant_scope(house.argoat):
        offer = ProvisionalContract.objects.get()
    change = reverse("change_provisional", args=[contract.pk, offer.pk])
    refused = alice.post(change, {"do": "send", "name": "", "email": "herve"})
    assert refused.status_code == 422
    given = page(alice.post(change, {"do": "send", "name": "Hervé Maupertuis", "email": "herve@valdrene.example"}))
    found = re.search(r"http://testserver(/lien/[\w-]+)", given)
    assert found is not None
    client = Client()
    document = client.get(found[1], follow=True)
    assert "Devis et points à confirmer" in page(document)
    answers = f"{document.redirect_chain[-1][0]}/accord"
    assert client.post(answers, {"choice": "accept", "name": ""}).status_code == 422
    accepted = page(client.post(answers, {"choice": "accept", "name": "Hervé Maupertuis, gérant"}, follow=True))
    assert "Contrat prévisionnel accepté" in accepted
    assert "Envoyer ma réponse" not in accepted
    shown = page(alice.get(reverse("provisional", args=[contract.pk])))
    assert "Accepté par Hervé Maupertuis, gérant" in shown
    alice.post(change, {"do": "convert"})
    assert "Repris dans le contrat" in page(alice.get(reverse("provisional", args=[contract.pk])))


def test_the_lawyer_reads_a_provisional_contract_and_does_not_answer_it(house: House, alice: Client, contract: Contract) -> None:
    until = timezone.localdate() + timedelta(days=9)
    alice.post(reverse("provisional", args=[contract.pk]), {"valid_until": until.isoformat()})
    with tenant_scope(house.argoat):
        reader = Reader(role="lawyer", name="Solenn Cadiou", email="solenn@cadiou.example", until=until)
        given = give_access(house.alice, contract, reader, version=1, link_of=str, now=timezone.now())
    lawyer = Client()
    document = lawyer.get(reverse("take_link", args=[given.address]), follow=True)
    assert "Devis et points à confirmer" in page(document)
    assert lawyer.get(reverse("shared_findings", args=[given.link.pk])).status_code == 200
    assert lawyer.get(reverse("shared_clause", args=[given.link.pk, "provisional_quote"])).status_code == 404
    answers = reverse("shared_decision", args=[given.link.pk])
    assert "Envoyer ma réponse" not in page(lawyer.get(answers))
    assert lawyer.post(answers, {"choice": "accept", "name": "Solenn"}).status_code == 403
