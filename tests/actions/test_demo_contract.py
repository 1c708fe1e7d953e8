from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from convenu.actions.demo import DEMO_TERMS, open_demo_company
from convenu.actions.findings import apply_finding
from convenu.actions.versions import compare_with_draft, versions_of
from convenu.agreement.scoping import read_answers
from convenu.library.demonstration import valdrene_answers
from convenu.store.models import Contract, Membership
from convenu.store.tenancy import tenant_scope
from tests.actions.deals import view
from tests.web.people import NOW


@pytest.fixture
def maelle(db: None) -> Iterator[Membership]:  # noqa: ARG001 - pytest's way to ask for the database
    organisation = open_demo_company(NOW)
    with tenant_scope(organisation):
        yield Membership.objects.get()


def test_the_demo_opens_on_one_deal_however_often_it_starts(maelle: Membership) -> None:
    open_demo_company(NOW)
    contract = Contract.objects.get()
    assert (contract.client.name, contract.reference) == ("Valdrène Ingénierie", "HEL-2026-017")
    terms = view(maelle, contract).terms
    assert terms.provider_name.value == maelle.organisation.name
    assert terms.provider_insurer.stated


def test_the_demo_leaves_a_remedy_to_apply_and_a_point_to_confirm(maelle: Membership) -> None:
    contract = Contract.objects.get()
    shown = view(maelle, contract)
    assert [point.who for point in shown.open_points if point.term == "client_cyber_insurance"] == ["Soizic Andrieu"]
    late = next(one.finding for one in shown.findings.active if one.finding.rule == "com-l441-10-delai")
    assert late in apply_finding(maelle, contract, late.key, now=NOW).lifted


def test_the_demos_first_version_differs_from_its_draft_by_what_the_client_asked(maelle: Membership) -> None:
    (version,) = versions_of(maelle, Contract.objects.get())
    changed = {change.term for change in compare_with_draft(maelle, version, now=NOW).terms}
    assert changed == {"payment_days", "payment_start", "client_cyber_insurance"}


def test_the_deal_of_the_demo_is_the_one_of_the_examples() -> None:
    example = Path(__file__).parents[2] / "examples" / "valdrene.answers.yaml"
    assert example.read_bytes() == valdrene_answers()


def test_the_demo_s_company_is_the_one_its_deal_names() -> None:
    house = read_answers(valdrene_answers()).house
    for key, value in DEMO_TERMS.items():
        if key in house and not isinstance(value, dict):
            assert value == house[key], key
