from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from django.core import mail

from convenu.actions import accounts, throttle
from convenu.actions.accounts import Visitor
from convenu.actions.passwords import person_of_reset_link, request_password_reset, reset_password
from convenu.actions.second_factor import check_code, confirm_totp, enrol_totp, has_confirmed_totp, remove_totp
from convenu.store.models import AuditEntry, Membership, User
from convenu.store.tenancy import tenant_scope
from convenu.vocabulary.mistakes import MistakesError
from tests.web.people import NOW, PASSWORD, House

HOME = Visitor("192.0.2.10")
ELSEWHERE = Visitor("198.51.100.7")


def try_to_sign_in(email: str, password: str, visitor: Visitor = HOME, seconds: int = 0) -> User:
    return accounts.sign_in(email=email, password=password, visitor=visitor, now=NOW + timedelta(seconds=seconds))


def refused(email: str, password: str, visitor: Visitor = HOME, seconds: int = 0) -> str:
    with pytest.raises(MistakesError) as error:
        try_to_sign_in(email, password, visitor, seconds)
    return str(error.value.mistakes[0].message)


def codes_of(user: User) -> tuple[pyotp.TOTP, list[str]]:
    totp = pyotp.TOTP(enrol_totp(user).secret())
    return totp, confirm_totp(user, code=totp.at(NOW), now=NOW)


def test_a_person_is_recognised_by_address_in_any_case_and_password(house: House) -> None:
    assert try_to_sign_in(" ALICE@argoat.example", PASSWORD) == house.alice.user


@pytest.mark.usefixtures("house")
def test_a_wrong_address_and_a_wrong_password_answer_alike() -> None:
    assert refused("alice@argoat.example", "faux") == refused("personne@argoat.example", "faux")


def test_a_member_put_aside_no_longer_signs_in(house: House) -> None:
    with tenant_scope(house.argoat):
        Membership.objects.filter(pk=house.bob.pk).update(is_active=False)
    assert refused("bob@argoat.example", PASSWORD)


@pytest.mark.usefixtures("house")
def test_somebody_who_guesses_is_stopped_and_the_real_person_still_comes_in_from_a_known_browser() -> None:
    for second in range(throttle.PER_ACCOUNT):
        refused("alice@argoat.example", f"essai {second}", ELSEWHERE, second)
    assert "Trop d’essais" in refused("alice@argoat.example", PASSWORD, ELSEWHERE, 20)
    assert "Trop d’essais" in refused("alice@argoat.example", PASSWORD, HOME, 20)
    assert try_to_sign_in("alice@argoat.example", PASSWORD, Visitor("192.0.2.10", known_browser="mark"), 20).email == "alice@argoat.example"
    assert try_to_sign_in("alice@argoat.example", PASSWORD, HOME, 16 * 60).email == "alice@argoat.example"


@pytest.mark.usefixtures("house")
def test_an_address_that_tries_many_accounts_is_stopped() -> None:
    for number in range(throttle.PER_ADDRESS):
        refused(f"personne{number}@argoat.example", "faux", ELSEWHERE, number)
    assert "Trop d’essais" in refused("alice@argoat.example", PASSWORD, ELSEWHERE, 60)
    assert try_to_sign_in("alice@argoat.example", PASSWORD, HOME, 60).email == "alice@argoat.example"


@pytest.mark.usefixtures("house")
def test_an_ipv6_customer_counts_as_one_address() -> None:
    assert throttle.address("sign-in", "2001:db8:1:2::1") == throttle.address("sign-in", "2001:db8:1:2:ffff::9")
    assert throttle.address("sign-in", "2001:db8:1:2::1") != throttle.address("sign-in", "2001:db8:1:3::1")


def test_the_authenticator_counts_once_a_first_code_is_confirmed(house: House) -> None:
    user = house.alice.user
    device = enrol_totp(user)
    assert not has_confirmed_totp(user)
    with pytest.raises(MistakesError):
        confirm_totp(user, code="000000", now=NOW)
    codes = confirm_totp(user, code=pyotp.TOTP(device.secret()).at(NOW), now=NOW)
    assert has_confirmed_totp(user)
    assert len(set(codes)) == 10
    with tenant_scope(house.argoat):
        assert AuditEntry.objects.filter(action="totp_confirmed").count() == 1


