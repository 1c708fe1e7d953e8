"""What the audit tells of a contract, and what it keeps silent: a finding never contradicts what was read, nor speaks out of place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from convenu.agreement.assemble import assemble
from convenu.agreement.audit.audit import Audit, audit
from convenu.agreement.audit.text.quoted_law import quoted_law
from convenu.agreement.audit.verdict.audit_finding import AuditFinding
from convenu.agreement.audit.verdict.verdict import is_only_asked
from convenu.documents.markdown import write_markdown
from convenu.documents.reading.markdown import read_markdown
from convenu.library import loader
from convenu.library.recognition import recognition
from convenu.vocabulary.findings import Severity
from convenu.vocabulary.read_text import ReadText
from tests.agreement.audit.proven import all_proven
from tests.examples.deals import terms_of

OPENING = """CONTRAT D'INFOGÉRANCE

Le présent contrat de services informatiques lie le Prestataire et le Client, société commerciale. Le Prestataire s'engage à assurer la
maintenance informatique des serveurs et des postes de travail du Client, et la sauvegarde de ses données.

Article 1 - Durée

Le contrat est conclu pour trente-six mois. Il se renouvelle par tacite reconduction pour douze mois, sauf dénonciation
trois mois avant le terme.

Article 1 bis - Objet

Le présent contrat a pour objet la maintenance des serveurs et des postes de travail du Client, sur place ou à distance.

Article 1 ter - Obligations du Client

Le Client s'engage à laisser le Prestataire entrer dans ses locaux et à lui donner les informations dont il a besoin.

Article 1 quater - Prix et facturation

Le prix est de 900 euros hors taxes par mois. Les factures sont payables à trente jours, comptés de leur date d'émission.

Article 1 quinquies - Résiliation

L'une ou l'autre partie peut résilier le contrat pour un manquement grave, trente jours après une mise en demeure restée sans effet.

Article 2 - Loi et tribunal

