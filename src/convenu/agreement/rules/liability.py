"""Liability: the cap and what it leaves of the contract, what no cap limits, the time to claim, the insurance behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from convenu.agreement.derived import monthly_fee
from convenu.agreement.rule import Hit, Look, MissingTermError, checks, known
from convenu.agreement.rules import changes
from convenu.agreement.rules.aspects import each_aspect
from convenu.agreement.rules.stipulations import lifting
from convenu.terms.closed_lists import CapKind, CarveOut, ClaimsStart, ContractPart, Damage, DutyNature
from convenu.terms.contract import label_of
from convenu.terms.values import LiabilityCap
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change, Severity

# A cap under a quarter of a year's fees is looked at as derisory; a year's fees mends it. Practice, not law.
DERISORY_MONTHS = 3
USUAL_MONTHS = 12
_DATA = frozenset({Damage.DATA_LOSS, Damage.DATA_RECONSTRUCTION})


@checks("civ-1170-essentielle")
def emptied_obligation(look: Look) -> Iterator[Hit]:
    """A clause may not empty the essential obligation: a derisory cap, or data loss left out of a backup contract."""
    yield from each_aspect(look, _cap_against_fees, _backup_without_data, _narrow_fault)


def _cap_against_fees(look: Look) -> Iterator[Hit]:
    cap = known(look.terms.liability_cap)
    months = _in_months(look, cap) if cap else None
    if months is None or not is_derisory(look):
        return
    size = f"{french.number(months.quantize(Decimal('0.1'), ROUND_DOWN))} mois" if months >= 1 else "moins d’un mois"
    yield Hit(
        title="Plafond de responsabilité qui risque d’être dérisoire",
        message=f"Le plafond de responsabilité représente {size} de redevances : il risque d’être tenu pour dérisoire.",
        terms=("liability_cap",),
        change=Change("liability_cap", {"kind": "months_of_fees", "months": USUAL_MONTHS}),
    )


def is_derisory(look: Look) -> bool:
    """Whether the cap is under a quarter of a year's fees."""
    cap = known(look.terms.liability_cap)
    months = _in_months(look, cap) if cap else None
    return months is not None and months < DERISORY_MONTHS


def counted_in_months(cap: LiabilityCap) -> Decimal | None:
    """The months of fees that a cap counts, its floor left aside; None when it is an amount."""
    if cap.kind is CapKind.PERCENT_OF_YEAR:
        return cap.share.share * USUAL_MONTHS if cap.share else None
    return cap.months if cap.kind is CapKind.MONTHS_OF_FEES else None


def _in_months(look: Look, cap: LiabilityCap) -> Decimal | None:
    """The cap in months of fees; its floor is left aside, for it can only raise it."""
    if cap.kind is not CapKind.FIXED_AMOUNT:
        return counted_in_months(cap)
    known(look.terms.price_lines)
    fee = monthly_fee(look.terms)
    return cap.amount.amount / fee.amount if cap.amount and fee and fee.amount else None


def _backup_without_data(look: Look) -> Iterator[Hit]:
    excluded = known(look.terms.excluded_damage) or ()
    data = [damage for damage in excluded if damage in _DATA]
    backups = known(look.terms.backups) if data else None
    if backups:
        yield Hit(
            title="Perte de données exclue, sauvegardes comprises",
            message="Le contrat comprend des sauvegardes et exclut la perte de données : l’exclusion vide l’obligation promise.",
            terms=("excluded_damage", "backups"),
            change=changes.words("excluded_damage", [damage for damage in excluded if damage not in data]),
            remedy="Réparer la perte de données dans un plafond propre, ou ne pas vendre la sauvegarde.",
            severity=Severity.BLOCKING,
        )


def _narrow_fault(look: Look) -> Iterator[Hit]:
    carried, change = lifting(look, ContractPart.EXCLUSIVE_FAULT_ONLY, ContractPart.THIRD_PARTY_INCLUDES_SUBCONTRACTORS)
    if change is not None:
        yield Hit(
            title="Responsabilité presque écartée",
            message=f"Le Prestataire ne répondrait presque plus de ses promesses : {french.enumeration([part.label for part in carried])}.",
            terms=("special_stipulations",),
            change=change,
            remedy="Répondre de ses fautes et de celles de ses sous-traitants, dans la limite du plafond.",
        )


