"""What the contract makes of each asset, and the clause that decides."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenu.facts.assets import Asset, AssetGroups, AssetStatus, Inventory
from convenu.facts.support_ends import Confidence, SupportEnd, SupportEnds
from convenu.service.coverage import AssetCover, Cover, GroupCoverage, Reason, counts_by_class, coverage, coverage_day, derogated
from convenu.service.inventory_terms import gaps, proposed_answers
from convenu.terms.closed_lists import AssetClass
from convenu.terms.contract import Terms

DAY = date(2026, 11, 25)
AGREED: dict[str, Any] = {
    "services": [
        {"key": "support", "name": "Assistance", "content": "aide", "asset_classes": ["workstation", "server"]},
        {"key": "portal", "name": "Portail", "content": "portail hébergé", "hosted": True},
    ],
    "approved_makers": ["Dell", "Lenovo"],
    "derogations": [{"asset": "SRV-OLD", "reason": "logiciel métier", "until": "2027-06-30"}],
    "sites": [{"name": "Lyon"}],
    "inventory": [
        {"asset_class": "workstation", "label": "Portables", "count": 2, "maker": "Dell"},
        {"asset_class": "cloud_tenant", "label": "Microsoft 365", "count": 1},
    ],
    "counting_rules": [{"unit": "workstation", "counted": "chaque poste"}, {"unit": "server", "counted": "chaque système"}],
    "users": [{"kind": "full_user", "count": 2}],
    "price_lines": [
        {"label": "Poste", "unit": "workstation", "quantity": 2, "unit_price": "40 EUR"},
        {"label": "Serveur", "unit": "server", "quantity": 1, "unit_price": "120 EUR"},
    ],
}


def terms(**changed: Any) -> Terms:
    return Terms.model_validate({**AGREED, **changed})


def asset(**changed: Any) -> Asset:
    given = {"key": "K", "asset_class": "workstation", "maker": "Dell Inc.", "warranty_end": date(2028, 1, 1), **changed}
    return Asset(**given)


def verdict(one: Asset, agreed: Terms | None = None) -> AssetCover:
    (found,) = coverage(agreed or terms(), Inventory(DAY, (one,)), on=DAY)
    return found


def told(one: Asset, agreed: Terms | None = None) -> tuple[Cover, Reason, str]:
    found = verdict(one, agreed)
    return found.cover, found.deciding.reason, found.deciding.clause.key


def test_an_asset_of_a_subscribed_class_under_warranty_of_a_known_maker_is_covered() -> None:
    assert told(asset()) == (Cover.COVERED, Reason.SUBSCRIBED, "services_and_perimeter")


def test_a_class_that_no_service_names_is_excluded() -> None:
    assert told(asset(asset_class="printer")) == (Cover.EXCLUDED, Reason.CLASS_NOT_SUBSCRIBED, "services_and_perimeter")


def test_hardware_out_of_warranty_is_not_repaired_and_stays_served_and_counted() -> None:
    found = verdict(asset(warranty_end=date(2026, 11, 24)))
    assert (found.cover, found.deciding.reason) == (Cover.EXCLUDED, Reason.OUT_OF_WARRANTY)
    assert found.deciding.clause.key == "unsupported_assets"
    assert found.stays
    assert found.counted
    assert "24/11/2026" in found.deciding.detail


def test_the_last_day_of_a_warranty_is_still_under_warranty() -> None:
    assert told(asset(warranty_end=DAY))[0] is Cover.COVERED


def test_a_product_whose_support_ended_is_excluded_whole_whatever_its_warranty() -> None:
    found = verdict(asset(support_end=date(2025, 10, 14), operating_system="Windows 10", warranty_end=date(2020, 1, 1)))
    assert (found.cover, found.deciding.reason, found.counted) == (Cover.EXCLUDED, Reason.SUPPORT_ENDED, False)
    assert [ground.reason for ground in found.grounds] == [Reason.SUPPORT_ENDED, Reason.OUT_OF_WARRANTY]


def test_the_end_of_support_that_is_known_decides_where_the_inventory_tells_none() -> None:
    windows = SupportEnd(
        product="Windows 10", names=("windows 10",), end=date(2025, 10, 14), source="https://editeur.example", checked=DAY,
        confidence=Confidence.MAKER,
    )  # fmt: skip
    old, told = asset(operating_system="Windows 10 Pro"), asset(key="L", operating_system="Windows 10 Pro", support_end=date(2027, 10, 12))
    first, second = coverage(terms(), Inventory(DAY, (old, told)), on=DAY, ends=SupportEnds([windows]))
    assert first.deciding.reason is Reason.SUPPORT_ENDED
    assert first.deciding.detail == "Windows 10 : support arrêté le 14/10/2025, lu chez l’éditeur"
    # What the inventory says, an extension bought for instance, comes first.
    assert second.cover is Cover.COVERED
    assert verdict(old).cover is Cover.COVERED


def test_best_efforts_keep_in_the_perimeter_what_the_other_wordings_exclude() -> None:
    best = terms(clause_wordings=[{"clause": "unsupported_assets", "wording": "best_efforts"}])
    assert verdict(asset(support_end=date(2025, 10, 14)), best).counted


def test_a_maker_off_the_list_is_excluded_and_one_not_said_is_to_be_told() -> None:
    assert told(asset(maker="Noname")) == (Cover.EXCLUDED, Reason.MAKER_NOT_APPROVED, "unsupported_assets")
    assert told(asset(maker="")) == (Cover.UNKNOWN, Reason.MAKER_UNKNOWN, "unsupported_assets")
    assert told(asset(maker="Delltron"))[1] is Reason.MAKER_NOT_APPROVED
    assert told(asset(maker="Noname"), terms(approved_makers="none"))[0] is Cover.COVERED
    assert told(asset(), terms(approved_makers="unknown"))[1] is Reason.MAKERS_TO_AGREE


def test_a_virtual_machine_has_neither_maker_nor_warranty() -> None:
    assert told(asset(asset_class="server", virtual=True, maker="", warranty_end=None))[0] is Cover.COVERED


def test_what_the_inventory_does_not_tell_is_never_guessed() -> None:
    assert told(asset(asset_class=""))[:2] == (Cover.UNKNOWN, Reason.CLASS_UNKNOWN)
    assert told(asset(warranty_end=None))[:2] == (Cover.UNKNOWN, Reason.WARRANTY_UNKNOWN)
    assert told(asset(), terms(services="unknown"))[:2] == (Cover.UNKNOWN, Reason.SERVICES_UNKNOWN)


def test_a_derogation_covers_the_asset_it_names_until_its_end() -> None:
    old = asset(name="SRV-OLD", asset_class="server", support_end=date(2023, 10, 10))
    assert told(old)[:2] == (Cover.COVERED, Reason.DEROGATION)
    ended = [{"asset": "SRV-OLD", "reason": "logiciel métier", "until": "2026-11-24"}]
    assert told(old, terms(derogations=ended))[:2] == (Cover.EXCLUDED, Reason.SUPPORT_ENDED)


def test_a_line_of_the_contract_that_excludes_decides_for_its_assets() -> None:
    line = {"asset_class": "workstation", "label": "Postes d'essai", "count": 1, "maker": "Dell", "site": "Lyon", "status": "excluded"}
    agreed = terms(inventory=[line])
    assert told(asset(maker="Dell", site="Lyon"), agreed)[1:] == (Reason.LISTED_AS_EXCLUDED, "annex_perimeter")
    assert told(asset(maker="Dell", site="Paris"), agreed)[0] is Cover.COVERED


def test_what_is_in_stock_is_neither_served_nor_counted() -> None:
    found = verdict(asset(status=AssetStatus.IN_STOCK))
    assert (found.cover, found.counted) == (Cover.EXCLUDED, False)


def test_the_day_looked_at_is_the_first_day_of_the_contract_when_it_comes_later() -> None:
    assert coverage_day(terms(), DAY) == DAY
    assert coverage_day(terms(effective_date="2027-01-01"), DAY) == date(2027, 1, 1)


FLEET = Inventory(
    DAY,
    (
        asset(key="A"), asset(key="B"), asset(key="C", warranty_end=date(2020, 1, 1)), asset(key="D", asset_class="server"),
        asset(key="E", asset_class="server"), asset(key="F", asset_class="printer"), asset(key="G", status=AssetStatus.RETIRED),
    ),
)  # fmt: skip


def test_the_gaps_are_told_class_by_class_with_the_quantity_billed() -> None:
    found = {gap.asset_class: gap for gap in gaps(terms(), coverage(terms(), FLEET, on=DAY))}
    workstations = found[AssetClass.WORKSTATION]
    assert (workstations.agreed, workstations.counted) == (2, 3)
    assert (workstations.billed, workstations.to_bill) == (Decimal(2), Decimal(3))
    # A file that speaks of no online tenant says nothing against the one agreed.
    assert not found[AssetClass.CLOUD_TENANT].apart


def test_the_proposal_brings_the_terms_to_the_count_and_keeps_what_the_file_does_not_speak_of() -> None:
    agreed = terms()
    changed = proposed_answers(agreed, coverage(agreed, FLEET, on=DAY))
    brought = Terms.model_validate({**AGREED, **changed})
    lines = brought.inventory.value or ()
    assert {(line.asset_class.value, line.status.value, line.count) for line in lines} == {
        ("workstation", "covered", 2), ("workstation", "repair_excluded", 1), ("server", "covered", 2), ("printer", "excluded", 1),
        ("cloud_tenant", "covered", 1),
    }  # fmt: skip
    assert [line.quantity for line in brought.price_lines.value or ()] == [3, 2]
    assert not any(gap.apart for gap in gaps(brought, coverage(agreed, FLEET, on=DAY)))


def test_workstations_that_come_with_a_user_are_not_billed_twice() -> None:
    agreed = terms(counting_rules=[{"unit": "workstation", "counted": "chaque poste", "included_with": "full_user"}])
    (line, _server) = proposed_answers(agreed, coverage(agreed, FLEET, on=DAY))["price_lines"]
    assert line["quantity"] == "1"


def test_a_quantity_without_a_counting_rule_is_left_as_it_was_signed() -> None:
    agreed = terms(counting_rules="none")
    assert "price_lines" not in proposed_answers(agreed, coverage(agreed, FLEET, on=DAY))


ASSETS = st.builds(
    Asset,
    key=st.uuids().map(str),
    asset_class=st.sampled_from(["", *(one.value for one in AssetClass)]),
    maker=st.sampled_from(["", "Dell", "Noname"]),
    virtual=st.booleans(),
    warranty_end=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    support_end=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    status=st.sampled_from(AssetStatus),
)


@given(st.lists(ASSETS, max_size=30, unique_by=lambda one: one.key))
def test_every_asset_has_one_verdict_with_its_clause_and_the_counts_lose_nobody(assets: list[Asset]) -> None:
    covers = coverage(terms(), Inventory(DAY, tuple(assets)), on=DAY)
    assert [one.asset.key for one in covers] == sorted(one.key for one in assets)
    assert all(ground.clause.key for one in covers for ground in one.grounds)
    assert sum(sum(counts.values()) for counts in counts_by_class(covers).values()) == len(assets)


@given(st.lists(ASSETS, min_size=1, max_size=30, unique_by=lambda one: one.key))
def test_the_proposal_settles_when_taken(assets: list[Asset]) -> None:
    agreed = terms()
    changed = proposed_answers(agreed, coverage(agreed, Inventory(DAY, tuple(assets)), on=DAY))
    brought = Terms.model_validate({**AGREED, **changed})
    assert "price_lines" not in proposed_answers(brought, coverage(agreed, Inventory(DAY, tuple(assets)), on=DAY))


@given(st.lists(ASSETS, max_size=30, unique_by=lambda one: one.key), st.booleans())
def test_assets_alike_are_decided_as_each_of_them_is(assets: list[Asset], named: bool) -> None:
    agreed = (
        terms(derogations=[{"asset": assets[0].key, "reason": "logiciel métier", "until": "2027-06-30"}]) if named and assets else terms()
    )
    inventory = Inventory(DAY, tuple(assets))
    one_by_one = coverage(agreed, inventory, on=DAY)
    words = derogated(agreed, DAY)
    apart = {place: asset for place, asset in enumerate(inventory.assets) if asset.key.casefold() in words}
    groups = AssetGroups.of(inventory.assets)
    found = GroupCoverage(agreed, groups, apart, on=DAY)
    assert [found.cover(place, one.asset) for place, one in enumerate(one_by_one)] == list(one_by_one)
    excluded = found.narrowed(lambda one: one.cover is Cover.EXCLUDED)
    assert excluded == [place for place, one in enumerate(one_by_one) if one.cover is Cover.EXCLUDED]
    assert sum(one.count for one in found.covers) == len(assets)
    assert counts_by_class(found.covers) == counts_by_class(one_by_one)
    assert gaps(agreed, found.covers) == gaps(agreed, one_by_one)
    assert proposed_answers(agreed, found.covers) == proposed_answers(agreed, one_by_one)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_its_words(reason: Reason) -> None:
    assert reason.label
