"""A value outside the law, a notice longer for one side, guarantees that nobody promises: what is told, and what is not to accept."""

from __future__ import annotations

import pytest

from convenu.agreement.audit.comparison import Stance
from convenu.agreement.audit.verdict.audit_finding import AuditFinding
from tests.agreement.audit.test_findings import audited, told

PENALTIES = (
    "Article 3 - Retard\n\nTout retard de paiement entraîne des pénalités de {rate}, et une indemnité de recouvrement de 40 euros.\n"
)
DATA = "Article 4 - Données personnelles\n\n{words}\n"


def stance(text: str, provision: str) -> Stance:
    return next(one.stance for one in audited(text).comparison if one.provision == provision)


def late_rates(text: str) -> tuple[list[str], list[str]]:
    """The titles on the late rate that are found, and those that are asked."""
    read = audited(text)
    found, asked = ([one.finding.title for one in some if "late_rate" in one.finding.terms] for some in (read.findings, read.to_verify))
    return found, asked


def unequal(words: str) -> list[AuditFinding]:
    """What is told of notices that are not the same for both parties."""
    return [one for one in told(f"Article 3 - Fin anticipée\n\n{words}\n") if one.finding.title == "Préavis inégaux"]


def test_a_late_rate_without_its_period_is_asked_if_a_year_of_it_is_under_the_floor() -> None:
    assert late_rates(PENALTIES.format(rate="5 % du montant dû")) == ([], ["Taux des pénalités de retard sans période"])
    assert stance(PENALTIES.format(rate="5 % du montant dû"), "late_penalties") is Stance.NEGOTIATE


@pytest.mark.parametrize("rate", ["5 % par an", "5 % au taux d'intérêt annuel"])
def test_a_late_rate_of_a_year_under_the_floor_is_found(rate: str) -> None:
    found, asked = late_rates(PENALTIES.format(rate=rate))
    assert found
    assert not asked


@pytest.mark.parametrize("rate", ["15 % du montant dû", "1,5 % par mois", "1 % par jour de retard"])
def test_a_late_rate_above_the_floor_or_of_a_shorter_period_is_not_asked(rate: str) -> None:
    assert late_rates(PENALTIES.format(rate=rate)) == ([], [])


@pytest.mark.parametrize(
    ("words", "severity", "message"),
    [
        ("préavis d'un mois (initiative du Prestataire) ou de trois mois (initiative du Client)", "medium", "3 mois pour le Client"),
        (
            "préavis de six mois à l'initiative du Prestataire et de trois mois à l'initiative du Client",
            "low",
            "6 mois pour le Prestataire",
        ),
        (
            "si elle émane du Client, préavis de trois mois ; si elle émane du Prestataire, préavis d'un mois",
            "medium",
            "1 mois pour le Prest",
        ),
    ],
)
def test_a_notice_that_is_longer_for_one_party_is_told_with_both(words: str, severity: str, message: str) -> None:
    (found,) = unequal(f"Résiliation par lettre recommandée : {words}.")
    assert found.finding.severity == severity
    assert message in found.finding.message.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    "words",
    [
        "préavis de trois mois à l'initiative du Prestataire et de trois mois à l'initiative du Client",
        "préavis de deux mois à l'initiative de l'une ou l'autre des parties",
        "le Prestataire répond en deux jours à l'initiative du Client, préavis d'un mois",
    ],
)
def test_equal_notices_and_other_times_are_no_unequal_notices(words: str) -> None:
    assert unequal(f"Résiliation : {words}.") == []


def test_personal_data_are_not_to_accept_where_no_guarantee_of_article_28_is_promised() -> None:
    clients = DATA.format(words="Le Client respecte le RGPD, informe ses salariés et efface leurs données personnelles.")
    assert stance(clients, "personal_data") is Stance.NEGOTIATE


def test_guarantees_put_in_an_annex_that_is_named_are_asked_for_with_its_name() -> None:
    read = audited(DATA.format(words="Un avenant relatif au traitement de données personnelles est annexé au contrat."))
    (asked,) = [one.finding for one in read.to_verify if one.finding.rule == "rgpd-28-3"]
    assert "avenant relatif au traitement" in asked.message
    assert not [one for one in read.findings if one.finding.rule == "rgpd-28-3"]


CAP = "Article 5 - Responsabilité\n\nLa responsabilité du Prestataire est plafonnée au montant payé sur les douze derniers mois.\n"
BETWEEN = "Article 6 - Visites\n\nLe Prestataire visite le site chaque mois.\n\nArticle 7 - Bilan\n\nUn bilan est fait.\n"
DELAY = "Article 8 - Délais\n\nUn retard d'exécution n'ouvre droit à aucune indemnité, sauf faute lourde du Prestataire.\n"


def test_gross_fault_kept_for_delays_alone_keeps_nothing_of_the_cap() -> None:
    assert "case-faute-lourde" in {one.finding.rule for one in told(f"{CAP}\n{BETWEEN}\n{DELAY}")}


def test_what_is_found_without_a_term_is_placed_by_the_words_of_its_provision() -> None:
    kept = "Les développements spécifiques réalisés pour le Client restent la propriété exclusive du Prestataire."
    assert stance(f"Article 7 - Propriété intellectuelle\n\n{kept}\n", "intellectual_property") is Stance.NEGOTIATE
