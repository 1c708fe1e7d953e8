from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from convenu.actions.company import mistakes_in
from convenu.actions.demo import demo_owner, open_demo_company
from convenu.actions.organisations import FirstOwner, change_house, nothing_opened_yet, open_first_organisation, open_organisation
from convenu.actions.permissions import NotAllowedError
from convenu.store import audit
from convenu.store.models import AuditEntry, Membership, Organisation, User
from convenu.store.tenancy import tenant_scope
from convenu.vocabulary.mistakes import MistakesError
from tests.web.people import NOW, PASSWORD, TERMS, House

OWNER = FirstOwner("Alice Kerven", "Alice@Argoat.example ", PASSWORD)


def opened(**terms: Any) -> Membership:
    return open_organisation(terms={**TERMS, **terms}, hourly_cost=Decimal("46.50"), owner=OWNER, now=NOW)


def places(error: pytest.ExceptionInfo[MistakesError]) -> set[str]:
    return {mistake.where for mistake in error.value.mistakes}


@pytest.mark.django_db
def test_the_vat_number_is_computed_from_the_siren() -> None:
    terms = {key: value for key, value in TERMS.items() if key != "provider_vat_number"}
    member = open_organisation(terms=terms, hourly_cost=None, owner=OWNER, now=NOW)
    assert member.organisation.house_terms["provider_vat_number"] == "FR52000120261"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("siren", "accepted"), [("000 120 261", True), ("000611061", True), ("732829320", True), ("000120262", False), ("12345", False)]
)
def test_a_siren_is_accepted_by_its_check_digit(siren: str, accepted: bool) -> None:
    assert (mistakes_in({"provider_siren": siren}) == []) == accepted


@pytest.mark.django_db
def test_every_mistake_of_the_set_up_is_told_at_once_and_nothing_is_kept() -> None:
    wrong = {
        "provider_siren": "1",
        "provider_legal_form": "sarl-ish",
        "provider_address": {"street": "", "postcode": "35000", "city": "Rennes"},
    }
    with pytest.raises(MistakesError) as error:
        open_organisation(terms={**TERMS, **wrong}, hourly_cost=Decimal(5000), owner=FirstOwner("", "a@b.fr", "court"), now=NOW)
    assert places(error) >= {"provider_siren", "provider_legal_form", "provider_address.street", "display_name", "password", "hourly_cost"}
    assert (Organisation.objects.count(), User.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_the_first_owner_signs_in_by_a_plain_address_and_the_journal_begins() -> None:
    member = opened()
    assert member.user.email == "alice@argoat.example"
    assert member.user.check_password(PASSWORD)
    with tenant_scope(member.organisation):
        assert [entry.action for entry in AuditEntry.objects.all()] == ["organisation_opened"]
        assert audit.verify() == ()


@pytest.mark.django_db
def test_only_the_first_visitor_opens_the_installation() -> None:
    assert nothing_opened_yet()
    open_first_organisation(terms=TERMS, hourly_cost=None, owner=OWNER, now=NOW)
    with pytest.raises(MistakesError):
        open_first_organisation(terms=TERMS, hourly_cost=None, owner=FirstOwner("Eve", "eve@x.example", PASSWORD), now=NOW)
    assert Organisation.objects.count() == 1


def test_the_house_is_changed_by_its_owner_only(house: House) -> None:
    with tenant_scope(house.argoat):
        change_house(house.alice, terms={**TERMS, "provider_rcs_city": "Vannes"}, hourly_cost=Decimal(50), now=NOW)
        with pytest.raises(NotAllowedError):
            change_house(house.bob, terms=TERMS, hourly_cost=None, now=NOW)
    kept = Organisation.objects.get(pk=house.argoat.pk)
    assert (kept.house_terms["provider_rcs_city"], kept.hourly_cost) == ("Vannes", Decimal("50.00"))


@pytest.mark.django_db
def test_the_demo_company_is_opened_once_and_its_owner_has_no_password() -> None:
    first, second = open_demo_company(timezone.now()), open_demo_company(timezone.now())
    assert first == second
    assert first.name == "Hélionde Infogérance"
    owner = demo_owner()
    assert owner is not None
    assert not owner.user.has_usable_password()


def test_the_house_terms_are_terms_of_the_contract(house: House) -> None:
    from convenu.terms.contract import Terms

    assert Terms.model_validate(house.argoat.house_terms).model_dump(mode="json", exclude_defaults=True)["provider_siren"]
