from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from convenu.actions.comparing import ClauseWords, compare
from convenu.actions.contracts import archive_contract
from convenu.actions.current_terms import current_terms
from convenu.actions.interview import answer, confirm_later
from convenu.actions.look_up import NotFoundError, find_version
from convenu.actions.permissions import NotAllowedError
from convenu.actions.versions import compare_versions, compare_with_draft, save_version, terms_of, versions_of
from convenu.agreement.term_words import lines_of
from convenu.library import loader
from convenu.store.kept import ImmutableError
from convenu.store.models import Contract, Version
from convenu.store.tenancy import tenant_scope
from convenu.terms.contract import TERM_KEYS, Terms
from convenu.terms.states import Origin
from convenu.vocabulary.french import plain_spaces
from convenu.vocabulary.mistakes import MistakesError
from convenu.vocabulary.word_diff import DiffKind, DiffRun, word_diff
from tests.actions.deals import LATER, a_contract, view
from tests.web.people import NOW, House


def test_versions_are_numbered_one_after_the_other_in_each_contract(argoat: House, contract: Contract) -> None:
    numbers = [save_version(argoat.alice, contract, comment=f"envoi {rank}", now=NOW).number for rank in (1, 2, 3)]
    other = save_version(argoat.alice, a_contract(argoat.alice, "Autre", ""), now=NOW)
    assert (numbers, other.number) == (["0.1", "0.2", "0.3"], "0.1")
    latest = versions_of(argoat.alice, contract)[0]
    assert (latest.number, latest.comment, latest.by) == ("0.3", "envoi 3", argoat.alice.user)
    assert find_version(argoat.alice, contract, 2).comment == "envoi 2"


def test_a_version_keeps_the_terms_the_words_and_the_library_that_wrote_them(argoat: House, contract: Contract) -> None:
    version = save_version(argoat.alice, contract, now=NOW)
    shown = view(argoat.alice, contract)
    assert terms_of(version) == shown.terms
    assert version.text_hash == shown.text.hash
    assert [kept["clause"] for kept in version.clauses] == [section.clause for section in shown.text.sections()]
    assert (version.library_release, version.library_hash) == (loader.french().release, loader.french().hash)
    answer(argoat.alice, contract, {"notice_period": "1 months"}, now=LATER)
    assert str(terms_of(find_version(argoat.alice, contract, 1)).notice_period.value) == "3 months"


