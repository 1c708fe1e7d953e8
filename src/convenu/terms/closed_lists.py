"""The closed lists of the field: each value with the French words a contract or a page shows for it."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Choice(StrEnum):
    """A value of a closed list and its label in French."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """A member that compares as its value and carries its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class ClientSegment(Choice):
    """The offer chosen for the client; not its legal size."""

    TPE = "tpe", "TPE"
    PME = "pme", "PME"
    ETI = "eti", "ETI"
    GRANDE_ENTREPRISE = "grande_entreprise", "grande entreprise"


class ClientKind(Choice):
    """What the client is in law."""

    COMMERCIAL_COMPANY = "commercial_company", "société commerciale"
    CIVIL_OR_LIBERAL = "civil_or_liberal", "société civile ou profession libérale"
    ASSOCIATION = "association", "association"
    NON_PROFESSIONAL = "non_professional", "non-professionnel"
    PUBLIC = "public", "personne publique"
    CONSUMER = "consumer", "consommateur"


class LegalSize(Choice):
    """Size category of loi 2008-776, art. 51."""

    MICRO = "micro", "microentreprise"
    PME = "pme", "PME"
    ETI = "eti", "entreprise de taille intermédiaire"
    GE = "ge", "grande entreprise"


class Sector(Choice):
    """Sectors with rules of their own."""

    FINANCE = "finance", "finance"
    HEALTH = "health", "santé"
    LEGAL = "legal", "professions juridiques"
    ACCOUNTING = "accounting", "expertise comptable"
    INDUSTRY = "industry", "industrie"
    CRITICAL = "critical", "activité critique"
    OTHER = "other", "autre secteur"


class LegalForm(Choice):
    """Legal form of a party."""

    SAS = "sas", "société par actions simplifiée"
    SASU = "sasu", "société par actions simplifiée unipersonnelle"
    SARL = "sarl", "société à responsabilité limitée"
    EURL = "eurl", "entreprise unipersonnelle à responsabilité limitée"
    SA = "sa", "société anonyme"
    SNC = "snc", "société en nom collectif"
    SCS = "scs", "société en commandite simple"
    SCOP = "scop", "société coopérative et participative"
    SCI = "sci", "société civile immobilière"
    SCP = "scp", "société civile professionnelle"
    SELARL = "selarl", "société d’exercice libéral à responsabilité limitée"
    SELAS = "selas", "société d’exercice libéral par actions simplifiée"
    EI = "ei", "entrepreneur individuel"
    ASSOCIATION = "association", "association déclarée"
    GIE = "gie", "groupement d’intérêt économique"
    PUBLIC = "public", "personne morale de droit public"
    OTHER = "other", "autre forme"


class SigningPlace(Choice):
    """Where the contract is signed, which decides on the right of withdrawal."""

    PROVIDER_PREMISES = "provider_premises", "dans les locaux du Prestataire"
    CLIENT_PREMISES = "client_premises", "dans les locaux du Client"
    ELSEWHERE = "elsewhere", "dans un autre lieu, en présence des deux parties"
    DISTANCE = "distance", "à distance"
    AFTER_VISIT = "after_visit", "à distance ou chez le Prestataire, aussitôt après une visite chez le Client"


class SignatureLevel(Choice):
    """How the contract is signed (eIDAS)."""

    HANDWRITTEN = "handwritten", "signature manuscrite"
    SIMPLE = "simple", "signature électronique simple"
    ADVANCED = "advanced", "signature électronique avancée"
    QUALIFIED = "qualified", "signature électronique qualifiée"


class Adhesion(Choice):
    """Whether the client could negotiate."""

    TEMPLATE = "template", "modèle non négocié"
    MIXED = "mixed", "modèle en partie négocié"
    NEGOTIATED = "negotiated", "contrat négocié"


