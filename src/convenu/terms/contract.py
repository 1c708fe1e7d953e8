"""The terms of one managed-services contract: the hub that its words and its running are made from.

A term's title is its French label; its group is the section of the interview and of the summary where it stands.
The order of the fields is the order of every file written.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from convenu.terms import closed_lists as lists
from convenu.terms import values
from convenu.terms.states import UNKNOWN, Term
from convenu.terms.values import Count, Day, Email, Line, Siren, VatNumber
from convenu.vocabulary.span import Span

GROUPS: dict[str, str] = {
    "contract": "Contrat",
    "parties": "Parties",
    "sector": "Secteur du Client",
    "needs": "Besoins et conseils",
    "perimeter": "Périmètre et inventaire",
    "takeover": "Prise en charge",
    "duration": "Durée",
    "support": "Assistance et horaires",
    "service_levels": "Niveaux de service",
    "maintenance": "Maintenance",
    "backup": "Sauvegarde et reprise",
    "tools": "Outils",
    "security": "Sécurité",
    "client": "Obligations du Client",
    "third_parties": "Tiers et matériel",
    "price": "Prix",
    "payment": "Facturation et paiement",
    "data": "Données personnelles",
    "rights": "Confidentialité, propriété, équipes",
    "liability": "Responsabilité",
    "governance": "Pilotage",
    "exit": "Fin du contrat",
    "disputes": "Preuve et litiges",
}

Years = Annotated[int, Field(ge=0, le=100, strict=True)]


@cache
def _unanswered(key: str) -> Term[Any]:
    """The open point of a term that nobody spoke of: the same for every contract."""
    return UNKNOWN.model_copy(update={"key": key})


def _term(title: str, group: str, *, blocks_signature: bool = False) -> Any:
    return Field(default=UNKNOWN, title=title, json_schema_extra={"group": group, "blocks_signature": blocks_signature})


class Terms(BaseModel):
    """Every term of a contract; one not given is unknown, that is an open point."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="Termes d’un contrat de services managés")

    # Contrat
    client_segment: Term[lists.ClientSegment] = _term("Segment de l’offre", "contract")
    contract_reference: Term[Line] = _term("Référence du contrat", "contract")
    signature_date: Term[Day] = _term("Date de signature", "contract")
    signing_place: Term[lists.SigningPlace] = _term("Lieu de signature", "contract")
    object_outside_main_activity: Term[bool] = _term("Objet étranger à l’activité principale du Client", "contract")
    withdrawal_kit: Term[bool] = _term("Information et formulaire de rétractation remis au Client", "contract")
    signature_level: Term[lists.SignatureLevel] = _term("Niveau de signature", "contract")
    adhesion: Term[lists.Adhesion] = _term("Négociation du contrat", "contract")
    client_paper: Term[bool] = _term("Conditions d’achat imposées par le Client", "contract")
    client_frame: Term[Line] = _term("Contrat-cadre du Client", "contract")
    relationship_years: Term[Years] = _term("Ancienneté de la relation (années)", "contract")
    order_of_precedence: Term[tuple[lists.DocumentRank, ...]] = _term("Ordre de priorité des documents", "contract")
    deviations: Term[tuple[values.Deviation, ...]] = _term("Écarts au cadre du Client", "contract")
    special_stipulations: Term[tuple[lists.ContractPart, ...]] = _term("Stipulations particulières", "contract")
    clause_wordings: Term[tuple[values.ClauseWording, ...]] = _term("Rédactions choisies", "contract")

    # Parties
    provider_name: Term[Line] = _term("Dénomination du Prestataire", "parties", blocks_signature=True)
    provider_legal_form: Term[lists.LegalForm] = _term("Forme juridique du Prestataire", "parties")
    provider_capital: Term[values.Amount] = _term("Capital du Prestataire", "parties")
    provider_siren: Term[Siren] = _term("SIREN du Prestataire", "parties", blocks_signature=True)
    provider_rcs_city: Term[Line] = _term("Greffe du Prestataire", "parties")
    provider_vat_number: Term[VatNumber] = _term("Numéro de TVA du Prestataire", "parties")
    provider_address: Term[values.Address] = _term("Siège du Prestataire", "parties")
    provider_signatory: Term[Line] = _term("Signataire du Prestataire", "parties", blocks_signature=True)
    provider_signatory_quality: Term[Line] = _term("Qualité du signataire du Prestataire", "parties", blocks_signature=True)
    provider_email: Term[Email] = _term("Courriel du Prestataire", "parties")
    provider_headcount: Term[Count] = _term("Effectif du Prestataire", "parties")
    provider_legal_size: Term[lists.LegalSize] = _term("Taille légale du Prestataire", "parties")
    client_name: Term[Line] = _term("Dénomination du Client", "parties", blocks_signature=True)
    client_kind: Term[lists.ClientKind] = _term("Nature du Client", "parties", blocks_signature=True)
    client_legal_form: Term[lists.LegalForm] = _term("Forme juridique du Client", "parties")
    client_capital: Term[values.Amount] = _term("Capital du Client", "parties")
    client_siren: Term[Siren] = _term("SIREN du Client", "parties", blocks_signature=True)
    client_rcs_city: Term[Line] = _term("Greffe du Client", "parties")
    client_vat_number: Term[VatNumber] = _term("Numéro de TVA du Client", "parties")
    client_address: Term[values.Address] = _term("Siège du Client", "parties")
    client_signatory: Term[Line] = _term("Signataire du Client", "parties", blocks_signature=True)
    client_signatory_quality: Term[Line] = _term("Qualité du signataire du Client", "parties", blocks_signature=True)
    client_email: Term[Email] = _term("Courriel du Client", "parties")
    client_headcount: Term[Count] = _term("Effectif du Client à la signature", "parties", blocks_signature=True)
    client_turnover: Term[values.Amount] = _term("Chiffre d’affaires du Client", "parties")
    client_balance_sheet: Term[values.Amount] = _term("Total du bilan du Client", "parties")
    client_group: Term[Line] = _term("Groupe du Client", "parties")
    client_legal_size: Term[lists.LegalSize] = _term("Taille légale du Client", "parties")
    client_sector: Term[lists.Sector] = _term("Secteur du Client", "parties")
    client_main_activity: Term[Line] = _term("Activité principale du Client", "parties")

    # Secteur du Client
    critical_function: Term[lists.CriticalFunction] = _term("Fonction soutenue", "sector")
    critical_function_date: Term[Day] = _term("Écrit du Client sur cette fonction", "sector")
    client_lei: Term[values.Lei] = _term("Identifiant LEI du Client", "sector")
    location_notice: Term[Span] = _term("Annonce d’un changement de pays", "sector")
    incident_help_rate: Term[values.Amount] = _term("Prix horaire de l’aide en cas d’incident informatique", "sector")
    resilience_training_days: Term[Count] = _term("Jours de formation à la résilience par an", "sector")
    delivery_risk_notice: Term[Span] = _term("Alerte sur un fait qui menace les Services", "sector")
    penetration_test_notice: Term[Span] = _term("Annonce d’un test d’intrusion", "sector")
    transition_period: Term[values.CalendarSpan] = _term("Transition obligatoire d’une fonction critique", "sector")
    hds_activities: Term[tuple[lists.HdsActivity, ...]] = _term("Activités du certificat d’hébergeur", "sector")
    hds_certificate_end: Term[Day] = _term("Fin du certificat d’hébergeur", "sector")
    hds_certified_host: Term[Line] = _term("Hébergeur certifié proposé", "sector")
    hds_indicators: Term[tuple[Line, ...]] = _term("Indicateurs de qualité de l’hébergement de santé", "sector")
    health_incident_contact: Term[values.Contact] = _term("Contact du Client pour un incident sur des données de santé", "sector")
    public_buyer: Term[lists.PublicBuyer] = _term("Catégorie d’acheteur public", "sector")
    market_reference: Term[Line] = _term("Référence du marché public", "sector")
    ccag_tic: Term[bool] = _term("CCAG-TIC visé par le marché", "sector")
    chorus_service_code: Term[Line] = _term("Code de service Chorus Pro", "sector")
    professional_body: Term[Line] = _term("Ordre ou chambre du Client", "sector")
    signatory_decision: Term[Line] = _term("Décision qui autorise le signataire du Client", "sector")
    volunteer_accounts: Term[Count] = _term("Comptes de bénévoles et d’élus", "sector")
    nis2_ready: Term[bool] = _term("Préparation à NIS 2", "sector")
    early_warning: Term[Span] = _term("Première alerte d’un incident important", "sector")
    supply_chain_measures: Term[tuple[Line, ...]] = _term("Mesures de la chaîne d’approvisionnement", "sector")
    exportable_data: Term[tuple[Line, ...]] = _term("Données et actifs exportables", "sector")
    unexportable_data: Term[tuple[Line, ...]] = _term("Données internes au service, non exportables", "sector")
    hosting_jurisdiction: Term[Line] = _term("Droit applicable aux équipements d’hébergement", "sector")
    production_stops: Term[tuple[values.Freeze, ...]] = _term("Arrêts de production", "sector")
    critical_spares: Term[tuple[Line, ...]] = _term("Pièces de rechange tenues prêtes", "sector")
    safety_plan: Term[Line] = _term("Plan de prévention", "sector")

    # Besoins et conseils
    critical_services: Term[tuple[values.CriticalService, ...]] = _term("Services critiques", "needs")
    downtime_cost: Term[values.Amount] = _term("Coût d’une heure d’arrêt", "needs")
    client_constraints: Term[tuple[Line, ...]] = _term("Contraintes dites par le Client", "needs")
    advice_register: Term[tuple[values.Advice, ...]] = _term("Recommandations faites", "needs")
    advice_answer_delay: Term[Span] = _term("Délai de réponse à une recommandation", "needs")
    advice_review_frequency: Term[lists.Frequency] = _term("Revue des recommandations", "needs")

    # Périmètre et inventaire
    sites: Term[tuple[values.Site, ...]] = _term("Sites", "perimeter")
    services: Term[tuple[values.Service, ...]] = _term("Services souscrits", "perimeter")
    users: Term[tuple[values.UserCount, ...]] = _term("Utilisateurs", "perimeter")
    inventory: Term[tuple[values.AssetLine, ...]] = _term("Inventaire", "perimeter")
    applications: Term[tuple[values.Application, ...]] = _term("Applications", "perimeter")
    not_entrusted: Term[tuple[Line, ...]] = _term("Ce que le Client garde", "perimeter")
    online_accounts: Term[tuple[values.OnlineAccount, ...]] = _term("Noms de domaine et environnements en ligne", "perimeter")
    approved_publishers: Term[tuple[Line, ...]] = _term("Éditeurs reconnus", "perimeter")
    approved_makers: Term[tuple[Line, ...]] = _term("Fabricants reconnus", "perimeter")
    update_age_limit: Term[Span] = _term("Ancienneté maximale de la dernière mise à jour d’un éditeur", "perimeter")
    orientation_time: Term[Span] = _term("Orientation incluse pour un logiciel exclu", "perimeter")
    derogations: Term[tuple[values.Derogation, ...]] = _term("Dérogations", "perimeter")
    derogation_limit: Term[values.CalendarSpan] = _term("Durée maximale d’une dérogation", "perimeter")
    excluded_causes: Term[tuple[Line, ...]] = _term("Causes exclues", "perimeter")
    outside_cause_included_time: Term[Span] = _term("Temps inclus quand la cause vient d’ailleurs", "perimeter")
    own_change_guarantee: Term[Span] = _term("Reprise gratuite après une intervention", "perimeter")
    industrial_scope: Term[Line] = _term("Frontière avec la production", "perimeter")
    personal_devices: Term[Line] = _term("Appareils personnels et télétravail", "perimeter")
    project_hours: Term[Count] = _term("Seuil d’un projet (heures)", "perimeter")
    project_assets: Term[Count] = _term("Seuil d’un projet (équipements)", "perimeter")
    quote_delay: Term[Span] = _term("Délai de remise d’un devis", "perimeter")
    quote_validity: Term[Span] = _term("Validité d’un devis", "perimeter")
    small_request_limit: Term[Span] = _term("Durée d’une petite demande incluse", "perimeter")
    arrivals_quota: Term[Count] = _term("Arrivées et départs inclus par mois", "perimeter")
    preapproved_amount: Term[values.Amount] = _term("Montant accepté par courriel, par ticket", "perimeter")

    # Prise en charge
    takeover_duration: Term[Span] = _term("Durée de l’état des lieux", "takeover")
    observation_period: Term[values.CalendarSpan] = _term("Période d’observation", "takeover")
    takeover_tolerance: Term[values.Share] = _term("Écart d’inventaire admis à la prise en charge", "takeover")
    prerequisites: Term[tuple[values.Prerequisite, ...]] = _term("Prérequis", "takeover")
    previous_provider: Term[Line] = _term("Prestataire précédent", "takeover")

    # Durée
    effective_date: Term[Day] = _term("Date d’effet", "duration", blocks_signature=True)
    initial_duration: Term[values.CalendarSpan] = _term("Durée initiale", "duration", blocks_signature=True)
    renewal_mode: Term[lists.RenewalMode] = _term("Reconduction", "duration")
    renewal_duration: Term[values.CalendarSpan] = _term("Durée de chaque reconduction", "duration")
    notice_period: Term[values.CalendarSpan] = _term("Préavis du Client", "duration", blocks_signature=True)
    provider_notice_period: Term[values.CalendarSpan] = _term("Préavis du Prestataire", "duration")
    notice_forms: Term[tuple[lists.NoticeForm, ...]] = _term("Formes du préavis", "duration")
    renewal_reminder: Term[values.CalendarSpan] = _term("Rappel avant la date limite de préavis", "duration")
    renewal_articles_reproduced: Term[bool] = _term("Articles L. 215-1 à L. 215-3 et L. 241-3 reproduits", "duration")

    # Assistance et horaires
    support_channels: Term[tuple[values.Channel, ...]] = _term("Canaux d’assistance", "support")
    support_levels: Term[tuple[values.SupportLevel, ...]] = _term("Niveaux d’assistance", "support")
    support_languages: Term[tuple[Line, ...]] = _term("Langues de l’assistance", "support")
    standard_requests: Term[tuple[values.StandardRequest, ...]] = _term("Demandes courantes", "support")
    escalation_contact: Term[values.Contact] = _term("Contact d’escalade", "support")
    escalation_steps: Term[tuple[values.EscalationStep, ...]] = _term("Escalade d’un ticket", "support")
    authorised_callers: Term[tuple[values.Caller, ...]] = _term("Demandeurs habilités", "support")
    caller_update_delay: Term[Span] = _term("Mise à jour de la liste des demandeurs", "support")
    priority_people: Term[Count] = _term("Personnes prioritaires", "support")
    priority_list: Term[tuple[Line, ...]] = _term("Liste des personnes prioritaires", "support")
    service_hours: Term[tuple[values.ServiceCalendar, ...]] = _term("Plages de service", "support", blocks_signature=True)
    provider_closing: Term[Line] = _term("Fermetures annuelles du Prestataire", "support")
    closing_notice: Term[Span] = _term("Annonce d’une fermeture", "support")
    on_call: Term[lists.OnCall] = _term("Astreinte", "support")
    on_call_services: Term[tuple[Line, ...]] = _term("Services sous astreinte", "support")
    on_call_number: Term[Line] = _term("Numéro d’astreinte", "support")
    on_call_team_size: Term[Count] = _term("Techniciens dans le roulement d’astreinte", "support")
    on_call_fee: Term[values.Amount] = _term("Redevance mensuelle d’astreinte", "support")
    on_call_included_calls: Term[Count] = _term("Appels d’astreinte inclus par mois", "support")
    onsite_visits: Term[Count] = _term("Visites sur site incluses par an", "support")
    travel_zone: Term[Count] = _term("Zone de déplacement gratuit (km)", "support")
    travel_fee: Term[values.Amount] = _term("Déplacement hors zone", "support")
    onsite_arrival_time: Term[Span] = _term("Délai d’arrivée sur site", "support")
    onsite_distance: Term[Count] = _term("Distance du technicien le plus proche (km)", "support")

    # Niveaux de service
    priority_matrix: Term[values.PriorityMatrix] = _term("Matrice des priorités", "service_levels")
    priority_team_size: Term[Count] = _term("Utilisateurs touchés pour un impact d’équipe", "service_levels")
    priority_decider: Term[lists.PriorityDecider] = _term("Qui fixe la priorité", "service_levels")
    priority_dispute_delay: Term[Span] = _term("Examen d’un désaccord sur une priorité", "service_levels")
    acknowledgement_time: Term[values.PrioritySpans] = _term("Accusé de réception", "service_levels")
    response_time: Term[values.PrioritySpans] = _term("Prise en charge", "service_levels")
    workaround_time: Term[values.PrioritySpans] = _term("Contournement", "service_levels")
    restoration_time: Term[values.PrioritySpans] = _term("Rétablissement", "service_levels")
    restoration_nature: Term[lists.DutyNature] = _term("Nature de l’engagement de rétablissement", "service_levels")
    result_services: Term[tuple[Line, ...]] = _term("Services rétablis en obligation de résultat", "service_levels")
    request_time: Term[Span] = _term("Délai des demandes", "service_levels")
    update_time: Term[Span] = _term("Silence le plus long envers l’appelant", "service_levels")
    attainment_target: Term[values.PriorityPercents] = _term("Part des tickets à tenir", "service_levels")
    minimum_sample: Term[values.Sample] = _term("Échantillon minimal", "service_levels")
    clock_pauses: Term[tuple[lists.PauseReason, ...]] = _term("Motifs de suspension du décompte", "service_levels")
    client_reply: Term[lists.ClientReply] = _term("Réponse du Client qui met fin à une suspension", "service_levels")
    reminder_days: Term[tuple[Count, ...]] = _term("Relances du Client (jours ouvrés)", "service_levels")
    silent_reopening: Term[Span] = _term("Réouverture d’un ticket clos sans réponse", "service_levels")
    same_symptom_reopening: Term[Span] = _term("Réouverture pour le même symptôme", "service_levels")
    upgrade_time_left: Term[Span] = _term("Temps minimal laissé après un relèvement de priorité", "service_levels")
    availability: Term[tuple[values.AvailabilityTarget, ...]] = _term("Disponibilité", "service_levels")
    report_frequency: Term[lists.Frequency] = _term("Rapport de service", "service_levels")
    report_day: Term[Count] = _term("Jour de remise du rapport", "service_levels")
    report_contest: Term[Span] = _term("Contestation du rapport", "service_levels")
    service_credit_steps: Term[tuple[values.CreditStep, ...]] = _term("Avoirs de service", "service_levels")
    service_credit_cap: Term[values.Share] = _term("Plafond mensuel des avoirs", "service_levels")
    service_credit_claim: Term[lists.CreditClaim] = _term("Octroi des avoirs", "service_levels")
    service_credit_claim_delay: Term[Span] = _term("Délai pour demander un avoir", "service_levels")
    service_credit_effect: Term[lists.CreditEffect] = _term("Effet des avoirs", "service_levels")
    service_credit_without_notice: Term[bool] = _term("Avoirs dus sans mise en demeure", "service_levels")
    chronic_failure: Term[values.ChronicFailure] = _term("Défaillance répétée", "service_levels")
    chronic_failure_exit_delay: Term[values.CalendarSpan] = _term("Délai pour partir après une défaillance répétée", "service_levels")

    # Maintenance
    maintenance_windows: Term[tuple[values.MaintenanceWindow, ...]] = _term("Fenêtres de maintenance", "maintenance")
    maintenance_notice: Term[Span] = _term("Annonce d’une maintenance", "maintenance")
    window_postponement: Term[Span] = _term("Report d’une fenêtre refusée", "maintenance")
    emergency_window_notice: Term[Span] = _term("Annonce d’une maintenance urgente", "maintenance")
    change_freezes: Term[tuple[values.Freeze, ...]] = _term("Périodes de gel", "maintenance")
    preventive_tasks: Term[tuple[values.PreventiveTask, ...]] = _term("Tâches préventives", "maintenance")
    emergency_patch_delay: Term[Span] = _term("Correctif d’une faille exploitée", "maintenance")
    server_patch_delay: Term[Span] = _term("Correctifs des serveurs", "maintenance")
    workstation_patch_delay: Term[Span] = _term("Correctifs des postes", "maintenance")
    patch_rollback_delay: Term[Span] = _term("Retour arrière d’un correctif", "maintenance")
    change_notice: Term[Span] = _term("Annonce d’un changement par le Client", "maintenance")
    change_look_back: Term[Span] = _term("Période d’imputation d’un changement", "maintenance")

    # Sauvegarde et reprise
    backups: Term[tuple[values.Backup, ...]] = _term("Sauvegardes", "backup")
    rpo: Term[Span] = _term("Perte de données admise (RPO)", "backup")
    rto: Term[Span] = _term("Durée de reprise visée (RTO)", "backup")
    backup_volume: Term[Count] = _term("Volume source protégé (To)", "backup")
    restore_rate: Term[Count] = _term("Débit de restauration mesuré (Go/h)", "backup")
    failed_backup_repair: Term[Span] = _term("Reprise d’une sauvegarde en échec", "backup")
    restores_included: Term[Count] = _term("Restaurations incluses par mois", "backup")
    disaster_recovery: Term[Line] = _term("Plan de reprise d’activité", "backup")
    disaster_recovery_test: Term[lists.Frequency] = _term("Test du plan de reprise", "backup")
    disaster_recovery_scenarios: Term[tuple[values.RecoveryScenario, ...]] = _term("Scénarios de reprise", "backup")
    recovery_classes: Term[tuple[values.RecoveryClass, ...]] = _term("Classes de reprise", "backup")

    # Outils
    tools: Term[tuple[values.Tool, ...]] = _term("Outils", "tools")
    tool_change_notice: Term[Span] = _term("Annonce d’un changement d’outil", "tools")
    agent_removal_delay: Term[Span] = _term("Retrait des agents en fin de contrat", "tools")
    access_mandate: Term[tuple[Line, ...]] = _term("Mandat d’accès", "tools")
    staff_informed_by_client: Term[bool] = _term("Information du personnel par le Client", "tools")
    ai_uses: Term[tuple[values.AiUse, ...]] = _term("Usages de l’intelligence artificielle", "tools")

    # Sécurité
    security_measures: Term[tuple[Line, ...]] = _term("Mesures de sécurité du Prestataire", "security")
    security_plan_topics: Term[tuple[values.SecurityTopic, ...]] = _term("Plan d’assurance sécurité", "security")
    security_tests: Term[tuple[values.SecurityTest, ...]] = _term("Contrôles de sécurité programmés", "security")
    security_certificates: Term[tuple[values.SecurityCertificate, ...]] = _term("Certificats de sécurité du Prestataire", "security")
    security_first_hours: Term[Span] = _term("Premières mesures incluses", "security")
    evidence_retention: Term[Span] = _term("Conservation des preuves d’incident", "security")
    security_contact: Term[values.Contact] = _term("Contact de crise", "security")
    client_cyber_insurance: Term[Line] = _term("Assurance cyber du Client", "security")

    # Obligations du Client
    client_contact: Term[values.Contact] = _term("Interlocuteur du Client", "client")
    client_deputy: Term[values.Contact] = _term("Suppléant de l’interlocuteur", "client")
    client_answer_delay: Term[Span] = _term("Délai de réponse du Client", "client")
    leaver_notice: Term[Span] = _term("Annonce d’un départ", "client")
    move_notice: Term[Span] = _term("Annonce d’un déménagement", "client")
    lost_time_allowance: Term[Span] = _term("Temps perdu admis par le Prestataire", "client")

    # Tiers et matériel
    licences: Term[tuple[values.Licence, ...]] = _term("Licences et services de tiers", "third_parties")
    linked_contracts: Term[tuple[values.LinkedContract, ...]] = _term("Contrats liés", "third_parties")
    linked_contracts_rule: Term[lists.LinkedRule] = _term("Sort des contrats liés", "third_parties")
    supplier_price_notice: Term[Span] = _term("Annonce d’une hausse d’un tiers", "third_parties")
    cloud_sold: Term[bool] = _term("Services en ligne revendus", "third_parties")
    telecom_sold: Term[bool] = _term("Téléphonie ou Internet vendus", "third_parties")
    telecom_waiver: Term[bool] = _term("Renonciation expresse du Client aux règles des communications électroniques", "third_parties")
    equipment_sold: Term[bool] = _term("Matériel vendu", "third_parties")
    faulty_delivery_delay: Term[Span] = _term("Échange d’un matériel défaillant à la livraison", "third_parties")
    equipment_on_loan: Term[tuple[Line, ...]] = _term("Matériel du Prestataire sur site", "third_parties")
    loan_return_delay: Term[Span] = _term("Restitution du matériel du Prestataire", "third_parties")

    # Prix
    price_lines: Term[tuple[values.PriceLine, ...]] = _term("Grille tarifaire", "price", blocks_signature=True)
    discounts: Term[tuple[values.Discount, ...]] = _term("Remises", "price")
    setup_fee: Term[values.Amount] = _term("Frais de mise en service", "price")
    setup_instalments: Term[tuple[values.SetupInstalment, ...]] = _term("Échéances des frais de mise en service", "price")
    minimum_fee: Term[values.Amount] = _term("Minimum mensuel", "price")
    hourly_rates: Term[tuple[values.HourlyRate, ...]] = _term("Taux horaires hors forfait", "price")
    uplifts: Term[tuple[values.Uplift, ...]] = _term("Majorations hors plage", "price")
    hour_pack: Term[values.HourPack] = _term("Carnet d’heures", "price")
    day_bank: Term[values.DayBank] = _term("Réserve de jours", "price")
    work_catalogue: Term[tuple[values.CatalogueItem, ...]] = _term("Catalogue de prestations", "price")
    billing_step: Term[Span] = _term("Pas de facturation", "price")
    minimum_billed_time: Term[Span] = _term("Minimum facturé", "price")
    counting_rules: Term[tuple[values.CountingRule, ...]] = _term("Règles de décompte", "price")
    count_day: Term[Line] = _term("Jour du décompte", "price")
    true_up_frequency: Term[lists.Frequency] = _term("Régularisation des quantités", "price")
    true_up_tolerance_share: Term[values.Share] = _term("Tolérance de régularisation", "price")
    true_up_tolerance_units: Term[Count] = _term("Tolérance de régularisation (unités)", "price")
    quantity_floor: Term[values.Share] = _term("Quantité plancher", "price")
    count_contest: Term[Span] = _term("Contestation du décompte", "price")
    count_correction_limit: Term[Span] = _term("Correction d’un décompte", "price")
    price_index: Term[lists.PriceIndex] = _term("Indice de révision", "price")
    index_base_month: Term[Day] = _term("Mois de la valeur d’origine de l’indice", "price")
    index_base_value: Term[values.IndexValue] = _term("Valeur d’origine de l’indice", "price")
    index_base: Term[lists.IndexBase] = _term("Base de chaque révision", "price")
    index_direction: Term[lists.IndexDirection] = _term("Sens de la révision", "price")
    index_first_revision: Term[Day] = _term("Première révision", "price")
    index_cap: Term[values.Rate] = _term("Plafond annuel de révision", "price")
    index_floor: Term[values.Rate] = _term("Plancher annuel de révision", "price")
    index_notice: Term[Span] = _term("Annonce de la révision", "price")
    price_change: Term[lists.PriceChange] = _term("Changement de prix hors indice", "price")
    price_change_notice: Term[values.CalendarSpan] = _term("Annonce d’un changement de prix", "price")

    # Facturation et paiement
    billing_rhythm: Term[lists.BillingRhythm] = _term("Rythme de facturation", "payment")
    payment_days: Term[Span] = _term("Délai de paiement", "payment", blocks_signature=True)
    payment_start: Term[lists.PaymentStart] = _term("Point de départ du délai de paiement", "payment")
    periodic_invoice: Term[bool] = _term("Facture périodique regroupant plusieurs prestations", "payment")
    payment_method: Term[lists.PaymentMethod] = _term("Moyen de paiement", "payment")
    purchase_order: Term[bool] = _term("Numéro de commande exigé", "payment")
    client_invoicing_platform: Term[Line] = _term("Plateforme de facturation du Client", "payment")
    electronic_invoicing: Term[bool] = _term("Factures émises par plateforme agréée", "payment")
    invoice_contest: Term[Span] = _term("Contestation d’une facture", "payment")
    late_rate: Term[values.LateRate] = _term("Taux des pénalités de retard", "payment")
    recovery_fee: Term[values.Amount] = _term("Indemnité de recouvrement", "payment")
    suspension_threshold: Term[Count] = _term("Factures impayées avant suspension", "payment")
    suspension_notice: Term[Span] = _term("Mise en demeure avant suspension", "payment")
    suspension_meeting: Term[bool] = _term("Réunion des directions avant une suspension", "payment")
    suspension_spares: Term[tuple[Line, ...]] = _term("Services jamais suspendus", "payment")
    suspension_restart: Term[Span] = _term("Reprise après paiement", "payment")

    # Données personnelles
    personal_data: Term[bool] = _term("Données personnelles traitées pour le Client", "data")
    processings: Term[tuple[values.Processing, ...]] = _term("Traitements confiés", "data")
    client_data_contact: Term[values.Contact] = _term("Contact du Client pour les données personnelles", "data")
    provider_data_contact: Term[values.Contact] = _term("Contact du Prestataire pour les données personnelles", "data")
    data_guarantees: Term[tuple[lists.Dpo, ...]] = _term("Garanties de l’article 28 du RGPD", "data")
    health_data: Term[bool] = _term("Données de santé", "data")
    hds_certificate: Term[Line] = _term("Certificat d’hébergeur de données de santé", "data")
    breach_notice: Term[Span] = _term("Alerte en cas de violation de données", "data")
    rights_request_delay: Term[Span] = _term("Transmission d’une demande de personne", "data")
    data_help_days: Term[Count] = _term("Jours d’aide inclus par an", "data")
    sub_processors: Term[tuple[values.SubProcessor, ...]] = _term("Sous-traitants ultérieurs", "data")
    sub_processor_notice: Term[Span] = _term("Annonce et objection sur un sous-traitant ultérieur", "data")

    # Confidentialité, propriété, équipes
    confidentiality_duration: Term[values.CalendarSpan] = _term("Durée de la confidentialité", "rights")
    reference_use: Term[lists.Reference] = _term("Citation en référence", "rights")
    documentation_delay: Term[Span] = _term("Mise à jour de la documentation", "rights")
    subcontracting: Term[lists.SubcontractingRule] = _term("Sous-traitance", "rights")
    subcontractors: Term[tuple[values.Subcontractor, ...]] = _term("Sous-traitants", "rights")
    vigilance_frequency: Term[lists.Frequency] = _term("Documents de vigilance", "rights")
    vigilance_side: Term[lists.VigilanceSide] = _term("Qui remet les documents de vigilance", "rights")
    code_of_conduct: Term[Line] = _term("Code de conduite du Client", "rights")
    non_solicitation: Term[values.CalendarSpan] = _term("Non-sollicitation", "rights")
    non_solicitation_salary_months: Term[Count] = _term("Indemnité de non-sollicitation (mois de salaire)", "rights")

    # Responsabilité
    liability_cap: Term[values.LiabilityCap] = _term("Plafond de responsabilité", "liability", blocks_signature=True)
    data_liability_share: Term[values.Rate] = _term("Plafond propre aux données, en part du plafond", "liability")
    cap_carve_outs: Term[tuple[lists.CarveOut, ...]] = _term("Hors plafond", "liability")
    repaired_damage: Term[tuple[lists.Damage, ...]] = _term("Préjudices réparés", "liability")
    excluded_damage: Term[tuple[lists.Damage, ...]] = _term("Préjudices exclus", "liability")
    replacement_period: Term[Span] = _term("Durée du surcoût de remplacement réparé", "liability")
    claims_period: Term[values.CalendarSpan] = _term("Délai de réclamation", "liability")
    claims_start: Term[lists.ClaimsStart] = _term("Point de départ du délai de réclamation", "liability")
    provider_insurer: Term[Line] = _term("Assureur du Prestataire", "liability")
    insured_per_claim: Term[values.Amount] = _term("Montant assuré par sinistre", "liability")
    insured_cyber: Term[values.Amount] = _term("Montant assuré, risque cyber", "liability")
    insurance_deductible: Term[values.Amount] = _term("Franchise d’assurance", "liability")
    force_majeure_notice: Term[Span] = _term("Annonce d’une force majeure", "liability")
    force_majeure_exit: Term[values.CalendarSpan] = _term("Sortie pour force majeure", "liability")
    hardship: Term[lists.Hardship] = _term("Imprévision", "liability")
    hardship_talks: Term[Span] = _term("Durée de la renégociation", "liability")
    hardship_exit_notice: Term[values.CalendarSpan] = _term("Préavis après renégociation", "liability")

    # Pilotage
    meeting_frequency: Term[lists.Frequency] = _term("Réunion de pilotage", "governance")
    committees: Term[tuple[values.Committee, ...]] = _term("Comités", "governance")
    minutes_delay: Term[Span] = _term("Compte rendu de réunion", "governance")
    audit_frequency: Term[lists.Frequency] = _term("Audit par le Client", "governance")
    audit_notice: Term[Span] = _term("Annonce d’un audit", "governance")
    audit_days: Term[Count] = _term("Jours d’audit sur place", "governance")
    benchmarking: Term[values.Benchmark] = _term("Étalonnage des prix", "governance")
    step_in: Term[values.StepIn] = _term("Substitution du Client", "governance")

    # Fin du contrat
    cure_period: Term[values.CalendarSpan] = _term("Délai pour remédier à un manquement", "exit", blocks_signature=True)
    early_exit_from: Term[values.CalendarSpan] = _term("Départ anticipé possible après", "exit")
    exit_fee_steps: Term[tuple[values.ExitFeeStep, ...]] = _term("Indemnité de départ anticipé", "exit")
    switching_notice: Term[Span] = _term("Préavis de changement de fournisseur d’un service en ligne", "exit")
    switching_fee: Term[values.Amount] = _term("Frais de changement de fournisseur d’un service en ligne", "exit")
    exit_assistance: Term[values.CalendarSpan] = _term("Assistance à la sortie", "exit")
    exit_free_hours: Term[Count] = _term("Heures de sortie incluses", "exit")
    exit_plan_delay: Term[values.CalendarSpan] = _term("Remise du plan de réversibilité", "exit")
    exit_plan_test: Term[lists.Frequency] = _term("Test du plan de réversibilité", "exit")
    exit_phases: Term[tuple[values.ExitPhase, ...]] = _term("Phases du projet de réversibilité", "exit")
    exit_project_price: Term[values.Amount] = _term("Prix du projet de réversibilité", "exit")
    handover_delay: Term[Span] = _term("Remise des accès", "exit")
    handover_condition: Term[Line] = _term("Condition mise à la remise des accès et des données", "exit")
    return_formats: Term[tuple[Line, ...]] = _term("Formats de restitution", "exit")
    deletion_delay: Term[values.CalendarSpan] = _term("Suppression des données", "exit")
    deletion_proof_delay: Term[Span] = _term("Attestation de suppression", "exit")
    assignment: Term[lists.AssignmentRule] = _term("Cession du contrat", "exit")
    assignment_answer_delay: Term[Span] = _term("Réponse à une demande de cession", "exit")

    # Preuve et litiges
    log_retention: Term[Span] = _term("Conservation des journaux", "disputes")
    law_change_talks: Term[Span] = _term("Discussion après un changement de loi", "disputes")
    amicable_period: Term[Span] = _term("Règlement amiable", "disputes")
    mediation_period: Term[Span] = _term("Médiation", "disputes")
    governing_law: Term[Line] = _term("Droit applicable", "disputes")
    court: Term[values.Court] = _term("Tribunal", "disputes")

    @model_validator(mode="after")
    def _name_each_term(self) -> Self:
        for name in type(self).model_fields:
            term = getattr(self, name)
            if term is UNKNOWN:
                self.__dict__[name] = _unanswered(name)
            elif term.key != name:
                self.__dict__[name] = term.model_copy(update={"key": name})
        return self

    def term(self, key: str) -> Term[Any]:
        """The term of that key; a key that no contract has raises."""
        found: Term[Any] | None = self.__dict__.get(key)
        if found is None:
            raise KeyError(f"no term is called {key!r}. The terms are the fields of {type(self).__name__}.")
        return found

    def replace(self, **changes: Any) -> Terms:
        """The same terms with some values changed; each change may be a plain value, a long form or a Term."""
        unknown = sorted(set(changes) - set(type(self).model_fields))
        if unknown:
            raise KeyError(f"no term is called {unknown[0]!r}. The terms are the fields of {type(self).__name__}.")
        read = Terms.model_validate(changes)
        return self.model_copy(update={name: read.term(name) for name in changes})


TERM_KEYS: tuple[str, ...] = tuple(Terms.model_fields)

__all__ = ["GROUPS", "TERM_KEYS", "Terms", "group_of", "label_of", "stops_signature"]


def label_of(key: str) -> str:
    """The French label of a term."""
    return Terms.model_fields[key].title or key


def group_of(key: str) -> str:
    """The group a term stands in."""
    return str(_extra(key)["group"])


def stops_signature(key: str) -> bool:
    """Whether the contract may not be signed while this term is unknown."""
    return bool(_extra(key)["blocks_signature"])


def _extra(key: str) -> dict[str, Any]:
    extra = Terms.model_fields[key].json_schema_extra
    return extra if isinstance(extra, dict) else {}
