from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from convenu.actions.accounts import Visitor
from convenu.actions.members import (
    Invited,
    accept_invitation,
    change_role,
    deactivate_member,
    invite_member,
    open_invitation,
    reactivate_member,
    withdraw_invitation,
)
from convenu.actions.permissions import NotAllowedError
from convenu.store.models import AuditEntry, Invitation, Membership, User
from convenu.store.people import Role
from convenu.store.tenancy import OtherTenantError, tenant_scope
from convenu.vocabulary.mistakes import MistakesError
from tests.web.people import NOW, PASSWORD, House, add_member

HERE = Visitor("192.0.2.10")


@pytest.fixture(autouse=True)
def in_argoat(house: House) -> Iterator[None]:
    with tenant_scope(house.argoat):
        yield


def invited(house: House, email: str = "denis@argoat.example", role: Role = Role.SALES) -> Invited:
    return invite_member(house.alice, email=email, role=role, link_of=lambda token: token, now=NOW)


def accept(token: str, *, password: str = PASSWORD, days: int = 1) -> Membership:
    return accept_invitation(
        token=token, display_name="Denis Tual", password=password, visitor=HERE, language="fr", now=NOW + timedelta(days=days)
    )


def test_an_invited_person_joins_with_the_role_offered(house: House) -> None:
    member = accept(invited(house).link)
    assert (member.user.email, member.role, member.organisation) == ("denis@argoat.example", Role.SALES, house.argoat)
    assert [entry.action for entry in AuditEntry.objects.order_by("number")][-2:] == ["member_invited", "invitation_accepted"]


def test_only_the_digest_of_the_link_is_kept(house: House) -> None:
    offer = invited(house)
    assert offer.link not in str(list(Invitation.objects.values()))


def test_a_link_serves_once(house: House) -> None:
    offer = invited(house)
    accept(offer.link)
    with pytest.raises(MistakesError):
        accept(offer.link)


@pytest.mark.parametrize("ending", ["late", "withdrawn", "replaced"])
def test_an_ended_invitation_opens_nothing(house: House, ending: str) -> None:
    offer = invited(house)
    if ending == "withdrawn":
        withdraw_invitation(house.alice, offer.invitation, now=NOW)
    if ending == "replaced":
        invited(house)
    assert open_invitation(offer.link, now=NOW + timedelta(days=8 if ending == "late" else 1)) is None


def test_an_invitation_is_for_the_msp_that_made_it(house: House) -> None:
    offer = invited(house)
    with tenant_scope(house.brocel):
        member = accept(offer.link)
        assert not Membership.objects.filter(user=member.user).exists()
    assert member.organisation == house.argoat


def test_somebody_who_has_an_account_joins_with_its_password(house: House) -> None:
    offer = invited(house, "charlie@brocel.example")
    with pytest.raises(MistakesError):
        accept(offer.link, password="une autre phrase bien longue")
    assert accept(offer.link).user == house.charlie.user
    assert User.objects.filter(email="charlie@brocel.example").count() == 1


def test_a_new_account_needs_a_good_password(house: House) -> None:
    offer = invited(house)
    with pytest.raises(MistakesError) as error:
        accept(offer.link, password="azerty")
    assert {mistake.where for mistake in error.value.mistakes} == {"password"}
    assert open_invitation(offer.link, now=NOW) is not None


@pytest.mark.parametrize(("email", "role"), [("pas une adresse", Role.SALES), ("bob@argoat.example", Role.SALES), ("x@y.example", "king")])
def test_an_invitation_that_makes_no_sense_is_refused(house: House, email: str, role: str) -> None:
    with pytest.raises(MistakesError):
        invite_member(house.alice, email=email, role=role, link_of=str, now=NOW)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OWNER])
def test_only_an_owner_manages_members(house: House, role: Role) -> None:
    other = add_member(house.argoat, "Erwan", "erwan@argoat.example", role)
    with pytest.raises(NotAllowedError):
        invite_member(other, email="x@y.example", role=Role.SALES, link_of=str, now=NOW)
    with pytest.raises(NotAllowedError):
        change_role(other, other, role=Role.OWNER, now=NOW)
    with pytest.raises(NotAllowedError):
        deactivate_member(other, house.bob, now=NOW)


def test_an_owner_just_put_aside_can_do_nothing_more(house: House) -> None:
    second = add_member(house.argoat, "Erwan", "erwan@argoat.example", Role.OWNER)
    deactivate_member(second, house.alice, now=NOW)
    with pytest.raises(NotAllowedError):
        invited(house)


def test_the_last_owner_stays(house: House) -> None:
    with pytest.raises(MistakesError, match="propriétaire"):
        deactivate_member(house.alice, house.alice, now=NOW)
    with pytest.raises(MistakesError, match="propriétaire"):
        change_role(house.alice, house.alice, role=Role.SALES, now=NOW)
    change_role(house.alice, house.bob, role=Role.OWNER, now=NOW)
    change_role(house.alice, house.alice, role=Role.SALES, now=NOW)
    assert Membership.objects.get(pk=house.alice.pk).role == Role.SALES


def test_a_member_put_aside_comes_back_with_the_same_role(house: House) -> None:
    deactivate_member(house.alice, house.bob, now=NOW)
    assert not Membership.objects.get(pk=house.bob.pk).is_active
    reactivate_member(house.alice, house.bob, now=NOW)
    assert Membership.objects.get(pk=house.bob.pk).role == Role.TECHNICIAN


def test_an_owner_cannot_touch_a_member_of_another_msp(house: House) -> None:
    with pytest.raises(OtherTenantError):
        deactivate_member(house.alice, house.charlie, now=NOW)
    with tenant_scope(house.brocel):
        assert Membership.objects.get(pk=house.charlie.pk).is_active
