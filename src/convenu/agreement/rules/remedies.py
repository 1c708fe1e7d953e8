"""When something goes wrong: credits, penalties, suspension, termination, and what stays due to the client."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules.aspects import each_aspect
from convenu.agreement.rules.stipulations import lifting
from convenu.terms.closed_lists import Adhesion, ContractPart, CreditEffect
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change, Severity

# Practice, not law: the shortest notices that leave time to answer.
SHORTEST_SUSPENSION_NOTICE = 8
SHORTEST_CURE = 15
HEAVY_EXIT_FEE = 50
_DEGRESSIVE = Change("exit_fee_steps", [{"year": 1, "share": "40 %"}, {"year": 2, "share": "20 %"}])


@checks("civ-1217-1223")
def credits_and_other_remedies(look: Look) -> Iterator[Hit]:
    """Service credits add to the other remedies unless the contract says otherwise, and it must say."""
    if not known(look.terms.service_credit_steps):
        return
    effect = known(look.terms.service_credit_effect)
    if effect is CreditEffect.SOLE_REMEDY:
        yield Hit(
            message="Les avoirs sont la seule réparation du Client : cette limite est fragile, surtout dans un modèle non négocié.",
            terms=("service_credit_effect",),
            change=Change("service_credit_effect", "deducted"),
            severity=Severity.HIGH if look.terms.adhesion.value is Adhesion.TEMPLATE else None,
        )
    elif effect is None:
        yield Hit(
            message="Le contrat ne dit pas si les avoirs s’imputent sur les dommages et intérêts ou les remplacent.",
            terms=("service_credit_effect",),
            change=Change("service_credit_effect", "deducted"),
        )


@checks("civ-1219-1220-suspension")
def suspension(look: Look) -> Iterator[Hit]:
    """A service is suspended after a notice, for a serious breach, and never the client's security."""
    if known(look.terms.suspension_threshold) is None and known(look.terms.suspension_notice) is None:
        return
    yield from each_aspect(look, _suspension_notice, _what_is_spared)


def _suspension_notice(look: Look) -> Iterator[Hit]:
    notice = known(look.terms.suspension_notice)
    if notice is None or notice.days() < SHORTEST_SUSPENSION_NOTICE:
        said = f"après {french.span(notice)} seulement" if notice else "sans mise en demeure"
        yield Hit(
            message=f"Le service peut être suspendu {said} : la suspension risque d’être disproportionnée.",
            terms=("suspension_notice",),
            change=Change("suspension_notice", "15 days"),
        )


def _what_is_spared(look: Look) -> Iterator[Hit]:
    if not known(look.terms.suspension_spares):
        yield Hit(
            message="Rien n’échappe à la suspension : couper la sauvegarde ou la protection causerait un dommage sans rapport.",
            terms=("suspension_spares",),
            change=Change(
                "suspension_spares", ["la Sauvegarde", "la protection des postes et serveurs", "l’accès du Client à ses données"]
            ),
            remedy="Nommer les services jamais suspendus.",
        )


@checks("civ-1224-1230-resolution")
def termination_for_breach(look: Look) -> Iterator[Hit]:
    """A termination clause leaves a time to mend the breach, and what was paid beyond the end is given back."""
    yield from each_aspect(look, _cure, _nothing_given_back)


def _nothing_given_back(look: Look) -> Iterator[Hit]:
    _, change = lifting(look, ContractPart.NO_REFUND)
    if change is not None:
        yield Hit(
            message="Rien n’est remboursé quelle que soit la cause de la fin, même les sommes payées d’avance pour un service non rendu.",
            terms=("special_stipulations",),
            change=change,
            remedy="Rembourser ce qui est payé au-delà de la fin du contrat.",
            severity=Severity.MEDIUM,
        )


def _cure(look: Look) -> Iterator[Hit]:
    cure = known(look.terms.cure_period)
    if cure is None:
        yield Hit(
            message="Aucun délai n’est laissé pour remédier à un manquement avant la résiliation.",
            terms=("cure_period",),
            change=Change("cure_period", "30 days"),
        )
    elif cure.days() < SHORTEST_CURE:
        yield Hit(
            message=f"Le délai pour remédier à un manquement ({french.span(cure)}) est court.",
            terms=("cure_period",),
            change=Change("cure_period", "30 days"),
            severity=Severity.MEDIUM,
        )


@checks("civ-1231-5-penale")
def penalties(look: Look) -> Iterator[Hit]:
    """A penalty out of proportion may be lowered by the judge; one due without formal notice says so."""
    yield from each_aspect(look, _remaining_fees, _exit_fee, _credits_without_notice)


def _remaining_fees(look: Look) -> Iterator[Hit]:
    _, change = lifting(look, ContractPart.REMAINING_FEES_ON_EXIT)
    if change is not None:
        yield Hit(
            message="En cas de départ, toutes les redevances restantes sont dues : le juge peut réduire une pénalité excessive.",
            terms=("special_stipulations",),
            change=change,
        )


def _exit_fee(look: Look) -> Iterator[Hit]:
    steps = known(look.terms.exit_fee_steps) or ()
    shares = [step.share.value for step in sorted(steps, key=lambda step: step.year)]
    if not shares:
        return
    if max(shares) >= Decimal(100):
        yield _fee("L’indemnité de départ égale toutes les redevances restantes : le juge peut la réduire.", None)
    elif any(later >= earlier for earlier, later in pairwise(shares)):
        yield _fee("L’indemnité de départ ne décroît pas avec le temps : elle s’éloigne du coût non amorti.", Severity.MEDIUM)
    elif max(shares) > HEAVY_EXIT_FEE:
        yield _fee(
            "L’indemnité de départ dépasse la moitié des redevances restantes : son lien avec un coût réel est à justifier.", Severity.LOW
        )


def _fee(message: str, severity: Severity | None) -> Hit:
    return Hit(message=message, terms=("exit_fee_steps",), change=_DEGRESSIVE, severity=severity)


def _credits_without_notice(look: Look) -> Iterator[Hit]:
    if known(look.terms.service_credit_steps) and not known(look.terms.service_credit_without_notice):
        yield Hit(
            message="Rien ne dit que les avoirs sont dus sans mise en demeure : à défaut, une pénalité n’est encourue qu’après elle.",
            terms=("service_credit_without_notice",),
            change=Change("service_credit_without_notice", value=True),
            remedy="Dire que les avoirs sont dus sans mise en demeure.",
            severity=Severity.LOW,
        )


@checks("civ-2286-retention")
def data_held_against_payment(look: Look) -> Iterator[Hit]:
    """Data, passwords and backups are handed over without condition: withholding them is a high risk."""
    condition = known(look.terms.handover_condition)
    if condition is not None:
        yield Hit(
            message=f"La remise des accès et des données dépend d’une condition ({condition}) : les retenir est un risque élevé.",
            terms=("handover_condition",),
            change=Change("handover_condition", "none"),
        )


@checks("com-l622-13-procol")
def insolvency(look: Look) -> Iterator[Hit]:
    """The opening of insolvency proceedings ends no contract by itself, whatever the clause says."""
    _, change = lifting(look, ContractPart.INSOLVENCY_TERMINATION)
    if change is not None:
        yield Hit(
            message="Le contrat prend fin à l’ouverture d’une procédure collective : la seule ouverture n’a pas cet effet, "
            "malgré toute clause contraire.",
            terms=("special_stipulations",),
            change=change,
        )