class CriticalFunction(Choice):
    """What a financial client said in writing of the function that the services support; nobody says it in its place."""

    CRITICAL = "critical", "déclarée critique ou importante par le Client, par écrit"
    NOT_CRITICAL = "not_critical", "déclarée ni critique ni importante par le Client, par écrit"


class HdsActivity(Choice):
    """The activities that a host of health data is certified for (CSP, art. R. 1111-9)."""

    SITES = "sites", "sites physiques"
    HARDWARE = "hardware", "infrastructure matérielle"
    VIRTUAL = "virtual", "infrastructure virtuelle"
    PLATFORM = "platform", "plateforme d’hébergement d’applications"
    ADMINISTRATION = "administration", "administration et exploitation du système d’information"
    BACKUP = "backup", "sauvegarde externalisée"


class PublicBuyer(Choice):
    """Kinds of public buyers, which pay within delays of their own (CCP, art. R. 2192-10 and R. 2192-11)."""

    AUTHORITY = "authority", "État, collectivité ou établissement public"
    HOSPITAL = "hospital", "établissement public de santé"
    COMPANY = "company", "entreprise publique"


class DocumentRank(Choice):
    """Documents that may make up the contract, for the order of precedence."""

    MARKET = "market_documents", "les pièces du marché public"
    AMENDMENTS = "amendments", "les avenants, le plus récent primant"
    DEVIATIONS = "deviations", "le tableau des écarts au cadre du Client"
    SPECIAL_TERMS = "special_terms", "la fiche des conditions particulières"
    DATA_ANNEX = "data_annex", "l’annexe relative aux données personnelles, pour ce qui les concerne"
    ANNEXES = "annexes", "les autres annexes"
    GENERAL_TERMS = "general_terms", "les articles du présent contrat"
    ACCEPTED_QUOTE = "accepted_quote", "les devis acceptés"
    CLIENT_TERMS = "client_terms", "les conditions d’achat du Client"


class AssetClass(Choice):
    """What is under contract, by kind."""

    WORKSTATION = "workstation", "postes de travail"
    SHARED_WORKSTATION = "shared_workstation", "postes partagés"
    SERVER = "server", "serveurs"
    NETWORK_DEVICE = "network_device", "équipements réseau"
    STORAGE = "storage", "stockage (NAS)"
    PRINTER = "printer", "imprimantes et traceurs"
    MOBILE = "mobile", "téléphones et tablettes"
    CLOUD_TENANT = "cloud_tenant", "environnements en ligne"
    HOSTED_SERVICE = "hosted_service", "services hébergés"
    INDUSTRIAL = "industrial", "machines et automates"
    OTHER = "other", "autres équipements"


class CoverStatus(Choice):
    """What the contract does with an asset or an application."""

    COVERED = "covered", "couvert"
    REPAIR_EXCLUDED = "repair_excluded", "couvert, sauf réparation"
    DEROGATION = "derogation", "couvert par dérogation"
    EXCLUDED = "excluded", "exclu"


class DutyNature(Choice):
    """What a duty promises: diligence or a result."""

    MOYENS = "moyens", "obligation de moyens"
    MOYENS_RENFORCES = "moyens_renforces", "obligation de moyens renforcée"
    RESULTAT = "resultat", "obligation de résultat"


class HolidayZone(Choice):
    """Whose public holidays close a calendar (C. trav., art. L. 3133-1, L. 3134-13 and L. 3422-2)."""

    FR = "FR", "jours fériés légaux exclus"
    ALSACE_MOSELLE = "FR-ALSACE-MOSELLE", "jours fériés légaux d’Alsace-Moselle exclus"
    GUADELOUPE = "FR-GP", "jours fériés légaux de la Guadeloupe exclus"
    MARTINIQUE = "FR-MQ", "jours fériés légaux de la Martinique exclus"
    GUYANE = "FR-GF", "jours fériés légaux de la Guyane exclus"
    REUNION = "FR-RE", "jours fériés légaux de La Réunion exclus"
    MAYOTTE = "FR-YT", "jours fériés légaux de Mayotte exclus"
    SAINT_BARTHELEMY = "FR-BL", "jours fériés légaux de Saint-Barthélemy exclus"
    SAINT_MARTIN = "FR-MF", "jours fériés légaux de Saint-Martin exclus"
    NONE = "none", "jours fériés compris"


