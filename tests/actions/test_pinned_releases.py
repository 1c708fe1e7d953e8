"""A contract keeps the words of its release, whatever the library becomes, until somebody asks for the newer one."""

from __future__ import annotations

import pytest

from convenu.actions.current_terms import current_terms
from convenu.actions.drafts import version_file
from convenu.actions.following import Followed, follow, offer
from convenu.actions.interview import answer
from convenu.actions.library_news import library_news
from convenu.actions.permissions import NotAllowedError
from convenu.actions.versions import save_version
from convenu.library import loader
from convenu.library.shelf import Shelf
from convenu.store.models import Contract
from convenu.store.versions import FileKind
from convenu.vocabulary.findings import Severity
from tests.actions.deals import FORBIDDEN_PAYMENT, LATER, a_contract, a_full_contract, view
from tests.library.shelves import install, two_releases
from tests.web.people import NOW, House


@pytest.fixture
def shelves() -> tuple[Shelf, Shelf]:
    return two_releases()


@pytest.fixture
def contract(argoat: House, shelves: tuple[Shelf, Shelf], monkeypatch: pytest.MonkeyPatch) -> Contract:
    """Written before the newer release was installed."""
    install(monkeypatch, shelves[0])
    made = a_full_contract(argoat.alice)
    install(monkeypatch, shelves[1])
    return made


def title_of(house: House, contract: Contract) -> str:
    section = view(house.alice, contract).text.section("non_solicitation")
    assert section is not None
    return section.title


def test_a_contract_keeps_the_words_of_its_release_until_it_follows_the_newer(argoat: House, contract: Contract) -> None:
    assert (contract.library_release, view(argoat.alice, contract).library_moved) == ("2026.11", True)
    assert not title_of(argoat, contract).startswith("Nouvelle")
    before = view(argoat.alice, contract).text
    assert (before.release, before.hash) == ("2026.11", view(argoat.alice, contract).text.hash)
    followed = follow(argoat.alice, contract, Followed.LIBRARY, now=LATER)
    assert (followed.library_release, view(argoat.alice, followed).library_moved) == ("2026.12", False)
    assert title_of(argoat, followed).startswith("Nouvelle")


def test_following_takes_the_values_that_the_newer_release_proposes(
    argoat: House, shelves: tuple[Shelf, Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, shelves[0])
    contract = a_contract(argoat.alice)
    assert not view(argoat.alice, contract).library_moved
    install(monkeypatch, shelves[1])
    assert str(current_terms(contract).notice_period.value) == "3 months"
    assert str(current_terms(follow(argoat.alice, contract, Followed.LIBRARY, now=LATER)).notice_period.value) == "1 months"


def test_a_sector_called_later_proposes_what_the_contract_s_own_release_says(
    argoat: House, shelves: tuple[Shelf, Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, shelves[0])
    contract = a_contract(argoat.alice)
    install(monkeypatch, shelves[1])
    answer(argoat.alice, contract, {"client_sector": "finance"}, now=NOW)
    assert str(current_terms(contract).location_notice.value) == "30 days"
    assert str(current_terms(follow(argoat.alice, contract, Followed.LIBRARY, now=LATER)).location_notice.value) == "60 days"


def test_a_new_contract_takes_the_newest_release(argoat: House, shelves: tuple[Shelf, Shelf], monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, shelves[1])
    assert a_contract(argoat.alice).library_release == "2026.12"


def test_an_old_contract_is_looked_at_by_the_rules_and_the_law_of_today(argoat: House, contract: Contract) -> None:
    answer(argoat.alice, contract, FORBIDDEN_PAYMENT, now=NOW)
    draft = view(argoat.alice, contract).draft
    assert draft.library.release == "2026.11"
    assert [one.severity for one in draft.findings if one.rule == "com-l441-10-delai"] == [Severity.LOW]


def test_a_version_gives_a_file_never_made_before_with_the_words_of_its_release(argoat: House, contract: Contract) -> None:
    version = save_version(argoat.alice, contract, now=NOW)
    follow(argoat.alice, contract, Followed.LIBRARY, now=LATER)
    made = bytes(version_file(argoat.alice, version, FileKind.MARKDOWN, now=LATER).content).decode()
    assert version.library_release == "2026.11"
    assert "Nouvelle" not in made


def test_what_a_release_changes_names_the_contracts_it_concerns(argoat: House, contract: Contract) -> None:
    newer = a_contract(argoat.alice, "Déjà sur la suivante", "")
    told = {one.change.clause.key: one.contracts for one in library_news(argoat.bob, loader.release("2026.11"), loader.release("2026.12"))}
    assert newer.library_release == "2026.12"
    assert set(told) == {"non_solicitation", "courtesy_visit", "ai_use"}
    assert told["non_solicitation"] == told["courtesy_visit"] == (contract,)


def test_the_offer_shows_article_by_article_what_following_would_change_and_changes_nothing(argoat: House, contract: Contract) -> None:
    shown = offer(argoat.bob, contract, Followed.LIBRARY, now=NOW)
    assert (shown.before, shown.after, shown.mistakes) == ("2026.11", "2026.12", ())
    assert shown.comparison is not None
    assert {change.shown.clause for change in shown.comparison.clauses if not change.only_renumbered} >= {
        "non_solicitation",
        "courtesy_visit",
    }
    assert not title_of(argoat, contract).startswith("Nouvelle")
    with pytest.raises(NotAllowedError):
        follow(argoat.bob, contract, Followed.LIBRARY, now=NOW)
