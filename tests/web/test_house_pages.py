"""« Ma bibliothèque » as an owner writes it, and as the others read it."""

from __future__ import annotations

import io
import re

import pytest
from django.test import Client
from django.urls import reverse

from convenu.actions.clients import add_client
from convenu.actions.contracts import open_contract
from convenu.actions.current_terms import current_terms
from convenu.actions.house_clauses import find_house_clause, keep_clause, newest_house
from convenu.agreement.house_clause import HouseClause
from convenu.library import loader
from convenu.store.models import Contract, HouseDraft, Organisation
from convenu.store.people import Role
from convenu.store.tenancy import tenant_scope
from tests.actions.deals import a_full_contract
from tests.actions.test_word_import import a_word_file
from tests.library.shelves import install, two_releases
from tests.web.people import NOW, House, add_member, signed_in, words, words_of


def visit(**changes: object) -> dict[str, object]:
    return {"title": "Visite annuelle", "provision": "26", "text": "Une visite, sur {{ notice_period }} d'avis.", "do": "keep", **changes}


def test_a_clause_is_begun_tried_kept_and_listed(house: House, alice: Client) -> None:
    begun = alice.post(reverse("new_house_clause"), {"title": "Visite annuelle"})
    assert begun["Location"] == reverse("house_clause", args=["house_visite_annuelle"])
    tried = alice.post(reverse("try_house_clause", args=["house_visite_annuelle"]), visit())
    assert "3\u00a0mois</span> d’avis" in tried.content.decode()
    kept = alice.post(begun["Location"], visit())
    assert kept["Location"] == reverse("house_clauses")
    page = words(alice, reverse("house_clauses"))
    assert "Version 1, du" in page
    assert "Visite annuelle" in page
    with tenant_scope(house.argoat):
        assert not HouseDraft.objects.exists()
        contract = a_full_contract(house.alice)
    assert "3 mois</span> d’avis" in words(alice, reverse("contract", args=[contract.pk]))


def test_mistakes_stand_beside_the_text_with_a_term_for_each_figure(house: House, alice: Client) -> None:
    address = reverse("house_clause", args=["house_visit"])
    with tenant_scope(house.argoat):
        HouseDraft.objects.create(
            key="house_visit", clause={"key": "house_visit", "title": "V", "text": ""}, updated_at=NOW, updated_by=house.alice.user
        )
    refused = alice.post(address, visit(text="Une visite, sur 3 mois d'avis.\r\n{{ nowhere }}"))
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Ligne 1" in page
    assert "Ligne 2" in page
    button = re.search(r'value="(replace:[a-z_]+:3 mois)"', page)
    assert button
    put = alice.post(address, visit(text="Une visite, sur 3 mois d'avis.", do="replace:notice_period:3 mois"))
    assert "sur {{ notice_period }} d&#x27;avis" in put.content.decode()
    with tenant_scope(house.argoat):
        assert newest_house() is None


def test_a_clause_of_the_library_is_said_in_the_houses_words_and_given_back(house: House, alice: Client) -> None:
    address = reverse("house_clause", args=["non_solicitation"])
    assert reverse("house_clause", args=["non_solicitation"]) in words(alice, reverse("clause", args=["non_solicitation"]))
    assert "Elle doit fixer les mêmes termes" in words(alice, address)
    text = loader.current().clause("non_solicitation").text.replace("Une annonce publique", "Une petite annonce")
    alice.post(address, {"title": "Équipes", "text": text, "do": "keep"})
    with tenant_scope(house.argoat):
        version = newest_house()
        assert version is not None
        assert [row["key"] for row in version.clauses] == ["non_solicitation"]
    alice.post(address, {"do": "drop"})
    with tenant_scope(house.argoat):
        version = newest_house()
        assert version is not None
        assert version.clauses == []


def test_a_sales_person_reads_the_house_and_changes_nothing(house: House) -> None:
    with tenant_scope(house.argoat):
        keep_clause(house.alice, HouseClause(key="house_visit", title="Visite", provision=26, text="Une visite.\n"), now=NOW)
    sales = signed_in(add_member(house.argoat, "Sam", "sam@argoat.example", Role.SALES))
    for name, args in (("house_clauses", []), ("house_values", []), ("house_clause", ["house_visit"]), ("section_values", ["prix"])):
        page = words(sales, reverse(name, args=args))
        assert 'value="keep"' not in page
        assert "Enregistrer</button>" not in page
    assert sales.post(reverse("house_clause", args=["house_visit"]), visit()).status_code == 403
    assert sales.post(reverse("section_values", args=["prix"]), {}).status_code == 403
    assert sales.get(reverse("house_word")).status_code == 403
    charlie = signed_in(house.charlie)
    assert charlie.get(reverse("house_clause", args=["house_visit"])).status_code == 404


