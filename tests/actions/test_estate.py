"""The estate: which contracts a changed rule, figure or answer concerns, and what looks again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from convenu.actions import estate as deeds
from convenu.actions.contract_library import library_of
from convenu.actions.contracts import archive_contract
from convenu.actions.current_terms import current_terms
from convenu.actions.estate import begin_pass, concerned, estate, lines_of, unread
from convenu.actions.estate_workers import on_every_core
from convenu.actions.interview import answer
from convenu.agreement.assemble import assemble
from convenu.agreement.check import check
from convenu.law.series import Published
from convenu.library import law_overlay, loader
from convenu.store.models import Contract, ContractVerdicts, EstatePass, Membership
from convenu.store.tenancy import tenant_scope
from convenu.vocabulary.contract_text import ContractText, Paragraph, Run
from convenu.vocabulary.french import plain_spaces
from convenu.vocabulary.kept_text import packed, unpacked
from convenu.vocabulary.mistakes import MistakesError
from tests.actions.deals import FORBIDDEN_PAYMENT, a_contract, a_full_contract, view
from tests.web.people import NOW, House

NEXT_YEAR = date(2027, 2, 1)
RATE = "legal_interest_professional"
LATE_RULE = "com-l441-10-penalites"


@pytest.fixture
def argoat(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setenv("CONVENU_DATA", str(tmp_path))
    with tenant_scope(house.argoat):
        yield house


def passage(member: Membership, **asked: Any) -> EstatePass:
    """A whole passage."""
    begun = begin_pass(member, now=NOW, **asked)
    return list(estate(member, begun, now=NOW))[-1]


def said(member: Membership, done: EstatePass) -> list[dict[str, Any]]:
    return [line.as_json() for line in lines_of(concerned(member, done))]


def with_fixed_rate(member: Membership, name: str, rate: str) -> Contract:
    contract = a_contract(member, name, "")
    answer(member, contract, {"client_kind": "commercial_company", "late_rate": {"kind": "fixed", "rate": rate}}, now=NOW)
    return contract


def publish_the_rate() -> None:
    rate = Published(date(2027, 1, 1), Decimal("4.20"), "arrêté du 18 décembre 2026")
    law_overlay.keep(loader.current().law.values[RATE], [rate], known_until=date(2027, 7, 1), today=NOW.date())


def change_rule(monkeypatch: pytest.MonkeyPatch, rule_id: str, **parts: Any) -> None:
    library = loader.current()
    rules = tuple(replace(rule, **parts) if rule.id == rule_id else rule for rule in library.rules)
    monkeypatch.setattr(loader, "current", lambda: replace(library, rules=rules))


def test_the_first_passage_says_what_the_page_of_each_contract_says(argoat: House) -> None:
    contract = a_full_contract(argoat.alice)
    answer(argoat.alice, contract, FORBIDDEN_PAYMENT, now=NOW)
    done = passage(argoat.alice)
    page = view(argoat.alice, contract)
    expected = {(one.rule, one.message, one.where) for one in page.draft.findings}
    assert {(one["rule"], one["message"], one["where"]) for one in said(argoat.alice, done)} == expected
    assert {one["status"] for one in said(argoat.alice, done)} == {"new"}
    assert (done.checked, done.total) == (1, 1)


def test_nothing_looks_again_when_nothing_changed(argoat: House) -> None:
    a_full_contract(argoat.alice)
    a_contract(argoat.alice, "Autre", "")
    assert passage(argoat.alice).looks > 0
    again = passage(argoat.alice)
    assert (again.checked, again.looks, said(argoat.alice, again)) == (2, 0, [])


def test_an_imported_figure_brings_exactly_the_contracts_that_read_it(argoat: House) -> None:
    alice = argoat.alice
    low, high = with_fixed_rate(alice, "Bas", "12 %"), with_fixed_rate(alice, "Haut", "14 %")
    answer(alice, a_contract(alice, "Particulier", ""), {"client_kind": "consumer"}, now=NOW)
    passage(alice, on=NEXT_YEAR)
    publish_the_rate()
    done = passage(alice, on=NEXT_YEAR)
    told = {(one["client"], one["rule"], one["status"], one["cause"]) for one in said(alice, done)}
    assert told == {("Bas", LATE_RULE, "changed", "figure"), ("Haut", LATE_RULE, "lifted", "figure")}
    assert done.looks == 2
    assert {low.reference, high.reference} == {one["reference"] for one in said(alice, done)}


def test_a_changed_rule_looks_again_alone(argoat: House, monkeypatch: pytest.MonkeyPatch) -> None:
    a_full_contract(argoat.alice)
    with_fixed_rate(argoat.alice, "Bas", "1 %")
    passage(argoat.alice)
    change_rule(monkeypatch, LATE_RULE, remedy="Écrire un taux plus élevé.")
    assert passage(argoat.alice).looks == 2


def test_a_changed_answer_makes_only_its_rules_look_again(argoat: House) -> None:
    contract = a_full_contract(argoat.alice)
    first = passage(argoat.alice)
    answer(argoat.alice, contract, FORBIDDEN_PAYMENT, now=NOW.replace(hour=10))
    done = passage(argoat.alice)
    assert 0 < done.looks < first.looks / 2
    (line,) = [one for one in said(argoat.alice, done) if one["rule"] == "com-l441-10-delai"]
    assert (line["status"], line["cause"]) == ("new", "contract")
    assert plain_spaces(line["subject"]).startswith(f"Avenant : révision de l'{plain_spaces(line['where'])} (")
    assert "441-10" in line["subject"]
    assert "isque" in line["subject"]


def test_verdicts_kept_rule_by_rule_are_those_of_a_whole_check(argoat: House) -> None:
    contract = a_full_contract(argoat.alice)
    passage(argoat.alice)
    for hour, change in ((10, FORBIDDEN_PAYMENT), (11, {"liability_cap": "none"}), (12, {"client_kind": "public"})):
        answer(argoat.alice, contract, change, now=NOW.replace(hour=hour))
        passage(argoat.alice)
        fresh = view(argoat.alice, contract).draft
        kept = passage(argoat.alice, rules=[rule.id for rule in loader.current().rules])
        assert {(one["rule"], one["message"], one["where"]) for one in said(argoat.alice, kept)} == {
            (one.rule, one.message, one.where) for one in check(fresh.terms, fresh.text, loader.current(), on=fresh.on)
        }


def test_the_words_kept_are_those_that_the_contract_is_written_with(argoat: House) -> None:
    contract = a_full_contract(argoat.alice)
    passage(argoat.alice, on=NEXT_YEAR)
    kept = ContractVerdicts.objects.get(contract=contract)
    assert unpacked(bytes(kept.words)) == assemble(current_terms(contract), library_of(contract), on=NEXT_YEAR)


def test_a_changed_rule_on_text_reads_the_words_kept(argoat: House, monkeypatch: pytest.MonkeyPatch) -> None:
    contract = a_full_contract(argoat.alice)
    passage(argoat.alice)
    monkeypatch.setattr(deeds, "assemble", None)
    change_rule(monkeypatch, "undefined_term", remedy="Définir le mot.")
    assert passage(argoat.alice).looks == 1
    words = packed(_with_an_undefined_word(contract))
    ContractVerdicts.objects.filter(contract=contract).update(words=words)
    change_rule(monkeypatch, "undefined_term", remedy="Définir le mot, ou l’écrire en minuscules.")
    (line,) = said(argoat.alice, passage(argoat.alice))
    assert (line["rule"], line["status"], line["cause"]) == ("undefined_term", "new", "rule")
    assert "Hurluberlu" in line["message"]


def test_contracts_shared_out_among_processes_say_what_one_process_says(argoat: House, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, rate in (("Un", "1 %"), ("Deux", "2 %"), ("Trois", "14 %")):
        with_fixed_rate(argoat.alice, name, rate)
    broken = a_contract(argoat.alice, "Perdu", "")
    alone = passage(argoat.alice)
    told = said(argoat.alice, alone)
    ContractVerdicts.objects.exclude(contract=broken).delete()
    ContractVerdicts.objects.filter(contract=broken).update(verdicts="[]", settled="")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1})
    begun = begin_pass(argoat.alice, now=NOW)
    with on_every_core() as looking:
        shared = list(estate(argoat.alice, begun, now=NOW, looking=looking))[-1]
    assert [one for one in told if one["client"] != "Perdu"] == said(argoat.alice, shared)
    assert [one.contract for one in unread(argoat.alice, shared)] == [broken]


def _with_an_undefined_word(contract: Contract) -> ContractText:
    text = assemble(current_terms(contract), library_of(contract), on=NOW.date())
    first, *others = text.annexes
    return replace(text, annexes=(replace(first, blocks=(Paragraph((Run("Il revient au Hurluberlu de payer."),)),)), *others))


def test_a_passage_on_one_rule_keeps_the_news_of_the_others(argoat: House) -> None:
    contract = a_full_contract(argoat.alice)
    passage(argoat.alice)
    answer(argoat.alice, contract, FORBIDDEN_PAYMENT, now=NOW.replace(hour=10))
    assert passage(argoat.alice, rules=[LATE_RULE]).looks <= 1
    assert "com-l441-10-delai" in {one["rule"] for one in said(argoat.alice, passage(argoat.alice))}


def test_a_passage_on_a_figure_says_what_is_found_with_it_unchanged_too(argoat: House) -> None:
    with_fixed_rate(argoat.alice, "Bas", "1 %")
    a_contract(argoat.alice, "Autre", "")
    passage(argoat.alice)
    (line,) = said(argoat.alice, passage(argoat.alice, figures=[RATE]))
    assert (line["client"], line["rule"], line["status"]) == ("Bas", LATE_RULE, "unchanged")


def test_another_organisation_never_appears(argoat: House) -> None:
    with_fixed_rate(argoat.alice, "Bas", "1 %")
    passage(argoat.alice)
    with tenant_scope(argoat.brocel):
        done = passage(argoat.charlie)
        assert (done.checked, said(argoat.charlie, done)) == (0, [])
        assert not ContractVerdicts.objects.exists()


def test_a_contract_that_cannot_be_read_is_told_and_the_others_are_checked(argoat: House) -> None:
    broken, sound = a_contract(argoat.alice, "Perdu", ""), with_fixed_rate(argoat.alice, "Bas", "1 %")
    Contract.objects.filter(pk=broken.pk).update(library_release="1999.01", library_hash="0" * 64)
    done = passage(argoat.alice)
    (kept,) = unread(argoat.alice, done)
    assert kept.contract == broken
    assert "1999.01" in kept.trouble
    assert {one["reference"] for one in said(argoat.alice, done)} == {sound.reference}
    assert done.checked == 2


def test_an_archived_contract_is_left_alone(argoat: House) -> None:
    archive_contract(argoat.alice, a_contract(argoat.alice), now=NOW)
    assert passage(argoat.alice).checked == 0


def test_a_passage_left_in_the_middle_goes_on_where_it_stood(argoat: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deeds, "SLICE", 1)
    for name in ("Un", "Deux", "Trois"):
        a_contract(argoat.alice, name, "")
    begun = begin_pass(argoat.alice, now=NOW)
    assert next(estate(argoat.alice, begun, now=NOW)).checked == 1
    steps = [one.checked for one in estate(argoat.alice, begun, now=NOW)]
    assert steps == [2, 3, 3]
    assert {one["client"] for one in said(argoat.alice, begun)} == {"Un", "Deux", "Trois"}


def test_an_unknown_rule_or_figure_is_told_with_what_is_known(argoat: House) -> None:
    with pytest.raises(MistakesError) as told:
        begin_pass(argoat.alice, rules=["civ-9999"], figures=["taux"], now=NOW)
    assert [one.where for one in told.value.mistakes] == ["civ-9999", "taux"]
