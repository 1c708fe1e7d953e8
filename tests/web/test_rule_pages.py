"""The rules read one by one, the pack as a Word file, and a figure of the law through time."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import docx
import pytest
from django.test import Client

from convenu.actions import rule_readings
from convenu.actions.interview import answer as answer_to
from convenu.library import loader
from convenu.library.rules import fingerprint_of
from convenu.store.models import AuditEntry, RuleReading
from convenu.store.people import Role
from convenu.store.tenancy import tenant_scope
from convenu.web.series_drawing import draw
from tests.actions.deals import a_contract
from tests.web.people import NOW, House, add_member, signed_in

pytestmark = pytest.mark.django_db
RATE = "/bibliotheque/regles/com-l441-10-penalites"


def page(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def readings(house: House) -> list[RuleReading]:
    with tenant_scope(house.argoat):
        return list(RuleReading.objects.all())


def test_a_rule_has_its_page_with_law_reasoning_and_cases(house: House) -> None:
    shown = page(signed_in(house.alice), RATE)
    for words in (
        "441-10",
        "doctrine.fr",
        "Trois fois le taux légal",
        "Amende administrative",
        "En vigueur depuis le",
        "personne encore",
    ):
        assert words in shown
    assert "Cède la place à" in shown


def test_every_rule_has_a_page(house: House) -> None:
    alice = signed_in(house.alice)
    for rule in loader.french().rules:
        assert rule.id in page(alice, f"/bibliotheque/regles/{rule.id}")


def test_a_rule_that_does_not_exist_is_not_found(house: House) -> None:
    assert signed_in(house.alice).get("/bibliotheque/regles/civ-9999").status_code == 404


def test_marking_a_rule_as_read_keeps_the_reader_and_goes_on_to_the_next(house: House) -> None:
    alice = signed_in(house.alice)
    answer = alice.post(RATE, {"reader": " Me Claire  Autun "})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/bibliotheque/regles/")
    assert answer.headers["Location"] != RATE
    (reading,) = readings(house)
    assert (reading.rule, reading.reader) == ("com-l441-10-penalites", "Me Claire Autun")
    assert "Relue par Me Claire Autun" in page(alice, RATE)
    with tenant_scope(house.argoat):
        assert AuditEntry.objects.filter(action="rule_read").exists()


def test_a_reading_without_a_name_is_refused_with_what_to_write(house: House) -> None:
    answer = signed_in(house.alice).post(RATE, {"reader": "  "})
    assert answer.status_code == 422
    assert "Qui a relu cette règle" in answer.content.decode()
    assert readings(house) == []


def test_a_rule_changed_since_it_was_read_is_to_be_read_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    alice = signed_in(house.alice)
    alice.post(RATE, {"reader": "Me Autun"})
    assert "à relire" not in page(alice, RATE)
    monkeypatch.setattr(rule_readings, "fingerprint_of", lambda _rule: "0" * 64)
    assert "à relire" in page(alice, RATE)


def test_what_a_reader_reads_makes_the_fingerprint_and_who_read_it_does_not() -> None:
    rule = loader.french().rule("com-l441-10-penalites")
    assert fingerprint_of(rule) == fingerprint_of(replace(rule, reviewed_by="Me Autun", last_checked=date(2027, 1, 1)))
    assert fingerprint_of(rule) != fingerprint_of(replace(rule, remedy="Autre remède."))
    assert fingerprint_of(rule) != fingerprint_of(replace(rule, look=loader.french().rule("ass-rc").look))


def test_another_organisation_sees_nothing_of_a_reading(house: House) -> None:
    signed_in(house.alice).post(RATE, {"reader": "Me Autun"})
    assert "Me Autun" not in page(signed_in(house.charlie), RATE)


def test_somebody_who_only_reads_contracts_does_not_mark_rules(house: House) -> None:
    reader = signed_in(add_member(house.argoat, "Lena", "lena@argoat.example", Role.READ_ONLY))
    assert "Marquer comme relue" not in page(reader, RATE)
    assert reader.post(RATE, {"reader": "Lena"}).status_code == 403


def test_the_whole_pack_is_a_word_file_with_a_table_a_rule(house: House) -> None:
    alice = signed_in(house.alice)
    alice.post(RATE, {"reader": "Me Autun"})
    answer = alice.get("/bibliotheque/regles.docx")
    document = docx.Document(io.BytesIO(answer.content))
    assert len(document.tables) == len(loader.french().rules)
    words = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "com-l441-10-penalites" in words
    assert "Me Autun, le" in words


def test_a_figure_has_its_page_with_its_history_and_its_drawing(house: House) -> None:
    shown = page(signed_in(house.alice), "/bibliotheque/droit/legal_interest_professional", jour="2026-08-15")
    assert "2,75" in shown
    assert "deux bases de code publiques" in shown
    assert "Vérifié le" in shown
    assert "<svg" in shown
    missing = page(signed_in(house.alice), "/bibliotheque/droit/legal_interest_professional", jour="2027-02-01")
    assert "Non vérifiable" in missing
    assert "non publié" in missing


def test_every_figure_has_a_page(house: House) -> None:
    alice = signed_in(house.alice)
    for name in loader.french().law.names:
        assert name in page(alice, f"/bibliotheque/droit/{name}")


def test_a_month_that_was_not_published_breaks_the_line() -> None:
    drawing = draw(loader.french().law.values["syntec"], until=date(2026, 11, 23))
    assert drawing is not None
    assert len(drawing.paths) > 3
    whole = draw(loader.french().law.values["ecb_refi"], until=date(2026, 11, 23))
    assert whole is not None
    assert len(whole.paths) == 1
    assert [mark.label for mark in whole.scale] == ["0", "2", "4", "6"], "round values that hold the series"


def test_a_figure_of_one_value_is_not_drawn() -> None:
    assert draw(loader.french().law.values["recovery_fee"], until=date(2026, 11, 23)) is None


def test_a_contract_is_compared_from_its_signature_to_next_year(house: House) -> None:
    with tenant_scope(house.argoat):
        contract = a_contract(house.alice)
        answer_to(house.alice, contract, {"late_rate": {"kind": "fixed", "rate": "12 %"}, "recovery_fee": "40 EUR"}, now=NOW)
    shown = page(signed_in(house.alice), f"/contrats/{contract.pk}/constats/jours", jour="2027-02-01")
    assert "01/02/2027" in shown
    assert "1er semestre 2027 non publié" in shown
    assert "Directive NIS 2" in shown
    wrong = signed_in(house.alice).get(f"/contrats/{contract.pk}/constats/jours", {"jour": "demain"})
    assert wrong.status_code == 422
