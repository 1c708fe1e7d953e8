from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from django.core import mail
from django.test import Client

from convenu.store.models import AuditEntry, Invitation, Membership, Organisation
from convenu.store.people import Role
from convenu.store.tenancy import tenant_scope
from convenu.web.views.journal import WORDS
from tests.web.people import PASSWORD, House, open_msp, signed_in

COMPANY = {
    "provider_name": "Argoat Informatique",
    "provider_legal_form": "sarl",
    "provider_siren": "000 120 261",
    "provider_capital": "20 000",
    "provider_rcs_city": "Rennes",
}
SEAT = {
    "provider_address__street": "3 quai des Embruns",
    "provider_address__postcode": "35000",
    "provider_address__city": "Rennes",
    "provider_signatory": "Alice Kerven",
    "provider_signatory_quality": "Gérante",
}
HOURS: dict[str, Any] = {
    "days": ["mon", "tue", "fri"],
    "opens": "08:00",
    "pause": "12:00",
    "resumes": "14:00",
    "closes": "18:30",
    "holidays": "FR-RE",
    "hourly_cost": "46,50",
}
ACCOUNT = {"display_name": "Alice Kerven", "email": "alice@argoat.example", "password": PASSWORD}


def sign_in(client: Client, email: str = "alice@argoat.example", password: str = PASSWORD, **more: str) -> Any:
    return client.post("/connexion", {"email": email, "password": password, **more})


def set_up(client: Client) -> Any:
    for step, answers in (("entreprise", COMPANY), ("siege", SEAT), ("horaires", HOURS)):
        assert client.post(f"/premier-pas/{step}", answers).status_code == 302
    return client.post("/premier-pas/compte", ACCOUNT)


@pytest.mark.django_db
def test_the_first_run_ends_signed_in_as_owner_with_what_was_said() -> None:
    client = Client()
    assert client.get("/connexion").headers["Location"] == "/premier-pas"
    assert set_up(client).headers["Location"] == "/"
    home = client.get("/").content.decode()
    assert "Argoat Informatique" in home
    assert "Activer le code" in home
    kept = Organisation.objects.get()
    assert kept.house_terms["provider_vat_number"] == "FR52000120261"
    assert kept.house_terms["provider_capital"] == "20000.00 EUR"
    assert kept.house_terms["service_hours"][0]["hours"] == {day: ["08:00-12:00", "14:00-18:30"] for day in ("mon", "tue", "fri")}
    assert kept.house_terms["service_hours"][0]["timezone"] == "Indian/Reunion"
    assert str(kept.hourly_cost) == "46.50"


@pytest.mark.django_db
def test_the_first_run_is_closed_once_done_and_to_other_machines() -> None:
    assert Client(REMOTE_ADDR="203.0.113.9").get("/premier-pas").status_code == 403
    assert Client(HTTP_X_FORWARDED_FOR="203.0.113.9").get("/premier-pas/entreprise").status_code == 403
    set_up(Client())
    assert Client().get("/premier-pas").status_code == 404
    assert Client().post("/premier-pas/compte", ACCOUNT).status_code == 404


@pytest.mark.django_db
def test_another_machine_opens_the_first_run_with_the_code_that_serve_printed(settings: Any) -> None:
    settings.CONVENU_SETUP_CODE = "abc123"
    client = Client(REMOTE_ADDR="203.0.113.9")
    assert client.get("/premier-pas?code=abc124").status_code == 403
    assert client.get("/premier-pas?code=abc123").status_code == 302
    assert client.get("/premier-pas/entreprise").status_code == 200


@pytest.mark.django_db
def test_a_step_is_not_jumped_over() -> None:
    assert Client().get("/premier-pas/compte").headers["Location"] == "/premier-pas/entreprise"


