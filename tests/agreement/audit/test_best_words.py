"""Where several sentences say a thing, the one that carries it is quoted: under its title, operative, of the service that is sold."""

from __future__ import annotations

from datetime import date
from functools import cache

from convenu.agreement.audit.audit import Audit, audit
from convenu.agreement.audit.verdict.audit_finding import AuditFinding
from convenu.library import loader
from convenu.vocabulary.read_text import ReadText
from tests.agreement.audit.proven import all_proven

OPENING = """CONDITIONS DE SERVICE

Le présent contrat de services informatiques lie le Prestataire et le Client, société commerciale.

1. Durée

Le contrat est conclu pour douze mois. Il se renouvelle par tacite reconduction pour douze mois, sauf dénonciation deux mois avant le terme.

2. Prix et facturation

Le prix est de 300 euros hors taxes par mois. Les factures sont payables à trente jours, comptés de leur date d'émission.

3. Résiliation

L'une ou l'autre partie peut résilier le contrat pour un manquement grave, trente jours après une mise en demeure restée sans effet.

4. Loi et tribunal

Le présent contrat est soumis au droit français. Tout litige relève du tribunal de commerce de Laval.
"""


@cache
def audited(text: str) -> Audit:
    source = ReadText(name="contrat.txt", text=f"{OPENING}\n{text}", blocks=())
    return audit(source, loader.current(), all_proven(), on=date(2026, 11, 25))


def found(text: str, danger: str) -> AuditFinding:
    return next(one for one in audited(text).findings if one.danger == danger)


def quoted(text: str, danger: str) -> str:
    quote = found(text, danger).quote
    return "" if quote is None else " ".join(quote.text.split())


MAINTAINED = """5. Objet

Le Prestataire assure la maintenance informatique des serveurs et des postes de travail du Client, et la sauvegarde des données.

"""


def test_an_exclusion_is_quoted_from_the_clause_on_liability() -> None:
    text = MAINTAINED + (
        "6. Accès\n\nLe Prestataire ne saurait être tenu responsable d'une liaison lente ni de la perte de données en route.\n\n"
        "7. Responsabilité\n\nLe Prestataire n'est en aucun cas responsable de la perte de données du Client.\n"
    )
    assert quoted(text, "data_loss_excluded").startswith("Le Prestataire n'est en aucun cas responsable")


def test_what_counts_for_no_credit_is_not_quoted_for_force_majeure() -> None:
    text = MAINTAINED + (
        "6. Disponibilité\n\nLa disponibilité est de 99 % par mois.\n\n6.1 Exclusions du calcul de disponibilité\n\n"
        "Force majeure (cyberattaque, tempête).\n\n"
        "7. Force majeure\n\nSont des cas de force majeure la grève, la cyberattaque et l'arrêt des transports.\n"
    )
    assert quoted(text, "force_majeure_of_ones_own").startswith("Sont des cas de force majeure")


def test_a_service_is_shown_by_its_object_and_not_by_its_insurance() -> None:
    text = (
        "5. Assurance\n\nL'Éditeur est assuré pour l'édition d'un logiciel accessible en ligne par abonnement.\n\n"
        "6. Objet\n\nL'Éditeur met à disposition une plateforme en ligne de gestion de planning, sur abonnement.\n"
    )
    assert quoted(text, "online_service_without_switching").startswith("L'Éditeur met à disposition une plateforme")


def test_a_lack_that_only_a_definition_shows_is_told_of_the_whole_contract() -> None:
    text = "5. Définitions\n\nPlateforme : désigne la solution de gestion de planning, accessible par navigateur sur abonnement.\n"
    told = found(text, "online_service_without_switching")
    assert told.quote is None
    assert told.finding.where == "ensemble du contrat"


def test_data_without_guarantees_are_shown_by_what_the_provider_does_with_them() -> None:
    text = MAINTAINED + (
        "6. Données personnelles\n\nLe Client veille à respecter la loi relative aux données à caractère personnel.\n\n"
        "Le Prestataire héberge les données saisies par le Client dans le logiciel de paie.\n"
    )
    assert quoted(text, "data_without_guarantees").startswith("Le Prestataire héberge les données")


def test_data_without_guarantees_are_shown_by_the_role_that_the_provider_takes_before_its_services() -> None:
    text = MAINTAINED + (
        "6. Support\n\nLe Prestataire assure la télémaintenance des postes.\n\n7. Données\n\nLe Client garde son fichier.\n\n"
        "Pour les données de la caisse, le Prestataire agit en sous-traitant et suit le RGPD.\n"
    )
    assert quoted(text, "data_without_guarantees").startswith("Pour les données de la caisse")


