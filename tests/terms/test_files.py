"""Terms files: read, refused with every mistake, written in a stable order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from convenu.agreement.scoping import read_answers, scope
from convenu.library.loader import french
from convenu.terms import field_labels, values
from convenu.terms.contract import GROUPS, TERM_KEYS, Terms, group_of, label_of
from convenu.terms.files import as_data, json_schema, read_terms, terms_hash, write_json, write_yaml
from convenu.terms.refused_values import MAX_TOLD
from convenu.terms.states import Origin, State
from convenu.vocabulary.mistakes import MistakesError

VALDRENE = scope(read_answers(Path("examples/valdrene.answers.yaml").read_bytes()), french())


def told(content: str) -> list[str]:
    with pytest.raises(MistakesError) as caught:
        read_terms(content)
    return [str(mistake) for mistake in caught.value.mistakes]


def test_a_whole_contract_goes_out_and_comes_back_the_same() -> None:
    assert read_terms(write_yaml(VALDRENE)) == VALDRENE
    assert read_terms(write_json(VALDRENE)) == VALDRENE
    assert terms_hash(read_terms(write_yaml(VALDRENE))) == terms_hash(VALDRENE)


def test_a_file_is_always_written_in_the_same_order() -> None:
    shuffled = dict(reversed(as_data(VALDRENE).items()))
    again = read_terms(yaml.safe_dump(shuffled, allow_unicode=True))
    assert write_yaml(again) == write_yaml(VALDRENE)
    assert list(as_data(VALDRENE)) == [key for key in TERM_KEYS if key in as_data(VALDRENE)]


def test_the_four_states_are_kept_apart() -> None:
    terms = read_terms(
        "notice_period: 3 months\nrpo: none\nrto: absent\nlate_rate: unknown\n"
        "client_cyber_insurance: {state: unknown, who: le Client, before: 2026-12-01}\n"
        "setup_fee: {value: 100 EUR, origin: negotiated}\n"
    )
    assert [terms.term(key).state for key in ("notice_period", "rpo", "rto", "late_rate", "sites")] == [
        State.STATED, State.NONE, State.ABSENT, State.UNKNOWN, State.UNKNOWN,
    ]  # fmt: skip
    assert terms.client_cyber_insurance.who == "le Client"
    assert terms.setup_fee.origin is Origin.NEGOTIATED
    assert read_terms(write_yaml(terms)) == terms


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("notice_perod: 3 months", "Vouliez-vous dire « notice_period »"),
        ("sites: [{name: A, adress: x}]", "Vouliez-vous dire « address »"),
        ("payment_days: 30", "écrivez un nombre et son unité"),
        ("setup_fee: 12 sacs", "écrivez un nombre et son unité"),
        ("setup_fee: 12 dollars", "autre monnaie"),
        ("effective_date: 2027-02-30", "« 2027-02-30 » n’existe pas : février 2027 a 28 jours"),
        ("effective_date: 31 février 2027", "« 31 février 2027 » n’existe pas : février 2027 a 28 jours"),
        ("effective_date: 31/04/2027", "avril 2027 a 30 jours"),
        ("effective_date: bientôt", "« bientôt » n’est pas une date : écrivez « 2027-01-31 »"),
        ("client_headcount: -3", "trop petite"),
        ("client_headcount: beaucoup", "nombre entier"),
        ("client_siren: '123456789'", "SIREN « 123456789 » faux"),
        ("client_vat_number: FR00481481000", "TVA"),
        ("billing_rhythm: montly_ahead", "Vouliez-vous dire « monthly_ahead »"),
        ("service_hours: [{name: A, hours: {mon: ['25:00-26:00']}}]", "heure impossible"),
        ("service_hours: [{name: A, hours: {lundi: ['09:00-18:00']}}]", "jour « lundi » inconnu"),
        ("service_hours: [{name: A, timezone: Europe/Rennes, hours: {}}]", "fuseau horaire"),
        ("notice_period: {value: 3 months, state: none}", "n’admet pas de valeur"),
        ("notice_period: {state: stated}", "doit être donnée"),
        ("late_rate: {kind: fixed}", "demande « rate »"),
        ("liability_cap: {kind: months_of_fees}", "demande « months »"),
        ("purchase_order: peut-être", "« true » ou « false »"),
        ('client_name: "a\\u202eb"', "caractère de contrôle"),
        ("effective_date: 0207-01-01", "vérifiez l’année"),
        ('client_name: "a\\uFFFEb"', "caractère de contrôle"),
        ('client_email: "a\\x01@b.example"', "caractère de contrôle"),
        ("client_email: chez moi", "nom@societe.fr"),
        ("setup_fee: -5 EUR", "sans signe"),
        ("quantity_floor: -5 %", "sans signe"),
        ("availability: [{service: A, target: 150 %}]", "de 0 à 100 %"),
        ("discounts: [{label: A, share: 101 %, reason: b}]", "de 0 à 100 %"),
        ("change_freezes: [{label: A, start: 02-30, end: 03-01}]", "n’est le jour d’aucune année"),
        ("change_freezes: [{label: A, start: W01-1, end: 03-01}]", "n’est le jour d’aucune année"),
        ("service_hours: [{name: A, hours: {mon: ['08:00-08:00']}}]", "00:00-24:00"),
        ("service_hours: [{name: A, hours: {mon: []}}]", "sans aucune heure ouverte"),
        ("maintenance_windows: [{name: A, recurrence: b, frequency: weekly, weekday: lundi, start: '20:00', length: 2 hours}]", "mon, tue"),
        ("- liste", "« clé : valeur »"),
    ],
)
def test_a_wrong_value_is_told_with_its_line_and_what_to_write(written: str, expected: str) -> None:
    lines = told(written)
    assert len(lines) == 1
    assert lines[0].startswith("ligne 1")
    assert expected in lines[0]


def test_all_wrong_values_are_told_together() -> None:
    assert len(told("notice_perod: 3 months\npayment_days: 30\nclient_headcount: -4\neffective_date: 2027-13-01\n")) == 4


def test_mistakes_stand_in_the_order_of_the_file() -> None:
    lines = told("payment_days: 30\nsites: Paris\nnotice_perod: 3 months\nclient_siren: '1'\ncourt: Rennes\n")
    assert [line.split(",")[0] for line in lines] == [f"ligne {number}" for number in range(1, 6)]
    assert "Écrivez par exemple « {kind: …} »" in lines[4]


def test_a_file_wrong_on_every_line_tells_a_readable_number_of_mistakes() -> None:
    lines = told("\n".join(f"key_{number}: 1" for number in range(5_000)))
    assert len(lines) == MAX_TOLD + 1
    assert lines[-1].startswith(f"fichier : et {5_000 - MAX_TOLD} autres erreurs")


PUBLISHED = json.loads(Path("docs/terms.schema.json").read_text("utf-8"))


def test_the_published_schema_is_the_code_s_own() -> None:
    assert json.loads(json.dumps(json_schema())) == PUBLISHED
    jsonschema.Draft202012Validator.check_schema(PUBLISHED)


def test_the_published_schema_accepts_a_real_file() -> None:
    jsonschema.validate(json.loads(write_json(VALDRENE)), PUBLISHED)
    jsonschema.validate({"rpo": "none", "rto": {"state": "unknown", "who": "le Client"}, "setup_fee": "100 EUR"}, PUBLISHED)


@pytest.mark.parametrize(
    "wrong", [{"notice_perod": "3 months"}, {"notice_period": "3"}, {"billing_rhythm": "weekly"}, {"sites": [{"nom": "A"}]}]
)
def test_the_published_schema_refuses_a_wrong_file(wrong: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, PUBLISHED)


def test_every_term_has_a_label_a_group_and_a_question() -> None:
    asked = {key for question in french().questions for key in question.fills}
    for key in TERM_KEYS:
        assert label_of(key) != key
        assert group_of(key) in GROUPS
        assert key in asked, f"no question fills {key}"


def test_every_field_of_a_structured_value_has_a_label() -> None:
    models = [one for one in vars(values).values() if isinstance(one, type) and issubclass(one, values.Value)]
    for model in models:
        for name in model.model_fields:
            assert field_labels.field_label(model.__name__, name)


def test_every_term_stands_in_the_glossary() -> None:
    glossary = Path("docs/glossaire.md").read_text("utf-8")
    missing = [key for key in TERM_KEYS if f"`{key}`" not in glossary]
    assert not missing


@given(st.text(max_size=80))
def test_no_text_typed_as_a_name_breaks_the_file(name: str) -> None:
    try:
        terms = Terms.model_validate({"client_name": {"value": name}})
    except ValueError:
        return
    assert read_terms(write_yaml(terms)).client_name == terms.client_name