Le présent contrat est soumis au droit français. Tout litige relève du tribunal de commerce de Laval.
"""


@cache
def audited(text: str, *, opening: str = OPENING) -> Audit:
    source = ReadText(name="contrat.txt", text=f"{opening}\n{text}", blocks=())
    return audit(source, loader.current(), all_proven(), on=date(2026, 11, 25))


def told(text: str, *, opening: str = OPENING) -> list[AuditFinding]:
    return list(audited(text, opening=opening).findings)


def asked(text: str, *, opening: str = OPENING) -> dict[str, str]:
    """The words that the reader is asked to look at, by rule."""
    return {one.finding.rule: one.quote.text for one in audited(text, opening=opening).to_verify if one.quote is not None}


def rules(text: str, *, opening: str = OPENING) -> set[str]:
    return {one.finding.rule for one in told(text, opening=opening)}


def messages(text: str, *, opening: str = OPENING) -> str:
    return " ".join(one.finding.message for one in told(text, opening=opening))


@pytest.mark.parametrize(
    ("sentence", "upwards_only"),
    [
        ("Le prix est révisé chaque année selon l'indice Syntec, à la baisse comme à la hausse.", False),
        ("Le prix est révisé chaque année selon l'indice Syntec, tant à la hausse qu'à la baisse.", False),
        ("La redevance est révisée chaque année selon la formule P = P0 x (S / S0), où S est l'indice Syntec.", False),
        ("Le prix est révisé chaque année selon l'indice Syntec, à la hausse uniquement.", True),
        ("Le prix est révisé chaque année selon l'indice Syntec ; le prix révisé ne peut être inférieur au prix précédent.", True),
    ],
)
def test_a_price_only_rises_when_exclusive_words_say_so(sentence: str, upwards_only: bool) -> None:
    found = rules(f"Article 3 - Révision du prix\n\n{sentence}\n")
    assert bool({"cmf-hausse-seule", "civ-1171-adhesion"} & found) is upwards_only


@pytest.mark.parametrize("spared", ["faute lourde ou intentionnelle", "faute lourde ou dolosive", "faute intentionnelle ou lourde"])
def test_an_intentional_fault_that_is_spared_covers_fraud(spared: str) -> None:
    text = (
        f"Article 3 - Responsabilité\n\nLa responsabilité est limitée à 50 000 euros par an. Cette limite est sans effet en cas de {spared}"
    )
    found = rules(f"{text}, ou d'atteinte à l'intégrité physique d'une personne.\n")
    assert not {"case-faute-lourde", "civ-corporel"} & found
    assert "civ-corporel" in rules(f"{text}.\n")


def test_damage_that_the_insurance_covers_is_not_spared_by_the_limit() -> None:
    text = "Article 3 - Responsabilité\n\nLa responsabilité est limitée à 50 000 euros par an, sauf faute lourde ou dolosive.\n\n"
    insured = "Article 4 - Assurance\n\nUne police d'assurance de responsabilité civile couvre les dommages corporels.\n"
    assert "civ-corporel" in rules(text + insured)


def test_a_monthly_late_rate_is_a_rate() -> None:
    article = "Article 3 - Paiement\n\nToute somme impayée à l'échéance porte intérêt au taux de"
    assert "taux des pénalités de retard n’est pas indiqué" not in messages(f"{article} 1,2 % par mois de retard.\n")
    assert "inférieur au plancher" in messages(f"{article} 0,2 % par mois de retard.\n")


def test_a_reminder_or_a_span_is_no_second_notice() -> None:
    article = "Article 3 - Préavis\n\nChaque année, le Prestataire rappelle cette faculté de résiliation"
    assert "contradictory_values" not in rules(f"{article} entre quatre et cinq mois avant l'échéance.\n")
    assert "contradictory_values" in rules("Article 3 - Fin\n\nChaque partie peut dénoncer le contrat six mois avant le terme.\n")


@pytest.mark.parametrize(
    "text",
    [
        "Article 3 - Options\n\nLes options non renouvelées sept jours avant l'échéance sont supprimées.\n",
        "Article 3 - Durée\n\nLorsque la formule engage pour quatre ans, la durée initiale est portée à quatre ans.\n",
        "Article 3 - Durée\n\nLa durée initiale est de 36 mois.\n\nArticle 4 - Sans engagement\n\nLa durée initiale est de 2 mois.\n",
    ],
)
def test_what_holds_for_one_plan_or_is_no_act_of_ending_contradicts_no_duration_and_no_notice(text: str) -> None:
    assert "contradictory_values" not in rules(text) | asked(text).keys()


def test_an_annex_that_the_file_holds_under_its_title_is_not_asked_for() -> None:
    bound = "Article 3 - Données\n\nL'annexe « Accord de traitement des données » fait partie intégrante du contrat.\n"
    assert "Documents absents du fichier" in {one.finding.title for one in audited(bound).to_verify}
    annex = "Annexe — Accord de traitement des données (salariés)\n\n1. Objet\n\nLe Prestataire suit les instructions écrites du Client.\n"
    held = f"{bound}\n{annex}"
    assert "Documents absents du fichier" not in {one.finding.title for one in audited(held).to_verify}


def test_a_fee_that_is_still_due_during_a_suspension_is_no_price_of_leaving() -> None:
    suspended = "Article 3 - Suspension\n\nLe Prestataire suspend le service dès le premier impayé, la redevance restant due"
    titles = {one.finding.title for one in told(f"{suspended}.\n")}
    assert not any("reste à courir" in title for title in titles)


def test_words_of_a_numbered_paragraph_without_a_title_are_placed_by_its_number() -> None:
    article = "Article 9 - Responsabilité\n\n9.1. Plafond : la responsabilité du Prestataire est limitée à 40 000 euros par an.\n\n"
    second = "9.2. Le Prestataire ne répond d'aucun dommage, qu'il tienne à ses services, à ses équipes ou à ses propres fournisseurs."
    placed = {one.finding.title: one.finding.where for one in told(f"{article}{second}\n")}
    assert placed["Toute réparation écartée"] == "« 9.2 »"


def test_the_documents_by_which_the_contract_is_bound_and_that_the_file_lacks_are_asked_for_in_one_question() -> None:
    bound = (
        "Article 3 - Pièces\n\nLes CGV du Prestataire, disponibles en ligne à l'adresse de son site, font partie intégrante du contrat. "
        "Les données sont sauvegardées comme le dit l'article 8 du contrat-cadre.\n"
    )
    (question,) = [one for one in audited(bound).to_verify if one.finding.title == "Documents absents du fichier"]
    assert "« conditions générales » et « contrat-cadre »" in " ".join(question.finding.message.split())


@pytest.mark.parametrize(
    "text",
    [
        "Article 3 - Pièces\n\nLes présentes conditions générales, disponibles en ligne, font partie intégrante du contrat.\n",
        "Article 3 - Pièces\n\nLes conditions générales reproduites ci-après font partie intégrante du contrat.\n",
        "Article 3 - Pièces\n\nLes conditions générales du Client ne s'appliquent pas.\n",
    ],
)
def test_what_the_file_is_or_holds_or_refuses_is_not_asked_for(text: str) -> None:
    assert "broken_reference" not in asked(text)


def test_a_template_whose_names_are_left_keeps_those_of_its_signatures_too() -> None:
    names = "Article 3 - Prix\n\nLe prix est de [MONTANT] euros pour la formule [FORMULE], du [DATE_DEBUT].\n\n"
    slip = "Signatures\n\nNom : [NOM_REPRESENTANT]\nAdresse : [ADRESSE COMPLÈTE]\n"
    assert "« [NOM_REPRESENTANT] »" in messages(names + slip).replace("\u00a0", " ")
    assert "5 marques" in messages(names + slip).replace("\u00a0", " ")


def test_personal_data_are_supposed_only_where_the_contract_has_no_word_on_them() -> None:
    supposed = "Supposé faute de mention contraire"
    assert any(supposed in remark for remark in audited("").remarks)
    spoken = "Article 3 - Données\n\nLe Prestataire traite les données à caractère personnel sur instruction documentée du Client.\n"
    assert not any(supposed in remark for remark in audited(spoken).remarks)


MENDED = OPENING.replace("CONTRAT D'INFOGÉRANCE", "CONTRAT DE MAINTENANCE").replace(
    "la\nmaintenance informatique des serveurs et des postes de travail du Client, et la sauvegarde de ses données.",
    "la maintenance informatique des matériels et des postes de travail du Client, dans ses locaux.",
)


@pytest.mark.parametrize(
    ("service", "data", "way_out"),
    [
        ("", Severity.HIGH, Severity.MEDIUM),
        ("Le Prestataire héberge la messagerie du Client.", Severity.BLOCKING, Severity.HIGH),
        ("Le Client réalise chaque jour une sauvegarde de ses données.", Severity.HIGH, Severity.MEDIUM),
    ],
)
def test_what_lacks_is_as_grave_as_what_the_provider_holds(service: str, data: Severity, way_out: Severity) -> None:
    text = f"Article 3 - Fin\n\nLe contrat se termine sans réversibilité.\n\nArticle 4 - Service\n\n{service}\n"
    found = {one.finding.rule: one.finding for one in told(text, opening=MENDED)}
    assert (found["rgpd-28-3"].severity, found["missing_provision"].severity) == (data, way_out)
    assert "Aucun article ne traite des données personnelles" in found["rgpd-28-3"].message
    assert found["rgpd-28-3"].remedy.startswith("Ajouter un accord de sous-traitance")


def test_an_audit_sold_as_a_service_is_no_right_to_audit_the_provider() -> None:
    sold = "Article 3 - Services\n\nLe Prestataire vend des audits de mots de passe et d'antivirus.\n"
    assert "Aucun article ne traite des données personnelles" in messages(sold)


def test_a_guarantee_with_words_between_its_verb_and_its_object_is_read() -> None:
    order = "Le Prestataire traite les données personnelles sur instruction documentée du Client, avec des mesures techniques."
    aid = "Il aide le Client, autant que la nature du service le permet, à traiter les demandes des personnes"
    words = f"Article 3 - Données personnelles\n\n{order} {aid}.\n"
    assert "(g)" in messages(words)
    assert "(e)" not in messages(words)


def test_a_long_force_majeure_that_frees_the_provider_alone_is_told_so() -> None:
    alone = "Article 3 - Force majeure\n\nAu-delà de six mois, le Prestataire pourra résilier le contrat.\n"
    assert [one.danger for one in told(alone) if one.finding.rule == "civ-1218-fm"] == ["provider_leaves_force_majeure_alone"]
    both = "Article 3 - Force majeure\n\nAu-delà de six mois, chaque partie pourra résilier le contrat.\n"
    assert "le Prestataire seul" not in messages(both)


def test_an_article_of_the_regulation_or_of_the_general_clauses_is_no_broken_reference() -> None:
    text = "Article 3 - Données\n\nConformément à l'article 28 dudit règlement, le Prestataire suit les instructions, garde le secret, "
    text += (
        "aide le Client, tient son registre, forme son personnel à la prudence et veille chaque jour à tenir les mesures de l'article 32.\n"
    )
    assert "broken_reference" not in rules(text)
    assert "broken_reference" in rules("Article 3 - Suite\n\nLe Client paie comme prévu par l'article 32 ci-dessous.\n")


def test_what_is_due_on_exit_is_told_with_its_share() -> None:
    article = "Article 3 - Sortie\n\nEn cas de départ avant le terme, le Client paie les redevances restant à courir jusqu'au terme"
    said = messages(f"{article}, soit l'ensemble des redevances restant dues jusqu'au terme, à hauteur de 40 %.\n")
    assert "une part des redevances restantes est due (40 %)" in said.replace("\u202f", " ").replace("\u00a0", " ")


def test_blanks_beside_a_signature_are_filled_by_hand() -> None:
    slip = "Bon pour accord\n\nRaison sociale : ......................\nDate, cachet et signature : ......................\n"
    assert "placeholder_left" not in rules(slip)
    assert "placeholder_left" in rules("Article 3 - Prix\n\nLe prix mensuel est de ...................... euros.\n")


def test_hardship_is_asked_of_a_contract_that_lasts() -> None:
    assert "civ-1195-imprevision" in rules("")
    short = OPENING.replace(
        "trente-six mois. Il se renouvelle par tacite reconduction pour douze mois, sauf dénonciation\n", "six mois. Avis "
    )
    assert "civ-1195-imprevision" not in rules("", opening=short)
    assert "civ-1195-imprevision" not in rules("Article 3 - Sortie\n\nLe Client peut résilier le contrat à tout moment.\n")


@pytest.mark.parametrize(
    ("way_out", "asked_of"),
    [
        ("Chaque partie peut mettre fin au contrat à son gré, avec un préavis écrit de deux mois.", False),
        ("Le contrat est poursuivi tous les mois, tant que personne n'y met fin.", False),
        ("Le contrat court jusqu'à ce que l'une des parties annonce par courriel qu'elle arrête.", False),
        ("Chaque partie peut mettre fin au contrat moyennant un préavis de deux mois avant son échéance.", True),
        ("Chaque partie peut mettre fin au contrat moyennant un préavis de six mois.", True),
        ("Le Prestataire peut mettre fin au contrat moyennant un préavis de deux mois.", True),
        ("Les parties peuvent mettre fin au contrat, d'un commun accord, avec un préavis de deux mois.", True),
        ("Les mots de passe sont renouvelés chaque mois.", True),
        ("Les certificats du service sont renouvelés tous les mois.", True),
        ("L'abonnement est renouvelé de mois en mois.", False),
        ("Le compte est bloqué ; il le reste jusqu'à ce que le Client informe le support.", True),
    ],
)
def test_hardship_is_not_asked_of_a_contract_that_either_party_may_leave_soon(way_out: str, asked_of: bool) -> None:
    assert ("civ-1195-imprevision" in rules(f"Article 3 - Sortie\n\n{way_out}\n")) is asked_of


TRADERS = (
    "Entre Lumen SAS, capital 10 000 €, 3 rue Haute, 37000 Tours, RCS Tours 500 000 001, représentée par A. Vial, le Prestataire,\n\n"
    "et Cabinet des Roseaux {form}, 5 rue Basse, 41000 Blois, RCS Blois 500 000 002, représenté par B. Roy, le Client.\n\n"
    "Le logiciel équipe les clients médecins du Prestataire.\n\n"
)


def test_a_court_is_no_fault_between_named_companies_of_trade_whatever_their_clients_are() -> None:
    assert "cpc-48" not in rules("", opening=TRADERS.format(form="SARL") + OPENING)
    assert "cpc-48" in rules("", opening=TRADERS.format(form="SELARL") + OPENING)
    apart = (
        TRADERS.format(form="SARL").replace(", le Prestataire,", ",\n\nle Prestataire,").replace(", le Client.", "\n\nci-après le Client.")
    )
    assert "cpc-48" not in rules("", opening=apart + OPENING)


def test_a_host_that_is_a_company_of_trade_is_not_one_of_the_two_parties() -> None:
    hosted = "Le logiciel est hébergé par Nuage SAS, 1 quai Long, 44000 Nantes, RCS Nantes 500 000 003, représentée par C. Lys.\n\n"
    assert "cpc-48" in rules("", opening=f"{TRADERS.format(form='SCM')}{hosted}{OPENING}")


@pytest.mark.parametrize(
    ("town", "court", "told"),
    [
        ("Laval", "tribunaux du ressort de Laval", False),
        ("Tours", "tribunaux du ressort de Laval", True),
        ("Laval", "tribunal de commerce de Laval", True),
    ],
)
def test_a_court_that_is_that_of_both_seats_changes_nothing(town: str, court: str, told: bool) -> None:
    seats = (
        f"Entre la fondation LES ROSEAUX, reconnue d'utilité publique, 5 rue Basse, 53000 {town}, le Client,\n\n"
        "et LUMEN, SAS, 3 rue Haute, 53000 Laval, le Prestataire.\n\n"
    )
    opening = OPENING.replace("Tout litige relève du tribunal de commerce de Laval", f"Tout litige relève des {court}, seuls compétents")
    assert ("cpc-48" in rules("", opening=f"{seats}{opening}")) is told


@pytest.mark.parametrize(
    ("client", "told"),
    [
        ("Client : fondation LES ROSEAUX, reconnue d'utilité publique, 5 rue Basse, 53000 Laval\n", False),
        ("Client : fondation LES ROSEAUX\nAdresse : 5 rue Basse, 53000 Laval\n", False),
        ("Client : fondation LES ROSEAUX, reconnue d'utilité publique\n", True),
    ],
)
def test_two_addresses_of_one_party_are_not_the_seats_of_both(client: str, told: bool) -> None:
    seats = f"Prestataire : LUMEN, SAS, 3 rue Haute, 53000 Laval, atelier au 8 rue Neuve, 53000 Laval\n{client}\n"
    opening = OPENING.replace(
        "Tout litige relève du tribunal de commerce de Laval", "Tout litige relève des tribunaux de Laval, seuls compétents"
    )
    assert ("cpc-48" in rules("", opening=f"{seats}{opening}")) is told


def test_a_cap_that_counts_months_of_some_services_is_told_of_them_and_not_of_all_that_is_paid() -> None:
    article = "Article 4 - Responsabilité\n\nLa responsabilité du Prestataire est plafonnée à 50 % du montant annuel hors taxes "
    opening = OPENING.replace("Le prix est de 900 euros hors taxes par mois. ", "")
    assert "6 mois du prix des Services Gérés" in messages(f"{article}des Services Gérés.\n", opening=opening)
    assert "6 mois de redevances" in messages(f"{article}du contrat.\n", opening=opening)


def test_hardship_is_not_asked_of_a_contract_that_the_client_may_leave_each_month() -> None:
    monthly = OPENING.replace(
        "trente-six mois. Il se renouvelle par tacite reconduction pour douze mois, sauf dénonciation\ntrois mois avant le terme.",
        "un mois. Il se renouvelle par tacite reconduction pour un mois, sauf dénonciation avant le terme.",
    )
    assert "civ-1195-imprevision" not in rules("", opening=monthly)


def test_the_words_of_a_law_between_quotation_marks_are_no_term() -> None:
    quoted = "« toute somme restituée tardivement au consommateur porte intérêt au taux légal »"
    article = "Article 3 - Rappel\n\nL'article L. 215-9 du code de la consommation dispose que : {quoted}.\n"
    assert "late_penalty_rate" not in audited(article.format(quoted=quoted)).reading.values
    agreed = "Article 3 - Retard\n\nToute facture payée en retard porte intérêt au taux légal.\n"
    assert "late_penalty_rate" in audited(agreed).reading.values


def test_a_quotation_holds_another_and_one_never_closed_hides_nothing() -> None:
    law = "Le règlement (UE) 2016/679 prévoit que « le « sous-traitant » agit sur instruction »"
    assert [law[start:end] for start, end in quoted_law(f"{law} ; le Prestataire « suit ».")] == [
        "« le « sous-traitant » agit sur instruction "
    ]
    assert not list(quoted_law("La loi dispose que « toute somme est due. Le Client paie."))
    assert not list(quoted_law("L'annexe 2 prévoit que « le prix est ferme »."))
    assert not list(quoted_law("L'article L. 441-10 du code de commerce prévoit que « le taux est celui de la BCE plus dix points »."))


def test_a_provider_that_says_it_receives_no_data_and_is_no_processor_lacks_no_agreement_on_them() -> None:
    text = "Article 3 - Données personnelles\n\nLe Prestataire tient à jour le logiciel que le Client fait tourner chez lui. {said}\n"
    denied = "Le Prestataire ne reçoit aucune donnée du Client ; il n'agit pas en qualité de sous-traitant au sens du règlement."
    assert "rgpd-28-3" in rules(text.format(said="Le Prestataire traite les données personnelles du Client."))
    assert "rgpd-28-3" not in rules(text.format(said=denied))


def test_a_block_to_sign_with_several_labels_on_a_line_is_filled_by_hand() -> None:
    slip = "Signatures\n\nFait à ……………………, le ……………………, en deux exemplaires.\n\n"
    slip += "Pour OLMIS SAS — Nom : …………………… Qualité : ……………………\nPour le Client — Dénomination : …………………… Nom : ……………………\n"
    assert "placeholder_left" not in rules(slip)


def test_a_contract_under_the_law_of_another_country_of_the_union_is_seen_so() -> None:
    foreign = OPENING.replace("au droit français", "au droit letton")
    law = audited("", opening=foreign).reading.law
    assert law is not None
    assert "letton" in law.quote.text
    # The regulations of the Union stand there, and the code of commerce does not.
    assert {"rgpd-28-3", "com-l441-10-penalites"} <= rules("")
    assert "rgpd-28-3" in rules("", opening=foreign)
    assert "com-l441-10-penalites" not in rules("", opening=foreign)
    assert "rgpd-28-3" not in rules("", opening=OPENING.replace("au droit français", "au droit suisse"))


def test_a_refused_reversibility_is_told_as_refused() -> None:
    assert "écarte toute réversibilité" in messages("Article 3 - Sortie\n\nLe Prestataire ne doit aucune prestation de réversibilité.\n")


def test_an_online_service_that_refuses_reversibility_is_told_under_the_regulation_and_once() -> None:
    text = (
        "Article 3 - Sortie\n\nLes machines virtuelles sont louées au mois. Les services ne comprennent pas d'obligation de réversibilité, "
        "à l'exception de la console où le Client exporte ses fichiers.\n"
    )
    refused = [one for one in told(text) if one.quote is not None and "réversibilité" in one.quote.text]
    assert [(one.finding.rule, one.finding.status.value) for one in refused] == [("dataact-25", "found")]


def test_late_payment_left_to_the_law_lacks_its_rate_as_much_as_its_fee() -> None:
    text = "Article 3 - Retard\n\nTout paiement en retard entraîne des pénalités conformément à la loi.\n"
    (late,) = [one.finding for one in told(text) if one.finding.rule == "com-l441-10-penalites"]
    assert set(late.terms) == {"late_rate", "recovery_fee"}


def test_legal_interest_is_a_rate_under_the_floor_whatever_its_words() -> None:
    text = "Article 3 - Retard\n\n- Intérêts légaux de retard\n\n- Indemnité forfaitaire de recouvrement de 40 euros\n"
    assert "Le taux convenu (l’intérêt légal, soit" in messages(text)


def test_a_rule_that_readers_found_too_often_wrong_asks_and_does_not_conclude() -> None:
    text = "Article 3 - Durée\n\nLe contrat est conclu pour une durée de trois ans.\n\n"
    text += "Article 4 - Durée\n\nLa durée du contrat est de cinq ans.\n"
    assert "contradictory_values" in rules(text)
    read = audit(audited(text).reading.document.source, loader.current(), recognition(), on=date(2026, 11, 25))
    assert "contradictory_values" in {one.finding.rule for one in read.to_verify} - {one.finding.rule for one in read.findings}


def test_under_one_rule_a_danger_well_read_is_told_and_one_that_nobody_read_is_asked() -> None:
    text = (
        "Article 3 - Fin\n\nDans tous les cas de fin, le Client doit les mensualités à échoir, même en cas de faute du Prestataire.\n\n"
        "Article 4 - Faute\n\nLe Client est présumé responsable de tout incident, sauf s'il prouve qu'il n'a commis aucune faute.\n"
    )
    dangers = {"exit_fee_whatever_the_fault", "fault_presumed"}
    assert {one.danger for one in told(text)} >= dangers
    read = audit(audited(text).reading.document.source, loader.current(), recognition(), on=date(2026, 11, 25))
    assert {one.danger for one in read.findings} & dangers == {"exit_fee_whatever_the_fault"}
    assert {one.danger for one in read.to_verify} & dangers == {"fault_presumed"}


def test_a_danger_that_its_situation_gives_another_title_is_asked_as_readers_found_it_under_that_title() -> None:
    words = "Le Prestataire se réserve le droit de modifier à tout moment les présentes conditions."
    (one,) = (found for found in told(f"Article 3 - Évolution\n\n{words}\n") if found.danger == "terms_changed_alone")
    situated = one.told_as(one.finding.message, title="Prix ou conditions changés par le seul Prestataire")
    found_wrong = replace(all_proven(), asked_rules=frozenset({(situated.finding.rule, situated.finding.title)}))
    assert is_only_asked(situated, found_wrong)
    assert not is_only_asked(situated, all_proven())
    same_words = replace(all_proven(), asked_rules=frozenset({(one.finding.rule, one.finding.title)}))
    assert not is_only_asked(one, same_words)


@pytest.mark.parametrize(("sole", "found"), [("exclusivement compétent", True), ("compétent", False)])
def test_two_courts_that_are_each_the_only_one_contradict_each_other(sole: str, found: bool) -> None:
    opening = OPENING.replace("Tout litige relève du tribunal de commerce de Laval.", f"Le tribunal de commerce de Laval est {sole}.")
    text = f"Article 3 - Litiges\n\nPour tout litige, le tribunal de commerce de Nevers est {sole}.\n"
    assert ("contradictory_courts" in rules(text, opening=opening)) is found
    assert ("contradictory_values" in asked(text, opening=opening)) is not found


def test_what_ends_save_for_reversibility_refuses_none() -> None:
    text = "Article 3 - Sortie\n\nLes commandes ne survivent pas au contrat, sauf le temps de la réversibilité.\n"
    assert "écarte toute réversibilité" not in messages(text)


def test_a_new_price_announced_before_the_notice_lets_the_client_leave() -> None:
    article = "Article 3 - Tarifs\n\nLe Prestataire se réserve le droit de modifier ses tarifs, notifiés"
    assert "civ-1103-1104-1193" not in rules(f"{article} cinq mois avant la date anniversaire.\n")
    assert "civ-1103-1104-1193" in rules(f"{article} un mois avant la date anniversaire.\n")


def test_list_prices_that_leave_orders_alone_are_no_change_of_the_contract() -> None:
    article = "Article 3 - Tarifs\n\nLe Prestataire peut modifier librement ses tarifs."
    assert "civ-1103-1104-1193" in rules(f"{article}\n")
    assert "civ-1103-1104-1193" not in rules(f"{article} Il facture aux prix en vigueur au jour de la commande.\n")


def test_a_consumer_or_a_public_buyer_is_not_judged_as_a_business() -> None:
    home = "Article 3 - Interventions\n\nNos techniciens interviennent à votre domicile.\n"
    assert "no_liability_cap" in rules("")
    assert "no_liability_cap" not in rules(home, opening=OPENING.replace("INFOGÉRANCE", "DÉPANNAGE").replace("hors taxes ", ""))
    public = "Article 3 - Marché\n\nLe pouvoir adjudicateur applique le CCAG-TIC.\n"
    assert "civ-1195-imprevision" not in rules(public)


LIMIT = "Article 3 - Responsabilité\n\nLa responsabilité du Prestataire est limitée à 50 000 euros par an, toutes causes confondues."


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("com-l151-1-secret", "Le personnel du Prestataire ne révèle à personne ce qu'il apprend chez le Client."),
        ("com-l151-1-secret", "Les parties observent la plus grande discrétion sur leurs affaires."),
        ("ass-rc", "Le Prestataire remet chaque année l'attestation de son assureur."),
        ("civ-1195-imprevision", "Si l'équilibre est bouleversé, les parties reverront ensemble le prix."),
        ("civ-1195-imprevision", "Elles se rapprochent alors pour adapter les engagements de chacun."),
        ("no_liability_cap", "Au total, l'indemnisation du Client n'excède pas ce qu'il a versé dans l'année."),
        ("no_liability_cap", "Le Prestataire répond de ses fautes dans la limite de 50 000 euros par an."),
        ("missing_provision", "En partant, le Client récupère ses fichiers et ses mots de passe auprès du Prestataire."),
        ("com-l441-10-penalites", "Tout retard de règlement ouvre droit à des intérêts et à l'indemnité forfaitaire."),
    ],
)
def test_what_leaves_a_trace_in_the_file_is_asked_and_never_said_to_lack(rule: str, sentence: str) -> None:
    text = f"Article 3 - Divers\n\n{sentence}\n"
    assert rule in rules("")
    assert rule not in asked("")
    if rule in rules(text):
        assert all(not one.silent for one in told(text) if one.finding.rule == rule)
    else:
        assert asked(text).get(rule, sentence) == sentence


@pytest.mark.parametrize(
    "reserve",
    [
        "Cette disposition ne s'applique ni au dol, ni à la faute lourde, ni au dommage corporel.",
        "Ce maximum disparaît en présence d'une faute volontaire ou d'une particulière gravité, ou d'une blessure.",
        "Il en va autrement des manquements délibérés ou grossiers et des atteintes à la personne.",
    ],
)
def test_a_reserve_in_any_words_beside_the_limit_is_never_said_to_lack(reserve: str) -> None:
    assert {"case-faute-lourde"} <= rules(f"{LIMIT}\n")
    assert not {"case-faute-lourde", "civ-corporel"} & rules(f"{LIMIT} {reserve}\n")


def test_a_limit_without_any_reserve_is_told_once_beside_its_words() -> None:
    found = [one for one in told(f"{LIMIT}\n") if "cap_carve_outs" in one.finding.terms]
    assert [one.finding.rule for one in found] == ["case-faute-lourde"]
    assert found[0].quote is not None
    assert "50 000 euros" in found[0].quote.text
    assert "ni les dommages corporels" in found[0].finding.message


def test_a_limit_set_aside_for_some_articles_is_never_said_to_have_no_reserve() -> None:
    aside = "Cette limite est écartée pour l'application des articles sur la confidentialité et sur la propriété intellectuelle."
    (found,) = (one.finding for one in told(f"{LIMIT}\n\n{aside}\n") if "cap_carve_outs" in one.finding.terms)
    assert found.title == "Limitation de responsabilité sans réserve de la faute lourde"
    assert "écartée pour certains articles" in found.message


def test_a_backup_that_the_client_puts_back_by_himself_is_a_lesser_danger_where_nothing_tries_it() -> None:
    backup = "Article 3 - Sauvegarde\n\nUne sauvegarde quotidienne des serveurs est effectuée par le Prestataire."
    alone = "La restauration est lancée par le Client lui-même, depuis son espace."
    severities = [
        [one.finding.severity for one in told(text) if one.finding.rule == "backup_untested"] for text in (backup, f"{backup} {alone}\n")
    ]
    assert severities == [[Severity.HIGH], [Severity.LOW]]


def test_a_serious_breach_that_ends_the_contract_reserves_nothing_from_the_limit() -> None:
    assert "case-faute-lourde" in rules(f"Article 2 bis - Fin\n\nUne faute grave met fin au contrat.\n\n{BETWEEN}{LIMIT}\n")


BETWEEN = "".join(f"Article {number} - Suite\n\nLe Client donne au Prestataire les clefs du local {number}.\n\n" for number in (21, 22, 23))


@pytest.mark.parametrize(
    ("line", "told_surely"),
    [("Poste | Nombre | Prix\nEntretien d'une imprimante | 1 | 40 €", True), ("Le recouvrement d'une facture impayée coûte 40 €.", False)],
)
def test_forty_euros_of_anything_but_a_late_payment_are_a_price(line: str, *, told_surely: bool) -> None:
    text = f"Article 3 - Retard\n\nTout retard porte intérêt au taux de la BCE majoré de dix points.\n\nArticle 4 - Prix\n\n{line}\n"
    assert ("com-l441-10-penalites" in rules(text)) is told_surely
    assert "com-l441-10-penalites" not in asked(text)


def test_an_end_that_a_client_named_otherwise_may_decide_is_not_left_to_the_provider() -> None:
    opening = OPENING.replace(
        "lie le Prestataire et le Client, société commerciale", "lie la société LUMENA, ci-après le « Prestataire », et"
    ).replace("et. ", "et l'étude notariale de Laval, représentée par Me Roz, ci-après l'« Étude ». ")
    alone = "Article 3 - Fin\n\nL'Étude peut résilier à tout moment, sans motif. L'Étude assure l'ouverture. L'Étude fournit un badge.\n"
    assert "civ-1171-adhesion" not in {*rules(alone, opening=opening), *asked(alone, opening=opening)}


def test_a_section_of_the_file_called_an_annex_is_there() -> None:
    text = (
        "Article 15 - Annexes\n\n15.1 Lexique\n\nUn ticket est une demande.\n\n15.2 Modèle\n\nLe modèle de ticket tient en trois lignes.\n"
    )
    assert "broken_reference" not in asked(f"{text}\nArticle 16 - Suite\n\nLe Client suit le modèle de l'annexe 15.2 à chaque ticket.\n")


def test_one_silence_is_told_once() -> None:
    silences = {one.finding.rule: one.finding for one in told("") if one.silent}
    assert silences["com-l441-10-penalites"].terms == ("late_rate", "recovery_fee")
    assert set(silences["civ-1195-imprevision"].terms) == {"hardship", "assignment", "force_majeure_exit"}
    assert {"civ-1216-cession", "rgpd-33"} & set(silences) == set()
    assert len(silences["civ-1195-imprevision"].law) > 1
    assert "indemnité forfaitaire" in silences["com-l441-10-penalites"].remedy


@pytest.mark.parametrize(
    "restriction",
    ["Toutefois, le Client peut alors partir sans frais.", "Ces changements n'affectent pas les contrats en cours."],
)
def test_a_danger_with_a_condition_beside_it_is_asked_and_not_found(restriction: str) -> None:
    article = "Article 3 - Tarifs\n\nLe Prestataire peut à tout moment augmenter ses tarifs."
    assert "civ-1103-1104-1193" in rules(f"{article}\n")
    assert "civ-1103-1104-1193" not in rules(f"{article} {restriction}\n")


@pytest.mark.parametrize(
    ("danger", "guard"),
    [
        (
            "Dès le premier retard de paiement, le Prestataire coupe les accès sans avertir.",
            "Cette coupure n'intervient pas sans un appel.",
        ),
        ("Dès le premier retard de paiement, le Prestataire coupe les accès sans avertir.", "La coupure est précédée d'une lettre simple."),
        ("Le Prestataire n'est jamais responsable de la perte de données.", "Cette exclusion ne vaut pas pour les copies qu'il fait."),
        ("Le Prestataire n'est jamais responsable de la perte de données.", "Il reste tenu de restaurer la dernière copie."),
        ("Le Prestataire n'est jamais responsable de la perte de données.", "Il en va autrement des fichiers qu'il a déplacés."),
        ("Dès le premier retard de paiement, le Prestataire coupe les accès sans avertir.", "Le Client reçoit un rappel la veille."),
        ("Les données du Client sont effacées sept jours après la fin du contrat.", "Le Client peut en obtenir une copie avant ce jour."),
        ("Les données du Client sont effacées sept jours après la fin du contrat.", "Elles lui sont remises auparavant sur un disque."),
    ],
)
def test_a_grave_danger_that_one_of_the_next_sentences_narrows_is_asked_and_not_found(danger: str, guard: str) -> None:
    between = "Le présent article s'applique dès la signature."
    article = f"Article 3 - Particularités\n\n{danger} {between}"
    for text in (f"{article}\n", f"{article} Le numéro d'appel figure au devis.\n"):
        assert any(one.danger and danger.startswith(one.quote.text) for one in told(text) if one.quote)
    guarded = audited(f"{article} {guard}\n")
    assert not any(one.danger and one.quote and danger.startswith(one.quote.text) for one in guarded.findings)
    assert any(one.danger and one.quote and danger.startswith(one.quote.text) for one in guarded.to_verify)


@pytest.mark.parametrize(
    "burden",
    [
        "Le Client peut être facturé de la remise en service.",
        "Le Client ne peut s'en plaindre.",
        "Le Client dispose de huit jours pour payer.",
    ],
)
def test_what_the_client_owes_or_may_not_do_after_a_grave_danger_takes_nothing_from_it(burden: str) -> None:
    article = "Article 3 - Arrêt\n\nDès le premier retard de paiement, le Prestataire coupe les accès sans avertir."
    assert any(one.danger == "cut_without_notice" for one in told(f"{article} {burden}\n"))


@pytest.mark.parametrize(
    "condition",
    [
        "dès lors que les sauvegardes avaient été faites",
        "pourvu que le Client ait reçu la liste des copies",
        "à condition que les copies soient saines",
        "dans la mesure où celui-ci n'assure pas les sauvegardes",
        "lorsque cette perte est causée par un usage non conforme ou par un cas de force majeure",
    ],
)
def test_an_exclusion_bounded_by_a_condition_is_asked_and_not_found(condition: str) -> None:
    words = "Article 3 - Limites\n\nLe Prestataire n'est pas responsable de la perte de données"
    assert "civ-1170-essentielle" in rules(f"{words}.\n")
    assert "civ-1170-essentielle" not in rules(f"{words} {condition}.\n")
    assert "civ-1170-essentielle" in asked(f"{words} {condition}.\n")


def test_what_only_illustrates_an_exclusion_bounds_nothing() -> None:
    words = "Article 3 - Limites\n\nLe Prestataire n'est pas responsable de la perte de données, quelle qu'en soit la cause"
    assert "civ-1170-essentielle" in rules(f"{words}, et notamment lorsqu'elle est causée par un virus.\n")


def test_a_quote_goes_to_the_end_of_its_sentence() -> None:
    long = "en application de la présente stipulation et de celles des conditions particulières qui la complètent, " * 2
    words = f"Le Prestataire peut, {long}résilier sans préavis en cas de manquement du Client ou de motif légitime dont il juge."
    article = f"Article 3 - Fin\n\n{words}"
    (found,) = [one for one in told(f"{article}\n") if one.danger == "ended_without_notice"]
    assert found.quote is not None
    assert found.quote.text.endswith("ou de motif légitime dont il juge.")


def test_a_quote_begins_where_its_sentence_does() -> None:
    first = "Le Prestataire peut, quand il l'estime utile et sans avoir à en donner la raison ni à attendre une réponse du Client"
    words = f"{first}, résilier sans préavis en cas de manquement du Client, {'et ce dans les conditions que voici, ' * 6}sans indemnité."
    (found,) = [one for one in told(f"Article 3 - Fin\n\n{words}\n") if one.danger == "ended_without_notice"]
    assert found.quote is not None
    assert found.quote.text.startswith(first)


def test_a_heading_alone_never_shows_that_the_provider_holds_personal_data() -> None:
    under = "Le Prestataire ne communique à personne les coordonnées des salariés du Client."
    opening = OPENING.replace(", et la sauvegarde de ses données", "").replace("maintenance", "gestion")
    text = f"Article 3 - Données personnelles\n\n{under}\n\nArticle 4 - Accès\n\nLe support à distance est compris.\n"
    (found,) = [one for one in told(text, opening=opening) if one.danger == "data_without_guarantees"]
    assert found.quote is not None
    assert found.quote.text == under


def test_one_sentence_that_entrusts_personal_data_is_enough_to_ask_for_the_eight_guarantees() -> None:
    opening = OPENING.replace(", et la sauvegarde de ses données", "").replace("maintenance", "vente").replace("serveurs", "écrans")
    words = "Article 3 - Données\n\nLe Client répond du RGPD pour les données personnelles qu'il confie au Prestataire.\n"
    assert "data_without_guarantees" in {one.danger for one in told(words, opening=opening)}
    assert "data_without_guarantees" not in {one.danger for one in told(words.replace("qu'il confie", "qu'il vend"), opening=opening)}


def test_a_public_buyer_that_is_only_foreseen_leaves_a_business_judged_as_one() -> None:
    foreseen = "Article 3 - Marchés\n\nSi le contrat entre dans un marché public, les règles de ce marché priment.\n"
    assert "com-l441-10-penalites" in rules(foreseen)


def test_what_is_given_for_nothing_owes_no_mention_of_late_payment() -> None:
    opening = OPENING.replace(
        "Le prix est de 900 euros hors taxes par mois. Les factures sont payables à trente jours, comptés de", "Rien."
    )
    free = "Article 3 - Prix\n\nLe logiciel est strictement gratuit. Aucune redevance n'est due.\n"
    assert "com-l441-10-penalites" in rules("", opening=opening)
    assert "com-l441-10-penalites" not in rules(free, opening=opening)


def test_the_providers_own_file_of_clients_is_not_what_they_entrust_to_it() -> None:
    opening = OPENING.replace(", et la sauvegarde de ses données", "")
    words = "Article 3 - Données personnelles\n\nLes données personnelles recueillies pour la commande entrent dans un fichier informatisé."
    assert "data_without_guarantees" in {one.danger for one in told(f"{words}\n", opening=opening)}
    own = f"{words} Le responsable du traitement est le Prestataire.\n"
    assert "data_without_guarantees" not in {one.danger for one in told(own, opening=opening)}


def test_times_to_answer_alone_are_shown_by_the_gravest_incident() -> None:
    rows = "- Question d'usage : prise en charge sous 16 heures\n- Incident bloquant : prise en charge sous 2 heures\n"
    (found,) = [one for one in told(f"Article 3 - Délais\n\n{rows}") if one.finding.rule == "response_only"]
    assert found.quote is not None
    assert "bloquant" in found.quote.text


def test_sums_kept_at_an_early_end_are_no_cap_on_liability() -> None:
    words = "Le Prestataire conserve les sommes versées par le Client au titre du contrat, sans préjudice de dommages et intérêts."
    article = f"Article 3 - Départ\n\n{words}"
    read = audited(f"{article}\n")
    assert "liability_cap" not in read.reading.values
    assert "case-faute-lourde" not in rules(f"{article}\n")


def test_orders_in_progress_left_untouched_take_back_a_price_changed_alone_however_it_is_found() -> None:
    article = (
        "Article 3 - Application\n\nLe Prestataire se réserve le droit de modifier sans préavis ses conditions, ses offres et ses tarifs."
    )
    assert "civ-1103-1104-1193" in rules(f"{article}\n")
    assert "civ-1103-1104-1193" not in rules(f"{article} Ces changements n'impacteront nullement les commandes en cours.\n")


def test_a_word_that_opposes_a_danger_to_what_stands_before_puts_no_condition_to_it() -> None:
    article = "Article 3 - Tarifs\n\nLes prix sont fermes."
    assert "civ-1103-1104-1193" in rules(f"{article} Néanmoins, le Prestataire peut augmenter ses tarifs à tout moment.\n")


def test_what_force_majeure_does_not_cover_widens_it_not() -> None:
    article = "Article 3 - Force majeure\n\nLa force majeure suspend les obligations."
    assert "civ-1218-fm" in rules(f"{article} Elle comprend la défaillance d'un fournisseur et les grèves internes.\n")
    assert "civ-1218-fm" not in rules(f"{article} N'en constituent pas un cas la défaillance d'un fournisseur ni la grève interne.\n")


def test_a_work_done_once_is_asked_neither_for_an_exit_nor_for_a_processing_agreement() -> None:
    once = OPENING.replace("CONTRAT D'INFOGÉRANCE", "CONTRAT DE MISSION").replace(
        "la\nmaintenance informatique des serveurs et des postes de travail du Client, et la sauvegarde de ses données.",
        "une\nétude du logiciel de gestion, en trois phases, et à livrer une maquette informatique au terme de la mission.",
    )
    once = once.replace(
        "trente-six mois. Il se renouvelle par tacite reconduction pour douze mois, sauf dénonciation\n", "deux mois. Avis "
    )
    once = once.replace("la maintenance des serveurs et des postes de travail du Client, sur place ou à distance", "l'étude d'un logiciel")
    found = rules("", opening=once.replace("par mois", "en tout"))
    assert found
    assert not {"missing_provision", "rgpd-28-3", "rgpd-32", "rgpd-33", "civ-1195-imprevision", "civ-1216-cession"} & found


@pytest.mark.parametrize(
    "lines",
    [
        "Heure en atelier .............. 58 EUR\nDéplacement .............. inclus\n",
        "BON DE VISITE (MODÈLE)\nDate : ............... Technicien : ...............\n",
        "Formulaire type de rétractation\n\nCommande numéro : ……………………………\n",
        "Paraphes : ______ / ______\n",
        "\n\n".join(["Réf. 2024-11 - ______"] * 3),
    ],
)
def test_dots_that_lead_to_a_value_and_forms_filled_by_hand_are_no_blank(lines: str) -> None:
    assert "placeholder_left" not in rules(f"Annexe\n\n{lines}\n")


def test_articles_of_the_regulation_cited_by_their_number_alone_are_no_broken_reference() -> None:
    text = "Article 3 - Données\n\nLe Prestataire suit le RGPD.\n\nIl tient ses mesures de sécurité (article 32) et notifie (article 33).\n"
    assert "broken_reference" not in rules(text)


@pytest.mark.parametrize(
    "others",
    [
        (
            "Article 3 - Durée\n\nLe contrat est conclu pour une durée de trois ans.\n\nArticle 4 - Conditions particulières de durée\n\n"
            "Engagement initial : quatre ans.\n"
        ),
    ],
)
def test_two_answers_to_one_question_in_articles_apart_are_told(others: str) -> None:
    assert "contradictory_values" in rules(others)


@pytest.mark.parametrize(
    "others",
    [
        (
            "Article 3 - Paiement\n\nLes factures sont payables à trente jours date de facture.\n\nArticle 4 - Conditions particulières\n\n"
            "Délai de règlement : 45 jours.\n"
        ),
        (
            "Article 3 - Responsabilité\n\nLa responsabilité est limitée aux sommes payées par le Client.\n\nArticle 4 - Plafond\n\n"
            "La responsabilité du Prestataire est plafonnée à 100 000 euros.\n"
        ),
        (
            "Article 3 - Assistance\n\nLe support répond du lundi au vendredi de 9h à 18h.\n\nArticle 4 - Délais\n\n"
            "Les délais courent pendant la plage de service, du lundi au vendredi de 8h à 20h.\n"
        ),
    ],
)
def test_two_delays_to_pay_or_two_limits_are_asked_as_their_words_say_other_things_too(others: str) -> None:
    assert "contradictory_values" not in rules(others)
    assert "contradictory_values" in asked(others)


@pytest.mark.parametrize(
    "others",
    [
        (
            "Article 3 - Personnel\n\nLe contrat est conclu pour une durée de trois ans. "
            "Nul n'embauche les collaborateurs de l'autre pendant le "
            "contrat et une période de neuf mois après sa fin.\n"
        ),
        (
            "Article 3 - Responsabilité\n\nLa responsabilité est limitée aux sommes payées par le Client.\n\nArticle 4 - Données\n\n"
            "La responsabilité du Prestataire pour les données est plafonnée à 100 000 euros.\n"
        ),
        (
            "Article 3 - Assistance\n\nLe support répond du lundi au vendredi de 9h à 18h.\n\nArticle 4 - Option\n\n"
            "En option, le support répond du lundi au vendredi de 8h à 20h.\n"
        ),
    ],
)
def test_answers_to_different_questions_are_no_contradiction(others: str) -> None:
    assert "contradictory_values" not in rules(others)


def test_a_document_that_says_the_contract_is_made_of_several_lacks_nothing_by_itself() -> None:
    assert audited("Article 9 - Pièces\n\nLe contrat est formé de plusieurs documents, dont celui-ci.\n").reading.is_part
    assert not audited("").reading.is_part


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("Ces conditions générales s'appliquent à tous les contrats d'infogérance du Prestataire.", False),
        ("Les présentes conditions générales sont complétées par les conditions particulières.", False),
        ("Les conditions générales du constructeur accompagnent chaque matériel.", False),
        ("Les conditions générales d'achat du Client ne s'appliquent pas.", False),
        ("Le Client se sert du portail selon les conditions générales d'utilisation du site.", False),
        ("Les conditions particulières et le devis complètent le présent contrat.", False),
        ("Pour le reste, les conditions générales du Prestataire s'appliquent.", True),
    ],
)
def test_only_general_conditions_that_the_file_does_not_hold_are_left_what_such_conditions_settle(sentence: str, left: bool) -> None:
    silences = {one.finding.rule for one in told(f"Article 3 - Pièces\n\n{sentence}\n") if one.silent}
    assert ({"com-l441-10-penalites", "ass-rc"} <= silences) is not left


@pytest.mark.parametrize(
    "words",
    [
        "Le contrat est soumis aux conditions générales du Prestataire.",
        "Le Client a reçu les conditions générales de vente, consultables sur le site du Prestataire.",
    ],
)
def test_a_contract_whose_opening_speaks_of_general_conditions_leaves_them_what_they_settle(words: str) -> None:
    opening = OPENING.replace("Le présent contrat de services", f"{words} Le présent contrat de services")
    assert "com-l441-10-penalites" not in rules("", opening=opening)


def test_a_title_above_the_address_of_general_conditions_holds_none() -> None:
    where = "CONDITIONS GÉNÉRALES\n\nElles sont consultables à l'adresse www.exemple.fr.\n"
    assert "com-l441-10-penalites" not in rules(where)


def test_particular_conditions_and_the_general_ones_after_them_are_a_whole_contract() -> None:
    duties = "Article 3 - Responsabilité\n\nLa responsabilité du Prestataire est limitée à 50 000 euros par an.\n"
    opening = OPENING.replace("CONTRAT D'INFOGÉRANCE", "CONDITIONS PARTICULIÈRES D'INFOGÉRANCE\n\nPostes : 12.\n\nCONDITIONS GÉNÉRALES")
    whole = audited(f"{duties}\nLes dommages indirects sont exclus.\n", opening=opening)
    assert not whole.reading.is_part
    assert "com-l441-10-penalites" in {one.finding.rule for one in whole.findings}
    part = opening.replace("Article 1 - Durée", "Article 1 - Départ").replace("Le contrat est conclu pour trente-six mois. ", "")
    part = part.replace("Il se renouvelle par tacite reconduction pour douze mois, sauf dénonciation\ntrois mois avant le terme.", "Lundi.")
    assert audited("", opening=part).reading.is_part


def test_a_line_alone_above_a_first_article_names_the_conditions_that_the_file_holds() -> None:
    named = "Conditions générales de vente\nArticle 1 - Durée"
    long = "Le Prestataire et le Client se connaissent de longue date. " * 10
    opening = OPENING.replace("\nArticle 1 - Durée", f"\n{long}\n\n{named}")
    pieces = "Article 3 - Pièces\n\nLe Client a lu les conditions générales de vente ci-dessus.\n"
    assert "com-l441-10-penalites" in rules(pieces, opening=opening)


def test_a_question_is_not_asked_of_what_a_finding_already_tells() -> None:
    text = f"{LIMIT} Cette limite ne s'applique pas aux blessures.\n"
    assert "case-faute-lourde" in rules(text)
    assert "case-faute-lourde" not in asked(text)


@pytest.mark.parametrize(
    ("cap", "told"),
    [
        ("4 000 euros par an", True),
        ("20 000 euros par an", False),
        ("4 000 euros ou, s'il est supérieur, le prix annuel", False),
    ],
)
def test_a_cap_in_euros_is_held_against_the_price_that_the_contract_writes(cap: str, told: bool) -> None:
    assert ("cap_vs_fees" in rules(f"Article 4 - Responsabilité\n\nLa responsabilité du Prestataire est plafonnée à {cap}.\n")) is told


@pytest.mark.parametrize("deal", ["valdrene", "moulin-carre", "brevandre"])
def test_a_complete_contract_of_ours_read_as_a_stranger_s_has_no_finding(deal: str) -> None:
    """Long, rich words, in which every danger is denied somewhere and nothing lacks: what is found there is found wrongly."""
    words = read_markdown("contrat.md", write_markdown(assemble(terms_of(deal), loader.current(), on=date(2026, 11, 25))).encode())
    found = audit(words, loader.current(), all_proven(), on=date(2026, 11, 25)).findings
    assert [(one.finding.rule, one.finding.message) for one in found] == []


def test_each_member_of_a_list_is_told_with_its_own_words() -> None:
    text = """Article 3 - Force majeure