@checks("civ-1231-3-previsible")
def repaired_loss(look: Look) -> Iterator[Hit]:
    """The contract lists the loss it repairs, so that « indirect » is not argued over."""
    if known(look.terms.excluded_damage) and not known(look.terms.repaired_damage):
        yield Hit(
            message="Des préjudices sont exclus sans que ceux qui sont réparés soient énumérés : "
            "la restauration et la ressaisie des données restent à discuter.",
            terms=("repaired_damage",),
            change=changes.words("repaired_damage", (Damage.DATA_RECONSTRUCTION, Damage.RESTORATION)),
        )


@checks("case-faute-lourde")
def gross_negligence(look: Look) -> Iterator[Hit]:
    """No cap and no exclusion holds against wilful misconduct or gross negligence: the clause says so."""
    yield from _lacking_carve_outs(look, (CarveOut.WILFUL_MISCONDUCT, CarveOut.GROSS_NEGLIGENCE))


@checks("civ-corporel")
def bodily_injury(look: Look) -> Iterator[Hit]:
    """Bodily injury and fraud cannot be limited: the clause leaves them out of the cap."""
    kept = look.terms.cap_carve_outs.value or ()
    # A general reserve covers it; that it names nothing is told of the faults.
    if CarveOut.MANDATORY_LAW in kept:
        return
    # What spares the faults of intent spares fraud, and leaves little: services seldom hurt anybody.
    if CarveOut.WILFUL_MISCONDUCT in kept:
        for hit in _lacking_carve_outs(look, (CarveOut.BODILY_INJURY,)):
            yield replace(hit, title="Dommages corporels non réservés", severity=Severity.LOW)
    else:
        yield from _lacking_carve_outs(look, (CarveOut.BODILY_INJURY, CarveOut.FRAUD))


def _lacking_carve_outs(look: Look, wanted: tuple[CarveOut, ...], *, subject: str = "de responsabilité") -> Iterator[Hit]:
    # One limit is enough, whatever is not known of the other.
    limited = look.terms.liability_cap.value or look.terms.excluded_damage.value
    if not limited and not known(look.terms.liability_cap) and not known(look.terms.excluded_damage):
        return
    kept = known(look.terms.cap_carve_outs) or ()
    lacking = [one for one in wanted if one not in kept]
    if not lacking:
        return
    named = french.enumeration([one.label for one in lacking], last="ni")
    change = changes.words("cap_carve_outs", (*kept, *lacking))
    if CarveOut.MANDATORY_LAW in kept:
        # What the law forbids to limit is spared without being named: who reads the clause has to know that law.
        yield Hit(
            title="Réserve générale, qui ne nomme rien",
            message=f"La limitation {subject} réserve ce que la loi interdit de limiter, sans nommer {named}.",
            terms=("cap_carve_outs",),
            change=change,
            remedy="Nommer ce que la réserve vise : la faute intentionnelle ou dolosive, la faute lourde, les dommages corporels.",
            severity=Severity.LOW,
        )
    else:
        yield Hit(message=f"La limitation {subject} ne réserve pas {named}.", terms=("cap_carve_outs",), change=change)


@checks("civ-moyens-resultat")
def nature_of_the_duty(look: Look) -> Iterator[Hit]:
    """What is promised as a result is said as such, and nobody promises total security."""
    yield from each_aspect(look, _total_security, _restoration)


def _total_security(look: Look) -> Iterator[Hit]:
    _, change = lifting(look, ContractPart.TOTAL_SECURITY)
    if change is not None:
        yield Hit(
            message="Le contrat garantit une sécurité totale ou l’absence d’interruption : une obligation de résultat impossible à tenir.",
            terms=("special_stipulations",),
            change=change,
            remedy="Décrire les mesures prises et leur nature d’obligation de moyens.",
        )


def _restoration(look: Look) -> Iterator[Hit]:
    if known(look.terms.restoration_time) is not None and known(look.terms.restoration_nature) is None:
        yield Hit(
            message="Un délai de rétablissement est chiffré sans dire sa nature : il risque d’être lu comme une obligation de résultat.",
            terms=("restoration_nature",),
            change=Change("restoration_nature", DutyNature.MOYENS_RENFORCES.value),
            remedy="Dire pour chaque délai s’il est de moyens ou de résultat.",
            severity=Severity.MEDIUM,
        )


