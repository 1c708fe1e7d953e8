"""What the past says of each promise: told for exactly these promises, in the lawyer's note, and never in the contract."""

from __future__ import annotations

from convenu.actions.contract_library import library_of
from convenu.actions.current_terms import current_terms
from convenu.actions.drafted import draft_of
from convenu.actions.interview import answer
from convenu.actions.lawyer_note import note_of
from convenu.actions.promises_past import past_of_draft
from convenu.actions.replay_proposals import DRAFT
from convenu.documents.edition import Edition
from convenu.documents.lawyer_note import write_lawyer_note_markdown
from convenu.service.resampling import Likeness
from convenu.store.models import Contract
from convenu.vocabulary.french import plain_spaces
from tests.actions.deals import TODAY
from tests.actions.test_replays import argoat, tried  # noqa: F401 - a fixture
from tests.web.people import NOW, House


def test_a_draft_that_was_never_tried_has_no_past(contract: Contract) -> None:
    assert past_of_draft(contract, current_terms(contract)) is None


def test_each_promise_that_the_past_can_judge_is_told_with_its_interval(argoat: House, contract: Contract) -> None:  # noqa: F811
    run = tried(argoat, contract)
    past = past_of_draft(contract, current_terms(contract))
    assert past is not None
    assert past.replay == run
    told = {plain_spaces(one.promise): plain_spaces(one.said) for one in past.promises}
    assert any(name.startswith("Prise en charge P1") for name in told)
    assert all("tenus sur" in said and "entre" in said for said in told.values())
    assert {one.clause for one in past.promises} <= {"annex_service_levels", "service_clock", "time_targets"}


def test_a_promise_changed_since_is_no_longer_told_until_it_is_tried_again(argoat: House, contract: Contract) -> None:  # noqa: F811
    tried(argoat, contract)
    answer(argoat.alice, contract, {"response_time": {"P1": "10 business_minutes"}}, now=NOW)
    assert past_of_draft(contract, current_terms(contract)) is None
    tried(argoat, contract, "offre-eti", DRAFT)
    past = past_of_draft(contract, current_terms(contract))
    assert past is not None
    late = next(one for one in past.promises if one.promise.startswith("Prise en charge P1"))
    assert late.short


def test_the_lawyer_reads_it_in_the_note_and_the_contract_says_nothing_of_it(argoat: House, contract: Contract) -> None:  # noqa: F811
    before = draft_of(current_terms(contract), library_of(contract), on=TODAY)
    tried(argoat, contract, like=Likeness(assets=10, among=40, seed=2))
    draft = draft_of(current_terms(contract), library_of(contract), on=TODAY)
    note = plain_spaces(write_lawyer_note_markdown(note_of(contract, draft), edition=Edition(version="v0.1", day=TODAY)))
    assert "Ce que le passé dit des délais promis" in note
    assert "ne promettent rien" in note
    assert "une supposition" in note
    assert draft.text.hash == before.text.hash
    words = str(draft.text)
    assert "tenus sur" not in words
