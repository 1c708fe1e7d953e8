"""From answers to terms: who wins, what follows, what contradicts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from convenu.agreement.scoping import applies, legal_size, open_points, read_answers, scope
from convenu.library.loader import french
from convenu.terms.contract import Terms
from convenu.terms.states import Origin
from convenu.vocabulary.mistakes import MistakesError
from convenu.vocabulary.money import Money

LIBRARY = french()


def terms_of(text: str) -> Terms:
    return scope(read_answers(text), LIBRARY)


def told(text: str) -> str:
    with pytest.raises(MistakesError) as caught:
        terms_of(text)
    return "\n".join(str(mistake) for mistake in caught.value.mistakes)


def test_an_answer_wins_over_the_house_which_wins_over_the_segment() -> None:
    terms = terms_of("client_segment: pme\nnotice_period: 2 months\nhouse: {notice_period: 4 months, setup_fee: 500 EUR}\n")
    assert (str(terms.notice_period.value), terms.notice_period.origin) == ("2 months", Origin.ASKED)
    assert (str(terms.setup_fee.value), terms.setup_fee.origin) == ("500.00 EUR", Origin.HOUSE)
    assert (str(terms.initial_duration.value), terms.initial_duration.origin) == ("24 months", Origin.SEGMENT)


def test_a_contract_entered_as_it_stands_takes_no_default() -> None:
    terms = terms_of("client_segment: pme\ndefaults: none\nnotice_period: 1 months\n")
    assert terms.initial_duration.unknown
    assert [key for key in type(terms).model_fields if not terms.term(key).unknown] == [
        "client_segment",
        "notice_period",
        "provider_notice_period",
    ]


def test_the_provider_s_notice_is_the_client_s_unless_said_otherwise() -> None:
    assert terms_of("client_segment: pme\n").provider_notice_period.value == terms_of("client_segment: pme\n").notice_period.value


def test_the_vat_number_follows_from_the_siren() -> None:
    assert terms_of("client_segment: pme\nclient_siren: 000 481 481\n").client_vat_number.value == "FR28000481481"


@pytest.mark.parametrize(
    ("headcount", "turnover", "balance", "size"),
    [
        (9, "2000000", None, "micro"),
        (10, "2000000", None, "pme"),
        (9, "2000001", "2000000", "micro"),
        (9, "2000001", "2000001", "pme"),
        (249, "50000000", "99999999", "pme"),
        (249, "50000001", "43000000", "pme"),
        (249, "50000001", "43000001", "eti"),
        (250, "1", "1", "eti"),
        (4999, "1500000000", None, "eti"),
        (5000, "1", None, "ge"),
        (4999, "1500000001", "2000000001", "ge"),
    ],
)
def test_the_legal_size_follows_headcount_and_turnover_or_balance(headcount: int, turnover: str, balance: str | None, size: str) -> None:
    amounts = [Money.parse(f"{amount} EUR") if amount else None for amount in (turnover, balance)]
    assert legal_size(headcount, *amounts) == size


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("signature_date: 2027-02-01\neffective_date: 2027-01-01", "précède la signature"),
        ("client_siren: 000 481 481\nclient_vat_number: FR52000120261", "n’est pas celui du SIREN"),
        ("client_siren: 000 481 481\nprovider_siren: 000 481 481", "même SIREN"),
        ("sites: [{name: Le Mans}]\ninventory: [{asset_class: server, label: x, count: 1, site: Le Man}]", "Vouliez-vous dire « Le Mans »"),
        ("personal_data: false\nprocessings: none\nhealth_data: true\n", "données de santé"),
        (
            "personal_data: false\nprocessings: [{service: a, purpose: b, operations: c, data: d, persons: e, duration: f, place: g}]",
            "aucune donnée personnelle",
        ),
        ("defaults: house", "« segment » ou « none »"),
        ("house: 3", "valeurs de la maison"),
        ("notice_perod: 3 months", "Vouliez-vous dire « notice_period »"),
        ("house: {notice_perod: 3 months}", "Vouliez-vous dire « notice_period »"),
    ],
)
def test_contradictory_or_unreadable_answers_are_told(answers: str, expected: str) -> None:
    assert expected in told(f"client_segment: pme\n{answers}\n")


def questions_shown(answers: str) -> list[int]:
    terms = terms_of(answers)
    return sorted(question.number for question in LIBRARY.questions if applies(question, terms))


HOUSE = "client_kind: commercial_company\nhouse: {provider_siren: '000120261', provider_signatory: X, tools: none}\n"
ASKED_OF_A_TPE = [1, 2, 3, 5, 6, 10, 12, 13, 15, 16, 19, 27, 28, 30, 32, 36, 43, 46, 51, 54, 57, 59, 61, 63, 65]


def test_a_very_small_client_is_asked_twenty_five_questions_and_others_only_when_a_fact_calls_them() -> None:
    assert questions_shown(f"client_segment: tpe\nclient_headcount: 4\n{HOUSE}") == ASKED_OF_A_TPE
    assert questions_shown(f"client_segment: tpe\nclient_headcount: 6\n{HOUSE}") == [one for one in ASKED_OF_A_TPE if one != 6]
    sold = questions_shown(f"client_segment: tpe\nclient_headcount: 4\ncloud_sold: true\n{HOUSE}")
    assert set(sold) - set(ASKED_OF_A_TPE) == {21, 109}


def test_an_unknown_segment_names_those_that_exist() -> None:
    one_offer = replace(LIBRARY, segments={"pme": LIBRARY.segments["pme"]})
    with pytest.raises(MistakesError) as caught:
        scope(read_answers("client_segment: tpe\n"), one_offer)
    assert "Segments disponibles : pme" in str(caught.value.mistakes[0])
    assert "le segment de l’offre manque" in told("notice_period: 3 months\n")


def test_mistakes_of_answers_and_house_are_told_together() -> None:
    assert len(told("client_segment: pme\npayment_days: 30\nhouse: {setup_fee: 12}\nclient_headcount: -1\n").splitlines()) == 3


def test_open_points_name_who_must_answer() -> None:
    terms = terms_of("client_segment: pme\nclient_cyber_insurance: {state: unknown, who: le Client, before: 2026-12-01}\n")
    point = next(point for point in open_points(terms, LIBRARY) if point.question == "cyber_insurance")
    assert point.as_json() == {
        "question": "cyber_insurance",
        "text": "Le Client a-t-il une assurance cyber ?",
        "terms": ["client_cyber_insurance"],
        "labels": ["Assurance cyber du Client"],
        "who": "le Client",
    }


def test_a_question_that_does_not_apply_is_no_open_point() -> None:
    question = next(question for question in LIBRARY.questions if question.key == "restoration")
    assert not applies(question, terms_of("client_segment: tpe\n"))
    assert applies(question, terms_of("client_segment: tpe\nrestoration_time: {P1: 8 business_hours}\n"))
    assert applies(question, terms_of("client_segment: pme\n"))


def test_a_value_of_the_house_may_carry_a_note() -> None:
    terms = terms_of("client_segment: pme\nhouse: {setup_fee: {value: 500 EUR, note: tarif 2026}, rpo: {state: unknown, who: Paul}}\n")
    assert (str(terms.setup_fee.value), terms.setup_fee.origin, terms.setup_fee.note) == ("500.00 EUR", Origin.HOUSE, "tarif 2026")
    assert (terms.rpo.unknown, terms.rpo.who) == (True, "Paul")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("sites: [{name: A}, {name: A}, {name: B}]", "deux sites portent le nom « A »"),
        ("services: [{key: edr, name: A, content: x}, {key: edr, name: B, content: y}]", "deux services portent la clé « edr »"),
        ("exit_fee_steps: [{year: 1, share: 40 %}, {year: 1, share: 20 %}]", "deux parts sont données pour l’année « 1 »"),
        ("discounts: [{label: A, share: 60 %, reason: b}, {label: B, share: 60 %, reason: b}]", "ensemble 100 %"),
    ],
)
def test_what_is_said_twice_differently_is_a_contradiction(answers: str, expected: str) -> None:
    assert expected in told(f"client_segment: pme\n{answers}\n")
