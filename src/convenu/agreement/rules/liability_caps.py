"""The liability cap beside the fees and beside what is insured."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from convenu.agreement.derived import cap_amount, monthly_fee
from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules.liability import counted_in_months, is_derisory
from convenu.agreement.sentences import naming
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change, Severity
from convenu.vocabulary.money import Money

MONTHS = 12
# Under this sum a cap pays for a few days of repair, whatever the fees.
SMALLEST_CAP = Money(Decimal(10_000))
_YEAR_OF_FEES = {"kind": "months_of_fees", "months": str(MONTHS), "floor": str(SMALLEST_CAP)}
# What a cap counted in months of fees is said to be worth, after their number; the audit says of which services they are the fees.
MONTHS_OF_FEES = "mois de redevances, sous l’année d’usage : à comparer au dommage prévisible"
# In small letters.
_OPPOSED = re.compile(r"(?<!ne )s[’']oppose\b|(?<!\w)opposables?\b")


@checks("no_liability_cap")
def no_liability_cap(look: Look) -> Iterator[Hit]:
    """Without a cap the provider answers for everything it owns."""
    if known(look.terms.liability_cap) is None:
        yield Hit(
            message=(
                "Aucun plafond de responsabilité n’est convenu : le Prestataire répond sans limite de chiffre des dommages prévisibles."
            ),
            terms=("liability_cap",),
            change=Change("liability_cap", _YEAR_OF_FEES),
        )


@checks("cap_vs_fees")
def cap_vs_fees(look: Look) -> Iterator[Hit]:
    """A cap under a year of fees, or of a few thousand euros; a derisory one is told by the rule on the essential obligation."""
    agreed = known(look.terms.liability_cap)
    if agreed is None or is_derisory(look):
        return
    months = counted_in_months(agreed)
    if look.terms.price_lines.unknown and months is not None and months < MONTHS and agreed.floor is None:
        yield Hit(
            message=f"Le plafond de responsabilité représente {french.number(months)} {MONTHS_OF_FEES}.",
            terms=("liability_cap",),
            change=Change("liability_cap", _YEAR_OF_FEES),
            severity=None if months <= MONTHS / 2 else Severity.MEDIUM,
        )
        return
    cap, fee = _cap(look), _fee(look)
    if cap is None or fee is None:
        return
    year = fee * MONTHS
    if cap < year or cap < SMALLEST_CAP:
        measure = f"{MONTHS} mois de redevances ({french.euros(year)})" if cap < year else f"{french.euros(SMALLEST_CAP)}"
        yield Hit(
            message=f"Le plafond de responsabilité ({french.euros(cap)}) est inférieur à {measure} : il risque d’être jugé dérisoire.",
            terms=("liability_cap", "price_lines"),
            change=Change("liability_cap", _YEAR_OF_FEES),
            severity=None if cap < year else Severity.MEDIUM,
        )


@checks("case-tiers-plafond")
def cap_against_others(look: Look) -> Iterator[Hit]:
    """The cap meets an insurer or a company of the group who invokes the contract, when the contract says so."""
    group = known(look.terms.client_group)
    sections = naming(look.text, "plafond", "limit") if look.text else ()
    lines = (line for section in sections for line in section.small.splitlines())
    if look.text and not any("assureur" in line and "groupe" in line and _OPPOSED.search(line) for line in lines):
        yield Hit(
            message="Le contrat ne dit pas que le plafond s’oppose aux assureurs et aux sociétés du groupe du Client qui invoqueraient un "
            f"manquement ({group}).",
            terms=("liability_cap", "client_group"),
        )


@checks("cap_vs_insurance")
def cap_vs_insurance(look: Look) -> Iterator[Hit]:
    """What is promised above what the insurer pays comes out of the provider's own pocket."""
    if known(look.terms.liability_cap) is None:
        return
    insured = known(look.terms.insured_per_claim)
    if insured is None:
        return
    deductible = known(look.terms.insurance_deductible) or Money(Decimal(0))
    cap, covered = _cap(look), insured - deductible
    if cap is None:
        return
    if cap > covered:
        yield Hit(
            message=(
                f"Le plafond ({french.euros(cap)}) dépasse ce que l’assureur paierait : {french.euros(insured)} par sinistre moins "
                f"{french.euros(deductible)} de franchise."
            ),
            terms=("liability_cap", "insured_per_claim"),
            change=Change("liability_cap", {"kind": "fixed_amount", "amount": str(covered)}) if covered.amount > 0 else None,
        )
    share = known(look.terms.data_liability_share)
    cyber = known(look.terms.insured_cyber) or insured
    if share and (data_cap := cap * share.share) > cyber - deductible:
        within = int((cyber - deductible).amount * 100 / cap.amount) if cap.amount else 0
        yield Hit(
            message=(
                f"Le plafond propre aux données ({french.euros(data_cap)}) dépasse l’assurance cyber : {french.euros(cyber)} moins "
                f"{french.euros(deductible)} de franchise."
            ),
            terms=("data_liability_share", "insured_cyber"),
            change=Change("data_liability_share", f"{within} %") if within > 0 else None,
        )


def _fee(look: Look) -> Money | None:
    lines, _, _ = known(look.terms.price_lines), known(look.terms.discounts), known(look.terms.minimum_fee)
    return monthly_fee(look.terms) if lines else None


def _cap(look: Look) -> Money | None:
    cap = known(look.terms.liability_cap)
    if cap and cap.amount is None:
        _fee(look)
    return cap_amount(look.terms)
