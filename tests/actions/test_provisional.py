from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from docx import Document

from convenu.actions.contracts import archive_contract
from convenu.actions.current_terms import current_terms
from convenu.actions.drafts import as_offered, version_file
from convenu.actions.interview import answer, confirm_later
from convenu.actions.links import Given, opened_link
from convenu.actions.look_up import NotFoundError
from convenu.actions.permissions import NotAllowedError
from convenu.actions.provisional import (
    changed_since,
    convert,
    decide,
    offer_behind,
    offers_of,
    prepare_provisional,
    send_provisional,
    withdraw_provisional,
)
from convenu.actions.shared import shared_contract, shared_file
from convenu.agreement.provisional import QUOTE
from convenu.library.provisional import acceptance
from convenu.store.models import AccessLink, AuditEntry, Contract, ProvisionalContract, StoredFile
from convenu.store.provisional import ProvisionalStatus
from convenu.store.versions import FileKind
from convenu.terms.files import as_data
from convenu.vocabulary import french
from convenu.vocabulary.french import plain_spaces
from convenu.vocabulary.mistakes import MistakesError
from tests.actions.deals import TODAY, a_contract
from tests.web.people import NOW, House

UNTIL = TODAY + timedelta(days=30)
LAST_MOMENT = datetime.fromisoformat(f"{UNTIL}T23:59:00+01:00")
DAY_AFTER = datetime.fromisoformat(f"{UNTIL + timedelta(days=1)}T00:01:00+01:00")


@pytest.fixture
def prepared(argoat: House, contract: Contract) -> ProvisionalContract:
    return prepare_provisional(argoat.alice, contract, valid_until=UNTIL, now=NOW)


def sent(house: House, contract: Contract, provisional: ProvisionalContract, email: str = "herve@valdrene.example") -> Given:
    return send_provisional(house.alice, contract, provisional.pk, name="Hervé Maupertuis", email=email, link_of=str, now=NOW)


def standing(provisional: ProvisionalContract, day: date = TODAY) -> ProvisionalStatus:
    provisional.refresh_from_db()
    return provisional.standing(day)


def test_a_provisional_contract_holds_the_contract_its_quote_and_its_open_points(argoat: House, contract: Contract) -> None:
    confirm_later(argoat.alice, contract, ["client_signatory"], who="le client", now=NOW)
    prepared = prepare_provisional(argoat.alice, contract, valid_until=UNTIL, now=NOW)
    text = as_offered(prepared.version).text
    assert text.title.endswith("contrat prévisionnel")
    quote = text.section(QUOTE)
    assert quote is not None
    assert "Total mensuel" in quote.plain
    assert "23 décembre 2026" in plain_spaces(quote.plain)
    assert all(plain_spaces(french.typography(sentence)) in plain_spaces(quote.plain) for sentence in acceptance())
    # The list ends as one does.
    assert quote.plain.count(" ;\n") == len(text.open_points) - 1
    assert quote.plain.rstrip().endswith(".")
    assert "Signataire du Client" in quote.plain
    # Who must confirm stays with the provider, and nothing is signed here.
    assert "le client" not in quote.plain
    assert text.signatories == ()
    assert standing(prepared) is ProvisionalStatus.DRAFT


def test_it_says_so_on_every_page_in_word_and_in_its_particulars(argoat: House, prepared: ProvisionalContract) -> None:
    kept = version_file(argoat.alice, prepared.version, FileKind.WORD, now=NOW)
    document = Document(io.BytesIO(bytes(kept.content)))
    (section,) = document.sections
    assert "contrat prévisionnel" in "".join(one.text for one in section.header.paragraphs)
    assert "contrat prévisionnel" in "".join(one.text for one in section.first_page_header.paragraphs)
    assert version_file(argoat.alice, prepared.version, FileKind.WORD, now=NOW).pk == kept.pk


