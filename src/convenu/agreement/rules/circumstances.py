"""What changes around the contract: hardship, force majeure, transfer to another company."""

from __future__ import annotations

from collections.abc import Iterator

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules.aspects import each_aspect
from convenu.agreement.rules.stipulations import lifting
from convenu.terms.closed_lists import AssignmentRule, ContractPart, Hardship
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change, Severity

LONG_WITHOUT_INDEX = 12
LONGEST_FORCE_MAJEURE = 60


@checks("civ-1195-imprevision")
def hardship(look: Look) -> Iterator[Hit]:
    """The contract chooses what an unforeseen change of circumstances allows, and a waiver goes with an index."""
    choice = known(look.terms.hardship)
    if choice is None:
        yield Hit(
            title="Imprévision laissée au Code civil",
            message="Le contrat ne choisit rien pour l’imprévision : l’article 1195 s’appliquerait, jusqu’à la révision par le juge.",
            terms=("hardship",),
            change=Change("hardship", "talks_then_exit"),
            severity=Severity.LOW,
        )
    elif choice is Hardship.WAIVED and known(look.terms.price_index) is None:
        duration = known(look.terms.initial_duration)
        if duration is not None and duration.months() > LONG_WITHOUT_INDEX:
            yield Hit(
                title="Imprévision écartée, prix sans révision",
                message=f"Chaque partie renonce à l’imprévision et le prix n’est pas révisé pendant {french.span(duration)}.",
                terms=("hardship",),
                change=Change("hardship", "talks_then_exit"),
            )


@checks("civ-1218-fm")
def force_majeure(look: Look) -> Iterator[Hit]:
    """Force majeure is outside control, unforeseeable, unavoidable; when it lasts, each side may leave."""
    yield from each_aspect(look, _widened, _way_out)


def _widened(look: Look) -> Iterator[Hit]:
    carried, change = lifting(look, ContractPart.FORCE_MAJEURE_HARDSHIP, ContractPart.OWN_STRIKE_FORCE_MAJEURE)
    if change is not None:
        yield Hit(
            title="Force majeure étendue",
            message=f"La force majeure est élargie : {french.enumeration([part.label for part in carried])}.",
            terms=("special_stipulations",),
            change=change,
            remedy="S’en tenir aux critères de l’article 1218 du Code civil.",
        )


def _way_out(look: Look) -> Iterator[Hit]:
    after = known(look.terms.force_majeure_exit)
    if after is None or after.days() > LONGEST_FORCE_MAJEURE:
        said = f"Le contrat ne permet de partir qu’après {french.span(after)}" if after else "Le contrat ne permet pas de partir"
        yield Hit(
            title="Force majeure qui dure",
            message=f"{said} quand la force majeure dure.",
            terms=("force_majeure_exit",),
            change=Change("force_majeure_exit", "30 days"),
            severity=Severity.LOW,
        )


@checks("civ-1216-cession")
def assignment(look: Look) -> Iterator[Hit]:
    """A transfer of the contract needs the other side's written consent, given then or in advance."""
    rule = known(look.terms.assignment)
    if rule is None:
        yield Hit(
            title="Cession du contrat non réglée",
            message="La cession du contrat n’est pas réglée : un accord écrit serait à demander le jour venu.",
            terms=("assignment",),
            change=Change("assignment", "mutual_consent"),
            severity=Severity.LOW,
        )
    elif rule is not AssignmentRule.MUTUAL_CONSENT:
        yield Hit(
            message=f"Cession du contrat : {rule.label}. L’autre partie peut se trouver liée à un inconnu, "
            "et le cédant n’est libéré que si elle y consent expressément.",
            terms=("assignment",),
            change=Change("assignment", "mutual_consent"),
        )
