"""How the contract is formed: advice, documents, powers, object, change of its terms, contracts that live together."""

from __future__ import annotations

from collections.abc import Iterator

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules import changes
from convenu.agreement.rules.aspects import each_aspect
from convenu.agreement.rules.stipulations import lifting
from convenu.terms.closed_lists import AdviceAnswer, ClientKind, ContractPart, DocumentRank, LinkedRule, PriceChange
from convenu.terms.contract import label_of
from convenu.terms.values import Advice
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change, Severity

_USUAL_ORDER = (
    DocumentRank.AMENDMENTS,
    DocumentRank.DATA_ANNEX,
    DocumentRank.SPECIAL_TERMS,
    DocumentRank.ANNEXES,
    DocumentRank.GENERAL_TERMS,
)


@checks("civ-1103-1104-1193")
def change_by_one_side(look: Look) -> Iterator[Hit]:
    """What was agreed changes by mutual consent, or with a notice and a free exit."""
    if known(look.terms.price_change) is PriceChange.UNILATERAL:
        yield Hit(
            title="Prix changé par le seul Prestataire",
            message="Le Prestataire peut changer le prix par sa seule décision, sans accord ni départ du Client.",
            terms=("price_change",),
            change=Change("price_change", "notice_and_exit"),
        )


@checks("civ-1112-1-conseil")
def advice(look: Look) -> Iterator[Hit]:
    """Advice cannot be signed away, is written down, and warns first of all about backups."""
    yield from each_aspect(look, _waiver, _register, _backups_warned_about)


def _waiver(look: Look) -> Iterator[Hit]:
    _, change = lifting(look, ContractPart.ADVICE_WAIVER)
    if change is not None:
        yield Hit(
            message="Le contrat écarte le devoir de conseil, qu’aucune stipulation ne peut exclure.",
            terms=("special_stipulations",),
            change=change,
            remedy="Retirer la renonciation et tenir un registre des recommandations.",
        )


def _register(look: Look) -> Iterator[Hit]:
    entries = known(look.terms.advice_register)
    if not entries:
        yield Hit(
            message="Aucune recommandation n’est consignée : en cas de litige, le Prestataire devrait prouver autrement ses conseils.",
            terms=("advice_register",),
            severity=Severity.MEDIUM,
        )
        return
    waiting = [entry.subject for entry in entries if entry.answer is AdviceAnswer.UNANSWERED]
    if waiting:
        yield Hit(
            message=f"Le Client n’a pas répondu à : {french.enumeration(waiting)}.",
            terms=("advice_register",),
            remedy="Relancer le Client par écrit et consigner sa réponse.",
            severity=Severity.LOW,
        )


def _backups_warned_about(look: Look) -> Iterator[Hit]:
    backups = known(look.terms.backups) or ()
    if any(backup.offline_copy for backup in backups):
        return
    said = [entry for entry in known(look.terms.advice_register) or () if _speaks_of_backups(entry)]
    if any(entry.answer is AdviceAnswer.REFUSED for entry in said):
        yield Hit(
            message="Aucune copie de sauvegarde hors ligne ; le Client l’a refusée et ce refus est consigné.",
            terms=("backups", "advice_register"),
            remedy="Faire signer le refus et le revoir à l’échéance prévue.",
            severity=Severity.LOW,
        )
    elif not said:
        yield Hit(
            message="Aucune copie de sauvegarde hors ligne, et aucune recommandation ne signale ce risque au Client.",
            terms=("backups", "advice_register"),
            remedy="Recommander par écrit une copie hors ligne et consigner la réponse du Client.",
        )


def _speaks_of_backups(entry: Advice) -> bool:
    return "sauvegarde" in entry.subject.casefold()


@checks("civ-1119-cg")
def documents_in_conflict(look: Look) -> Iterator[Hit]:
    """Which document prevails is said, the client's own terms included, and no document changes by itself online."""
    yield from each_aspect(look, _precedence, _client_terms, _online_terms)


def _precedence(look: Look) -> Iterator[Hit]:
    if not known(look.terms.order_of_precedence):
        yield Hit(
            title="Rang des documents non fixé",
            message="Aucun ordre de priorité n’est fixé entre les documents du contrat.",
            terms=("order_of_precedence",),
            change=changes.words("order_of_precedence", _order(look)),
        )