def test_a_kept_version_is_neither_changed_nor_removed(argoat: House, contract: Contract) -> None:
    version = save_version(argoat.alice, contract, now=NOW)
    with pytest.raises(ImmutableError):
        version.save()
    with pytest.raises(ImmutableError):
        version.delete()
    for sql in ("UPDATE store_version SET comment = 'x'", "DELETE FROM store_version"):
        with pytest.raises(DatabaseError, match="kept as it was"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_answers_that_contradict_each_other_make_no_version(argoat: House, contract: Contract) -> None:
    answer(argoat.alice, contract, {"effective_date": "2026-12-01"}, now=NOW)
    with pytest.raises(MistakesError, match="précède la signature"):
        save_version(argoat.alice, contract, now=NOW)
    assert not Version.objects.exists()


def test_two_versions_differ_by_the_terms_and_by_the_words_of_the_clauses(argoat: House, contract: Contract) -> None:
    first = save_version(argoat.alice, contract, now=NOW)
    answer(argoat.alice, contract, {"client_signatory_quality": {"value": "gérante", "origin": "negotiated"}}, now=LATER)
    second = save_version(argoat.alice, contract, now=LATER)
    comparison = compare_versions(argoat.alice, first, second)
    (change,) = comparison.terms
    assert (change.term, change.label, change.before, change.after, change.origin) == (
        "client_signatory_quality",
        "Qualité du signataire du Client",
        ("directeur général",),
        ("gérante",),
        Origin.NEGOTIATED,
    )
    assert comparison.clauses
    for clause in comparison.clauses:
        assert any(run.kind is DiffKind.INSERTED and "gérante" in run.text for run in clause.runs)
        assert any(run.kind is DiffKind.DELETED and "directeur" in run.text for run in clause.runs)
    assert compare_versions(argoat.alice, first, first).same


def test_the_draft_is_compared_with_a_version(argoat: House, contract: Contract) -> None:
    version = save_version(argoat.alice, contract, now=NOW)
    assert compare_with_draft(argoat.alice, version, now=NOW).same
    confirm_later(argoat.alice, contract, ["notice_period"], who="Soizic Andrieu", now=LATER)
    (change,) = compare_with_draft(argoat.alice, version, now=LATER).terms
    assert (plain_spaces(change.before[0]), change.after) == ("3 mois", ("à confirmer par Soizic Andrieu",))


def test_a_version_reads_as_it_was_when_the_library_has_changed(argoat: House, contract: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    first = save_version(argoat.alice, contract, now=NOW)
    second = save_version(argoat.alice, contract, now=LATER)
    shipped = loader.french()
    monkeypatch.setattr(loader, "pinned", lambda *_pin: replace(shipped, hash="f" * 64, clauses=()))
    assert compare_versions(argoat.alice, first, second).same
    changes = compare_with_draft(argoat.alice, first, now=LATER).clauses
    assert changes
    assert all(clause.after is None for clause in changes)


def test_clauses_that_come_leave_or_move_are_told_apart() -> None:
    old = [ClauseWords("a", "1", "A", "un deux"), ClauseWords("b", "2", "B", "trois"), ClauseWords("c", "3", "C", "quatre")]
    new = [ClauseWords("a", "1", "A", "un dix"), ClauseWords("c", "2", "C", "quatre"), ClauseWords("d", "3", "D", "cinq")]
    changes = compare((Terms(), old), (Terms(), new), loader.french()).clauses
    assert [(change.shown.clause, change.before is None, change.after is None, change.only_renumbered) for change in changes] == [
        ("a", False, False, False),
        ("c", False, False, True),
        ("d", True, False, False),
        ("b", False, True, False),
    ]


def test_a_wording_chosen_is_told_by_the_title_of_its_clause() -> None:
    library = loader.french()
    chosen = Terms.model_validate({"clause_wordings": [{"clause": "advice_register", "wording": "plain"}]})
    (change,) = compare((Terms(), []), (chosen, []), library).terms
    assert change.after[0].startswith("Devoir de conseil et registre des Recommandations")


def test_a_diff_of_words_gives_both_texts_back() -> None:
    before, after = "Le préavis est de 3 mois,\navant le terme.", "Le préavis du Client est de 2 mois avant le terme."
    runs = word_diff(before, after)
    assert "".join(run.text for run in runs if run.kind is not DiffKind.INSERTED) == before
    assert "".join(run.text for run in runs if run.kind is not DiffKind.DELETED) == after
    assert DiffRun(DiffKind.INSERTED, "du Client ") in runs


@pytest.mark.usefixtures("argoat")
def test_every_term_of_a_full_contract_reads_in_french(contract: Contract) -> None:
    terms = current_terms(contract)
    lines = {key: lines_of(terms.term(key)) for key in TERM_KEYS}
    assert [key for key, said in lines.items() if not said or not all(said)] == []
    assert [key for key, said in lines.items() if any(word in " ".join(said) for word in ("None", "Span(", "EUR", "{", "business_"))] == []
    assert lines["not_entrusted"][0] == "téléphonie et accès Internet"
    assert [plain_spaces(line) for line in lines["payment_days"]] == ["30 jours"]
    assert plain_spaces(lines["rto"][0]) == "1 jour ouvré"


def test_an_archived_contract_takes_no_version_and_its_versions_are_read(argoat: House, contract: Contract) -> None:
    save_version(argoat.alice, contract, now=NOW)
    archived = archive_contract(argoat.alice, contract, now=LATER)
    with pytest.raises(MistakesError, match="archivé"):
        save_version(argoat.alice, archived, now=LATER)
    assert len(versions_of(argoat.alice, archived)) == 1


def test_versions_of_another_organisation_or_of_two_contracts_are_not_compared(argoat: House, contract: Contract) -> None:
    mine = save_version(argoat.alice, contract, now=NOW)
    other = save_version(argoat.alice, a_contract(argoat.alice, "Autre", ""), now=NOW)
    with tenant_scope(argoat.brocel):
        theirs_contract = a_contract(argoat.charlie)
        theirs = save_version(argoat.charlie, theirs_contract, now=NOW)
    for attempt in (
        lambda: compare_versions(argoat.alice, mine, theirs),
        lambda: compare_versions(argoat.alice, mine, other),
        lambda: compare_with_draft(argoat.alice, theirs, now=NOW),
        lambda: save_version(argoat.alice, theirs_contract, now=NOW),
        lambda: versions_of(argoat.alice, theirs_contract),
        lambda: find_version(argoat.alice, theirs_contract, 1),
        lambda: find_version(argoat.alice, contract, 9),
    ):
        with pytest.raises(NotFoundError):
            attempt()


def test_a_technician_reads_versions_and_makes_none(argoat: House, contract: Contract) -> None:
    save_version(argoat.alice, contract, now=NOW)
    assert len(versions_of(argoat.bob, contract)) == 1
    with pytest.raises(NotAllowedError):
        save_version(argoat.bob, contract, now=NOW)
