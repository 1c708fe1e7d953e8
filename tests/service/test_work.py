"""Work outside the flat fee, and the tax of an invoice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from convenu.library.loader import french
from convenu.service.hour_packs import HourBook, PackPurchase
from convenu.service.vat import vat_on
from convenu.service.work import Part, Work, billed_minutes, invoiced
from convenu.terms.contract import Terms
from convenu.terms.values import HourPack
from convenu.vocabulary.french import plain_spaces
from convenu.vocabulary.money import ZERO, Money
from tests.examples.deals import terms_of

VALDRENE = terms_of("valdrene")
TECHNICIAN, NIGHT = "technicien (N1 et N2)", "la nuit, le dimanche et les jours fériés"


def work(minutes: int, *, period: str = "", **given: Any) -> Work:
    parts = (Part(minutes, period, in_hours=not period),)
    return Work(**{"day": date(2027, 3, 2), "what": "dépannage du traceur", "parts": parts, "rate": TECHNICIAN, **given})


def a_book(hours: int, *bought: date) -> HourBook:
    pack = HourPack.model_validate({"hours": hours, "price": "1600 EUR", "validity": "12 months"})
    return HourBook(pack, [PackPurchase(day, 1) for day in bought])


def euros(amount: str) -> Money:
    return Money(Decimal(amount))


@pytest.mark.parametrize(("worked", "billed"), [(1, 30), (30, 30), (31, 45), (45, 45), (61, 75)])
def test_time_is_invoiced_by_steps_and_never_under_the_minimum(worked: int, billed: int) -> None:
    assert billed_minutes(VALDRENE, worked) == billed


def test_an_hour_and_a_quarter_at_the_rate_of_the_grid() -> None:
    line = invoiced(VALDRENE, [work(61)]).lines[0]
    assert line.amount == euros("106.25")  # 75 min at 85 € an hour
    assert plain_spaces(line.how) == "61 min faites, 75 min comptées, 75 min × 85 € de l'heure"


def test_work_at_night_bears_its_uplift() -> None:
    line = invoiced(VALDRENE, [work(60, period=NIGHT)]).lines[0]
    assert line.amount == euros("170")
    assert "majoration 100 %" in plain_spaces(line.how)


def test_prepaid_hours_are_used_first_and_the_rest_is_invoiced() -> None:
    book = a_book(2, date(2027, 1, 4))
    done = invoiced(VALDRENE, [work(60), work(90), work(60, period=NIGHT)], book=book)
    # Two hours: one for the first, one of the hour and a half; half an hour at 85 € is left, and the night is never prepaid.
    assert [line.amount for line in done.lines] == [ZERO, euros("42.50"), euros("170")]
    assert [line.drawn for line in done.lines] == [60, 60, 0]
    assert book.balance_on(date(2027, 3, 2)) == 0


def test_one_intervention_over_two_periods_is_rounded_once_and_in_its_cheapest_part() -> None:
    over = work(0, parts=(Part(40, NIGHT, in_hours=False), Part(23)))
    line = invoiced(VALDRENE, [over]).lines[0]
    # 63 minutes count 75: 35 in the service hours at 85 €, 40 at night at 170 €, 49.5833 + 113.3333.
    assert (line.counted, line.amount) == (75, euros("162.92"))


def test_hours_left_go_to_the_pack_bought_before_they_end_and_are_lost_otherwise() -> None:
    book = a_book(20, date(2027, 1, 10), date(2028, 1, 9), date(2029, 2, 1))
    assert book.draw(date(2027, 6, 1), 300, "T1") == 300
    assert book.balance_on(date(2028, 1, 8)) == 900
    # Bought on the last day: 15 hours are carried, and the whole is used until 8 January 2029.
    assert book.balance_on(date(2028, 1, 9)) == 900 + 1200
    assert book.balance_on(date(2029, 1, 8)) == 2100
    assert book.balance_on(date(2029, 1, 9)) == 0
    assert book.balance_on(date(2029, 2, 1)) == 1200
    assert [line.movement.value for line in book.ledger] == ["bought", "drawn", "bought", "lost", "bought"]
    assert sum(line.minutes for line in book.ledger) == book.ledger[-1].balance


def test_nothing_is_drawn_on_a_pack_that_is_not_bought_yet() -> None:
    book = a_book(20, date(2027, 5, 1))
    assert book.draw(date(2027, 4, 30), 60, "T1") == 0
    assert book.draw(date(2027, 5, 1), 60, "T2") == 60


def test_a_journey_beyond_the_zone_is_a_line_of_its_own() -> None:
    done = invoiced(VALDRENE, [work(60, travel=True)])
    assert [line.amount for line in done.lines] == [euros("85"), VALDRENE.travel_fee.value]


def test_work_that_cannot_be_priced_is_named_and_the_rest_is_invoiced() -> None:
    done = invoiced(VALDRENE, [work(60, rate="technicien (N1 et N3)"), work(0), work(60, period="le samedi"), work(60)])
    assert [line.amount for line in done.lines] == [euros("85")]
    assert [mistake.where for mistake in done.mistakes] == ["intervention 1", "intervention 2", "intervention 3"]
    assert f"« {TECHNICIAN} »" in done.mistakes[0].suggestion
    assert "plus grand que zéro" in done.mistakes[1].suggestion


@pytest.mark.parametrize(
    ("postcode", "country", "rate"),
    [
        ("72000", "France", 20), ("97110", "France", Decimal("8.5")), ("97420", "France", Decimal("8.5")), ("97300", "France", 0),
        ("97600", "France", 0), ("97150", "France", None), ("98800", "France", None), ("1000", "Belgique", None),
    ],
)  # fmt: skip
def test_the_tax_follows_the_place_of_the_client(postcode: str, country: str, rate: Decimal | None) -> None:
    address = {"street": "1 rue des Essais", "postcode": postcode, "city": "Ville", "country": country}
    found = vat_on(euros("1000.05"), Terms.model_validate({"client_address": address}), french().law, on=date(2027, 1, 15))
    assert found.rate == rate
    assert found.tax == (ZERO if rate is None else Money(Decimal("1000.05") * rate / 100))
    assert found.why


def test_a_tax_that_cannot_be_told_says_why() -> None:
    assert "adresse" in vat_on(euros("10"), Terms(), french().law, on=date(2027, 1, 15)).why
    early = vat_on(euros("10"), VALDRENE, french().law, on=date(2010, 1, 1))
    assert early.rate is None
    assert "première valeur connue" in early.why