Sont des cas de force majeure la grève du personnel et la défaillance d'un sous-traitant du Prestataire.

Article 4 - Procédure collective

En cas de redressement judiciaire du Client, le contrat est résilié de plein droit.
"""
    quotes = {one.finding.rule: one.quote.text for one in told(text) if one.quote is not None}
    assert "grève" in quotes["civ-1218-fm"]
    assert "redressement" in quotes["com-l622-13-procol"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ne sont jamais tenus pour tels la défaillance d'un sous-traitant ni la grève du personnel du Prestataire.",
        "La grève du personnel du Prestataire ne constitue en aucun cas un événement de force majeure.",
    ],
)
def test_words_that_a_sentence_denies_are_not_held_against_the_contract(sentence: str) -> None:
    assert "grève" not in messages(f"Article 3 - Force majeure\n\nLa force majeure s'entend au sens de l'article 1218. {sentence}")


def test_a_reserve_written_for_the_whole_article_is_a_reserve_of_the_cap() -> None:
    text = """Article 3 - Responsabilité

La responsabilité du Prestataire est plafonnée à douze mois de redevances.

Le présent article ne joue pas en cas de dol, de faute lourde ou de dommage corporel.
"""
    assert "case-faute-lourde" not in rules(text) | asked(text).keys()


def test_a_fault_that_ends_the_contract_is_no_reserve_of_the_cap() -> None:
    text = """Article 3 - Responsabilité

