from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from convenu.actions.current_terms import current_terms
from convenu.actions.interview import (
    Move,
    Outcome,
    answer,
    changed_paths,
    confirm_later,
    last_answers,
    moved_clauses,
    reset_answer,
    state_none,
    undo,
)
from convenu.actions.look_up import NotFoundError
from convenu.actions.permissions import NotAllowedError
from convenu.store.models import Answer, AnswerHistory, AuditEntry, Contract, Membership
from convenu.store.people import Role
from convenu.store.tenancy import tenant_scope
from convenu.terms.states import Origin
from convenu.vocabulary.mistakes import MistakesError
from tests.actions.deals import FORBIDDEN_PAYMENT, LATER, TODAY, a_contract, view
from tests.web.people import NOW, House, add_member


def test_an_answer_tells_which_terms_clauses_and_findings_it_moved(argoat: House, contract: Contract) -> None:
    outcome = answer(argoat.alice, contract, FORBIDDEN_PAYMENT, now=LATER)
    assert set(outcome.changed_terms) == {"payment_days", "payment_start"}
    assert [finding.rule for finding in outcome.raised] == ["com-l441-10-delai"]
    assert outcome.lifted == ()
    back = answer(argoat.alice, contract, {"payment_days": "30 days"}, now=LATER)
    assert [finding.rule for finding in back.lifted] == ["com-l441-10-delai"]
    assert back.raised == ()


def test_a_changed_value_touches_the_clauses_that_print_it_and_no_other(argoat: House, contract: Contract) -> None:
    outcome = answer(argoat.alice, contract, {"client_signatory_quality": "gérante"}, now=LATER)
    before = {section.clause: section.plain for section in view(argoat.alice, contract).text.sections()}
    assert {moved.clause for moved in outcome.changed_clauses} == {clause for clause, words in before.items() if "gérante" in words}
    assert {moved.move for moved in outcome.changed_clauses} == {Move.CHANGED}


def test_the_short_form_the_long_form_and_a_state_word_are_all_kept(argoat: House, contract: Contract) -> None:
    given = {
        "payment_days": "30 days",
        "notice_period": {"value": "2 months", "origin": "negotiated", "note": "à leur demande"},
        "client_group": "none",
    }
    answer(argoat.alice, contract, given, now=LATER)
    kept = {row.term: row.value for row in Answer.objects.filter(contract=contract, term__in=given)}
    assert kept == {
        "payment_days": {"value": "30 days", "origin": "asked"},
        "notice_period": {"value": "2 months", "origin": "negotiated", "note": "à leur demande"},
        "client_group": {"state": "none", "origin": "asked"},
    }


def test_a_value_that_cannot_be_read_is_told_and_not_kept_and_the_others_are(argoat: House, contract: Contract) -> None:
    given = {
        "client_siren": "123456789",
        "inventory": [{"asset_class": "server", "label": "Serveur", "count": -3}],
        "client_nmae": "Valdrène",
        "downtime_cost": None,
        "renewal_mode": "absent",
        "client_headcount": 52,
    }
    outcome = answer(argoat.alice, contract, given, now=LATER)
    assert outcome.saved == ("client_headcount",)
    assert [mistake.where for mistake in outcome.mistakes] == [
        "client_siren",
        "inventory.0.count",
        "client_nmae",
        "downtime_cost",
        "renewal_mode",
    ]
    assert "Vouliez-vous dire « client_name »" in outcome.mistakes[2].suggestion
    terms = current_terms(contract)
    assert (terms.client_siren.value, terms.client_headcount.value) == ("000481481", 52)


def test_a_list_longer_than_a_clause_prints_and_a_length_beyond_reason_are_refused(argoat: House, contract: Contract) -> None:
    line = {"asset_class": "workstation", "label": "Poste", "count": 1}
    outcome = answer(argoat.alice, contract, {"inventory": [line] * 501, "notice_period": "99999 years"}, now=LATER)
    assert outcome.saved == ()
    assert [mistake.where for mistake in outcome.mistakes] == ["inventory", "notice_period"]
    assert answer(argoat.alice, contract, {"inventory": [line] * 500, "notice_period": "999 years"}, now=LATER).mistakes == ()


def test_markup_and_control_characters_stay_text_or_are_refused(argoat: House, contract: Contract) -> None:
    outcome = answer(argoat.alice, contract, {"client_name": "<b>Valdrène</b>", "client_group": "a\u202eb"}, now=LATER)
    assert outcome.saved == ("client_name",)
    assert current_terms(contract).client_name.value == "<b>Valdrène</b>"
    assert [mistake.where for mistake in outcome.mistakes] == ["client_group"]