class UserKind(Choice):
    """Kinds of users that a price grid tells apart."""

    FULL = "full_user", "utilisateur complet"
    FRONTLINE = "frontline_user", "utilisateur léger"
    SHARED_MAILBOX = "shared_mailbox", "boîte partagée"


class RenewalMode(Choice):
    """What happens at the end of a period."""

    TACIT = "tacit", "reconduction tacite"
    EXPRESS = "express", "reconduction expresse"
    OPEN_ENDED = "open_ended", "durée indéterminée"


class NoticeForm(Choice):
    """Forms in which a notice is good."""

    REGISTERED_LETTER = "registered_letter", "lettre recommandée avec avis de réception"
    ELECTRONIC_REGISTERED = "electronic_registered", "lettre recommandée électronique"
    PORTAL_RECEIPT = "portal_receipt", "dépôt sur le portail avec accusé de réception daté"
    EMAIL_ACKNOWLEDGED = "email_acknowledged", "courriel dont la réception est confirmée"


class ChannelKind(Choice):
    """Ways to call the support desk."""

    PORTAL = "portal", "portail"
    EMAIL = "email", "courriel"
    PHONE = "phone", "téléphone"
    ON_CALL_PHONE = "on_call_phone", "téléphone d’astreinte"
    MONITORING = "monitoring", "alerte de supervision"
    CHAT = "chat", "messagerie instantanée"


class CallerRight(Choice):
    """What a named person of the client may ask for."""

    TICKET = "ticket", "ouvrir un ticket"
    ORDER = "order", "commander et accepter un devis"
    ACCOUNTS = "accounts", "demander la création, le retrait ou la modification d’un accès"
    SECURITY = "security", "décider en cas d’incident de sécurité"
    PRIORITY = "priority", "contester une priorité"


class OnCall(Choice):
    """What is covered outside the service hours."""

    NONE = "no_on_call", "aucune astreinte"
    P1 = "p1", "les Incidents P1, à toute heure"
    PER_SERVICE = "per_service", "les services désignés, à toute heure"


class PriorityDecider(Choice):
    """Who decides on the priority of an incident."""

    PROVIDER_CONTESTABLE = "provider_contestable", "le Prestataire, sous contestation motivée du Client"
    PROVIDER_ALONE = "provider_alone", "le Prestataire seul"
    CLIENT = "client", "le Client"


class PauseReason(Choice):
    """The closed list of reasons that stop a service clock."""

    CLIENT_ANSWER = "client_answer", "attente d’une information, d’une validation, d’un accès ou d’une présence que doit le Client"
    CLIENT_REQUEST = "client_request", "report ou gel demandé par le Client"
    SUPPLIER = "supplier", "attente d’un fournisseur que le Prestataire n’a pas choisi, dès l’escalade enregistrée et suivie"
    MAINTENANCE_WINDOW = "maintenance_window", "fenêtre de maintenance annoncée dans les délais"
    SITE_CLOSED = "site_closed", "site fermé ou intervention dangereuse"
    FORCE_MAJEURE = "force_majeure", "force majeure"
    SPARE_PART = "spare_part", "attente d’une pièce détachée"
    OPEN_LIST = "open_list", "tout autre motif apprécié par le Prestataire"


class ClientReply(Choice):
    """Which reply of the client ends a pause that waited for it."""

    COMPLETE = "complete", "le Client répond ce qui lui est demandé"
    ANY = "any", "le Client répond, même en partie"


class CreditClaim(Choice):
    """How a service credit is obtained."""

    AUTOMATIC = "automatic", "portés sans demande sur la facture suivante"
    ON_CLAIM = "on_claim", "accordés à la demande du Client"