@pytest.mark.django_db
def test_mistakes_stand_on_top_and_at_the_field_in_the_same_words_and_what_was_typed_stays() -> None:
    page = Client().post("/premier-pas/entreprise", {**COMPANY, "provider_siren": "123 456 789"})
    text = page.content.decode()
    assert page.status_code == 422
    assert "<title>Erreur - Votre entreprise - Convenu</title>" in text
    assert text.count("SIREN « 123 456 789 » faux") == 2
    assert 'href="#id_provider_siren"' in text
    assert 'value="123 456 789"' in text
    assert 'aria-invalid="true"' in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"closes": "07:00"}, "closes"),
        ({"pause": ""}, "pause"),
        ({"days": []}, "days"),
        ({"opens": "25:00"}, "opens"),
        ({"hourly_cost": "abc"}, "hourly_cost"),
    ],
)
def test_hours_that_make_no_sense_are_refused(changed: dict[str, Any], field: str) -> None:
    client = Client()
    for step, answers in (("entreprise", COMPANY), ("siege", SEAT)):
        client.post(f"/premier-pas/{step}", answers)
    page = client.post("/premier-pas/horaires", {**HOURS, **changed})
    assert page.status_code == 422
    assert f'id="id_{field}_error"' in page.content.decode()


def test_a_person_signs_in_by_password_then_code_and_goes_where_he_wanted(house: House) -> None:
    client = signed_in(house.alice)
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', client.get("/profil/code").content.decode())
    assert secret is not None
    totp = pyotp.TOTP(secret[1].replace(" ", ""))
    codes = re.findall(r"<code>([0-9a-f-]{20})</code>", client.post("/profil/code", {"code": totp.now()}).content.decode())
    assert len(codes) == 10
    fresh = Client()
    assert sign_in(fresh, next="/reglages").headers["Location"] == "/connexion/code"
    assert fresh.get("/").status_code == 302
    assert fresh.post("/connexion/code", {"code": "000000"}).status_code == 422
    assert fresh.post("/connexion/code", {"code": codes[0]}).headers["Location"] == "/reglages"
    assert fresh.get("/reglages").status_code == 200


@pytest.mark.usefixtures("house")
def test_the_code_page_opens_after_the_password_only() -> None:
    assert Client().get("/connexion/code").headers["Location"] == "/connexion"


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example", "http:///evil.example"]
)
@pytest.mark.usefixtures("house")
def test_signing_in_never_leads_to_another_site(wanted: str) -> None:
    assert sign_in(Client(), next=wanted).headers["Location"] == "/"


@pytest.mark.usefixtures("house")
def test_a_wrong_password_keeps_the_address_typed_and_not_the_password() -> None:
    page = sign_in(Client(), password="secret-mal-tapé")
    assert page.status_code == 422
    assert "alice@argoat.example" in page.content.decode()
    assert "secret-mal-tapé" not in page.content.decode()


@pytest.mark.usefixtures("house")
def test_a_known_browser_is_let_in_while_somebody_guesses() -> None:
    known = Client()
    assert sign_in(known).status_code == 302
    known.post("/deconnexion")
    stranger = Client(REMOTE_ADDR="198.51.100.7")
    for number in range(8):
        sign_in(stranger, password=f"essai {number}")
    assert "Trop d’essais" in sign_in(stranger).content.decode()
    assert sign_in(known).status_code == 302


