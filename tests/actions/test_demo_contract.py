from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from convenu.actions.demo import DEMO_TERMS, open_demo_company
from convenu.actions.findings import apply_finding
from convenu.actions.versions import compare_with_draft, versions_of
from convenu.agreement.scoping import read_answers
from convenu.library.demonstration import DEALS, deal_answers
from convenu.store.models import Contract, Membership
from convenu.store.tenancy import tenant_scope
from tests.actions.deals import view
from tests.web.people import NOW


@pytest.fixture
def maelle(db: None) -> Iterator[Membership]:  # noqa: ARG001 - pytest's way to ask for the database
    organisation = open_demo_company(NOW)
    with tenant_scope(organisation):
        yield Membership.objects.get()


def valdrene() -> Contract:
    return Contract.objects.get(reference="HEL-2026-017")


def test_the_demo_opens_on_three_deals_however_often_it_starts(maelle: Membership) -> None:
    open_demo_company(NOW)
    deals = [(contract.client.name, contract.reference, contract.segment) for contract in Contract.objects.order_by("reference")]
    assert deals == [
        ("Garage du Moulin-Carré", "HEL-2026-016", "tpe"),
        ("Valdrène Ingénierie", "HEL-2026-017", "pme"),
        ("Pélouan Agroalimentaire", "HEL-2027-002", "eti"),
    ]
    contract = valdrene()
    terms = view(maelle, contract).terms
    assert terms.provider_name.value == maelle.organisation.name
    assert terms.provider_insurer.stated


def test_the_demo_leaves_a_remedy_to_apply_and_a_point_to_confirm(maelle: Membership) -> None:
    contract = valdrene()
    shown = view(maelle, contract)
    assert [point.who for point in shown.open_points if point.term == "client_cyber_insurance"] == ["Soizic Andrieu"]
    late = next(one.finding for one in shown.findings.active if one.finding.rule == "com-l441-10-delai")
    assert late in apply_finding(maelle, contract, late.key, now=NOW).lifted


def test_the_demos_first_version_differs_from_its_draft_by_what_the_client_asked(maelle: Membership) -> None:
    (version,) = versions_of(maelle, valdrene())
    changed = {change.term for change in compare_with_draft(maelle, version, now=NOW).terms}
    assert changed == {"payment_days", "payment_start", "client_cyber_insurance"}


@pytest.mark.parametrize("deal", DEALS)
def test_the_deals_of_the_demo_are_those_of_the_examples(deal: str) -> None:
    example = Path(__file__).parents[2] / "examples" / f"{deal}.answers.yaml"
    assert example.read_bytes() == deal_answers(deal)


@pytest.mark.parametrize("deal", DEALS)
def test_the_demo_s_company_is_the_one_its_deals_name(deal: str) -> None:
    house = read_answers(deal_answers(deal)).house
    for key, value in DEMO_TERMS.items():
        if key in house and not isinstance(value, dict):
            assert value == house[key], key
