"""Proof, talks, mediation and courts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules import changes
from convenu.agreement.rules.aspects import each_aspect
from convenu.agreement.rules.names import plain
from convenu.agreement.rules.stipulations import lifting
from convenu.agreement.sentences import naming
from convenu.terms.closed_lists import ClientKind, ContractPart, CourtKind
from convenu.terms.contract import label_of
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change, Severity

SHORTEST_LOGS = 12
LONGEST_TALKS = 60
_CONSUMER_MEDIATOR = re.compile(r"médiat\w+ (?:de|à) la consommation", re.IGNORECASE)
_ARBITRATION = re.compile(
    r"clause compromissoire|(?:tribunal|sentence) arbitrale?"
    r"|(?:soumi\w+|régl\w+|tranch\w+|résol\w+)[^.;]{0,60}\barbitr(?:age|e|es)\b",
    re.IGNORECASE,
)
_FRANCE = frozenset({"france", "fr"})


@checks("civ-preuve")
def proof(look: Look) -> Iterator[Hit]:
    """Logs may be presumed right until the contrary is proved, and are kept long enough to be used."""
    yield from each_aspect(look, _only_proof, _log_retention)


def _only_proof(look: Look) -> Iterator[Hit]:
    _, change = lifting(look, ContractPart.IRREBUTTABLE_LOGS)
    if change is not None:
        yield Hit(
            message="Les journaux du Prestataire font seuls foi : cette présomption, que rien ne peut renverser, risque d’être écartée.",
            terms=("special_stipulations",),
            change=change,
            remedy="Dire que les journaux font foi jusqu’à preuve contraire.",
        )


def _log_retention(look: Look) -> Iterator[Hit]:
    kept = known(look.terms.log_retention)
    if kept is None or kept.months() < SHORTEST_LOGS:
        said = f"{french.span(kept)} seulement" if kept else "sans durée convenue"
        yield Hit(
            message=f"Les journaux qui prouvent le service sont conservés {said}.",
            terms=("log_retention",),
            change=Change("log_retention", f"{SHORTEST_LOGS} months"),
            remedy="Conserver les journaux douze mois au moins, et autant que le délai de réclamation.",
            severity=Severity.LOW,
        )


@checks("cpc-48")
def named_court(look: Look) -> Iterator[Hit]:
    """A clause naming a court binds traders only, and only when it is very visible."""
    court = known(look.terms.court)
    if court is None or court.kind is CourtKind.NO_CLAUSE:
        return
    kind = known(look.terms.client_kind)
    if kind is not None and kind is not ClientKind.COMMERCIAL_COMPANY:
        yield Hit(
            message=f"Un tribunal est désigné et le Client n’est pas commerçant ({kind.label}) : la clause risque de rester sans effet.",
            terms=("court", "client_kind"),
            change=Change("court", {"kind": "no_clause"}),
        )
    elif not court.visible:
        yield Hit(
            message="La clause qui désigne le tribunal n’est pas très apparente : elle risque de rester sans effet.",
            terms=("court",),
            change=Change("court", {**changes.written(court), "visible": True}),
            remedy="Mettre la clause en gras, dans un article à part.",
        )


@checks("tae-2025")
def court_name(look: Look) -> Iterator[Hit]:
    """In twelve towns the commercial court bears another name since 2025."""
    court = known(look.terms.court)
    if court is None or court.city is None or court.kind not in (CourtKind.COMMERCIAL, CourtKind.TAE):
        return
    renamed = court.city.strip().casefold() in {town.casefold() for town in look.book.words("tae_courts", look.on)}
    right = CourtKind.TAE if renamed else CourtKind.COMMERCIAL
    if court.kind is not right:
        yield Hit(
            message=f"À {court.city}, le tribunal compétent s’appelle « {right.label} », et non « {court.kind.label} ».",
            terms=("court",),
            change=Change("court", {**changes.written(court), "kind": right.value}),
        )


@checks("mediation-prealable")
def talks_before_court(look: Look) -> Iterator[Hit]:
    """Compulsory talks before court are short: an action begun before their end is refused."""
    yield from each_aspect(look, _amicable, _mediation)


def _amicable(look: Look) -> Iterator[Hit]:
    yield from _too_long(look, "amicable_period")


def _mediation(look: Look) -> Iterator[Hit]:
    yield from _too_long(look, "mediation_period")


def _too_long(look: Look, key: str) -> Iterator[Hit]:
    period = known(getattr(look.terms, key))
    if period is not None and period.days() > LONGEST_TALKS:
        yield Hit(
            message=f"« {label_of(key)} » dure {french.span(period)} : toute action engagée avant la fin de ce délai serait irrecevable.",
            terms=(key,),
            change=Change(key, "30 days"),
        )


@checks("rome-i")
def law_across_borders(look: Look) -> Iterator[Hit]:
    """A contract with a client established abroad says which law governs it."""
    address = known(look.terms.client_address)
    if address is not None and plain(address.country) not in _FRANCE and known(look.terms.governing_law) is None:
        yield Hit(
            message=f"Le Client est établi à l’étranger ({address.country}) et le contrat ne choisit pas le droit applicable.",
            terms=("governing_law",),
            change=Change("governing_law", "droit français"),
        )


@checks("conso-l612-1")
def mediator_of_consumers(look: Look) -> Iterator[Hit]:
    """The mediator of consumer disputes is for natural persons who buy outside any trade."""
    yield from _named_in_the_text(
        look,
        ("médiat",),
        _CONSUMER_MEDIATOR,
        "nomme un médiateur de la consommation, que seul un consommateur personne physique peut saisir.",
    )


@checks("civ-2061-arbitrage")
def arbitration(look: Look) -> Iterator[Hit]:
    """An arbitration clause is accepted by the side it is raised against, and does not bind one who did not contract in its trade."""
    yield from _named_in_the_text(
        look,
        ("arbitr", "compromissoire"),
        _ARBITRATION,
        "soumet le litige à l’arbitrage, qui ne s’impose pas à qui n’a pas contracté pour son activité professionnelle.",
    )


def _named_in_the_text(look: Look, about: tuple[str, ...], words: re.Pattern[str], what: str) -> Iterator[Hit]:
    for section in naming(look.text, *about) if look.text else ():
        if any(words.search(line) for line in section.plain.splitlines()):
            yield Hit(message=f"« {section.title} » {what}", terms=(), clause=section.clause)


@checks("toubon")
def language_of_a_public_contract(look: Look) -> Iterator[Hit]:
    """A contract of a public body is in French, and so is the service it is given."""
    languages = known(look.terms.support_languages)
    if languages and not any(plain(language).startswith("francais") for language in languages):
        yield Hit(
            message=f"L’assistance d’un acheteur public est prévue en {french.enumeration(list(languages))}, sans le français.",
            terms=("support_languages",),
            change=changes.words("support_languages", ("français", *languages)),
        )


@checks("logs_vs_claims")
def logs_vs_claims(look: Look) -> Iterator[Hit]:
    """The proof of the service lasts as long as the time to claim."""
    kept, claims = known(look.terms.log_retention), known(look.terms.claims_period)
    # Logs kept less than a year are told by the rule on proof.
    if kept and claims and SHORTEST_LOGS <= kept.months() < claims.months():
        yield Hit(
            message=f"Les journaux sont conservés {french.span(kept)} et une réclamation peut venir pendant {french.span(claims)} : la "
            "preuve disparaît avant elle.",
            terms=("log_retention", "claims_period"),
            change=Change("log_retention", str(claims)),
        )