@checks("civ-2224-2254")
def time_to_claim(look: Look) -> Iterator[Hit]:
    """The time to claim is neither under one year nor over ten, and runs from knowledge."""
    period = known(look.terms.claims_period)
    if period is not None:
        yield from each_aspect(look, _length_of_claims, _start_of_claims)


def _length_of_claims(look: Look) -> Iterator[Hit]:
    period = known(look.terms.claims_period)
    shortest, longest = look.number("limitation_min_years"), look.number("limitation_max_years")
    if period is None or shortest * 12 <= period.months() <= longest * 12:
        return
    too_short = period.months() < shortest * 12
    yield Hit(
        title=f"Délai pour réclamer inférieur à {shortest} an" if too_short else f"Délai pour réclamer de plus de {longest} ans",
        message=f"Le délai de réclamation ({french.span(period)}) "
        + (f"est inférieur à {shortest} an, la durée la plus courte qui puisse être convenue." if too_short else f"dépasse {longest} ans."),
        terms=("claims_period",),
        change=Change("claims_period", "12 months" if too_short else f"{longest} years"),
    )


def _start_of_claims(look: Look) -> Iterator[Hit]:
    start = known(look.terms.claims_start)
    if start is not ClaimsStart.KNOWLEDGE:
        said = f"court depuis {start.label}" if start else "n’a pas de point de départ"
        yield Hit(
            title="Délai pour réclamer compté du fait" if start else "Délai pour réclamer sans point de départ",
            message=f"Le délai de réclamation {said} : il peut expirer avant que le Client connaisse le dommage.",
            terms=("claims_start",),
            change=Change("claims_start", "knowledge"),
            remedy="Faire courir le délai du jour où la partie a connu ou aurait dû connaître le fait.",
            severity=None if start else Severity.MEDIUM,
        )


@checks("ass-rc")
def insurance(look: Look) -> Iterator[Hit]:
    """The insurance that stands behind the cap is named, with its amount."""
    insurance_terms = (look.terms.provider_insurer, look.terms.insured_per_claim)
    unknown = next((term.key for term in insurance_terms if term.unknown), None)
    lacking = [term.key for term in insurance_terms if term.lacking]
    if lacking:
        labels = french.enumeration([f"« {label_of(key)} »" for key in lacking])
        silent = "Le contrat ne dit pas quelle assurance répondrait de la faute du Prestataire : ni assureur, ni montant."
        one_lacks = f"L’assurance du Prestataire n’est pas justifiée dans le contrat : il manque {labels}."
        yield Hit(message=silent if len(lacking) == len(insurance_terms) else one_lacks, terms=tuple(lacking))
    elif unknown:
        raise MissingTermError(unknown)


@checks("ass-l12-10-1-plainte")
def evidence_for_the_insurer(look: Look) -> Iterator[Hit]:
    """A client insured against attacks must complain within seventy-two hours, with evidence that the provider keeps."""
    if known(look.terms.evidence_retention) is None:
        hours = look.number("cyber_complaint_hours")
        yield Hit(
            message=f"Le Client est assuré et doit porter plainte sous {hours} heures : rien n’oblige le Prestataire à garder les preuves.",
            terms=("evidence_retention",),
            change=Change("evidence_retention", "6 months"),
        )


@checks("dataact-13")
def imposed_limits_on_data(look: Look) -> Iterator[Hit]:
    """A term on data that is imposed may not limit liability for intent or gross negligence."""
    if known(look.terms.backups) or known(look.terms.cloud_sold):
        yield from _lacking_carve_outs(
            look, (CarveOut.WILFUL_MISCONDUCT, CarveOut.GROSS_NEGLIGENCE), subject="imposée sur des services qui portent sur des données"
        )


@checks("rgpd-82")
def cap_for_data(look: Look) -> Iterator[Hit]:
    """A cap works between the parties only: a share of its own for data says how each bears what persons obtain."""
    if known(look.terms.liability_cap) and known(look.terms.data_liability_share) is None:
        yield Hit(
            message="Aucun plafond propre aux données : le plafond ne s’oppose pas aux personnes concernées, "
            "et la part de chaque partie reste à régler.",
            terms=("data_liability_share",),
            change=Change("data_liability_share", "150 %"),
        )
