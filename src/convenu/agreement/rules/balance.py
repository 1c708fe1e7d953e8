"""Terms that serve one side only, in a contract that the other could not negotiate."""

from __future__ import annotations

from collections.abc import Iterator

from convenu.agreement.rule import Hit, Look, MissingTermError, checks, known
from convenu.agreement.rules.aspects import Aspect, each_aspect
from convenu.agreement.rules.stipulations import lifting
from convenu.terms.closed_lists import AssignmentRule, ContractPart, IndexDirection, PriceChange
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change

SEVERAL = 2


def _price(look: Look) -> Iterator[Hit]:
    if known(look.terms.price_change) is PriceChange.UNILATERAL:
        yield _one_sided("le Prestataire change seul ses prix", "price_change", Change("price_change", "notice_and_exit"))


def _index(look: Look) -> Iterator[Hit]:
    if known(look.terms.index_direction) is IndexDirection.UP_ONLY:
        yield _one_sided("le prix ne suit l’indice qu’à la hausse", "index_direction", Change("index_direction", "both"))


def _assignment(look: Look) -> Iterator[Hit]:
    if known(look.terms.assignment) is AssignmentRule.PROVIDER_FREE:
        yield _one_sided("le Prestataire cède seul le contrat", "assignment", Change("assignment", "mutual_consent"))


def _notice(look: Look) -> Iterator[Hit]:
    client, provider = known(look.terms.notice_period), known(look.terms.provider_notice_period)
    if client is not None and provider is not None and provider.months() < client.months():
        yield _one_sided(
            "le préavis du Prestataire est plus court que celui du Client",
            "provider_notice_period",
            Change("provider_notice_period", str(client)),
        )


def _stipulations(look: Look) -> Iterator[Hit]:
    carried, change = lifting(look, ContractPart.NO_REFUND, ContractPart.EXCLUSIVE_FAULT_ONLY)
    if change is not None:
        yield _one_sided(french.enumeration([part.label for part in carried]), "special_stipulations", change)


def _one_sided(what: str, term: str, change: Change) -> Hit:
    return Hit(message=f"À sens unique : {what}.", terms=(term,), change=change)


SIGNS: tuple[Aspect, ...] = (
    _price,
    _index,
    _assignment,
    _notice,
    _stipulations,
)


@checks("civ-1171-adhesion")
def one_sided_terms(look: Look) -> Iterator[Hit]:
    """Each term of a template that gives one side a right without a counterpart."""
    yield from each_aspect(look, *SIGNS)


@checks("com-l442-1-i")
def imposed_imbalance(look: Look) -> Iterator[Hit]:
    """Several one-sided terms together, where nothing shows that the client could negotiate them."""
    found: list[Hit] = []
    missing: list[MissingTermError] = []
    for sign in SIGNS:
        try:
            found += sign(look)
        except MissingTermError as gap:
            missing.append(gap)
    if len(found) >= SEVERAL:
        listed = " ; ".join(hit.message.removeprefix("À sens unique : ").removesuffix(".") for hit in found)
        terms = tuple(dict.fromkeys(key for hit in found for key in hit.terms))
        yield Hit(message=f"Plusieurs stipulations à sens unique s’ajoutent : {listed}.", terms=terms)
    elif missing and len(found) + len(missing) >= SEVERAL:
        raise missing[0]


@checks("com-l442-3-mfn")
def favours_given_to_others(look: Look) -> Iterator[Hit]:
    """Nobody is promised by advance the best terms given to others, nor a rebate on the past."""
    yield from _carried(
        look,
        (ContractPart.MOST_FAVOURED_CLIENT, ContractPart.RETROACTIVE_DISCOUNT),
        "Le contrat porte une stipulation que la loi écarte entre professionnels",
        "Retirer l’alignement automatique et les remises sur le passé.",
    )


@checks("com-l420-1-nopoach")
def no_hire_between_competitors(look: Look) -> Iterator[Hit]:
    """Firms of one trade that promise each other not to hire restrain the market for their people."""
    yield from _carried(
        look,
        (ContractPart.MUTUAL_NO_HIRE,),
        "Le contrat porte une entente possible sur les embauches",
        "Limiter la clause à une sollicitation active, à des rôles nommés et à une durée liée à la mission.",
    )


def _carried(look: Look, parts: tuple[ContractPart, ...], what: str, remedy: str) -> Iterator[Hit]:
    carried, change = lifting(look, *parts)
    if change is not None:
        labels = french.enumeration([part.label for part in carried])
        yield Hit(message=f"{what} : {labels}.", terms=("special_stipulations",), change=change, remedy=remedy)
