from __future__ import annotations

import pytest

from convenu.agreement.term_offers import offers, replaced
from convenu.terms.contract import Terms

TERMS = Terms.model_validate({"payment_days": "30 days", "notice_period": "3 months", "setup_fee": "1200 EUR", "ai_uses": "none"})


@pytest.mark.parametrize(
    ("text", "typed", "names"),
    [
        ("Payé sous 30 jours.", "30 jours", ["payment_days"]),
        ("Payé sous trente jours.", "trente jours", ["payment_days"]),
        ("Un préavis de 3\u00a0mois.", "3\u00a0mois", ["notice_period"]),
        ("Une visite tous les 17 mois.", "17 mois", []),
    ],
)
def test_a_figure_typed_is_offered_the_terms_that_say_it(text: str, typed: str, names: list[str]) -> None:
    [offer] = offers(text, TERMS)
    assert (offer.typed, [name for name, _label in offer.terms]) == (typed, names)


def test_what_stands_in_braces_is_no_figure_and_a_term_takes_the_place_of_the_first() -> None:
    text = 'Le {{ notice_period }} {% if on_call == "x1" %}: 30 jours, puis 30 jours.{% endif %}'
    [offer] = offers(text, TERMS)
    assert replaced(text, offer.typed, "payment_days").count("30 jours") == 1
    assert "{{ payment_days }}, puis 30 jours" in replaced(text, offer.typed, "payment_days")
    assert replaced(text, offer.typed, "no_term") == text
