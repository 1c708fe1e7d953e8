"""Quantities counted against those invoiced, and the day on which they are counted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from convenu.service.count_day import CountDay, CountMethod
from convenu.service.quantities import Population
from convenu.service.true_up import TrueUp, true_up
from convenu.terms.closed_lists import AssetClass, BillingUnit, UserKind
from convenu.terms.contract import Terms
from convenu.vocabulary.french import plain_spaces
from convenu.vocabulary.money import Money
from tests.examples.deals import terms_of

ON = date(2027, 3, 31)


def settle(population: Population, terms: Terms | None = None) -> TrueUp:
    done = true_up(terms or terms_of("valdrene"), population, on=ON)
    assert done is not None
    return done


def with_users(full: int) -> Population:
    declared = Population.declared(terms_of("valdrene"))
    return Population(
        assets={**declared.assets, AssetClass.WORKSTATION: full + 6},
        users={**declared.users, UserKind.FULL: full, UserKind.FRONTLINE: 4},
        sites=declared.sites,
        backup_volume=declared.backup_volume,
    )


def full_users(done: TrueUp) -> tuple[int, str]:
    line = next(one for one in done.lines if one.line.unit is BillingUnit.FULL_USER)
    return int(line.due), line.why


def test_the_inventory_of_the_signature_changes_nothing() -> None:
    done = settle(with_users(44))
    assert done.effect == Money(Decimal(0))
    assert {one.why for one in done.lines} == {"même quantité"}


def test_a_gap_within_the_tolerance_is_not_invoiced() -> None:
    # 2 % of 44 is 0.88: the number agreed, 2, is the wider one.
    assert full_users(settle(with_users(46))) == (44, "écart de 2, dans la tolérance (2)")


def test_beyond_the_tolerance_the_whole_gap_is_invoiced() -> None:
    done = settle(with_users(47))
    assert full_users(done) == (47, "écart de 3, au-delà de la tolérance (2) : régularisé en entier")
    # 3 users at 62 €, and 3 mailboxes (51 against 48) at 4 €.
    assert done.effect == Money(Decimal(3 * 62 + 3 * 4))


def test_a_quantity_never_goes_under_its_floor() -> None:
    due, why = full_users(settle(with_users(30)))
    # 80 % of 44 is 35.2: the fewest whole users not under it are 36.
    assert due == 36
    assert plain_spaces(why) == "plancher : 80 % de 44 signés"


def test_what_was_not_counted_keeps_its_quantity_and_says_so() -> None:
    done = settle(Population(users={UserKind.FULL: 60, UserKind.FRONTLINE: 4}))
    servers = next(one for one in done.lines if one.line.unit is BillingUnit.SERVER)
    assert (int(servers.due), servers.why) == (4, "pas de décompte pour cette ligne")


def test_the_next_count_starts_from_the_last_one() -> None:
    terms = terms_of("valdrene")
    first = settle(with_users(60))
    second = true_up(terms, with_users(61), on=ON, invoiced=first.quantities)
    assert second is not None
    assert full_users(second) == (60, "écart de 1, dans la tolérance (2)")


def test_without_a_true_up_agreed_quantities_stay() -> None:
    terms = terms_of("valdrene").model_copy(
        update={"true_up_frequency": Terms.model_validate({"true_up_frequency": "none"}).true_up_frequency}
    )
    assert full_users(settle(with_users(90), terms)) == (44, "aucune régularisation n’est convenue")


@pytest.mark.parametrize(
    ("words", "month", "day"),
    [
        ("le dernier Jour ouvré du mois", date(2027, 2, 1), date(2027, 2, 26)),
        ("le dernier Jour ouvré du mois", date(2027, 5, 1), date(2027, 5, 31)),
        ("le premier jour ouvré du mois", date(2027, 1, 1), date(2027, 1, 4)),
        ("le 20 de chaque mois", date(2027, 2, 1), date(2027, 2, 20)),
        ("le 31 de chaque mois", date(2027, 2, 1), date(2027, 2, 28)),
        ("le dernier jour du mois", date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_the_words_of_the_contract_give_the_day_of_the_count(words: str, month: date, day: date) -> None:
    rule = CountDay.of(words)
    assert rule is not None
    assert rule.falls_on(month) == day


def test_words_that_say_no_day_are_not_guessed() -> None:
    assert CountDay.of("quand le Prestataire le souhaite") is None
    assert CountDay.of("le 45 de chaque mois") is None


def test_every_count_day_that_the_library_proposes_is_executed() -> None:
    for deal in ("moulin-carre", "valdrene", "pelouan", "brevandre"):
        words = terms_of(deal).count_day.value
        assert words is None or CountDay.of(words) is not None
    for words in ("au plus haut de chaque mois", "en moyenne des jours du mois"):
        assert CountDay.of(words) is not None


def test_an_average_a_peak_and_a_day_read_the_same_month_differently() -> None:
    counts = {date(2027, 3, 31): Decimal(10), date(2027, 4, 11): Decimal(16), date(2027, 4, 21): Decimal(13)}
    month = date(2027, 4, 1)
    # Ten days at 10, ten at 16, ten at 13.
    assert CountDay(CountMethod.AVERAGE).of_month(counts, month) == 13
    assert CountDay(CountMethod.PEAK).of_month(counts, month) == 16
    assert CountDay(CountMethod.DAY, 20).of_month(counts, month) == 16
    assert CountDay(CountMethod.LAST_DAY).of_month(counts, month) == 13
    assert CountDay(CountMethod.AVERAGE).of_month({date(2027, 4, 2): Decimal(1)}, month) is None
