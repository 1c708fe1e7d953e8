"""The alternatives of a clause: how the library reads them, what they change in a contract, and what they may not leave out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from convenu.agreement.assemble import assemble
from convenu.agreement.check import check
from convenu.agreement.clause import Alternative, Clause, Place, Stance
from convenu.agreement.clause_mistakes import ClauseSyntaxError
from convenu.agreement.positions import answers_of, choosing, is_taken, wording_mistakes
from convenu.agreement.scoping import read_answers, scope
from convenu.library.clauses import check_texts, read_clause
from convenu.library.front_matter import FrontMatterError
from convenu.library.loader import french
from convenu.terms.contract import Terms
from convenu.vocabulary.yaml_text import YamlText
from tests.library.test_clauses import ON, SCENARIOS, is_sentence, valdrene, valdrene_contract

LIBRARY = french()
# The provisions that every client discusses, and their clauses in which there is nothing to choose.
DISCUSSED = {5, 8, 9, 10, 18, 19, 20, 22, 27, 33, 34}
SETTLED = {
    "special_stipulations": "repeats what an older contract said",
    "access_handover": "is due without condition: only its delay moves",
    "cloud_switching": "follows a European regulation: only its notice moves",
    "volunteers": "counts some accounts at the price of light users: only their number moves",
}
ALTERNATIVES = [(clause, one) for clause in LIBRARY.clauses for one in clause.alternatives]
# What an alternative makes the check say of the Valdrène deal that it did not say before.
RAISED = {
    "assignment.free_for_both": {"civ-1216-cession"},
    "claims_period.two_years": {"logs_vs_claims"},
    "contract_documents.client_terms_ranked": {"cpi-l131-3", "rgpd-4-28-10-qualif"},
    "indexation.upwards_uncapped": {"cmf-hausse-seule"},
    "liability_cap.half_a_year": {"cap_vs_fees", "rgpd-82"},
    "linked_contracts.law_alone": {"civ-1186-1187-ensemble"},
    "managed_backup.four_hours": {"rpo_vs_frequency"},
    "notices_and_proof.qualified_signature": {"eidas-41-horodatage"},
    "out_of_hours.per_call": {"placeholder_left", "trav-astreinte", "on_call_team", "unwatched_channel"},
    "out_of_hours.included_calls": {"placeholder_left", "trav-astreinte", "on_call_team", "unwatched_channel"},
    "service_credits.automatic": {"credits_vs_margin"},
    "subcontracting.informed": {"st-1975"},
    "time_targets.every_ticket": {"one_p1_breaks_availability"},
    "unsupported_assets.short_derogation": {"derogation_past_limit"},
}
BASE = """---
title: Retard
version: 1
provision: 20
audit_type: late_penalties
states: [late_rate, invoice_contest]
mentions: [payment_days]
gloss: "Le retard."
why: "La querelle."
alternatives:
  - {key: short, stance: plain, summary: "Plus court.", text: short.md}
  - {key: longer, stance: client, summary: "Plus long.", change: {invoice_contest: 60 days}}
