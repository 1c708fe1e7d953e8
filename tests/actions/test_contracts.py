from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from convenu.actions.clients import add_client
from convenu.actions.contract_view import Progress, contract_view, needed_terms
from convenu.actions.contracts import (
    archive_contract,
    choose_law_day,
    duplicate_contract,
    open_contract,
    restore_contract,
    segments,
)
from convenu.actions.current_terms import current_terms
from convenu.actions.following import Followed, follow
from convenu.actions.interview import answer, confirm_later, reset_answer, undo
from convenu.actions.look_up import NotFoundError, find_contract
from convenu.actions.next_client import LEFT_OUT
from convenu.actions.organisations import change_house
from convenu.actions.permissions import NotAllowedError
from convenu.agreement.scoping import read_answers, scope
from convenu.library import loader
from convenu.store.models import Answer, AuditEntry, Contract, Organisation
from convenu.store.tenancy import tenant_scope
from convenu.terms.closed_lists import ClientSegment
from convenu.terms.contract import TERM_KEYS
from convenu.terms.files import as_data
from convenu.terms.states import Origin
from convenu.vocabulary.mistakes import MistakesError
from tests.actions.deals import LATER, TODAY, a_contract, a_full_contract, valdrene, view
from tests.web.people import NOW, TERMS, House


def test_a_contract_opens_on_the_values_of_the_segment_and_of_the_house(argoat: House) -> None:
    terms = current_terms(a_contract(argoat.alice))
    assert (terms.notice_period.origin, str(terms.notice_period.value)) == (Origin.SEGMENT, "3 months")
    assert (terms.provider_name.origin, terms.provider_name.value) == (Origin.HOUSE, "Argoat Informatique")
    assert terms.service_hours.origin is Origin.HOUSE
    assert (terms.client_name.origin, terms.client_name.value) == (Origin.ASKED, "Valdrène Ingénierie")
    assert terms.effective_date.unknown


def test_the_terms_are_those_that_the_command_line_scopes_from_the_same_answers(argoat: House) -> None:
    contract = a_contract(argoat.alice)
    answer(argoat.alice, contract, valdrene(), now=NOW)
    file = {**{term: row.value for term, row in _answers(contract).items()}, "house": argoat.argoat.house_terms}
    assert as_data(current_terms(contract)) == as_data(scope(read_answers(json.dumps(file, ensure_ascii=False)), loader.french()))


def test_an_answer_wins_over_the_house_which_wins_over_the_segment(argoat: House) -> None:
    contract = a_contract(argoat.alice)
    answer(
        argoat.alice, contract, {"provider_signatory": "Paul Riou", "notice_period": {"value": "2 months", "origin": "negotiated"}}, now=NOW
    )
    terms = current_terms(contract)
    assert (terms.provider_signatory.value, terms.provider_signatory.origin) == ("Paul Riou", Origin.ASKED)
    assert (str(terms.notice_period.value), terms.notice_period.origin) == ("2 months", Origin.NEGOTIATED)


def test_a_sector_s_values_follow_the_facts_as_they_are_answered(argoat: House) -> None:
    contract = a_contract(argoat.alice)

    def breach() -> tuple[str, Origin]:
        term = current_terms(contract).breach_notice
        return str(term.value), term.origin

    assert breach() == ("36 hours", Origin.SEGMENT)
    outcome = answer(argoat.alice, contract, {"client_sector": "finance"}, now=NOW)
    assert {"dora_annex", "professional_secrecy"} <= {moved.clause for moved in outcome.changed_clauses}
    assert breach() == ("24 hours", Origin.SECTOR)
    assert [one.pack.key for one in view(argoat.alice, contract).sectors] == ["finance"]
    answer(argoat.alice, contract, {"breach_notice": "12 hours"}, now=NOW)
    assert breach() == ("12 hours", Origin.ASKED)
    reset_answer(argoat.alice, contract, ["breach_notice"], now=NOW)
    assert breach() == ("24 hours", Origin.SECTOR)
    answer(argoat.alice, contract, {"client_sector": "other"}, now=NOW)
    assert breach() == ("36 hours", Origin.SEGMENT)
    assert view(argoat.alice, contract).sectors == ()


def test_a_sector_kept_under_a_fact_that_no_longer_exists_calls_nothing(argoat: House) -> None:
    contract = a_contract(argoat.alice)
    contract.sector_packs = {"old": {"applies_when": [{"a_fact_long_gone": True}], "terms": {"breach_notice": {"value": "1 hours"}}}}
    assert str(current_terms(contract).breach_notice.value) == "36 hours"


