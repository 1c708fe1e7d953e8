"""What a complete contract settles: a provision of which no key term was agreed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from convenu.agreement.rule import Hit, Look, checks
from convenu.terms.states import Term
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change, Severity, Status

HIGH, MEDIUM = Severity.HIGH, Severity.MEDIUM


@dataclass(frozen=True, slots=True)
class Settled:
    """One provision, the terms that settle it, what they say, and the answer that would open it.

    `choice`: to agree that there is none is an answer (no backup, no indexation); only a document silent on it lacks the provision.
    """

    name: str
    keys: tuple[str, ...]
    settles: str
    severity: Severity = MEDIUM
    change: tuple[str, Any] | None = None
    choice: bool = False


PROVISIONS: tuple[Settled, ...] = (
    Settled(
        "devoir de conseil",
        ("advice_answer_delay", "advice_review_frequency"),
        "la forme des recommandations et le délai de réponse du Client",
        change=("advice_answer_delay", "15 days"),
    ),
    Settled(
        "logiciels et matériels non pris en charge",
        ("approved_publishers", "approved_makers", "update_age_limit"),
        "les éditeurs et fabricants reconnus, et le sort des autres",
        change=("update_age_limit", "24 months"),
    ),
    Settled("prestations exclues", ("excluded_causes",), "les causes qui rendent une intervention facturable"),
    Settled(
        "exploitation et projets",
        ("project_hours", "project_assets", "quote_delay"),
        "à partir de quand un travail devient un projet sur devis",
        change=("project_hours", 8),
    ),
    Settled(
        "prise en charge",
        ("takeover_duration", "prerequisites", "observation_period"),
        "l’état des lieux, les prérequis et la période d’observation",
        change=("takeover_duration", "15 days"),
    ),
    Settled(
        "préavis",
        ("notice_period", "provider_notice_period"),
        "combien de temps avant la fin chacun prévient",
        HIGH,
        ("notice_period", "3 months"),
    ),
    Settled("canaux d’assistance", ("support_channels",), "par où appeler et ce qui fait courir les délais"),
    Settled("astreinte", ("on_call",), "ce qui est fait, ou non, en dehors des plages", change=("on_call", "no_on_call"), choice=True),
    Settled(
        "priorités",
        ("priority_matrix", "priority_decider"),
        "comment un incident est classé et qui tranche",
        change=("priority_decider", "provider_contestable"),
    ),
    Settled(
        "délais d’intervention",
        ("response_time", "workaround_time", "restoration_time"),
        "en combien de temps le Prestataire répond et rétablit",
    ),
    Settled(
        "décompte des délais",
        ("clock_pauses", "reminder_days"),
        "ce qui fait courir, suspend et arrête un délai",
        change=("clock_pauses", ["client_answer", "client_request", "supplier", "maintenance_window", "site_closed", "force_majeure"]),
    ),
    Settled(
        "rapport de service",
        ("report_frequency", "report_day"),
        "ce qui est mesuré et quand le Client le reçoit",
        change=("report_frequency", "monthly"),
    ),
    Settled("maintenance préventive", ("preventive_tasks",), "les tâches faites avant la panne, leur rythme et leur preuve"),
    Settled(
        "fenêtres de maintenance",
        ("maintenance_windows", "maintenance_notice"),
        "quand le Prestataire peut arrêter un service, et avec quelle annonce",
        change=("maintenance_notice", "5 business_days"),
    ),
    Settled(
        "correctifs",
        ("emergency_patch_delay", "server_patch_delay", "workstation_patch_delay"),
        "en combien de temps une faille est corrigée",
        change=("emergency_patch_delay", "72 hours"),
    ),
    Settled("sauvegarde", ("backups", "rpo", "restores_included"), "si la sauvegarde est confiée au Prestataire, et laquelle", choice=True),
    Settled("outils d’exploitation", ("tools",), "les outils, le pays des données et leur sort en fin de contrat"),
    Settled(
        "incident de sécurité",
        ("security_first_hours", "security_contact", "evidence_retention"),
        "les premières mesures, le contact et la garde des preuves",
        change=("security_first_hours", "4 hours"),
    ),
    Settled(
        "obligations du Client",
        ("client_contact", "client_answer_delay"),
        "l’interlocuteur du Client et son délai de réponse",
        change=("client_answer_delay", "2 business_days"),
    ),
    Settled("contrats liés", ("licences", "linked_contracts"), "les licences et contrats de tiers, et leurs dates", choice=True),
    Settled("prix", ("price_lines",), "les lignes, unités, quantités et prix", HIGH),
    Settled(
        "révision des prix",
        ("price_index", "price_change"),
        "si et comment le prix évolue",
        change=("price_change", "agreed_only"),
        choice=True,
    ),
    Settled(
        "documentation et propriété",
        ("documentation_delay",),
        "à qui sont les données et configurations, et la documentation due",
        change=("documentation_delay", "10 business_days"),
    ),
    Settled(
        "sous-traitance",
        ("subcontracting",),
        "si le Prestataire peut sous-traiter, et à quelle condition",
        change=("subcontracting", "listed_accepted"),
    ),
    Settled(
        "préjudices réparés et exclus",
        ("repaired_damage", "excluded_damage"),
        "quels dommages sont réparés",
        HIGH,
        ("repaired_damage", ["data_reconstruction", "restoration", "replacement_provider", "expert_costs"]),
    ),
    Settled("pilotage", ("meeting_frequency",), "les réunions et leurs comptes rendus", change=("meeting_frequency", "half_yearly")),
    Settled(
        "sortie anticipée",
        ("early_exit_from", "exit_fee_steps"),
        "si le Client peut partir avant le terme, et à quel coût",
        HIGH,
        ("early_exit_from", "12 months"),
        choice=True,
    ),
    Settled(
        "réversibilité",
        ("exit_assistance", "exit_plan_delay", "handover_delay", "return_formats"),
        "l’aide à la sortie, la remise des accès et des données",
        HIGH,
        ("exit_assistance", "2 months"),
    ),
    Settled(
        "suppression des données",
        ("deletion_delay", "deletion_proof_delay"),
        "quand les données sont effacées et comment c’est prouvé",
        HIGH,
        ("deletion_delay", "30 days"),
    ),
    Settled(
        "droit et différends",
        ("governing_law", "court", "amicable_period"),
        "le droit, le règlement amiable et le tribunal",
        change=("governing_law", "droit français"),
    ),
)

# Provisions whose absence has a rule of its own, which says more: they are not told twice.
TOLD_ELSEWHERE: dict[str, str] = {
    "access_mandate": "pen-323-1",
    "assignment": "civ-1216-cession",
    "authorised_callers": "callers_missing",
    "confidentiality_duration": "com-l151-1-secret",
    "counting_rules": "unit_without_count",
    "cure_period": "civ-1224-1230-resolution",
    "data_guarantees": "rgpd-28-3",
    "force_majeure_exit": "civ-1218-fm",
    "hardship": "civ-1195-imprevision",
    "hourly_rates": "civ-1165-prix-service",
    "initial_duration": "civ-1210-1215-duree",
    "insured_per_claim": "ass-rc",
    "inventory": "civ-1163-objet",
    "late_rate": "com-l441-10-penalites",
    "liability_cap": "no_liability_cap",
    "log_retention": "civ-preuve",
    "notice_forms": "civ-1231-mise-en-demeure",
    "order_of_precedence": "civ-1119-cg",
    "payment_days": "com-l441-10-delai",
    "provider_insurer": "ass-rc",
    "recovery_fee": "com-l441-10-penalites",
    "security_measures": "rgpd-32",
    "service_hours": "civ-1163-objet",
    "services": "civ-1163-objet",
}


@checks("missing_provision")
def missing_provision(look: Look) -> Iterator[Hit]:
    """One finding for each provision left out, and one for all those of which nothing is known yet."""
    undecided = []
    for provision in PROVISIONS:
        terms = [getattr(look.terms, key) for key in provision.keys]
        if all(_lacks(term, choice=provision.choice) for term in terms):
            yield _hit(provision)
        elif all(term.unknown or _lacks(term, choice=provision.choice) for term in terms):
            undecided.append(provision)
    if undecided:
        yield Hit(
            message=f"Non vérifiable : rien n’est encore répondu sur {french.enumeration([provision.name for provision in undecided])}.",
            terms=tuple(provision.keys[0] for provision in undecided),
            status=Status.NOT_VERIFIABLE,
        )


def _hit(provision: Settled) -> Hit:
    return Hit(
        message=f"Le contrat ne règle pas : {provision.name}. À convenir : {provision.settles}.",
        terms=provision.keys,
        severity=provision.severity,
        change=Change(*provision.change) if provision.change else None,
        remedy=f"Convenir de ce point : {provision.settles}.",
    )


def _lacks(term: Term[Any], *, choice: bool) -> bool:
    """Whether nothing was agreed; where none is a choice, only silence counts."""
    if choice:
        return term.lacking and term.state.value == "absent"
    return term.lacking or (term.stated and term.value == ())