def test_answers_that_contradict_each_other_are_kept_and_told_until_they_agree(argoat: House, contract: Contract) -> None:
    outcome = answer(argoat.alice, contract, {"effective_date": "2026-12-01"}, now=LATER)
    assert outcome.saved == ("effective_date",)
    assert [mistake.where for mistake in outcome.contradictions] == ["effective_date"]
    assert view(argoat.alice, contract).contradictions == outcome.contradictions
    assert answer(argoat.alice, contract, {"signature_date": "2026-11-30"}, now=LATER).contradictions == ()


def test_the_same_answer_given_twice_changes_nothing(argoat: House, contract: Contract) -> None:
    answer(argoat.alice, contract, {"payment_days": "30 days"}, now=LATER)
    entries = AnswerHistory.objects.count()
    outcome = answer(argoat.alice, contract, {"payment_days": "30 days"}, now=LATER)
    assert (outcome.saved, outcome.changed_terms, outcome.changed_clauses, outcome.undo) == ((), (), (), None)
    assert AnswerHistory.objects.count() == entries


def test_two_people_on_the_same_answer_the_second_is_shown_the_firsts_and_nothing_is_kept(argoat: House, contract: Contract) -> None:
    shown_to_bob = view(argoat.bob, contract).seen_versions
    answer(argoat.alice, contract, {"notice_period": "2 months"}, now=LATER, seen_versions=view(argoat.alice, contract).seen_versions)
    outcome = answer(
        argoat.bob,
        contract,
        {"notice_period": "1 months", "payment_days": "45 days"},
        now=LATER + timedelta(minutes=2),
        seen_versions=shown_to_bob,
    )
    assert outcome.saved == ()
    (conflict,) = outcome.conflicts
    assert (conflict.term, conflict.by, conflict.at) == ("notice_period", "Alice Kerven", LATER)
    assert conflict.theirs == {"value": "2 months", "origin": "asked"}
    assert str(current_terms(contract).notice_period.value) == "2 months"
    again = answer(argoat.bob, contract, {"notice_period": "1 months"}, now=LATER, seen_versions={"notice_period": conflict.version})
    assert again.saved == ("notice_period",)


def test_two_people_on_different_answers_do_not_hinder_each_other(argoat: House, contract: Contract) -> None:
    seen = view(argoat.alice, contract).seen_versions
    answer(argoat.alice, contract, {"notice_period": "2 months"}, now=LATER, seen_versions=seen)
    outcome = answer(argoat.bob, contract, {"payment_days": "45 days"}, now=LATER, seen_versions=seen)
    assert (outcome.saved, outcome.conflicts) == (("payment_days",), ())


def test_two_people_who_give_the_same_answer_agree(argoat: House, contract: Contract) -> None:
    seen = view(argoat.alice, contract).seen_versions
    answer(argoat.alice, contract, {"notice_period": "2 months"}, now=LATER, seen_versions=seen)
    assert answer(argoat.bob, contract, {"notice_period": "2 months"}, now=LATER, seen_versions=seen).conflicts == ()


def test_an_answer_put_back_takes_the_default_again_and_its_version_goes_on(argoat: House, contract: Contract) -> None:
    first = answer(argoat.alice, contract, {"notice_period": "1 months"}, now=LATER)
    outcome = reset_answer(argoat.alice, contract, ["notice_period"], now=LATER)
    terms = current_terms(contract)
    assert (str(terms.notice_period.value), terms.notice_period.origin) == ("3 months", Origin.SEGMENT)
    assert outcome.versions["notice_period"] == first.versions["notice_period"] + 1
    stale = answer(argoat.bob, contract, {"notice_period": "2 months"}, now=LATER, seen_versions=first.versions)
    assert [conflict.theirs for conflict in stale.conflicts] == [None]


def test_a_value_left_to_be_confirmed_says_by_whom_and_before_when(argoat: House, contract: Contract) -> None:
    confirm_later(argoat.alice, contract, ["payment_days"], who="Soizic Andrieu", before=date(2026, 12, 1), now=LATER)
    term = current_terms(contract).payment_days
    assert (term.unknown, term.who, term.before) == (True, "Soizic Andrieu", date(2026, 12, 1))
    for who, before in (("", None), ("Soizic", date(2026, 11, 22))):
        with pytest.raises(MistakesError):
            confirm_later(argoat.alice, contract, ["payment_days"], who=who, before=before, now=LATER)


def test_none_is_a_value_and_not_a_missing_answer(argoat: House, contract: Contract) -> None:
    state_none(argoat.alice, contract, ["client_cyber_insurance"], now=LATER)
    assert current_terms(contract).client_cyber_insurance.lacking
    assert "client_cyber_insurance" not in {point.term for point in view(argoat.alice, contract).open_points}