def test_a_change_of_the_house_moves_an_opened_contract_only_when_asked(argoat: House) -> None:
    contract = a_contract(argoat.alice)
    change_house(argoat.alice, terms={**TERMS, "provider_signatory": "Nouvelle Présidente"}, hourly_cost=None, now=NOW)
    assert current_terms(contract).provider_signatory.value == "Maëlle Kervadec"
    assert current_terms(follow(argoat.alice, contract, Followed.HOUSE, now=LATER)).provider_signatory.value == "Nouvelle Présidente"


def test_references_count_up_in_the_year_and_a_reference_answered_is_the_contracts(argoat: House) -> None:
    first = a_contract(argoat.alice)
    second = a_contract(argoat.alice, "Deuxième client", "")
    assert (first.reference, second.reference) == ("2026-001", "2026-002")
    answer(argoat.alice, first, {"contract_reference": "HEL-2026-017"}, now=NOW)
    assert find_contract(argoat.alice, first.pk).reference == "HEL-2026-017"
    with tenant_scope(argoat.brocel):
        assert a_contract(argoat.charlie).reference == "2026-001"


def test_segments_are_those_the_library_has_values_for(argoat: House) -> None:
    known = loader.french().segments
    assert [(one.key, one.label) for one in segments()] == [(key, known[key].label) for key in ClientSegment if key in known]
    with pytest.raises(MistakesError) as refused:
        open_contract(argoat.alice, add_client(argoat.alice, name="X", now=NOW), segment="galactique", now=NOW)
    assert [mistake.where for mistake in refused.value.mistakes] == ["segment"]


def test_another_segment_proposes_its_values_and_loses_no_answer(argoat: House) -> None:
    contract = a_contract(argoat.alice)
    answer(argoat.alice, contract, {"notice_period": "5 months"}, now=NOW)
    outcome = answer(argoat.alice, contract, {"client_segment": "eti"}, now=NOW)
    contract.refresh_from_db()
    terms = current_terms(contract)
    assert (contract.segment, str(terms.notice_period.value)) == ("eti", "5 months")
    assert (str(terms.initial_duration.value), terms.initial_duration.origin) == ("36 months", Origin.SEGMENT)
    assert "governance" in {moved.clause for moved in outcome.changed_clauses}
    assert outcome.undo is not None
    undo(argoat.alice, contract, outcome.undo, now=NOW)
    contract.refresh_from_db()
    assert (contract.segment, str(current_terms(contract).initial_duration.value)) == ("pme", "24 months")


@pytest.mark.parametrize("segment", ["tpe", "pme", "eti", "grande_entreprise"])
def test_a_contract_opens_and_is_taken_over_for_the_next_client_in_every_segment(argoat: House, segment: str) -> None:
    contract = open_contract(argoat.alice, add_client(argoat.alice, name="X", now=NOW), segment=segment, now=NOW)
    copy = duplicate_contract(argoat.alice, contract, add_client(argoat.alice, name="Y", now=NOW), now=NOW)
    assert {current_terms(one).client_segment.value for one in (contract, copy)} == {segment}


def test_the_next_clients_contract_carries_the_deal_and_nothing_of_the_first_client(argoat: House) -> None:
    source = a_full_contract(argoat.alice)
    answer(
        argoat.alice, source, {"notice_period": {"value": "2 months", "origin": "negotiated", "note": "Hervé Maupertuis y tient"}}, now=NOW
    )
    confirm_later(argoat.alice, source, ["late_rate"], who="Soizic Andrieu", now=NOW)
    copy = duplicate_contract(argoat.alice, source, add_client(argoat.alice, name="Client suivant", now=NOW), now=LATER)
    terms = current_terms(copy)
    assert copy.duplicated_from == source
    assert (str(terms.notice_period.value), terms.notice_period.origin, terms.notice_period.note) == ("2 months", Origin.NEGOTIATED, None)
    assert terms.late_rate.origin is Origin.SEGMENT
    assert terms.client_name.value == "Client suivant"
    assert [service.key for service in terms.services.value or ()] == [service["key"] for service in valdrene()["services"]]
    assert {key for key in LEFT_OUT if key in _stated(copy)} == {"client_name", "contract_reference"}
    kept = json.dumps(_stated(copy), ensure_ascii=False)
    of_the_first = ("Valdrène", "Maupertuis", "Andrieu", "Belhadj", "Le Mans", "000481481", "2026-12-15", "2027-01-01")
    assert [name for name in of_the_first if name in kept] == []
    assert copy.reference == "2026-001"


