from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail

from convenu.actions.contracts import archive_contract
from convenu.actions.drafts import version_file
from convenu.actions.interview import answer
from convenu.actions.lawyer_note import note_of
from convenu.actions.links import REQUESTS_PER_LINK, Given, Reader, give_access, links_of, opened_link, take_link, withdraw_access
from convenu.actions.look_up import NotFoundError
from convenu.actions.permissions import NotAllowedError
from convenu.actions.remarks import (
    answer_remark,
    close_remark,
    leave_remark,
    open_remarks,
    reopen_remark,
    reply_to_question,
    threads_for,
    threads_of,
)
from convenu.actions.shared import shared_contract, shared_file
from convenu.actions.versions import save_version
from convenu.store.links import LinkRole, RemarkKind
from convenu.store.models import AccessLink, AuditEntry, Contract, Remark, Version
from convenu.store.people import Role
from convenu.store.versions import FileKind
from convenu.vocabulary.findings import Finding
from convenu.vocabulary.mistakes import MistakesError
from tests.actions.deals import TODAY, a_contract, view
from tests.web.people import NOW, House, add_member

UNTIL = TODAY + timedelta(days=30)
LATER = NOW + timedelta(hours=1)


def given_to(house: House, contract: Contract, role: LinkRole = LinkRole.LAWYER, **more: Any) -> Given:
    reader = Reader(
        **{"role": role, "name": "Me Solenn Cadiou", "email": "Solenn@cadiou.example", "until": UNTIL, **more.pop("reader", {})}
    )
    return give_access(house.alice, contract, reader, link_of=lambda token: f"https://convenu.example/lien/{token}", now=NOW, **more)


def token_of(given: Given) -> str:
    return given.address.rsplit("/", 1)[1]


def journal() -> list[str]:
    return list(AuditEntry.objects.order_by("number").values_list("action", flat=True))