def test_an_invitation_is_sent_taken_up_and_signs_in(house: House, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = signed_in(house.alice).post("/reglages/membres", {"email": "denis@argoat.example", "role": "sales"})
    link = re.search(r"http://testserver(/invitation/\S+)", str(mail.outbox[0].body))
    assert link is not None
    assert link[1] in page.content.decode()
    guest = Client()
    assert "Commercial" in guest.get(link[1]).content.decode()
    assert guest.post(link[1], {"display_name": "Denis", "password": "court"}).status_code == 422
    assert guest.post(link[1], {"display_name": "Denis Tual", "password": PASSWORD}).headers["Location"] == "/"
    assert guest.get("/reglages/membres").status_code == 403
    assert Client().get(link[1]).status_code == 404


def test_the_link_is_not_shown_when_a_mail_server_sends_it(house: House, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.argoat.example"
    page = signed_in(house.alice).post("/reglages/membres", {"email": "denis@argoat.example", "role": "sales"}).content.decode()
    assert "/invitation/" not in page


def test_roles_are_changed_and_the_last_owner_stays(house: House) -> None:
    client = signed_in(house.alice)
    assert client.post(f"/reglages/membres/{house.bob.pk}", {"do": "role", "role": "billing"}).status_code == 302
    with tenant_scope(house.argoat):
        assert Membership.objects.get(pk=house.bob.pk).role == Role.BILLING
    refused = client.post(f"/reglages/membres/{house.alice.pk}", {"do": "deactivate"})
    assert refused.status_code == 422
    assert "doit garder un propriétaire" in refused.content.decode()
    client.post(f"/reglages/membres/{house.bob.pk}", {"do": "deactivate"})
    assert "Rendre l’accès" in client.get("/reglages/membres").content.decode()


def test_an_invitation_is_withdrawn(house: House) -> None:
    client = signed_in(house.alice)
    client.post("/reglages/membres", {"email": "denis@argoat.example", "role": "sales"})
    with tenant_scope(house.argoat):
        offered = Invitation.objects.get()
    client.post(f"/reglages/invitations/{offered.pk}")
    page = client.get("/reglages/membres").content.decode()
    assert "denis@argoat.example" not in re.sub(r'role="status".*?</div>', "", page, flags=re.DOTALL)


@pytest.mark.usefixtures("house")
def test_a_forgotten_password_is_chosen_anew_by_the_link(django_capture_on_commit_callbacks: Any) -> None:
    client = Client()
    with django_capture_on_commit_callbacks(execute=True):
        known = client.post("/mot-de-passe", {"email": "alice@argoat.example"})
        unknown = client.post("/mot-de-passe", {"email": "personne@argoat.example"})
    assert re.sub(r"[A-Za-z0-9]{64}", "", known.content.decode()) == re.sub(r"[A-Za-z0-9]{64}", "", unknown.content.decode())
    link = re.search(r"http://testserver(/mot-de-passe/\S+)", str(mail.outbox[0].body))
    assert link is not None
    shown = client.get(link[1])
    assert shown.headers["Location"].endswith("/nouveau")
    assert client.post(shown.headers["Location"], {"password": "une nouvelle phrase assez longue"}).headers["Location"] == "/connexion"
    assert sign_in(Client(), password="une nouvelle phrase assez longue").status_code == 302
    assert Client().get(link[1], follow=True).status_code == 404


def test_the_profile_changes_language_theme_and_keys(house: House) -> None:
    client = signed_in(house.alice)
    client.post("/profil", {"display_name": "Alice K.", "language": "en", "theme": "dark"})
    page = client.get("/profil").content.decode()
    assert 'lang="en" data-theme="dark"' in page
    assert "Single-letter keys" in page
    assert "data-letters" not in page


def test_the_password_page_keeps_this_session_and_ends_the_others(house: House) -> None:
    here, elsewhere = signed_in(house.alice), signed_in(house.alice)
    assert here.post("/profil/mot-de-passe", {"current": PASSWORD, "new": "une nouvelle phrase assez longue"}).status_code == 302
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_somebody_of_two_msps_works_in_one_at_a_time(house: House) -> None:
    with tenant_scope(house.brocel):
        Membership.objects.create(user=house.bob.user, role=Role.READ_ONLY, joined_at=house.bob.joined_at + timedelta(days=1))
    client = signed_in(house.bob)
    assert "Argoat Informatique" in client.get("/").content.decode()
    client.post("/profil/entreprise", {"organisation": str(house.brocel.pk)})
    assert "Brocel Réseaux" in client.get("/").content.decode()
    other = open_msp("Trieux Systèmes", "Dora", "dora@trieux.example")
    assert client.post("/profil/entreprise", {"organisation": str(other.organisation_id)}).status_code == 404


def test_the_company_page_shows_what_is_kept_and_keeps_what_is_changed(house: House) -> None:
    client = signed_in(house.alice)
    page = client.get("/reglages/entreprise").content.decode()
    assert 'value="50000"' in page
    assert 'value="08:30"' in page
    answers = {**COMPANY, **SEAT, **HOURS, "provider_name": "Argoat & Fils <b>", "pause": "", "resumes": ""}
    assert client.post("/reglages/entreprise", answers).status_code == 302
    again = client.get("/reglages/entreprise").content.decode()
    assert "Argoat &amp; Fils &lt;b&gt;" in again
    assert "<b>" not in again
    kept = Organisation.objects.get(pk=house.argoat.pk).house_terms
    assert kept["service_hours"][0]["hours"]["mon"] == ["08:00-18:30"]
    assert not re.search(r'id="id_pause"[^>]*value|value="[^"]*"[^>]*id="id_pause"', again)


def test_the_journal_tells_what_was_done_in_words(house: House) -> None:
    client = signed_in(house.alice)
    client.post(f"/reglages/membres/{house.bob.pk}", {"do": "role", "role": "billing"})
    page = client.get("/reglages/journal").content.decode()
    assert "Rôle changé" in page
    assert "Chaîne intacte" in page
    with tenant_scope(house.argoat):
        assert AuditEntry.objects.get(action="role_changed").details == {"before": "technician", "after": "billing"}


def test_every_action_of_the_journal_has_its_words() -> None:
    from pathlib import Path

    import convenu.actions

    folder = Path(convenu.actions.__path__[0])
    named = {name for path in folder.glob("*.py") for name in re.findall(r'action="(\w+)"', path.read_text())}
    assert named - set(WORDS) == set()


def test_the_palette_finds_pages_without_accents_and_only_those_one_may_open(house: House) -> None:
    owner, technician = signed_in(house.alice), signed_in(house.bob)
    assert [entry["href"] for entry in owner.get("/palette.json?q=reglag").json()["entries"]] == ["/reglages"]
    assert owner.get("/palette.json?q=membres").json()["entries"]
    assert technician.get("/palette.json?q=membres").json()["entries"] == []
    assert [entry["mark"] for entry in owner.get("/palette.json?q=>inv").json()["entries"]] == [">"]


@pytest.mark.usefixtures("house")
def test_the_language_is_chosen_before_signing_in() -> None:
    client = Client()
    assert "Se connecter" in client.get("/connexion", headers={"Accept-Language": "en"}).content.decode()
    assert client.post("/langue", {"language": "en", "next": "/connexion"}).headers["Location"] == "/connexion"
    assert "Sign in" in client.get("/connexion").content.decode()
    assert client.post("/langue", {"language": "xx", "next": "//evil.example"}).headers["Location"] == "/"


def test_a_fault_says_that_nothing_was_lost_and_its_reference_is_in_the_log(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr("convenu.web.views.home.has_confirmed_totp", broken)
    client = signed_in(house.alice)
    client.raise_request_exception = False
    page = client.get("/")
    reference = re.search(r"Rien n’a été perdu\. Référence ([0-9A-F]{6})\.", page.content.decode())
    assert reference is not None
    assert page.status_code == 500
    assert "a secret detail" not in page.content.decode()
    assert reference[1] in caplog.text


@pytest.mark.usefixtures("house")
def test_pages_carry_the_security_policy_and_no_script_or_style_of_their_own() -> None:
    client = Client()
    page = client.get("/connexion")
    assert page.headers["Content-Security-Policy"].startswith("default-src 'self'; object-src 'none'")
    assert page.headers["Cache-Control"] == "no-store"
    text = page.content.decode()
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=", text)


@pytest.mark.usefixtures("house")
def test_another_sites_name_is_not_answered() -> None:
    assert Client(HTTP_HOST="evil.example").get("/connexion").status_code == 400


@pytest.mark.parametrize(
    "address",
    ["/", "/reglages", "/reglages/membres", "/reglages/entreprise", "/reglages/journal", "/profil", "/profil/code", "/profil/mot-de-passe"],
)
def test_a_page_has_one_heading_a_title_a_skip_link_and_one_polite_region(house: House, address: str) -> None:
    text = signed_in(house.alice).get(address).content.decode()
    assert len(re.findall(r"<h1[ >]", text)) == 1
    assert re.search(r"<title>[^<]+ - Convenu</title>", text)
    assert 'class="skip" href="#contenu"' in text
    assert text.count('aria-live="polite"') == 1
    assert "htmx-4" in text


@pytest.mark.parametrize("demo", [True, False])
def test_the_demo_signs_in_by_itself_on_the_machine_only(db: None, settings: Any, demo: bool) -> None:
    from django.utils import timezone

    from convenu.actions.demo import open_demo_company

    assert db is None
    open_demo_company(timezone.now())
    settings.CONVENU_DEMO = demo
    here = Client(REMOTE_ADDR="127.0.0.1").get("/")
    assert here.status_code == (200 if demo else 302)
    assert ("Données fictives" in here.content.decode()) == demo
    assert Client(REMOTE_ADDR="203.0.113.9").get("/").status_code == 302
    assert Client(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9").get("/").status_code == 302