def test_a_variant_for_the_same_client_keeps_every_answer_under_its_own_reference(argoat: House, contract: Contract) -> None:
    note = {"value": "2 months", "origin": "negotiated", "note": "Hervé Maupertuis y tient"}
    answer(argoat.alice, contract, {"notice_period": note}, now=NOW)
    Organisation.objects.update(house_terms={**argoat.argoat.house_terms, "provider_name": "Autre nom"})
    variant = duplicate_contract(argoat.alice, contract, contract.client, now=LATER)
    own = {"contract_reference"}
    assert {term: kept for term, kept in _stated(variant).items() if term not in own} == {
        term: kept for term, kept in _stated(contract).items() if term not in own
    }
    contract.refresh_from_db()
    assert variant.reference != contract.reference
    mine, theirs = current_terms(variant), current_terms(contract)
    assert {term for term in TERM_KEYS if getattr(mine, term) != getattr(theirs, term)} == own
    assert variant.duplicated_from == contract


def test_a_variant_bears_its_name_after_its_number_and_takes_no_other_s_number(argoat: House, contract: Contract) -> None:
    first = duplicate_contract(argoat.alice, contract, contract.client, now=LATER, variant=" Confort  plus ")
    second = duplicate_contract(argoat.alice, contract, contract.client, now=LATER)
    assert first.reference.endswith(" Confort plus")
    assert current_terms(first).contract_reference.value == first.reference
    assert first.reference.partition(" ")[0] != second.reference
    assert second.reference.startswith(f"{LATER.year}-")
    with pytest.raises(MistakesError, match="40 caractères"):
        duplicate_contract(argoat.alice, contract, contract.client, now=LATER, variant="x" * 41)
    # The name of a variant says nothing of another client's contract.
    other = duplicate_contract(argoat.alice, contract, add_client(argoat.alice, name="Suivant", now=NOW), now=LATER, variant="Confort")
    assert " " not in other.reference


def test_what_a_duplicate_leaves_out_is_made_of_terms_each_with_its_reason() -> None:
    assert set(LEFT_OUT) <= set(TERM_KEYS)
    assert [key for key, reason in LEFT_OUT.items() if len(reason) < 10] == []


def test_an_archived_contract_is_read_and_no_more_answered(argoat: House) -> None:
    contract = archive_contract(argoat.alice, a_contract(argoat.alice), now=LATER)
    assert view(argoat.alice, contract).terms.client_name.stated
    with pytest.raises(MistakesError, match="archivé"):
        answer(argoat.alice, contract, {"notice_period": "1 months"}, now=LATER)
    restored = restore_contract(argoat.alice, contract, now=LATER)
    assert answer(argoat.alice, restored, {"notice_period": "1 months"}, now=LATER).saved == ("notice_period",)
    assert [entry.action for entry in AuditEntry.objects.all()][-3:] == ["contract_archived", "contract_restored", "answered"]


def test_the_law_of_a_chosen_day_is_applied(argoat: House) -> None:
    contract = choose_law_day(argoat.alice, a_contract(argoat.alice), on=date(2027, 3, 1), now=NOW)
    outcome = answer(argoat.alice, contract, {"notice_period": "2 months"}, now=NOW)
    assert outcome.draft.text.law_day == "2027-03-01"


def test_the_interview_starts_at_the_first_question_without_a_value_and_ends_when_nothing_is_needed(argoat: House) -> None:
    contract = a_contract(argoat.alice)
    first = view(argoat.alice, contract).next_question
    assert first is not None
    assert any(view(argoat.alice, contract).terms.term(key).unknown for key in first.fills)
    seen = []
    for _step in range(len(loader.french().questions)):
        question = view(argoat.alice, contract).next_question
        if question is None:
            break
        seen.append(question.number)
        missing = [key for key in question.fills if current_terms(contract).term(key).unknown]
        confirm_later(argoat.alice, contract, missing, who="le client", now=NOW)
    assert view(argoat.alice, contract).next_question is None
    assert len(seen) == len(set(seen))


def test_a_question_whose_condition_to_skip_holds_is_neither_asked_nor_counted(argoat: House) -> None:
    contract = a_contract(argoat.alice)
    skipped = [one for section in view(argoat.alice, contract).sections for one in section.questions if one.progress is Progress.SKIPPED]
    holding = [
        question for question in loader.french().questions if question.skip_when and question.skip_when.holds(current_terms(contract))
    ]
    assert [one.question for one in skipped] == holding
    for section in view(argoat.alice, contract).sections:
        assert section.answered <= section.applicable <= len(section.questions)