def test_data_without_guarantees_are_shown_by_no_line_of_prices_and_by_nothing_that_the_client_does() -> None:
    text = (
        "5. Objet\n\nLe Prestataire assure la maintenance informatique des serveurs et des postes de travail du Client.\n\n"
        "6. Copies\n\nA. Le Client range ses clés, qui ne sortent pas.\n"
        "B. Il vérifie ses états, et notamment ses taxes, et sauvegarde ses données chaque lundi.\n\n7. Données personnelles\n\n"
        "Le Client reste responsable de ses traitements. Le Prestataire suit le règlement européen.\n\n"
        "8. Tarif\n\nDésignation\tUnité\tPrix\nTélémaintenance\tla demi-heure\t48,00 €\nDéplacement\tle trajet\t35,00 €\n"
    )
    assert quoted(text, "data_without_guarantees") == "Le Prestataire suit le règlement européen."


def test_a_notice_on_the_providers_file_is_not_all_that_is_said_where_entrusted_data_are_named_beside() -> None:
    notice = "6. Données personnelles\n\nLe Client dispose d'un droit d'accès et de rectification sur son compte.\n"
    held = f"{MAINTAINED}Le Prestataire héberge la messagerie et sauvegarde les bases de données du Client.\n\n{notice}"
    beside = f"{held}\nLe Client répond des données personnelles qu'il enregistre sur l'espace loué.\n"
    titles = [found(text, "data_without_guarantees").finding.title for text in (held, beside)]
    assert titles == ["Aucun accord sur les données confiées", "Données confiées sans contrat de sous-traitance complet"]


def test_where_only_the_providers_own_file_is_spoken_of_what_is_entrusted_is_shown_by_the_service() -> None:
    text = (
        "5. Objet\n\nLe Prestataire assure la maintenance des serveurs et des postes de travail du Client. "
        "Avec l'accord de l'utilisateur, il dépanne son poste par prise en main à distance.\n\n"
        "6. Loi informatique et libertés\n\nLe Client dispose d'un droit d'accès et de rectification aux informations sur son compte. "
        "S'il ne veut plus recevoir de lettre, il l'écrit au Prestataire en rappelant son adresse.\n"
    )
    one = found(text, "data_without_guarantees")
    assert one.finding.title == "Aucun accord sur les données confiées"
    assert one.quote is not None
    assert one.quote.text == "Avec l'accord de l'utilisateur, il dépanne son poste par prise en main à distance."


def test_a_contract_that_holds_none_of_the_guarantees_is_not_said_to_lack_some() -> None:
    held = f"{MAINTAINED}Le Prestataire héberge les serveurs du Client. Le Prestataire administre la messagerie.\n\n"
    spoken = f"{held}6. Données personnelles\n\nLe Client est responsable de ses traitements. Le Prestataire suit le règlement européen.\n"
    some = f"{spoken}\nLe personnel du Prestataire est tenu au secret, et il n'agit que sur instruction documentée du Client.\n"
    none_said, some_said = [found(text, "data_without_guarantees").finding.message for text in (spoken, some)]
    assert "n’a rien trouvé de ce que l’article\u00a028 exige" in none_said
    assert "a trouvé trop peu dit" in some_said
    assert "le secret des personnes" not in some_said


def test_a_step_of_a_procedure_is_no_article_without_text() -> None:
    text = (
        "5. Objet\n\nLe Prestataire assure la maintenance informatique des serveurs du Client.\n\n6. Avoirs\n\nProcédure :\n"
        "1. Demande à support@exemple.fr (dans les 30 jours)\n2. Contrôle des relevés\n3. Avoir porté sur la facture suivante\n\n"
        "7. Responsabilité\n\nLe Prestataire répond des dommages directs dans la limite du prix d'une année.\n"
    )
    assert "empty_target" not in {one.finding.rule for one in audited(text).findings}


def test_documents_that_make_the_contract_and_are_not_in_the_file_make_no_silence() -> None:
    text = MAINTAINED + "6. Documents\n\nLes présentes conditions de service et les CGU forment ensemble le contrat.\n"
    assert "com-l151-1-secret" in {one.finding.rule for one in audited(MAINTAINED).findings}
    assert "com-l151-1-secret" not in {one.finding.rule for one in audited(text).findings}


def test_what_one_sentence_says_for_certain_is_not_asked_of_another() -> None:
    text = MAINTAINED + (
        "6. Arrêt\n\nL'Administrateur peut résilier l'abonnement à tout moment depuis son espace.\n\n"
        "7. Résiliation par le Prestataire\n\nLe Prestataire peut résilier l'abonnement à tout moment, sans motif.\n"
    )
    told = [one for one in (*audited(text).findings, *audited(text).to_verify) if one.danger == "provider_leaves_at_will"]
    assert [one.quote is not None and one.quote.text.startswith("Le Prestataire peut résilier") for one in told] == [True]