def test_what_was_answered_in_one_go_is_undone_in_one_go(argoat: House, contract: Contract) -> None:
    before = current_terms(contract)
    outcome = answer(argoat.alice, contract, FORBIDDEN_PAYMENT, now=LATER)
    assert outcome.undo is not None
    back = undo(argoat.alice, contract, outcome.undo, now=LATER + timedelta(days=30))
    assert current_terms(contract) == before
    assert [finding.rule for finding in back.lifted] == ["com-l441-10-delai"]
    assert back.undo is not None
    undo(argoat.alice, contract, back.undo, now=LATER + timedelta(days=30))
    assert str(current_terms(contract).payment_days.value) == "60 days"


def _undo_twice(member: Membership, contract: Contract, outcome: Outcome) -> None:
    assert outcome.undo is not None
    undo(member, contract, outcome.undo, now=LATER)
    undo(member, contract, outcome.undo, now=LATER)


def _undo_too_late(member: Membership, contract: Contract, outcome: Outcome) -> None:
    assert outcome.undo is not None
    undo(member, contract, outcome.undo, now=LATER + timedelta(days=30, seconds=1))


def _undo_what_somebody_changed_since(member: Membership, contract: Contract, outcome: Outcome) -> None:
    assert outcome.undo is not None
    answer(member, contract, {"payment_days": "20 days"}, now=LATER)
    undo(member, contract, outcome.undo, now=LATER)


@pytest.mark.parametrize(
    ("attempt", "reason"),
    [
        (_undo_twice, "déjà annulé"),
        (_undo_too_late, "trente jours"),
        (_undo_what_somebody_changed_since, "Alice Kerven a changé cette réponse"),
    ],
)
def test_an_answer_is_not_undone_twice_too_late_or_over_somebodys(argoat: House, contract: Contract, attempt: Any, reason: str) -> None:
    outcome = answer(argoat.alice, contract, FORBIDDEN_PAYMENT, now=LATER)
    with pytest.raises(MistakesError, match=reason):
        attempt(argoat.alice, contract, outcome)


def test_the_last_answers_are_listed_with_who_gave_them(argoat: House, contract: Contract) -> None:
    answer(argoat.bob, contract, {"payment_days": "20 days"}, now=LATER)
    entry = last_answers(argoat.alice, contract, now=LATER)[0]
    assert (entry.term, entry.by.display_name, entry.new) == ("payment_days", "Bob Le Goff", {"value": "20 days", "origin": "asked"})
    assert last_answers(argoat.alice, contract, now=LATER + timedelta(days=31)) == ()


def test_the_journal_names_the_terms_and_never_their_values(argoat: House, contract: Contract) -> None:
    answer(argoat.alice, contract, {"client_signatory": "Zoé Quiniou"}, now=LATER)
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.details) == ("answered", {"terms": "client_signatory"})


def test_another_organisations_answers_are_neither_changed_nor_undone(argoat: House) -> None:
    with tenant_scope(argoat.brocel):
        theirs = a_contract(argoat.charlie)
        done = answer(argoat.charlie, theirs, {"notice_period": "1 months"}, now=NOW)
    assert done.undo is not None
    for attempt in (
        lambda: answer(argoat.alice, theirs, {"notice_period": "2 months"}, now=NOW),
        lambda: reset_answer(argoat.alice, theirs, ["notice_period"], now=NOW),
        lambda: undo(argoat.alice, theirs, done.undo, now=NOW),
        lambda: undo(argoat.alice, a_contract(argoat.alice), done.undo, now=NOW),
        lambda: last_answers(argoat.alice, theirs, now=NOW),
    ):
        with pytest.raises(NotFoundError):
            attempt()


@pytest.mark.parametrize("role", [Role.BILLING, Role.READ_ONLY])
def test_billing_and_readers_do_not_answer(argoat: House, contract: Contract, role: Role) -> None:
    reader = add_member(argoat.argoat, "Lise Prigent", "lise@argoat.example", role)
    with pytest.raises(NotAllowedError):
        answer(reader, contract, {"notice_period": "1 months"}, now=LATER)
    assert view(reader, contract).terms.notice_period.stated


def test_a_place_that_changed_is_named_down_to_the_line() -> None:
    before = {"client_address": {"street": "1 rue A", "city": "Rennes"}, "sites": [{"name": "A"}], "users": [1]}
    after = {"client_address": {"street": "1 rue A", "city": "Brest"}, "sites": [{"name": "B"}], "users": [1, 2], "rpo": "1 hours"}
    assert list(changed_paths(before, after)) == ["client_address.city", "sites.0.name", "users", "rpo"]


def test_a_clause_that_comes_or_goes_is_named(argoat: House, contract: Contract) -> None:
    from dataclasses import replace

    text = view(argoat.alice, contract).text
    shorter = replace(text, articles=text.articles[1:])
    gone = [section.clause for section in text.articles[0].sections]
    assert [(moved.clause, moved.move) for moved in moved_clauses(text, shorter)] == [(clause, Move.REMOVED) for clause in gone]
    assert [moved.move for moved in moved_clauses(shorter, text)] == [Move.ADDED] * len(gone)
    assert date.fromisoformat(text.law_day) == TODAY