def test_progress_tells_what_was_proposed_from_what_was_answered(argoat: House) -> None:
    contract = a_contract(argoat.alice)

    def progress() -> dict[str, Progress]:
        return {one.question.key: one.progress for section in view(argoat.alice, contract).sections for one in section.questions}

    assert progress()["hours"] is Progress.PROPOSED
    assert progress()["constraints"] is Progress.MISSING
    answer(
        argoat.alice, contract, {"provider_closing": "une semaine en août", "client_constraints": ["aucune coupure le vendredi"]}, now=NOW
    )
    assert (progress()["closings"], progress()["constraints"]) == (Progress.ANSWERED, Progress.ANSWERED)
    confirm_later(argoat.alice, contract, ["client_constraints"], who="Soizic Andrieu", before=date(2026, 12, 1), now=NOW)
    assert progress()["constraints"] is Progress.TO_CONFIRM


def test_open_points_say_who_answers_before_when_and_whether_signature_waits(argoat: House) -> None:
    contract = a_full_contract(argoat.alice)
    confirm_later(
        argoat.alice, contract, ["effective_date"], who="Hervé Maupertuis", before=date(2026, 12, 1), note="après le comité", now=NOW
    )
    point = next(one for one in view(argoat.alice, contract).open_points if one.term == "effective_date")
    assert (point.who, point.before, point.note, point.stops_signature) == ("Hervé Maupertuis", date(2026, 12, 1), "après le comité", True)
    assert point.question is not None


def test_a_value_needed_by_no_clause_and_no_rule_is_not_asked_for(argoat: House) -> None:
    terms, library = current_terms(a_contract(argoat.alice)), loader.french()
    bare = replace(library, clauses=(), questions=())
    assert needed_terms(terms, bare, (), TODAY) == frozenset()
    assert "payment_days" in needed_terms(terms, library, library.rules, TODAY)


def test_a_value_that_a_later_release_cannot_read_is_said_and_the_contract_still_opens(argoat: House) -> None:
    contract = a_contract(argoat.alice)
    Answer.objects.create(
        contract=contract, term="retired_term", value={"value": "1"}, version=1, updated_at=NOW, updated_by=argoat.alice.user
    )
    Answer.objects.create(
        contract=contract, term="notice_period", value={"value": "bientôt"}, version=1, updated_at=NOW, updated_by=argoat.alice.user
    )
    shown = view(argoat.alice, contract)
    assert sorted(mistake.where.split(".")[0] for mistake in shown.unreadable) == ["notice_period", "retired_term"]
    assert shown.terms.notice_period.origin is Origin.SEGMENT


def test_a_contract_of_another_organisation_does_not_exist_here(argoat: House) -> None:
    with tenant_scope(argoat.brocel):
        theirs = a_contract(argoat.charlie)
    attempts: list[Any] = [
        lambda: find_contract(argoat.alice, theirs.pk),
        lambda: answer(argoat.alice, theirs, {"notice_period": "1 months"}, now=NOW),
        lambda: archive_contract(argoat.alice, theirs, now=NOW),
        lambda: follow(argoat.alice, theirs, Followed.HOUSE, now=NOW),
        lambda: choose_law_day(argoat.alice, theirs, on=None, now=NOW),
        lambda: duplicate_contract(argoat.alice, theirs, add_client(argoat.alice, name="X", now=NOW), now=NOW),
        lambda: duplicate_contract(argoat.alice, a_contract(argoat.alice), theirs.client, now=NOW),
    ]
    for attempt in attempts:
        with pytest.raises(NotFoundError):
            attempt()


def test_a_technician_answers_but_opens_and_archives_nothing(argoat: House) -> None:
    contract = a_contract(argoat.alice)
    assert answer(argoat.bob, contract, {"users": [{"kind": "full_user", "count": 12}]}, now=NOW).saved == ("users",)
    with pytest.raises(NotAllowedError):
        archive_contract(argoat.bob, contract, now=NOW)
    with pytest.raises(NotAllowedError):
        open_contract(argoat.bob, contract.client, segment="pme", now=NOW)


def test_a_member_of_another_organisation_may_not_even_read(argoat: House) -> None:
    contract = a_contract(argoat.alice)
    with pytest.raises(NotAllowedError):
        contract_view(argoat.charlie, contract, on=TODAY)


def _answers(contract: Contract) -> dict[str, Answer]:
    return {row.term: row for row in Answer.objects.filter(contract=contract)}


def _stated(contract: Contract) -> dict[str, Any]:
    return {term: row.value for term, row in _answers(contract).items() if row.value is not None}
