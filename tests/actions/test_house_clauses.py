"""The house's own clauses and wordings: versions kept for good, pinned by contracts, settled when the library moves."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from convenu.actions.following import Followed, follow, library_to_open, offer
from convenu.actions.house_clauses import (
    Upkeep,
    drop_clause,
    find_house_clause,
    house_clauses,
    keep_clause,
    keep_draft,
    new_key,
    newest_house,
    preview,
    settled,
    three_way,
)
from convenu.actions.look_up import NotFoundError
from convenu.actions.permissions import NotAllowedError
from convenu.actions.versions import save_version
from convenu.agreement.house_clause import HouseClause
from convenu.library.shelf import Shelf
from convenu.store.models import AuditEntry, HouseDraft, HouseVersion
from convenu.store.tenancy import tenant_scope
from convenu.vocabulary.mistakes import MistakesError
from convenu.vocabulary.three_way import Side
from tests.actions.deals import LATER, TODAY, a_contract, a_full_contract, view
from tests.library.shelves import install, two_releases
from tests.web.people import NOW, House

VISIT = HouseClause(
    key="house_visit", title="Visite", provision=26, text="Le Prestataire visite les sites, sur {{ notice_period }} d'avis.\n"
)


@pytest.fixture
def shelves(monkeypatch: pytest.MonkeyPatch) -> tuple[Shelf, Shelf]:
    """An installation with « 2026.11 »; « 2026.12 » comes when a test installs it."""
    both = two_releases()
    install(monkeypatch, both[0])
    return both


def reworded(house: House, *changes: tuple[str, str]) -> HouseClause:
    clause = find_house_clause(house.alice, "non_solicitation")
    text = clause.text
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return clause.model_copy(update={"text": text})


def test_each_change_makes_the_next_version_and_the_journal_tells_it(argoat: House) -> None:
    first = keep_clause(argoat.alice, VISIT, now=NOW)
    second = keep_clause(argoat.alice, VISIT.model_copy(update={"title": "Visite annuelle"}), now=LATER)
    assert (first.number, second.number, first.hash != second.hash) == (1, 2, True)
    assert keep_clause(argoat.alice, VISIT.model_copy(update={"title": "Visite annuelle"}), now=LATER) == second
    drop_clause(argoat.alice, "house_visit", now=LATER)
    assert [(version.number, len(version.clauses)) for version in HouseVersion.objects.all()] == [(3, 0), (2, 1), (1, 1)]
    told = AuditEntry.objects.filter(action__startswith="house_clause").values_list("action", "details__clause", "details__number")
    kept, dropped = "house_clause_kept", "house_clause_dropped"
    assert list(told) == [(kept, "house_visit", 1), (kept, "house_visit", 2), (dropped, "house_visit", 3)]


def test_the_database_refuses_to_change_a_version_of_the_house(argoat: House) -> None:
    keep_clause(argoat.alice, VISIT, now=NOW)
    for sql in ("UPDATE store_houseversion SET number = 9", "DELETE FROM store_houseversion"):
        with pytest.raises(DatabaseError, match="kept as it was"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_only_the_owner_writes_and_another_house_sees_nothing(argoat: House) -> None:
    keep_clause(argoat.alice, VISIT, now=NOW)
    for attempt in (
        lambda: keep_clause(argoat.bob, VISIT, now=NOW),
        lambda: keep_draft(argoat.bob, VISIT, now=NOW),
        lambda: drop_clause(argoat.bob, "house_visit", now=NOW),
    ):
        with pytest.raises(NotAllowedError):
            attempt()
    assert [one.clause.title for one in house_clauses(argoat.bob)] == ["Visite"]
    with tenant_scope(argoat.brocel):
        assert house_clauses(argoat.charlie) == ()
        with pytest.raises(NotFoundError):
            find_house_clause(argoat.charlie, "house_visit")


def test_a_draft_keeps_its_mistakes_and_a_clause_with_mistakes_is_not_kept(argoat: House) -> None:
    wrong = VISIT.model_copy(update={"text": "Dans les 15 jours.\n{{ nowhere }}\n"})
    keep_draft(argoat.alice, wrong, now=NOW)
    assert (find_house_clause(argoat.alice, "house_visit"), newest_house()) == (wrong, None)
    with pytest.raises(MistakesError) as refused:
        keep_clause(argoat.alice, wrong, now=NOW)
    assert [mistake.where for mistake in refused.value.mistakes] == ["ligne 1", "ligne 2"]
    keep_clause(argoat.alice, VISIT, now=LATER)
    assert not HouseDraft.objects.exists()
    assert new_key("Visite !") == "house_visite"
    assert new_key("Visit") == "house_visit_2"


def test_a_contract_keeps_its_version_of_the_house_until_it_follows_the_newer(argoat: House) -> None:
    keep_clause(argoat.alice, VISIT, now=NOW)
    contract = a_full_contract(argoat.alice)
    before = view(argoat.alice, contract)
    version = save_version(argoat.alice, contract, now=NOW)
    assert before.text.section("house_visit") is not None
    assert not before.house_moved
    keep_clause(argoat.alice, VISIT.model_copy(update={"title": "Visite annuelle"}), now=LATER)
    again = view(argoat.alice, contract)
    assert (again.text.hash, again.house_moved) == (before.text.hash, True)
    shown = offer(argoat.alice, contract, Followed.HOUSE, now=LATER)
    assert shown.comparison is not None
    assert [change.shown.clause for change in shown.comparison.clauses] == ["house_visit"]
    followed = follow(argoat.alice, contract, Followed.HOUSE, now=LATER)
    section = view(argoat.alice, followed).text.section("house_visit")
    assert section is not None
    assert (section.title, view(argoat.alice, followed).house_moved) == ("Visite annuelle", False)
    assert version.house_version is not None
    assert version.house_version.number == 1


def test_a_clause_is_tried_on_the_example_or_on_a_contract_before_it_is_kept(argoat: House) -> None:
    contract = a_contract(argoat.alice)
    for on_contract in (None, contract):
        shown = preview(argoat.alice, VISIT, on_contract, on=TODAY)
        assert shown.section is not None
        assert "3\u00a0mois d’avis" in shown.section.plain
    wrong = preview(argoat.alice, VISIT.model_copy(update={"text": "Dans 2 ans."}), None, on=TODAY)
    assert (wrong.section, [mistake.where for mistake in wrong.mistakes]) == (None, ["ligne 1"])
    assert newest_house() is None


def test_a_wording_stands_when_the_library_changes_elsewhere_and_says_that_it_is_behind(
    argoat: House, shelves: tuple[Shelf, Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_clause(argoat.alice, reworded(argoat, ("Chaque salarié reste libre", "Chacun reste libre")), now=NOW)
    contract = a_full_contract(argoat.alice)
    install(monkeypatch, shelves[1])
    [shown] = house_clauses(argoat.alice)
    assert shown.upkeep is Upkeep.BEHIND
    followed = follow(argoat.alice, contract, Followed.LIBRARY, now=LATER)
    section = view(argoat.alice, followed).text.section("non_solicitation")
    assert section is not None
    assert ("Chacun reste libre" in section.plain, "annonce publique" in section.plain) == (True, True)
    assert view(argoat.alice, followed).behind == (shown.clause.title,)


def test_changes_that_do_not_touch_are_put_together_and_the_wording_is_no_longer_behind(
    argoat: House, shelves: tuple[Shelf, Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_clause(argoat.alice, reworded(argoat, ("Chaque salarié reste libre", "Chacun reste libre")), now=NOW)
    install(monkeypatch, shelves[1])
    behind = find_house_clause(argoat.alice, "non_solicitation")
    assert three_way(behind).choices == ()
    kept = keep_clause(argoat.alice, settled(behind, {}), now=LATER)
    [row] = kept.clauses
    assert "Chacun reste libre" in row["text"]
    assert "Une annonce publiée" in row["text"]
    assert row["base"]["release"] == "2026.12"
    assert [one.upkeep for one in house_clauses(argoat.alice)] == [Upkeep.CURRENT]


def test_a_sentence_changed_by_both_is_chosen(argoat: House, shelves: tuple[Shelf, Shelf], monkeypatch: pytest.MonkeyPatch) -> None:
    keep_clause(argoat.alice, reworded(argoat, ("Une annonce publique", "Une petite annonce")), now=NOW)
    install(monkeypatch, shelves[1])
    behind = find_house_clause(argoat.alice, "non_solicitation")
    [choice] = three_way(behind).choices
    assert ("publique" in choice.base, "petite" in choice.ours, "publiée" in choice.theirs) == (True, True, True)
    with pytest.raises(MistakesError, match="à chaque endroit"):
        settled(behind, {})
    assert "Une annonce publiée" in settled(behind, {0: Side.THEIRS}).text
    assert "Une petite annonce" in settled(behind, {0: Side.OURS}).text


def test_a_wording_of_a_clause_that_the_library_took_out_stops_the_upgrade_and_not_new_contracts(
    argoat: House, shelves: tuple[Shelf, Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_clause(argoat.alice, find_house_clause(argoat.alice, "ai_use").model_copy(update={"title": "Outils"}), now=NOW)
    contract = a_contract(argoat.alice)
    install(monkeypatch, shelves[1])
    shown = offer(argoat.alice, contract, Followed.LIBRARY, now=NOW)
    assert (shown.comparison, ["n’a plus cette clause" in mistake.message for mistake in shown.mistakes]) == (None, [True])
    with pytest.raises(MistakesError, match="n’a plus cette clause"):
        follow(argoat.alice, contract, Followed.LIBRARY, now=NOW)
    assert library_to_open()[0].release == "2026.11"
    assert [one.upkeep for one in house_clauses(argoat.alice)] == [Upkeep.GONE]
    drop_clause(argoat.alice, "ai_use", now=LATER)
    assert library_to_open()[0].release == "2026.12"
    assert follow(argoat.alice, contract, Followed.LIBRARY, now=LATER).library_release == "2026.12"
