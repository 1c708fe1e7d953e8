"""Dangerous words of a stranger's contract: each is told where it stands, and what looks like it is left alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from convenu.agreement.audit.audit import audit
from convenu.agreement.audit.looking.looking import Looker
from convenu.agreement.audit.said.reading import Reading, read_contract
from convenu.agreement.audit.verdict.audit_finding import AuditFinding
from convenu.agreement.audit.verdict.dangers import danger_findings, shown_by_words
from convenu.agreement.audit.verdict.second_look import answer_to
from convenu.library import loader
from convenu.library.recognition import counterpart_cases, danger_cases, recognition
from convenu.vocabulary import french
from convenu.vocabulary.findings import Citation, Status
from convenu.vocabulary.read_text import ReadText
from tests.agreement.audit.proven import all_proven

RECOGNITION = recognition()
DANGERS = {danger.name: danger for danger in RECOGNITION.dangers}
CASES = danger_cases()
COUNTERPARTS = counterpart_cases()
NOW = date(2026, 11, 25)
# Small words enough for the language of a few words to be known.
FRENCH = "Le présent document est conclu pour la fourniture de services aux clients."


def read(words: str) -> Reading:
    """A text read as a whole contract in French, however short."""
    source = ReadText(name="contrat.txt", text=f"{FRENCH}\n\n{words}", blocks=())
    return dataclasses.replace(read_contract(source, RECOGNITION), is_part=False)


def findings(reading: Reading, name: str, on: date = NOW) -> list[AuditFinding]:
    """What is told of a danger of a contract on a day; no other is looked for, for each shows whatever the others do."""
    alone = dataclasses.replace(RECOGNITION, dangers=(DANGERS[name],))
    return list(danger_findings(reading, alone, on=on, by_words=shown_by_words(reading.document, alone)))


def titles(reading: Reading, name: str, on: date = NOW) -> list[str]:
    """The titles under which a danger is told of a contract on a day."""
    return [one.finding.title for one in findings(reading, name, on)]


def told(reading: Reading, name: str, on: date = NOW) -> bool:
    """Whether a danger is told of a contract on a day."""
    return titles(reading, name, on) != []


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}-{index}" for index, (name, _) in enumerate(CASES)])
def test_a_danger_is_told_by_its_words_and_by_no_others(name: str, case: Mapping[str, Any]) -> None:
    shown = findings(read(case["text"]), name)
    under = [one.finding.title for one in shown]
    assert bool(under) is case["found"]
    if "title" in case:
        assert under == [french.typography(case["title"])]
    if "says" in case:
        assert [french.typography(case["says"]) in one.finding.message for one in shown] == [True]


@pytest.mark.parametrize(("name", "case"), COUNTERPARTS, ids=[f"{name}-{index}" for index, (name, _) in enumerate(COUNTERPARTS)])
def test_a_danger_that_another_article_may_answer_is_asked_beside_it(name: str, case: Mapping[str, Any]) -> None:
    reading = read(case["text"])
    shown = findings(reading, case["danger"])
    answers = [answer_to(one, Looker(reading.document), RECOGNITION) for one in shown]
    assert [answer is not None for answer in answers] == [case["asked"]], name


@pytest.mark.parametrize("name", sorted({name for name, _ in COUNTERPARTS}))
def test_each_counterpart_is_shown_by_a_case_with_it_and_a_case_without(name: str) -> None:
    assert {case["asked"] for other, case in COUNTERPARTS if other == name} == {True, False}


@pytest.mark.parametrize("name", DANGERS)
def test_each_danger_is_shown_by_a_case_and_taken_back_by_another(name: str) -> None:
    assert {case["found"] for other, case in CASES if other == name} == {True, False}


@pytest.mark.parametrize("name", DANGERS)
def test_a_danger_that_bears_the_name_of_one_of_our_rules_rests_on_the_same_law(name: str) -> None:
    danger = DANGERS[name]
    rule = next((rule for rule in loader.current().rules if rule.id == danger.rule), None)
    if rule is None:
        assert danger.law == () or danger.start is not None
    else:
        assert set(danger.law) & set(rule.law) or danger.law == rule.law == ()


def test_a_danger_that_rests_on_a_text_is_silent_before_its_day() -> None:
    reading = read("La Mutuelle du Val, organisme régi par le livre II du code de la mutualité, confie ses applications au Prestataire.")
    assert told(reading, "financial_client_without_dora")
    assert not told(reading, "financial_client_without_dora", on=date(2025, 1, 16))


def test_what_a_part_of_a_contract_does_not_say_is_no_danger() -> None:
    whole = read("Une sauvegarde quotidienne est effectuée par le Prestataire.")
    assert told(whole, "backup_without_test")
    assert not told(dataclasses.replace(whole, is_part=True), "backup_without_test")


def test_a_danger_is_told_once_with_the_sentence_that_shows_it() -> None:
    words = (
        "Contrat de maintenance informatique entre le Prestataire et le Client.\n\n"
        "Article 1 - Objet\nLe Prestataire assure la maintenance des serveurs et des postes du Client.\n\n"
        "Article 2 - Durée\nCe contrat vaut un an.\n\n"
        "Article 3 - Prix\nLe Client paie à trente jours. Le Prestataire se réserve le droit de revoir ses tarifs chaque année.\n\n"
        "Article 4 - Responsabilité\nEn aucun cas le Prestataire ne pourra être tenu responsable de la perte de fichiers.\n\n"
        "Article 5 - Litiges\nLe contrat est soumis au droit français et au tribunal de commerce de Lyon.\n"
    )
    read_whole = audit(ReadText(name="contrat.txt", text=words, blocks=()), loader.current(), all_proven(), on=NOW)
    found = [one for one in read_whole.findings if one.finding.rule == "civ-1170-essentielle"]
    assert [one.quote.text for one in found if one.quote] == [
        "En aucun cas le Prestataire ne pourra être tenu responsable de la perte de fichiers."
    ]
    assert found[0].finding.where == "« 4 Responsabilité »"
    assert found[0].finding.law == (Citation("C. civ., art. 1170", "legalize-fr, copie LEGI du 3 avril 2026"),)
    assert len([one for one in read_whole.findings if one.finding.rule == "civ-1103-1104-1193"]) == 1


def test_a_withdrawal_denied_is_told_with_the_words_that_may_open_it() -> None:
    reading = read("Signé au magasin le 4 mars. Le Client, professionnel, renonce à tout droit de rétractation.")
    (message,) = [one.finding.message for one in findings(reading, "withdrawal_denied")]
    assert "Signé au magasin" in message


@pytest.mark.parametrize(
    ("name", "words", "tempering"),
    [
        (
            "times_only_indicative",
            "Les délais d'intervention sont donnés à titre indicatif.",
            "Leur dépassement plus de deux fois dans le mois ouvre droit à un avoir.",
        ),
        (
            "assigned_by_one_side",
            "Le Prestataire peut céder le contrat à tout tiers. Le Client ne peut céder le contrat sans accord écrit.",
            "Cet accord n'est pas refusé à un repreneur solvable de son fonds.",
        ),
    ],
)
def test_a_danger_that_the_next_words_bound_is_asked_with_them(name: str, words: str, tempering: str) -> None:
    for text, status in ((words, Status.FOUND), (f"{words} {tempering}", Status.NOT_VERIFIABLE)):
        shown = [one.finding.status for one in findings(read(text), name)]
        assert shown == [status]


def test_a_true_tacit_reception_is_quoted_and_not_the_count_of_days_before_it() -> None:
    days = "Article 3 - Régie\n\nLe relevé d'heures est remis au Client, qui peut le contester. Passé ce délai, il est tenu pour accepté."
    work = "Article 5 - Recette\n\nElle est acquise tacitement si aucune réserve n'est faite sur le livrable."
    reading = read(f"{days}\n\n{work}")
    quotes = [one.quote.text for one in findings(reading, "silent_acceptance") if one.quote]
    assert quotes == ["Elle est acquise tacitement si aucune réserve n'est faite sur le livrable."]


def test_sums_said_due_at_an_end_and_those_of_an_unpaid_bill_are_each_quoted_under_their_own_title() -> None:
    unpaid = "Un rejet de prélèvement coupe l'accès. Les loyers à échoir deviennent alors exigibles."
    ends = "Quelle que soit la cause de la cessation avant terme, l'intégralité des loyers de la période reste due."
    reading = read(f"Article 9 - Paiement\n\n{unpaid}\n\nArticle 15 - Fin\n\n{ends}")
    found = findings(reading, "fees_due_at_once")
    assert {(one.finding.title, one.quote.text) for one in found if one.quote} == {
        ("Impayé, les sommes non échues deviennent exigibles", "Les loyers à échoir deviennent alors exigibles."),
        (french.typography("Prix d'une sortie : tout ce qui reste à courir"), ends),
    }


def test_of_a_long_list_the_words_that_name_the_danger_are_quoted() -> None:
    others = "ou autres circonstances hors de son contrôle"
    members = ", ".join(f"de la crue de la rivière numéro {rank} de la vallée" for rank in range(1, 12))
    long = f"Est un cas de force majeure tout retard dû à la panne des réseaux de transmission, {members}, {others}."
    (one,) = findings(read(f"Article 9 - Force majeure\n\n{long}"), "force_majeure_of_ones_own")
    assert one.finding.title == "Force majeure étendue à toute cause extérieure"
    assert one.quote is not None
    assert others in one.quote.text
