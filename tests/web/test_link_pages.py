"""The pages of those who read a contract by a link, and of the MSP who opens it to them."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from convenu.actions.contract_library import library_of
from convenu.actions.interview import answer
from convenu.actions.links import Reader, give_access
from convenu.actions.remarks import leave_remark
from convenu.actions.versions import save_version
from convenu.store.links import LinkRole
from convenu.store.models import AccessLink, AuditEntry, Contract, Remark
from convenu.store.people import Role
from convenu.store.tenancy import tenant_scope
from convenu.vocabulary import french
from convenu.vocabulary.french import plain_spaces
from tests.actions.deals import a_contract, a_full_contract
from tests.web.people import NOW, House, add_member, signed_in, text_of

# The pages read the clock of the day on which the tests are run, and so do the links opened for them.
UNTIL = timezone.localdate() + timedelta(days=30)


@pytest.fixture
def full(house: House) -> Contract:
    """A contract with every answer of the example, on which the check asks the lawyer something."""
    with tenant_scope(house.argoat):
        contract = a_full_contract(house.alice)
        answer(house.alice, contract, {"equipment_on_loan": ["Un pare-feu"]}, now=NOW)
        return contract


def holder(house: House, contract: Contract, role: LinkRole, **more: Any) -> tuple[Client, AccessLink]:
    """A browser on which a link to the contract was opened."""
    with tenant_scope(house.argoat):
        seeing = {name: more.pop(name, False) for name in ("with_word", "with_positions")}
        reader = Reader(role=role, name="Solenn Cadiou", email="solenn@cadiou.example", until=UNTIL, **seeing)
        given = give_access(house.alice, contract, reader, link_of=str, now=timezone.now(), **more)
    client = Client()
    client.get(reverse("take_link", args=[given.address]))
    return client, given.link


def page_of(client: Client, name: str, link: AccessLink, *more: str) -> str:
    response = client.get(reverse(name, args=[link.pk, *more]))
    assert response.status_code == 200, name
    return text_of(response)


def test_the_secret_of_a_link_is_changed_for_a_session_and_left_behind(house: House, full: Contract) -> None:
    with tenant_scope(house.argoat):
        reader = Reader(role="client", name="Hervé", email="herve@valdrene.example", until=UNTIL)
        given = give_access(house.alice, full, reader, link_of=str, now=timezone.now())
    client = Client()
    client.get("/connexion")
    client.session["seen"] = "before"
    opened = client.get(reverse("take_link", args=[given.address]))
    assert (opened.status_code, opened.headers["Location"]) == (302, f"/partage/{given.link.pk}")
    assert opened.headers["Referrer-Policy"] == "no-referrer"
    assert opened.headers["Cache-Control"] == "no-store"
    assert given.address not in page_of(client, "shared", given.link)
    assert Client().get(f"/partage/{given.link.pk}").status_code == 404
    wrong = client.get(reverse("take_link", args=["x" * 43]))
    assert (wrong.status_code, wrong.headers["Referrer-Policy"]) == (404, "no-referrer")
    assert "Ce lien n’ouvre plus rien" in text_of(wrong)


@pytest.mark.usefixtures("house")
def test_too_many_wrong_links_are_answered_by_a_pause() -> None:
    client = Client()
    answers = {client.get(reverse("take_link", args=[f"guess{number}"])).status_code for number in range(40)}
    paused = client.get(reverse("take_link", args=["guess"]))
    assert (answers, paused.status_code) == ({404}, 429)
    assert "Attendez un quart d’heure." in text_of(paused)


def test_the_lawyer_reads_words_cards_findings_and_law(house: House, full: Contract) -> None:
    client, link = holder(house, full, LinkRole.LAWYER)
    document = page_of(client, "shared", link)
    for shown in ("Valdrène Ingénierie", "Loi", "Clause de la bibliothèque", "Relue par", "Argoat Informatique", "note-liability_cap"):
        assert shown in document
    findings = page_of(client, "shared_findings", link)
    assert "Questions pour l’avocat" in findings
    assert "C. civ." in findings
    assert "Ce qu’elle fixe" in page_of(client, "shared_clause", link, "liability_cap")
    assert client.get(reverse("shared_clause", args=[link.pk, "no_such_clause"])).status_code == 404
    for page in (document, findings):
        assert not re.search(r"/contrats|/clients|/reglages|/bibliotheque|Appliquer|Écarter", page)


def test_the_lawyer_is_told_once_what_convenu_is(house: House, full: Contract) -> None:
    client, link = holder(house, full, LinkRole.LAWYER)
    assert "Il ne donne pas de consultation juridique" in page_of(client, "shared", link)
    client.post(reverse("shared_choice", args=[link.pk]), {"do": "told"})
    assert "Il ne donne pas de consultation juridique" not in page_of(client, "shared", link)
    with tenant_scope(house.argoat):
        assert AuditEntry.objects.order_by("-number")[0].action == "link_told"
    assert client.post(reverse("shared_choice", args=[link.pk]), {"do": "anything"}).status_code == 404


def test_the_lawyer_marks_a_question_answered_and_the_msp_sees_it(house: House, full: Contract, alice: Client) -> None:
    client, link = holder(house, full, LinkRole.LAWYER)
    key = re.search(r'name="finding" value="([^"]+)"', page_of(client, "shared_findings", link))
    assert key is not None
    address = reverse("shared_reply", args=[link.pk])
    assert "n’est plus posée" in text_of(client.post(address, {"finding": "other|finding", "words": ""}))
    done = client.post(address, {"finding": key[1], "words": "Prêt à usage <b>gratuit</b>."}, follow=True)
    assert "Questions répondues" in text_of(done)
    for seen in (text_of(done), text_of(alice.get(reverse("findings", args=[full.pk])))):
        assert "Répondue par Solenn Cadiou" in seen
        assert "Prêt à usage &lt;b&gt;gratuit&lt;/b&gt;." in seen
    assert "Réponse à une question" in text_of(alice.get(reverse("sharing", args=[full.pk])))


def test_the_client_reads_the_contract_and_nothing_of_how_it_was_made(house: House, full: Contract) -> None:
    with tenant_scope(house.argoat):
        secret = {"value": "30 days", "origin": "negotiated", "note": "client difficile"}
        answer(house.alice, full, {"payment_days": secret}, now=NOW)
    client, link = holder(house, full, LinkRole.CLIENT)
    names = (("shared",), ("shared_remarks",), ("shared_remark", "liability_cap"))
    pages = "".join(page_of(client, name, link, *more) for name, *more in names)
    assert "Plafond de responsabilité" in pages
    for hidden in ("Constats", "Bloquant", "valeur du segment", "client difficile", "Note à l’avocat", "bibliothèque", "/contrats"):
        assert hidden not in pages, hidden
    for name in ("shared_findings", "shared_reply"):
        assert client.get(reverse(name, args=[link.pk])).status_code == 403
    assert client.get(reverse("shared_clause", args=[link.pk, "liability_cap"])).status_code == 403
    pdf = client.get(reverse("shared_download", args=[link.pk, "pdf"]))
    assert pdf.content.startswith(b"%PDF")
    assert pdf.headers["Content-Disposition"].startswith("attachment")
    for kind in ("docx", "note", "html", "md", "terms.yaml", "logo", "exe"):
        assert client.get(reverse("shared_download", args=[link.pk, kind])).status_code == 404


POSITIONS = ("Positions de négociation", "À céder en premier", "À ne jamais céder")


def test_the_positions_of_the_msp_are_read_by_its_own_lawyer_only(house: House, full: Contract) -> None:
    ours, our_link = holder(house, full, LinkRole.LAWYER, with_positions=True)
    shown = page_of(ours, "shared_clause", our_link, "liability_cap")
    assert [words for words in POSITIONS if words not in shown] == []
    theirs, their_link = holder(house, full, LinkRole.LAWYER)
    card = page_of(theirs, "shared_clause", their_link, "liability_cap")
    assert "Ce qu’elle fixe" in card
    read = card + page_of(theirs, "shared", their_link) + page_of(theirs, "shared_findings", their_link)
    assert [words for words in POSITIONS if words in read] == []


def test_no_page_nor_file_of_a_client_tells_what_the_msp_would_give_up(house: House, full: Contract) -> None:
    client, link = holder(house, full, LinkRole.CLIENT, with_word=True, with_positions=True)
    assert link.with_positions is False
    pages = (
        page_of(client, "shared", link) + page_of(client, "shared_remarks", link) + page_of(client, "shared_remark", link, "liability_cap")
    )
    with tenant_scope(house.argoat):
        library = library_of(full)
    private = [words for clause in library.clauses for words in (clause.yields_first, clause.never) if words]
    assert len(private) > 100
    word = docx.Document(BytesIO(client.get(reverse("shared_download", args=[link.pk, "docx"])).content))
    everything = pages + "".join(word.element.body.itertext())
    assert [words for words in (*POSITIONS, *private) if words in everything or french.typography(words) in everything] == []
    assert client.get(reverse("shared_clause", args=[link.pk, "liability_cap"])).status_code == 403


def test_a_client_takes_the_word_file_where_the_msp_says_so(house: House, full: Contract) -> None:
    client, link = holder(house, full, LinkRole.CLIENT, with_word=True)
    assert "Word" in page_of(client, "shared", link)
    assert client.get(reverse("shared_download", args=[link.pk, "docx"])).content.startswith(b"PK")


def test_a_question_is_asked_on_an_article_answered_and_closed(house: House, full: Contract, alice: Client) -> None:
    client, link = holder(house, full, LinkRole.CLIENT)
    address = reverse("shared_remark", args=[link.pk, "liability_cap"])
    assert "Cette réponse manque." in text_of(client.post(address, {"kind": "question", "words": " "}))
    asked = client.post(address, {"kind": "question", "words": "Pourquoi <i>douze</i> mois ?"})
    assert asked.headers["Location"] == f"/partage/{link.pk}#clause-liability_cap"
    sharing = reverse("sharing", args=[full.pk])
    seen = text_of(alice.get(sharing))
    assert "Pourquoi &lt;i&gt;douze&lt;/i&gt; mois ?" in seen
    assert re.search(r'Échanges\s*<span class="count">1</span>', seen)
    with tenant_scope(house.argoat):
        remark = Remark.objects.get()
    one = reverse("answer_remark", args=[full.pk, remark.pk])
    refused = alice.post(one, {"do": "answer", "words": ""})
    assert (refused.status_code, "Cette réponse manque." in text_of(refused)) == (422, True)
    closed = text_of(alice.post(one, {"do": "answer_and_close", "words": "C’est notre usage."}, follow=True))
    assert "Réponse transmise." in closed
    assert not re.search(r'Échanges\s*<span class="count">', closed)
    answered = page_of(client, "shared", link)
    assert "C’est notre usage." in answered
    assert "Fermée" in answered
    assert "Remarque rouverte." in text_of(alice.post(one, {"do": "reopen"}, follow=True))
    assert "Remarque fermée." in text_of(alice.post(one, {"do": "close"}, follow=True))
    assert alice.post(one, {"do": "erase"}).status_code == 404


def test_each_reads_what_one_said_oneself_and_nothing_of_the_other(house: House, full: Contract) -> None:
    lawyer, of_lawyer = holder(house, full, LinkRole.LAWYER)
    client, of_client = holder(house, full, LinkRole.CLIENT)
    for browser, link, said in ((lawyer, of_lawyer, "Avis réservé de l’avocat"), (client, of_client, "Question du client")):
        browser.post(reverse("shared_remarks", args=[link.pk]), {"kind": "remark", "words": said})
    assert "Question du client" not in page_of(lawyer, "shared_remarks", of_lawyer) + page_of(lawyer, "shared", of_lawyer)
    assert "Avis réservé" not in page_of(client, "shared_remarks", of_client) + page_of(client, "shared", of_client)


def test_the_msp_opens_a_link_and_withdraws_it(house: House, full: Contract, alice: Client) -> None:
    sharing = reverse("sharing", args=[full.pk])
    with tenant_scope(house.argoat):
        save_version(house.alice, full, now=NOW)
    given = {"role": "client", "name": "Hervé", "email": "herve@valdrene.example", "version": "1", "until": UNTIL.isoformat()}
    wrong = alice.post(sharing, {**given, "role": "owner", "email": "herve", "until": "2020-01-01"})
    assert wrong.status_code == 422
    past = alice.post(sharing, {**given, "until": "2020-01-01"})
    assert (past.status_code, "Choisissez un jour à venir, dans un an au plus." in text_of(past)) == (422, True)
    opened = text_of(alice.post(sharing, given))
    address = re.search(r'<code class="link">(http://testserver/lien/[^<]+)</code>', opened)
    assert address is not None
    assert address[1] not in text_of(alice.get(sharing))
    client = Client()
    assert "Version 0.1 du" in text_of(client.get(address[1], follow=True))
    with tenant_scope(house.argoat):
        link = AccessLink.objects.get()
    alice.post(reverse("withdraw_link", args=[full.pk, link.pk]))
    assert client.get(f"/partage/{link.pk}").status_code == 404
    assert client.get(address[1]).status_code == 404
    assert "retiré" in text_of(alice.get(sharing))


def test_a_technician_reads_the_remarks_and_opens_nothing(house: House, full: Contract) -> None:
    _client, link = holder(house, full, LinkRole.LAWYER)
    with tenant_scope(house.argoat):
        leave_remark(link, kind="remark", clause="", words="Relu.", now=timezone.now())
    bob = signed_in(house.bob)
    page = text_of(bob.get(reverse("sharing", args=[full.pk])))
    assert "Relu." in page
    assert "Ouvrir un lien" not in page
    assert "Fermer sans répondre" not in page
    sales = signed_in(add_member(house.argoat, "Denis", "denis@argoat.example", Role.SALES))
    assert "Ouvrir un lien" in text_of(sales.get(reverse("sharing", args=[full.pk])))


def test_the_journal_names_who_opened_downloaded_and_said(house: House, full: Contract, alice: Client) -> None:
    client, link = holder(house, full, LinkRole.LAWYER)
    client.get(reverse("shared_download", args=[link.pk, "docx"]))
    client.post(reverse("shared_remarks", args=[link.pk]), {"kind": "remark", "words": "Relu."})
    page = text_of(alice.get("/reglages/journal"))
    done = ("Lien ouvert à une personne", "Contrat ouvert par un lien", "Fichier téléchargé par un lien", "Remarque laissée par un lien")
    for words in done:
        assert words in page
    assert page.count("Solenn Cadiou (Avocat)") == 3
    assert page.count("HEL-2026-017, Valdrène Ingénierie") > 3
    assert "Chaîne intacte" in page


def test_a_member_who_opens_a_link_reads_as_its_holder(house: House, full: Contract, alice: Client) -> None:
    with tenant_scope(house.argoat):
        reader = Reader(role="client", name="Hervé", email="herve@valdrene.example", until=UNTIL)
        given = give_access(house.alice, full, reader, link_of=str, now=timezone.now())
    seen = text_of(alice.get(reverse("take_link", args=[given.address]), follow=True))
    assert "Ouvert à Hervé" in seen
    assert "Constats" not in seen
    assert alice.get("/").status_code == 200


def test_two_links_stay_open_on_one_browser(house: House, full: Contract) -> None:
    client, first = holder(house, full, LinkRole.LAWYER)
    with tenant_scope(house.argoat):
        other = a_contract(house.alice, "Autre client", "")
        reader = Reader(role="lawyer", name="Solenn Cadiou", email="solenn@cadiou.example", until=UNTIL)
        second = give_access(house.alice, other, reader, link_of=str, now=timezone.now())
    client.get(reverse("take_link", args=[second.address]))
    assert "Valdrène" in page_of(client, "shared", first)
    assert "Autre client" in page_of(client, "shared", second.link)
    assert "Autre client" not in page_of(client, "shared", first)


def test_the_keys_of_a_link_are_its_own_and_their_letters_can_be_cut(house: House, full: Contract) -> None:
    client, link = holder(house, full, LinkRole.CLIENT)
    page = page_of(client, "shared", link)
    keys = re.findall(r'data-keys="([^"]+)"', page)
    assert keys == ["j", "k", "?", "Escape", "F6", "Control+s"]
    assert 'data-letters="on"' in page
    client.post(reverse("shared_choice", args=[link.pk]), {"do": "letters"})
    assert 'data-letters="on"' not in page_of(client, "shared", link)


def test_a_contract_written_with_a_release_that_is_not_installed_waits_for_the_update(house: House, full: Contract, alice: Client) -> None:
    lawyer, link = holder(house, full, LinkRole.LAWYER)
    with tenant_scope(house.argoat):
        Contract.objects.filter(pk=full.pk).update(library_release="2031.01", library_hash="0" * 64)
    for reader, address in (
        (lawyer, reverse("shared", args=[link.pk])),
        (lawyer, reverse("shared_findings", args=[link.pk])),
        (alice, reverse("contract", args=[full.pk])),
    ):
        response = reader.get(address)
        assert response.status_code == 503, address
        assert "« 2031.01 »" in plain_spaces(text_of(response))
        assert "Rien n’est perdu" in text_of(response)
