"""What the audit tells of a contract, and what it keeps silent: a finding never contradicts what was read, nor speaks out of place."""

from __future__ import annotations

from datetime import date

import pytest

from convenu.agreement.audit.audit import audit
from convenu.agreement.audit.verdict import AuditFinding
from convenu.library import loader
from convenu.library.recognition import recognition
from convenu.vocabulary.read_text import ReadText

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

Le prix est de 900 euros hors taxes par mois. Les factures sont payables à trente jours à compter de leur date d'émission.

Article 1 quinquies - Résiliation

Chaque partie peut résilier le contrat en cas de manquement grave de l'autre, trente jours après une mise en demeure restée sans effet.

Article 2 - Loi et tribunal

Le présent contrat est soumis au droit français. Tout litige relève du tribunal de commerce de Laval.
"""


def told(text: str, *, opening: str = OPENING) -> list[AuditFinding]:
    source = ReadText(name="contrat.txt", text=f"{opening}\n{text}", blocks=())
    return list(audit(source, loader.current(), recognition(), on=date(2026, 11, 25)).findings)


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


def test_a_refused_reversibility_is_told_as_refused() -> None:
    assert "écarte toute réversibilité" in messages("Article 3 - Sortie\n\nLe Prestataire ne doit aucune prestation de réversibilité.\n")


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
