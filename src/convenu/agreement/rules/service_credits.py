"""Service credits: from what they are counted, and what they may cost."""

from __future__ import annotations

from collections.abc import Iterator

from convenu.agreement.derived import cap_amount, yearly_fee
from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules.aspects import each_aspect
from convenu.terms.closed_lists import CreditClaim
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change
from convenu.vocabulary.percent import Percent

# Practice: a managed service usually earns a fifth of its fee. Credits that reach it leave nothing.
USUAL_MARGIN = Percent.parse("20 %")
HALF_THE_MARGIN = Percent.parse("10 %")


@checks("credit_base_unclear")
def credit_base_unclear(look: Look) -> Iterator[Hit]:
    """Credits need a target to fall short of, and a limit."""
    steps = known(look.terms.service_credit_steps)
    if not steps:
        return
    highest = max(step.credit for step in steps)
    largest = french.percent(highest)
    if known(look.terms.attainment_target) is None and not known(look.terms.availability):
        yield Hit(
            message=(
                f"Des avoirs allant jusqu’à {largest} sont promis, mais ni part de tickets à tenir ni disponibilité ne dit à partir de "
                "quand."
            ),
            terms=("service_credit_steps", "attainment_target", "availability"),
            change=Change("service_credit_steps", "none"),
        )
    if known(look.terms.service_credit_cap) is None:
        yield Hit(
            message=f"Des avoirs allant jusqu’à {largest} sont promis sans plafond mensuel : leur somme n’est pas bornée.",
            terms=("service_credit_cap", "service_credit_steps"),
            change=Change("service_credit_cap", str(highest)),
            remedy="Plafonner les avoirs à une part de la redevance mensuelle du service touché.",
        )


@checks("credits_vs_margin")
def credits_vs_margin(look: Look) -> Iterator[Hit]:
    """Credits at their cap, month after month, take the margin of the service, or more than the liability cap."""
    if known(look.terms.service_credit_steps) and known(look.terms.service_credit_cap):
        yield from each_aspect(look, _beyond_the_margin, _beyond_the_cap)


def _beyond_the_margin(look: Look) -> Iterator[Hit]:
    cap = known(look.terms.service_credit_cap)
    if cap and cap >= USUAL_MARGIN:
        yield Hit(
            message=f"Les avoirs peuvent atteindre {french.percent(cap)} de la redevance : à partir de {french.percent(USUAL_MARGIN)}, ils "
            "prennent souvent toute la marge d’un contrat de services. À comparer à la vôtre.",
            terms=("service_credit_cap",),
            change=Change("service_credit_cap", str(HALF_THE_MARGIN)),
        )


def _beyond_the_cap(look: Look) -> Iterator[Hit]:
    share, cap = known(look.terms.service_credit_cap), known(look.terms.liability_cap)
    if not share or not cap:
        return
    known(look.terms.price_lines)
    year, limit = yearly_fee(look.terms), cap_amount(look.terms)
    if year is None or limit is None:
        return
    due = year * share.share
    if due > limit:
        within = int(limit.amount * 100 / year.amount)
        yield Hit(
            message=f"Une année d’avoirs à leur plafond ({french.euros(due)}) dépasse le plafond de responsabilité "
            f"({french.euros(limit)}) : le contrat ne dit plus lequel l’emporte.",
            terms=("service_credit_cap", "liability_cap"),
            change=Change("service_credit_cap", f"{within} %") if within else None,
        )


@checks("credit_claim_before_contest")
def credit_claim_before_contest(look: Look) -> Iterator[Hit]:
    """A credit is claimed on the figures of the report; they must be settled first."""
    if not known(look.terms.service_credit_steps) or known(look.terms.service_credit_claim) is not CreditClaim.ON_CLAIM:
        return
    claim, contest = known(look.terms.service_credit_claim_delay), known(look.terms.report_contest)
    if claim and contest and claim.days() < contest.days():
        yield Hit(
            message=f"Un avoir se demande dans les {french.span(claim)} du rapport, qui peut être contesté {french.span(contest)} : le "
            "délai expire avant que les chiffres soient arrêtés.",
            terms=("service_credit_claim_delay", "report_contest"),
            change=Change("service_credit_claim_delay", str(contest)),
        )
