"""The estate: which contracts a changed rule, figure or answer concerns, and what looks again."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from convenu.actions import estate as deeds
from convenu.actions import estate_reading
from convenu.actions.contract_library import library_of
from convenu.actions.contracts import archive_contract
from convenu.actions.current_terms import current_terms
from convenu.actions.estate import begin_behind, begin_pass, concerned, estate, lines_of, pass_again, stop_pass, unread
from convenu.actions.estate_reading import Due, Looked
from convenu.actions.estate_workers import here, on_every_core
from convenu.actions.interview import answer
from convenu.agreement.assemble import assemble
from convenu.agreement.check import check
from convenu.agreement.looking_again import Asked
from convenu.agreement.verdicts import Pack, Verdict
from convenu.law.series import Published
from convenu.library import law_overlay, loader
from convenu.store.models import Contract, ContractVerdicts, EstatePass, Membership
from convenu.store.tenancy import tenant_scope
from convenu.store.work import WorkState
from convenu.vocabulary.contract_text import ContractText, Paragraph, Run
from convenu.vocabulary.findings import Severity
from convenu.vocabulary.french import plain_spaces
from convenu.vocabulary.kept_text import packed, unpacked
from convenu.vocabulary.mistakes import MistakesError
from tests.actions.deals import FORBIDDEN_PAYMENT, a_contract, a_full_contract, view
from tests.web.people import NOW, House

NEXT_YEAR = date(2027, 2, 1)
RATE = "legal_interest_professional"
PRINTED = "cyber_complaint_hours"
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


def publish(figure: str, value: str) -> None:
    """Import a value in force next year."""
    known = loader.current().law.values[figure]
    until = date(2027, 7, 1) if known.dated.known_until else None
    law_overlay.keep(known, [Published(date(2027, 1, 1), Decimal(value), "arrêté")], known_until=until, today=NOW.date())


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
    assert (done.done, done.total) == (1, 1)


def test_nothing_looks_again_when_nothing_changed(argoat: House) -> None:
    a_full_contract(argoat.alice)
    a_contract(argoat.alice, "Autre", "")
    assert passage(argoat.alice).looks > 0
    again = passage(argoat.alice)
    assert (again.done, again.looks, said(argoat.alice, again)) == (2, 0, [])


def test_an_imported_figure_brings_exactly_the_contracts_that_read_it(argoat: House) -> None:
    alice = argoat.alice
    low, high = with_fixed_rate(alice, "Bas", "12 %"), with_fixed_rate(alice, "Haut", "14 %")
    answer(alice, a_contract(alice, "Particulier", ""), {"client_kind": "consumer"}, now=NOW)
    passage(alice, on=NEXT_YEAR)
    publish(RATE, "4.20")
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
    monkeypatch.setattr(estate_reading, "assemble", None)
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
        assert (done.done, said(argoat.charlie, done)) == (0, [])
        assert not ContractVerdicts.objects.exists()


def test_a_contract_that_cannot_be_read_is_told_and_the_others_are_checked(argoat: House) -> None:
    broken, sound = a_contract(argoat.alice, "Perdu", ""), with_fixed_rate(argoat.alice, "Bas", "1 %")
    Contract.objects.filter(pk=broken.pk).update(library_release="1999.01", library_hash="0" * 64)
    done = passage(argoat.alice)
    (kept,) = unread(argoat.alice, done)
    assert kept.contract == broken
    assert "1999.01" in kept.trouble
    assert {one["reference"] for one in said(argoat.alice, done)} == {sound.reference}
    assert done.done == 2


def test_an_archived_contract_is_left_alone(argoat: House) -> None:
    archive_contract(argoat.alice, a_contract(argoat.alice), now=NOW)
    assert passage(argoat.alice).done == 0


def test_a_passage_stopped_in_the_middle_and_begun_again_says_everything(
    argoat: House, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    monkeypatch.setattr(deeds, "SLICE", 1)
    for name in ("Un", "Deux", "Trois"):
        a_contract(argoat.alice, name, "")
    begun = begin_pass(argoat.alice, now=NOW)
    steps = estate(argoat.alice, begun, now=NOW)
    assert next(steps).done == 1
    stop_pass(argoat.alice, begun, now=timezone.now())
    assert [(one.done, one.state) for one in steps] == [(1, WorkState.STOPPED)]
    assert len({one["client"] for one in said(argoat.alice, begun)}) == 1
    pass_again(argoat.alice, begun, now=timezone.now())
    begun.refresh_from_db()
    assert (begun.state, begun.done, begun.total) == (WorkState.DONE, 3, 3)
    assert {one["client"] for one in said(argoat.alice, begun)} == {"Un", "Deux", "Trois"}


def test_a_passage_asked_for_on_its_page_waits_for_the_worker(argoat: House, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    a_contract(argoat.alice, "Un", "")
    waiting = begin_behind(argoat.alice, now=NOW)
    assert (waiting.state, waiting.done, waiting.total) == (WorkState.WAITING, 0, 1)
    stop_pass(argoat.alice, waiting, now=NOW)
    waiting.refresh_from_db()
    assert waiting.state == WorkState.STOPPED


def test_what_another_passage_saw_meanwhile_is_left_as_it_is(argoat: House, monkeypatch: pytest.MonkeyPatch) -> None:
    contract = with_fixed_rate(argoat.alice, "Bas", "1 %")
    passage(argoat.alice)
    change_rule(monkeypatch, LATE_RULE, title="Un taux trop bas")

    def looking(pack: Pack, asked: Asked, due: Sequence[Due]) -> Iterator[Looked | str]:
        other = list(estate(argoat.alice, begin_pass(argoat.alice, now=NOW), now=NOW))[-1]
        ContractVerdicts.objects.filter(contract=contract).update(trouble="vu par un autre", passage=other)
        yield from here(pack, asked, due)

    list(estate(argoat.alice, begin_pass(argoat.alice, now=NOW), now=NOW, looking=looking))
    assert ContractVerdicts.objects.get(contract=contract).trouble == "vu par un autre"


def test_a_figure_that_clauses_print_is_told_by_article_with_the_amendment(argoat: House) -> None:
    alice = argoat.alice
    a_full_contract(alice)
    answer(alice, a_contract(alice, "Particulier", ""), {"client_kind": "consumer"}, now=NOW)
    passage(alice, on=NEXT_YEAR)
    publish(PRINTED, "48")
    (line, *others) = [one for one in said(alice, passage(alice, on=NEXT_YEAR)) if one["figure"]]
    assert {one["figure"] for one in (line, *others)} == {PRINTED}
    assert (line["status"], line["cause"], line["rule"]) == ("changed", "figure", None)
    assert line["where"].startswith("article")
    assert "72 heures jusqu'ici, 48 heures désormais" in plain_spaces(line["message"])
    assert plain_spaces(line["subject"]).startswith(f"Avenant : révision de l'{plain_spaces(line['where'])} (")
    assert "y écrire 48 heures au lieu de 72 heures" in plain_spaces(line["subject"])
    assert said(alice, passage(alice, on=NEXT_YEAR)) == []


def test_a_figure_asked_for_shows_the_articles_that_print_it_as_it_is(argoat: House) -> None:
    a_full_contract(argoat.alice)
    passage(argoat.alice)
    (line,) = [one for one in said(argoat.alice, passage(argoat.alice, figures=[PRINTED])) if one["figure"]]
    assert (line["status"], line["cause"], line["subject"]) == ("unchanged", "", None)
    assert "72 heures" in plain_spaces(line["message"])


def test_a_contract_of_an_older_library_is_told_what_the_law_says_now(argoat: House, monkeypatch: pytest.MonkeyPatch) -> None:
    contract = a_full_contract(argoat.alice)
    passage(argoat.alice, on=NEXT_YEAR)
    older = loader.french()
    publish(PRINTED, "48")
    newer = loader.french()
    monkeypatch.setattr(loader, "current", lambda: newer)
    monkeypatch.setattr(loader, "pinned", lambda _name, _hash: older)
    (line,) = [one for one in said(argoat.alice, passage(argoat.alice, on=NEXT_YEAR)) if one["figure"]]
    assert "48 heures au lieu de 72 heures" in plain_spaces(line["subject"])
    kept = ContractVerdicts.objects.get(contract=contract)
    assert "72 heures" in plain_spaces(words_kept(kept))
    assert [one for one in said(argoat.alice, passage(argoat.alice, on=NEXT_YEAR)) if one["figure"]] == []


def test_a_printed_figure_stays_to_be_told_by_a_passage_about_something_else(argoat: House) -> None:
    a_full_contract(argoat.alice)
    passage(argoat.alice, on=NEXT_YEAR)
    publish(PRINTED, "48")
    assert [one for one in said(argoat.alice, passage(argoat.alice, on=NEXT_YEAR, rules=[LATE_RULE])) if one["figure"]] == []
    assert [one for one in said(argoat.alice, passage(argoat.alice, on=NEXT_YEAR)) if one["figure"]]


def words_kept(kept: ContractVerdicts) -> str:
    text = unpacked(bytes(kept.words), kept.rewritten)
    return "\n".join(section.plain for section in text.sections())


Changed = Callable[[House, pytest.MonkeyPatch], dict[str, Any]]


def nothing(_house: House, _patch: pytest.MonkeyPatch) -> dict[str, Any]:
    return {}


def figure(name: str, value: str) -> Changed:
    def changed(_house: House, _patch: pytest.MonkeyPatch) -> dict[str, Any]:
        publish(name, value)
        return {}

    return changed


def rule(rule_id: str, **parts: Any) -> Changed:
    def changed(_house: House, patch: pytest.MonkeyPatch) -> dict[str, Any]:
        change_rule(patch, rule_id, **parts)
        return {}

    return changed


def an_answer(house: House, _patch: pytest.MonkeyPatch) -> dict[str, Any]:
    answer(house.alice, Contract.objects.order_by("created_at")[0], FORBIDDEN_PAYMENT, now=NOW.replace(hour=10))
    return {}


def another_day(_house: House, _patch: pytest.MonkeyPatch) -> dict[str, Any]:
    return {"on": date(2028, 9, 1)}


KINDS: dict[str, Changed] = {
    "nothing": nothing,
    "a figure that rules read": figure(RATE, "4.20"),
    "a figure that clauses print": figure(PRINTED, "48"),
    "a figure that rules read and clauses print": figure("switching_notice_months", "3"),
    "a rule on values": rule(LATE_RULE, severity=Severity.LOW),
    "a rule on the words": rule("placeholder_left", remedy="Compléter."),
    "a question": rule("trav-l8254-1", ask="Qui a la liste ?"),
    "a rule no longer in force": rule("com-l441-10-delai", end=date(2027, 1, 1)),
    "an answer": an_answer,
    "the day": another_day,
}


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_changed_a_passage_sees_what_looking_at_everything_again_sees(
    argoat: House, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    alice = argoat.alice
    answer(alice, a_full_contract(alice), {"onsite_visits": 80, "late_rate": {"kind": "fixed", "rate": "1 %"}}, now=NOW)
    answer(alice, a_contract(alice, "Particulier", ""), {"client_kind": "consumer", "cloud_sold": True}, now=NOW)
    with_fixed_rate(alice, "Haut", "14 %")
    passage(alice, on=NEXT_YEAR)
    asked = {"on": NEXT_YEAR} | KINDS[kind](argoat, monkeypatch)
    passage(alice, **asked)
    again = [seen(one) for one in ContractVerdicts.objects.all()]
    ContractVerdicts.objects.all().delete()
    passage(alice, **asked)
    assert again == [seen(one) for one in ContractVerdicts.objects.all()]


def seen(kept: ContractVerdicts) -> tuple[Any, ...]:
    """What every rule says of a contract, and the words and figures that it stands on."""
    found = {key: Verdict._make(one).found for key, one in json.loads(kept.verdicts).items()}
    printed = {name: (says, clauses) for name, (says, _told, clauses) in kept.printed.items()}
    return kept.contract_id, found, words_kept(kept), kept.terms, json.loads(kept.places), printed, kept.library, kept.trouble


def test_an_unknown_rule_or_figure_is_told_with_what_is_known(argoat: House) -> None:
    with pytest.raises(MistakesError) as told:
        begin_pass(argoat.alice, rules=["civ-9999"], figures=["taux"], now=NOW)
    assert [one.where for one in told.value.mistakes] == ["civ-9999", "taux"]
