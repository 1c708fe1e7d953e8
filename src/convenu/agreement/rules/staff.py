"""People: no poaching, employees told of the tools, access authorised, subcontractors accepted, documents of vigilance."""

from __future__ import annotations

from collections.abc import Iterator

from convenu.agreement.derived import yearly_fee
from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules.aspects import each_aspect
from convenu.terms.closed_lists import Frequency, SubcontractingRule, ToolKind
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change, Severity

# Practice drawn from decisions, not law: a year after the end, and about a year's pay.
LONGEST_NON_SOLICITATION = 12
# Months up to which a length beyond the usual one is a small matter.
LONG_NON_SOLICITATION = 18
HIGHEST_INDEMNITY = 12
_WATCHING = (ToolKind.RMM, ToolKind.REMOTE_CONTROL, ToolKind.MONITORING, ToolKind.EDR)


@checks("trav-nonsollicitation")
def non_solicitation(look: Look) -> Iterator[Hit]:
    """A promise not to hire the other's people is bounded in time and amount."""
    yield from each_aspect(look, _how_long, _how_much)


def _how_long(look: Look) -> Iterator[Hit]:
    length = known(look.terms.non_solicitation)
    if length is not None and length.months() > LONGEST_NON_SOLICITATION:
        yield Hit(
            title="Non-sollicitation longue",
            message=f"La non-sollicitation dure {french.span(length)} après le contrat : sa proportion à l’intérêt protégé est à vérifier.",
            terms=("non_solicitation",),
            change=Change("non_solicitation", f"{LONGEST_NON_SOLICITATION} months"),
            severity=Severity.LOW if length.months() <= LONG_NON_SOLICITATION else None,
        )


def _how_much(look: Look) -> Iterator[Hit]:
    months = known(look.terms.non_solicitation_salary_months)
    if months is not None and months > HIGHEST_INDEMNITY:
        yield Hit(
            title="Indemnité de non-sollicitation élevée",
            message=f"L’indemnité de non-sollicitation ({months} mois de salaire) dépasse un an : le juge peut la réduire.",
            terms=("non_solicitation_salary_months",),
            change=Change("non_solicitation_salary_months", HIGHEST_INDEMNITY),
        )


@checks("trav-controle-rmm")
def employees_told(look: Look) -> Iterator[Hit]:
    """The client tells its employees, and consults their representatives, before tools that watch their work are set up."""
    watching = [tool.kind.label for tool in known(look.terms.tools) or () if tool.kind in _WATCHING]
    if watching and not known(look.terms.staff_informed_by_client):
        yield Hit(
            message=f"Le contrat ne charge personne d’informer les salariés des outils installés : {french.enumeration(watching)}.",
            terms=("staff_informed_by_client",),
            change=Change("staff_informed_by_client", value=True),
        )


@checks("pen-323-1")
def access_mandate(look: Look) -> Iterator[Hit]:
    """Access to the client's systems, scans and calls to its suppliers rest on a written mandate."""
    if not known(look.terms.access_mandate):
        yield Hit(message="Aucun mandat écrit n’autorise l’accès du Prestataire aux systèmes du Client.", terms=("access_mandate",))


@checks("st-1975")
def subcontractors_accepted(look: Look) -> Iterator[Hit]:
    """The client accepts each subcontractor and the terms of its payment."""
    workers, rule = known(look.terms.subcontractors), known(look.terms.subcontracting)
    if rule is SubcontractingRule.FREE or (workers and rule is None):
        said = "Le Prestataire sous-traite librement" if rule else "Des sous-traitants interviennent sans règle d’acceptation"
        yield Hit(
            title="Sous-traitance sans acceptation du Client",
            message=f"{said} : le Client doit accepter chaque sous-traitant et agréer ses conditions de paiement.",
            terms=("subcontracting",),
            change=Change("subcontracting", "listed_accepted"),
        )
    elif workers and rule is SubcontractingRule.FORBIDDEN:
        yield Hit(
            title="Sous-traitants nommés malgré l’interdiction",
            message="La sous-traitance est interdite, mais des sous-traitants sont nommés.",
            terms=("subcontracting", "subcontractors"),
            change=Change("subcontracting", "listed_accepted"),
            severity=Severity.MEDIUM,
        )


@checks("trav-l8222-1-vigilance")
def vigilance_documents(look: Look) -> Iterator[Hit]:
    """From a yearly amount on, the client is handed the provider's social documents at signature and every six months."""
    known(look.terms.price_lines)
    fee, threshold = yearly_fee(look.terms), look.number("vigilance_threshold")
    if fee is None or fee.amount < threshold:
        return
    rhythm, months = known(look.terms.vigilance_frequency), look.number("vigilance_renewal_months")
    if rhythm is None or rhythm.per_year * months < 12:
        said = "Aucune remise de documents de vigilance n’est prévue" if rhythm is None else f"Les documents sont remis {rhythm.label}"
        yield Hit(
            message=f"{said}. Ils sont dus à la signature puis tous les {months} mois à partir de {french.number(threshold)} € HT.",
            terms=("vigilance_frequency",),
            change=Change("vigilance_frequency", Frequency.HALF_YEARLY.value),
        )


@checks("com-l151-1-secret")
def confidentiality(look: Look) -> Iterator[Hit]:
    """A secret is protected when reasonable measures are taken: an undertaking, and how long it lasts."""
    if known(look.terms.confidentiality_duration) is None:
        yield Hit(
            message="Aucune durée de confidentialité n’est convenue : la protection du secret suppose des mesures raisonnables.",
            terms=("confidentiality_duration",),
            change=Change("confidentiality_duration", "5 years"),
        )