Quelle que soit la gravité de sa faute, la responsabilité du Prestataire ne saurait excéder 500 euros.

Article 4 - Résiliation du Client

Le Client peut résilier en cas de faute lourde du Prestataire.
"""
    assert "quelle que soit la faute" in messages(text)
    assert "case-faute-lourde" not in asked(text)


def test_a_limit_on_the_price_or_the_costs_of_recovery_is_no_cap_on_liability() -> None:
    text = """Article 3 - Responsabilité

La responsabilité du Prestataire est limitée au montant payé par le Client au titre du contrat.

Article 4 - Révision

Les prix sont indexés sur l'indice Syntec, plafonné à 3 % par an. Une indemnité forfaitaire de 40 € est due pour frais de recouvrement.
"""
    assert "contradictory_values" not in rules(text)


def test_a_share_on_top_of_all_that_remains_is_no_part_of_it() -> None:
    told_so = messages("Article 3 - Départ\n\nLe Client qui part avant le terme doit toutes les mensualités restantes, plus 20 %.")
    assert "une part des redevances" not in told_so
    assert "tout ce qui reste à courir" in told_so or "toutes les redevances" in told_so


@pytest.mark.parametrize(
    "words",
    [
        "Le matériel est garanti TRENTE-SIX (24) mois.",
        "Le Client dispose de 90 (soixante) jours pour essayer le matériel.",
        "La caution est de deux mille euros (3 000 €).",
        "La remise est de dix pour cent (12 %).",
    ],
)
def test_a_number_that_its_letters_and_its_figures_write_otherwise_is_told(words: str) -> None:
    found = [
        one for one in told(f"Article 3 - Divers\n\n{words}\n") if one.finding.title == "Nombre écrit autrement en lettres et en chiffres"
    ]
    assert [one.finding.severity for one in found] == [Severity.HIGH]
    assert found[0].quote is not None
    assert found[0].quote.text in words


@pytest.mark.parametrize(
    "words",
    [
        "Le matériel est garanti trente-six (36) mois, et deux cent cinquante (250) jours de plus.",
        "Une remise de deux virgule cinq pour cent (2,5 %) est accordée, et de cent mille (100 000) euros au plus.",
        "La garantie court un an (12 mois), puis six mois (2), comme le dit la note.",
        "Le matériel est rendu sous vingt - quatre (24) heures, ou quatre-vingt-dix-sept (97) jours.",
    ],
)
def test_a_number_written_twice_alike_or_with_another_unit_is_no_slip(words: str) -> None:
    assert not [one for one in told(f"Article 3 - Divers\n\n{words}\n") if one.finding.rule == "contradictory_values"]


def test_articles_that_changed_their_number_are_told_together() -> None:
    text = "Article 3 - Divers\n\nSelon l'article 1134 du Code civil, le contrat lie.\n\nL'article 1148 du Code civil vaut aussi.\n"
    found = [one.finding.message for one in told(text) if one.finding.rule == "repealed_article"]
    assert len(found) == 1
    assert "1103" in found[0]
    assert "1218" in found[0]


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        ("Les modules sont protégés par la loi du 11 mars 1957.", Severity.LOW),
        ("Les transferts de données reposent sur le Privacy Shield.", Severity.MEDIUM),
    ],
)
def test_a_law_moved_into_a_code_weighs_less_than_a_scheme_that_is_no_more(words: str, severity: Severity) -> None:
    found = [one.finding for one in told(f"Article 3 - Divers\n\n{words}\n") if one.finding.rule == "outdated_law"]
    assert [one.severity for one in found] == [severity]


_FOR_FIVE_YEARS = "Article 3 - Durée\n\nLe contrat prend effet le 1er janvier {year} pour une durée de cinq ans.\n"


@pytest.mark.parametrize(("year", "is_told"), [(2020, False), (2025, True)])
def test_a_long_commitment_is_told_while_its_first_period_runs(year: int, *, is_told: bool) -> None:
    opening = OPENING.replace("Le contrat est conclu pour trente-six mois. Il se", "Il se")
    found = [one for one in told(_FOR_FIVE_YEARS.format(year=year), opening=opening) if one.finding.rule == "long_commitment"]
    assert bool(found) is is_told
    assert all("décembre" in one.finding.message and "2029" in one.finding.message for one in found)


@pytest.mark.parametrize(
    ("leaving", "title"),
    [
        ("S'il part avant le terme, l'Abonné paie toutes les mensualités restant à courir.", "sortie au prix de ce qui reste à courir"),
        (
            "L'Abonné qui rompt avant le terme, hors une faute de l'Éditeur, doit les mensualités restant à courir.",
            "sortie au prix de ce qui reste à courir",
        ),
        ("En cas d'impayé, les mensualités restant à courir sont exigibles.", "sans sortie avant le terme"),
    ],
)
def test_a_long_commitment_left_for_all_that_remains_is_told_with_the_price_of_leaving(leaving: str, title: str) -> None:
    opening = OPENING.replace("Le contrat est conclu pour trente-six mois. Il se", "Il se")
    text = f"{_FOR_FIVE_YEARS.format(year=2025)}\nArticle 4 - Départ\n\n{leaving}\n"
    found = [one.finding for one in told(text, opening=opening) if one.finding.rule == "long_commitment"]
    assert [one.title.endswith(title) for one in found] == [True]


def test_what_other_words_of_the_article_temper_is_asked_and_not_told() -> None:
    article = "Article 3 - Réception\n\nLe silence du Client à l'expiration de ce délai vaut réception."
    assert "silent_acceptance" in rules(f"{article}\n")
    tempered = f"{article} Le Prestataire lui adresse un rappel cinq jours avant.\n"
    assert "silent_acceptance" not in rules(tempered)
    assert "silent_acceptance" in asked(tempered)


def test_a_short_delay_counted_from_the_reception_of_the_invoice_is_no_fault() -> None:
    soon = "Article 3 - Règlement\n\nLe Client règle dans les {days} jours de la réception de la facture.\n"
    opening = OPENING.replace(" Les factures sont payables à trente jours, comptés de leur date d'émission.", "")
    assert not [one for one in told(soon.format(days=30), opening=opening) if one.finding.rule == "com-l441-10-delai"]
    late = [one.finding for one in told(soon.format(days=60), opening=opening) if one.finding.rule == "com-l441-10-delai"]
    assert [(one.title, one.severity) for one in late] == [("Point de départ du délai de paiement", Severity.LOW)]


def test_a_time_after_which_a_claim_is_lost_is_no_prescription() -> None:
    claim = "Toute réclamation est faite dans un délai de trois mois à compter du fait générateur, à peine de forclusion."
    text = f"Article 3 - Réclamations\n\n{claim}\n"
    found = [one.finding for one in told(text) if one.finding.rule == "civ-2224-2254"]
    assert [one.title for one in found] == ["Délai court pour réclamer"]
    assert not any("2254" in cited.citation for one in found for cited in one.law)


@pytest.mark.parametrize(
    ("leaves", "severities"),
    [
        ("", [Severity.HIGH]),
        ("L'utilisateur peut supprimer son compte à tout moment.", [Severity.MEDIUM]),
        ("L'utilisateur peut supprimer son compte à tout moment. Toute modification est annoncée par courriel.", []),
    ],
)
def test_terms_changed_alone_are_weighed_by_the_way_out_that_the_contract_opens(leaves: str, severities: list[Severity]) -> None:
    changed = "Article 3 - Évolution\n\nLe Prestataire se réserve le droit de modifier les présentes conditions."
    text = f"{changed}\n\nArticle 4 - Compte\n\n{leaves}\n"
    found = [one.finding for one in told(text) if one.finding.rule == "civ-1103-1104-1193"]
    assert [one.severity for one in found] == severities


@pytest.mark.parametrize(
    "reserve",
    [
        "Cette limitation ne s'applique pas dans les cas où la loi l'interdit.",
        "Cette limite ne joue que dans la mesure permise par la loi.",
        "Ces stipulations cèdent devant les dispositions d'ordre public.",
        "Il n'en va autrement que là où le droit impératif s'y oppose, et le plafond cède devant toute règle impérative.",
    ],
)
def test_a_general_reserve_is_asked_to_name_what_it_spares_and_no_more(reserve: str) -> None:
    bare = {one.finding.title for one in told(LIMIT) if "cap_carve_outs" in one.finding.terms}
    reserved = [one.finding for one in told(f"{LIMIT} {reserve}\n") if "cap_carve_outs" in one.finding.terms]
    assert bare == {"Limitation de responsabilité sans aucune réserve"}
    assert [(one.rule, one.severity) for one in reserved] == [("case-faute-lourde", Severity.LOW)]
    assert "sans nommer la faute intentionnelle" in reserved[0].message


def test_public_order_that_contents_must_respect_reserves_nothing_from_the_limit() -> None:
    contents = "Article 20 - Contenus\n\nLe Client est responsable de ses contenus, qui respectent l'ordre public et les bonnes mœurs.\n\n"
    found = [one.finding for one in told(f"{contents}{LIMIT}\n") if "cap_carve_outs" in one.finding.terms]
    assert [(one.rule, one.severity) for one in found] == [("case-faute-lourde", Severity.HIGH)]
    assert "ni les dommages corporels" in found[0].message


def test_a_price_revised_within_an_index_is_not_changed_by_one_side_alone() -> None:
    free = "Article 3 - Prix\n\nLe Prestataire se réserve le droit de réviser ses tarifs chaque année.\n"
    assert "civ-1103-1104-1193" in rules(free)
    assert "civ-1103-1104-1193" not in rules(free.replace("chaque année", "chaque année, dans la limite de la hausse de l'indice Syntec"))


def test_a_question_is_asked_beside_words_that_share_its_object_only() -> None:
    licence = "Article 3 - Logiciel\n\nLe Client ne peut ni vendre ni céder le matériel à un tiers.\n"
    assert "civ-1216-cession" not in {*rules(licence), *asked(licence)}


def test_a_sentence_that_holds_two_dangers_of_one_rule_has_both_said() -> None:
    text = "Article 3 - Forfait\n\nNous pouvons changer nos prix et le contenu du forfait à tout moment en les affichant sur notre site.\n"
    said = {one.finding.title for one in told(text)}
    assert said >= {"Contenu du service changé par le seul Prestataire", "Prix changé par le seul Prestataire"}


@pytest.mark.parametrize(("opens", "found"), [("Si un site est indisponible trois jours de suite, chaque", False), ("Chaque", True)])
def test_the_notice_of_an_end_for_a_cause_does_not_contradict_that_of_the_term(opens: str, found: bool) -> None:
    text = f"Article 3 - Fin\n\n{opens} partie peut dénoncer le contrat six mois avant le terme.\n"
    assert ("contradictory_values" in rules(text)) is found


LEAVING = "3.1 Le Client qui résilie avant le terme verse la totalité des redevances restant à courir jusqu'au terme.\n\n"


def test_the_condition_of_the_next_numbered_clause_restricts_no_other() -> None:
    of_its_own = "3.2 Le contrat peut être cédé, sous réserve de l'accord écrit de l'autre partie.\n"
    assert "civ-1231-5-penale" in rules(f"Article 3 - Sortie\n\n{LEAVING}{of_its_own}")
    on_the_one_before = "3.2 Par exception à ce qui précède, rien n'est dû lorsque le Prestataire est en faute.\n"
    assert "civ-1231-5-penale" not in rules(f"Article 3 - Sortie\n\n{LEAVING}{on_the_one_before}")


def test_all_that_remains_is_no_share_of_it_when_a_percentage_only_raises_it() -> None:
    text = "Article 3 - Sortie\n\nLe Client qui part avant le terme verse l'intégralité des redevances à échoir, révisées de 3 % par an.\n"
    assert any(one.finding.title.endswith("tout ce qui reste à courir") for one in told(text))


HELD = "Article 3 - Moyens\n\nLe Prestataire héberge les serveurs du Client dans son centre.\n\n"
HOSTING = OPENING.replace("a pour objet la maintenance", "a pour objet l'hébergement et la maintenance")


def test_a_notice_on_the_providers_own_file_says_nothing_of_the_data_entrusted_to_it() -> None:
    notice = (
        "Article 4 - Données personnelles\n\n4.1 Collecte\n\nLes données personnelles de la commande servent à la facturation.\n\n"
        "4.2 Droits\n\nLe Client dispose d'un droit d'accès, de rectification et d'effacement. Ses données sont supprimées après cinq ans, "
        "et protégées par des mesures techniques adaptées.\n"
    )
    (found,) = [one for one in told(f"{HELD}{notice}", opening=HOSTING) if one.danger == "data_without_guarantees"]
    assert (found.finding.title, found.finding.severity) == ("Aucun accord sur les données confiées", Severity.HIGH)
    assert found.quote is not None
    assert "droit d'accès" not in found.quote.text
    entrusted = notice.replace("4.2 Droits\n\n", "4.2 Droits\n\nLe Prestataire agit aussi comme sous-traitant du Client. ")
    (counted,) = [one for one in told(f"{HELD}{entrusted}", opening=HOSTING) if one.danger == "data_without_guarantees"]
    assert "la preuve et l’audit (h)" in counted.finding.message


def test_what_an_unpaid_bill_lets_erase_is_not_the_fate_of_data_at_the_end() -> None:
    data = "Article 4 - Données personnelles\n\nLe Prestataire traite des données personnelles pour le compte du Client."
    erased = " Faute de paiement, les données sont effacées."
    (found,) = [one for one in told(f"{HELD}{data}{erased}\n") if one.danger == "data_without_guarantees"]
    assert "le sort des données à la fin (g)" in found.finding.message


def test_terms_that_one_side_changes_are_told_with_their_own_words_and_not_those_that_soften_them() -> None:
    changed = "Le Prestataire se réserve le droit de modifier les présentes conditions."
    text = f"Article 3 - Compte\n\nL'utilisateur peut supprimer son compte à tout moment.\n\nArticle 4 - Évolution\n\n{changed}\n"
    (found,) = [one for one in told(text) if one.finding.rule == "civ-1103-1104-1193"]
    assert (found.quote and found.quote.text, found.finding.where) == (changed, "« 4 Évolution »")


@pytest.mark.parametrize(
    ("paid", "found"),
    [
        ("Le paiement se fait exclusivement par carte bancaire. Les accès sont livrés après paiement.", False),
        ("Le paiement se fait exclusivement par carte bancaire, à trente jours. Les accès sont livrés après paiement.", True),
        ("Le paiement se fait par virement. Les accès sont livrés après paiement.", True),
    ],
)
def test_what_is_paid_by_card_before_it_is_delivered_owes_no_mention_of_late_payment(paid: str, found: bool) -> None:
    opening = OPENING.replace(
        "Le prix est de 900 euros hors taxes par mois. Les factures sont payables à trente jours, comptés de leur date d'émission.", paid
    )
    assert ("com-l441-10-penalites" in rules("", opening=opening)) is found


def test_an_online_service_is_told_what_its_way_out_lacks_and_no_more() -> None:
    sold = "Article 3 - Service\n\nL'application est accessible à distance par un navigateur, par abonnement.\n\n"
    way_out = "Article 4 - Sortie\n\nÀ la fin, le Client exporte ses données pendant soixante jours.\n"
    opening = OPENING.replace("des serveurs et des postes de travail", "des serveurs")
    texts = (sold, f"{sold}{way_out}")
    bare, partly = ([one.finding.message for one in told(text, opening=opening) if one.finding.rule == "dataact-25"] for text in texts)
    assert "récupération des données" in bare[0]
    assert "récupération des données" not in partly[0]
    assert "la liste des données exportables" in partly[0]


def test_an_end_added_to_the_one_after_a_notice_is_not_tempered_by_it() -> None:
    cured = "Chaque partie peut résilier trente jours après une mise en demeure restée sans effet."
    at_once = "le Prestataire peut résilier le contrat immédiatement si le Client ne paie pas une facture à son échéance."
    added = f"Article 3 - Résiliation\n\n{cured} En outre, {at_once}\n"
    assert any("Fin immédiate" in one.finding.title for one in told(added))
    beside = f"Article 3 - Résiliation\n\n{cured} {at_once.capitalize()}\n"
    assert not any("Fin immédiate" in one.finding.title for one in told(beside))


def test_a_general_reserve_of_warranties_is_not_that_of_the_limit() -> None:
    warranty = "Le Prestataire exclut les garanties implicites, dans les limites autorisées par la loi."
    limit = "Dans la limite permise par la loi, la responsabilité du Prestataire ne dépasse pas 9 000 euros par an et y est limitée."
    text = f"Article 3 - Garanties\n\n{warranty}\n\nArticle 4 - Responsabilité\n\n{limit}\n"
    (found,) = [one for one in told(text) if one.finding.rule == "case-faute-lourde"]
    assert found.quote is not None
    assert found.quote.text.startswith("Dans la limite permise")


def test_annexes_numbered_among_the_articles_are_in_the_file() -> None:
    cited = "Article 3 - Pièces\n\nLe contrat comprend l'annexe A et l'annexe B.\n\n"
    annexes = "9.1. Annexe A : Hébergement\n\nLes serveurs sont en France et surveillés jour et nuit par deux équipes qui se relaient.\n\n"
    more = "9.2 Annexe B\n\nLes incidents bloquants sont traités avant les autres, dans l'ordre où ils arrivent au support.\n"
    headed = f"Article 9 - Annexes\n\n{annexes}{more}"
    titles = {one.finding.title for one in audited(f"{cited}{headed}").to_verify}
    assert "Annexes absentes du fichier" not in titles
    assert "Annexes absentes du fichier" in {one.finding.title for one in audited(cited).to_verify}
    listed = "Article 4 - Documents\n\n1. Annexe A - Hébergement\n2. Annexe B - Support\n"
    assert "Annexes absentes du fichier" in {one.finding.title for one in audited(f"{cited}{listed}").to_verify}


TWICE = (
    "Article 3 - Durée\n\nLe contrat est conclu pour une durée de trois ans.\n\nArticle 4 - Conditions particulières de durée\n\n"
    "Engagement initial : quatre ans.\n"
)


def test_a_whole_length_with_its_renewals_contradicts_no_first_period() -> None:
    together = TWICE.replace("une durée de trois", "une durée globale de trois")
    assert "contradictory_values" in rules(TWICE)
    assert "contradictory_values" not in {*rules(together), *asked(together)}


def test_rules_of_precedence_are_spoken_of_only_where_there_are_some() -> None:
    rank = f"{TWICE}\nArticle 5 - Rang\n\n{{0}}\n"
    claims = rank.format("La partie qui se prévaut d'une inexécution le notifie. L'autre ne peut se prévaloir de son silence.")
    ranks = rank.format("Les conditions particulières prévalent sur les autres.")
    said = [" ".join(one.finding.message for one in (*audited(text).findings, *audited(text).to_verify)) for text in (claims, ranks)]
    assert ["préséance" in words for words in said] == [False, True]


def test_two_sentences_that_no_space_parts_after_a_name_in_capitals_are_two() -> None:
    text = "Article 3 - Reprise\n\nLe service est rendu par ALPHA.Cette reprise dure un an.\n"
    document = audited(text).reading.document
    assert "Cette reprise dure un an." in {document.text[one.start : one.end] for one in document.sentences}


def test_works_kept_by_the_provider_and_left_at_the_clients_disposal_are_two_clauses_that_clash() -> None:
    kept = "Article 3 - Travaux\n\nLe Prestataire conserve la propriété intellectuelle de ses travaux."
    left = "Les études sont en la pleine disposition du Client dès leur paiement."
    clash = "D’autres mots de l’article le tempèrent"
    for words, tempered in ((kept, False), (f"{kept} {left}", True)):
        read = audited(f"{words}\n")
        (said,) = [one.finding for one in (*read.findings, *read.to_verify) if one.finding.rule == "cpi-l131-3"]
        assert (clash in said.message) is tempered


def test_files_within_reach_are_asked_about_only_where_nothing_shows_that_the_data_are_in_the_providers_hands() -> None:
    repair = "Article 3 - Dépannage\n\nLe Prestataire dépanne les ordinateurs du Client. Il ne répond pas de la perte de ses fichiers.\n"
    mending = (
        OPENING.replace(
            "la\nmaintenance informatique des serveurs et des postes de travail du Client, et la sauvegarde de ses données", "ce qui suit"
        )
        .replace("D'INFOGÉRANCE", "DE DÉPANNAGE")
        .replace("la maintenance des serveurs et des postes de travail du Client, sur place ou à distance", "le dépannage informatique")
    )
    assert "data_within_reach" in asked(repair, opening=mending)
    assert "rgpd-28-3" not in rules(repair, opening=mending)
    assert "data_within_reach" not in asked(repair)
    assert "rgpd-28-3" in rules(repair)
