"""What there is to count, and what a priced unit counts of it; the figures of Valdrène and Pélouan are counted by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from convenu.service.quantities import Population, counted
from convenu.terms.closed_lists import AssetClass, BillingUnit, CountRounding, UserKind
from convenu.terms.contract import Terms
from convenu.terms.values import CountingRule
from tests.examples.deals import terms_of


def test_an_office_of_forty_eight_people_is_counted_from_its_declarations() -> None:
    valdrene = Population.declared(terms_of("valdrene"))
    assert _number(BillingUnit.FULL_USER, valdrene) == 44
    assert _number(BillingUnit.FRONTLINE_USER, valdrene) == 4
    assert _number(BillingUnit.SERVER, valdrene) == 4
    assert _number(BillingUnit.SITE, valdrene) == 2
    assert _number(BillingUnit.MAILBOX, valdrene) == 48


def test_one_workstation_goes_with_each_full_user_where_the_rule_says_so() -> None:
    terms = terms_of("valdrene")
    rule = next(rule for rule in terms.counting_rules.value or () if rule.unit is BillingUnit.WORKSTATION)
    found = counted(BillingUnit.WORKSTATION, Population.declared(terms), rule)
    assert found is not None
    assert found.quantity == 50 - 44
    assert found.how == "postes de travail : 50, moins un par utilisateur complet (44)"
    fewer = Population(assets={AssetClass.WORKSTATION: 3}, users={UserKind.FULL: 5})
    none_left = counted(BillingUnit.WORKSTATION, fewer, rule)
    assert none_left is not None
    assert none_left.quantity == 0


def test_protected_machines_are_the_office_ones_the_shared_ones_and_the_servers() -> None:
    assert _number(BillingUnit.ENDPOINT, Population.declared(terms_of("pelouan"))) == 260 + 38 + 32


def test_an_excluded_asset_is_not_counted() -> None:
    terms = Terms.model_validate(
        {
            "inventory": [
                {"asset_class": "server", "label": "Serveurs", "count": 4},
                {"asset_class": "server", "label": "Ancien serveur", "count": 1, "status": "excluded", "reason": "hors support"},
            ]
        }
    )
    assert _number(BillingUnit.SERVER, Population.declared(terms)) == 4


def test_what_nobody_has_counted_is_not_zero() -> None:
    unanswered = Population.declared(Terms())
    assert [unit for unit in BillingUnit if counted(unit, unanswered) is not None] == []
    said = Population.declared(Terms.model_validate({"inventory": "none", "users": "none", "sites": "none"}))
    assert _number(BillingUnit.SERVER, said) == 0
    assert _number(BillingUnit.SITE, said) == 0


@pytest.mark.parametrize(
    ("rounding", "whole"), [(CountRounding.UP, 7), (CountRounding.DOWN, 6), (CountRounding.NEAREST, 7), (None, Decimal("6.5"))]
)
def test_a_count_becomes_whole_the_way_its_rule_says(rounding: CountRounding | None, whole: Decimal) -> None:
    rule = CountingRule(unit=BillingUnit.BACKUP_VOLUME, counted="volume source protégé", rounding=rounding)
    found = counted(BillingUnit.BACKUP_VOLUME, Population(backup_volume=Decimal("6.5")), rule)
    assert found is not None
    assert found.quantity == whole


def _number(unit: BillingUnit, population: Population) -> Decimal | None:
    found = counted(unit, population)
    return None if found is None else found.quantity
