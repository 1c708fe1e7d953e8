"""The rules of the trade, where a list of cases does not say enough: on whole texts, on any targets, on every provision."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenu.agreement.assemble import assemble
from convenu.agreement.check import blocks_signature, check
from convenu.agreement.rule import Rule
from convenu.agreement.rules.hours import WorkingDay, certainly_longer, working_day
from convenu.agreement.rules.maintenance import _days_of_month
from convenu.agreement.rules.provisions import PROVISIONS, TOLD_ELSEWHERE, Settled
from convenu.agreement.rules.service_levels import STAGES
from convenu.agreement.scoping import read_answers, scope
from convenu.library.loader import french
from convenu.terms.contract import Terms
from convenu.vocabulary.contract_text import ContractText, Paragraph, Run, RunKind, Section
from convenu.vocabulary.findings import Finding, Severity, Status
from convenu.vocabulary.french import plain_spaces
from convenu.vocabulary.span import Span, SpanUnit

DAY = date(2026, 11, 23)
LIBRARY = french()
EXAMPLES = Path(__file__).parents[2] / "examples"
HYGIENE = ("placeholder_left", "undefined_term", "unused_definition", "unstated_number")
PRIORITIES = ("P1", "P2", "P3", "P4")


@cache
def valdrene() -> Terms:
    return scope(read_answers((EXAMPLES / "valdrene.answers.yaml").read_bytes()), LIBRARY)


@cache
def contract() -> ContractText:
    return assemble(valdrene(), LIBRARY, on=DAY)


def found(rule: str, terms: Terms, text: ContractText | None = None) -> tuple[Finding, ...]:
    return check(terms, text, LIBRARY, on=DAY, rules=[LIBRARY.rule(rule)])


def with_sentence(clause: str, *runs: Run, text: ContractText | None = None) -> ContractText:
    """The Valdrène contract with one more sentence at the end of a clause, as a person would add it in a house text."""

    def longer(section: Section) -> Section:
        return replace(section, blocks=(*section.blocks, Paragraph(runs))) if section.clause == clause else section

    text = text or contract()
    assert text.section(clause) is not None
    return replace(
        text,
        front=tuple(longer(section) for section in text.front),
        articles=tuple(replace(article, sections=tuple(longer(section) for section in article.sections)) for article in text.articles),
        annexes=tuple(longer(section) for section in text.annexes),
    )


# --- The text


@pytest.mark.parametrize("rule", HYGIENE)
def test_the_contract_of_a_deal_that_is_all_answered_has_a_clean_text(rule: str) -> None:
    assert not contract().open_points
    assert found(rule, valdrene(), contract()) == ()


def test_a_figure_typed_in_a_sentence_is_named_with_its_article() -> None:
    text = with_sentence("late_payment", Run("Le Client prévient le Prestataire sous 17 jours ouvrés."))
    (finding,) = found("unstated_number", valdrene(), text)
    assert finding.clause == "late_payment"
    assert "17 jours ouvrés" in plain_spaces(finding.message)


def test_a_figure_that_an_answer_states_with_the_same_unit_is_not_foreign() -> None:
    text = with_sentence("late_payment", Run("Rappel : le délai de paiement est de 30 jours."))
    assert found("unstated_number", valdrene(), text) == ()
    other_unit = with_sentence("late_payment", Run("Rappel : le délai de paiement est de 30 minutes ouvrées."))
    assert found("unstated_number", valdrene(), other_unit) != ()


def test_a_figure_that_comes_from_a_value_or_a_citation_is_not_typed() -> None:
    runs = (
        Run("Le taux est de "), Run("17 %", RunKind.VALUE, terms=("late_rate",)), Run(", selon l’"), Run("article 19.4", RunKind.REFERENCE),
        Run(" et "), Run("C. civ., art. 1231-5", RunKind.CITATION), Run("."),
    )  # fmt: skip
    assert found("unstated_number", valdrene(), with_sentence("late_payment", *runs)) == ()


def test_a_word_written_like_a_defined_one_is_named() -> None:
    text = with_sentence("late_payment", Run("Le Client signale toute anomalie ; chaque "), Run("Anomalie", bold=True), Run(" est suivie."))
    (finding,) = found("undefined_term", valdrene(), text)
    assert finding.clause == "late_payment"
    assert "« Anomalie »" in plain_spaces(finding.message)


def test_names_of_people_and_companies_are_values_and_need_no_definition() -> None:
    text = with_sentence(
        "late_payment", Run("Le paiement suit les règles du "), Run("Garage du Moulin", RunKind.VALUE, terms=("client_name",))
    )
    assert found("undefined_term", valdrene(), text) == ()


def test_a_defined_word_in_the_plural_is_defined() -> None:
    text = with_sentence("late_payment", Run("Les délais courent pendant les Jours ouvrés et pour tous les Tickets."))
    assert found("undefined_term", valdrene(), text) == ()


def test_a_definition_that_no_article_uses_is_named() -> None:
    text = with_sentence("definitions", Run("Hypercare", bold=True), Run(" : suivi renforcé des premières semaines."))
    (finding,) = found("unused_definition", valdrene(), text)
    assert "« Hypercare »" in plain_spaces(finding.message)
    assert finding.severity is Severity.LOW


def test_a_definition_used_in_the_plural_is_used() -> None:
    defined = with_sentence("definitions", Run("Hypercare"), Run(" : suivi renforcé des premières semaines."))
    text = with_sentence("late_payment", Run("Les hypercares ne suspendent aucun paiement."), text=defined)
    assert found("unused_definition", valdrene(), text) == ()


def test_open_points_are_named_by_their_labels_and_stop_the_signature() -> None:
    terms = valdrene().replace(court="unknown", late_rate="unknown")
    text = assemble(terms, LIBRARY, on=DAY)
    (finding,) = found("placeholder_left", terms, text)
    assert set(finding.terms) == {"court", "late_rate"}
    assert "Tribunal" in finding.message
    assert "Taux des pénalités de retard" in finding.message
    assert blocks_signature([finding])


@pytest.mark.parametrize("mark", ["[ ]", "[…]", "{{ montant }}", "____", "XX", "xxx", "……", "[à compléter]"])
def test_a_mark_left_by_hand_is_named_where_it_stands(mark: str) -> None:
    (finding,) = found("placeholder_left", valdrene(), with_sentence("late_payment", Run(f"Le taux convenu est {mark}.")))
    assert finding.clause == "late_payment"
    assert finding.severity is Severity.BLOCKING


@pytest.mark.parametrize("words", ["prix", "deux", "l’expert XXL", "Louis XVI", "vrai…", "[sic]"])
def test_ordinary_words_are_no_marks(words: str) -> None:
    assert found("placeholder_left", valdrene(), with_sentence("late_payment", Run(f"On lit {words} ici."))) == ()


def test_two_articles_with_the_same_fault_are_two_findings_a_person_can_dismiss_apart() -> None:
    text = with_sentence("late_payment", Run("Le taux est ____."))
    second = replace(text, annexes=tuple(_marked(section) for section in text.annexes))
    keys = {finding.key for finding in found("placeholder_left", valdrene(), second)}
    assert len(keys) == 1 + len(text.annexes)


def _marked(section: Section) -> Section:
    return replace(section, blocks=(*section.blocks, Paragraph((Run("____"),))))


# --- The Valdrène deal


def test_a_sound_deal_gives_only_the_findings_its_own_facts_call_for() -> None:
    operational = [rule for rule in LIBRARY.rules if "-" not in rule.id]
    findings = check(valdrene(), contract(), LIBRARY, on=DAY, rules=operational)
    assert {finding.rule for finding in findings} == {"supplier_outlives_contract", "freeze_vs_patch"}
    assert {finding.severity for finding in findings} == {Severity.MEDIUM, Severity.LOW}


# --- Times in order


def spans(units: Iterable[SpanUnit]) -> st.SearchStrategy[Span]:
    return st.builds(Span, st.integers(1, 200).map(Decimal), st.sampled_from(list(units)))


Grid = list[list[int | None]]
TIMES = st.none() | st.integers(1, 40)
GRIDS = st.lists(st.lists(TIMES, min_size=4, max_size=4), min_size=3, max_size=3)


def targets(grid: Grid) -> dict[str, Any]:
    """Business hours by stage and priority; None where nothing is promised."""
    rows = [{name: f"{hours} business_hours" for name, hours in zip(PRIORITIES, row, strict=True) if hours} for row in grid]
    return {**dict(zip(STAGES, rows, strict=True)), "service_hours": "none"}


def in_order(grid: Grid) -> bool:
    lines = [*grid, *(list(column) for column in zip(*grid, strict=True))]
    stated = [[hours for hours in line if hours] for line in lines]
    return all(first <= second for line in stated for first, second in pairwise(line))


def sorted_grid(grid: list[list[int]]) -> Grid:
    rows = [sorted(row) for row in grid]
    return [list(row) for row in zip(*(sorted(column) for column in zip(*rows, strict=True)), strict=True)]


@st.composite
def ordered_grids(draw: st.DrawFn) -> Grid:
    """Times in order, some of them not promised."""
    grid = sorted_grid(draw(st.lists(st.lists(st.integers(1, 40), min_size=4, max_size=4), min_size=3, max_size=3)))
    kept = draw(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=3, max_size=3))
    return [[hours if keep else None for hours, keep in zip(row, line, strict=True)] for row, line in zip(grid, kept, strict=True)]


@given(ordered_grids())
def test_times_in_order_are_never_reported(grid: Grid) -> None:
    assert found("targets_monotone", Terms().replace(**targets(grid))) == ()


@given(GRIDS)
def test_times_out_of_order_are_always_reported(grid: Grid) -> None:
    assert bool(found("targets_monotone", Terms().replace(**targets(grid)))) != in_order(grid)


@given(st.lists(st.lists(st.integers(1, 40), min_size=4, max_size=4), min_size=3, max_size=3), st.integers(0, 2), st.data())
def test_one_row_out_of_order_is_put_back_by_one_answer(grid: list[list[int]], row: int, data: st.DataObject) -> None:
    disturbed = sorted_grid(grid)
    disturbed[row] = data.draw(st.lists(st.integers(1, 60), min_size=4, max_size=4))
    terms = Terms().replace(**targets(disturbed))
    findings = found("targets_monotone", terms)
    changes = [finding.change for finding in findings if finding.change]
    assert bool(changes) == bool(findings)
    for change in changes:
        assert found("targets_monotone", terms.replace(**{change.term: change.value})) == ()


@given(spans(SpanUnit), spans(SpanUnit), st.integers(60, 1440), st.integers(60, 1440))
def test_two_times_are_never_each_longer_than_the_other(one: Span, other: Span, first: int, second: int) -> None:
    day = WorkingDay(min(first, second), max(first, second))
    assert not (certainly_longer(one, other, day) and certainly_longer(other, one, day))
    assert not certainly_longer(one, one, day)


def test_a_clock_hour_is_never_said_longer_than_a_service_hour_that_stops_at_night() -> None:
    assert not certainly_longer(Span.parse("20 hours"), Span.parse("8 business_hours"), working_day(None))
    assert certainly_longer(Span.parse("20 business_hours"), Span.parse("8 hours"), working_day(None))


# --- Windows and freezes


@pytest.mark.parametrize(("words", "rank"), [("premier", 1), ("deuxième", 2), ("troisième", 3), ("quatrième", 4)])
@pytest.mark.parametrize("weekday", range(7))
def test_the_days_a_ranked_weekday_may_fall_on_hold_in_every_month(words: str, rank: int, weekday: int) -> None:
    expected = _days_of_month(f"le {words} {calendar.day_name[weekday]} du mois")
    falls = {
        [day for day in calendar.Calendar().itermonthdates(year, month) if day.month == month and day.weekday() == weekday][rank - 1].day
        for year in range(2027, 2055)
        for month in range(1, 13)
    }
    assert falls == set(expected)


# --- What a complete contract settles


@pytest.mark.parametrize("provision", PROVISIONS, ids=lambda provision: provision.name)
def test_a_provision_left_out_is_one_finding_and_its_remedy_lifts_it(provision: Settled) -> None:
    terms = valdrene().replace(**dict.fromkeys(provision.keys, "absent"))
    (finding,) = found("missing_provision", terms)
    assert finding.terms == provision.keys
    assert finding.severity is provision.severity
    if finding.change:
        assert found("missing_provision", terms.replace(**{finding.change.term: finding.change.value})) == ()


@pytest.mark.parametrize("provision", [one for one in PROVISIONS if one.choice], ids=lambda provision: provision.name)
def test_agreeing_that_there_is_none_settles_a_provision_where_none_is_a_choice(provision: Settled) -> None:
    assert found("missing_provision", valdrene().replace(**dict.fromkeys(provision.keys, "none"))) == ()


@pytest.mark.parametrize(("key", "rule"), sorted(TOLD_ELSEWHERE.items()))
def test_an_absence_that_another_rule_tells_is_told_once(key: str, rule: str) -> None:
    terms = valdrene().replace(**{key: "absent"})
    assert [finding for finding in found(rule, terms) if finding.status is Status.FOUND]
    assert found("missing_provision", terms) == ()


def test_a_contract_of_which_nothing_is_known_gives_one_line_that_lists_its_provisions() -> None:
    (finding,) = found("missing_provision", Terms())
    assert finding.status is Status.NOT_VERIFIABLE
    assert all(provision.name in plain_spaces(finding.message).replace("'", "’") for provision in PROVISIONS)
    assert not blocks_signature([finding])


def test_what_is_missing_is_told_beside_what_is_not_yet_answered() -> None:
    findings = found("missing_provision", valdrene().replace(meeting_frequency="absent", report_frequency="unknown", report_day="unknown"))
    assert [finding.status for finding in findings] == [Status.FOUND, Status.NOT_VERIFIABLE]
    assert "rapport de service" in findings[1].message


# --- Figures


@given(st.integers(1, 200), st.integers(50, 5000), st.integers(1, 48))
def test_a_recovery_time_that_is_offered_holds_the_restoration(terabytes: int, rate: int, hours: int) -> None:
    terms = valdrene().replace(backup_volume=terabytes, restore_rate=rate, rto=f"{hours} hours")
    for finding in found("rto_vs_volume", terms):
        assert finding.change is not None
        assert found("rto_vs_volume", terms.replace(rto=finding.change.value)) == ()
    needed = Decimal(terabytes * 1000) / rate + 1
    assert bool(found("rto_vs_volume", terms)) == (needed > hours)


@given(st.decimals("90", "99.99", places=2), st.integers(1, 12))
def test_windows_are_reported_exactly_when_they_take_more_than_the_rate_leaves(rate: Decimal, hours: int) -> None:
    window = {"name": "Serveurs", "recurrence": "le deuxième jeudi", "frequency": "monthly", "start": "20:00", "length": f"{hours} hours"}
    target = {"service": "Portail", "target": f"{rate} %", "probe": "sonde", "windows_excluded": False}
    terms = Terms().replace(availability=[target], maintenance_windows=[window])
    assert bool(found("availability_vs_windows", terms)) == (hours * 60 > (100 - rate) / 100 * 43_200)


# --- Any answer may be missing


@pytest.mark.parametrize("rule", [rule for rule in LIBRARY.rules if "-" not in rule.id and rule.reads], ids=lambda rule: rule.id)
@pytest.mark.parametrize("word", ["none", "absent", "unknown"])
def test_a_rule_answers_whichever_of_its_terms_is_missing(rule: Rule, word: str) -> None:
    for key in rule.reads:
        for finding in found(rule.id, valdrene().replace(**{key: word})):
            assert finding.status is Status.FOUND or key in finding.terms, f"{key} is {word}: {finding.message}"


def test_a_freeze_may_begin_or_end_on_29_february() -> None:
    all_year = valdrene().replace(change_freezes=[{"label": "gel", "start": "03-01", "end": "02-29"}])
    assert found("window_vs_freeze", all_year)
    one_day = valdrene().replace(change_freezes=[{"label": "gel", "start": "02-29", "end": "02-29"}], maintenance_windows="none")
    assert not found("window_vs_freeze", one_day)