def test_a_conflict_with_the_library_is_settled_place_by_place(house: House, alice: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before, both = two_releases()
    install(monkeypatch, before)
    with tenant_scope(house.argoat):
        clause = find_house_clause(house.alice, "non_solicitation")
        reworded = clause.text.replace("Une annonce publique", "Une petite annonce")
        keep_clause(house.alice, clause.model_copy(update={"text": reworded}), now=NOW)
        contract = a_full_contract(house.alice)
    install(monkeypatch, both)
    assert "la bibliothèque a changé" in words(alice, reverse("house_clauses"))
    address = reverse("settle", args=["non_solicitation"])
    page = words(alice, address)
    for told in ("Choix 1", "Une annonce en ligne compte aussi.", "publiée"):
        assert told in page
    assert alice.post(address, {})["Location"] == address
    assert alice.post(address, {"choice.0": "theirs"})["Location"] == reverse("house_clauses")
    with tenant_scope(house.argoat):
        kept = find_house_clause(house.alice, "non_solicitation")
        assert kept.base is not None
        assert ("Une annonce publiée" in kept.text, kept.base.release) == (True, "2026.12")
    follow = reverse("follow", args=[contract.pk, "library"])
    assert follow in words(alice, reverse("contract", args=[contract.pk]))
    assert "publiée" in words(alice, follow)
    assert alice.post(follow)["Location"] == reverse("contract", args=[contract.pk])
    with tenant_scope(house.argoat):
        moved = Contract.objects.get(pk=contract.pk)
        assert (moved.library_release, moved.house_version == newest_house()) == ("2026.12", True)
    assert alice.get(reverse("follow", args=[contract.pk, "elsewhere"])).status_code == 404


def test_what_the_library_changed_names_the_contracts_concerned(house: House, alice: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before, both = two_releases()
    install(monkeypatch, before)
    assert "rien à comparer" in words(alice, reverse("library_news"))
    with tenant_scope(house.argoat):
        contract = a_full_contract(house.alice)
    install(monkeypatch, both)
    page = words(alice, reverse("library_news"))
    for told in ("3 clauses changent de 2026.11 à 2026.12", "Une annonce en ligne compte aussi.", "ajoutée", "retirée", "HEL-2026-017"):
        assert told in page
    assert reverse("follow", args=[contract.pk, "library"]) in page
    rest = page[page.index("Le reste de la bibliothèque : 4 changements") :]
    for told in ("Segment, PME", "Un préavis plus court est demandé partout.", "3 mois", "Contrôle, ", "Voir le parc", "HEL-2026-017"):
        assert told in rest


def test_a_word_file_is_proposed_clause_by_clause_and_kept_as_drafts(house: House, alice: Client) -> None:
    upload = io.BytesIO(a_word_file())
    upload.name = "contrat.docx"
    page = alice.post(reverse("house_word"), {"file": upload}).content.decode()
    assert 'value="Visites"' in page
    assert "tous les 3 mois" in page
    kept = {
        "kept": "1",
        "keep": ["0"],
        "title.0": "Visites",
        "provision.0": "26",
        "text.0": "Tous les 3 mois.",
        "title.1": "Non",
        "text.1": "x",
    }
    assert alice.post(reverse("house_word"), kept)["Location"] == reverse("house_clauses")
    with tenant_scope(house.argoat):
        assert [draft.key for draft in HouseDraft.objects.all()] == ["house_visites"]
    assert "brouillon" in words(alice, reverse("house_clauses"))
    wrong = io.BytesIO(b"PK\x03\x04 no Word file")
    wrong.name = "x.docx"
    assert alice.post(reverse("house_word"), {"file": wrong}).status_code == 422


def test_any_term_may_have_a_value_of_the_house_and_new_contracts_start_from_it(house: House, alice: Client) -> None:
    address = reverse("section_values", args=["prix"])
    page = words(alice, address)
    asked = {key for question in loader.current().questions if question.section.key == "prix" for key in question.fills}
    assert {key for key in asked if f'name="seen.{key}"' not in page} == set()
    alice.post(address, {"payment_days": "45", "payment_days.unit": "days", "setup_fee": "", "none.setup_fee": "1"})
    with tenant_scope(house.argoat):
        kept = Organisation.objects.get(pk=house.argoat.pk).house_terms
        assert (kept["payment_days"], kept["setup_fee"], kept["provider_name"]) == ("45 days", "none", "Argoat Informatique")
        contract = open_contract(house.alice, add_client(house.alice, name="X", now=NOW), segment="pme", now=NOW)
        assert str(current_terms(contract).payment_days.value) == "45 days"
    refused = alice.post(address, {"payment_days": "demain", "payment_days.unit": "days"})
    assert refused.status_code == 422
    assert "demain" in refused.content.decode()
    alice.post(address, {"payment_days": "", "payment_days.unit": "days"})
    with tenant_scope(house.argoat):
        assert "payment_days" not in Organisation.objects.get(pk=house.argoat.pk).house_terms


def test_each_term_that_is_asked_has_its_place_in_the_values_of_the_house(alice: Client) -> None:
    sections = {question.section.key: set() for question in loader.current().questions}  # type: dict[str, set[str]]
    for question in loader.current().questions:
        sections[question.section.key] |= set(question.fills)
    for section, keys in sections.items():
        page = words(alice, reverse("section_values", args=[section]))
        identity = {key for key in keys if f'name="seen.{key}"' not in page}
        assert all(f'id="value-{key}"' in page for key in identity), section
        assert all(key.startswith("provider_") for key in identity), identity


def other_text(**changes: str) -> dict[str, str]:
    typed = {"key": "", "summary": "Sans préavis", "stance": "client", "text": "Une visite de la Baie, sans avis.", **changes}
    return {"alternatives-TOTAL_FORMS": "1", "alternatives-INITIAL_FORMS": "0"} | {
        f"alternatives-0-{name}": value for name, value in typed.items()
    }


def test_a_clause_defines_words_names_brands_and_carries_another_text(house: House, alice: Client) -> None:
    alice.post(reverse("new_house_clause"), {"title": "Visite annuelle"})
    address = reverse("house_clause", args=["house_visite_annuelle"])
    text = "Le Prestataire visite la Baie et le Portail Acme, sur {{ notice_period }} d'avis."
    refused = alice.post(address, visit(text=text))
    assert "ajoutez-le aux noms propres" in refused.content.decode()
    more = {"definitions": "Baie : armoire où sont les serveurs.", "proper_names": "Portail Acme"}
    tried = alice.post(reverse("try_house_clause", args=["house_visite_annuelle"]), visit(text=text, **more, **other_text()))
    assert "Sans préavis" in tried.content.decode()
    assert "Une visite de la Baie" in tried.content.decode()
    assert alice.post(address, visit(text=text, **more, **other_text())).status_code == 302
    with tenant_scope(house.argoat):
        kept = find_house_clause(house.alice, "house_visite_annuelle")
        contract = a_full_contract(house.alice)
    assert [(one.name, one.meaning) for one in kept.definitions] == [("Baie", "armoire où sont les serveurs.")]
    assert kept.proper_names == ("Portail Acme",)
    assert [(one.key, one.stance, one.summary) for one in kept.alternatives] == [("redaction_1", "client", "Sans préavis")]
    page = words(alice, reverse("contract", args=[contract.pk]))
    assert "armoire où sont les serveurs" in page
    shown = words(alice, address)
    assert "Baie : armoire où sont les serveurs." in shown
    assert "Autre rédaction à négocier : 1" in shown


def test_what_is_wrong_in_another_text_is_told_under_its_name(house: House, alice: Client) -> None:
    alice.post(reverse("new_house_clause"), {"title": "Visite annuelle"})
    address = reverse("house_clause", args=["house_visite_annuelle"])
    refused = alice.post(address, visit(**other_text(text="Une visite sous 3 jours.")))
    assert refused.status_code == 422
    assert "Rédaction « redaction_1 », ligne 1" in words_of(refused)
    unread = alice.post(address, visit(definitions="Baie sans son sens"))
    assert "écrivez le mot, deux-points, puis son sens" in words_of(unread)
    with tenant_scope(house.argoat):
        assert newest_house() is None


def test_another_text_emptied_is_taken_off_and_a_page_without_the_field_leaves_it(house: House, alice: Client) -> None:
    alice.post(reverse("new_house_clause"), {"title": "Visite annuelle"})
    address = reverse("house_clause", args=["house_visite_annuelle"])
    alice.post(address, visit(text="Une visite.", **other_text(text="Une autre visite.")))
    alice.post(address, visit(text="Une visite par an."))
    with tenant_scope(house.argoat):
        assert len(find_house_clause(house.alice, "house_visite_annuelle").alternatives) == 1
    alice.post(address, visit(text="Une visite.", **other_text(key="redaction_1", text="")))
    with tenant_scope(house.argoat):
        assert find_house_clause(house.alice, "house_visite_annuelle").alternatives == ()
