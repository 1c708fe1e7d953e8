"""Amounts, spans, percentages and French print."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenu.vocabulary import french
from convenu.vocabulary.days import missing_day, parse_day
from convenu.vocabulary.money import Money, to_cents, total
from convenu.vocabulary.percent import Percent
from convenu.vocabulary.span import Span, SpanUnit

AMOUNTS = st.decimals(min_value=-(10**12) + 1, max_value=10**12 - 1, places=2)


@given(AMOUNTS)
def test_an_amount_written_down_is_read_back(amount: Decimal) -> None:
    assert Money.parse(str(Money(amount))) == Money(amount)


@given(st.lists(AMOUNTS, max_size=20))
def test_amounts_in_cents_add_up_exactly(amounts: list[Decimal]) -> None:
    assert total([Money(amount) for amount in amounts]).amount == sum(amounts, Decimal(0))


@pytest.mark.parametrize(("exact", "cents"), [("0.125", "0.13"), ("0.135", "0.14"), ("2.675", "2.68"), ("-0.125", "-0.13")])
def test_half_a_cent_is_rounded_up(exact: str, cents: str) -> None:
    assert to_cents(Decimal(exact)) == Decimal(cents)


@pytest.mark.parametrize(
    "written", ["4204", "12 dollars", "", "EUR", "1,2,3 EUR", "9" * 30 + " EUR", "1000000000000 EUR", "1" + " " * 200_000 + "x"]
)
def test_an_amount_without_its_unit_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="montant"):
        Money.parse(written)


@pytest.mark.parametrize("written", ["1200 USD", "$1200", "1 200 CHF", "900 GBP", "1200 F CFP"])
def test_an_amount_in_another_currency_is_refused_as_such(written: str) -> None:
    with pytest.raises(ValueError, match="autre monnaie"):
        Money.parse(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("4 h ouvrées", "4 business_hours"),
        ("30 jours", "30 days"),
        ("1 mois", "1 months"),
        ("1,5 h", "1.5 hours"),
        ("2 bd", "2 business_days"),
    ],
)
def test_a_span_is_read_as_people_write_it(written: str, meant: str) -> None:
    assert str(Span.parse(written)) == meant


@pytest.mark.parametrize("written", ["30", "3 lunes", "-2 days", "months", "1e9 days"])
def test_a_span_without_a_known_unit_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"durée|unité"):
        Span.parse(written)


@given(st.integers(1, 999), st.sampled_from(SpanUnit))
def test_a_span_written_down_is_read_back(count: int, unit: SpanUnit) -> None:
    assert Span.parse(str(Span.of(count, unit))) == Span.of(count, unit)


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 60))
def test_months_later_never_skips_a_month(start: date, months: int) -> None:
    later = Span.of(months, "months").after(start)
    assert (later.year - start.year) * 12 + later.month - start.month == months
    assert later.day <= start.day


def test_a_month_after_31_january_is_the_last_day_of_february() -> None:
    assert Span.parse("1 months").after(date(2027, 1, 31)) == date(2027, 2, 28)
    assert Span.parse("1 months").after(date(2028, 1, 31)) == date(2028, 2, 29)


def test_service_time_has_no_date_without_a_calendar() -> None:
    with pytest.raises(ValueError, match="service calendar"):
        Span.parse("4 business_hours").after(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (french.euros(Money(Decimal("12345.5"))), "12\u202f345,50\u00a0€"),
        (french.euros(Money(Decimal(4204))), "4\u202f204\u00a0€"),
        (french.percent(Percent(Decimal("99.50"))), "99,5\u00a0%"),
        (french.day(date(2026, 3, 1)), "1er\u00a0mars\u00a02026"),
        (french.day(date(2026, 12, 31)), "31\u00a0décembre\u00a02026"),
        (french.clock(time(8, 30)), "8\u00a0h\u00a030"),
        (french.clock(time(18)), "18\u00a0h"),
        (french.span(Span.parse("1 business_hours")), "1\u00a0heure ouvrée"),
        (french.span(Span.parse("3 months")), "3\u00a0mois"),
        (french.enumeration(["a", "b", "c"]), "a, b et c"),
    ],
)
def test_values_are_printed_the_french_way(printed: str, expected: str) -> None:
    assert printed == expected


def test_typed_spaces_become_french_spaces() -> None:
    assert (
        french.typography("L'avis : « oui » ; 10 % de l'article 9 ?")
        == "L’avis\u00a0: «\u00a0oui\u00a0»\u202f; 10\u00a0% de l’article\u00a09\u202f?"
    )


def test_a_telephone_number_is_never_cut_at_the_end_of_a_line() -> None:
    assert french.typography("au 02 00 00 00 10, le soir") == "au 02 00 00 00 10, le soir".replace(" 00", "\u00a000").replace(
        " 10", "\u00a010"
    )


def test_no_semicolon_of_a_list_begins_a_line() -> None:
    assert french.listed(["12 mois", "30 jours"]) == french.typography("12 mois ; 30 jours")
    assert " ;" not in french.listed(["12 mois", "30 jours"])


@given(st.text(alphabet="abc 0123456789 'éà«».:;!?%€h\u00a0\u202f", max_size=60))
def test_setting_the_typography_twice_changes_nothing(text: str) -> None:
    once = french.typography(text)
    assert french.typography(once) == once


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2027-02-31", "« 2027-02-31 » n’existe pas : février 2027 a 28 jours"),
        ("29/02/2028", "« 29/02/2028 » n’est pas une date"),
        ("31 Février 2028", "« 31 Février 2028 » n’existe pas : février 2028 a 29 jours"),
        ("le 31 avril 2027", "« le 31 avril 2027 » n’existe pas : avril 2027 a 30 jours"),
        ("2027-13-01", "« 2027-13-01 » n’existe pas : il n’y a pas de mois 13"),
        ("0000-01-01", "« 0000-01-01 » n’est pas une date"),
        ("demain", "« demain » n’est pas une date"),
    ],
)
def test_a_day_that_does_not_exist_says_how_long_its_month_is(written: str, told: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(told)}$"):
        parse_day(written)


def test_a_day_of_the_american_order_is_judged_in_that_order() -> None:
    assert missing_day("02/31/2027", month_first=True) == "n’existe pas : février 2027 a 28 jours"
    assert missing_day("02/03/2027", month_first=True) == ""