def test_without_a_price_there_is_no_provisional_contract(argoat: House) -> None:
    with pytest.raises(MistakesError, match="ligne de prix"):
        prepare_provisional(argoat.alice, a_contract(argoat.alice), valid_until=UNTIL, now=NOW)


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY + timedelta(days=800)])
def test_a_validity_in_the_past_or_beyond_a_year_is_refused(argoat: House, contract: Contract, day: date) -> None:
    with pytest.raises(MistakesError):
        prepare_provisional(argoat.alice, contract, valid_until=day, now=NOW)


def test_the_client_reads_it_with_its_quote_and_downloads_the_bytes_that_were_sent(
    argoat: House, contract: Contract, prepared: ProvisionalContract
) -> None:
    given = sent(argoat, contract, prepared)
    assert standing(prepared) is ProvisionalStatus.SENT
    assert shared_contract(given.link, now=NOW).text.section(QUOTE) is not None
    file = shared_file(given.link, FileKind.WORD, now=NOW)
    assert isinstance(file, StoredFile)
    assert file.version_id == prepared.version_id
    # The link ends with the offer.
    assert opened_link(given.link.pk, given.link.token_digest, now=LAST_MOMENT) is not None
    assert opened_link(given.link.pk, given.link.token_digest, now=DAY_AFTER) is None


def test_the_client_accepts_by_the_link_the_trace_stays_and_the_provider_is_told(
    argoat: House, contract: Contract, prepared: ProvisionalContract, django_capture_on_commit_callbacks: Any
) -> None:
    given = sent(argoat, contract, prepared)
    with django_capture_on_commit_callbacks(execute=True):
        decide(given.link, accepted=True, name=" Hervé  Maupertuis, gérant ", words="Parfait.", now=NOW)
    (told,) = mail.outbox
    assert (told.to, "a accepté le contrat prévisionnel" in told.subject) == ([argoat.alice.user.email], True)
    assert "Parfait" not in told.body
    prepared.refresh_from_db()
    assert (prepared.status, prepared.decided_by, prepared.decided_at, prepared.decided_words) == (
        ProvisionalStatus.ACCEPTED,
        "Hervé Maupertuis, gérant",
        NOW,
        "Parfait.",
    )
    entry = AuditEntry.objects.get(action="provisional_accepted")
    assert entry.subject == f"accesslink:{given.link.pk}"
    assert entry.details["name"] == "Hervé Maupertuis, gérant"
    assert entry.details["text"] == prepared.version.text_hash
    with pytest.raises(MistakesError, match="n’attend plus"):
        decide(given.link, accepted=False, name="Hervé", now=NOW)


def test_a_refusal_is_kept_with_its_words(argoat: House, contract: Contract, prepared: ProvisionalContract) -> None:
    decide(sent(argoat, contract, prepared).link, accepted=False, name="Hervé Maupertuis", words="Trop cher.", now=NOW)
    assert standing(prepared, UNTIL + timedelta(days=90)) is ProvisionalStatus.REFUSED
    with pytest.raises(MistakesError, match="accepté"):
        convert(argoat.alice, contract, prepared.pk, now=NOW)


def test_it_is_accepted_on_its_last_day_and_refused_the_day_after(argoat: House, contract: Contract, prepared: ProvisionalContract) -> None:
    link = sent(argoat, contract, prepared).link
    # A link that outlives the offer changes nothing.
    AccessLink.objects.filter(pk=link.pk).update(expires_at=DAY_AFTER + timedelta(days=30))
    assert standing(prepared, UNTIL) is ProvisionalStatus.SENT
    assert standing(prepared, UNTIL + timedelta(days=1)) is ProvisionalStatus.EXPIRED
    with pytest.raises(MistakesError, match="expiré"):
        decide(link, accepted=True, name="Hervé Maupertuis", now=DAY_AFTER)
    decide(link, accepted=True, name="Hervé Maupertuis", now=LAST_MOMENT)
    assert standing(prepared, UNTIL + timedelta(days=90)) is ProvisionalStatus.ACCEPTED


