"""When something goes wrong: credits, penalties, suspension, termination, and what stays due to the client."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from convenu.agreement.derived import monthly_fee
from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules import changes
from convenu.agreement.rules.aspects import each_aspect
from convenu.agreement.rules.stipulations import lifting
from convenu.terms.closed_lists import Adhesion, ContractPart, CreditEffect
from convenu.terms.values import ExitFeeStep
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change, Severity
from convenu.vocabulary.percent import Percent

# Practice, not law: the shortest notices that leave time to answer.
SHORTEST_SUSPENSION_NOTICE = 8
SHORTEST_CURE = 15
HEAVY_EXIT_FEE = 50
WHOLE = 100
_DEGRESSIVE = (40, 20, 10, 5, 4, 3, 2, 1)


@checks("civ-1217-1223")
def credits_and_other_remedies(look: Look) -> Iterator[Hit]:
    """Service credits add to the other remedies unless the contract says otherwise, and it must say."""
    if not known(look.terms.service_credit_steps):
        return
    effect = known(look.terms.service_credit_effect)
    if effect is CreditEffect.SOLE_REMEDY:
        reasons = list(_why_too_little(look))
        cap = look.terms.service_credit_cap.value
        limit = f" (au plus {french.percent(cap)})" if cap else ""
        yield Hit(
            message=f"Les avoirs{limit} sont la seule réparation du Client"
            f"{', alors que ' + french.enumeration(reasons) if reasons else ''} : cette limite est fragile.",
            terms=("service_credit_effect",),
            change=Change("service_credit_effect", "deducted"),
            severity=Severity.HIGH if reasons else None,
        )
    elif effect is None:
        yield Hit(
            message="Le contrat ne dit pas si les avoirs s’imputent sur les dommages et intérêts ou les remplacent.",
            terms=("service_credit_effect",),
            change=Change("service_credit_effect", "deducted"),
        )


def _why_too_little(look: Look) -> Iterator[str]:
    """Why a few per cent of a month may be too little; nothing in a negotiated contract that sells no backup."""
    adhesion = look.terms.adhesion.value
    if adhesion is not Adhesion.NEGOTIATED:
        yield f"le contrat est un {adhesion.label}" if adhesion else "rien ne montre que le contrat a été négocié"
    if look.terms.backups.value:
        yield "la Sauvegarde est confiée au Prestataire"


@checks("civ-1219-1220-suspension")
def suspension(look: Look) -> Iterator[Hit]:
    """A service is suspended for a serious breach, after a notice that leaves time to answer."""
    notice, threshold = known(look.terms.suspension_notice), known(look.terms.suspension_threshold)
    if notice is None and threshold is None:
        return
    if notice is None or notice.days() < SHORTEST_SUSPENSION_NOTICE:
        said = f"après {french.span(notice)} seulement" if notice else "sans mise en demeure"
        yield Hit(
            message=f"Le service peut être suspendu {said} : la suspension risque d’être disproportionnée.",
            terms=("suspension_notice",),
            change=Change("suspension_notice", "15 days"),
        )


@checks("civ-1224-1230-resolution")
def termination_for_breach(look: Look) -> Iterator[Hit]:
    """A termination clause leaves a time to mend the breach, and what was paid beyond the end is given back."""
    yield from each_aspect(look, _cure, _nothing_given_back)


def _nothing_given_back(look: Look) -> Iterator[Hit]:
    _, change = lifting(look, ContractPart.NO_REFUND)
    if change is not None:
        yield Hit(
            title="Rien n’est remboursé à la fin",
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
            title="Aucun délai pour remédier à un manquement",
            message="Aucun délai n’est laissé pour remédier à un manquement avant la résiliation.",
            terms=("cure_period",),
            change=Change("cure_period", "30 days"),
        )
    elif cure.days() < SHORTEST_CURE:
        yield Hit(
            title="Délai court pour remédier à un manquement",
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
            title="Prix d’une sortie : tout ce qui reste à courir",
            message="En cas de départ, toutes les redevances restantes sont dues : le juge peut réduire une pénalité excessive.",
            terms=("special_stipulations",),
            change=change,
        )


def _exit_fee(look: Look) -> Iterator[Hit]:
    """What a leaving client pays follows what the provider has not yet been paid back, so it falls with time."""
    given = known(look.terms.exit_fee_steps)
    steps = sorted(given or (), key=lambda step: step.year)
    heavy = [step for step in steps if step.share.value > HEAVY_EXIT_FEE]
    flat = [step for earlier, step in pairwise(steps) if step.share >= earlier.share and step.share.value > 0]
    if not heavy and not flat:
        return
    whole = any(step.share.value >= WHOLE for step in heavy)
    sentences = [f"en année {step.year}, {french.percent(step.share)} des redevances restantes{_in_euros(look, step)}" for step in heavy]
    if flat:
        sentences.append(f"elle ne baisse pas en année {french.enumeration([str(step.year) for step in flat])}")
    setup = known(look.terms.setup_fee)
    mended = [ExitFeeStep(year=step.year, share=Percent.parse(f"{share} %")) for step, share in zip(steps, _DEGRESSIVE, strict=False)]
    yield Hit(
        title="Indemnité de départ anticipé",
        message=f"Indemnité de départ anticipé : {' ; '.join(sentences)}. Frais de mise en service à amortir : "
        f"{french.euros(setup) if setup else 'aucuns'}. Le juge peut réduire une indemnité sans rapport avec un coût réel.",
        terms=("exit_fee_steps", "setup_fee"),
        change=changes.items("exit_fee_steps", mended),
        severity=None if whole else Severity.MEDIUM if flat else Severity.LOW,
    )


def _in_euros(look: Look, step: ExitFeeStep) -> str:
    """What the share is worth on the first day of that contract year, when price and duration are known."""
    fee, length = monthly_fee(look.terms), look.terms.initial_duration.value
    left = length.months() - 12 * (step.year - 1) if length else 0
    return f" (jusqu’à {french.euros(fee * left * step.share.share)})" if fee and left > 0 else ""


def _credits_without_notice(look: Look) -> Iterator[Hit]:
    if known(look.terms.service_credit_steps) and not known(look.terms.service_credit_without_notice):
        yield Hit(
            title="Avoirs qui demanderaient une mise en demeure",
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
            title="Fin du contrat à l’ouverture d’une procédure collective",
            message="L’ouverture d’une procédure collective met fin au contrat, ou permet de le résilier : elle n’a pas seule cet effet, "
            "malgré toute clause contraire.",
            terms=("special_stipulations",),
            change=change,
        )


@checks("civ-1231-mise-en-demeure")
def form_of_the_notice(look: Look) -> Iterator[Hit]:
    """Damages mostly wait for a formal notice: the contract says in which form one is given."""
    if not known(look.terms.notice_forms):
        yield Hit(
            message="Aucune forme n’est convenue pour une mise en demeure : la preuve de son jour et de son contenu reste à discuter.",
            terms=("notice_forms",),
            change=Change("notice_forms", ["registered_letter", "electronic_registered", "portal_receipt"]),
        )
