"""Term, renewal and notice of the contract."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules.aspects import each_aspect
from convenu.terms.closed_lists import RenewalMode
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change, Severity


@checks("civ-1210-1215-duree")
def term_and_renewal(look: Look) -> Iterator[Hit]:
    """A fixed term says how long, a tacit renewal for how long again, an open term with what notice it ends."""
    yield from each_aspect(look, _initial_term, _renewal_period, _open_end)


def _initial_term(look: Look) -> Iterator[Hit]:
    if known(look.terms.renewal_mode) is not RenewalMode.OPEN_ENDED and known(look.terms.initial_duration) is None:
        yield Hit(
            title="Durée initiale non convenue",
            message="Aucune durée initiale n’est convenue : le contrat risque d’être tenu pour un contrat à durée indéterminée.",
            terms=("initial_duration",),
            change=Change("initial_duration", "24 months"),
            remedy="Fixer la durée initiale, ou dire que la durée est indéterminée.",
            severity=Severity.MEDIUM,
        )


def _renewal_period(look: Look) -> Iterator[Hit]:
    if known(look.terms.renewal_mode) is RenewalMode.TACIT and known(look.terms.renewal_duration) is None:
        yield Hit(
            title="Reconduction sans durée",
            message="La reconduction tacite ne dit pas pour combien de temps : le contrat reconduit serait à durée indéterminée.",
            terms=("renewal_duration",),
            change=Change("renewal_duration", "12 months"),
        )


def _open_end(look: Look) -> Iterator[Hit]:
    if known(look.terms.renewal_mode) is RenewalMode.OPEN_ENDED and known(look.terms.notice_period) is None:
        yield Hit(
            title="Préavis non convenu",
            message="La durée est indéterminée et aucun préavis n’est convenu : seul un délai « raisonnable » s’appliquerait.",
            terms=("notice_period",),
            change=Change("notice_period", "3 months"),
            remedy="Fixer le préavis de chaque partie.",
            severity=Severity.MEDIUM,
        )


@checks("com-l442-1-ii-rupture")
def established_relation(look: Look) -> Iterator[Hit]:
    """An old relation ends with a notice that follows its age; the right length is never asserted, only doubted."""
    years = known(look.terms.relationship_years) or 0
    expected = min(Decimal(years), look.number("rupture_notice_ceiling"))
    if not expected:
        return
    notice = known(look.terms.provider_notice_period) or known(look.terms.notice_period)
    given = notice.months() if notice else Decimal(0)
    if given < expected:
        said = f"le préavis du Prestataire est court ({french.span(notice)})" if notice else "aucun préavis n’est convenu"
        yield Hit(
            message=f"La relation dure depuis {years} ans et {said} : la durée qui conviendrait est à apprécier.",
            terms=("provider_notice_period", "relationship_years"),
            change=Change("provider_notice_period", f"{expected} months"),
            severity=Severity.LOW if given * 2 >= expected else None,
        )