def test_a_link_is_sent_to_its_reader_and_only_its_digest_is_kept(
    argoat: House, contract: Contract, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        given = given_to(argoat, contract)
    (sent,) = mail.outbox
    assert (sent.to, given.address in sent.body, "23/12/2026" in sent.body) == (["solenn@cadiou.example"], True, True)
    assert token_of(given) not in str(AccessLink.objects.values().get())
    assert "link_given" in journal()


def test_an_opened_link_is_noted_and_opens_again_on_the_same_browser(argoat: House, contract: Contract) -> None:
    given = given_to(argoat, contract)
    link = take_link(token_of(given), remote="192.0.2.7", now=LATER)
    assert link is not None
    assert AccessLink.objects.get().last_opened_at == LATER
    assert AuditEntry.objects.order_by("-number")[0].subject == f"accesslink:{link.pk}"
    assert opened_link(link.pk, link.token_digest, now=LATER) == link
    assert opened_link(link.pk, "0" * 64, now=LATER) is None


def test_a_link_ends_with_its_last_day_or_when_it_is_withdrawn(argoat: House, contract: Contract) -> None:
    given = given_to(argoat, contract, reader={"until": date(2026, 11, 25)})
    last_evening = NOW.replace(day=25, hour=22)
    assert take_link(token_of(given), remote="192.0.2.7", now=last_evening) is not None
    assert take_link(token_of(given), remote="192.0.2.7", now=last_evening + timedelta(hours=1)) is None
    withdraw_access(argoat.alice, contract, given.link.pk, now=LATER)
    assert take_link(token_of(given), remote="192.0.2.7", now=LATER) is None
    with pytest.raises(NotAllowedError):
        shared_contract(given.link, now=LATER)
    with pytest.raises(NotAllowedError):
        leave_remark(given.link, kind="question", clause="", words="Et après ?", now=LATER)
    assert journal()[-1] == "link_withdrawn"


def test_a_new_link_to_the_same_person_ends_the_one_before(argoat: House, contract: Contract) -> None:
    first, second = given_to(argoat, contract), given_to(argoat, contract)
    assert take_link(token_of(first), remote="192.0.2.7", now=LATER) is None
    assert take_link(token_of(second), remote="192.0.2.7", now=LATER) is not None
    assert [link.withdrawn_at is None for link in sorted(links_of(argoat.alice, contract), key=lambda one: one == second.link)] == [
        False,
        True,
    ]


def test_guessed_links_are_counted_by_address(argoat: House, contract: Contract) -> None:
    given = given_to(argoat, contract)
    for number in range(40):
        assert take_link(f"guess-{number}", remote="192.0.2.9", now=NOW) is None
    with pytest.raises(MistakesError, match="Trop d’essais"):
        take_link(token_of(given), remote="192.0.2.9", now=NOW)
    assert take_link(token_of(given), remote="192.0.2.10", now=NOW) is not None


def test_what_is_wrong_in_a_link_is_told_at_once(argoat: House, contract: Contract) -> None:
    wrong = {"role": "owner", "name": " ", "email": "solenn", "until": TODAY - timedelta(days=1)}
    with pytest.raises(MistakesError) as refused:
        given_to(argoat, contract, reader=wrong)
    assert [mistake.where for mistake in refused.value.mistakes] == ["role", "name", "email", "until"]
    with pytest.raises(MistakesError):
        given_to(argoat, contract, reader={"until": TODAY + timedelta(days=400)})
    assert not AccessLink.objects.exists()


def test_only_who_writes_contracts_opens_them(argoat: House, contract: Contract) -> None:
    reader = Reader(role="client", name="Hervé", email="herve@valdrene.example", until=UNTIL)
    with pytest.raises(NotAllowedError):
        give_access(argoat.bob, contract, reader, link_of=str, now=NOW)
    sales = add_member(argoat.argoat, "Denis", "denis@argoat.example", Role.SALES)
    assert give_access(sales, contract, reader, link_of=str, now=NOW).link.by == sales.user


def test_the_lawyer_reads_findings_and_the_client_does_not(argoat: House, contract: Contract) -> None:
    lawyer, client = given_to(argoat, contract).link, given_to(argoat, contract, LinkRole.CLIENT).link
    seen = shared_contract(lawyer, now=LATER)
    assert seen.text.hash == view(argoat.alice, contract).text.hash
    assert seen.findings == view(argoat.alice, contract).findings
    assert shared_contract(client, now=LATER).findings is None


@pytest.mark.parametrize(
    ("role", "with_word", "kinds"),
    [(LinkRole.LAWYER, False, {"docx", "pdf", "note"}), (LinkRole.CLIENT, False, {"pdf"}), (LinkRole.CLIENT, True, {"docx", "pdf"})],
)
def test_each_role_has_its_files(argoat: House, contract: Contract, role: LinkRole, with_word: bool, kinds: set[str]) -> None:
    link = given_to(argoat, contract, role, reader={"with_word": with_word}).link
    for kind in FileKind:
        if kind.value in kinds:
            assert shared_file(link, kind, now=LATER).content
        else:
            with pytest.raises(NotFoundError):
                shared_file(link, kind, now=LATER)
    assert journal().count("link_downloaded") == len(kinds)


def test_a_version_sent_by_link_is_kept_as_bytes_and_stays_what_it_was(argoat: House, contract: Contract) -> None:
    version = save_version(argoat.alice, contract, now=NOW)
    link = given_to(argoat, contract, LinkRole.CLIENT, version=1).link
    kept = version_file(argoat.alice, version, FileKind.PDF, now=LATER)
    answer(argoat.alice, contract, {"client_name": "Autre Nom"}, now=LATER)
    assert "Autre Nom" not in shared_contract(link, now=LATER).text.client
    assert bytes(shared_file(link, FileKind.PDF, now=LATER).content) == bytes(kept.content)
    assert kept.at == NOW
    assert shared_contract(given_to(argoat, contract).link, now=LATER).text.client == "Autre Nom"


def test_a_remark_has_its_author_its_article_and_its_answers(argoat: House, contract: Contract) -> None:
    client = given_to(argoat, contract, LinkRole.CLIENT, reader={"name": "Hervé Maupertuis", "email": "herve@valdrene.example"}).link
    lawyer = given_to(argoat, contract).link
    said = leave_remark(client, kind="question", clause="liability_cap", words=" Pourquoi douze mois ? ", now=LATER)
    leave_remark(lawyer, kind="remark", clause="", words="Relu jusqu’à l’article 9.", now=LATER)
    assert (said.author, said.words, said.at) == ("Hervé Maupertuis", "Pourquoi douze mois ?", LATER)
    assert said.place.startswith("article ")
    answer_remark(argoat.alice, contract, said.pk, words="C’est l’usage entre nous.", close=True, now=LATER)
    (thread,) = threads_for(client, now=LATER)
    assert [one.author for one in thread.answers] == ["Alice Kerven"]
    assert not thread.open
    assert [one.remark.words for one in threads_for(lawyer, now=LATER)] == ["Relu jusqu’à l’article 9."]
    assert [one.remark.author for one in threads_of(argoat.alice, contract)] == ["Me Solenn Cadiou", "Hervé Maupertuis"]
    assert open_remarks(contract) == 1
    reopen_remark(argoat.alice, contract, said.pk, now=LATER)
    assert open_remarks(contract) == 2
    close_remark(argoat.alice, contract, said.pk, now=LATER)
    assert journal()[-5:] == ["remark_left", "remark_answered", "remark_closed", "remark_reopened", "remark_closed"]


def test_a_remark_and_its_answer_are_told_by_message_without_their_words(
    argoat: House, contract: Contract, django_capture_on_commit_callbacks: Any
) -> None:
    link = given_to(argoat, contract).link
    with django_capture_on_commit_callbacks(execute=True):
        said = leave_remark(link, kind="question", clause="liability_cap", words="Pourquoi douze mois ?", now=LATER)
    with django_capture_on_commit_callbacks(execute=True):
        answer_remark(argoat.alice, contract, said.pk, words="C’est l’usage entre nous.", now=LATER)
    told, answered = mail.outbox
    assert (told.to, "Me Solenn Cadiou" in told.subject, said.place in told.body) == ([argoat.alice.user.email], True, True)
    assert (answered.to, "vous a répondu" in answered.subject) == (["solenn@cadiou.example"], True)
    assert not any("douze mois" in one.body or "usage entre" in one.body for one in mail.outbox)


def test_nobody_is_written_to_once_their_link_is_withdrawn(
    argoat: House, contract: Contract, django_capture_on_commit_callbacks: Any
) -> None:
    link = given_to(argoat, contract).link
    said = leave_remark(link, kind="question", clause="", words="Relu.", now=LATER)
    withdraw_access(argoat.alice, contract, link.pk, now=LATER)
    with django_capture_on_commit_callbacks(execute=True):
        answer_remark(argoat.alice, contract, said.pk, words="Merci.", now=LATER)
    assert mail.outbox == []


def test_what_one_said_is_read_again_by_a_newer_link_of_the_same_person(argoat: House, contract: Contract) -> None:
    leave_remark(given_to(argoat, contract).link, kind="remark", clause="", words="Relu.", now=NOW)
    newer = given_to(argoat, contract).link
    assert [one.remark.words for one in threads_for(newer, now=LATER)] == ["Relu."]
    assert threads_for(given_to(argoat, contract, LinkRole.CLIENT).link, now=LATER) == ()


@pytest.mark.parametrize(("kind", "words"), [("reply", "Oui"), ("remark", "  "), ("remark", "x" * 4001)])
def test_an_empty_or_endless_remark_is_refused(argoat: House, contract: Contract, kind: str, words: str) -> None:
    with pytest.raises(MistakesError):
        leave_remark(given_to(argoat, contract).link, kind=kind, clause="", words=words, now=LATER)
    assert not Remark.objects.exists()


def test_a_remark_names_an_article_of_this_contract(argoat: House, contract: Contract) -> None:
    with pytest.raises(NotFoundError):
        leave_remark(given_to(argoat, contract).link, kind="remark", clause="no_such_clause", words="Ici.", now=LATER)


def test_an_archived_contract_is_read_by_its_links_and_takes_no_more_remarks(argoat: House, contract: Contract) -> None:
    link = given_to(argoat, contract).link
    archive_contract(argoat.alice, contract, now=NOW)
    assert shared_contract(link, now=LATER).text.client
    with pytest.raises(MistakesError, match="archivé"):
        leave_remark(link, kind="remark", clause="", words="Trop tard ?", now=LATER)
    with pytest.raises(MistakesError, match="archivé"):
        given_to(argoat, contract)


def test_a_link_does_not_ask_without_end(argoat: House, contract: Contract) -> None:
    link = given_to(argoat, contract).link
    for number in range(REQUESTS_PER_LINK):
        leave_remark(link, kind="remark", clause="", words=str(number), now=NOW)
    with pytest.raises(MistakesError, match="Trop d’essais"):
        leave_remark(link, kind="remark", clause="", words="encore", now=NOW)
    with pytest.raises(MistakesError, match="Trop d’essais"):
        shared_file(link, FileKind.WORD, now=NOW)
    assert shared_file(link, FileKind.WORD, now=NOW + timedelta(minutes=16)).content


@pytest.fixture
def asking(argoat: House, contract: Contract) -> Contract:
    """A contract on which the check asks the lawyer something: equipment is lent."""
    answer(argoat.alice, contract, {"equipment_on_loan": ["Un pare-feu"]}, now=NOW)
    return contract


def question_of(house: House, contract: Contract) -> Finding:
    (asked,) = view(house.alice, contract).findings.questions
    return asked.finding


def test_a_question_is_answered_by_the_lawyer_until_what_it_read_changes(argoat: House, asking: Contract) -> None:
    question = question_of(argoat, asking)
    reply_to_question(given_to(argoat, asking).link, question.key, words="Prêt à usage : c’est écrit.", now=LATER)
    after = view(argoat.alice, asking)
    assert after.findings.questions == ()
    assert [one.finding.key for one in after.findings.replied] == [question.key]
    note = note_of(asking, after.draft)
    assert [(one.words, one.by, one.on) for one in note.replies] == [("Prêt à usage : c’est écrit.", "Me Solenn Cadiou", "23/11/2026")]
    assert note.questions == ()
    answer(argoat.alice, asking, {"equipment_on_loan": ["Un pare-feu", "Un routeur"]}, now=LATER)
    assert question_of(argoat, asking).key == question.key


def test_a_client_answers_no_question_and_nobody_answers_one_that_is_not_asked(argoat: House, asking: Contract) -> None:
    with pytest.raises(NotAllowedError):
        reply_to_question(given_to(argoat, asking, LinkRole.CLIENT).link, question_of(argoat, asking).key, now=LATER)
    with pytest.raises(MistakesError, match="n’est plus posée"):
        reply_to_question(given_to(argoat, asking).link, "nothing|of|the kind", now=LATER)


def test_a_reply_says_something_or_nothing_and_is_kept_with_its_place(argoat: House, asking: Contract) -> None:
    question = question_of(argoat, asking)
    reply = reply_to_question(given_to(argoat, asking).link, question.key, now=LATER)
    assert (reply.kind, reply.words) == (RemarkKind.REPLY, "")
    assert reply.place.startswith(question.title)


def test_a_link_and_a_remark_belong_to_their_contract(argoat: House, contract: Contract) -> None:
    other = a_contract(argoat.alice, "Autre client", "")
    given = given_to(argoat, contract)
    withdraw_access(argoat.alice, other, given.link.pk, now=LATER)
    assert take_link(token_of(given), remote="192.0.2.7", now=LATER) is not None
    said = leave_remark(given.link, kind="remark", clause="", words="Relu.", now=LATER)
    for deed in (close_remark, reopen_remark):
        with pytest.raises(NotFoundError):
            deed(argoat.alice, other, said.pk, now=LATER)
    with pytest.raises(NotFoundError):
        answer_remark(argoat.alice, other, said.pk, words="Non.", now=LATER)
    assert not Version.objects.exists()