---
Le retard après {{ payment_days }} coûte. Contestation en {{ invoice_contest }}{% if late_rate is stated %}, avec un taux.{% endif %}
"""
SHORT = """---
states: [late_rate]
mentions: [payment_days]
leaves_out: [invoice_contest]
---
Le retard après {{ payment_days }} coûte{% if late_rate is stated %} un taux{% endif %}.
"""


def test_a_clause_is_read_with_its_answers_to_change_and_its_other_wording() -> None:
    clause = read_clause("late", BASE, {"short.md": SHORT})
    assert clause.wordings == ("short",)
    assert clause.worded("short").states == ("late_rate",)
    assert clause.worded("short").title == "Retard"
    assert clause.worded("longer") is clause.worded(None) is clause
    assert [one.change for one in clause.alternatives] == [{}, {"invoice_contest": "60 days"}]


@pytest.mark.parametrize(
    ("base", "short", "expected"),
    [
        (BASE.replace("60 days", "60 mois lunaires"), SHORT, "60 mois lunaires"),
        (BASE.replace("{invoice_contest: 60 days}", "{rpo: 4 hours}"), SHORT, "changes « rpo »"),
        (BASE.replace("{invoice_contest: 60 days}", "{invoice_contests: 60 days}"), SHORT, "invoice_contests"),
        (BASE.replace("text: short.md", "text: short.md, change: {invoice_contest: none}"), SHORT, "either « change »"),
        (BASE.replace("key: longer", "key: short"), SHORT, "two alternatives"),
        (BASE.replace("key: longer", "key: Plus long"), SHORT, "a key is small letters"),
        (BASE.replace("short.md", "court.md"), SHORT, "no file is called « court.md »"),
        (BASE.replace("text: short.md", "change: {invoice_contest: none}"), SHORT, "no alternative names the text « short.md »"),
        (BASE.replace("stance: plain", "stance: neutral"), SHORT, "neutral"),
        (BASE, SHORT.replace("leaves_out: [invoice_contest]\n", ""), "n’est plus énoncé nulle part"),
        (BASE, SHORT.replace("[invoice_contest]", "[invoice_contest, late_rate]"), "« late_rate » est dit laissé de côté"),
        (BASE, SHORT.replace("states: [late_rate]", "states: [late_rate, payment_days]"), "(payment_days) est énoncé ici"),
        (BASE, SHORT.replace("mentions: [payment_days]\n", ""), "« payment_days » est écrit sans être déclaré"),
        (BASE, SHORT.replace("coûte", "coûte 40 euros"), "« 40 euros » est tapé dans le texte"),
        (BASE, SHORT.replace("states:", "gloss: x\nstates:"), "gloss"),
    ],
)
def test_an_alternative_that_does_not_hold_together_is_refused_when_the_library_loads(base: str, short: str, expected: str) -> None:
    with pytest.raises((ClauseSyntaxError, FrontMatterError, ValueError)) as caught:
        check_texts([read_clause("late", base, {"short.md": short})])
    assert expected in str(caught.value)


def test_the_mistakes_of_every_text_are_told_at_once() -> None:
    first = read_clause("late", BASE.replace("coûte.", "coûte 40 euros."), {"short.md": SHORT.replace("coûte{%", "coûte trois fois{%")})
    second = read_clause("early", BASE.replace("Le retard", "{{ nobody }}"), {"short.md": SHORT})
    with pytest.raises(ClauseSyntaxError) as caught:
        check_texts([first, second])
    assert [one.clause for one in caught.value.mistakes] == ["late", "late/short.md", "early"]


def test_another_wording_is_held_to_the_clause_s_rule_on_references() -> None:
    clause = read_clause("late", BASE, {"short.md": SHORT + 'Voir l’{{ "nowhere" | article }}.\n'})
    with pytest.raises(ClauseSyntaxError, match="nowhere"):
        check_texts([clause])


def test_the_chosen_wording_takes_the_place_of_the_clause_s_words_and_leaves_the_rest_of_the_contract_alone() -> None:
    clause = LIBRARY.clause("access_mandate")
    terms = valdrene().replace(clause_wordings=choosing(valdrene(), "access_mandate", "each_session"))
    before, after = assemble(valdrene(), LIBRARY, on=ON), assemble(terms, LIBRARY, on=ON)
    changed = [one.clause for one, other in zip(before.sections(), after.sections(), strict=True) if one != other]
    assert changed == ["access_mandate"]
    section = after.section("access_mandate")
    assert section is not None
    assert "pour chaque session" in section.plain
    assert "access_mandate" in section.states
    assert is_taken(clause, clause.alternatives[1], terms)
    assert not is_taken(clause, clause.alternatives[1], valdrene())
    assert terms.replace(clause_wordings=choosing(terms, "access_mandate", None)).clause_wordings.lacking


def test_taking_an_alternative_answers_what_it_changes_and_nothing_else() -> None:
    clause = LIBRARY.clause("access_mandate")
    answers = answers_of(clause, clause.alternatives[0], valdrene())
    assert set(answers) == {"access_mandate"}
    assert is_taken(clause, clause.alternatives[0], valdrene().replace(**answers))


@pytest.mark.parametrize(
    ("wordings", "expected"),
    [
        ([{"clause": "acces_mandate", "wording": "each_session"}], ["aucune clause ne s’appelle « acces_mandate »", "« access_mandate »"]),
        ([{"clause": "access_mandate", "wording": "each_sesion"}], ["n’a pas de rédaction « each_sesion »", "« each_session »"]),
        ([{"clause": "access_mandate", "wording": "by_category"}], ["n’est pas une rédaction", "Mandat d’accès"]),
        ([{"clause": "definitions", "wording": "plain"}], ["n’a pas d’autre rédaction"]),
        ([{"clause": "access_mandate", "wording": "each_session"}] * 2, ["deux rédactions sont choisies"]),
    ],
)
def test_a_wording_that_the_library_does_not_hold_is_a_mistake_with_what_to_write(
    wordings: list[dict[str, str]], expected: list[str]
) -> None:
    told = "\n".join(str(one) for one in wording_mistakes(Terms(clause_wordings=wordings), LIBRARY, YamlText({})))  # type: ignore[arg-type]
    assert [words for words in expected if words not in told] == []


def test_a_wording_that_leaves_out_an_agreed_value_contradicts_it() -> None:
    base = (
        BASE.replace("late_rate, invoice_contest", "invoice_contest")
        .replace(", avec un taux.", ".")
        .replace("late_rate is", "payment_days is")
    )
    short = SHORT.replace("states: [late_rate]\n", "").replace("late_rate is", "payment_days is")
    clause = read_clause("late", base, {"short.md": short})
    library = replace(LIBRARY, clauses=(clause,))
    chosen = Terms.model_validate({"clause_wordings": [{"clause": "late", "wording": "short"}], "invoice_contest": "30 days"})
    told = [str(one) for one in wording_mistakes(chosen, library, YamlText({}))]
    assert len(told) == 1
    assert "passe sous silence une valeur convenue : « Contestation d’une facture »" in told[0]
    assert list(wording_mistakes(chosen.replace(invoice_contest="none"), library, YamlText({}))) == []
    assert list(wording_mistakes(chosen.replace(clause_wordings="none"), library, YamlText({}))) == []


def test_answers_that_choose_an_unknown_wording_are_told_with_their_line() -> None:
    answers = (
        Path("examples/valdrene.answers.yaml").read_text("utf-8") + "clause_wordings:\n  - {clause: access_mandate, wording: each_sesion}\n"
    )
    with pytest.raises(Exception, match="each_sesion") as caught:
        scope(read_answers(answers), LIBRARY)
    assert "ligne" in str(caught.value)


@pytest.mark.parametrize(("clause", "alternative"), ALTERNATIVES, ids=[f"{clause.key}.{one.key}" for clause, one in ALTERNATIVES])
def test_an_alternative_taken_on_a_real_deal_gives_a_contract_and_raises_what_it_should(clause: Clause, alternative: Alternative) -> None:
    terms = valdrene().replace(**answers_of(clause, alternative, valdrene()))
    assert is_taken(clause, alternative, terms)
    assert list(wording_mistakes(terms, LIBRARY, YamlText({}))) == []
    text = assemble(terms, LIBRARY, on=ON)
    findings = check(terms, text, LIBRARY, on=ON)
    before = {finding.key for finding in check(valdrene(), valdrene_contract(), LIBRARY, on=ON)}
    assert {finding.rule for finding in findings if finding.key not in before} == RAISED.get(f"{clause.key}.{alternative.key}", set())
    if clause.applies_when.always:
        section, own = text.section(clause.key), valdrene_contract().section(clause.key)
        assert section is not None
        assert own is not None
        assert section.plain != own.plain or is_taken(clause, alternative, valdrene())


@pytest.mark.parametrize("clause", LIBRARY.clauses, ids=lambda clause: clause.key)
def test_a_clause_that_clients_discuss_offers_two_alternatives_and_says_what_it_yields_and_never_yields(clause: Clause) -> None:
    if clause.provision in DISCUSSED and clause.place is not Place.ANNEX and clause.key not in SETTLED:
        assert len(clause.alternatives) >= 2
        assert {one.stance for one in clause.alternatives} >= {Stance.CLIENT}
    if clause.alternatives:
        assert is_sentence(clause.yields_first)
        assert is_sentence(clause.never)
    assert [one.summary for one in clause.alternatives if not is_sentence(one.summary)] == []


@pytest.mark.parametrize(("clause", "alternative"), ALTERNATIVES, ids=[f"{clause.key}.{one.key}" for clause, one in ALTERNATIVES])
def test_every_other_wording_has_a_scenario_that_reads_it(clause: Clause, alternative: Alternative) -> None:
    tried = {scenario.data.get("alternative") for scenario in SCENARIOS if scenario.clause == clause.key}
    assert alternative.wording is None or alternative.key in tried


def test_a_bare_choice_of_wording_is_listed_with_its_text_in_the_clauses_of_the_command_line() -> None:
    told = LIBRARY.clause("access_mandate").as_json()["alternatives"]
    assert [(one["key"], one["change"] is None, one["wording"] is None) for one in told] == [
        ("by_category", False, True),
        ("each_session", True, False),
        ("plain", True, False),
    ]