def test_a_code_serves_once_and_an_old_one_not_at_all(house: House) -> None:
    totp, _codes = codes_of(house.alice.user)
    later = NOW + timedelta(minutes=2)
    check_code(house.alice.user, code=totp.at(later), visitor=HOME, now=later)
    for code, moment in ((totp.at(later), later), (totp.at(NOW), later), (totp.at(later), later + timedelta(minutes=5))):
        with pytest.raises(MistakesError):
            check_code(house.alice.user, code=code, visitor=HOME, now=moment)


def test_a_recovery_code_opens_once(house: House) -> None:
    _totp, codes = codes_of(house.alice.user)
    check_code(house.alice.user, code=codes[0].upper(), visitor=HOME, now=NOW)
    with pytest.raises(MistakesError):
        check_code(house.alice.user, code=codes[0], visitor=HOME, now=NOW)


def test_codes_cannot_be_guessed_at_leisure(house: House) -> None:
    totp, _codes = codes_of(house.alice.user)
    later = NOW + timedelta(minutes=2)
    for _number in range(throttle.PER_ACCOUNT):
        with pytest.raises(MistakesError):
            check_code(house.alice.user, code="000000", visitor=HOME, now=later)
    with pytest.raises(MistakesError, match="Trop d’essais"):
        check_code(house.alice.user, code=totp.at(later), visitor=ELSEWHERE, now=later)


def test_the_authenticator_is_removed_with_the_password(house: House) -> None:
    codes_of(house.alice.user)
    with pytest.raises(MistakesError):
        remove_totp(house.alice.user, password="faux", now=NOW)
    remove_totp(house.alice.user, password=PASSWORD, now=NOW)
    assert not has_confirmed_totp(house.alice.user)


@pytest.mark.usefixtures("house")
def test_a_reset_link_serves_once_and_answers_nothing_to_strangers(django_capture_on_commit_callbacks: object) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        for email in ("alice@argoat.example", "personne@argoat.example"):
            request_password_reset(email=email, link_of=lambda uid, token: f"https://c.example/{uid}/{token}", visitor=HOME, now=NOW)
    assert [message.to for message in mail.outbox] == [["alice@argoat.example"]]
    link = re.search(r"c\.example/(\S+)/(\S+)", str(mail.outbox[0].body))
    assert link is not None
    with pytest.raises(MistakesError):
        reset_password(uid=link[1], token=link[2], password="court", now=NOW)
    reset_password(uid=link[1], token=link[2], password="un autre quai sous la pluie", now=NOW)
    assert person_of_reset_link(link[1], link[2]) is None
    assert try_to_sign_in("alice@argoat.example", "un autre quai sous la pluie").email == "alice@argoat.example"


@pytest.mark.parametrize("uid", ["", "AAAA", "%%%", "é", "MTIz", "a" * 500])
@pytest.mark.django_db
def test_a_forged_reset_link_opens_nothing(uid: str) -> None:
    assert person_of_reset_link(uid, "x-y") is None


@pytest.mark.usefixtures("house")
def test_reset_messages_cannot_flood_a_mailbox() -> None:
    for _number in range(throttle.PER_ACCOUNT):
        request_password_reset(email="alice@argoat.example", link_of=lambda _uid, token: token, visitor=ELSEWHERE, now=NOW)
    with pytest.raises(MistakesError, match="Trop d’essais"):
        request_password_reset(email="alice@argoat.example", link_of=lambda _uid, token: token, visitor=HOME, now=NOW)


def test_the_password_is_changed_with_the_current_one(house: House) -> None:
    with pytest.raises(MistakesError) as error:
        accounts.change_password(house.alice.user, current="faux", new="une phrase assez longue", now=NOW)
    assert error.value.mistakes[0].where == "current"
    accounts.change_password(house.alice.user, current=PASSWORD, new="une phrase assez longue", now=NOW)
    assert try_to_sign_in("alice@argoat.example", "une phrase assez longue").email == "alice@argoat.example"