class CreditEffect(Choice):
    """What a service credit leaves of the other remedies."""

    DEDUCTED = "deducted", "s’imputent sur les dommages et intérêts éventuels"
    SOLE_REMEDY = "sole_remedy", "constituent la seule réparation"


class Frequency(Choice):
    """How often a task comes back."""

    DAILY = "daily", "chaque jour ouvré"
    WEEKLY = "weekly", "chaque semaine"
    FORTNIGHTLY = "fortnightly", "toutes les deux semaines"
    MONTHLY = "monthly", "chaque mois"
    QUARTERLY = "quarterly", "chaque trimestre"
    HALF_YEARLY = "half_yearly", "chaque semestre"
    YEARLY = "yearly", "chaque année"
    ON_EVENT = "on_event", "à chaque cas"

    @property
    def per_year(self) -> int:
        """How many times a year; 0 when an event decides."""
        return {"daily": 250, "weekly": 52, "fortnightly": 26, "monthly": 12, "quarterly": 4, "half_yearly": 2, "yearly": 1}.get(
            self.value, 0
        )


class WeekOfMonth(Choice):
    """Which of a month's Mondays, Tuesdays... is meant."""

    FIRST = "first", "le premier"
    SECOND = "second", "le deuxième"
    THIRD = "third", "le troisième"
    FOURTH = "fourth", "le quatrième"
    LAST = "last", "le dernier"


class TaskKind(Choice):
    """What a preventive task is about, so that a rule can find it."""

    PATCH_WORKSTATION = "patch_workstation", "correctifs des postes"
    PATCH_SERVER = "patch_server", "correctifs des serveurs"
    EMERGENCY_PATCH = "emergency_patch", "correctif d’une faille exploitée"
    BACKUP_CHECK = "backup_check", "contrôle des sauvegardes"
    RESTORE_TEST = "restore_test", "test de restauration de fichiers et de messagerie"
    FULL_RESTORE_TEST = "full_restore_test", "test de restauration d’un serveur entier"
    EDR_CHECK = "edr_check", "santé de la protection des postes et serveurs"
    CERTIFICATES = "certificates", "certificats et noms de domaine"
    CAPACITY = "capacity", "capacités et seuils"
    FIRMWARE = "firmware", "micrologiciels"
    NETWORK_CONFIG_BACKUP = "network_config_backup", "sauvegarde des configurations réseau"
    INVENTORY = "inventory", "rapprochement de l’inventaire"
    ACCOUNTS_REVIEW = "accounts_review", "revue des comptes et de l’authentification"
    SECRETS_ROTATION = "secrets_rotation", "renouvellement des secrets"
    LIFECYCLE = "lifecycle", "garanties et fins de support"
    AWARENESS = "awareness", "sensibilisation des utilisateurs"
    OTHER = "other", "autre tâche"


class ToolKind(Choice):
    """Tools a managed service runs on."""

    RMM = "rmm", "supervision et gestion à distance (RMM)"
    PSA = "psa", "gestion des tickets (PSA)"
    MONITORING = "monitoring", "supervision de disponibilité"
    EDR = "edr", "protection des postes et serveurs (EDR)"
    BACKUP = "backup", "sauvegarde"
    MAIL_FILTER = "mail_filter", "filtrage de la messagerie"
    VAULT = "vault", "coffre de secrets"
    DOCUMENTATION = "documentation", "documentation"
    REMOTE_CONTROL = "remote_control", "prise en main à distance"


class Owner(Choice):
    """Which side holds a licence, an account or a task."""

    PROVIDER = "provider", "le Prestataire"
    CLIENT = "client", "le Client"
    THIRD_PARTY = "third_party", "un tiers"


