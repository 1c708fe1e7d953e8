"""Service credits: what they leave of the other remedies, and from what they are counted."""

from __future__ import annotations

from collections.abc import Iterator

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.terms.closed_lists import Adhesion, CreditEffect
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change, Severity


@checks("credits_sole_remedy")
def credits_sole_remedy(look: Look) -> Iterator[Hit]:
    """Credits that are the only remedy leave a client who lost its data with a few per cent of a month."""
    steps = known(look.terms.service_credit_steps)
    if not steps or known(look.terms.service_credit_effect) is not CreditEffect.SOLE_REMEDY:
        return
    adhesion, backups = look.terms.adhesion.value, look.terms.backups.value
    reasons = []
    if adhesion is not Adhesion.NEGOTIATED:
        reasons.append(f"le contrat est un {adhesion.label}" if adhesion else "rien ne montre que le contrat a été négocié")
    if backups:
        reasons.append("la Sauvegarde est confiée au Prestataire")
    cap = look.terms.service_credit_cap.value
    limit = f" (au plus {french.percent(cap)})" if cap else ""
    yield Hit(
        message=f"Les avoirs{limit} sont la seule réparation{', alors que ' + french.enumeration(reasons) if reasons else ''}.",
        terms=("service_credit_effect", "service_credit_steps"),
        change=Change("service_credit_effect", CreditEffect.DEDUCTED.value),
        severity=None if reasons else Severity.MEDIUM,
    )


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