def test_a_name_is_needed_and_only_the_client_answers(argoat: House, contract: Contract, prepared: ProvisionalContract) -> None:
    link = sent(argoat, contract, prepared).link
    with pytest.raises(MistakesError, match="nom"):
        decide(link, accepted=True, name="  ", now=NOW)
    AccessLink.objects.filter(pk=link.pk).update(role="lawyer")
    with pytest.raises(NotAllowedError):
        decide(link, accepted=True, name="Me Cadiou", now=NOW)


def test_one_offer_stands_at_a_time_and_what_is_withdrawn_is_not_accepted(
    argoat: House, contract: Contract, prepared: ProvisionalContract
) -> None:
    first = sent(argoat, contract, prepared).link
    second = prepare_provisional(argoat.alice, contract, valid_until=UNTIL, now=NOW)
    link = sent(argoat, contract, second, email="autre@valdrene.example").link
    assert [one.standing for one in offers_of(argoat.alice, contract, today=TODAY)] == [ProvisionalStatus.SENT, ProvisionalStatus.WITHDRAWN]
    with pytest.raises(MistakesError, match="n’attend plus"):
        decide(first, accepted=True, name="Hervé Maupertuis", now=NOW)
    withdraw_provisional(argoat.alice, contract, second.pk, now=NOW)
    with pytest.raises(MistakesError, match="n’attend plus"):
        decide(link, accepted=True, name="Hervé Maupertuis", now=NOW)


def test_conversion_brings_back_every_answer_that_was_accepted_and_keeps_those_given_to_open_points(
    argoat: House, contract: Contract
) -> None:
    confirm_later(argoat.alice, contract, ["client_signatory"], who="le client", now=NOW)
    prepared = prepare_provisional(argoat.alice, contract, valid_until=UNTIL, now=NOW)
    accepted = dict(prepared.version.terms)
    decide(sent(argoat, contract, prepared).link, accepted=True, name="Hervé Maupertuis", now=NOW)
    answer(argoat.alice, contract, {"payment_days": "45 days", "client_signatory": "Hervé Maupertuis"}, now=NOW)
    assert set(changed_since(prepared)) == {"payment_days"}
    convert(argoat.alice, contract, prepared.pk, now=NOW)
    now = as_data(current_terms(contract))
    assert {term: now[term] for term in accepted if term != "client_signatory"} == {
        term: value for term, value in accepted.items() if term != "client_signatory"
    }
    assert now["client_signatory"] == "Hervé Maupertuis"
    assert standing(prepared) is ProvisionalStatus.CONVERTED
    with pytest.raises(MistakesError):
        convert(argoat.alice, contract, prepared.pk, now=NOW)


def test_an_archived_contract_is_not_accepted_any_more(argoat: House, contract: Contract, prepared: ProvisionalContract) -> None:
    link = sent(argoat, contract, prepared).link
    archive_contract(argoat.alice, contract, now=NOW)
    with pytest.raises(MistakesError, match="archivé"):
        decide(link, accepted=True, name="Hervé Maupertuis", now=NOW)


def test_a_link_to_the_draft_opens_no_offer_and_another_contracts_offer_does_not_exist(
    argoat: House, contract: Contract, prepared: ProvisionalContract
) -> None:
    link = sent(argoat, contract, prepared).link
    other = a_contract(argoat.alice, name="Helionde", siren="")
    with pytest.raises(NotFoundError):
        withdraw_provisional(argoat.alice, other, prepared.pk, now=NOW)
    AccessLink.objects.filter(pk=link.pk).update(version=None)
    link.refresh_from_db()
    assert offer_behind(link, now=NOW) is None
    with pytest.raises(NotFoundError):
        decide(link, accepted=True, name="Hervé Maupertuis", now=NOW)


def test_only_who_sells_prepares_and_sends(argoat: House, contract: Contract, prepared: ProvisionalContract) -> None:
    with pytest.raises(NotAllowedError):
        prepare_provisional(argoat.bob, contract, valid_until=UNTIL, now=NOW)
    with pytest.raises(NotAllowedError):
        send_provisional(argoat.bob, contract, prepared.pk, name="X", email="x@y.example", link_of=str, now=NOW)