class BillingUnit(Choice):
    """What a price line counts."""

    FULL_USER = "full_user", "utilisateur complet"
    FRONTLINE_USER = "frontline_user", "utilisateur léger"
    SHARED_MAILBOX = "shared_mailbox", "boîte partagée"
    WORKSTATION = "workstation", "poste"
    SHARED_WORKSTATION = "shared_workstation", "poste partagé"
    SERVER = "server", "serveur"
    NETWORK_DEVICE = "network_device", "équipement réseau"
    SITE = "site", "site"
    BACKUP_VOLUME = "backup_volume", "To sauvegardé"
    MAILBOX = "mailbox", "boîte sauvegardée"
    ENDPOINT = "endpoint", "équipement protégé"
    FLAT = "flat", "forfait"


class Tiering(Choice):
    """How the steps of a price are read."""

    GRADUATED = "graduated", "chaque unité au prix de sa tranche"
    VOLUME = "volume", "toutes les unités au prix de la tranche atteinte"


class CountRounding(Choice):
    """How a count becomes whole units."""

    UP = "up", "à l’unité supérieure"
    DOWN = "down", "à l’unité inférieure"
    NEAREST = "nearest", "à l’unité la plus proche"


class BillingRhythm(Choice):
    """When the recurring fee is invoiced."""

    MONTHLY_AHEAD = "monthly_ahead", "chaque mois, d’avance"
    MONTHLY_AFTER = "monthly_after", "chaque mois, à terme échu"
    QUARTERLY_AHEAD = "quarterly_ahead", "chaque trimestre, d’avance"
    QUARTERLY_AFTER = "quarterly_after", "chaque trimestre, à terme échu"
    YEARLY_AHEAD = "yearly_ahead", "chaque année, d’avance"


class PaymentStart(Choice):
    """From which day the payment term runs."""

    INVOICE_DATE = "invoice_date", "la date d’émission de la facture"
    END_OF_MONTH = "end_of_month", "la fin du mois de la facture"
    END_OF_MONTH_UNSPECIFIED = "end_of_month_unspecified", "« fin de mois », sans dire si le mois précède ou suit le délai"
    RECEIPT = "receipt", "la réception de la facture"
    VALIDATION = "validation", "la validation de la facture par le Client"
    SERVICE_DONE = "service_done", "l’exécution de la prestation"


class PaymentMethod(Choice):
    """How an invoice is paid."""

    DIRECT_DEBIT = "direct_debit", "prélèvement SEPA"
    TRANSFER = "transfer", "virement"
    CHEQUE = "cheque", "chèque"


class LateRateKind(Choice):
    """Which rate late payments bear (C. com., art. L. 441-10)."""

    ECB_PLUS = "ecb_plus", "taux de refinancement de la BCE majoré"
    LEGAL_MULTIPLE = "legal_multiple", "multiple du taux d’intérêt légal"
    FIXED = "fixed", "taux fixe"


class PriceIndex(Choice):
    """Indexes met in service contracts."""

    SYNTEC_REVISED = "syntec_revised", "indice Syntec révisé"
    SYNTEC_OLD = "syntec_old", "indice Syntec (ancienne série)"
    ICHT_IME = "icht_ime", "indice ICHT-IME"
    SMIC = "smic", "SMIC"
    CPI = "cpi", "indice des prix à la consommation"
    PUBLISHED_RATE = "fixed_rate", "pourcentage fixe"
    OTHER = "other", "autre indice"


class IndexDirection(Choice):
    """In which directions the price may follow the index."""

    BOTH = "both", "à la hausse comme à la baisse"
    UP_ONLY = "up_only", "à la hausse seulement"


class IndexBase(Choice):
    """Which base value each revision divides by."""

    MOVING = "moving", "la valeur retenue à la révision précédente"
    FIXED_ON_INITIAL_PRICE = "fixed_on_initial_price", "la valeur d’origine, appliquée au prix d’origine"
    FIXED_ON_REVISED_PRICE = "fixed_on_revised_price", "la valeur d’origine, appliquée au prix déjà révisé"