def _client_terms(look: Look) -> Iterator[Hit]:
    order = known(look.terms.order_of_precedence) or ()
    if known(look.terms.client_paper) and order and DocumentRank.CLIENT_TERMS not in order:
        yield Hit(
            title="Rang des conditions d’achat non fixé",
            message="Le Client impose ses conditions d’achat et leur rang n’est pas fixé : les clauses contraires se neutraliseraient.",
            terms=("order_of_precedence", "client_paper"),
            change=changes.words("order_of_precedence", (*order, DocumentRank.CLIENT_TERMS)),
        )


def _order(look: Look) -> tuple[DocumentRank, ...]:
    return (*_USUAL_ORDER, DocumentRank.CLIENT_TERMS) if look.terms.client_paper.value else _USUAL_ORDER


def _online_terms(look: Look) -> Iterator[Hit]:
    _, change = lifting(look, ContractPart.ONLINE_TERMS)
    if change is not None:
        yield Hit(
            title="Conditions ou tarifs en ligne qui changent seuls",
            message="Des conditions ou des tarifs en ligne, « tels que mis à jour », font partie du contrat : "
            "le Client ne les a ni reçus ni acceptés dans leur version future.",
            terms=("special_stipulations",),
            change=change,
            remedy="Annexer la version datée en vigueur à la signature.",
        )


@checks("civ-1128-pouvoir")
def who_signs(look: Look) -> Iterator[Hit]:
    """Each side is identified, and so is the person who signs for it."""
    signatures = (
        look.terms.provider_siren,
        look.terms.provider_signatory,
        look.terms.provider_signatory_quality,
        look.terms.client_signatory,
        look.terms.client_signatory_quality,
    )
    lacking = [term.key for term in signatures if known(term) is None]
    registered = look.terms.client_kind.value not in (ClientKind.CONSUMER, ClientKind.NON_PROFESSIONAL, ClientKind.ASSOCIATION)
    if registered and known(look.terms.client_siren) is None:
        lacking.append("client_siren")
    if lacking:
        labels = french.enumeration([f"« {label_of(key)} »" for key in lacking])
        yield Hit(message=f"Le contrat ne dit pas qui s’engage, ni en quelle qualité : il manque {labels}.", terms=tuple(lacking))


@checks("civ-1163-objet")
def object_of_the_contract(look: Look) -> Iterator[Hit]:
    """What is done, on what, and when: the service must be determined from the contract."""
    yield from each_aspect(look, _services, _inventory, _hours)


def _services(look: Look) -> Iterator[Hit]:
    if not known(look.terms.services):
        yield Hit(message="Aucun service n’est décrit : l’objet du contrat n’est pas déterminé.", terms=("services",))


def _inventory(look: Look) -> Iterator[Hit]:
    if not known(look.terms.inventory):
        yield Hit(
            message="Aucun inventaire n’est joint : on ne sait pas sur quels équipements portent les services.",
            terms=("inventory",),
            remedy="Annexer l’inventaire des équipements et des logiciels couverts.",
        )


def _hours(look: Look) -> Iterator[Hit]:
    if not known(look.terms.service_hours):
        yield Hit(
            message="Aucune plage de service n’est indiquée : les heures où le service est dû ne sont pas déterminées.",
            terms=("service_hours",),
            remedy="Indiquer les jours et les heures de service.",
            severity=Severity.MEDIUM,
        )


@checks("civ-1186-1187-ensemble")
def linked_contracts(look: Look) -> Iterator[Hit]:
    """Contracts made for one operation are listed and aligned; to declare them independent does not make them so."""
    if not known(look.terms.linked_contracts):
        return
    rule = known(look.terms.linked_contracts_rule)
    if rule is LinkedRule.DECLARED_INDEPENDENT:
        yield Hit(
            message="Des contrats liés sont déclarés indépendants : la fin de l’un risque d’entraîner les autres malgré cette clause.",
            terms=("linked_contracts_rule",),
            change=Change("linked_contracts_rule", "mapped"),
        )
    elif rule is None:
        yield Hit(
            message="Le sort des contrats liés n’est pas réglé : on ne sait pas ce qu’ils deviennent si l’un d’eux prend fin.",
            terms=("linked_contracts_rule",),
            change=Change("linked_contracts_rule", "mapped"),
            severity=Severity.MEDIUM,
        )


@checks("civ-1375-1379")
def copy_of_the_contract(look: Look) -> Iterator[Hit]:
    """Each party to an electronic contract holds a copy on a durable medium, or has access to it."""
    if known(look.terms.client_email) is None:
        yield Hit(
            message="Le contrat se signe par voie électronique et aucune adresse ne permet de remettre au Client son exemplaire.",
            terms=("client_email",),
        )
