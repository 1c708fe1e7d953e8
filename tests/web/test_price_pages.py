"""The pages of a price, and who may read what a contract costs."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from convenu.actions.demo import DEMO_COSTS
from convenu.actions.drafts import draft_file
from convenu.actions.interview import answer
from convenu.actions.inventories import receive_files, take_inventory
from convenu.actions.links import Reader, give_access
from convenu.actions.own_costs import costs_of, set_costs
from convenu.actions.permissions import NotAllowedError
from convenu.actions.quotes import costing_of
from convenu.connectors.asset_files import NamedFile
from convenu.store.links import LinkRole
from convenu.store.models import AuditEntry, Contract, Organisation
from convenu.store.people import Role
from convenu.store.tenancy import tenant_scope
from convenu.store.versions import FileKind
from convenu.vocabulary.french import plain_spaces
from tests.actions.deals import a_contract, a_full_contract
from tests.web.people import NOW, House, add_member, signed_in, words

# What no page may show to whoever may not see costs: the MSP's own figures of these tests.
COSTS: dict[str, Any] = {**DEMO_COSTS, "hour_n1": "29.37 EUR", "hour_n2": "36.37 EUR", "hour_n3": "48.37 EUR"}
PRIVATE = ("29,37", "36,37", "48,37", "Marge d’un an", "Marge P50", "Frais généraux")


@pytest.fixture
def contract(house: House) -> Contract:
    with tenant_scope(house.argoat):
        set_costs(house.alice, COSTS, now=NOW)
        return a_full_contract(house.alice)


def page(name: str, contract: Contract, query: str = "") -> str:
    return f"{reverse(name, args=[contract.pk])}{query}"


def test_every_member_reads_the_price_with_its_lines_and_its_tax(house: House, contract: Contract) -> None:
    told = words(signed_in(house.bob), page("price", contract))
    for figure in ("4 204 €", "50 448 €", "6 300 €", "840,80 €", "44 × 62 €"):
        assert figure in told
    assert not any(word in told for word in PRIVATE)


def test_the_owner_and_the_sales_read_the_costing_and_nobody_else_finds_it(house: House, contract: Contract) -> None:
    told = words(signed_in(house.alice), page("costing", contract))
    for word in ("P50", "Frais généraux", "36,37 €", "Ce qui fait bouger la marge", "À partir de quand"):
        assert word in told
    assert told.count('<svg class="bar-cell"') > 5
    for role in Role:
        who = add_member(house.argoat, str(role.label), f"{role}@argoat.example", role)
        answered = signed_in(who).get(page("costing", contract))
        assert answered.status_code == (200 if role in (Role.OWNER, Role.SALES) else 403), role
        shown = words(signed_in(who), page("price", contract))
        assert ("Chiffrage" in shown) == (role in (Role.OWNER, Role.SALES))


def test_a_role_that_may_not_see_costs_cannot_compute_them_either(house: House, contract: Contract) -> None:
    with tenant_scope(house.argoat):
        with pytest.raises(NotAllowedError):
            costs_of(house.bob)
        with pytest.raises(NotAllowedError):
            costing_of(house.bob, a_terms(contract), on=date(2026, 12, 1))


def a_terms(contract: Contract) -> Any:
    from convenu.actions.current_terms import current_terms

    return current_terms(contract)


def a_reader(role: LinkRole) -> Reader:
    until = timezone.localdate() + timedelta(days=30)
    return Reader(role=role, name="Lise", email=f"{role}@lecture.example", until=until, with_word=True)


def test_no_file_of_the_contract_and_no_link_tells_a_cost(house: House, contract: Contract) -> None:
    with tenant_scope(house.argoat):
        files = [draft_file(house.alice, contract, kind, now=NOW).content for kind in (FileKind.MARKDOWN, FileKind.TERMS, FileKind.HTML)]
        given = [give_access(house.alice, contract, a_reader(role), link_of=str, now=timezone.now()) for role in LinkRole]
    for content in files:
        assert b"29,37" not in content
        assert b"29.37" not in content
    for one in given:
        reader = Client()
        reader.get(reverse("take_link", args=[one.address]))
        told = words(reader, reverse("shared", args=[one.link.pk]))
        assert not any(word in told for word in PRIVATE)
        assert reader.get(page("costing", contract)).status_code in (302, 403, 404)


def test_the_clients_view_of_the_variants_holds_no_cost(house: House, contract: Contract) -> None:
    with tenant_scope(house.argoat):
        other = a_contract(house.alice, name="Valdrène bis", siren="")
        Contract.objects.filter(pk=other.pk).update(client=contract.client)
        answer(
            house.alice, other, {"price_lines": [{"label": "Forfait", "unit": "flat", "quantity": "1", "unit_price": "5000 EUR"}]}, now=NOW
        )
    alice = signed_in(house.alice)
    private = words(alice, page("variants", contract, f"?avec={other.pk}"))
    assert "Marge P50" in private
    assert "5 000 €" in private
    assert "Les clauses qui diffèrent" in private
    assert "Forfait : 1 × 5 000 €" in private
    shown = words(alice, page("variants", contract, f"?avec={other.pk}&vue=client"))
    assert "5 000 €" in shown
    assert not any(word in shown for word in (*PRIVATE, "Années à perte"))
    assert "Marge P50" not in words(signed_in(house.bob), page("variants", contract, f"?avec={other.pk}"))


def test_two_counts_are_settled_one_after_the_other(house: House, contract: Contract) -> None:
    told = words(signed_in(house.bob), page("quantities", contract, "?full_user_1=47&full_user_2=30"))
    assert "au-delà de la tolérance" in told
    assert "plancher : 80 % de 44 signés" in told
    assert re.search(r"Jour du décompte : le dernier Jour ouvré du mois, \d+ \w+ \d{4}", told)
    with tenant_scope(house.argoat):
        answer(house.alice, contract, {"count_day": "quand cela nous arrange"}, now=NOW)
    unsure = words(signed_in(house.bob), page("quantities", contract))
    assert "quand cela nous arrange, aucun jour que Convenu sache exécuter" in unsure
    wrong = words(signed_in(house.bob), page("quantities", contract, "?full_user_1=beaucoup"))
    assert "nombre illisible : « beaucoup »" in wrong


def test_the_counts_start_from_the_inventories_that_were_received(house: House, contract: Contract) -> None:
    with tenant_scope(house.argoat):
        answer(house.alice, contract, {"approved_makers": ["Dell"]}, now=NOW)
        for count, day in ((4, date(2026, 11, 1)), (9, date(2026, 11, 20))):
            rows = "".join(f"SRV-{rank};Serveur;Dell;25/06/2031\n" for rank in range(count))
            file = NamedFile("parc.csv", f"Nom;Type;Fabricant;Fin de garantie\n{rows}".encode())
            take_inventory(house.alice, receive_files(house.alice, contract, [file], now=NOW), day=day, now=NOW)
    told = words(signed_in(house.bob), page("quantities", contract))
    assert "inventaires reçus : 01/11/2026, 20/11/2026" in told
    assert 'name="server_1" value="4"' in told
    assert 'name="server_2" value="9"' in told
    assert "écart de 5, au-delà de la tolérance" in told


def test_a_month_that_is_not_published_is_named_then_typed_and_the_letter_says_it_all(house: House, contract: Contract) -> None:
    bob = signed_in(house.bob)
    missing = words(bob, page("revision", contract))
    assert "inconnue" in missing
    asked = "?mois=2026-11&valeur=320&mois=2027-10&valeur=328"
    told = words(bob, page("revision", contract, asked))
    assert "63,55 €" in told  # 62 × 328 / 320
    letter = bob.get(f"{reverse('revision_letter', args=[contract.pk, 'docx'])}{asked}")
    assert letter.status_code == 200
    with ZipFile(io.BytesIO(letter.content)) as file:
        written = re.sub(r"<[^>]+>", "", file.read("word/document.xml").decode()).replace("\u00a0", " ").replace("\u202f", " ")
    assert "63,55 €" in written
    assert "saisi d’après la publication" in written
    with ZipFile(io.BytesIO(letter.content)) as file:
        # What goes to the client is no draft.
        assert not any(b"projet" in file.read(name) for name in file.namelist() if name.startswith("word/header"))
    assert "Ces prix s’appliquent à partir du" in written
    assert bob.get(reverse("revision_letter", args=[contract.pk, "docx"])).status_code == 404
    assert bob.get(f"{reverse('revision_letter', args=[contract.pk, 'txt'])}{asked}").status_code == 404
    in_pdf = bob.get(f"{reverse('revision_letter', args=[contract.pk, 'pdf'])}{asked}")
    assert in_pdf["Content-Type"] == "application/pdf"
    printed = plain_spaces(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(in_pdf.content)).pages))
    assert all(word in printed for word in ("63,55 €", "saisi d'après la publication", "328 (octobre 2027)"))
    # Two years on: the second revision divides by the value of the first, and its month must be typed too.
    assert "2028-10" in words(bob, page("revision", contract, f"{asked}&jour=2029-01-01"))
    chain = words(bob, page("revision", contract, f"{asked}&mois=2028-10&valeur=334,56&jour=2029-01-01"))
    assert "334,56 (octobre 2028) ÷ 328 (octobre 2027) = 1,02" in chain
    assert "64,82 €" in chain  # 63.55 × 1.02 = 64.821
    for wrong, said in (("?jour=demain", "« demain » n’est pas une date"), ("?jour=2027-02-31", "février 2027 a 28 jours"),
                        ("?mois=2026-11&valeur=-3", "plus grande que zéro")):  # fmt: skip
        assert said in words(bob, page("revision", contract, wrong))


def test_a_contract_without_a_grid_says_what_to_answer(house: House) -> None:
    with tenant_scope(house.argoat):
        bare = a_contract(house.alice)
    alice = signed_in(house.alice)
    for name in ("price", "costing", "quantities", "revision"):
        assert "Ce qui manque" in words(alice, page(name, bare))


def test_the_owner_sets_the_costs_the_sales_read_them_and_others_find_no_page(house: House) -> None:
    alice, address = signed_in(house.alice), reverse("own_costs")
    given = {
        "hour_n1": "29,50", "hour_n2": "", "overheads": "22", "tools.label": ["Supervision", ""], "tools.unit": ["endpoint", "flat"],
        "tools.monthly": ["2,40", ""], "efforts.population": ["server"], "efforts.low": ["0,5"], "efforts.likely": ["1"],
        "efforts.high": ["2"],
    }  # fmt: skip
    assert alice.post(address, given)["Location"] == address
    with tenant_scope(house.argoat):
        kept = Organisation.objects.get(pk=house.argoat.pk).costs
        assert kept["hour_n1"] == "29.50 EUR"
        assert kept["tools"] == [{"label": "Supervision", "unit": "endpoint", "monthly": "2.40 EUR"}]
        assert kept["efforts"] == [{"population": "server", "low": "0.5", "likely": "1", "high": "2"}]
        # N2 has no cost of its own: the hourly cost of the first step stands for it.
        assert str(costs_of(house.alice).hour_n2) == "46.00 EUR"
        entry = AuditEntry.objects.order_by("-id").first()
        assert entry is not None
        assert "29" not in str(vars(entry).get("details", ""))
    assert 'value="29,50"' in words(alice, address)
    refused = alice.post(address, {**given, "hour_n1": "beaucoup", "overheads": "140"})
    assert refused.status_code == 422
    assert "montant « beaucoup EUR » illisible" in refused.content.decode().replace("\u00a0", " ")
    sales = signed_in(add_member(house.argoat, "Nolwenn", "nolwenn@argoat.example", Role.SALES))
    assert 'value="29,50"' in words(sales, address)
    assert sales.post(address, given).status_code == 403
    assert signed_in(house.bob).get(address).status_code == 403


def test_an_effort_whose_bounds_are_not_in_order_is_refused(house: House) -> None:
    refused = signed_in(house.alice).post(
        reverse("own_costs"), {"efforts.population": ["server"], "efforts.low": ["3"], "efforts.likely": ["1"], "efforts.high": ["2"]}
    )
    assert refused.status_code == 422
    assert "calme" in refused.content.decode()
    assert "par unité et par mois, ligne 1" in refused.content.decode()
