"""Work outside the flat fee, and the tax of an invoice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from convenu.library.loader import french
from convenu.service.vat import vat_on
from convenu.service.work import Work, billed_minutes, invoiced
from convenu.terms.contract import Terms
from convenu.vocabulary.french import plain_spaces
from convenu.vocabulary.money import ZERO, Money
from tests.examples.deals import terms_of

VALDRENE = terms_of("valdrene")
TECHNICIAN, NIGHT = "technicien (N1 et N2)", "la nuit, le dimanche et les jours fériés"


def work(minutes: int, **given: Any) -> Work:
    return Work(**{"day": date(2027, 3, 2), "what": "dépannage du traceur", "minutes": minutes, "rate": TECHNICIAN, **given})


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
    done = invoiced(VALDRENE, [work(60), work(60), work(60, period=NIGHT)], prepaid=90)
    assert [line.amount for line in done.lines] == [ZERO, euros("42.50"), euros("170")]
    assert done.prepaid_left == 0


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
