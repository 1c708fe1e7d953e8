"""What the clauses of a sector need to hold: certificates, market documents, written decisions, production stops, texts not yet law."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules.aspects import Aspect, each_aspect
from convenu.terms.closed_lists import DocumentRank, PriceChange
from convenu.terms.contract import label_of
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change, Severity

# Read in small letters; it begins with plain ones, so that a long text is searched fast.
_NIS2 = re.compile(r"nis(?<!\wnis)\s?2\b")
_IN_FORCE = re.compile(r"\b(?:en vigueur|transposée?|applicable|obligations?|impose|imposées?|conforme|conformité)\b", re.IGNORECASE)
_NOT_IN_FORCE = re.compile(r"n[’']est pas|pas encore|non transpos|sans être transpos|préparation|volontaire", re.IGNORECASE)
_PREPARATION = "nis2_annex"
_CRITICAL_NEEDS = ("critical_function_date", "restoration_time", "disaster_recovery_test", "delivery_risk_notice", "transition_period")


@checks("critical_function_unmet")
def critical_function(look: Look) -> Iterator[Hit]:
    """A function that the client called critical in writing has its figures, its tests, its warnings and its transition."""
    yield from each_aspect(look, *(_stated(key) for key in _CRITICAL_NEEDS))


def _stated(key: str) -> Aspect:
    def aspect(look: Look) -> Iterator[Hit]:
        if known(getattr(look.terms, key)) is None:
            yield Hit(message=f"Le Client dit la fonction critique ou importante, et « {label_of(key)} » n’est pas convenu.", terms=(key,))

    return aspect


@checks("hds_certificate_scope")
def certificate_scope(look: Look) -> Iterator[Hit]:
    """A host's certificate names its activities, and lasts longer than the first day of the contract."""
    yield from each_aspect(look, _activities, _certificate_end)


def _activities(look: Look) -> Iterator[Hit]:
    if not known(look.terms.hds_activities):
        yield Hit(
            message="Un certificat d’hébergeur est indiqué sans les activités qu’il couvre.",
            terms=("hds_activities",),
            severity=Severity.HIGH,
        )


def _certificate_end(look: Look) -> Iterator[Hit]:
    end, start = known(look.terms.hds_certificate_end), known(look.terms.effective_date)
    if end is None:
        yield Hit(message="La fin du certificat d’hébergeur n’est pas indiquée.", terms=("hds_certificate_end",), severity=Severity.HIGH)
    elif start is not None and end <= start:
        yield Hit(
            message=f"Le certificat d’hébergeur finit le {french.day(end)}, et le contrat commence le {french.day(start)}.",
            terms=("hds_certificate_end", "effective_date"),
        )


@checks("health_client_without_data")
def health_client(look: Look) -> Iterator[Hit]:
    """A client who gives care and says that no health data is entrusted is asked once more."""
    if known(look.terms.health_data) is not True:
        yield Hit(
            message="Le Client est un acteur de santé, et le contrat dit qu’aucune donnée de santé n’est confiée.", terms=("health_data",)
        )


@checks("market_documents_first")
def market_documents(look: Look) -> Iterator[Hit]:
    """With a public buyer, the documents of the market stand first."""
    order = known(look.terms.order_of_precedence) or ()
    if order[:1] != (DocumentRank.MARKET,):
        kept = [rank.value for rank in order if rank is not DocumentRank.MARKET]
        yield Hit(
            message="Les pièces du marché public ne sont pas au premier rang des documents du contrat.",
            terms=("order_of_precedence",),
            change=Change("order_of_precedence", [DocumentRank.MARKET.value, *kept]),
        )


@checks("public_price_change")
def public_price(look: Look) -> Iterator[Hit]:
    """The price of a public contract changes by its revision clause or by an amendment, never by a notice."""
    change = known(look.terms.price_change)
    if change in (PriceChange.NOTICE_AND_EXIT, PriceChange.UNILATERAL):
        yield Hit(
            message=f"Le prix d’un marché public change ici {change.label} : il risque de ne pas s’appliquer.",
            terms=("price_change",),
            change=Change("price_change", PriceChange.AGREED_ONLY.value),
        )


@checks("switching_list_missing")
def exportable_list(look: Look) -> Iterator[Hit]:
    """What the client of an online service may take away is listed."""
    if not known(look.terms.exportable_data):
        yield Hit(
            message="Les données et les actifs qu’emporte le Client d’un service en ligne ne sont pas listés.", terms=("exportable_data",)
        )


@checks("nis2_said_in_force")
def nis2_in_force(look: Look) -> Iterator[Hit]:
    """A text that says that NIS 2 binds in France says more than the law of the day."""
    for section in look.text.sections() if look.text else ():
        if section.clause == _PREPARATION:
            continue
        if not _NIS2.search(section.small):
            continue
        sentence = next((one for one in _sentences(section.plain) if _says_in_force(one)), None)
        if sentence:
            yield Hit(
                message=f"« {section.title} » présente NIS 2 comme un droit applicable en France : « {sentence[:160].strip()} ».",
                terms=(),
                clause=section.clause,
            )


def _says_in_force(sentence: str) -> bool:
    return bool(_NIS2.search(sentence.lower()) and _IN_FORCE.search(sentence) and not _NOT_IN_FORCE.search(sentence))


def _sentences(text: str) -> Iterator[str]:
    yield from re.split(r"(?<=[.!?])\s+|\n", text)


@checks("production_without_stops")
def production_stops(look: Look) -> Iterator[Hit]:
    """Where the work reaches the production, days are planned when it may stop."""
    if not known(look.terms.production_stops):
        yield Hit(
            message="Les Services touchent la production, et aucun jour d’arrêt n’est planifié : chaque intervention attendra un accord.",
            terms=("production_stops",),
        )


@checks("power_without_decision")
def power_without_decision(look: Look) -> Iterator[Hit]:
    """Who signs for an association, a co-ownership or a public body shows the decision that allows it."""
    if known(look.terms.signatory_decision) is None:
        yield Hit(
            message="Aucune décision de l’organe compétent n’appuie la signature du Client : elle risque de ne pas l’engager.",
            terms=("signatory_decision",),
        )