class PriceChange(Choice):
    """Whether the provider may change prices outside the index."""

    AGREED_ONLY = "agreed_only", "seulement par avenant signé"
    NOTICE_AND_EXIT = "notice_and_exit", "par notification préalable, le Client pouvant alors partir sans frais"
    UNILATERAL = "unilateral", "par décision du Prestataire"


class CapKind(Choice):
    """How a liability cap is computed."""

    MONTHS_OF_FEES = "months_of_fees", "nombre de mois de redevances"
    PERCENT_OF_YEAR = "percent_of_year", "part des redevances annuelles"
    FIXED_AMOUNT = "fixed_amount", "montant fixe"


class CarveOut(Choice):
    """What no cap limits."""

    WILFUL_MISCONDUCT = "wilful_misconduct", "la faute intentionnelle ou dolosive"
    GROSS_NEGLIGENCE = "gross_negligence", "la faute lourde"
    BODILY_INJURY = "bodily_injury", "les dommages corporels"
    FRAUD = "fraud", "la fraude"
    MANDATORY_LAW = "mandatory_law", "ce que la loi interdit de limiter"
    FEES_DUE = "fees_due", "les sommes dues au titre du prix"


class Damage(Choice):
    """Kinds of loss a contract repairs or leaves out."""

    DATA_RECONSTRUCTION = "data_reconstruction", "la reconstitution ou la ressaisie des données"
    RESTORATION = "restoration", "la restauration des systèmes"
    REPLACEMENT_PROVIDER = "replacement_provider", "le surcoût d’un prestataire de remplacement"
    EXPERT_COSTS = "expert_costs", "les frais d’expertise"
    NOTIFICATION_COSTS = "notification_costs", "les frais de notification d’une violation de données"
    LOST_PROFIT = "lost_profit", "la perte de bénéfice ou de marge"
    LOST_CUSTOMERS = "lost_customers", "la perte de clientèle"
    IMAGE = "image", "l’atteinte à l’image"
    LOST_OPPORTUNITY = "lost_opportunity", "la perte de chance commerciale"
    THIRD_PARTY_CLAIMS = "third_party_claims", "les réclamations de tiers sans lien avec une faute du Prestataire"
    DATA_LOSS = "data_loss", "la perte de données"


class ClaimsStart(Choice):
    """From when the time to claim runs."""

    KNOWLEDGE = "knowledge", "le jour où la Partie a connu ou aurait dû connaître le fait"
    EVENT = "event", "le jour du fait"


class Hardship(Choice):
    """What an unforeseeable change of circumstances allows (C. civ., art. 1195)."""

    TALKS_THEN_EXIT = "talks_then_exit", "renégociation, puis sortie avec préavis"
    LAW = "law", "application de l’article 1195 du Code civil"
    WAIVED = "waived", "chaque partie accepte ce risque"


class LinkedRule(Choice):
    """How linked contracts live together."""

    MAPPED = "mapped", "contrats liés, recensés et alignés"
    DECLARED_INDEPENDENT = "declared_independent", "contrats déclarés indépendants"


class Dpo(Choice):
    """The eight guarantees of RGPD art. 28(3), by their letter."""

    INSTRUCTIONS = "a", "traiter sur instruction documentée, transferts compris"
    STAFF_CONFIDENTIALITY = "b", "engager le personnel à la confidentialité"
    SECURITY = "c", "appliquer les mesures de sécurité de l’article 32"
    SUB_PROCESSORS = "d", "respecter les conditions de recours aux sous-traitants ultérieurs"
    RIGHTS_HELP = "e", "aider à répondre aux demandes des personnes"
    COMPLIANCE_HELP = "f", "aider au respect des articles 32 à 36"
    RETURN_OR_DELETE = "g", "supprimer ou restituer les données au choix du responsable"
    PROOF_AND_AUDIT = "h", "prouver la conformité, permettre les audits et signaler une instruction illicite"


class Reference(Choice):
    """Whether the provider may name the client as a reference."""

    NO = "no", "interdit"
    WITH_CONSENT = "with_consent", "avec accord écrit préalable"
    FREE = "free", "libre"


class AssignmentRule(Choice):
    """Who may transfer the contract."""

    MUTUAL_CONSENT = "mutual_consent", "chaque partie avec l’accord écrit de l’autre"
    PROVIDER_FREE = "provider_free", "le Prestataire librement, le Client non"
    FREE = "free", "chaque partie librement"


class SubcontractingRule(Choice):
    """On what condition the provider may subcontract."""

    LISTED_ACCEPTED = "listed_accepted", "sous-traitants nommés et acceptés par le Client"
    PRIOR_CONSENT = "prior_consent", "accord préalable pour chaque sous-traitant"
    FREE = "free", "librement"
    FORBIDDEN = "forbidden", "interdit"


class VigilanceSide(Choice):
    """Who hands over the papers that prove declared work (C. trav., art. L. 8222-1 and D. 8222-5)."""

    PROVIDER = "provider", "le Prestataire"
    CHAIN = "chain", "le Prestataire, pour lui et ses sous-traitants"
    BOTH = "both", "chaque Partie, pour elle et ses sous-traitants"


class CourtKind(Choice):
    """Kinds of courts a clause may name."""

    COMMERCIAL = "commercial", "tribunal de commerce"
    TAE = "tae", "tribunal des activités économiques"
    JUDICIAL = "judicial", "tribunal judiciaire"
    UNSPECIFIED = "unspecified", "tribunal (sans précision)"
    NO_CLAUSE = "no_clause", "aucune clause de compétence"


class AdviceAnswer(Choice):
    """What the client answered to a piece of advice."""

    ACCEPTED = "accepted", "acceptée"
    REFUSED = "refused", "refusée"
    UNANSWERED = "unanswered", "sans réponse"


class ContractPart(Choice):
    """Parts of a provision that a real contract may hold or lack, beyond values."""

    INSOLVENCY_TERMINATION = "insolvency_termination", "résiliation de plein droit à l’ouverture d’une procédure collective"
    TOTAL_SECURITY = "total_security", "garantie de sécurité totale ou d’absence d’interruption"
    UNLIMITED_SERVICE = "unlimited_service", "prestations dites illimitées"
    ONLINE_TERMS = "online_terms", "conditions ou tarifs en ligne, tels que mis à jour"
    NO_REFUND = "no_refund", "aucun remboursement quelle que soit la cause de la fin"
    EXCLUSIVE_FAULT_ONLY = "exclusive_fault_only", "responsabilité limitée aux faits exclusivement imputables"
    THIRD_PARTY_INCLUDES_SUBCONTRACTORS = "third_party_includes_subcontractors", "faits des sous-traitants traités comme ceux d’un tiers"
    IRREBUTTABLE_LOGS = "irrebuttable_logs", "journaux du Prestataire seuls admis en preuve"
    ADVICE_WAIVER = "advice_waiver", "renonciation au devoir de conseil"
    REMAINING_FEES_ON_EXIT = "remaining_fees_on_exit", "totalité des redevances restantes due en cas de départ"
    FORCE_MAJEURE_HARDSHIP = "force_majeure_hardship", "force majeure étendue à une exécution devenue plus coûteuse"
    MOST_FAVOURED_CLIENT = "most_favoured_client", "alignement automatique sur les conditions du client le plus favorisé"
    RETROACTIVE_DISCOUNT = "retroactive_discount", "remises accordées rétroactivement"
    MUTUAL_NO_HIRE = "mutual_no_hire", "non-embauche réciproque et générale entre prestataires"
    OWN_STRIKE_FORCE_MAJEURE = "own_strike_force_majeure", "grève ou sous-traitant du Prestataire traités en force majeure"
